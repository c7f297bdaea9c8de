"""The share of words that went, in a field of each record, and records that lost too much: in every kind of file."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import InPlace, Mirror, Plan, run
from cleaner.batch.tally import Summary
from cleaner.cli.app import run as run_command
from cleaner.errors import ConfigError
from cleaner.formats import Fields
from cleaner.output.losses import Losses
from tests.batch_help import CLEAN, DIRTY, OPTIONS

# Of 16 words one goes, of 3 one, of 2 all.
HEAVY, LIGHT, ALL = "Advertisement\nThe end.\n", 1 / 16, "Advertisement\nAdvertisement\n"
BOTH = Losses("share", 0.25, "much")


def out(tmp_path: Path, name: str, content: bytes, losses: Losses, **fields: Any) -> tuple[bytes, Summary]:
    """What a file becomes, and how the run went."""
    source = tmp_path / "in"
    source.mkdir(exist_ok=True)
    (source / name).write_bytes(content)
    target = tmp_path / f"{name}-{len(list(tmp_path.iterdir()))}"
    fields = {**fields, "losses": losses}
    summary = run(Plan(inputs=(source,), target=Mirror(target), options=OPTIONS, jobs=1, fields=Fields(**fields)))
    path = target / name
    return path.read_bytes() if path.exists() else b"", summary


def test_lines_of_json_stay_to_the_byte_around_what_is_added(tmp_path: Path) -> None:
    lines = (
        b'\xef\xbb\xbf{"n":1.0,  "text": %s }\r\n\n{"text": %s}\n{"text": null}\nnot json\n'
        b'{"text": "Body.", "share": 1}\n{"text": "\xc3\xa9"}\n{"text": "Body."}'
    ) % (json.dumps(DIRTY).encode(), json.dumps(HEAVY).encode())
    got, summary = out(tmp_path, "a.jsonl", lines, BOTH)
    assert (
        got
        == (
            b'\xef\xbb\xbf{"n":1.0,  "text": %s, "share": 0.0625, "much": false }\r\n\n'
            b'{"text": "The end.\\n", "share": 0.3333333333333333, "much": true}\n'
            b'{"text": null, "share": null, "much": false}\nnot json\n'
            b'{"text": "Body.", "share": 1}\n{"text": "\xc3\xa9", "share": 0.0, "much": false}\n'
            b'{"text": "Body.", "share": 0.0, "much": false}'
        )
        % json.dumps(CLEAN).encode()
    )
    assert [f.reason.partition(":")[0] for f in summary.tally.failures] == [
        "not JSON", "there is a field 'share' already; choose another name",
    ]  # fmt: skip
    assert (summary.tally.flagged, summary.tally.dropped) == (1, 0)


def test_lines_that_are_dropped_leave_no_trace(tmp_path: Path) -> None:
    heavy, light = (json.dumps({"text": text}).encode() for text in (HEAVY, "Body."))
    lines = b"\n".join([heavy, light, heavy, light, heavy])
    got, summary = out(tmp_path, "a.jsonl", lines, Losses(above=0.25))
    assert got == light + b"\n" + light + b"\n"
    assert (summary.tally.documents, summary.tally.dropped) == (5, 3)
    got, _ = out(tmp_path, "b.jsonl.gz", gzip.compress(heavy), Losses(above=0.25))
    assert gzip.decompress(got) == b""
    # Exactly the share that may go is no more than that; a text of all boilerplate goes.
    assert out(tmp_path, "c.jsonl", lines, Losses(above=1 / 3))[0].count(b"\n") == 4
    assert out(tmp_path, "c.jsonl", json.dumps({"text": ALL}).encode(), Losses(above=0.99))[0] == b""


def test_a_record_with_several_texts_is_judged_as_a_whole(tmp_path: Path) -> None:
    line = json.dumps({"text": [DIRTY, HEAVY], "title": "Body."}).encode()
    got, summary = out(tmp_path, "a.jsonl", line, Losses("share", 0.1), more=("title",))
    assert got == json.dumps({"text": [CLEAN, "The end.\n"], "title": "Body.", "share": 2 / 20}).encode()
    _, summary = out(tmp_path, "a.jsonl", line, Losses("share", 0.09), more=("title",))
    assert (summary.tally.documents, summary.tally.dropped) == (3, 3)


def test_rows_of_tables_get_a_cell_and_stay_to_the_byte(tmp_path: Path) -> None:
    rows = f'"id","text"\r\n1,"{DIRTY}"\r\n\r\n2,"{HEAVY}"\r\n3,\r\n4\r\n5,"Body."'
    got, summary = out(tmp_path, "a.csv", rows.encode(), BOTH)
    wanted = '"id","text","share","much"\r\n1,"%s",0.0625,false\r\n\r\n2,"The end.\n",0.3333333333333333,true\r\n3,,0.0,false\r\n4\r\n5,"Body.",0.0,false'
    assert got.decode() == wanted % CLEAN
    assert [f.name for f in summary.tally.failures] == ["a.csv:11"]
    got, _ = out(tmp_path, "a.csv", rows.encode(), Losses(above=0.25))
    assert got.decode() == f'"id","text"\r\n1,"{CLEAN}"\r\n\r\n3,\r\n4\r\n5,"Body."'
    got, _ = out(tmp_path, "b.tsv", b"sep=;\ntext\nAdvertisement\nBody.\n", Losses("s h"))
    assert b"share" not in got  # that is no tab: the file is named
    got, _ = out(tmp_path, "c.tsv", b"text\nAdvertisement\nBody.\n", Losses("s h"))
    assert got == b"text\ts h\n\t1.0\nBody.\t0.0\n"


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.arrow"])
def test_a_column_that_is_there_already_fails_the_file(tmp_path: Path, name: str) -> None:
    if name == "a.csv":
        content = f'text,share\n"{DIRTY}",1\n'.encode()
    else:
        content = arrow(tmp_path, name, {"text": [DIRTY], "share": [1]})
    got, summary = out(tmp_path, name, content, Losses("share"))
    assert got == b""
    assert [f.reason for f in summary.tally.failures] == ["there is a column 'share' already; choose another name"]


def arrow(tmp_path: Path, name: str, columns: dict[str, Any], **more: Any) -> bytes:
    """An Arrow or Parquet file."""
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    import pyarrow.parquet as pq

    table = pa.table(columns).replace_schema_metadata({"k": "v"})
    sink = io.BytesIO()
    if name.endswith(".parquet"):
        pq.write_table(table, sink, **more)
    else:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=2)
    return sink.getvalue()


def read(content: bytes, name: str) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = io.BytesIO(content)
    return pq.read_table(source) if name.endswith(".parquet") else pa.ipc.open_file(source).read_all()


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_columns_of_arrow_are_added_and_rows_left_out(tmp_path: Path, name: str) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    from tests.arrow_help import VIEWS_IN_PARQUET

    columns = {
        "text": pa.array([DIRTY, None, HEAVY, "Body.", HEAVY]),
        "view": pa.array(list("abcde"), pa.string_view() if name != "a.parquet" or VIEWS_IN_PARQUET else pa.string()),
        "word": pa.array(["x", None, "y", "x", "y"]).dictionary_encode(),
        "list": pa.array([[1], [], None, [2, 3], [4]]),
    }
    content = arrow(tmp_path, name, columns, row_group_size=2, compression={"text": "zstd"})
    got = read(out(tmp_path, name, content, BOTH)[0], name)
    was = read(content, name)
    schema = was.schema.append(pa.field("share", pa.float64())).append(pa.field("much", pa.bool_()))
    assert got.schema.equals(schema, check_metadata=True)
    assert got["share"].to_pylist() == [1 / 16, None, 1 / 3, 0.0, 1 / 3]
    assert got["much"].to_pylist() == [False, False, True, False, True]
    assert got["text"].to_pylist() == [CLEAN, None, "The end.\n", "Body.", "The end.\n"]
    assert got.select(["view", "word", "list"]).equals(was.select(["view", "word", "list"]))
    left = read(out(tmp_path, name, content, Losses(above=0.25))[0], name)
    assert left.schema.equals(was.schema, check_metadata=True)
    assert left.to_pylist() == [
        r for i, r in enumerate(got.drop_columns(["share", "much"]).to_pylist()) if i in (0, 1, 3)
    ]


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_columns_are_added_where_nothing_changes_and_where_no_row_is(tmp_path: Path, name: str) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    content = arrow(tmp_path, name, {"text": ["Body."] * 3})
    assert read(out(tmp_path, name, content, Losses("share"))[0], name)["share"].to_pylist() == [0.0] * 3
    empty = arrow(tmp_path, name, {"text": pa.array([], pa.string())})
    assert read(out(tmp_path, name, empty, Losses("share"))[0], name).schema.names == ["text", "share"]
    # A file in which nothing changes and nothing is dropped is still copied to the byte.
    assert out(tmp_path, name, content, Losses(above=0.1))[0] == content
    all_go = arrow(tmp_path, name, {"text": [HEAVY] * 3})
    assert read(out(tmp_path, name, all_go, Losses(above=0.1))[0], name).num_rows == 0


def test_a_parquet_file_keeps_its_layout_beside_a_new_column(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    content = arrow(
        tmp_path, "a.parquet", {"text": [DIRTY, "Body."] * 4, "n": range(8)}, row_group_size=3,
        compression={"text": "zstd", "n": "gzip"}, write_page_index=True,
    )  # fmt: skip
    meta = pq.ParquetFile(io.BytesIO(out(tmp_path, "a.parquet", content, Losses("share"))[0])).metadata
    groups = [meta.row_group(i) for i in range(meta.num_row_groups)]
    assert [g.num_rows for g in groups] == [3, 3, 2]
    assert [groups[0].column(i).compression for i in range(3)] == ["ZSTD", "GZIP", "ZSTD"]
    assert groups[0].column(2).is_stats_set


def test_records_of_warc_are_dropped_but_have_no_field_to_add(tmp_path: Path) -> None:
    pytest.importorskip("warcio", reason="the extra warc is not installed")
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:x>\r\nContent-Type: text/plain\r\n"
    heavy, body = (f"{head}Content-Length: {len(text)}\r\n\r\n{text}\r\n\r\n".encode() for text in (HEAVY, "Body."))
    got, summary = out(tmp_path, "a.wet", body + heavy + body, Losses(above=0.25))
    assert (got, summary.tally.dropped) == (body + body, 1)
    got, summary = out(tmp_path, "a.wet", body, Losses("share"))
    assert got == b""
    assert "a WARC record has no field 'share'" in summary.tally.failures[0].reason


def test_in_place_fields_are_added_and_nothing_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Body."}) + "\n")
    run(Plan(inputs=(path,), target=InPlace(), options=OPTIONS, fields=Fields(losses=BOTH)))
    assert json.loads(path.read_text()) == {"text": "Body.", "share": 0.0, "much": False}
    with pytest.raises(ConfigError, match="--drop-above deletes nothing in its place"):
        run(Plan(inputs=(path,), target=InPlace(), options=OPTIONS, fields=Fields(losses=Losses(above=0.5))))


@pytest.mark.parametrize("wrong", [("a", None, "b"), ("a", 0.5, "a"), (None, 1.5, None), (None, float("nan"), None)])
def test_what_makes_no_sense_is_refused(wrong: tuple[str | None, float | None, str | None]) -> None:
    with pytest.raises(ConfigError):
        Losses(*wrong)


def test_a_field_is_not_added_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["--jsonl", "--edits", "--share-field", "edits", "-"]) == 2
    assert capsys.readouterr().err == "cleaner: two fields that are added cannot both be called 'edits'\n"
