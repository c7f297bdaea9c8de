"""Parquet: only the text changes, in the layout that it had; what cannot be kept is refused."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.arrow_help import BLOOM_FILTERS, PARQUET_WITH_VIEW, VIEWS_IN_PARQUET, with_pairs

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

DIRTY = "The mayor spoke.\n\nAdvertisement\n\nThe plan stands."
CLEAN = "The mayor spoke.\n\nThe plan stands."


def clean(path: Path) -> tuple[int, Path, str]:
    """Clean one file to a folder: the status, the output, what was said."""
    out = path.parent / "out"
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", str(path), "-o", str(out)], capture_output=True, text=True, check=False
    )
    return done.returncode, out / path.name, done.stderr


def test_unchanged_is_copied_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"text": ["Body."] * 20_000})
    pq.write_table(table, path, row_group_size=1, write_page_index=True)
    status, out, said = clean(path)
    assert status == 0, said
    assert out.read_bytes() == path.read_bytes()


def test_layout_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"text": ["Body.", "Body.", DIRTY, "Body."], "n": [1, 2, 3, 4], "z": [1, 2, 3, 4]})
    pq.write_table(
        table, path, row_group_size=2, compression={"text": "ZSTD", "n": "NONE", "z": "GZIP"}, use_dictionary=["z"],
        column_encoding={"n": "DELTA_BINARY_PACKED"}, write_page_index=True, sorting_columns=[pq.SortingColumn(1)],
        store_schema=False, **({"bloom_filter_options": {"n": {"ndv": 10}}} if BLOOM_FILTERS else {}),
    )  # fmt: skip
    status, out, said = clean(path)
    assert status == 0, said
    assert pq.read_table(out).to_pydict() == {**table.to_pydict(), "text": ["Body.", "Body.", CLEAN, "Body."]}
    old, new = pq.ParquetFile(path).metadata, pq.ParquetFile(out).metadata
    assert new.metadata == old.metadata
    assert new.num_row_groups == old.num_row_groups == 2
    for group in range(2):
        a, b = old.row_group(group), new.row_group(group)
        assert a.sorting_columns == b.sorting_columns
        for i in range(3):
            x, y = a.column(i), b.column(i)
            assert (x.compression, set(x.encodings)) == (y.compression, set(y.encodings))
            assert (x.has_offset_index, x.has_column_index) == (y.has_offset_index, y.has_column_index)
            assert not BLOOM_FILTERS or (x.bloom_filter_offset is None) == (y.bloom_filter_offset is None)


def test_row_groups_without_rows_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    groups = [[], ["Body."], [], [DIRTY], []]
    with pq.ParquetWriter(path, pa.schema([("text", pa.string())])) as writer:
        for texts in groups:
            writer.write_table(pa.table({"text": pa.array(texts, pa.string())}))
    status, out, said = clean(path)
    assert status == 0, said
    new = pq.ParquetFile(out)
    assert new.read().to_pydict() == {"text": ["Body.", CLEAN]}
    assert [new.metadata.row_group(i).num_rows for i in range(new.num_row_groups)] == [len(g) for g in groups]


def test_a_folder_that_is_parted_by_a_column_stays_so(tmp_path: Path) -> None:
    table = pa.table({"site": ["a", "a", "b"], "n": [1, 2, 3], "text": [DIRTY, "Body.", DIRTY]})
    pq.write_to_dataset(table, tmp_path / "in", partition_cols=["site"])
    status, _, said = clean(tmp_path / "in")
    assert status == 0, said
    new = pq.read_table(tmp_path / "out").sort_by("n")
    assert new.schema == pq.read_table(tmp_path / "in").schema
    assert new.select(["site", "n", "text"]).to_pylist() == [
        {"site": "a", "n": 1, "text": CLEAN},
        {"site": "a", "n": 2, "text": "Body."},
        {"site": "b", "n": 3, "text": CLEAN},
    ]


def test_int96_keeps_its_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    days = [dt.datetime.fromisoformat(d) for d in ("0001-01-01", "9999-12-31", "2026-01-02T03:04:05.000006")]
    table = pa.table({"text": [DIRTY, "Body.", "Body."], "ts": pa.array(days, pa.timestamp("us"))})
    pq.write_table(table, path, use_deprecated_int96_timestamps=True, store_schema=False)
    status, out, said = clean(path)
    assert status == 0, said
    file = pq.ParquetFile(out, coerce_int96_timestamp_unit="us")
    assert file.schema.column(1).physical_type == "INT96"
    assert file.read().to_pydict() == {"text": [CLEAN, "Body.", "Body."], "ts": days}


def test_a_polars_enum_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    kind = pa.dictionary(pa.uint32(), pa.large_string())
    field = pa.field("text", kind, metadata={"_PL_ENUM_VALUES2": "5;Body."})
    pq.write_table(pa.table([pa.array(["Body."]).cast(kind)], schema=pa.schema([field])), path)
    status, out, said = clean(path)
    assert status == 2
    assert "polars Enum" in said
    assert not out.exists()


def test_types_that_version_1_has_not_stay_in_a_file_that_says_so(tmp_path: Path) -> None:
    """polars and others write unsigned integers and nanoseconds into files of version 1."""
    path = tmp_path / "a.parquet"
    day = dt.datetime.fromisoformat("2026-01-02")
    table = pa.table({"text": [DIRTY], "n": pa.array([1], pa.uint32()), "at": pa.array([day], pa.timestamp("ns"))})
    pq.write_table(table, path, version="2.6", store_schema=False)
    # The version is a number of one byte at the footer's begin: 2 in zigzag, after the field's head.
    data = path.read_bytes()
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    assert data[footer : footer + 2] == b"\x15\x04"
    path.write_bytes(data[:footer] + b"\x15\x02" + data[footer + 2 :])
    assert pq.read_metadata(path).format_version == "1.0"
    status, out, said = clean(path)
    assert status == 0, said
    assert pq.read_schema(out).field("n").type == pa.uint32()
    assert pq.read_table(out).to_pydict() == {**table.to_pydict(), "text": [CLEAN]}


def test_views_stay_or_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(PARQUET_WITH_VIEW)
    status, out, said = clean(path)
    if VIEWS_IN_PARQUET:
        assert (status, pq.read_schema(out)) == (0, pa.schema([("text", pa.string_view())])), said
    else:
        assert "column 'text' is read as a view" in said
        assert not out.exists()


@with_pairs
@pytest.mark.parametrize("stored", [True, False])
def test_metadata_that_the_arrow_schema_does_not_hold_stays(tmp_path: Path, stored: bool) -> None:
    path = tmp_path / "a.parquet"
    with pq.ParquetWriter(path, pa.schema([("text", pa.string())]), store_schema=stored) as writer:
        writer.write_table(pa.table({"text": [DIRTY]}))
        writer.add_key_value_metadata({"source": "crawl"})
    status, out, said = clean(path)
    assert status == 0, said
    assert pq.read_table(out).to_pydict() == {"text": [CLEAN]}
    assert (pq.read_metadata(out).metadata or {})[b"source"] == b"crawl"
    assert pq.read_metadata(out).metadata == pq.read_metadata(path).metadata


def test_a_type_that_pyarrow_has_not_is_no_damage(tmp_path: Path) -> None:
    from cleaner.errors import InputError
    from cleaner.formats.batches import arrow_data

    reason = r"Parquet that pyarrow cannot read \(Integers of 128 bits\)"
    with pytest.raises(InputError, match=reason), arrow_data(tmp_path / "a.parquet", "Parquet"):
        raise pa.ArrowNotImplementedError("Integers of 128 bits\nmore")


def test_elements_of_lists_that_would_be_called_otherwise_are_refused(tmp_path: Path) -> None:
    """As Hive writes them, and Spark in its legacy format: `list.bag.array`."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [DIRTY], "l": [["a"]]}), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"list", b"bags"))
    assert pq.ParquetFile(path).schema.column(1).path == "l.bags.element"
    status, out, said = clean(path)
    assert status == 2
    assert "column 'l.bags.element' would be called 'l.list.element' as pyarrow writes it back" in said
    assert not out.exists()


def test_a_codec_that_pyarrow_only_reads_is_no_damage() -> None:
    from cleaner.errors import InputError
    from cleaner.formats.layout import check

    with pytest.raises(
        InputError, match=r"column 'n' is packed in a way that pyarrow does not write \(LZ4 of Hadoop's\?\)"
    ):
        check("a.parquet", None, {"compression": {"text": "ZSTD", "n": "UNKNOWN"}})


def test_categories_that_fastparquet_reads_by_one_dictionary_are_found() -> None:
    from cleaner.formats.layout import shared_category

    pandas = b'{"columns": [{"name": "n", "pandas_type": "int64"}, {"name": "c", "pandas_type": "categorical"}]}'
    made = SimpleNamespace(created_by="fastparquet-python version 2026.9.0", metadata={b"pandas": pandas})
    assert shared_category(made) == "c"
    assert (
        shared_category(SimpleNamespace(created_by="parquet-cpp-arrow version 26", metadata={b"pandas": pandas})) == ""
    )
    assert shared_category(SimpleNamespace(created_by=made.created_by, metadata=None)) == ""


@pytest.mark.parametrize("pandas", [b"{", b"\xff", b"[]", b'{"columns": 1}', b'{"columns": [1]}', b"[" * 100_000])
def test_metadata_that_are_none_of_fastparquet_name_no_category(pandas: bytes) -> None:
    from cleaner.formats.layout import shared_category

    made = SimpleNamespace(created_by="fastparquet-python version 2026.9.0", metadata={b"pandas": pandas})
    assert not shared_category(made)
