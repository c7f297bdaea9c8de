"""Spark: a master and two workers with one processor and 1,024 MB each, as `local-cluster` starts them."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from pyspark.sql import SparkSession

from benchmarks.cluster.figures import noting

ROOT = Path(__file__).resolve().parent.parent.parent

_PARTITION = 8 << 20


def clean(source: Path, out: Path, notes: Path) -> None:
    """Clean the Parquet files of `source` into the folder `out`."""
    os.environ |= {
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_WORKER_DIR": str(out.parent / "work"),
    }
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.executorEnv.PYTHONPATH", str(ROOT))
        .config("spark.local.dir", str(out.parent / "local"))
        # A partition a file, or less: neither worker is to wait for the other's last one.
        .config("spark.sql.files.maxPartitionBytes", str(_PARTITION))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1024")
        .getOrCreate()
    )
    try:
        frame = spark.read.parquet(str(source))
        frame.mapInArrow(partial(noting, notes=str(notes)), frame.schema).write.parquet(str(out))
    finally:
        spark.stop()
