#!/usr/bin/env python3
"""Clean the texts of a benchmark with Ray Data, datatrove, Spark and one process; compare the results byte for byte.

    python tools/compare_engines.py [--limit 500] [--engines ray datatrove spark]

Needs `boilerplate-cleaner[engines]`, and Java for Spark. Exit status 0 if all are the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import runpy
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from cleaner import Cleaner  # noqa: E402
from tools.ray_nodes import cluster, take_token  # noqa: E402

DATA = ROOT.parent / "shared" / "bench" / "dev.jsonl.gz"


def by_ray(folder: Path, texts: list[str]) -> list[str]:
    take_token()
    import ray

    from cleaner.integrations.ray import clean_dataset

    pq.write_table(pa.table({"n": range(len(texts)), "text": texts}), folder / "in.parquet")
    with cluster(1, 2, folder / "nodes") as address:
        ray.init(address, log_to_driver=False)
        dataset = ray.data.read_parquet(str(folder / "in.parquet"), override_num_blocks=4)
        clean_dataset(dataset, workers=2, batch_size=256).write_parquet(str(folder / "ray"))
        ray.shutdown()
    return [str(t) for t in pq.read_table(folder / "ray").sort_by("n")["text"].to_pylist()]


def by_datatrove(folder: Path, texts: list[str]) -> list[str]:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from cleaner.integrations.datatrove import CleanerStep

    (folder / "in").mkdir()
    for part in range(2):
        rows = ({"id": str(n), "text": t} for n, t in enumerate(texts) if n % 2 == part)
        (folder / "in" / f"{part}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    out = folder / "datatrove"
    LocalPipelineExecutor(
        pipeline=[JsonlReader(str(folder / "in")), CleanerStep(), JsonlWriter(str(out), compression=None)],
        tasks=2,
        workers=2,
        logging_dir=str(folder / "logs"),
    ).run()
    found = {}
    for path in out.glob("*.jsonl"):
        for row in map(json.loads, path.open(encoding="utf-8")):
            found[int(row["id"])] = row["text"]
    # Its reader passes over empty texts.
    return [found.get(n, t) for n, t in enumerate(texts)]


def by_spark(folder: Path, texts: list[str]) -> list[str]:
    from pyspark.sql import SparkSession

    os.environ |= {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}
    pq.write_table(pa.table({"n": range(len(texts)), "text": texts}), folder / "in.parquet", row_group_size=1024)
    cleaned = runpy.run_path(str(ROOT / "examples" / "spark_clean.py"))["cleaned"]
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        cleaned(spark.read.parquet(str(folder / "in.parquet"))).write.parquet(str(folder / "spark"))
    finally:
        spark.stop()
    return [str(t) for t in pq.read_table(folder / "spark").sort_by("n")["text"].to_pylist()]


ENGINES = {"ray": by_ray, "datatrove": by_datatrove, "spark": by_spark}


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, default=DATA)
    ap.add_argument("--limit", type=int, default=0)
    ap.add_argument("--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES))
    args = ap.parse_args()
    with gzip.open(args.data, "rt", encoding="utf-8") as f:
        texts = [json.loads(line)["text"] for line in f]
    if args.limit:
        texts = texts[:: max(1, len(texts) // args.limit)][: args.limit]
    began = time.monotonic()
    cleaner = Cleaner()
    wanted = [cleaner.clean(t).body for t in texts]
    changed = sum(w != t for w, t in zip(wanted, texts, strict=True))
    print(f"one process: {len(texts)} texts, {changed} changed, {time.monotonic() - began:.1f} s")
    status = 0
    for name in args.engines:
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            got = ENGINES[name](Path(folder), texts)
        differ = sum(a != b for a, b in zip(got, wanted, strict=True))
        print(f"{name}: {differ} differ, {time.monotonic() - began:.1f} s")
        status |= bool(differ)
    return status


if __name__ == "__main__":
    sys.exit(main())
