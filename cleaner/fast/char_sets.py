"""Characters as a set of bits: one for each of ASCII, and one for all others.

Characters are told as a line is looked up by (see `cleaner.text.reading`). All ten digits go together, since a pattern
seldom asks for one of them alone.
"""

from __future__ import annotations

from cleaner.light import Remembered

# The last bit is for all characters beyond ASCII, and for the one that ASCII has there, which no text needs.
OTHER = 1 << 127
ALL = (1 << 128) - 1
SPACE = 1 << ord(" ")
DIGITS = sum(1 << code for code in range(ord("0"), ord("9") + 1))


def of_text(text: str) -> int:
    """The characters of a text."""
    found = 0
    for ch in set(text):
        found |= _bits[ch]
    return found


def _of(ch: str) -> int:
    return (1 << ord(ch) if ch < "\x7f" else OTHER) | (DIGITS if ch.isdecimal() else 0)


_bits = Remembered(_of, 1 << 16)
