"""Delta, Iceberg and Lance: folders that are tables, which are to be refused, and a file of them that is named alone."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.writers.case import Case, Facts, Texts, cells

WRITER = "deltalake, pyiceberg, pylance"


def version() -> str:
    """Their releases."""
    return ", ".join(importlib.metadata.version(name) for name in ("deltalake", "pyiceberg", "pylance"))


def _table(what: Texts) -> Any:
    return pa.table({"id": pa.array(range(len(what)), pa.int64()), "text": pa.array(what, pa.string())})


def _read(table: Any) -> Facts:
    return cells(table.sort_by("id").to_pydict())


def _delta(path: Path, what: Texts) -> None:
    import deltalake

    deltalake.write_deltalake(str(path), _table(what))
    deltalake.write_deltalake(str(path), _table(what), mode="overwrite")


def _read_delta(path: Path) -> Facts:
    import deltalake

    return _read(pa.table(deltalake.DeltaTable(str(path)).to_pyarrow_table()))


def _iceberg(path: Path, what: Texts) -> None:
    from pyiceberg.catalog.sql import SqlCatalog

    catalog = SqlCatalog("c", uri=f"sqlite:///{path.parent}/catalog.db", warehouse=f"file://{path}")
    catalog.create_namespace("news")
    catalog.create_table("news.articles", schema=_table(what).schema).append(_table(what))
    catalog.close()
    (path.parent / "catalog.db").unlink()


def _read_iceberg(path: Path) -> Facts:
    from pyiceberg.table import StaticTable

    (newest,) = sorted(path.rglob("*.metadata.json"))[-1:]
    return _read(StaticTable.from_metadata(str(newest)).scan().to_arrow())


def _lance(path: Path, what: Texts) -> None:
    import lance

    lance.write_dataset(_table(what), str(path))


def _read_lance(path: Path) -> Facts:
    import lance

    return _read(lance.dataset(str(path)).to_table())


def cases() -> list[Case]:
    """What the three write."""
    return [
        Case("Delta: table", "delta", _delta, _read_delta, alone=True),
        Case("Delta: a file of the table", "delta", _delta, _read_delta, glob="*.parquet"),
        Case("Iceberg: table", "iceberg", _iceberg, _read_iceberg, alone=True),
        Case("Lance: table", "table.lance", _lance, _read_lance, alone=True),
    ]  # fmt: skip
