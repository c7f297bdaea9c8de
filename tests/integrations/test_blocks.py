"""Blocks as engines really cut them: JSON, without a text, of mixed string types; and their order."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.batch_help import CLEAN, DIRTY, OPTIONS
from tests.running import ROOT

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")

# Foreign libraries warn of their own affairs.
pytestmark = pytest.mark.filterwarnings("ignore")
# The built-in rules take this line too.
ROWS = [
    [{"n": 0, "text": DIRTY}, {"n": 1, "text": None}],
    [{"n": 2, "text": None}],
    [{"n": 3, "text": "Ünïcödé stays."}, {"n": 4, "text": DIRTY}],
]
WANTED = [(0, CLEAN), (1, None), (2, None), (3, "Ünïcödé stays."), (4, CLEAN)]


@pytest.fixture
def json_folder(tmp_path: Path) -> Path:
    """A folder of `.json`, as Ray and Spark write JSON lines; in one file no text is there."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, rows in enumerate(ROWS):
        (folder / f"part-{number}.json").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def example(name: str, monkeypatch: pytest.MonkeyPatch, *arguments: Path) -> None:
    """Run one of the examples as the program that it is."""
    monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
    runpy.run_path(str(ROOT / "examples" / name), run_name="__main__")


def lines(folder: Path) -> list[tuple[int, str | None]]:
    """The rows of a folder of `.json`, in the order of the files' names."""
    rows = [json.loads(line) for path in sorted(folder.glob("*.json")) for line in path.read_text().splitlines()]
    return [(row["n"], row["text"]) for row in rows]


def test_a_block_is_cleaned_in_parts() -> None:
    from cleaner.integrations.ray import BlockCleaner

    block = pa.table({"text": [DIRTY, None, CLEAN, DIRTY, ""]})
    clean = BlockCleaner(rows=2, removed_column="removed", **OPTIONS)
    parts = list(clean(block))
    assert [len(part) for part in parts] == [2, 2, 1]
    assert pa.concat_tables(parts)["text"].to_pylist() == [CLEAN, None, CLEAN, CLEAN, ""]
    (nothing,) = clean(block.slice(0, 0))
    assert (len(nothing), nothing.schema) == (0, parts[0].schema)


@pytest.mark.usefixtures("ray_")
def test_the_example_for_ray_cleans_json(json_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example("ray_clean.py", monkeypatch, json_folder, tmp_path / "out")
    assert lines(tmp_path / "out") == WANTED


@pytest.mark.parametrize("batch_size", [None, 1, 1024])
def test_ray_with_blocks_of_several_types(ray_: Any, batch_size: int | None) -> None:
    from cleaner.integrations.ray import clean_dataset

    types = [pa.string(), pa.null(), pa.large_string()]
    blocks = [
        pa.table({"n": [r["n"] for r in rows], "text": pa.array([r["text"] for r in rows], kind)})
        for rows, kind in zip(ROWS, types, strict=True)
    ]
    sized = {} if batch_size is None else {"batch_size": batch_size}
    out = clean_dataset(ray_.data.from_arrow(blocks), **sized, **OPTIONS)
    assert [(row["n"], row["text"]) for row in out.take_all()] == WANTED


def test_ray_keeps_the_order_of_many_blocks(ray_: Any) -> None:
    from cleaner.integrations.ray import clean_dataset

    # The first blocks take longest.
    texts = [DIRTY * max(1, 200 - n) for n in range(400)]
    dataset = ray_.data.from_arrow([pa.table({"n": [n], "text": [text]}) for n, text in enumerate(texts)])
    rows = clean_dataset(dataset, workers=2, batch_size=1, **OPTIONS).take_all()
    assert [row["n"] for row in rows] == list(range(400))
    assert all(row["text"] == CLEAN * max(1, 200 - row["n"]) for row in rows)


@pytest.mark.usefixtures("spark")
def test_the_example_for_spark_cleans_json(json_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example("spark_clean.py", monkeypatch, json_folder, tmp_path / "out")
    assert sorted(lines(tmp_path / "out")) == WANTED


def test_spark_with_a_column_of_no_type_and_in_order(spark: Any) -> None:
    from functools import partial

    from cleaner.integrations.arrow import map_batches

    clean = partial(map_batches, rules=tuple(map(str, OPTIONS["rules"])), built_in=False)
    frame = spark.sql("SELECT id AS n, NULL AS text FROM range(10)")
    assert [tuple(row) for row in frame.mapInArrow(clean, frame.schema).collect()] == [(n, None) for n in range(10)]
    rows = [(n, DIRTY if n % 3 else None) for n in range(500)]
    frame = spark.createDataFrame(rows, "n long, text string").repartitionByRange(4, "n")
    out = frame.mapInArrow(clean, frame.schema).collect()
    assert [tuple(row) for row in out] == [(n, text and CLEAN) for n, text in rows]
