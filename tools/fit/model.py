"""The fit: a logistic regression over rules, with the hand-made scores as its prior.

Each weak rule is one yes-or-no feature. The evidence of a line, z = bias + the sum of its rules' weights, is the log
odds that it is boilerplate, under costs that make a body word dear. Scores are these weights on the scale on which
no evidence is 0 and the standard level's threshold is 1. The prior pulls each weight to the score that its author
gave it (0 for rules of form), so a rule that the data hardly shows keeps its author's judgement (MAP estimate; the
idea of fitted rule scores is SpamAssassin's).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from cleaner.judging.engine import THRESHOLDS
from cleaner.rules.rule import Rule
from tools.fit.gather import FOLDS, Lines
from tools.fit.settle import Court

# What a body line lost weighs against one boilerplate line left, while weights are found: so much for each of its
# words, and so much for there being a line lost at all (a reader misses a heading of two words, too). The limit then
# sets the price that is really paid.
BODY_WORD, BODY_LINE = 0.25, 4.0
# The share of body words that may be lost in extracts, and in dumps.
LOST_EXTRACT, LOST_DUMP = 0.00043, 0.0042
# The rule that tells a dump.
PAGE = "shape/any/page"
# On dumps of whole pages: the reference itself is less certain there, and the bound that users set is wider (but a title
# is as dear there as everywhere).
DUMP_BODY, DUMP_LINE = 0.3, 0.6
PRIOR = 20.0
# What the standard level asks for.
THRESHOLD = THRESHOLDS["standard"]
# Weights on which priors are given, before the threshold is known: about what the fit finds.
SCALE = 5.5
# Where the search for the scale begins.
_UNIT = 6.1
# How often weights are found again with what lines weigh for each other by the last ones.
_ROUNDS = 3
# How closely thresholds are looked for, and how often.
_NEAR_ENOUGH, _TRIES = 0.02, 8
_HINT = 0.95


class Scale(NamedTuple):
    """How evidence in log odds becomes scores.

    Attributes:
        unit: the log odds, above those of a line of which nothing is known, that make a score of 1.
        page: the log odds that are added on whole pages, so that one threshold serves them and extracts.
    """

    unit: float
    page: float


@dataclass
class Trial:
    """Weights, and what they give for each line.

    Attributes:
        weights: one for each rule, and the bias last.
        z: the evidence for each line.
    """

    weights: NDArray[np.float64]
    z: NDArray[np.float64]


def hold_out(court: Court, rules: Sequence[Rule]) -> list[Trial]:
    """For each fold of the domains, the weights that were fitted without it."""
    return [fit(court, rules, court.lines.fold != fold) for fold in range(FOLDS)]


def fit(court: Court, rules: Sequence[Rule], use: NDArray[np.bool_]) -> Trial:
    """Fit the weights of `rules` on the lines of `use`.

    First the rules that concern a line by itself, without the others. Then, with those weights as they are, the rules
    that hang on other lines, a few times over, with what they say when a corpus is judged by the weights found last.
    (Found all together, the two kinds feed on each other: a line weighs less by itself, so its neighbours know less of
    it, and so on.)
    """
    relying = np.array([k in court.asks for k in range(len(rules))])
    prior = np.array([r.score * SCALE if r.match else 0.0 for r in rules] + [0.0])
    first = trial = _solve(court, court.plain(), rules, use, ~relying, np.where([*relying, False], 0.0, prior))
    for _ in range(_ROUNDS):
        extract, dump = (_limit(court.lines, trial.z, use & part, share) for part, share in _bounds(court.lines))
        scale = Scale((extract - float(trial.weights[-1])) / THRESHOLD, extract - dump)
        _, spoken = court.settle(scores(trial, scale, rules)[None], np.zeros(len(trial.z), dtype=np.int64))
        trial = _solve(court, court.features(spoken), rules, use, relying, first.weights)
    return trial


def fixed(lines: Lines, rules: Sequence[Rule]) -> NDArray[np.float64]:
    """What `rules`, whose scores are not fitted (sure ones, and those of form that protect), say of each line."""
    scores = {r.id: r.score for r in rules if r.match}
    forms = [(r.when.must, r.when.never, r.score) for r in rules if not r.match]
    return np.array(
        [
            sum(scores.get(rule, 0.0) * share for rule, share in found)
            + sum(score for must, never, score in forms if bits & must == must and not bits & never)
            for bits, found in zip(lines.bits, lines.found, strict=True)
        ]
    )


def calibrated(court: Court, trials: Sequence[Trial], rules: Sequence[Rule]) -> tuple[Scale, NDArray[np.float64]]:
    """The scale on which a threshold of 1 keeps the body words lost on held-out domains within their bounds.

    Args:
        court: holds the corpus.
        trials: for each fold, the weights that were fitted without it.
        rules: the rules, in the order of the weights.

    Returns the scale, and what each line weighs on it when all is settled.
    """
    lines = court.lines
    scale = Scale(_UNIT, 0.0)
    for _ in range(_TRIES):
        found = np.array([scores(t, scale, rules) for t in trials])
        # While a threshold is looked for, what lines weigh for each other stays; then it is made the unit.
        threshold = _threshold(court, found, None, *_bounds(lines)[0])
        page = _threshold(court, found, threshold, *_bounds(lines)[1])
        print(
            f"scale {scale.unit:.2f}, whole pages {scale.page:+.2f}: thresholds {threshold:.3f}, {page:.3f}", flush=True
        )
        if abs(threshold - 1) < _NEAR_ENOUGH and abs(page - 1) < _NEAR_ENOUGH:
            break
        # By half the way: what lines weigh for each other hangs on the scale, and the whole way may overshoot.
        scale = Scale(scale.unit * threshold**0.5, scale.page + (threshold - page) / 2 * THRESHOLD * scale.unit)
    z, _ = court.settle(np.array([scores(t, scale, rules) for t in trials]), lines.fold)
    return scale, z


def scores(trial: Trial, scale: Scale, rules: Sequence[Rule]) -> NDArray[np.float64]:
    """The weights of `trial` as scores. A hint that reached 1 would be sure, and no longer a hint."""
    found = (trial.weights[:-1] + np.array([scale.page if r.id == PAGE else 0.0 for r in rules])) / scale.unit
    return np.array([min(x, _HINT) if r.match else x for x, r in zip(found, rules, strict=True)])


def _threshold(
    court: Court, found: NDArray[np.float64], elsewhere: float | None, part: NDArray[np.bool_], share: float
) -> float:
    """The threshold (that of whole pages, if there is one `elsewhere`) at which `part` loses no more than `share`."""
    lines = court.lines
    body = part & (lines.label == 1)
    low, high = 0.5, 1.5
    while high - low > _NEAR_ENOUGH / 4:
        middle = (low + high) / 2
        factor = np.where(lines.page > 0, middle, middle if elsewhere is None else elsewhere)
        z, _ = court.settle(found, lines.fold, factor)
        lost = lines.words[body & (lines.sure | (z >= factor))].sum() / lines.words[body].sum()
        low, high = (middle, high) if lost > share else (low, middle)
    return high


def _bounds(lines: Lines) -> tuple[tuple[NDArray[np.bool_], float], ...]:
    return (lines.extract, LOST_EXTRACT), (~lines.extract, LOST_DUMP)


def _limit(lines: Lines, z: NDArray[np.float64], use: NDArray[np.bool_], share: float) -> float:
    body = use & (lines.label == 1)
    allowed = share * lines.words[body].sum() - lines.words[body & lines.sure].sum()
    open_ = np.flatnonzero(body & ~lines.sure & ~lines.spared)
    order = open_[np.argsort(-z[open_])]
    lost = np.cumsum(lines.words[order])
    k = int(np.searchsorted(lost, max(allowed, 0), side="right"))
    return float(z[order[k]]) + 1e-6 if k < len(order) else -np.inf


def _solve(
    court: Court,
    x: sparse.csr_matrix,
    rules: Sequence[Rule],
    use: NDArray[np.bool_],
    free: NDArray[np.bool_],
    start: NDArray[np.float64],
) -> Trial:
    """Find the weights of the rules that are `free`, and the bias, the others being as in `start`; it is the prior."""
    lines, given = court.lines, SCALE * (court.given - court.needs + THRESHOLD)
    rows = use & ((lines.label >= 0) | lines.title) & ~lines.sure & ~lines.spared
    junk = lines.label[rows] == 0
    dump = ~lines.extract[rows]
    cost = np.where(
        junk,
        2.0 * np.where(dump, DUMP_LINE, 1),
        2.0 * (BODY_LINE + BODY_WORD * lines.words[rows]) * np.where(dump & ~lines.title[rows], DUMP_BODY, 1),
    )
    found = np.flatnonzero([*free, True])
    held = np.setdiff1d(np.arange(len(start)), found)
    offset = given[rows] + x[rows][:, held] @ start[held]
    part, sign, offset, cost = _collapsed(x[rows][:, found].tocsr(), np.where(junk, 1.0, -1.0), offset, cost)
    prior = start[found]
    pull = np.array([PRIOR] * (len(found) - 1) + [0.0])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (part @ w + offset)
        value = float(cost @ np.logaddexp(0, -margin) + 0.5 * pull @ (w - prior) ** 2)
        slope = -cost * sign / (1 + np.exp(np.clip(margin, -60, 60)))
        return value, part.T @ slope + pull * (w - prior)

    # A hint may weigh next to nothing, but never turn round: its author said which way it points.
    bounds = [(None, None) if not r.match else (0.1, None) if r.score > 0 else (None, -0.1) for r in rules]
    bounds = [*bounds, (None, None)]
    best = minimize(
        loss, prior, jac=True, method="L-BFGS-B", bounds=[bounds[k] for k in found], options={"maxiter": 150}
    )
    weights = start.copy()
    weights[found] = best.x
    return Trial(weights, np.asarray(x @ weights) + given)


def _collapsed(
    x: sparse.csr_matrix, sign: NDArray[np.float64], offset: NDArray[np.float64], cost: NDArray[np.float64]
) -> tuple[sparse.csr_matrix, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """One row for all lines on which the same rules speak and that have the same label; their costs added up."""
    seen: dict[tuple[float, float, bytes], int] = {}
    first: list[int] = []
    sums: list[float] = []
    for i in range(x.shape[0]):
        key = (sign[i], offset[i], x.indices[x.indptr[i] : x.indptr[i + 1]].tobytes())
        at = seen.setdefault(key, len(first))
        if at == len(first):
            first.append(i)
            sums.append(0.0)
        sums[at] += cost[i]
    return x[first], sign[first], offset[first], np.array(sums)
