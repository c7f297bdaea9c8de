"""Clean a folder of Parquet or of JSON lines (`.json`, also packed) with Spark: the function of `cleaner.integrations.arrow` under `mapInArrow`.

    pip install 'boilerplate-cleaner[parquet]' pyspark
    python examples/spark_clean.py IN OUT

`cleaner` must be installed where the executors run.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from cleaner.integrations.arrow import map_batches


def cleaned(frame: DataFrame, **options: object) -> DataFrame:
    """`frame` with its column `text` cleaned; the engine is built once for each task."""
    return frame.mapInArrow(partial(map_batches, text_column="text", **options), frame.schema)


def main() -> None:
    source, out = sys.argv[1:3]
    spark = SparkSession.builder.appName("cleaner").getOrCreate()
    if any(Path(source).rglob("*.parquet")):
        cleaned(spark.read.parquet(source)).write.parquet(out)
    else:
        cleaned(spark.read.json(source)).write.json(out, ignoreNullFields=False)


if __name__ == "__main__":
    main()
