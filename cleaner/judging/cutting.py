"""Cutting: what goes out of a line of which the rest stays."""

from __future__ import annotations

from array import array
from itertools import compress
from operator import attrgetter

from cleaner.evidence.foreign import Languages
from cleaner.evidence.line import Line
from cleaner.evidence.lines import Lines
from cleaner.judging.effort import Effort
from cleaner.judging.ruling import Ruling
from cleaner.judging.rulings import Rulings
from cleaner.judging.ways import Ways
from cleaner.rules.rule import Scope

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from cleaner.evidence.state import State

# What is left of a line may be cut again. A line that is to be cut more often than this is a heap of calls or a trap: each cut
# looks at all that is left of it, and so it is left whole.
_MOST = 16
_IS_DIVISIBLE = attrgetter("divisible")


class Scissors:
    """Cuts what span rules hit, and notices that stand beside the article's sentences.

    Args:
        ways: how what is left of a line is looked at.
        languages: how much rules say of texts in other languages than theirs.
    """

    def __init__(self, ways: Ways, languages: Languages) -> None:
        self._ways, self._languages = ways, languages

    def cut(self, lines: Lines, effort: Effort) -> tuple[bool, Rulings]:
        """Cut until there is no more to cut. Returns whether anything was, and the lines of which nothing is left to read."""
        some = lines.among(array("I", compress(lines.numbers, map(_IS_DIVISIBLE, lines.texts()))))
        if not any(x.times >= 0 and _may_be_cut(x) for x in some):
            return False, Rulings()
        touched = False
        spent: dict[int, Ruling] = {}
        left = list(lines)
        while cut := self._once(left, effort):
            touched = True
            spent |= {x.number: Ruling(1.0, list(dict.fromkeys(x.cut_by))) for x in cut if x.spent and not x.whole}
            left = [x for x in left if x.number not in spent]
            for line in cut:
                lines.keep(line)
        return touched, Rulings.of(spent, len(lines.facts))

    def _once(self, lines: list[Line], effort: Effort) -> list[Line]:
        """Cut each line once where it is to be. Returns those that were."""
        if not any(x.times >= 0 and _may_be_cut(x) for x in lines if x.facts.divisible):
            return []
        from cleaner.evidence.state import State  # late: most texts are not cut

        effort.round(len(lines))
        state = State(lines)
        return [x for i, x in enumerate(state.lines) if x.facts.divisible and self._line(state, i)]

    def _line(self, state: State, i: int) -> bool:
        """Cut what is to be cut out of a line, and look at what is left. Returns whether it changed."""
        from cleaner.evidence.glued import glued

        line, bits = state.lines[i], state.bits[i]
        if line.whole:
            return False
        hits = []
        if line.facts.cuts:
            hits = [
                (rule, a, b)
                for rule, a, b in line.hits
                if rule.scope is Scope.SPAN
                and rule.stands(bits)
                and line.repeats >= rule.repeat
                and self._languages.cuts(rule, state.languages)
            ]
        if line.facts.sure and (span := glued(state, i)):
            hits += [
                (rule, *span)
                for rule in line.facts.rules
                if rule.sure
                and not rule.near
                and rule.stands(bits)
                and line.repeats >= rule.repeat
                and self._languages.heard(rule, state.languages).sure
            ]
        if not hits:
            return False
        if line.times == _MOST:
            line.restore()
            return True
        raw = line.view.raw
        stays = bytearray(b"\1") * len(raw)
        for a, b in line.view.raw_spans([(a, b) for _, a, b in hits]):
            stays[a:b] = bytes(b - a)
        where = line.where if line.where is not None else range(len(raw))
        # Numbers of four bytes: objects for all characters of a document that is cut in each line would fill a memory.
        line.cut(
            self._ways.facts("".join([ch for ch, stay in zip(raw, stays, strict=True) if stay])),
            array("I", [at for at, stay in zip(where, stays, strict=True) if stay]),
            [rule for rule, _, _ in hits],
        )
        return True


def _may_be_cut(line: Line) -> bool:
    """Whether something may be cut out of a line, wherever it stands: few of those that are long enough hold a notice."""
    from cleaner.evidence.glued import notice_of

    return line.facts.cuts or line.facts.sure and bool(notice_of(line.facts))
