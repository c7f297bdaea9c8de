"""Front matter: it is a beginning of the text, is read alike with either line end, and cleaning leaves it whole."""

from __future__ import annotations

from cleaner.text.front_matter import front_matter
from tools.fuzz.draw import text_of
from tools.fuzz.whole import cleaner


def check(data: bytes) -> None:
    """Look for front matter, and clean."""
    text = text_of(data)
    raws = text.split("\n")
    count = front_matter(raws)
    assert 0 <= count <= len(raws)
    if not count:
        return
    assert front_matter(raws[:count]) == count
    head = "\n".join(raws[:count])
    for level in ("careful", "standard", "thorough"):
        assert cleaner(level).clean(text).body.startswith(head)
