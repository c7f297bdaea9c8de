from __future__ import annotations

import gzip
import io
import json
import random
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import InputError
from cleaner.formats import Fields, Kind, Packing, Record, Shape, open_reader, read_text, shape_of
from cleaner.formats.jsonl import JsonLinesChunk
from cleaner.formats.packing import pack
from cleaner.formats.text import decode
from cleaner.jsontext import replace_texts
from tests.batch_help import each


def rewritten(path: Path, name: str, fields: Fields | None = None) -> tuple[bytes, list[tuple[str, str]], list[Record]]:
    """What a file becomes when every text is upper-cased, with the failures and the records."""
    shape = shape_of(name)
    assert shape
    reader = open_reader(path, name, shape, fields or Fields())
    sink = io.BytesIO()
    failures: list[tuple[str, str]] = []
    records: list[Record] = []
    with closing(reader):
        writer = reader.writer(sink)
        for chunk in reader:
            records += chunk.records()
            writer.write(chunk.rewrite(each(lambda r: r.text.upper()), lambda n, why: failures.append((n, why))))
        writer.close()
    return sink.getvalue(), failures, records


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("a.txt", Shape(Kind.TEXT)),
        ("a/b.MD", Shape(Kind.MARKDOWN)),
        ("b.jsonl.zst", Shape(Kind.JSONL, Packing.ZSTD)),
        ("c.tsv.gz", Shape(Kind.TSV, Packing.GZIP)),
        ("no-suffix", Shape(Kind.TEXT)),
        ("page.html", None),
        ("x.tar.gz", None),
    ],
)
def test_kinds_by_name(name: str, shape: Shape | None) -> None:
    assert shape_of(name) == shape


@given(st.text())
def test_text_comes_back_to_the_byte(text: str) -> None:
    for codec, bom in (("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe")):
        data = bom + text.encode(codec, "surrogatepass" if codec != "utf-8" else "strict")
        if text.startswith("\ufeff") and not bom:
            continue
        got, mark, encoding = decode(data)
        assert (got, mark + got.encode(encoding)) == (text, data)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("café".encode("latin-1"))
    with pytest.raises(InputError, match=r"a\.txt: not UTF-8: byte 0xe9 at offset 3"):
        read_text(path)
    path.write_bytes(gzip.compress(b"x" * 1000)[:-9])
    with pytest.raises(InputError, match="damaged gzip"):
        read_text(path, Packing.GZIP)


OBJECTS = st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text()), max_size=4)


@given(OBJECTS, st.text(), st.text(), st.booleans())
def test_json_line_changes_only_the_text(fields: dict[str, object], old: str, new: str, escape: bool) -> None:
    line = json.dumps({**fields, "text": old, "z": 1.50}, ensure_ascii=escape, indent=None)
    out = replace_texts(line, [(("text",), {0: new})])
    assert json.loads(out) == {**json.loads(line), "text": new}
    same = replace_texts(line, [(("text",), {0: old})])
    assert json.loads(same) == json.loads(line)


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        '\ufeff{"id": 1.10, "text" : "a", "x": [1,  2]}',
        "",
        "not json",
        '{"body": "b"}',
        '{"text": 5}',
        '{"text": null}',
        '{"text": "x", "text": "\\ud83d\\ude00 b"}\r',
        '{"text": "c"}',
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    out, failures, records = rewritten(path, "a.jsonl")
    assert out.decode().split("\n") == [
        '\ufeff{"id": 1.10, "text" : "A", "x": [1,  2]}', *lines[1:6],
        '{"text": "x", "text": "\\ud83d\\ude00 B"}\r', '{"text": "C"}',
    ]  # fmt: skip
    assert [name for name, _ in failures] == ["a.jsonl:3", "a.jsonl:4", "a.jsonl:5"]
    assert "no field 'text'; it has: body" in failures[1][1]
    assert [r.name for r in records] == ["a.jsonl:1", "a.jsonl:7", "a.jsonl:8"]


def test_json_lines_in_chunks_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl.gz"
    text = "".join(json.dumps({"text": f"line {i}"}) + "\n" for i in range(500))
    path.write_bytes(gzip.compress(text.encode()))
    whole = gzip.decompress(rewritten(path, "a.jsonl.gz")[0])
    monkeypatch.setattr("cleaner.formats.jsonl.CHUNK", 100)
    assert gzip.decompress(rewritten(path, "a.jsonl.gz")[0]) == whole == text.replace("line", "LINE").encode()


def test_a_line_that_never_ends_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 5000)
    monkeypatch.setattr("cleaner.formats.jsonl.CHUNK", 100)
    monkeypatch.setattr("cleaner.formats.jsonl.MAX_RECORD", 1000)
    with pytest.raises(InputError, match="line 1 is over"):
        rewritten(path, "a.jsonl")


def test_half_a_pair_stays_an_escape() -> None:
    chunk = JsonLinesChunk("a", 1, b'{"text": "\\ud800 \xc3\xa9 a"}', Packing.NONE, Fields())
    out = chunk.rewrite(each(lambda r: r.text.upper()), lambda _name, _why: None)
    assert json.loads(out) == {"text": "\ud800 É A"}


def test_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    raw = '\ufeff"id",text,n\r\n1,"a ""b""\nc",2\r\n2,B,\'x\'\r\n3,short\r\n"4","d","5"\r\n'
    path.write_bytes(raw.encode())
    out, failures, records = rewritten(path, "a.csv")
    assert out.decode() == raw.replace('"a ""b""\nc"', '"A ""B""\nC"').replace('"d"', '"D"')
    assert failures == [("a.csv:5", "2 cells, but 3 columns")]
    assert [r.name for r in records] == ["a.csv:2", "a.csv:4", "a.csv:6"]
    assert records[0].fields["id"] == "1"


def test_table_without_the_column(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("id\tbody\n1\tx\n")
    with pytest.raises(InputError, match="no column 'text'; it has: id, body"):
        rewritten(path, "a.tsv")
    assert rewritten(path, "a.tsv", Fields(text="body"))[0] == b"id\tbody\n1\tX\n"


def test_a_table_with_the_column_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,text\na,b\n")
    with pytest.raises(InputError, match="several columns are called 'text'"):
        rewritten(path, "a.csv")


def test_a_torn_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"a "b" c"\n2,5" pipe\n3,"never\nends')
    with pytest.raises(InputError, match="line 4: a quoted cell does not end"):
        rewritten(path, "a.csv")
    path.write_text('id,text\n1,"a "b" c"\n2,5" pipe')
    out, failures, records = rewritten(path, "a.csv")
    assert out == b'id,text\n1,"a "b" c"\n2,5" PIPE'
    assert failures == [("a.csv:2", "text after the closing quote of a cell")]
    assert [r.name for r in records] == ["a.csv:3"]


def test_bytes_in_a_table_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text\n1,caf\xe9\n\xe9,a\n")
    out, failures, records = rewritten(path, "a.csv")
    assert (out, failures) == (b"id,text\n1,caf\xe9\n\xe9,A\n", [("a.csv:2", "not UTF-8")])
    assert [r.name for r in records] == ["a.csv:3"]


def test_a_quote_that_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text\n"a\n' + "b\n" * 5000)
    monkeypatch.setattr("cleaner.formats.table.MAX_RECORD", 1000)
    monkeypatch.setattr("cleaner.formats.table.CHUNK", 100)
    with pytest.raises(InputError, match="a row is over"):
        rewritten(path, "a.csv")


def test_zstd(tmp_path: Path) -> None:
    pytest.importorskip("zstandard", reason="the extra zstd is not installed")
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(pack(b'{"text": "a"}\n', Packing.ZSTD) + pack(b'{"text": "b"}', Packing.ZSTD))
    out = rewritten(path, "a.jsonl.zst")[0]
    again = tmp_path / "b.jsonl.zst"
    again.write_bytes(out)
    assert [r.text for r in rewritten(again, "b.jsonl.zst")[2]] == ["A", "B"]
    path.write_bytes(b"")
    assert rewritten(path, "a.jsonl.zst")[2] == []


@pytest.mark.parametrize("cut", [1, 100, 12_000])
def test_torn_zstd(tmp_path: Path, cut: int) -> None:
    pytest.importorskip("zstandard", reason="the extra zstd is not installed")
    path = tmp_path / "a.jsonl.zst"
    lines = [json.dumps({"text": random.Random(i).randbytes(9000).hex()}).encode() + b"\n" for i in range(2)]
    data = b"".join(pack(line, Packing.ZSTD) for line in lines)
    path.write_bytes(data)
    assert read_text(path, Packing.ZSTD).text.encode() == b"".join(lines)
    path.write_bytes(data[:-cut])
    for read in (lambda: rewritten(path, "a.jsonl.zst"), lambda: read_text(path, Packing.ZSTD)):
        with pytest.raises(InputError, match="damaged zstd data .it ends too early"):
            read()


def test_what_is_no_zstd(tmp_path: Path) -> None:
    pytest.importorskip("zstandard", reason="the extra zstd is not installed")
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(b"no zstd at all")
    with pytest.raises(InputError, match="damaged zstd"):
        rewritten(path, "a.jsonl.zst")


@pytest.mark.parametrize("kind", ["string", "large_string", "dictionary"])
def test_parquet(tmp_path: Path, kind: str) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    import pyarrow.parquet as pq

    types = {
        "string": pa.string(),
        "large_string": pa.large_string(),
        "dictionary": pa.dictionary(pa.int32(), pa.string()),
    }
    schema = pa.schema([("n", pa.int64()), ("text", types[kind])], metadata={"a": "b"})
    texts = [f"t{i % 7}" if i % 5 else None for i in range(3000)]
    path = tmp_path / "a.parquet"
    column = pa.array(texts).dictionary_encode() if kind == "dictionary" else pa.array(texts, types[kind])
    pq.write_table(
        pa.table([pa.array(range(3000)), column], schema=schema), path, row_group_size=2000, compression="zstd"
    )
    out, _, records = rewritten(path, "a.parquet")
    new = pq.ParquetFile(io.BytesIO(out))
    assert new.metadata.num_row_groups == 2
    assert new.metadata.row_group(0).column(0).compression == "ZSTD"
    assert new.schema_arrow.equals(schema, check_metadata=True)
    assert new.read()["text"].to_pylist() == [t.upper() if t else None for t in texts]
    assert new.read()["n"].to_pylist() == list(range(3000))
    assert len(records) == 2400
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError, match="damaged Parquet"):
        rewritten(path, "a.parquet")


def test_parquet_with_the_column_twice(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"]), path)
    with pytest.raises(InputError, match="several columns are called 'text'"):
        rewritten(path, "a.parquet")
