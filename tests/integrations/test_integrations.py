"""The real engines on a small corpus, against the single-process result, byte for byte."""

from __future__ import annotations

import json
import runpy
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.errors import ConfigError
from tests.batch_help import DIRTY, OPTIONS

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
import pyarrow.parquet as pq  # noqa: E402

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
TEXTS = [f"Story {i}.\n" + DIRTY * (i % 4) + "Ünïcödé ‘quotes’ stay\u2009— ©\r\n" for i in range(300)]
# Foreign libraries warn of their own affairs.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def wanted() -> list[str]:
    cleaner = Cleaner(**OPTIONS)
    return [cleaner.clean(text).body for text in TEXTS]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    pq.write_table(pa.table({"n": range(len(TEXTS)), "text": TEXTS}), folder / "a.parquet", row_group_size=50)
    return folder


def test_batches(wanted: list[str]) -> None:
    from cleaner.integrations.arrow import BatchCleaner, map_batches, removed_type

    schema = pa.schema([("text", pa.string()), ("n", pa.int64())], metadata={"k": "v"})
    table = pa.table({"text": [*TEXTS, None], "n": range(len(TEXTS) + 1)}, schema=schema)
    out = BatchCleaner(removed_column="gone", **OPTIONS)(table)
    assert out["text"].to_pylist() == [*wanted, None]
    assert out.schema == schema.append(pa.field("gone", removed_type()))
    first = out["gone"].to_pylist()[1][0]
    assert TEXTS[1][first["start"] : first["end"]] == first["removed"] == "Advertisement\n"
    batches = list(map_batches(table.to_batches(max_chunksize=50), **OPTIONS))
    assert pa.Table.from_batches(batches).equals(out.drop_columns(["gone"]))
    with pytest.raises(ConfigError, match="no column 'body'; it has: text, n"):
        BatchCleaner("body", **OPTIONS)(table)
    with pytest.raises(ConfigError, match="there is a column 'n' already"):
        BatchCleaner(removed_column="n", **OPTIONS)(table)
    with pytest.raises(ConfigError, match="holds int64, not text"):
        BatchCleaner("n", **OPTIONS)(table)


def test_batches_with_the_share_of_words_that_went() -> None:
    from cleaner.integrations.arrow import BatchCleaner

    heavy = "Advertisement\nThe end.\n"
    batch = pa.record_batch({"text": [DIRTY, None, heavy, ""], "more": [heavy, None, "Body.", None], "n": range(4)})
    out = BatchCleaner(removed_column="gone", share_column="share", drop_above=0.25, flag_column="much", **OPTIONS)(
        batch
    )
    assert out.schema.names == ["text", "more", "n", "gone", "share", "much"]
    assert out["share"].to_pylist() == [1 / 16, None, 1 / 3, 0.0]
    assert out["much"].to_pylist() == [False, False, True, False]
    left = BatchCleaner(("text", "more"), share_column="share", drop_above=0.25, **OPTIONS)(pa.table(batch))
    assert left.drop_columns(["text", "more"]).to_pydict() == {"n": [0, 1, 2, 3], "share": [2 / 19, None, 1 / 4, 0.0]}
    assert BatchCleaner(drop_above=0.0, **OPTIONS)(batch)["n"].to_pylist() == [1, 3]
    assert BatchCleaner(drop_above=0.0, **OPTIONS)(batch.slice(0, 1)).num_rows == 0
    with pytest.raises(ConfigError, match="there is a column 'n' already"):
        BatchCleaner(share_column="n", **OPTIONS)(batch)
    with pytest.raises(ConfigError, match="two fields that are added cannot both be called 'x'"):
        BatchCleaner(removed_column="x", share_column="x", **OPTIONS)
    with pytest.raises(ConfigError, match="from 0 to 1"):
        BatchCleaner(drop_above=5, **OPTIONS)


def test_ray(ray_: Any, corpus: Path, tmp_path: Path, wanted: list[str]) -> None:
    from cleaner.integrations.ray import clean_dataset

    dataset = ray_.data.read_parquet(str(corpus), override_num_blocks=3)
    clean_dataset(dataset, batch_size=64, workers=2, **OPTIONS).write_parquet(str(tmp_path / "out"))
    got = pq.read_table(tmp_path / "out").sort_by("n")
    assert got["text"].to_pylist() == wanted
    (tmp_path / "lines").mkdir()
    lines = "".join(json.dumps({"n": i, "text": t}) + "\n" for i, t in enumerate(TEXTS))
    (tmp_path / "lines" / "a.jsonl").write_text(lines)
    dataset = ray_.data.read_json(str(tmp_path / "lines"), lines=True)
    clean_dataset(dataset, removed_column="gone", **OPTIONS).write_json(str(tmp_path / "out2"), force_ascii=False)
    rows = [json.loads(row) for p in (tmp_path / "out2").iterdir() for row in p.read_text().splitlines()]
    assert [r["text"] for r in sorted(rows, key=lambda r: r["n"])] == wanted


def test_datatrove(tmp_path: Path, wanted: list[str]) -> None:
    pytest.importorskip("datatrove", reason="the extra datatrove is not installed")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    from cleaner.integrations.datatrove import CleanerStep

    for part in range(2):
        rows = [{"id": str(i), "text": t} for i, t in enumerate(TEXTS) if i % 2 == part]
        path = tmp_path / "in" / f"{part}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    step = CleanerStep(**OPTIONS)
    out = tmp_path / "out"
    LocalPipelineExecutor(
        pipeline=[JsonlReader(str(tmp_path / "in")), step, JsonlWriter(str(out), compression=None)],
        tasks=2, workers=1, logging_dir=str(tmp_path / "logs"),
    ).run()  # fmt: skip
    rows = sorted(
        (json.loads(line) for p in out.glob("*.jsonl") for line in p.read_text().splitlines()),
        key=lambda r: int(r["id"]),
    )
    assert [r["text"] for r in rows] == wanted
    removed = json.loads(rows[1]["metadata"]["removed"])
    assert [r["removed"] for r in removed] == ["Advertisement\n"]
    assert removed[0]["rule"] == "ad/en/label"
    assert rows[0]["metadata"]["removed"] == "[]"


def test_datatrove_on_wet(tmp_path: Path, wanted: list[str]) -> None:
    pytest.importorskip("datatrove", reason="the extra datatrove is not installed")
    for package in ("warcio", "cchardet", "magic"):
        pytest.importorskip(
            package, reason=f"{package}, which datatrove reads WARC with, is not installed", exc_type=ImportError
        )
    from io import BytesIO

    from datatrove.pipeline.readers import WarcReader
    from warcio.warcwriter import WARCWriter

    from cleaner.integrations.datatrove import CleanerStep

    path = tmp_path / "in" / "a.wet"
    path.parent.mkdir()
    with path.open("wb") as f:
        writer = WARCWriter(f, gzip=False)
        for text in TEXTS[:20]:
            data = BytesIO(text.encode())
            headers = {"WARC-Identified-Content-Language": "eng"}
            writer.write_record(
                writer.create_warc_record(
                    "https://a.example/", "conversion", payload=data, warc_headers_dict=headers,
                    warc_content_type="text/plain",
                )
            )  # fmt: skip
    documents = CleanerStep(**OPTIONS).run(WarcReader(str(path.parent)).run())
    assert [d.text for d in documents] == wanted[:20]


def test_spark(spark: Any, corpus: Path, wanted: list[str]) -> None:
    cleaned = runpy.run_path(str(EXAMPLES / "spark_clean.py"))["cleaned"]
    frame = cleaned(spark.read.parquet(str(corpus)), rules=tuple(map(str, OPTIONS["rules"])), built_in=False)
    assert [r["text"] for r in frame.orderBy("n").collect()] == wanted


def test_the_recipe_for_spark_without_spark(wanted: list[str]) -> None:
    from cleaner.integrations.arrow import map_batches

    function = partial(map_batches, text_column="text", **OPTIONS)
    batches = pa.table({"text": TEXTS}).to_batches(max_chunksize=64)
    assert [t for b in function(iter(batches)) for t in b.column("text").to_pylist()] == wanted
