"""The recipes for tables in docs/integrations.md, run as they stand there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.recipe_help import sections

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")

DIRTY = "The mayor spoke.\n\nAdvertisement\n\nThe plan stands."
ROWS = {"text": [DIRTY, "Body."], "n": [1, 2]}
WANTED = {"text": ["The mayor spoke.\n\nThe plan stands.", "Body."], "n": [1, 2]}


def recipe(word: str) -> str:
    """The code of the section on tables that has `word`."""
    (code,) = [block for block in sections("integrations.md")["Tables"] if word in block]
    return code


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_delta() -> None:
    deltalake = pytest.importorskip("deltalake", reason="deltalake is not installed")
    deltalake.write_deltalake("table", pa.table({"text": ["gone"], "n": [0]}))
    deltalake.write_deltalake("table", pa.table(ROWS), mode="append")
    deltalake.DeltaTable("table").delete("n = 0")
    exec(recipe("DeltaTable"), {})
    table = deltalake.DeltaTable("table")
    assert (table.version(), table.to_pyarrow_table().sort_by("n").to_pydict()) == (3, WANTED)
    table.load_as_version(2)
    assert table.to_pyarrow_table().sort_by("n").to_pydict() == ROWS


@pytest.mark.filterwarnings("ignore")
def test_iceberg(tmp_path: Path) -> None:
    sql = pytest.importorskip("pyiceberg.catalog.sql", reason="pyiceberg is not installed")
    catalog: Any = sql.SqlCatalog("c", uri=f"sqlite:///{tmp_path}/c.db", warehouse=f"file://{tmp_path}")
    catalog.create_namespace("news")
    catalog.create_table("news.articles", schema=pa.table(ROWS).schema).append(pa.table(ROWS))
    exec(recipe("catalog"), {"catalog": catalog})
    assert catalog.load_table("news.articles").scan().to_arrow().to_pydict() == WANTED
    catalog.close()


def test_lance() -> None:
    lance = pytest.importorskip("lance", reason="pylance is not installed")
    lance.write_dataset(pa.table(ROWS), "table.lance")
    exec(recipe("lance"), {})
    assert lance.dataset("table.lance").to_table().to_pydict() == WANTED
    assert lance.dataset("table.lance", version=1).to_table().to_pydict() == ROWS


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["Delta", "Iceberg", "Lance"])
def test_tables_as_their_engines_write_them_are_told(tmp_path: Path, kind: str) -> None:
    from cleaner.batch.tables import table_in

    if kind == "Delta":
        pytest.importorskip("deltalake", reason="deltalake is not installed").write_deltalake("t", pa.table(ROWS))
        folder = tmp_path / "t"
    elif kind == "Lance":
        pytest.importorskip("lance", reason="pylance is not installed").write_dataset(pa.table(ROWS), "t")
        folder = tmp_path / "t"
    else:
        sql = pytest.importorskip("pyiceberg.catalog.sql", reason="pyiceberg is not installed")
        catalog: Any = sql.SqlCatalog("c", uri=f"sqlite:///{tmp_path}/c.db", warehouse=f"file://{tmp_path}")
        catalog.create_namespace("d")
        catalog.create_table("d.t", schema=pa.table(ROWS).schema).append(pa.table(ROWS))
        catalog.close()
        folder = tmp_path / "d" / "t"
    assert f" {kind} table" in table_in(folder)
