"""Proof: a rule's examples are run as its tests."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator

from cleaner.errors import RuleError
from cleaner.evidence.neighbours import Neighbours
from cleaner.evidence.surroundings import HIGH, LOW, surroundings
from cleaner.judging.engine import Engine
from cleaner.judging.verdict import Action
from cleaner.rules.loader import parse_pack
from cleaner.rules.rule import Rule, RulePack
from cleaner.text.document import Document
from cleaner.text.view import View

# In the examples of rules without a pattern, lines that begin so stand for lines that other rules hit.
_STAND_INS = [
    Rule(f"shape/any/{name}", "shape", "any", "", "a stand-in", match=(rf"^\[{name}\]",), score=score)
    for name, score in (("sure", 1.0), ("hint", 0.3), ("strong-hint", 0.5), ("guard", -0.3))
]


def failures(rule: Rule) -> Iterator[str]:
    """Why examples of `rule` do not come out as they say; nothing if all do."""
    for line in rule.drop:
        if not rule.hits(View(line)):
            yield f"example fails: 'drop' is not hit: {line!r}"
    for line in rule.keep:
        if rule.hits(View(line)):
            yield f"example fails: 'keep' is hit: {line!r}"
    for example in rule.examples:
        try:
            text, wanted = read_example(example)
        except ValueError as e:
            yield f"example fails: {e}"
            continue
        got = _removed(rule, text)
        for number, (line, want, has) in enumerate(zip(text.split("\n"), wanted, got, strict=True), 1):
            # Blank lines close behind what goes, so an example need not say it of them.
            if want != has and line.strip():
                yield f"example fails: line {number} {'stays' if want else 'goes'}: {line!r}"


def check_examples(packs: Iterable[RulePack]) -> None:
    """Raise RuleError for the first example that fails in `packs`."""
    for pack in packs:
        for rule in pack.rules:
            for reason in failures(rule):
                raise RuleError(rule.file, rule.id, reason)


def usable(text: str) -> bool:
    """Whether the text of a pack is one that loads and whose examples come out.

    What is made from any line may not be: the line may be too long for a pattern, or its pattern no safe one.
    """
    try:
        return not any(reason for rule in parse_pack(tomllib.loads(text), "").rules for reason in failures(rule))
    except (RuleError, tomllib.TOMLDecodeError):
        return False


def read_example(example: str) -> tuple[str, list[bool]]:
    """Split an example document from its gutter.

    Returns the text, and for each of its lines whether it is to go. Raises ValueError for a line without gutter.
    """
    lines = example.strip("\n").split("\n")
    for line in lines:
        if line and line[0] not in " -":
            raise ValueError(f"a line of an 'example' begins with ' ' (stays) or '-' (goes): {line!r}")
    return "\n".join(line[1:] for line in lines), [line.startswith("-") for line in lines]


def _removed(rule: Rule, text: str) -> list[bool]:
    """Which lines of `text` the rule takes or cuts alone; a hint is tried as if it were sure, a protector as one."""
    document = Document(text)
    if not rule.match:
        return _spoken(rule, document)
    sure = rule if rule.sure else rule.replaced(score=1.0)
    alone = sure.replaced(near=None, repeat=0)
    verdicts = Engine([alone], max_removed=1.0).run(document).verdicts
    return [v.action is not Action.KEEP for v in verdicts]


def _spoken(rule: Rule, document: Document) -> list[bool]:
    """For which lines a rule without a pattern speaks, once the stand-ins have had their say."""
    evidence = Engine([rule, *_STAND_INS]).evidence(document)
    weights = [HIGH if e.sure else min(HIGH, max(LOW, sum(r.score for r in e.rules))) for e in evidence]
    around = surroundings(weights)
    context = Neighbours(len(evidence), {i for i, e in enumerate(evidence) if e.sure})
    out = [False] * len(document.raws)
    for i, e in enumerate(evidence):
        bits = e.bits | around[i] | context(i)
        out[e.line] = rule.stands(bits)
    return out
