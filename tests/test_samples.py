"""The samples: articles with the bodies that must come out of them, and documents that must pass unchanged.

`samples/tools` holds one page and what fifteen tools make of it (docs/tools-text.md).

`pytest tests/test_samples.py --rewrite-samples` writes what comes out as the new bodies; the diff is the review.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from cleaner import Cleaner
from tests.running import ROOT

TOOLS = ROOT / "samples" / "tools"
OF_TOOLS = sorted(p for p in TOOLS.iterdir() if p.is_dir())
FOLDERS = sorted(p for p in TOOLS.parent.iterdir() if p.is_dir() and p != TOOLS) + OF_TOOLS
# What is no part of the article on that page.
FURNITURE = (
    "Skip to main", "Log in", "Subscribe", "Ines Calder", "08:30", "Facebook", "WhatsApp", "Related articles", "an hour earlier",
    "local flour", "Eels return", "Sign up", "inbox", "privacy", "heritage", "About us", "Contact", "Cookie", "All rights",
)  # fmt: skip
SEED = ROOT.parent / "shared" / "seed" / "article.txt"


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_sample(folder: Path, cleaner: Cleaner, pytestconfig: pytest.Config) -> None:
    source = next(folder.glob("in.*"))
    kept = folder.name.startswith("keep-")
    wanted = source if kept else folder / f"out{source.suffix}"
    body = cleaner.clean(text_of(source), folder.name).body
    if pytestconfig.getoption("--rewrite-samples") and not kept:
        wanted.write_bytes(body.encode())
    assert body == text_of(wanted)
    assert cleaner.clean(body).body == body


def paragraphs() -> list[str]:
    """The sentences of the article on that page: its paragraphs and the items of its list."""
    page = (TOOLS / "page.html").read_text(encoding="utf-8")
    article = page.partition("</figure>")[2].partition('<section class="newsletter">')[0]
    article = re.sub(r"(?s)<aside.*?</aside>", "", article)
    found = re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", article)
    return [html.unescape(re.sub("<.*?>", "", one)) for one in found]


@pytest.mark.parametrize("folder", OF_TOOLS, ids=lambda p: p.name)
def test_what_tools_make_of_a_page_keeps_its_article_and_loses_the_rest(folder: Path) -> None:
    given, body = (" ".join(text_of(next(folder.glob(f"{name}.*"))).split()) for name in ("in", "out"))
    there = [text for text in paragraphs() if text in given]
    assert len(there) >= 5
    assert [text for text in there if text not in body] == []
    assert [text for text in FURNITURE if text in body] == []


def test_there_are_enough_samples() -> None:
    assert sum(not f.name.startswith("keep-") for f in FOLDERS) >= 6
    assert b"\r\n" in (ROOT / "samples" / "crlf-travel" / "in.txt").read_bytes()


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not here")
def test_seed_article(cleaner: Cleaner) -> None:
    text = text_of(SEED)
    gone = (
        "By | January 5, 2024", "SEE AMAZON.COM DEALS FOR TODAY", "SHOP NOW", "Accident – death – Obituary News :",
        "You may also like to watch", "Contributors to this article include", ".",
    )  # fmt: skip
    wanted = [line for line in text.split("\n") if line and not (line == "." or line.startswith(gone[:-1]))]
    headline = wanted[0]  # it repeats the title, and may go or stay
    body = [line for line in cleaner.clean(text).body.split("\n") if line]
    assert [headline, *(line for line in body if line != headline)] == wanted
