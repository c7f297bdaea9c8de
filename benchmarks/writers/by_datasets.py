"""Hugging Face datasets: Parquet, CSV, JSON lines, and its own folder of Arrow streams."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import datasets

from benchmarks.writers.case import Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_file

WRITER = "datasets"
datasets.disable_progress_bars()
datasets.disable_caching()


def version() -> str:
    """Its release."""
    return str(datasets.__version__)


def _set(what: Texts) -> Any:
    n = len(what)
    features = datasets.Features(
        {
            "id": datasets.Value("int64"), "text": datasets.Value("large_string"), "label": datasets.ClassLabel(names=["no", "yes"]),
            "list": datasets.List(datasets.Value("string")), "struct": {"a": datasets.Value("int8"), "b": datasets.Value("date32")},
            "when": datasets.Value("timestamp[us, tz=UTC]"), "f": datasets.Value("float32"), "null": datasets.Value("null"),
            "matrix": datasets.Array2D((1, 2), "int8"), "bytes": datasets.Value("binary"),
        }
    )  # fmt: skip
    held: dict[str, list[Any]] = {
        "id": list(range(n)), "text": list(what), "label": [i % 2 for i in range(n)], "list": [["a", None], None, []] * n, "struct": [{"a": 1, "b": None}] * n,
        "when": [None] * n, "f": [0.5, None] * n, "null": [None] * n, "matrix": [[[1, 2]]] * n, "bytes": [b"\0", None] * n,
    }  # fmt: skip
    return datasets.Dataset.from_dict({k: v[:n] for k, v in held.items()}, features=features)


def _read(found: Any) -> Facts:
    return {**cells({name: list(found[name]) for name in found.column_names}), "types": str(found.features)}


def _flat(what: Texts) -> Any:
    return _set(what).select_columns(["id", "text", "label", "f"])


def cases() -> list[Case]:
    """What datasets writes."""

    def loaded(kind: str) -> Any:
        def read(path: Path) -> Facts:
            found = datasets.load_dataset(
                kind,
                data_files=str(path),
                split="train",
                cache_dir=str(path.parent / ".cache"),
                **({"keep_default_na": False} if kind == "csv" else {}),
            )
            return _read(found)

        return read

    return [
        Case("Parquet: all features", "a.parquet", lambda p, t: _set(t).to_parquet(str(p)),
             lambda p: {**_read(datasets.Dataset.from_parquet(str(p), cache_dir=str(p.parent / ".cache"))), "file": of_file(p)}),
        Case("CSV: default", "a.csv", lambda p, t: _flat(t).to_csv(str(p), index=False), loaded("csv")),
        Case("JSON lines: plain", "a.jsonl", lambda p, t: _set(t).remove_columns(["bytes", "when", "null"]).to_json(str(p)), loaded("json")),
        Case("JSON lines: gzip", "a.jsonl.gz", lambda p, t: _flat(t).to_json(str(p), compression="gzip"), loaded("json")),
        Case("Arrow: save_to_disk, its streams by name", "folder", lambda p, t: _set(t).save_to_disk(str(p)), lambda p: _streams(p),
             glob="*.arrow"),
        Case("Arrow: save_to_disk, the folder", "folder", lambda p, t: _set(t).save_to_disk(str(p)), lambda p: _read(datasets.load_from_disk(str(p))),
             alone=True),
    ]  # fmt: skip


def _streams(path: Path) -> Facts:
    found = [datasets.Dataset.from_file(str(p)) for p in sorted(path.glob("*.arrow"))]
    return _read(datasets.concatenate_datasets(found))
