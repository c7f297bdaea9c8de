"""Views: nothing moves, so every character has its place in the line; and a span goes with its marks and no other character."""

from __future__ import annotations

from itertools import pairwise

from cleaner.text.fold import lower, plain
from cleaner.text.reading import Reading
from cleaner.text.view import View, _peel
from tools.fuzz.draw import text_of

TEXTS = True


def check(data: bytes) -> None:
    """Look at each line."""
    for raw in text_of(data).split("\n")[:40]:
        even = plain(raw)
        assert len(even) == len(lower(raw)) == len(raw)
        view = View(raw)
        assert view.low == lower(view.text)
        where = _peel(even, range(len(raw)))
        # A link as html2text writes it, in which underscores are spaces, is the one sign that becomes another.
        seen = "".join(even[i] for i in where)
        assert view.text in (seen, seen.replace("_", " "))
        assert all(a < b for a, b in pairwise(where))
        Reading(view)
        size = len(view.text)
        spans = [(0, size), (size // 3, size // 2), (size // 2, size)]
        for (start, end), (a, b) in zip(spans, view.raw_spans(spans), strict=True):
            assert 0 <= a <= b <= len(raw)
            if start < end:
                assert a <= where[start]
                assert where[end - 1] < b
                assert not start or where[start - 1] < a
                assert end == size or b <= where[end]
