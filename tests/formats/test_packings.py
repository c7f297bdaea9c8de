"""Every packing: read member by member to the last byte, written in the same way, told from the name."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import struct
from pathlib import Path

import pytest

from cleaner.batch import Summary
from cleaner.errors import InputError
from cleaner.formats import Kind, Packing, Shape, read_text, shape_of
from cleaner.formats.packing import pack, unpacked
from tests.batch_help import CLEAN, DIRTY, contents, mirrored, tree

PACKINGS = [p for p in Packing if p]
LINES = [json.dumps({"text": random.Random(i).randbytes(40_000).hex()}).encode() + b"\n" for i in range(3)]


@pytest.fixture(autouse=True)
def _extras() -> None:
    pytest.importorskip("zstandard", reason="the extra zstd is not installed")
    pytest.importorskip("lz4.frame", reason="the extra lz4 is not installed")


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("a.json", Shape(Kind.JSON)),
        ("a.json.gz", Shape(Kind.JSON, Packing.GZIP)),
        ("a.ndjson.zst", Shape(Kind.JSONL, Packing.ZSTD)),
        ("a.JSONL.BZ2", Shape(Kind.JSONL, Packing.BZIP2)),
        ("a.jsonl.xz", Shape(Kind.JSONL, Packing.XZ)),
        ("a.jsonl.lz4", Shape(Kind.JSONL, Packing.LZ4)),
        ("a.csv.zstd", Shape(Kind.CSV, Packing.ZSTD)),
        ("a.tsv.gzip", Shape(Kind.TSV, Packing.GZIP)),
        ("notes.xz", Shape(Kind.TEXT, Packing.XZ)),
        ("a.tar.bz2", None),
    ],
)
def test_names(name: str, shape: Shape | None) -> None:
    assert shape_of(name) == shape


@pytest.mark.parametrize("packing", PACKINGS)
def test_many_members_are_one_text(tmp_path: Path, packing: Packing) -> None:
    data = b"".join(pack(line, packing) for line in [*LINES, b"", LINES[0]])
    path = tmp_path / "a"
    path.write_bytes(data)
    assert read_text(path, packing).text.encode() == b"".join([*LINES, LINES[0]])
    path.write_bytes(b"")
    assert read_text(path, packing).text == ""


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("cut", [1, 100, 20_000])
def test_what_ends_too_early_is_named(tmp_path: Path, packing: Packing, cut: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"".join(pack(line, packing) for line in LINES)[:-cut])
    with pytest.raises(InputError, match=r"damaged \w+ data \(it ends too early\)"):
        read_text(path, packing)


@pytest.mark.parametrize("packing", PACKINGS)
def test_bytes_behind_the_last_member_are_no_padding(tmp_path: Path, packing: Packing) -> None:
    path = tmp_path / "a"
    path.write_bytes(pack(LINES[0], packing) + b"more than that")
    with pytest.raises(InputError, match=r"damaged \w+ data"):
        read_text(path, packing)


@pytest.mark.parametrize("packing", [Packing.GZIP, Packing.XZ])
def test_zeros_behind_a_member_are_padding(tmp_path: Path, packing: Packing) -> None:
    path = tmp_path / "a"
    path.write_bytes(pack(b"a", packing) + bytes(200_000) + pack(b"b", packing) + bytes(512))
    assert read_text(path, packing).text == "ab"


@pytest.mark.parametrize("packing", [Packing.GZIP, Packing.ZSTD, Packing.XZ, Packing.LZ4])
def test_a_changed_byte_is_found(tmp_path: Path, packing: Packing) -> None:
    data = bytearray(pack(LINES[0], packing) if packing is not Packing.ZSTD else _checked(LINES[0]))
    data[len(data) // 2] ^= 64
    path = tmp_path / "a"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"damaged \w+ data"):
        read_text(path, packing)


def _checked(data: bytes) -> bytes:
    import zstandard

    return bytes(zstandard.ZstdCompressor(write_checksum=True).compress(data))


def test_the_tools_of_the_formats_read_what_is_written() -> None:
    import lz4.frame
    import zstandard

    data = b"".join(LINES)
    assert gzip.decompress(pack(data, Packing.GZIP)) == data
    assert bz2.decompress(pack(data, Packing.BZIP2)) == data
    assert lzma.decompress(pack(data, Packing.XZ)) == data
    assert lz4.frame.decompress(pack(data, Packing.LZ4)) == data
    assert zstandard.decompress(pack(data, Packing.ZSTD)) == data


def test_a_bomb_is_unpacked_in_steps() -> None:
    for packing in PACKINGS:
        stream = unpacked(io.BytesIO(pack(bytes(8 << 20), packing)), packing)
        assert stream.read(10) == bytes(10)
        held = len(stream.raw._ready)  # type: ignore[attr-defined]
        assert held <= (1 << 20 if packing is not Packing.ZSTD else 9 << 20)


def test_zstd_windows_to_two_gibibytes(tmp_path: Path) -> None:
    import zstandard

    parameters = zstandard.ZstdCompressionParameters(window_log=31, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    data = packer.compress(LINES[0]) + packer.flush()
    assert zstandard.get_frame_parameters(data).window_size == 1 << 31
    path = tmp_path / "a"
    path.write_bytes(data)
    assert read_text(path, Packing.ZSTD).text.encode() == LINES[0]


def test_zstd_frames_with_a_seek_table(tmp_path: Path) -> None:
    frames = [pack(line, Packing.ZSTD) for line in LINES]
    entries = b"".join(struct.pack("<II", len(f), len(line)) for f, line in zip(frames, LINES, strict=True))
    table = entries + struct.pack("<IBI", len(frames), 0, 0x8F92EAB1)
    skipped = struct.pack("<II", 0x184D2A5E, len(table)) + table
    path = tmp_path / "a"
    path.write_bytes(struct.pack("<II", 0x184D2A50, 3) + b"abc" + b"".join(frames) + skipped)
    assert read_text(path, Packing.ZSTD).text.encode() == b"".join(LINES)


def test_a_dictionary_that_is_not_there_is_no_damage(tmp_path: Path) -> None:
    import zstandard

    known = zstandard.train_dictionary(
        1024, [f"the council met on day {i} of the month".encode() * 3 for i in range(500)]
    )
    path = tmp_path / "a"
    path.write_bytes(zstandard.ZstdCompressor(dict_data=known).compress(b"the council met on day 3"))
    with pytest.raises(InputError, match="zstd data that need a dictionary, which is not in the file"):
        read_text(path, Packing.ZSTD)


@pytest.mark.parametrize(
    "name",
    ["a.json", "a.json.gz", "a.ndjson.zst", "a.jsonl.bz2", "a.jsonl.xz", "a.jsonl.lz4", "a.jsonl.zstd", "a.jsonl.gzip"],
)
def test_json_lines_of_every_name_are_cleaned_and_stay_packed(tmp_path: Path, name: str) -> None:
    shape = shape_of(name)
    assert shape
    source = tree(
        tmp_path / "in", {name: pack(b'\n{"n": 1.0, "text": %s}\n' % json.dumps(DIRTY).encode(), shape.packing)}
    )
    summary = mirrored(source, tmp_path / "out")
    assert (summary.tally.documents, summary.failed) == (1, 0)
    stream = unpacked(io.BytesIO(contents(tmp_path / "out")[name]), shape.packing)
    assert stream.read() == b'\n{"n": 1.0, "text": %s}\n' % json.dumps(CLEAN).encode()


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_packed_file_without_records_stays_one_of_its_packing(tmp_path: Path, packing: Packing) -> None:
    names = [f"{n}{packing}" for n in ("a.json", "a.jsonl", "a.csv", "a.tsv", "a.txt")]
    source = tree(tmp_path / "in", {**dict.fromkeys(names, pack(b"", packing)), f"none.jsonl{packing}": b""})
    for jobs in (1, 2):
        summary = mirrored(source, tmp_path / f"out{jobs}", jobs=jobs)
        assert summary.failed == 0
        assert contents(tmp_path / f"out{jobs}") == contents(source)


def cleaned(tmp_path: Path, files: dict[str, str | bytes], **more: object) -> tuple[Summary, dict[str, bytes]]:
    source = tree(tmp_path / "in", files)
    return mirrored(source, tmp_path / "out", **more), contents(tmp_path / "out") if (tmp_path / "out").exists() else {}


def test_json_that_is_no_lines_is_left_out_of_a_folder_with_a_note(tmp_path: Path) -> None:
    whole = json.dumps({"text": DIRTY}, indent=1)
    files: dict[str, str | bytes] = {
        "a.json": whole,
        "b.json": "[1]",
        "c.json": "",
        "d.json": "nothing",
        "e.txt": DIRTY,
    }
    summary, out = cleaned(tmp_path, files)
    assert (set(out), summary.failed) == ({"c.json", "e.txt"}, 0)
    assert [(n.name, n.reason) for n in summary.notes] == [
        ("a.json", "is JSON, but not one object a line; jq -c . writes it so"),
        ("b.json", "is a JSON array, not one object a line; jq -c '.[]' writes it so"),
        ("d.json", "its first line is no JSON object: not JSON lines"),
    ]


def test_json_that_is_named_and_is_no_lines_is_a_failure(tmp_path: Path) -> None:
    path = tree(tmp_path, {"a.json": "[\n1]"}) / "a.json"
    summary = mirrored(path, tmp_path / "out")
    assert [(f.name, f.reason) for f in summary.tally.failures] == [
        ("a.json", "is a JSON array, not one object a line; jq -c '.[]' writes it so")
    ]


def test_a_format_takes_every_file_and_keeps_its_packing(tmp_path: Path) -> None:
    line = json.dumps({"text": DIRTY}).encode()
    clean = json.dumps({"text": CLEAN}).encode()
    files: dict[str, str | bytes] = {"a": line, "b.dump": line, "c.dump.gz": gzip.compress(line), "d.json": line}
    summary, out = cleaned(tmp_path, files, kind=Kind.JSONL)
    assert (summary.failed, summary.tally.documents) == (0, 4)
    assert {n: gzip.decompress(d) if n.endswith("gz") else d for n, d in out.items()} == dict.fromkeys(files, clean)


def test_an_inner_suffix_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = tree(tmp_path, {"a.tar.gz": gzip.compress(b"x")}) / "a.tar.gz"
    summary = mirrored(path, tmp_path / "out")
    assert [f.reason for f in summary.tally.failures] == ["what '.tar' within .gz holds is not known; --format says it"]
    summary, out = cleaned(tmp_path, {"a.tar.gz": gzip.compress(b"x")}, overwrite=True)
    assert (summary.failed, out) == (0, {})
