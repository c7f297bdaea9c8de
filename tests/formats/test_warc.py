"""WARC and WET: only the text of conversion records changes, and what tells its length and digest."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import InPlace, Plan, Summary, run
from cleaner.formats import Fields, Kind, Packing, Resumable, Shape, open_reader, shape_of
from tests.batch_help import CLEAN, DIRTY, OPTIONS, contents, mirrored, tree

pytest.importorskip("warcio", reason="the extra warc is not installed")


def record(
    kind: str, block: bytes, number: int, *more: str, content: str = "text/plain", end: str = "\r\n\r\n"
) -> bytes:
    """One record, written by hand: with an odd spelling of headers that has to stay."""
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: http://www.site{number % 2}.org/{number}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
        f"Content-Type:   {content}",
        *more,
        f"Content-length: {len(block)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + end.encode()


def sha1(block: bytes, name: str = "Block") -> str:
    return f"WARC-{name}-Digest: sha1:{base64.b32encode(hashlib.sha1(block).digest()).decode()}"


def wet(texts: list[str]) -> list[bytes]:
    """The records of a WET: its own, then one for each text."""
    out = [record("warcinfo", b"Software-Info: x\r\n", 0, content="application/warc-fields")]
    for i, text in enumerate(texts, 1):
        out.append(record("conversion", text.encode(), i, sha1(text.encode()), "WARC-Identified-Content-Language: eng"))
    return out


def packed(records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(r, mtime=0) for r in records)


def read(data: bytes) -> list[tuple[str, str, bytes]]:
    """Type, record id and content of the records, as warcio reads and checks them."""
    from warcio.archiveiterator import ArchiveIterator

    out = []
    for item in ArchiveIterator(io.BytesIO(data), check_digests="raise", no_record_parse=True):
        content = item.raw_stream.read()
        assert len(content) == item.length
        out.append((item.rec_type, item.rec_headers.get_header("WARC-Record-ID"), content))
    return out


def cleaned(tmp_path: Path, name: str, data: bytes, **more: Any) -> tuple[Summary, bytes | None]:
    summary = mirrored(tree(tmp_path / "in", {name: data}) / name, tmp_path / "out", **more)
    path = tmp_path / "out" / name
    return summary, path.read_bytes() if path.exists() else None


def test_names() -> None:
    assert shape_of("a.warc.wet.gz") == Shape(Kind.WARC, Packing.GZIP)
    assert shape_of("a.warc") == Shape(Kind.WARC)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.wet", "a.warc.gz", "a.wet.gz"])
def test_texts_change_and_all_else_stays_to_the_byte(tmp_path: Path, name: str) -> None:
    ready = sha1(b"the page itself", "Payload")
    records = [
        *wet(["Body.\n", DIRTY]),
        record("response", b"HTTP/1.1 200 OK\r\n\r\nAdvertisement\n", 3, content="application/http; msgtype=response"),
        record("conversion", b"\x89PNG", 4, content="image/png"),
        record("conversion", DIRTY.encode(), 5, sha1(DIRTY.encode()), ready),
        record("conversion", b"caf\xe9\nAdvertisement\n", 6),
        record("conversion", DIRTY.encode(), 7, sha1(b"other")),
        record("resource", DIRTY.encode(), 8),
    ]
    whole = packed(records) if name.endswith(".gz") else b"".join(records)
    summary, out = cleaned(tmp_path, name, whole)
    assert out
    want = [r.replace(DIRTY.encode(), CLEAN.encode()) if i in (2, 5) else r for i, r in enumerate(records)]
    for i in (2, 5):
        want[i] = want[i].replace(b"Content-length: %d" % len(DIRTY), b"Content-length: %d" % len(CLEAN))
        want[i] = want[i].replace(sha1(DIRTY.encode()).encode(), sha1(CLEAN.encode()).encode())
    assert [r for r, old in zip(want, records, strict=True) if r != old] == [want[2], want[5]]
    if name.endswith(".gz"):
        want = [gzip.compress(r, 6 if i in (2, 5) else 9, mtime=0) for i, r in enumerate(want)]
    assert out == b"".join(want)
    assert [(f.name, f.reason) for f in summary.tally.failures] == [
        (f"{name}:7", "not UTF-8"),
        (f"{name}:8", "its WARC-Block-Digest is not that of its text, or of a kind that is not known"),
    ]


@pytest.mark.parametrize("zeros", [1, 2, 512])
def test_padding_by_zeros_stays(tmp_path: Path, zeros: int) -> None:
    given = packed(wet([DIRTY])), packed([record("conversion", DIRTY.encode(), 7)])
    alone = [cleaned(tmp_path / name, "a.wet.gz", data)[1] for name, data in zip("ab", given, strict=True)]
    padding = bytes(zeros)
    summary, out = cleaned(tmp_path, "a.wet.gz", padding + given[0] + padding + given[1] + padding)
    assert summary.tally.failures == []
    assert alone[0]
    assert alone[1]
    assert out == padding + alone[0] + padding + alone[1] + padding


# warcio's writer leaves its temporary files to be closed when they are collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("name", ["a.wet", "a.wet.gz"])
def test_warcio_and_its_check_agree(tmp_path: Path, name: str) -> None:
    from warcio.warcwriter import WARCWriter

    texts = [DIRTY, "Body.\n", DIRTY * 3]
    sink = io.BytesIO()
    writer = WARCWriter(sink, gzip=name.endswith("gz"))
    for i, text in enumerate(texts):
        writer.write_record(
            writer.create_warc_record(
                f"http://a.org/{i}", "conversion", payload=io.BytesIO(text.encode()), warc_content_type="text/plain"
            )
        )
    before = read(sink.getvalue())
    summary, out = cleaned(tmp_path, name, sink.getvalue())
    assert out
    assert (summary.failed, summary.tally.documents) == (0, 3)
    assert [r[:2] for r in read(out)] == [r[:2] for r in before]
    assert [r[2].decode() for r in read(out)] == [t.replace(DIRTY, CLEAN) for t in texts]
    members = len(texts) if name.endswith("gz") else 0
    assert out.count(b"\x1f\x8b\x08\x00") == members


@pytest.mark.parametrize(
    "spelled",
    [
        lambda d: "sha256:" + hashlib.sha256(d).hexdigest(),
        lambda d: "SHA-256:" + base64.b32encode(hashlib.sha256(d).digest()).decode(),
        lambda d: "sha-1:" + hashlib.sha1(d).hexdigest().upper(),
        lambda d: "md5:" + base64.b64encode(hashlib.md5(d).digest()).decode(),
        lambda d: "sha256:" + base64.b32encode(hashlib.sha256(d).digest()).decode().rstrip("="),
    ],
)
def test_digests_are_spelled_as_they_were(tmp_path: Path, spelled: Any) -> None:
    digests = [f"{name}: {spelled(DIRTY.encode())}" for name in ("WARC-Block-Digest", "WARC-Payload-Digest")]
    summary, out = cleaned(tmp_path, "a.wet", record("conversion", DIRTY.encode(), 1, *digests))
    assert out
    assert summary.failed == 0
    assert out.decode().count(spelled(CLEAN.encode())) == 2


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.wet", b"".join(wet([DIRTY]))[:-60], "record 2: ends too early"),
        ("a.wet.gz", packed(wet([DIRTY]))[:-20], "damaged gzip data (it ends too early)"),
        ("a.wet.gz", packed(wet([DIRTY])) + b"more", "damaged gzip data"),
        ("a.wet.gz", packed([b"".join(wet([DIRTY]))]), "several records in one gzip member; 'warcio recompress'"),
        (
            "a.wet",
            b"".join(wet([DIRTY])).replace(b"length: 90", b"length: 80"),
            "record 2: is longer than its Content-",
        ),
        ("a.wet.gz", packed([r.replace(b"length: 90", b"length: 80") for r in wet([DIRTY])]), "is longer than its"),
        ("a.wet.gz", packed([r.replace(b"length: 90", b"length: 990") for r in wet([DIRTY])]), "ends too early, or"),
        ("a.warc", b"Just a text.\n", "record 1: is no WARC record"),
        ("a.warc", wet([])[0].replace(b"Content-length", b"Length"), "record 1: has no Content-Length"),
        ("a.warc.zst", b"x", "WARC packed as .zst is not read"),
    ],
)
def test_what_is_damaged_is_named_and_gets_no_output(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert len(DIRTY) == 90
    summary, out = cleaned(tmp_path, name, data)
    assert out is None
    assert [f.name for f in summary.tally.failures] == [name]
    assert reason in summary.tally.failures[0].reason


@pytest.mark.parametrize("name", ["a.wet", "a.wet.gz"])
def test_jobs_resume_report_and_in_place_agree(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.formats.warc._CHUNK", 2000)
    records = wet([DIRTY if i % 3 else f"Body {i}.\n" for i in range(60)])
    data = packed(records) if name.endswith(".gz") else b"".join(records)
    path = tree(tmp_path / "in", {name: data}) / name
    outputs = []
    for jobs in (1, 2):
        mirrored(path, tmp_path / f"out{jobs}", jobs=jobs, report=tmp_path / f"r{jobs}")
        outputs.append((contents(tmp_path / f"out{jobs}"), (tmp_path / f"r{jobs}").read_bytes()))
    assert outputs[0] == outputs[1]
    assert outputs[0][1].count(b"\n") == 60
    run(Plan(inputs=(path,), target=InPlace(".bak"), options=OPTIONS))
    assert (path.read_bytes(), path.with_name(f"{name}.bak").read_bytes()) == (outputs[0][0][name], data)

    class StopError(BaseException):
        pass

    from cleaner.batch.ledger import Ledger

    taken = []
    original = Ledger.piece

    def stopped(self: Ledger, item: Any, outcomes: Any) -> None:
        original(self, item, outcomes)
        taken.append(item)
        self._commit()
        if len(taken) == 3:
            raise StopError

    path.write_bytes(data)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "piece", stopped)
        with pytest.raises(StopError):
            mirrored(path, tmp_path / "again", report=tmp_path / "r3")
    from cleaner.formats.warc import WarcReader

    begun = []
    go_on = WarcReader.go_on
    monkeypatch.setattr(WarcReader, "go_on", lambda self, *place: begun.append(place) or go_on(self, *place))
    mirrored(path, tmp_path / "again", report=tmp_path / "r3", resume=True)
    assert begun[0][1] > 0
    assert (contents(tmp_path / "again"), (tmp_path / "r3").read_bytes()) == outputs[0]


def test_a_reader_goes_on_at_an_offset_of_the_packed_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.formats.warc._CHUNK", 1)
    data = packed(wet(["a", "b", "c"]))
    path = tree(tmp_path, {"a.wet.gz": data}) / "a.wet.gz"
    shape = Shape(Kind.WARC, Packing.GZIP)
    names, places = [], []
    with closing(open_reader(path, "a", shape, Fields())) as reader:
        assert isinstance(reader, Resumable)
        for chunk in reader:
            names += [r.name for r in chunk.records()]
            places.append(reader.checkpoint)
    assert names == ["a:2", "a:3", "a:4"]
    with closing(open_reader(path, "a", shape, Fields())) as reader:
        assert isinstance(reader, Resumable)
        reader.go_on(*places[1])
        assert [r.name for chunk in reader for r in chunk.records()] == ["a:3", "a:4"]
        assert reader.position == len(data)


@pytest.mark.parametrize(
    "spelled",
    [
        (b"Content-length: ", b"Content-length:\x1e "),
        (b"Content-length: ", b"Content-length:\r"),
        (b"WARC-Block-Digest: ", b"WARC-Block-Digest:\x1e"),
    ],
)
def test_a_header_that_cannot_be_written_again_is_named_and_the_record_stays(
    tmp_path: Path, spelled: tuple[bytes, bytes]
) -> None:
    odd = record("conversion", DIRTY.encode(), 1, sha1(DIRTY.encode())).replace(*spelled)
    summary, out = cleaned(tmp_path, "a.wet", odd + wet([DIRTY])[1])
    assert [f.reason for f in summary.tally.failures] == ["its headers are spelled in a way that is not written again"]
    assert out == odd + wet([CLEAN])[1]


def test_the_site_is_that_of_the_address() -> None:
    from cleaner.formats.warc import WarcChunk
    from cleaner.sites import site_and_page

    chunk = WarcChunk("a", 1, tuple(wet(["a", "b"])), Packing.NONE, Fields(url="address"))
    assert [site_and_page(r, chunk.fields) for r in chunk.records()] == [
        ("site1.org", "site1.org/1?"),
        ("site0.org", "site0.org/2?"),
    ]


def test_repeats_are_counted_by_site(tmp_path: Path) -> None:
    line = "Sign up for the evening letter of this paper"
    texts = [
        f"{line}\nThe council of town {'abcdefgh'[i]} met and voted for the new bridge over the river.\n"
        for i in range(8)
    ]
    path = tree(tmp_path, {"a.wet": b"".join(wet(texts))}) / "a.wet"
    from cleaner.batch.count import count_repeats
    from cleaner.batch.progress import Silent
    from cleaner.batch.source import Source
    from cleaner.sites import RepeatStore, line_repeats

    count_repeats([Source(path, "a.wet", Shape(Kind.WARC))], Fields(), str(tmp_path / "counts"), Silent())
    store = RepeatStore.open(str(tmp_path / "counts"))
    # Four pages of each of the two sites: the others begin with the line, too.
    assert line_repeats(store, "site1.org", texts[0])[0] == 3
    assert line_repeats(store, "site2.org", texts[0])[0] == 0
    store.close()


def test_without_the_package_it_is_refused_by_name(tmp_path: Path) -> None:
    tree(tmp_path / "in", {"a.warc.wet": b"".join(wet([DIRTY]))})
    entry = "import sys; sys.modules['warcio'] = None; from cleaner.cli.app import run; sys.exit(run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", entry, "in", "-o", "out", "-q"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "cleaner: a.warc.wet: needs the package warcio: pip install 'boilerplate-cleaner[warc]'\n"
    assert not contents(tmp_path / "out")


def test_a_wet_is_no_plain_text(tmp_path: Path) -> None:
    tree(tmp_path, {"a.wet": b"".join(wet([DIRTY]))})
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "a.wet", "-q"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "say where the results go" in done.stderr
