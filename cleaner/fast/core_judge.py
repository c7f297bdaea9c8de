"""What the core is told before it judges: signals and numbers by name, rules as rows, and whom it may ask."""

from __future__ import annotations

from cleaner.evidence.foreign import Languages
from cleaner.evidence.line import Line
from cleaner.evidence.lines import Lines
from cleaner.evidence.texts import Texts
from cleaner.judging.case import Judge
from cleaner.rules import pattern
from cleaner.rules.rule import CATEGORIES, Rule, Scope
from cleaner.text.signals import BITS, CONTEXT_MASK

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from cleaner.evidence.facts import Facts
    from cleaner.fast.judge_numbers import Numbers
    from cleaner.text.language import Counted

_CATEGORY = {name: i for i, name in enumerate(CATEGORIES)}
# More than any document has of lines, and any site of pages; less than C's smallest `long` holds.
_MOST = 1 << 30


def told(core: Any, judge: Judge, languages: Languages, numbers: Numbers) -> Callable[..., Any]:
    """What makes the states of documents for a judge, of their lines and an earlier state or None.

    Args:
        core: the compiled module.
        judge: has the rules.
        languages: how much rules say of texts in other languages.
        numbers: those of `judge_numbers`.
    """
    teller = Teller(core)
    named, reaches = numbers
    made = core.Judge(
        {name.replace("-", "_"): bits for name, bits in BITS.items()},
        named,
        tuple(judge.conditional),
        languages.chosen,
        (_row, languages.heard, lambda lines, before: FastTexts(teller, lines, before), _glued, _ends),
        tuple(tuple(table.facts) for table in (judge.form, judge.guards, judge.alone)),
        reaches,
        CONTEXT_MASK,
    )
    return lambda lines, before: core.State(made, lines, before)


def _row(rule: Rule) -> tuple[Any, ...]:
    """A rule, in the order in which `judge.c` takes its parts."""
    near = rule.near
    heard = rule.language != "any" and (rule.language != "en" or rule.reaching) and rule.score > 0
    return (
        rule.must,
        rule.never,
        rule.zone_bits,
        rule.score,
        rule.sure,
        rule.reaching,
        rule.scope is Scope.BLOCK,
        rule.case,
        rule.until.blank,
        bool(rule.until.pattern),
        _CATEGORY[rule.category],
        rule.language if heard else None,
        min(rule.repeat, _MOST),
        min(near.within, _MOST) if near else 0,
        min(rule.until.lines, _MOST),
        near is not None,
        sum(1 << _CATEGORY[name] for name in near.categories) if near else 0,
    )


class Teller:
    """Tells languages as `language.languages_of` does, by the core.

    Args:
        core: the compiled module.
    """

    def __init__(self, core: Any) -> None:
        self._core = core
        self._counted: Callable[[str], Counted] | None = None

    def __call__(self, text: str) -> frozenset[str]:
        """See `language.languages_of`."""
        from cleaner.text.language import told_by  # late: what has no words is not asked

        if self._counted is None:
            from cleaner.fast.languages import counter

            self._counted = counter(self._core)
        return told_by(self._counted(text))


class FastTexts(Texts):
    """See `Texts`."""

    __slots__ = ("_teller",)

    lines: Lines

    def __init__(self, teller: Teller, lines: Lines, before: Texts | None) -> None:
        super().__init__(lines, before)
        self._teller = teller

    def _facts(self) -> Iterable[Facts]:
        return self.lines.texts()

    def _told(self, text: str) -> frozenset[str]:
        return self._teller(text)


def _glued(texts: Texts, i: int) -> tuple[int, int] | None:
    from cleaner.evidence.glued import glued  # late: few lines hold two things

    return glued(texts, i)


def _ends(rule: Rule, line: Line) -> bool:
    """Whether the pattern that ends the blocks of `rule` hits a line."""
    text = line.view.text if rule.case else line.view.low
    return pattern.first(rule.until.pattern or "", rule.case, text, rule.id) is not None
