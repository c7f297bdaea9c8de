"""Arrow files, Feather and streams: only the text column changes; schema, metadata and compression stay."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import InPlace, Plan, run
from cleaner.errors import InputError
from cleaner.formats import Fields
from cleaner.formats.ipc import IpcReader
from cleaner.formats.ipc_layout import has_notes
from tests.arrow_help import ARROW_WITH_METADATA, METADATA_OF_FILES
from tests.batch_help import CLEAN, DIRTY, OPTIONS, contents, each, mirrored, tree

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
ipc = pytest.importorskip("pyarrow.ipc")
feather = pytest.importorskip("pyarrow.feather")

TEXTS = ["Body.", None, DIRTY, "Other."]


def written(path: Path, batches: list[Any], *, stream: bool = False, codec: str | None = None) -> Path:
    """Write batches, each with metadata of its own, as a file or stream; the file has metadata, too, if pyarrow can write that."""
    options = ipc.IpcWriteOptions(compression=codec)
    more = {} if stream or not METADATA_OF_FILES else {"metadata": {"made": "by hand"}}
    with (ipc.new_stream if stream else ipc.new_file)(path, batches[0].schema, options=options, **more) as writer:
        for i, batch in enumerate(batches):
            writer.write_batch(batch, custom_metadata={"number": str(i)})
    return path


def batches(texts: list[list[str | None]], kind: Any) -> list[Any]:
    schema = pa.schema(
        [
            pa.field("n", pa.int8(), nullable=False, metadata={"unit": "m"}),
            ("text", kind),
            ("c", pa.dictionary(pa.int8(), pa.string())),
            ("x", pa.list_(pa.struct([("y", pa.duration("ms"))]))),
        ],
        metadata={"a": "b"},
    )
    return [
        pa.RecordBatch.from_arrays(
            [
                pa.array(range(len(some)), pa.int8()),
                pa.array(some, kind),
                pa.DictionaryArray.from_arrays(pa.array([i % 2 for i in range(len(some))], pa.int8()), ["p", "q"]),
                pa.array([[{"y": i}] for i in range(len(some))], schema.field("x").type),
            ],
            schema=schema,
        )
        for some in texts
    ]


def codecs(path: Path) -> list[str]:
    """What pyarrow cannot tell: the codec, by the sizes that the same batches have with each."""
    found = []
    for codec in (None, "lz4", "zstd"):
        sink = pa.BufferOutputStream()
        with ipc.open_file(path) as file:
            with ipc.new_file(sink, file.schema, options=ipc.IpcWriteOptions(compression=codec)) as writer:
                for i in range(file.num_record_batches):
                    writer.write_batch(file.get_batch(i))
            if abs(sink.getvalue().size - path.stat().st_size) < 300:
                found.append(str(codec))
    return found


@pytest.mark.parametrize("codec", [None, "lz4", "zstd"])
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_only_the_text_changes(tmp_path: Path, kind: Any, stream: bool, codec: str | None) -> None:
    texts: list[list[str | None]] = [["Body."], [], TEXTS, [DIRTY, "Other."]]
    old = batches(texts, pa.string())
    if pa.types.is_dictionary(kind):  # one dictionary for all, as a file asks for
        column = pa.chunked_array([b.column(1) for b in old]).combine_chunks().dictionary_encode().cast(kind)
        columns = [column.slice(at, n) for at, n in ((0, 1), (1, 0), (1, 4), (5, 2))]
    else:
        columns = [pa.array(b.column(1).to_pylist(), kind) for b in old]
    schema = old[0].schema.set(1, pa.field("text", kind))
    old = [
        pa.RecordBatch.from_arrays([b.column(0), c, *b.columns[2:]], schema=schema)
        for b, c in zip(old, columns, strict=True)
    ]
    path = written(tree(tmp_path / "in", {"x.txt": ""}) / "a.arrow", old, stream=stream, codec=codec)
    summary = mirrored(path, tmp_path / "out")
    assert (summary.failed, summary.tally.documents, summary.tally.changed) == (0, 6, 2)
    with (ipc.open_stream if stream else ipc.open_file)(tmp_path / "out" / "a.arrow") as new:
        assert new.schema.equals(schema, check_metadata=True)
        if stream:
            again = list(new.iter_batches_with_custom_metadata())
        else:
            assert not METADATA_OF_FILES or new.metadata == {b"made": b"by hand"}
            again = [new.get_batch_with_custom_metadata(i) for i in range(new.num_record_batches)]
    assert [note for _, note in again] == [{b"number": str(i).encode()} for i in range(4)]
    for was, (batch, _), some in zip(old, again, texts, strict=True):
        assert batch.drop_columns("text").equals(was.drop_columns("text"))
        assert batch["text"].to_pylist() == [CLEAN if t == DIRTY else t for t in some]


def test_metadata_of_a_whole_file_stays_or_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.arrow").write_bytes(ARROW_WITH_METADATA)
    summary = mirrored(tmp_path / "a.arrow", tmp_path / "out")
    if METADATA_OF_FILES:
        assert ipc.open_file(tmp_path / "out" / "a.arrow").metadata == {b"a": b"b"}
    else:
        assert "metadata of the whole file" in summary.tally.failures[0].reason
        assert not contents(tmp_path / "out")


def test_it_is_seen_in_the_footer(tmp_path: Path) -> None:
    (tmp_path / "a.arrow").write_bytes(ARROW_WITH_METADATA)
    feather.write_feather(pa.table({"text": [DIRTY]}), tmp_path / "b.arrow")
    assert [has_notes(tmp_path / name) for name in ("a.arrow", "b.arrow")] == [True, False]


@pytest.mark.parametrize("codec", [None, "lz4", "zstd"])
def test_compression_stays(tmp_path: Path, codec: str | None) -> None:
    many = batches([[f"The council met on day {i} of the month.\n" * 40 for i in range(100)] + [DIRTY]], pa.string())
    path = written(tmp_path / "a.feather", many, codec=codec)
    mirrored(path, tmp_path / "out")
    assert (tmp_path / "out" / "a.feather").read_bytes() != path.read_bytes()
    assert codecs(tmp_path / "out" / "a.feather") == codecs(path) == [str(codec)]


def test_what_does_not_change_is_copied_to_the_byte(tmp_path: Path) -> None:
    path = written(tmp_path / "a.ipc", batches([["Body.", None], []], pa.string()), codec="lz4")
    mirrored(path, tmp_path / "out")
    assert contents(tmp_path / "out")["a.ipc"] == path.read_bytes()


def test_long_batches_by_two_processes_and_in_place(tmp_path: Path) -> None:
    texts: list[list[str | None]] = [[f"Body {i}." if i % 3 else DIRTY for i in range(5000)] for _ in range(2)]
    small = [pa.record_batch({"text": some, "url": ["http://a.org/x"] * len(some)}) for some in texts]
    path = written(tmp_path / "a.arrow", small)
    outputs = []
    for jobs in (1, 2):
        summary = mirrored(path, tmp_path / f"out{jobs}", jobs=jobs, report=tmp_path / f"r{jobs}")
        assert (summary.failed, summary.tally.documents) == (0, 10_000)
        outputs.append((contents(tmp_path / f"out{jobs}"), (tmp_path / f"r{jobs}").read_bytes()))
    assert outputs[0] == outputs[1]
    run(Plan(inputs=(path,), target=InPlace(), options=OPTIONS))
    assert path.read_bytes() == outputs[0][0]["a.arrow"]
    with ipc.open_file(path) as file:
        assert [file.get_batch(i).num_rows for i in range(file.num_record_batches)] == [5000, 5000]


def test_a_file_that_is_read_while_another_is_still_at_work(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.jsonl": f"{json.dumps({'text': DIRTY})}\n" * 20})
    written(source / "b.arrow", batches([TEXTS, [DIRTY]], pa.string()))
    for jobs in (1, 2):
        summary = mirrored(source, tmp_path / f"out{jobs}", jobs=jobs)
        assert (summary.failed, summary.tally.changed) == (0, 22)
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")


def test_a_file_that_changes_under_the_run_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "a.arrow", batches([["Body."], [DIRTY]], pa.string()))
    reader = IpcReader(path, path.name, Fields())
    writer = reader.writer(io.BytesIO())
    chunks = list(reader)
    reader.close()
    written(path, batches([["Another."], [DIRTY], [DIRTY]], pa.string()))
    writer.write(chunks[0].rewrite(each(lambda record: record.text), lambda _name, _why: None))
    with pytest.raises(InputError, match="was changed while it was read"):
        writer.write(chunks[1].rewrite(each(lambda _: CLEAN), lambda _name, _why: None))


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    whole = written(tmp_path / "w", batches([TEXTS], pa.string())).read_bytes()
    numbers = pa.table({"text": [1]})
    feather.write_feather(numbers, tmp_path / "n")
    files: dict[str, str | bytes] = {
        "a.arrow": whole[:-40],
        "b.feather": b"FEA1" + bytes(50),
        "c.ipc": b"no Arrow data at all",
        "d.arrow": (tmp_path / "n").read_bytes(),
        "e.arrow.gz": whole,
    }
    summary = mirrored(tree(tmp_path / "in", files), tmp_path / "out")
    reasons = {f.name: f.reason for f in summary.tally.failures}
    assert set(reasons) == set(files)
    assert "damaged Arrow data" in reasons["a.arrow"]
    assert "Feather version 1" in reasons["b.feather"]
    assert "damaged Arrow data" in reasons["c.ipc"]
    assert "holds int64, not text" in reasons["d.arrow"]
    assert "compressed inside" in reasons["e.arrow.gz"]
    assert not contents(tmp_path / "out")


def test_files_of_polars(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    frame = pl.DataFrame({"text": TEXTS, "n": [1, 2, 3, 4], "when": [None, None, None, None]})
    frame.write_ipc(tmp_path / "a.arrow", compression="zstd")
    summary = mirrored(tmp_path / "a.arrow", tmp_path / "out")
    assert summary.failed == 0
    again = pl.read_ipc(tmp_path / "out" / "a.arrow")
    assert again.equals(frame.with_columns(text=pl.Series(["Body.", None, CLEAN, "Other."])))
