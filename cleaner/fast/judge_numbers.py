"""Every number that the core judges by. Each has its one place, in Python; they are stored with the rules, so that a start need not import those places."""

from __future__ import annotations

from cleaner.evidence import facts, findings, neighbours, place, records, surroundings, topic
from cleaner.judging import judge
from cleaner.rules.rule import CATEGORIES, SURE
from cleaner.text import marks
from cleaner.text.sentences import LEAST_WORDS

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    Numbers = tuple[dict[str, float], tuple[tuple[int, tuple[tuple[float, int], ...]], ...]]

_CATEGORY = {name: i for i, name in enumerate(CATEGORIES)}


def numbers() -> Numbers:
    """The numbers by name, and how far around a line what lines weigh is summed, with the signals of each sum."""
    burdens = [more for _, more in judge.BURDENS]
    named = {
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
    return {name: float(number) for name, number in named.items()}, surroundings.REACHES
