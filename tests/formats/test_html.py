"""HTML in: trafilatura takes the text out, what stood where is kept, the text is cleaned."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cleaner.formats.html import is_page
from tests.running import Run

PAGE = """<!doctype html><html><head><meta charset="iso-8859-1"><title>Pier | Gazette</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li>News</li></ul></nav>
<article><h1>Harbour council votes to rebuild the north pier</h1>
<p>By Jane Whitlow</p>
<p>PORT ELSWICK - The harbour café council voted on Tuesday night to rebuild the north pier, which a storm broke in two.</p>
<p>You may also like: Five harbours that came back</p>
<h2>What the plan says</h2>
<ul><li>Forty steel piles in place of the wooden ones that the storm carried away</li>
<li>A deck two metres wider than the old one, with room for carts</li></ul>
<p>The new pier will stand on forty steel piles in place of the wooden ones, and its deck will be wider, the council said.</p>
<p>Subscribe to our newsletter</p></article><footer>© 2024 Gazette. All rights reserved.</footer></body></html>
""".encode("iso-8859-1")
BODY = """# Harbour council votes to rebuild the north pier

PORT ELSWICK - The harbour café council voted on Tuesday night to rebuild the north pier, which a storm broke in two.

## What the plan says

- Forty steel piles in place of the wooden ones that the storm carried away
- A deck two metres wider than the old one, with room for carts

The new pier will stand on forty steel piles in place of the wooden ones, and its deck will be wider, the council said.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def extractor() -> None:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")


@pytest.mark.usefixtures("extractor")
def test_a_page_comes_out_as_its_clean_text(run: Run, page: Path) -> None:
    done = run("--format", "html", page)
    assert (done.status, done.out.decode()) == (0, BODY)
    assert "-You may also like: Five harbours that came back" in done.err
    assert run("--format", "html", "-q", stdin=PAGE).out.decode() == BODY
    assert run("--format", "html", "--check", "-q", page).status == 1


@pytest.mark.usefixtures("extractor")
def test_a_folder_of_pages_comes_out_as_texts(run: Run, page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.HTM").write_bytes(PAGE)
    (folder / "b.html").write_text("<html><body></body></html>")
    (folder / "c.txt").write_text("Advertisement\n")
    done = run("--format", "html", "in", "-o", "out", "-q")
    assert done.status == 2
    assert done.err == "cleaner: b.html: trafilatura finds no text in it\n"
    made = sorted(p.relative_to(tmp_path).as_posix() for p in (tmp_path / "out").rglob("*.*"))
    assert made == ["out/sub/a.HTM.md"]
    assert (tmp_path / "out/sub/a.HTM.md").read_text() == BODY
    assert (folder / "sub" / "a.HTM").read_bytes() == PAGE


@pytest.mark.parametrize("args", [("-i",), ("--jsonl",), ("-i", "-o", "x")])
def test_a_page_is_never_written_back(run: Run, page: Path, args: tuple[str, ...]) -> None:
    done = run("--format", "html", *args, page)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert page.read_bytes() == PAGE


def test_in_place_in_a_folder_is_refused(run: Run, page: Path, tmp_path: Path) -> None:
    assert run("--format", "html", "-i", tmp_path).status == 2
    assert page.read_bytes() == PAGE


@pytest.mark.parametrize("args", [(), ("-o", "out")])
def test_without_trafilatura_one_line_says_so(
    run: Run, page: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    done = run("--format", "html", *args, "-q", page)
    assert (done.status, done.out) == (2, b"")
    assert len(done.err.splitlines()) == 1
    assert "HTML needs trafilatura: pip install 'boilerplate-cleaner[html]'" in done.err


def test_a_text_that_is_html_gets_a_hint(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n<!DOCTYPE html>\n<html><p>It rained.</p></html>\n")
    done = run("a.txt")
    assert done.status == 0
    assert done.err.splitlines()[-1].startswith("cleaner: a.txt: looks like HTML; --format html takes its text out")
    assert run("-q", "a.txt").err == done.err


def test_pages_by_name() -> None:
    assert [is_page(name) for name in ("a.html", "a.HTM", "b.xhtml.gz", "a.html.md", "html")] == [True] * 3 + [
        False
    ] * 2
