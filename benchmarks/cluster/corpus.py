"""Short documents, as many as are asked for, out of the texts of a labelled corpus."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

# Lines of more words are made unlike in each copy.
_LONG = 6
_ROWS = 10_000


def write(labelled: Path, folder: Path, count: int, size: int) -> None:
    """Write `count` documents of such a size as Parquet files of 10,000 rows with the columns `n` and `text`."""
    folder.mkdir()
    numbered = enumerate(islice(documents(labelled, size), count))
    for number in range(0, count, _ROWS):
        rows = list(islice(numbered, _ROWS))
        table = pa.table({"n": [n for n, _ in rows], "text": [text for _, text in rows]})
        pq.write_table(table, folder / f"{number // _ROWS:05}.parquet", row_group_size=_ROWS // 5, compression="zstd")


def documents(labelled: Path, size: int) -> Iterator[str]:
    """One text of each page, cut between lines into pieces of `size` characters and up to a half more or less, or to the next line
    end after that; again and again.

    From the second time on two words of each long line change places, by chance but the same in each run: an engine that remembers
    lines meets again what repeats on the web, the short lines, and not the sentences.
    """
    chance = random.Random(0)
    pages: dict[str, str] = {}
    with gzip.open(labelled, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            pages.setdefault(record["page"], record["text"])
    pieces = [piece for text in pages.values() for piece in _pieces(text, size, chance)]
    yield from pieces
    while True:
        for piece in pieces:
            yield "\n".join(_exchanged(line, chance) for line in piece.split("\n"))


def _pieces(text: str, about: int, chance: random.Random) -> Iterator[str]:
    least, most = about // 2, about * 3 // 2
    piece: list[str] = []
    size, wanted = 0, chance.randint(least, most)
    left = len(text)
    for line in text.split("\n"):
        piece.append(line)
        size += len(line) + 1
        if size >= wanted and left - size >= least:
            yield "\n".join(piece)
            left -= size
            piece, size, wanted = [], 0, chance.randint(least, most)
    yield "\n".join(piece)


def _exchanged(line: str, chance: random.Random) -> str:
    words = line.split(" ")
    if len(words) <= _LONG:
        return line
    # Neither the first nor the last, which tell that it is a sentence.
    i, j = chance.randrange(1, len(words) - 1), chance.randrange(1, len(words) - 1)
    words[i], words[j] = words[j], words[i]
    return " ".join(words)
