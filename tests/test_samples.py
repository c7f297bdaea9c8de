"""The samples: articles with the bodies that must come out of them, and documents that must pass unchanged.

`pytest tests/test_samples.py --rewrite-samples` writes what comes out as the new bodies; the diff is the review.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner
from tests.running import ROOT

FOLDERS = sorted(p for p in (ROOT / "samples").iterdir() if p.is_dir())
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
