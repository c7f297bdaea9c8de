"""What would go by given scores: the judge's way over a whole corpus at once, so that a fit can try many.

As in `cleaner.judging`: each line is weighed by itself, then by what the lines around it weigh, then by which of its
neighbours go, again and again until nothing more goes. (Not here: what moves to the edges when lines have gone.)
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cleaner.evidence.surroundings import HIGH, LOW, surroundings
from cleaner.judging.judge import burden, eased
from cleaner.rules.rule import Rule
from cleaner.text.signals import AROUND, BITS, CONTEXT, OTHERS_MASK
from tools.fit.gather import Lines

_CONTEXT = tuple(name for name in CONTEXT if name not in ("foreign", "topical"))
_OTHERS = (*AROUND, *_CONTEXT)
_NEAR = 4
_SWEEPS = 12
# By the number of a rule: how far it speaks on each line, 0 to 1.
Spoken = dict[int, NDArray[np.float64]]


class Court:
    """Judges all lines of a corpus.

    Args:
        lines: the corpus.
        rules: the rules whose scores are to be tried.
        given: the sum of the scores of all other rules for each line.
        threshold: the level's.

    Attributes:
        needs: what each line must weigh to go.
        asks: by the number of a rule that hangs on other lines, what it asks of them.
    """

    def __init__(self, lines: Lines, rules: Sequence[Rule], given: NDArray[np.float64], threshold: float) -> None:
        self.lines, self.given = lines, given
        self.burdens = np.array([burden(bits) for bits in lines.bits])
        self.needs = self.burdens + np.array([eased(threshold, page) for page in lines.page])
        self._starts = [0, *(np.flatnonzero(np.diff(lines.document)) + 1)]
        self._table = np.array([[bits >> k & 1 for k in range(len(BITS))] for bits in lines.bits], dtype=bool)
        hits: dict[str, list[tuple[int, float]]] = {}
        for number, found in enumerate(lines.found):
            for rule, share in found:
                hits.setdefault(rule, []).append((number, share))
        self.asks = {k: _asked(r) for k, r in enumerate(rules) if (r.when.must | r.when.never) & OTHERS_MASK}
        columns = [self._column(rule, hits) for rule in rules]
        # The part of a relying rule that hangs on the line alone: it is joined to the rest when that is known.
        self._own = {k: columns[k] for k in self.asks}
        self._columns = [
            sparse.csc_matrix(np.zeros((len(lines.bits), 1)) if k in self.asks else column[:, None])
            for k, column in enumerate(columns)
        ]
        self._plain = sparse.hstack(self._columns).tocsr()

    def given_too(self, more: NDArray[np.float64]) -> Court:
        """The same court with more given for each line."""
        other = copy(self)
        other.given = self.given + more
        return other

    def plain(self) -> sparse.csr_matrix:
        """The features of all lines, those empty that hang on other lines."""
        return sparse.hstack([self._plain, np.ones((len(self.given), 1))]).tocsr()

    def settle(
        self, scores: NDArray[np.float64], which: NDArray[np.int64], factor: NDArray[np.float64] | float = 1.0
    ) -> tuple[NDArray[np.float64], Spoken]:
        """Judge all lines.

        Args:
            scores: one row for each set of scores, in the order of the rules.
            which: for each line, by which of these it is judged.
            factor: of what each line needs to go.

        Returns what each line weighs in the end of what it needs (1: as much; none of those that are spared), and where each rule that hangs on other lines speaks by then.
        """
        lines = self.lines
        alone = self.given.copy()
        for k, row in enumerate(scores):
            part = np.flatnonzero(which == k)
            alone[part] += self._plain[part] @ row
        others = np.zeros((len(_OTHERS), len(alone)), dtype=bool)
        others[: len(AROUND)] = self._around(np.where(lines.sure, HIGH, np.clip(alone, LOW, HIGH)))
        gone = lines.sure.copy()
        needs = np.where(lines.spared, np.inf, self.needs)
        for sweep in range(_SWEEPS):
            spoken = {k: self._own[k] * _holds(asked, others) for k, asked in self.asks.items()}
            z = alone.copy()
            for k, column in spoken.items():
                at = np.flatnonzero(column)
                z[at] += scores[which[at], k] * column[at]
            before = gone.sum()
            gone |= z >= needs * factor
            if gone.sum() == before and sweep:
                break
            others[len(AROUND) :] = self._context(gone)
        return z / needs, spoken

    def features(self, spoken: Spoken) -> sparse.csr_matrix:
        """The features of all lines when everything is settled: one column for each rule, and a constant."""
        columns = [
            sparse.csc_matrix(spoken[k][:, None]) if k in spoken else column for k, column in enumerate(self._columns)
        ]
        return sparse.hstack([*columns, np.ones((len(self.given), 1))]).tocsr()

    def _column(self, rule: Rule, hits: dict[str, list[tuple[int, float]]]) -> NDArray[np.float64]:
        """How far a rule speaks on each line, as far as that hangs on the line and its document alone."""
        out = np.zeros(len(self._table))
        if rule.match:
            for number, share in hits.get(rule.id, ()):
                out[number] = share
            return out
        column = np.ones(len(self._table), dtype=bool)
        for k in range(len(BITS)):
            if k != _PAGE and (not OTHERS_MASK >> k & 1 or _TOPIC >> k & 1):
                if rule.when.must >> k & 1:
                    column &= self._table[:, k]
                if rule.when.never >> k & 1:
                    column &= ~self._table[:, k]
        if rule.when.must >> _PAGE & 1:
            return column * self.lines.page
        if rule.when.never >> _PAGE & 1:
            return column * (1 - self.lines.page)
        return column.astype(float)

    def _around(self, weights: NDArray[np.float64]) -> NDArray[np.bool_]:
        found: list[int] = []
        for start, end in zip(self._starts, [*self._starts[1:], len(weights)], strict=True):
            found += surroundings(weights[start:end].tolist())
        packed = np.array([bits // _LOWEST for bits in found], dtype=np.int64)
        return np.array([packed >> k & 1 for k in range(len(AROUND))], dtype=bool)

    def _context(self, gone: NDArray[np.bool_]) -> NDArray[np.bool_]:
        document = self.lines.document

        def beside(step: int) -> NDArray[np.bool_]:
            out = np.zeros(len(gone), dtype=bool)
            here, there = (
                (slice(-step, None), slice(None, step)) if step < 0 else (slice(None, -step), slice(step, None))
            )
            out[here] = gone[there] & (document[here] == document[there])
            return out

        prev, prev2, after, after2 = beside(-1), beside(-2), beside(1), beside(2)
        near = sum(beside(k).astype(int) for k in range(-_NEAR, _NEAR + 1) if k) >= _NEAR
        head, tail = np.zeros(len(gone), dtype=bool), np.zeros(len(gone), dtype=bool)
        for start, end in zip(self._starts, [*self._starts[1:], len(gone)], strict=True):
            kept = np.flatnonzero(~gone[start:end])
            head[start : start + (kept[0] + 1 if len(kept) else end - start)] = True
            tail[start + (kept[-1] if len(kept) else 0) : end] = True
        return np.array([prev, after, prev & prev2, after & after2, tail, head, near])


_LOWEST = BITS[next(iter(AROUND))]
_PAGE = list(BITS).index("page")
# Signals of topic hang on other lines, but not on what becomes of them: they are among a line's own bits.
_TOPIC = BITS["foreign"] | BITS["topical"]


def _asked(rule: Rule) -> tuple[list[int], list[int]]:
    """Which of `_OTHERS` a rule asks for, and which it asks not to hold."""
    return (
        [k for k, name in enumerate(_OTHERS) if rule.when.must & BITS[name]],
        [k for k, name in enumerate(_OTHERS) if rule.when.never & BITS[name]],
    )


def _holds(asked: tuple[list[int], list[int]], others: NDArray[np.bool_]) -> NDArray[np.bool_]:
    must, never = asked
    column = np.ones(others.shape[1], dtype=bool)
    for k in must:
        column &= others[k]
    for k in never:
        column &= ~others[k]
    return column
