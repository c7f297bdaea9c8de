"""Three ways to show what was taken out of a document: a unified diff, a list with reasons, and marked words."""

from __future__ import annotations

from itertools import accumulate

from cleaner.judging.verdict import Action
from cleaner.output.edit import by_line

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.output.edit import Edit
    from cleaner.output.result import Result
    from cleaner.render.terminal import StyledLine

STYLES = ("unified", "annotated", "words")
_CONTEXT = 3
_OUT = "red"
_COLORS = {"-": _OUT, "+": "green", "@": "cyan"}


def changes(result: Result, style: str) -> Iterator[StyledLine]:
    """What was taken out of one document, in one of `STYLES`; nothing if nothing was."""
    if result.changed:
        yield from {"unified": unified, "annotated": annotated, "words": words}[style](result)


def unified(result: Result) -> Iterator[StyledLine]:
    """The unified diff, line by line; joined, the fragments are the patch to the byte."""
    return colored(result.diff(_CONTEXT))


def colored(diff: str) -> Iterator[StyledLine]:
    """A unified diff of one file, line by line, with the colours that diffs have."""
    for number, line in enumerate(diff.split("\n")[:-1]):
        yield [(line + "\n", "bold" if number < 2 else _COLORS.get(line[:1], ""))]


def annotated(result: Result) -> Iterator[StyledLine]:
    """Each line and each span taken out, with its number, category, reason and score."""
    edits = [e for e in result.edits if e.removed.strip() or len(e.removed) == 0]
    wide = max((len(e.reason) for e in edits), default=0)
    yield [(f"{result.name or 'text'}\n", "bold")]
    for e in edits:
        mark = "cut " if e.action is Action.CUT else "drop"
        yield [
            (f"{e.line:5}  ", "dim"),
            (f"{mark}  {e.category:<10}  ", "yellow"),
            (f"{e.reason:<{wide}}  ", "cyan"),
            (f"{e.score:4.1f}  ", "dim"),
            (e.removed.strip() + "\n", _OUT),
        ]
    yield [(f"  {summary(result)}\n", "dim")]


def words(result: Result) -> Iterator[StyledLine]:
    """The changed lines with a few lines around them; what goes stands in `[-` and `-]`."""
    lines = result.lines
    edits = by_line(result.edits)
    near = (range(max(1, n - _CONTEXT), min(len(lines), n + _CONTEXT) + 1) for n in edits)
    shown = sorted({n for numbers in near for n in numbers})
    starts = [0, *accumulate(len(line) for line, _ in lines)]
    yield [(f"{result.name or 'text'}\n", "bold")]
    last = 0
    for n in shown:
        if n != last + 1:
            yield [(f"@@ line {n} @@\n", "cyan")]
        last = n
        yield _marked(lines[n - 1][0].removesuffix("\n"), edits.get(n, []), starts[n - 1])
    yield [(f"{summary(result)}\n", "dim")]


def summary(result: Result) -> str:
    """The figures of one result, as a phrase."""
    s = result.statistics
    spans = f", {s['spans_cut']} spans cut" if s["spans_cut"] else ""
    share = 100 * s["words_removed"] / s["words"] if s["words"] else 0.0
    return f"{s['lines_removed']} of {s['lines']} lines removed{spans}: {s['words_removed']} of {s['words']} words ({share:.1f} %)"


def _marked(line: str, edits: list[Edit], start: int) -> StyledLine:
    out: list[tuple[str, str]] = []
    at = 0
    for e in edits:
        a, b = e.start - start, min(e.end - start, len(line))
        out += [(line[at:a], ""), (f"[-{line[a:b]}-]", _OUT)]
        at = b
    return [*out, (line[at:] + "\n", "")]
