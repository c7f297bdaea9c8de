"""Clean a folder of Parquet or of JSON lines (`.json`, `.jsonl`, also packed) with Ray Data.

pip install 'boilerplate-cleaner[ray]'
python examples/ray_clean.py IN OUT [WORKERS]
"""

from __future__ import annotations

import sys
from pathlib import Path

import ray.data

from cleaner.integrations.ray import clean_dataset


def main() -> None:
    source, out = sys.argv[1:3]
    workers = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    parquet = any(Path(source).rglob("*.parquet"))
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    dataset = ray.data.read_parquet(source) if parquet else ray.data.read_json(source, lines=True)
    cleaned = clean_dataset(dataset, workers=workers, text_column="text")
    if parquet:
        cleaned.write_parquet(out)
    else:
        cleaned.write_json(out, force_ascii=False)


if __name__ == "__main__":
    main()
