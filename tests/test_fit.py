"""What the fit is shown: short texts beside pages. (The fit itself needs numpy and scipy, and minutes.)"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import corrections
from benchmarks.labels import FURNISHED, PIECE, beside_their_bodies, documents
from tools.fit.pieces import pieces

RAWS = [
    "Old bridge closes",
    "",
    "The bridge was closed on Monday.",
    "",
    "What now",
    "",
    "Nobody knows.",
    "Share",
    "It is old.",
]
LABELS = [-1, None, 1, None, 1, None, 1, 0, 1]


def test_pieces_are_body_but_for_the_title() -> None:
    pages = [
        {"page": f"p{n}", "track": "extractor", "text": "\n".join(RAWS), "labels": LABELS, "domain": "a.example"}
        for n in range(40)
    ]
    found = [piece for piece in pieces([*pages, *pages]) if piece["track"] == PIECE]
    assert len({piece["page"] for piece in found}) == len(found)  # nothing of a page's second text
    for piece in found:
        lines = piece["text"].split("\n")
        assert len(lines) == len(piece["labels"])
        assert lines[0]
        assert lines[-1]
        assert "Share" not in lines
        assert [label for label in piece["labels"] if label not in (1, None)] == [-1] * (lines[0] == RAWS[0])
    assert any(piece["text"].startswith(RAWS[0]) for piece in found)
    assert any(piece["text"].endswith("\nWhat now") for piece in found)


def test_pieces_stand_among_lines_of_their_page_too() -> None:
    raws = ["Home", "News", "", *RAWS, "", "Read more", "Imprint"]
    labels = [0, 0, None, *LABELS, None, 0, 0]
    found = pieces([{"page": f"p{n}", "track": "dump", "text": "\n".join(raws), "labels": labels} for n in range(40)])
    bare = [piece for piece in found if piece["track"] == PIECE]
    furnished = [piece for piece in found if piece["track"] == FURNISHED]
    assert len(bare) == len(furnished) > 0
    for piece, other in zip(bare, furnished, strict=True):
        told = zip(other["text"].split("\n"), other["labels"], strict=True)
        assert [raw for raw, label in told if label == 0] == ["Home", "News", "Read more", "Imprint"]
        assert piece["text"] in other["text"]


def test_a_label_is_put_right_by_its_page_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {corrections.key("p", "One  two"): 1, corrections.key("q", "Three"): 0}
    monkeypatch.setattr(corrections, "_known", lambda: known)
    found = corrections.corrected({"page": "p", "text": " One two \n\nThree", "labels": [0, None, 1]})
    assert found["labels"] == [1, None, 1]


def test_corrections_are_told_once_and_by_a_verdict() -> None:
    rows = Path(corrections.__file__).with_suffix(".tsv").read_text().splitlines()
    assert len({row.split("\t")[0] for row in rows}) == len(rows) > 1000
    assert {row.split("\t")[1] for row in rows} == {"body", "boilerplate", "doubt"}


def test_a_page_without_body_has_no_pieces() -> None:
    assert pieces([{"page": "p", "track": "dump", "text": "Home\n", "labels": [0, None]}]) == []


def test_texts_beside_their_bodies(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("Share\nOne  two.\n\nShare\nEnd.\n")
    (tmp_path / "1.expected.txt").write_text("One two.\n\nEnd.")
    (tmp_path / "2.txt").write_text("One.\n")
    (tmp_path / "2.expected.txt").write_text("Another.\n")
    (tmp_path / "3.txt").write_text("no body beside it\n")
    [found] = beside_their_bodies(tmp_path)
    assert found["labels"] == [0, 1, None, 0, 1, None]
    assert documents(tmp_path) == [found]
