"""Documents of one shape, ten thousand lines of it and eight times as many: whether time and memory are linear in them.

`python -m benchmarks shapes [--lines 10000] [--steps 3] [--only NAME …]`. Each document is cleaned in a process of its
own, forked when the rules are ready, so that its peak of memory is its own. (Linux and other systems with `fork`.)
"""

from __future__ import annotations

import argparse
import gc
import mmap
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count, cycle, islice, pairwise
from pathlib import Path
from typing import Any

from benchmarks.report import Row
from cleaner import Cleaner

# At most so much more time and memory for twice the lines, and so much memory for a byte of text.
STEP, MEMORY = 2.2, 25
# So many times what a plain line costs may one that goes by a rule of scope `rest`.
REST = 3

_NOUNS = """
council bridge river school harbour engine festival theatre library station market garden forest village museum
factory airport hospital teacher farmer painter judge doctor sailor baker editor mayor driver singer builder
""".split()  # noqa: SIM905  # one word a cell would fill a page
_VERBS = "voted planned argued repaired opened closed visited painted measured counted carried finished".split()  # noqa: SIM905
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905


def sentence(i: int) -> str:
    """A sentence of body text; no two of the first hundred thousand are alike."""
    a, b, c = _NOUNS[i % 30], _NOUNS[i // 30 % 30], _NOUNS[i // 900 % 30]
    return (
        f"On {_DAYS[i % 7]} the {a} and the {b} {_VERBS[i % 12]} that the {c} near the old mill was in need of {i} new "
        "tiles, and that nobody had known of it before."
    )


def title(i: int) -> str:
    """The title of another story."""
    return f"{_NOUNS[i % 30].title()} {_VERBS[i % 12].title()} {_NOUNS[i // 30 % 30].title()} {i}"


def _rows(*makes: Callable[[int], str]) -> Callable[[int], str]:
    """Documents in which lines of some makes take turns."""

    def text(lines: int) -> str:
        turns: Iterator[Callable[[int], str]] = cycle(makes)
        return "\n".join(make(i) for i, make in zip(range(lines), turns, strict=False)) + "\n"

    return text


def _same(*lines: str) -> Callable[[int], str]:
    return _rows(*((lambda _, line=line: line) for line in lines))


def _around(make: Callable[[int], str], before: float, after: float) -> Callable[[int], str]:
    """Documents with shares of lines of one make before and after an article of prose, which has the rest."""

    def text(lines: int) -> str:
        head, tail = int(lines * before), int(lines * after)
        rows = [
            *map(make, range(head)),
            *map(sentence, range(lines - head - tail)),
            *map(make, range(head, head + tail)),
        ]
        return "\n".join(rows) + "\n"

    return text


def _onion(layers: tuple[Callable[[int], str], ...]) -> Callable[[int], str]:
    """Documents in whose middle an article stands; around it, at the same distance, lines of the same make."""

    def text(lines: int) -> str:
        half = [make(i) for i, make in zip(range(lines // 3), cycle(layers), strict=False)]
        return "\n".join([*half, *map(sentence, range(lines - 2 * len(half))), *reversed(half)]) + "\n"

    return text


def _wrapped(mark: str = "") -> Callable[[int], str]:
    def text(lines: int) -> str:
        words = (word for i in count() for word in [*sentence(i).split(), *([""] if i % 6 == 5 else [])])
        out: list[str] = []
        line = mark
        for word in words:
            if not word or len(line) + 1 + len(word) > 72:
                out.append(line.rstrip())
                line = mark
                if not word:
                    out.append(mark.rstrip())
                    if len(out) >= lines:
                        break
                    continue
            line += word if line == mark else " " + word
        return "\n".join(out[:lines]) + "\n"

    return text


def _endless(lines: int) -> str:
    return " ".join(map(sentence, range(lines))) + "\n"


def _long_lines(lines: int) -> str:
    """Lines of a hundred sentences: as many sentences as there would be lines."""
    return "\n".join(" ".join(map(sentence, range(i, i + 100))) for i in range(0, lines, 100)) + "\n"


def _many_cuts(lines: int) -> str:
    """Lines of a hundred sentences, a call to read more at the end of each."""
    return (
        "\n".join(
            " ".join(f"{sentence(k)} (Read more: {title(k)})" for k in range(i, i + 100)) for i in range(0, lines, 100)
        )
        + "\n"
    )


def _cut_again(lines: int) -> str:
    """What is left of a line after a cut ends in what is to be cut: ever more often the further down."""
    return "".join(f"{sentence(i)}{' Read more »' * (i % 50)}\n" for i in range(lines))


def _twins(lines: int) -> str:
    half = [title(i) for i in range(lines // 2)]
    return "\n".join([*half, *half]) + "\n"


def _references(lines: int) -> str:
    half = lines // 2
    body = [f"[{i}]{title(i)} and {sentence(i)}" for i in range(1, half + 1)]
    links = [f"  {i}. https://example.com/{_NOUNS[i % 30]}/{i}" for i in range(1, lines - half)]
    return "\n".join([*body, "References", *links]) + "\n"


_LANGUAGES = (
    "Der Rat hat am Montag beschlossen, dass die Brücke über den Fluss in diesem Jahr noch einmal gebaut wird.",
    "Le conseil a décidé lundi que le pont sur la rivière serait construit une nouvelle fois cette année.",
    "El consejo decidió el lunes que el puente sobre el río se construirá de nuevo este año en la ciudad.",
    "Совет решил в понедельник, что мост через реку будет построен в этом году ещё один раз.",
    "市議会は月曜日の夜、川に新しい橋を架けることを決めた。",
    "Abonnieren Sie unseren Newsletter",
    "Partager sur Facebook",
    "Читайте также",
    "Suscríbete",
    "関連記事",
)
_POSTS = (
    lambda i: f"{_NOUNS[i % 30].title()}{i}",
    lambda i: f"{1 + i % 28} May 2024 at {i % 12 + 1}:{i % 60:02}",
    sentence,
    lambda _: "Reply",
)

SHAPES: dict[str, Callable[[int], str]] = {
    # Every scope.
    "plain prose": _rows(sentence),
    "rest: one label": _same("Comments"),
    "rest: numbered labels": _rows(lambda i: f"{i} comments"),
    "rest: under each sentence": _rows(sentence, lambda _: "Leave a comment"),
    "block: one heading": _same("Related stories"),
    "block: headings over titles": _rows(lambda _: "Related stories", title, title, title),
    "block: in an article": _rows(sentence, sentence, lambda _: "Related stories", title, title, title),
    "block: headings, blanks": _rows(lambda _: "Most read", title, lambda _: "", title, lambda _: ""),
    "line: pointers": _rows(lambda i: f"Read more: {title(i)}"),
    "line: pointers in an article": _rows(sentence, lambda i: f"Read more: {title(i)}"),
    "span: at the end of lines": _rows(lambda i: f"{sentence(i)} Read more »"),
    "span: many in a line": _many_cuts,
    "span: cut again and again": _cut_again,
    "glued notices": _rows(lambda i: f"{sentence(i)} Subscribe to our newsletter. {sentence(i + 1)}"),
    # Every zone.
    "head of titles": _around(title, 0.5, 0),
    "tail of titles": _around(title, 0, 0.5),
    "head of menus": _around(lambda i: ("Home", "About us", "Contact", "Log in")[i % 4], 0.5, 0),
    "tail of tags": _around(lambda i: f"Tags: {_NOUNS[i % 30]}, {i}", 0, 0.5),
    "no prose": _rows(title),
    "onion of shares": _onion((lambda _: "Share", lambda _: "Tweet", title, lambda i: f"{i} shares")),
    "onion of blocks": _onion((lambda _: "Related stories", title, title, sentence)),
    "onion of labels": _onion((title, lambda _: "Advertisement", lambda i: f"Photo: {title(i)}")),
    "junk and body by turns": _rows(sentence, lambda _: "Advertisement"),
    "title and body by turns": _rows(title, sentence),
    # Signals.
    "comment threads": _rows(*_POSTS),
    "a list of records": _rows(lambda i: f"{_DAYS[i % 7]}, {1 + i % 28} May 2024, {i % 12 + 1} pm: {title(i)}"),
    "bylines of records": _rows(lambda i: f"By {_NOUNS[i % 30].title()} {_NOUNS[i // 30 % 30].title()}", title),
    "wrapped text": _wrapped(),
    "wrapped quotes": _wrapped("> "),
    "one endless line": _endless,
    "long lines": _long_lines,
    "link numbers": _references,
    "Markdown links": _rows(lambda i: f"* [{title(i)}](https://example.com/{i})"),
    "blank lines": _same(""),
    "blank lines in an article": _rows(sentence, lambda _: "", lambda _: "", lambda _: ""),
    "languages by turns": _rows(*((lambda i, t=t: f"{t} {i}") for t in _LANGUAGES)),
    "Han": _rows(lambda i: f"市議会は月曜日の夜、川に第{i}の新しい橋を架けることを決めた。"),
    "Thai": _rows(lambda i: f"สภาเมืองมีมติเมื่อวันจันทร์ให้สร้างสะพานใหม่ข้ามแม่น้ำ {i}"),
    "program code": _rows(lambda i: f"    if (x[{i}] == {i % 7}) {{ return f_{i}(x); }}"),
    "tables": _rows(lambda i: f"| {title(i)} | {i} | $ {i % 100}.99 |"),
    "twins": _twins,
    "questions": _rows(lambda i: f"What did the {_NOUNS[i % 30]} say of the {i}?", sentence),
    "capitals": _rows(lambda i: title(i).upper()),
    "hashtags": _rows(lambda i: f"#{_NOUNS[i % 30]}{i} @{_NOUNS[i // 30 % 30]}"),
    "prices and addresses": _rows(lambda i: f"$ {i}.99 each", lambda i: f"{i} Mill Road, desk{i}@example.com"),
    "notices": _rows(sentence, lambda i: f"Copyright © {1900 + i % 125} {title(i)}. All rights reserved."),
    "menus by turns": _same("Home", "News", "Sport", "Log in", "Subscribe", "Share", "Print", "Next", "Previous"),
    "CRLF": lambda lines: _rows(sentence, title)(lines).replace("\n", "\r\n"),
    "everything by turns": lambda lines: "\n".join(
        islice(
            (
                line
                for i in count()
                for line in (
                    sentence(i),
                    title(i),
                    "Comments",
                    "Related stories",
                    title(i + 1),
                    "",
                    "Share",
                    f"{i} likes",
                )
            ),
            lines,
        )
    ),
}


def measured(text: Path, cleaner: Cleaner) -> tuple[float, float]:
    """Processor seconds that cleaning the text in a file takes, and the megabytes that it takes besides at its peak."""
    found = _apart(_measure, text, cleaner)
    return found or (float("inf"), float("inf"))


def _apart(work: Callable[..., Any], *arguments: object) -> Any:
    """What `work` comes to, in a process of its own; None if that ends before."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.get_context("fork").Process(target=lambda: theirs.send(work(*arguments)))
    worker.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return None
    finally:
        worker.join()


def _measure(place: Path, cleaner: Cleaner) -> tuple[float, float]:
    text = place.read_bytes().decode()
    _map_files()
    before = _resident("VmRSS")
    start = time.process_time()
    result = cleaner.clean(text)
    result.statistics, result.body, result.diff()  # they are made when asked for
    return time.process_time() - start, max(0, _resident("VmHWM") - before) / 1e6


def _map_files() -> None:
    """Have all pages of mapped files (tables, libraries) counted already: a fork maps them anew when it first reads them, and they
    are no memory that a text takes."""
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in Path("/proc/self/maps").read_text().splitlines():
            where, rights, *_, name = line.split(maxsplit=5)
            if rights.startswith("r") and name.startswith("/"):
                start, end = where.split("-")
                for at in range(int(start, 16), int(end, 16), mmap.PAGESIZE):
                    os.pread(memory.fileno(), 1, at)


def _resident(name: str) -> int:
    """A figure of this process's memory, in bytes."""
    lines = Path("/proc/self/status").read_text().split("\n")
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(name))


def run(options: argparse.Namespace) -> list[Row]:
    """Time and memory of every shape at each size, and the largest growth from one size to the next."""
    cleaner = Cleaner()
    for make in SHAPES.values():
        cleaner.clean(make(200)).diff()  # what is made once is ready
    gc.freeze()
    rows: list[Row] = []
    for name, make in SHAPES.items():
        if options.only and name not in options.only:
            continue
        rows.append(_row(name, make, cleaner, options))
        print(rows[-1], flush=True)
    return rows


def _row(name: str, make: Callable[[int], str], cleaner: Cleaner, options: argparse.Namespace) -> Row:
    times, sizes, lengths = [], [], []
    lines = 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "text")
        for step in range(options.steps + 1):
            # Made in another process: what making it had freed, the measured one would use, and seem to need less.
            lines = _apart(lambda size: _make(make, size, place), options.lines << step)
            found = [measured(place, cleaner) for _ in range(options.rounds)]
            times.append(min(t for t, _ in found))
            sizes.append(min(m for _, m in found))
            lengths.append(place.stat().st_size / 1e6)
    row: dict[str, Any] = {"shape": name, "MB": lengths[-1], "seconds": times[-1]}
    if options.steps:
        row["x time a step"] = max(b / a for a, b in pairwise(times))
        row["x memory a step"] = max((b + 1) / (a + 1) for a, b in pairwise(sizes))
    row["memory / text"] = sizes[-1] / lengths[-1]
    row["bytes a line"] = 1e6 * sizes[-1] / lines
    return row


def _make(make: Callable[[int], str], size: int, place: Path) -> int:
    """Write a document of so many lines to a file. Returns how many line ends it has."""
    text = make(size)
    place.write_bytes(text.encode())
    return text.count("\n")
