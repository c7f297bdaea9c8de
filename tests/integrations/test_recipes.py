"""The recipes in docs/recipes.md, run as they stand there."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
from pathlib import Path
from typing import Any

import pytest

from tests.recipe_help import sections

DIRTY = "The mayor spoke.\n\nAdvertisement\n\nThe plan stands."
CLEAN = "The mayor spoke.\n\nThe plan stands."
# Which package each recipe needs.
DATA = {
    "Hugging Face datasets": "datasets",
    "polars": "polars",
    "DuckDB": "duckdb",
    "pandas": "pandas",
    "dask": "dask.dataframe",
}
DOCUMENTS = {"LangChain": "langchain_core", "LlamaIndex": "llama_index.core", "Haystack": "haystack"}
RECIPES = sections("recipes.md")
# Foreign libraries warn of their own affairs.
pytestmark = pytest.mark.filterwarnings("ignore")


def test_each_recipe_is_one_program_that_is_run_here_and_imports_what_there_is() -> None:
    assert set(RECIPES) == {*DATA, *DOCUMENTS}
    for (code,) in RECIPES.values():
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom) and node.module == "cleaner":
                assert all(hasattr(importlib.import_module("cleaner"), name.name) for name in node.names)


@pytest.mark.parametrize(("head", "package"), DATA.items())
def test_a_data_frame(head: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(package, reason=f"{package} is not installed")
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    day = dt.datetime(2026, 5, 4, 3, 2, 1)  # noqa: DTZ001 - so that its column has no zone
    rest = {
        "n": pa.array([1, 2, 3], pa.int32()),
        "share": [0.1, None, 1e300],
        "at": pa.array([day, None, day], pa.timestamp("us")),
    }
    before = pa.table({"text": [DIRTY, None, "Body."], **rest})
    pq.write_table(before, "articles.parquet")
    exec(RECIPES[head][0], {})
    (out,) = tmp_path.glob("clean*")
    after = pq.read_table(out)
    assert after["text"].to_pylist() == [CLEAN, None, "Body."]
    assert after.column_names == before.column_names
    others = before.drop_columns(["text"])
    assert after.drop_columns(["text"]).cast(others.schema).equals(others)
    assert after.schema.field("n").type == pa.int32()
    assert pq.read_table("articles.parquet").equals(before)


def test_langchain() -> None:
    pytest.importorskip("langchain_core", reason="langchain-core is not installed")
    names: dict[str, Any] = {}
    exec(RECIPES["LangChain"][0], names)
    (document,) = names["documents"]
    assert (document.page_content, document.metadata) == (CLEAN, {"source": "a.html"})


def test_llama_index() -> None:
    pytest.importorskip("llama_index.core", reason="llama-index-core is not installed")
    names: dict[str, Any] = {}
    exec(RECIPES["LlamaIndex"][0], names)
    (node,) = names["nodes"]
    assert (node.get_content(), node.metadata) == (CLEAN, {"source": "a.html"})
    assert node.ref_doc_id == names["documents"][0].id_


def test_haystack() -> None:
    pytest.importorskip("haystack", reason="haystack-ai is not installed")
    names: dict[str, Any] = {}
    exec(RECIPES["Haystack"][0], names)
    (document,) = names["documents"]
    assert (document.content, document.meta["source"]) == (CLEAN, "a.html")
