"""What the core is told before it judges: signals and numbers by name, rules as rows, and whom it may ask."""

from __future__ import annotations

from cleaner.evidence import facts, findings, glued, neighbours, place, records, surroundings, topic
from cleaner.evidence.foreign import Languages
from cleaner.evidence.line import Line
from cleaner.evidence.lines import Lines
from cleaner.evidence.texts import Texts
from cleaner.judging import judge
from cleaner.judging.judge import Judge
from cleaner.rules import pattern
from cleaner.rules.rule import CATEGORIES, SURE, Rule, Scope
from cleaner.text import language, marks
from cleaner.text.sentences import LEAST_WORDS
from cleaner.text.signals import BITS, CONTEXT_MASK

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from cleaner.evidence.facts import Facts

_CATEGORY = {name: i for i, name in enumerate(CATEGORIES)}
# More than any document has of lines, and any site of pages; less than C's smallest `long` holds.
_MOST = 1 << 30


def told(core: Any, definition: Judge, languages: Languages) -> Callable[..., Any]:
    """What makes the states of documents for a judge, of their lines and an earlier state or None.

    Args:
        core: the compiled module.
        definition: the judge as it is defined.
        languages: how much rules say of texts in other languages.
    """
    teller = Teller(core)
    made = core.Judge(
        {name.replace("-", "_"): bits for name, bits in BITS.items()},
        {name: float(number) for name, number in _numbers().items()},
        tuple(definition.conditional),
        languages.chosen,
        (_row, languages.heard, lambda lines, before: FastTexts(teller, lines, before), glued.glued, _ends),
        tuple(tuple(table.facts) for table in (definition.form, definition.guards, definition.alone)),
        surroundings.REACHES,
        CONTEXT_MASK,
    )
    return lambda lines, before: core.State(made, lines, before)


def _numbers() -> dict[str, float]:
    """Every number that the core judges by; each has its one place in Python."""
    burdens = [more for _, more in judge.BURDENS]
    return {
        "least_words": LEAST_WORDS,
        "prose_words": facts.PROSE_WORDS,
        "page_from": findings.PAGE_FROM,
        "page_at": findings.PAGE_AT,
        "lone": judge.LONE,
        "sweeps": judge.SWEEPS,
        "ease": judge.EASE,
        "sentence": judge.SENTENCE,
        "burden_8": burdens[0],
        "burden_15": burdens[1],
        "burden_30": burdens[2],
        "low": surroundings.LOW,
        "high": surroundings.HIGH,
        "list": records.LIST,
        "stretch": records.STRETCH,
        "different": records.DIFFERENT,
        "repeated": records.REPEATED,
        "around": records.AROUND,
        "many": records.MANY,
        "beside": records.BESIDE,
        "far": records.FAR,
        "loud": records.LOUD,
        "furnished": records.FURNISHED,
        "apart": records.APART,
        "labels": sum(1 << _CATEGORY[name] for name in records.LABELS),
        "page_kinds": sum(1 << _CATEGORY[name] for name in records.PAGE),
        "glued_length": facts.LONG,
        "edge": place.EDGE,
        "far_off": place.FAR,
        "listing": place.LISTING,
        "listing_reach": place.LISTING_REACH,
        "gap": place.GAP,
        "run_3": place.RUNS[0][0],
        "run_8": place.RUNS[1][0],
        "run_25": place.RUNS[2][0],
        "small": place.SIZES[0][0],
        "tiny": place.SIZES[1][0],
        "sure": SURE,
        "foreign_at": topic.FOREIGN,
        "topical_at": topic.TOPICAL,
        "near": neighbours.AROUND,
        "underline": marks.UNDERLINE,
    }


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
        self._counted: Callable[[str], language.Counted] | None = None

    def __call__(self, text: str) -> frozenset[str]:
        """See `language.languages_of`."""
        if self._counted is None:
            from cleaner.fast.languages import counter  # late: a text of few words is not asked

            self._counted = counter(self._core)
        return language.told_by(self._counted(text))


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


def _ends(rule: Rule, line: Line) -> bool:
    """Whether the pattern that ends the blocks of `rule` hits a line."""
    text = line.view.text if rule.case else line.view.low
    return pattern.first(rule.until.pattern or "", rule.case, text, rule.id) is not None
