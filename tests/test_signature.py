"""What is no plain text is told from its first bytes, with what helps; a text is never taken for anything else."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from cleaner import signature
from tests.running import ROOT, Run

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
WARC = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
PROSE = "Prices rose by a tenth in May, the office said.\n"
PAGE = "<!DOCTYPE html>\n<html><body><p>Prices rose by a tenth in May, the office said.</p></body></html>\n"


def zipped(*names: str, first: bytes = b"") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, PROSE)
    return data.getvalue()


def taped(*names: str) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size = len(PROSE)
            archive.addfile(entry, io.BytesIO(PROSE.encode()))
    return data.getvalue()


# What pyarrow writes of a column of texts: not packed, packed, and without a row.
ORC = (b'ORC\n\x06\x12\x04\x08\x03P\x00\n\x27\n\x03\x00\x00\x00\x12 \x08\x03"\x1a\n\nIt rained.', b"ORC\x11\0\0\n\x06\x12\x04\x08\x05P\0;\0\0", b"ORC\x08\x03\x10\0")  # fmt: skip
REFUSED = {
    "pdf": (PDF, "is a PDF, not text; pdftotext"),
    "gzip": (gzip.compress(PROSE.encode()), "is packed with gzip; zcat"),
    "bzip2": (bz2.compress(PROSE.encode()), "is packed with bzip2; bzcat"),
    "xz": (lzma.compress(PROSE.encode()), "is packed with xz; xzcat"),
    "lz4": (b"\x04\x22\x4d\x18\x60\x40\x82" + PROSE.encode(), "is packed with lz4; lz4cat"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4" + PROSE.encode(), "is a 7z archive; 7z x -so"),
    "tar": (taped("a.txt"), "is a tar archive; tar -xOf"),
    "sqlite": (b"SQLite format 3\0\x10\0\1\1\0\x40\x20\x20" + PROSE.encode(), "is an SQLite database"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture (PNG)"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "is a picture (JPEG)"),
    **{f"orc-{n}": (head, "is an ORC file, not text; orc-contents") for n, head in enumerate(ORC)},
    "zip": (zipped("a.txt"), "is a zip archive; unzip -p"),
    "docx": (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "is a Word document (docx)"),
    "epub": (zipped("a.xhtml", first=b"application/epub+zip"), "is an EPUB book"),
    "odt": (zipped("content.xml", first=b"application/vnd.oasis.opendocument.text"), "is an OpenDocument text"),
    "rtf": (b"{\\rtf1\\ansi Prices rose.}", "is RTF, not text; pandoc"),
    "warc": (WARC, "is a web archive (WARC), not text; -o FOLDER"),
    "utf-16": (PROSE.encode("utf-16"), "is UTF-16, not UTF-8; iconv -f UTF-16 "),
    "utf-16-le": (PROSE.encode("utf-16-le"), "is UTF-16LE without a byte order mark, not UTF-8; iconv -f UTF-16LE "),
    "utf-16-be": (PROSE.encode("utf-16-be"), "is UTF-16BE without a byte order mark, not UTF-8; iconv -f UTF-16BE "),
    "utf-32": (PROSE.encode("utf-32"), "is UTF-32, not UTF-8; iconv -f UTF-32 "),
}


@pytest.mark.parametrize("quiet", [(), ("-q",)], ids=["", "quiet"])
@pytest.mark.parametrize("kind", REFUSED)
def test_what_no_text_begins_with_is_refused_and_helped(kind: str, quiet: tuple[str, ...], run: Run) -> None:
    data, said = REFUSED[kind]
    ran = run(*quiet, stdin=data)
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith(f"cleaner: stdin: {said}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("kind", sorted(REFUSED.keys() - {"utf-16"}))
def test_in_a_folder_it_is_a_failure_and_the_rest_goes_on(kind: str, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.txt").write_bytes(REFUSED[kind][0])
    (folder / "good.txt").write_text(PROSE)
    (folder / "wide.txt").write_bytes(PROSE.encode("utf-16"))  # which folders read
    ran = run("-q", "in", "-o", "out")
    assert ran.status == 2
    assert ran.err.startswith(f"cleaner: bad.txt: {REFUSED[kind][1]}")
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.suffix) == ["good.txt", "wide.txt"]


@pytest.mark.parametrize("name", ["bad.jsonl", "bad.csv", "bad.tsv"])
@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_a_file_of_records_that_is_none_is_named_once(kind: str, name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(REFUSED[kind][0] * 3)
    ran = run("-q", name, "-o", "out")
    assert ran.status == 2
    assert ran.err.startswith(f"cleaner: {name}: {REFUSED[kind][1]}")
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out" / name).exists()


@pytest.mark.parametrize(
    "text",
    [
        "PDF files, 100 %PDF- and more.\n",
        "PK had three children.\n",
        "WARC/1.0 is a format for web archives.\n",
        "BZh is no word.\n",
        "PAR is a word, PAR 1 another.\n",
        "ORC files hold columns.\n",
        "ORC\n\tand\r\n\f",
        "7z packs, and lz4 does.\n",
        "It rained. " * 23 + "    ustar",
        "a\0b\0c\0",
        "\0" * 100,
        "",
    ],
)
def test_a_text_is_not_refused_for_its_words(text: str, run: Run) -> None:
    ran = run(stdin=text)
    assert (ran.status, ran.out, ran.err) == (0, text.encode(), "")


def test_no_sample_is_refused_or_hinted_at() -> None:
    texts = [p.read_bytes() for p in sorted((ROOT / "samples").glob("*/in.txt"))]
    assert texts
    assert not any(signature.refused(data) or signature.hint(data.decode()) for data in texts)


@pytest.mark.parametrize("quiet", [(), ("-q",)], ids=["", "quiet"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PAGE, "looks like HTML; --format html"),
        (f'\ufeff\n<?xml version="1.0"?>\n{PAGE}', "looks like HTML; --format html"),
        ("https://example.org/news/1\n", "a web address is not fetched; try: trafilatura -u ADDRESS | cleaner"),
    ],
)
def test_hints_do_not_keep_a_text_from_being_cleaned(text: str, said: str, quiet: tuple[str, ...], run: Run) -> None:
    ran = run(*quiet, stdin=text)
    assert (ran.status, ran.out) == (0, text.encode())
    assert ran.err.splitlines()[0].startswith(f"cleaner: stdin: {said}")


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!doctype html>", True),
        ("\ufeff <?xml version='1.0'?>\n<!-- made --> <html lang=en>", True),
        ("<body>", True),
        ("<p>It rained.</p>", False),
        ("<htmlx>", False),
        ("<header>It rained.", False),
        ("<!DOCTYPE\nhtml>", True),
        ("<3 is a heart", False),
        ("It rained. <html>", False),
        ("<!--" * 5000, False),
    ],
)
def test_what_looks_like_html(text: str, is_html: bool) -> None:
    assert signature.hint(text).startswith("looks like HTML") is is_html


@pytest.mark.parametrize("text", ["<p>It rained.</p>\n", "<b>Note</b> it rained.\n", "https://a.org\nIt rained.\n"])
def test_markup_and_addresses_in_a_text_are_no_reason_for_a_word(text: str, run: Run) -> None:
    assert run(stdin=text).err == ""


@pytest.mark.parametrize(
    "args", [("https://example.org/a",), ("-q", "https://example.org/a"), ("-i", "http://example.org/a.txt")]
)
def test_an_address_for_a_file_name_is_told(args: tuple[str, ...], run: Run) -> None:
    ran = run(*args)
    assert ran.status == 2
    assert "No such file or directory; a web address is not fetched" in ran.err
    assert ran.err.count("\n") == 1


def test_many_pages_of_a_folder_are_one_hint(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.txt").write_text(PAGE)
    ran = run("-q", "in", "-o", "out")
    assert (ran.status, ran.err.count("\n")) == (0, 1)
    assert ran.err.startswith("cleaner: a.txt (and 2 more): looks like HTML")
    assert (tmp_path / "out" / "c.txt").read_text() == PAGE
