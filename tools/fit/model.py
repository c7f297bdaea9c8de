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

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from cleaner.around import HIGH, LOW, surroundings
from cleaner.rule import Rule
from cleaner.signals import AROUND, BITS, OTHERS_MASK
from tools.fit.gather import FOLDS, Lines

# What a body line lost weighs against one boilerplate line left, while weights are found: so much for each of its
# words, and so much for there being a line lost at all (a reader misses a heading of two words, too). The limit then
# sets the price that is really paid.
BODY_WORD, BODY_LINE = 0.25, 4.0
# The share of body words that may be lost in extracts, and in dumps.
LOST_EXTRACT, LOST_DUMP = 0.00045, 0.005
# The rule that tells a dump.
PAGE = "shape/any/page"
# On dumps of whole pages: the reference itself is less certain there, and the bound that users set is wider (but a title
# is as dear there as everywhere).
DUMP_BODY, DUMP_LINE = 0.12, 0.5
PRIOR = 20.0
# Weights on which priors are given, before the threshold is known: about what the fit finds.
SCALE = 5.5
_CONTEXT = ("prev-dropped", "next-dropped", "prev2-dropped", "next2-dropped", "tail-open", "head-open", "many-near-dropped")
_OTHERS = (*AROUND, *_CONTEXT)
_NEAR = 4
# How often weights are found again with what lines around weigh by the last ones.
_ROUNDS = 2


@dataclass
class Trial:
    """Weights, and what they give for each line.

    Attributes:
        weights: one for each rule, and the bias last.
        z: the evidence for each line.
    """

    weights: NDArray[np.float64]
    z: NDArray[np.float64]


def hold_out(lines: Lines, rules: Sequence[Rule], given: NDArray[np.float64]) -> NDArray[np.float64]:
    """The evidence for each line by weights that were fitted without its domain's fold."""
    z = np.zeros(len(lines.bits))
    for fold in range(FOLDS):
        held = lines.fold == fold
        z[held] = fit(lines, rules, given, ~held).z[held]
    return z


def fit(lines: Lines, rules: Sequence[Rule], given: NDArray[np.float64], use: NDArray[np.bool_]) -> Trial:
    """Fit the weights of `rules` on the lines of `use`, neighbours' verdicts included.

    First without the signals of what other lines weigh and of their verdicts; the lines that go by that, and what each
    weighs by itself, give those signals their values, and all weights are found again.

    Args:
        lines: the corpus.
        rules: the rules whose weights are to be found.
        given: what the rules that are not fitted say of each line; see `fixed`.
        use: which lines to learn from.
    """
    plain = columns(lines, rules, np.zeros((len(lines.bits), len(_OTHERS)), dtype=bool))
    trial = _solve(lines, plain, rules, given, use)
    alone = np.array([not (r.when.must | r.when.never) & OTHERS_MASK for r in rules] + [False])
    for _ in range(_ROUNDS):
        extract, dump = limits(lines, trial.z, use)
        gone = lines.sure | (trial.z >= np.where(lines.extract, extract, dump))
        page = np.array([r.id == PAGE for r in rules] + [False]) * (extract - dump)
        weights = (plain @ np.where(alone, trial.weights + page, 0.0) + given) / SCALE
        weights = np.where(lines.sure, HIGH, np.clip(weights, LOW, HIGH))
        full = columns(lines, rules, np.hstack([around(lines, weights), context(lines, gone)]))
        trial = _solve(lines, full, rules, given, use)
    return trial


def fixed(lines: Lines, rules: Sequence[Rule]) -> NDArray[np.float64]:
    """What `rules`, whose scores are not fitted (sure ones, and those of form that protect), say of each line."""
    scores = {r.id: r.score for r in rules if r.match}
    forms = [(r.when.must, r.when.never, r.score) for r in rules if not r.match]
    return SCALE * np.array(
        [
            sum(scores.get(rule, 0.0) for rule in found)
            + sum(score for must, never, score in forms if bits & must == must and not bits & never)
            for bits, found in zip(lines.bits, lines.found, strict=True)
        ]
    )


def columns(lines: Lines, rules: Sequence[Rule], others: NDArray[np.bool_]) -> sparse.csr_matrix:
    """One column for each rule: the lines where it speaks; the last column is the bias.

    `others` has the signals that hang on other lines, in the order of `_OTHERS`.
    """
    names = list(BITS)
    table = np.array([[bits >> k & 1 for k in range(len(names))] for bits in lines.bits], dtype=bool)
    for column, name in enumerate(_OTHERS):
        table[:, names.index(name)] = others[:, column]
    hits: dict[str, list[int]] = {}
    for number, found in enumerate(lines.found):
        for rule in dict.fromkeys(found):
            hits.setdefault(rule, []).append(number)
    out = []
    for rule in rules:
        if rule.match:
            column = np.zeros(len(lines.bits), dtype=bool)
            column[hits.get(rule.id, [])] = True
        else:
            column = np.ones(len(lines.bits), dtype=bool)
            for k in range(len(names)):
                if rule.when.must >> k & 1:
                    column &= table[:, k]
                if rule.when.never >> k & 1:
                    column &= ~table[:, k]
        out.append(sparse.csc_matrix(column[:, None].astype(np.float64)))
    out.append(sparse.csc_matrix(np.ones((len(lines.bits), 1))))
    return sparse.hstack(out).tocsr()


def around(lines: Lines, weights: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The signals of what the lines around weigh, in the order of `AROUND`, where lines weigh `weights` by themselves."""
    edges = np.flatnonzero(np.diff(lines.document)) + 1
    found: list[int] = []
    for start, end in zip([0, *edges], [*edges, len(weights)], strict=True):
        found += surroundings(weights[start:end].tolist())
    return np.array([[bits & BITS[name] for name in AROUND] for bits in found], dtype=bool)


def context(lines: Lines, gone: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The signals of neighbours' verdicts, in the order of `_CONTEXT`, were the lines of `gone` to go."""

    def beside(step: int) -> NDArray[np.bool_]:
        out = np.zeros(len(gone), dtype=bool)
        a, b = (slice(-step, None), slice(None, step)) if step < 0 else (slice(None, -step), slice(step, None))
        if step < 0:
            out[b] = gone[a] & (lines.document[b] == lines.document[a])
            return out
        out[a] = gone[b] & (lines.document[a] == lines.document[b])
        return out

    prev, prev2, after, after2 = beside(-1), beside(-2), beside(1), beside(2)
    near = sum(beside(k).astype(int) for k in range(-_NEAR, _NEAR + 1) if k) >= _NEAR
    head, tail = np.zeros(len(gone), dtype=bool), np.zeros(len(gone), dtype=bool)
    edges = np.flatnonzero(np.diff(lines.document)) + 1
    for start, end in zip([0, *edges], [*edges, len(gone)], strict=True):
        kept = np.flatnonzero(~gone[start:end])
        head[start : start + (kept[0] + 1 if len(kept) else end - start)] = True
        tail[start + (kept[-1] if len(kept) else 0) : end] = True
    return np.column_stack([prev, after, prev & prev2, after & after2, tail, head, near])


def limits(lines: Lines, z: NDArray[np.float64], use: NDArray[np.bool_]) -> tuple[float, float]:
    """The least evidence at which a line may go so that the share of body words lost stays within its bound.

    Returns one for extracts and one for dumps of whole pages.
    """
    return _limit(lines, z, use & lines.extract, LOST_EXTRACT), _limit(lines, z, use & ~lines.extract, LOST_DUMP)


def _limit(lines: Lines, z: NDArray[np.float64], use: NDArray[np.bool_], share: float) -> float:
    body = use & (lines.label == 1)
    allowed = share * lines.words[body].sum() - lines.words[body & lines.sure].sum()
    open_ = np.flatnonzero(body & ~lines.sure)
    order = open_[np.argsort(-z[open_])]
    lost = np.cumsum(lines.words[order])
    k = int(np.searchsorted(lost, max(allowed, 0), side="right"))
    return float(z[order[k]]) + 1e-6 if k < len(order) else -np.inf


def scores(trial: Trial, limit: tuple[float, float], rules: Sequence[Rule]) -> list[float]:
    """The weights of `trial` on the scale of scores: what adds up to the limit adds up to 1.

    Args:
        trial: the weights.
        limit: the limits of extracts and of dumps. The rule that a document is a whole page makes up for what is
            between them, so that one threshold serves both.
        rules: the rules, in the order of the weights.
    """
    extract, dump = limit
    weights = trial.weights[:-1] + np.array([extract - dump if r.id == PAGE else 0.0 for r in rules])
    # A pack with a score of 0 does not load; the report names the rules that say next to nothing.
    return [round(float(w) / (extract - float(trial.weights[-1])), 3) or 0.001 for w in weights]


def _solve(
    lines: Lines, x: sparse.csr_matrix, rules: Sequence[Rule], given: NDArray[np.float64], use: NDArray[np.bool_]
) -> Trial:
    rows = use & ((lines.label >= 0) | lines.title) & ~lines.sure
    junk = lines.label[rows] == 0
    dump = ~lines.extract[rows]
    cost = np.where(
        junk,
        2.0 * np.where(dump, DUMP_LINE, 1),
        2.0 * (BODY_LINE + BODY_WORD * lines.words[rows]) * np.where(dump & ~lines.title[rows], DUMP_BODY, 1),
    )
    part, sign, offset, cost = _collapsed(x[rows], np.where(junk, 1.0, -1.0), given[rows], cost)
    prior = np.array([r.score * SCALE if r.match else 0.0 for r in rules] + [0.0])
    pull = np.array([PRIOR] * len(rules) + [0.0])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (part @ w + offset)
        value = float(cost @ np.logaddexp(0, -margin) + 0.5 * pull @ (w - prior) ** 2)
        slope = -cost * sign / (1 + np.exp(np.clip(margin, -60, 60)))
        return value, part.T @ slope + pull * (w - prior)

    # A hint may weigh next to nothing, but never turn round: its author said which way it points.
    bounds = [(None, None) if not r.match else (0.1, None) if r.score > 0 else (None, -0.1) for r in rules]
    found = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)], options={"maxiter": 120})
    return Trial(found.x, np.asarray(x @ found.x) + given)


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
