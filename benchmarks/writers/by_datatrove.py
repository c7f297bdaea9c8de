"""datatrove: its writers of JSON lines and Parquet."""

from __future__ import annotations

import importlib.metadata
from typing import Any

from datatrove.data import Document
from datatrove.pipeline.readers import JsonlReader, ParquetReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter
from loguru import logger

from benchmarks.writers.case import Case, Facts, Texts, cells, texts
from benchmarks.writers.parquet_facts import of_folder

WRITER = "datatrove"
logger.remove()


def version() -> str:
    """Its release."""
    return importlib.metadata.version("datatrove")


def _write(writer: Any, what: Texts) -> None:
    with writer:
        for i, text in enumerate(what):
            writer.write(
                Document(
                    text=text or "",
                    id=f"d{i}",
                    metadata={"url": f"https://a.example/{i}", "score": i / 2, "tags": ["a"]},
                )
            )


def _read(reader: Any) -> Facts:
    found = list(reader.run())
    for one in found:
        one.metadata.pop("file_path", None)
    return cells(
        {"text": [d.text for d in found], "id": [d.id for d in found], "metadata": [d.metadata for d in found]}
    )


def cases() -> list[Case]:
    """What datatrove writes. It drops an empty text with its key, and passes over a document without."""
    what = [t for t in texts(null=False, emptied=False) if t]

    def lines(codec: str | None, end: str) -> Case:
        return Case(
            f"JSON lines: {codec or 'plain'}", "folder", lambda p, t: _write(JsonlWriter(str(p), output_filename=f"0.jsonl{end}", compression=codec), t),
            lambda p: _read(JsonlReader(str(p), compression=codec)), what,
        )  # fmt: skip

    def parquet(codec: str) -> Case:
        return Case(
            f"Parquet: {codec}", "folder", lambda p, t: _write(ParquetWriter(str(p), output_filename="0.parquet", compression=codec), t),
            lambda p: {**_read(ParquetReader(str(p))), "file": of_folder(p)}, what,
        )  # fmt: skip

    return [
        lines(None, ""),
        lines("gzip", ".gz"),
        lines("zstd", ".zst"),
        *map(parquet, ("snappy", "gzip", "brotli", "lz4", "zstd")),
    ]
