"""From repeated lines to a rule pack that loads as it is, for a person to edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import regex

from cleaner.rules.pattern import MAX_LINE
from cleaner.rules.rule import Rule
from cleaner.text.form import own_signals
from cleaner.text.signals import BITS
from cleaner.text.view import View
from cleaner.workbench.draft import pattern_of, rule_name
from cleaner.workbench.pack_text import entry_text, head_text
from cleaner.workbench.proof import usable

# Forms of one line (they differ in numbers, case or punctuation) that a candidate remembers.
_FORMS = 4
_HEAD = (
    "Proposed by `cleaner learn` from lines that repeat. Read every rule before you use it: take out what is body text,",
    "give the rest their categories, and replace what belongs to one site by the idiom of the language.",
)


@dataclass(slots=True)
class Candidate:
    """A line that repeats.

    Attributes:
        pages: in how many documents (of its site) it stands.
        site: its site; empty if sites were not told apart.
        place: where it was seen first, as `document, line N`.
        forms: some of the raw lines it came as.
    """

    pages: int
    site: str
    place: str
    forms: list[str] = field(default_factory=list)

    def see(self, raw: str) -> None:
        """Remember a form, if it is new."""
        form = View(raw).text
        if len(self.forms) < _FORMS and form not in self.forms:
            self.forms.append(form)

    @property
    def prose(self) -> bool:
        """Whether it is a paragraph of prose."""
        return bool(own_signals(View(self.forms[0])) & BITS["prose"])


class ProseSample:
    """Paragraphs of a corpus, to try proposed patterns on and to take `keep` examples from."""

    def __init__(self, limit: int = 5000) -> None:
        self._limit = limit
        self.lines: list[View] = []

    def see(self, view: View) -> None:
        """Take a line that is prose, as long as there is room."""
        if len(self.lines) < self._limit and 40 < len(view.text) < 400:
            self.lines.append(view)

    def closest(self, text: str) -> str | None:
        """The paragraph that shares most words with `text`."""
        words = set(text.lower().split())
        best = max(self.lines, key=lambda v: len(words.intersection(v.low.split())), default=None)
        return best.text if best else None

    def hit_by(self, patterns: Iterable[str]) -> int:
        """How many paragraphs any of `patterns` hits."""
        compiled = [regex.compile(p) for p in patterns]
        return sum(any(p.search(v.low) for p in compiled) for v in self.lines)


def proposal(
    candidates: Sequence[Candidate], prose: ProseSample, known: Callable[[str], Iterable[Rule]], language: str
) -> str:
    """A pack as TOML text, most frequent lines first. Lines that a sure rule hits, of those that `known` gives for them, are left out.

    The text is checked: every rule in it loads and its examples come out.
    """
    head = head_text("Lines that repeat across documents.", "site", language, _HEAD)
    out = [head]
    names: set[str] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.pages, c.site, c.forms)):
        view = View(candidate.forms[0])
        if len(view.text) > MAX_LINE // 20 or any(rule.sure for rule in known(candidate.forms[0])):
            continue
        name = rule_name(view.low, names)
        names.add(name)
        entry = _entry(candidate, prose, name)
        if entry and usable(head + entry):
            out.append(entry)
    return "\n".join(out)


def _entry(candidate: Candidate, prose: ProseSample, name: str) -> str | None:
    """One rule as TOML; None if its pattern hits other prose."""
    patterns = list(dict.fromkeys(pattern_of(f) for f in candidate.forms))
    hits = prose.hit_by(patterns)
    if hits and not candidate.prose:
        return None
    drop = candidate.forms if len(candidate.forms) > 1 else [candidate.forms[0], f"* {candidate.forms[0]}"]
    keep = prose.closest(candidate.forms[0])
    if keep is None or View(keep).low == View(candidate.forms[0]).low:
        keep = f"The sign said {candidate.forms[0]!r}, and he went on."
    of = f" of {candidate.site}" if candidate.site else ""
    entry = {
        "id": name,
        "why": "The line repeats across documents.",
        "match": patterns,
        **({"score": 0.5} if candidate.prose else {}),
        "drop": drop,
        "keep": [keep],
    }
    return entry_text(
        entry,
        (
            f"In {candidate.pages} documents{of}, first in {candidate.place}.",
            f"Hits {hits} of {len(prose.lines)} paragraphs of prose tried."
            + (" It is one itself, so it is a hint; raise the score if it is no body text." if candidate.prose else ""),
        ),
    )
