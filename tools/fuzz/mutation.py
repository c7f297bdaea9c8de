"""Random changes of bytes, by a seed: the way that needs nothing but Python."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

# What readers, views and judges look at.
_WORDS = (
    b"\n", b"\r\n", b"\r", b"\t", b" ", b"\0", b'"', b"'", b"\\", b",", b";", b"{", b"}", b"[", b"]", b":", b"\xef\xbb\xbf",
    b"\xff", b"\xc3\xa9", b"\xe2\x80\x8b", b"\xe2\x80\xae", b"\xe2\x80\x99", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"e\xcc\x81", b"\x1b[31m",
    b"\\u0041", b"\\ud800", b"null", b"1e999", b"Advertisement", b"Read more: ", b"Share this:", b"> ", b"* ", b"| ", b"](http://x.org) ",
    b"---", b"+++", b"\xe9\x96\xa2\xe9\x80\xa3\xe8\xa8\x98\xe4\xba\x8b", b"(", b")", b"*", b"+", b"?", b"|", b"^", b"$", b"\\b", b"{1,9}", b"0",
)  # fmt: skip
_LONGEST = 8192


def mutated(seeds: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """`count` changed seeds; the same ones for the same `seed`."""
    rng = random.Random(seed)
    for _ in range(count):
        yield _changed(bytearray(rng.choice(seeds)), seeds, rng)


def _changed(data: bytearray, seeds: Sequence[bytes], rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        what = rng.randrange(7)
        if what == 0 and data:
            data[min(a, len(data) - 1)] = rng.randrange(256)
        elif what == 1:
            del data[a : min(b, a + rng.choice((1, 2, 8, 64)))]
        elif what == 2:
            data[a:a] = data[a : min(b, a + 200)] * rng.choice((1, 1, 2, 20))
        elif what == 3:
            other = rng.choice(seeds)
            start = rng.randrange(len(other) + 1)
            data[a:a] = other[start : start + rng.choice((5, 50, 500))]
        elif what == 4:  # lines change places
            lines = bytes(data).split(b"\n")
            rng.shuffle(lines)
            data = bytearray(b"\n".join(lines[: rng.randrange(1, len(lines) + 1)]))
        else:
            data[a:a] = rng.choice(_WORDS)
    return bytes(data[:_LONGEST])
