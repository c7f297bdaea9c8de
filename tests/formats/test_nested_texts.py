"""Texts within structs, lists and objects, several in a record, as strings or bytes of any make."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch import Plan, Summary, run
from cleaner.batch.targets import Mirror
from cleaner.formats import Fields
from cleaner.jsontext import keys_of, replace_texts, texts_in
from tests.arrow_help import skip_views
from tests.batch_help import CLEAN, DIRTY, OPTIONS, tree

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pq = pytest.importorskip("pyarrow.parquet")
ipc = pytest.importorskip("pyarrow.ipc")


def cleaned(path: Path, *fields: str, **more: Any) -> tuple[Summary, Path]:
    """Clean the texts of `fields` in a file into the folder `out` beside it."""
    out = path.parent / "out"
    plan = Plan(inputs=(path,), target=Mirror(out), options=OPTIONS, fields=Fields.of(fields, "url", None), **more)
    return run(plan), out / path.name


def names(report: Path) -> list[str]:
    return [json.loads(line)["name"] for line in report.read_text().splitlines()]


# ---- JSON

VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from(["a", "b", "a.b"]), VALUES),
    st.sampled_from(["a", "b", "a.b", "a.b.c"]),
    st.booleans(),
)
def test_every_text_is_found_where_it_stands(data: dict[str, Any], field: str, spaced: bool) -> None:
    line = json.dumps(data, separators=(" , ", " : ") if spaced else None)
    try:
        texts = list(texts_in(data, field))
    except ValueError:
        return
    keys = keys_of(data, field)
    assert replace_texts(line, [(keys, {i: text for i, (_, text) in enumerate(texts)})]) == line
    new = replace_texts(line, [(keys, {i: f"new {i}" for i in range(len(texts))})])
    assert [text for _, text in texts_in(json.loads(new), field)] == [f"new {i}" for i in range(len(texts))]
    assert [place for place, _ in texts_in(json.loads(new), field)] == [place for place, _ in texts]


def test_json_within_objects_and_lists(tmp_path: Path) -> None:
    dirty, clean = json.dumps(DIRTY), json.dumps(CLEAN)
    lines = [
        f'{{"id": 1.0, "doc" : {{"text":  {dirty}, "text2": {dirty} }} , "t": [{dirty},null , {dirty}]}}',
        f'{{"doc": {{"text": "x", "text": {dirty}}}, "t": []}}',
        f'{{"doc": {{"text": null}}, "t": null, "doc.text": {dirty}}}',
        '{"doc": {"title": "x"}, "t": ["Body.\\n"]}',
        '{"doc": {"text": 5}, "t": [1]}',
        f'{{"doc": [{{"role": "a", "text": {dirty}}}, {{"role": "b"}}, null], "t": {dirty}}}',
        '{"doc": "x", "t": "x"}',
    ]
    path = tree(tmp_path, {"a.jsonl": "\n".join(lines)}) / "a.jsonl"
    summary, out = cleaned(path, "doc.text", "t", report=tmp_path / "r")
    want = [
        f'{{"id": 1.0, "doc" : {{"text":  {clean}, "text2": {dirty} }} , "t": [{clean},null , {clean}]}}',
        f'{{"doc": {{"text": "x", "text": {clean}}}, "t": []}}',
        f'{{"doc": {{"text": null}}, "t": null, "doc.text": {clean}}}',
        lines[3],
        lines[4],
        f'{{"doc": [{{"role": "a", "text": {clean}}}, {{"role": "b"}}, null], "t": {clean}}}',
        lines[6],
    ]
    assert out.read_text().split("\n") == want
    assert [(f.name, f.reason) for f in summary.tally.failures] == [
        ("a.jsonl:4", "no field 'doc.text'; it has: title"),
        ("a.jsonl:5", "field 'doc.text' is no text"),
        ("a.jsonl:5", "field 't' is no text"),
        ("a.jsonl:7", "field 'doc.text' is no text"),
    ]
    assert names(tmp_path / "r")[:4] == ["a.jsonl:1:doc.text", "a.jsonl:1:t[0]", "a.jsonl:1:t[2]", "a.jsonl:2:doc.text"]


def test_the_stream_reads_it_in_the_same_way(tmp_path: Path) -> None:
    line = '{"doc": {"text": "Body of the text.\\n\\nAdvertisement"}, "t": ["Advertisement"], "n": 1.0}\n'
    words = [sys.executable, "-m", "cleaner", "--jsonl", "--text-field", "doc.text", "--text-column", "t"]
    done = subprocess.run([*words, "--edits"], input=line, capture_output=True, text=True, check=True, cwd=tmp_path)
    new = json.loads(done.stdout)
    edits = new.pop("edits")
    assert new == {"doc": {"text": "Body of the text.\n"}, "t": [""], "n": 1.0}
    assert [e["field"] for e in edits if e["removed"] == "Advertisement"] == ["doc.text", "t[0]"]
    done = subprocess.run(words[:-2], input=line, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == line.replace("\\n\\nAdvertisement", "\\n")
    done = subprocess.run([*words, "--text-field", "x"], input=line, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "cleaner: stdin:1: no field 'x'; it has: doc, t, n\n")
    assert done.stdout == line.replace("\\n\\nAdvertisement", "\\n").replace("Advertisement", "")


# ---- tables


def test_several_columns_of_a_table(tmp_path: Path) -> None:
    path = tree(tmp_path, {"a.csv": f'title,n,text\n"{DIRTY}",1,"{DIRTY}"\nAdvertisement,2,\n'}) / "a.csv"
    summary, out = cleaned(path, "text", "title", report=tmp_path / "r")
    assert out.read_text() == f'title,n,text\n"{CLEAN}",1,"{CLEAN}"\n"",2,\n'
    assert (summary.tally.documents, summary.failed) == (4, 0)
    assert names(tmp_path / "r") == ["a.csv:2:text", "a.csv:2:title", "a.csv:9:text", "a.csv:9:title"]
    summary, out = cleaned(path, "text", "body", overwrite=True)
    assert [f.reason for f in summary.tally.failures] == ["no column 'body'; it has: title, n, text"]


# ---- Arrow

STRUCT = [{"text": DIRTY, "n": 1}, None, {"text": None, "n": 2}, {"text": "Body.", "n": 3}]
LISTS = [["Body.", None, DIRTY], None, [], [DIRTY]]
DEEP = [{"a": [{"b": DIRTY, "c": 1}, None, {"b": "Body.", "c": 2}]}, {"a": None}, None, {"a": []}]


def new(value: Any) -> Any:
    """A value as it is to come out."""
    if isinstance(value, dict):
        return {k: new(v) for k, v in value.items()}
    if isinstance(value, list):
        return [new(v) for v in value]
    return CLEAN if value == DIRTY else CLEAN.encode() if value == DIRTY.encode() else value


def write(table: Any, path: Path) -> None:
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=3)
    else:
        with ipc.new_file(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=3)


def read(path: Path) -> Any:
    return pq.ParquetFile(path).read() if path.suffix == ".parquet" else ipc.open_file(path).read_all()


NESTED = {
    "struct": (STRUCT, pa.struct([pa.field("text", pa.string(), metadata={"k": "v"}), ("n", pa.int8())]), "x.text"),
    "list": (LISTS, pa.list_(pa.string()), "x"),
    "large list": (LISTS, pa.large_list(pa.field("item", pa.large_string())), "x"),
    "list of structs": (
        DEEP,
        pa.struct([("a", pa.list_(pa.struct([("b", pa.string()), ("c", pa.int64())])))]),
        "x.a.b",
    ),
}


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
@pytest.mark.parametrize("case", NESTED)
def test_within_structs_and_lists(tmp_path: Path, case: str, suffix: str) -> None:
    values, kind, field = NESTED[case]
    table = pa.table({"x": pa.array(values * 3, kind), "n": range(12)}).replace_schema_metadata({"a": "b"})
    path = tmp_path / f"a{suffix}"
    write(table, path)
    summary, out = cleaned(path, field)
    assert summary.failed == 0
    assert summary.tally.changed == str(values * 3).count(repr(DIRTY)) > 0
    again, was = read(out), read(path)
    assert again.schema.equals(was.schema, check_metadata=True)
    assert again.to_pydict() == {"x": new(values) * 3, "n": list(range(12))}
    again.validate(full=True)


def test_names_of_what_a_row_holds_several_of(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"x": pa.array(LISTS), "doc": pa.array(STRUCT), "url": ["http://a.org/"] * 4}), path)
    cleaned(path, "x", report=tmp_path / "r")
    assert names(tmp_path / "r") == ["a.parquet:1[0]", "a.parquet:1[2]", "a.parquet:4[0]"]
    cleaned(path, "x", "doc.text", report=tmp_path / "r", overwrite=True)
    assert names(tmp_path / "r")[-2:] == ["a.parquet:4:x[0]", "a.parquet:4:doc.text"]


KINDS = [
    pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view(), pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.uint32(), pa.large_string(), ordered=True), pa.dictionary(pa.int32(), pa.binary()), pa.null(),
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_makes_of_text(tmp_path: Path, kind: Any, suffix: str) -> None:
    skip_views(kind, suffix)
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    values = [DIRTY, None, "Body.", DIRTY, "Other."] if kind != pa.null() else [None] * 5
    if "binary" in str(inner):
        values = [v and v.encode() for v in values]
    column = pa.array(values, inner)
    column = column.dictionary_encode().cast(kind) if inner != kind else column
    path = tmp_path / f"a{suffix}"
    write(pa.table({"text": column, "n": range(5)}), path)
    summary, out = cleaned(path, "text")
    assert summary.failed == 0
    assert summary.tally.changed == (0 if kind == pa.null() else 2)
    again = read(out)
    assert again.schema.equals(read(path).schema, check_metadata=True)
    assert again.to_pydict() == {"text": new(values), "n": list(range(5))}


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
@pytest.mark.parametrize("kind", [pa.binary(), pa.string()], ids=str)
def test_bytes_that_are_no_text_are_named_and_stay(tmp_path: Path, kind: Any, suffix: str) -> None:
    values = [DIRTY.encode(), b"caf\xe9\nAdvertisement\n"]
    path = tmp_path / f"a{suffix}"
    write(pa.table({"text": pa.array(values, pa.binary()).cast(kind, safe=False)}), path)
    summary, out = cleaned(path, "text")
    assert [(f.name, f.reason) for f in summary.tally.failures] == [(f"{path.name}:2", "not UTF-8")]
    again = read(out)
    assert again.schema.field("text").type == kind
    assert again.column(0).cast(pa.binary(), safe=False).to_pylist() == [CLEAN.encode(), values[1]]


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_what_holds_no_texts_is_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write(
        pa.table(
            {
                "x": pa.array(STRUCT, NESTED["struct"][1]),
                "n": range(4),
                "m": pa.array([[("a", "b")]] * 4, pa.map_(pa.string(), pa.string())),
            }
        ),
        path,
    )
    for field, reason in {
        "x": "not text; say --text-field x.NAME",
        "x.body": "no column 'x.body'; 'x' has: text, n",
        "x.text.a": "column 'x.text.a' holds string, not text",
        "n": "column 'n' holds int64, not text",
        "m": "column 'm' holds map<",
        "y.text": "no column 'y'; it has: x, n, m",
    }.items():
        summary, out = cleaned(path, field, overwrite=True)
        assert reason in summary.tally.failures[0].reason
        assert not out.exists()


@pytest.mark.parametrize("compliant", [False, True])
def test_the_names_of_elements_stay_and_the_codecs_with_them(tmp_path: Path, compliant: bool) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"x": pa.array(LISTS, pa.list_(pa.field("item", pa.string()))), "y": [[1], [2], None, []]})
    last = "element" if compliant else "item"
    pq.write_table(
        table,
        path,
        use_compliant_nested_type=compliant,
        compression={f"x.list.{last}": "ZSTD", "y.list.element" if compliant else "y.list.item": "GZIP"},
    )
    _, out = cleaned(path, "x")
    old, again = pq.ParquetFile(path), pq.ParquetFile(out)
    assert again.schema_arrow.equals(old.schema_arrow, check_metadata=True)
    assert again.schema.equals(old.schema)
    for i in range(2):
        a, b = old.metadata.row_group(0).column(i), again.metadata.row_group(0).column(i)
        assert (a.path_in_schema, a.compression) == (b.path_in_schema, b.compression)
    assert again.read().to_pydict() == new(table.to_pydict())


def test_a_sorting_column_whose_texts_change_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"n": [1, 2], "x": pa.array([{"text": "Advertisement"}, {"text": "B"}])})
    pq.write_table(table, path, sorting_columns=[pq.SortingColumn(0), pq.SortingColumn(1)])
    _, out = cleaned(path, "x.text")
    assert [c.column_index for c in pq.ParquetFile(out).metadata.row_group(0).sorting_columns] == [0]


def test_an_enum_of_polars_is_refused_and_its_categories_are_not(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    for suffix in (".parquet", ".arrow"):
        for kind in (pl.Enum([DIRTY, "Body."]), pl.Categorical):
            path = tmp_path / f"a{suffix}"
            frame = pl.DataFrame({"text": pl.Series([DIRTY, "Body.", None], dtype=kind), "l": [[DIRTY], [], None]})
            (frame.write_parquet if suffix == ".parquet" else frame.write_ipc)(path)
            summary, out = cleaned(path, "text", "l", overwrite=True)
            if kind == pl.Categorical:
                again = pl.read_parquet(out) if suffix == ".parquet" else pl.read_ipc(out)
                assert again.schema == frame.schema
                assert again["text"].to_list() == [CLEAN, "Body.", None]
                assert again["l"].to_list() == [[CLEAN], [], None]
                out.unlink()
            else:
                assert "is a polars Enum" in summary.tally.failures[0].reason
                assert not out.exists()


def test_the_arrow_door_takes_them_too() -> None:
    from cleaner.errors import ConfigError
    from cleaner.integrations.arrow import BatchCleaner

    dirty = "The mayor spoke.\n\nAdvertisement\n\nThe plan stands."
    clean = "The mayor spoke.\n\nThe plan stands."
    table = pa.table({"doc": [{"text": dirty}], "l": [[dirty, "Body."]], "b": [b"\xff"], "n": [1]})
    table = pa.concat_tables([table, table.slice(0, 0), table])
    row = {"doc": {"text": clean}, "l": [clean, "Body."], "b": b"\xff", "n": 1}
    assert BatchCleaner(["doc.text", "l", "b"])(table).to_pylist() == [row, row]
    removed = BatchCleaner("doc.text", removed_column="gone")(table.to_batches()[0])
    assert "Advertisement\n" in [e["removed"] for e in removed["gone"][0].as_py()]
    with pytest.raises(ConfigError, match="a row has several texts"):
        BatchCleaner("l", removed_column="gone")(table)


def test_two_texts_of_a_row_are_one_page() -> None:
    from cleaner.sites import site_and_page

    fields = Fields.of(["a", "b"], "url", None)
    rows = [fields.record("x/f:1", name, "", "t", {}) for name in ("a", "b")]
    assert [site_and_page(r, fields) for r in rows] == [("x", "x/f:1")] * 2
    assert [r.name for r in rows] == ["x/f:1:a", "x/f:1:b"]
