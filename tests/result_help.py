"""What the tests of pages and comparisons share: results of small runs, and pages opened up again."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cleaner.batch.results import Entry, Taken, count_lines
from cleaner.text.words import count_words

DIRTY = "The council met on Monday and voted.\nAdvertisement\nWork begins in May.\n"
# Everything that could end an element, run, load, turn the writing or hide.
HOSTILE = (
    '</script><script>window.ran = 1</script><!-- <script> --!> ]]> <img src=x onerror="window.ran = 1">'
    "</style></title></textarea></template>\u2028\u2029\u202egnitirw\u2066 \u200b\x00\x1b[31m &lt;b&gt; javascript:window.ran=1 \ud800"
)


def taken(text: str, *spans: tuple[str, str]) -> tuple[Taken, ...]:
    """Edits of `text`: of each span its first place, and the rule; a whole line goes if the span is one."""
    out = []
    for span, rule in spans:
        at = text.index(span)
        line_start = text.rfind("\n", 0, at) + 1
        whole = at == line_start and (text[at + len(span) : at + len(span) + 1] in ("\n", ""))
        end = at + len(span) + (whole and text[at + len(span) : at + len(span) + 1] == "\n")
        number = text.count("\n", 0, at) + 1
        out.append(Taken(number, at, end, text[at:end], bool(whole), rule, rule.split("/")[0], 1.0))
    return tuple(out)


def entry(key: str, text: str, *spans: tuple[str, str], **more: Any) -> Entry:
    """A document from which `spans` went."""
    return Entry(key, key, text, taken(text, *spans), count_lines(text), count_words(text), **more)


def body_of(text: str, gone: Iterable[Taken]) -> str:
    """What of `text` is left after `gone` went."""
    parts, at = [], 0
    for edit in gone:
        parts.append(text[at : edit.start])
        at = edit.end
    return "".join((*parts, text[at:]))


def edits_line(text: str, *spans: tuple[str, str], **more: Any) -> str:
    """The same as a line of `--jsonl --edits`."""
    edits = taken(text, *spans)
    fields = [
        {
            "line": t.line, "start": t.start, "end": t.end, "removed": t.removed,
            "action": "drop" if t.whole else "cut", "rule": t.rule, "category": t.category, "score": t.score,
            "rules": [t.rule],
        }
        for t in edits
    ]  # fmt: skip
    return json.dumps({**more, "text": body_of(text, edits), "edits": fields}) + "\n"


def write(path: Path, *lines: str) -> Path:
    """A file of these lines."""
    path.write_text("".join(lines))
    return path


def pieces(page: str, kind: str) -> list[str]:
    """What a page carries of one kind."""
    packed = re.findall(rf'<script type="text/plain" data-kind="{kind}">([A-Za-z0-9+/=]*)</script>', page)
    return [zlib.decompress(base64.b64decode(p), -15).decode() for p in packed]


def rows(page: str) -> list[list[Any]]:
    """The documents of a page: name, words, flags, where, figures, rules, error."""
    return [list(r) for piece in pieces(page, "index") for part in json.loads(piece) for r in zip(*part, strict=True)]


def figures(page: str) -> dict[str, Any]:
    """What a page says of the whole."""
    found: dict[str, Any] = json.loads(pieces(page, "figures")[0])
    return found
