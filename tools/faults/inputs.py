"""What the runs read: texts and records, of some size, by random numbers."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from cleaner.cli.entry import main

RULES = ("--select", "ad,newsletter", "--lang", "en")
_SENTENCES = (
    "The council met on Monday and voted for the new bridge over the river.",
    "Advertisement",
    "Nobody in the hall had expected the vote to go this way.",
    "Work begins in May, the mayor said, and is to end within two years.",
    "ADVERTISEMENT",
    "Ask the desk of the Oldtown Weekly",
    "",
)


def _stories(count: int, length: int, rng: random.Random) -> Iterator[str]:
    for i in range(count):
        yield "\n".join([f"Story {i}.", *rng.choices(_SENTENCES, k=length)]) + "\n"


def texts(folder: Path, size: int, rng: random.Random) -> None:
    """So many texts."""
    for i, story in enumerate(_stories(size, 20, rng)):
        path = folder / "in" / f"{i % 7}" / f"{i:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(story)


def lines(folder: Path, size: int, rng: random.Random) -> None:
    """A file of JSON lines, of some MiB."""
    with (folder / "in.jsonl").open("w") as f:
        for i, story in enumerate(_stories(size * 5, 80, rng)):
            f.write(json.dumps({"id": i, "text": story}) + "\n")


def table(folder: Path, size: int, rng: random.Random) -> None:
    """A file of comma-separated values."""
    with (folder / "in.csv").open("w") as f:
        f.write("id,text\n")
        for i, story in enumerate(_stories(size * 5, 40, rng)):
            f.write(f'{i},"{story}"\n')


def parquet(folder: Path, size: int, rng: random.Random) -> None:
    """A file of Parquet, in groups of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stories = list(_stories(size * 5, 40, rng))
    pq.write_table(pa.table({"id": range(len(stories)), "text": stories}), folder / "in.parquet", row_group_size=size)


def arrow(folder: Path, size: int, rng: random.Random) -> None:
    """An Arrow file, in batches."""
    import pyarrow as pa
    import pyarrow.ipc as ipc

    stories = list(_stories(size * 5, 40, rng))
    table = pa.table({"id": range(len(stories)), "text": stories})
    with ipc.new_file(str(folder / "in.arrow"), table.schema) as writer:
        writer.write_table(table, max_chunksize=size)


def warc(folder: Path, size: int, rng: random.Random) -> None:
    """A WET that is not packed."""
    with (folder / "in.warc.wet").open("wb") as f:
        for i, story in enumerate(_stories(size * 5, 40, rng)):
            block = story.encode()
            head = (
                "WARC/1.0",
                "WARC-Type: conversion",
                f"WARC-Target-URI: http://x.org/{i}",
                "Content-Type: text/plain",
            )
            f.write("\r\n".join([*head, f"Content-Length: {len(block)}", "", ""]).encode() + block + b"\r\n\r\n")


def results(folder: Path, size: int, rng: random.Random) -> None:
    """What two runs told, with other rules each."""
    lines(folder, size, rng)
    for name, category in (("old", "ad"), ("new", "newsletter")):
        rules = ("--select", category, "--lang", "en")
        if main([f"{folder}/in.jsonl", "-o", f"{folder}/out", "--report", f"{folder}/{name}.jsonl", "-q", *rules]):
            raise SystemExit(f"no results of {category}")
        shutil.rmtree(folder / "out")
    (folder / "in.jsonl").unlink()
