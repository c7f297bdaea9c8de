"""A rule tried on a corpus: what it would change beside the present rules, and what it could cost."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.judging.verdict import Action, Verdict
from cleaner.rules.rule import Rule
from cleaner.text.document import Document
from cleaner.text.sentences import is_sentence
from cleaner.text.view import View
from cleaner.workbench.trial import CLOSE, HIT, Trial, pattern_hits, try_rules

# How the present rules judge a text: a verdict for each of its lines.
Judge = Callable[[str], Sequence[Verdict]]


@dataclass(frozen=True, slots=True)
class CorpusTrial:
    """What one rule did on one line of a corpus.

    Attributes:
        name: the document.
        trial: what it did.
        only: for a hit, the present rules leave the line in.
        risk: for such a hit, why it may be body; empty if nothing speaks for that.
        before, after: the non-blank lines beside it.
    """

    name: str
    trial: Trial
    only: bool = False
    risk: str = ""
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class Totals:
    """What a trial came to; grows while the trial is gone through.

    Attributes:
        documents, lines: how many were looked at, blank lines not counted.
        hits: by outcome.
        only: hits that the present rules leave in.
        risks: those of them that may be body.
        in_documents: documents with a hit.
    """

    documents: int = 0
    lines: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    only: int = 0
    risks: int = 0
    in_documents: int = 0


def try_on_corpus(
    rules: Sequence[Rule], texts: Iterable[tuple[str, str]], judge: Judge, totals: Totals, near_seconds: float = 10.0
) -> Iterator[CorpusTrial]:
    """Try rules on texts, given as (name, text).

    Args:
        rules: those to try, each alone.
        texts: the corpus.
        judge: how the present rules judge a text; asked for those only that have a hit.
        totals: is added to.
        near_seconds: how long to look for near misses, over all texts.
    """
    for name, text in texts:
        views = Document(text).views
        shown = [n for n, view in enumerate(views) if view.text]
        totals.documents += 1
        totals.lines += len(shown)
        if near_seconds <= 0 and not any(pattern_hits(rule, views[n]) for rule in rules for n in shown if rule.match):
            continue
        start = time.monotonic()
        found = [t for t in try_rules(rules, text, max(near_seconds, 0)) if near_seconds > 0 or t.outcome != CLOSE]
        near_seconds -= time.monotonic() - start
        hits = [t for t in found if t.outcome == HIT]
        verdicts = judge(text) if hits else ()
        totals.in_documents += bool(hits)
        places = {n: k for k, n in enumerate(shown)}
        for t in found:
            totals.hits[t.outcome] += 1
            n = t.line - 1
            k = places[n]
            before = views[shown[k - 1]].text if k else ""
            after = views[shown[k + 1]].text if k + 1 < len(shown) else ""
            only = t.outcome == HIT and verdicts[n].action is Action.KEEP and t.rule.score > 0
            risk = _risk(views[n], before, after) if only else ""
            totals.only += only
            totals.risks += bool(risk)
            yield CorpusTrial(name, t, only, risk, before, after)


def _risk(view: View, before: str, after: str) -> str:
    """Why a line that a rule would take may be body."""
    if is_sentence(view.text, 8):
        return "a sentence"
    if before and after and is_sentence(before, 8) and is_sentence(after, 8):
        return "between two sentences"
    return ""
