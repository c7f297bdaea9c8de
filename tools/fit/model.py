"""The fit: what weak rules are to weigh, with the scores that they have as its prior.

A line goes where its scores sum up to what it must weigh. The fit counts, at that very edge, boilerplate lines left and
body lines lost, the latter dearer by their words, each by a smooth step (a logistic function of the sum) in place of a
sharp one; a logistic regression, which asks of all lines that they lie on the right side by far, does worse where hardly a
body line may go. The prior pulls each score to the one it has, so that a rule that the data hardly shows keeps its
author's judgement (the idea of fitted rule scores is SpamAssassin's).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from cleaner.rules.rule import Rule
from tools.fit.gather import Lines, Texts

Scores: TypeAlias = NDArray[np.float64]
Chosen: TypeAlias = NDArray[np.bool_]

# What a body line lost weighs against one boilerplate line left: so much for there being one, and so much for each of its words.
BODY_LINE, BODY_WORD = 2.0, 0.12
# The same on dumps of whole pages, which have more lines, and whose references are less certain, by these shares.
DUMP_BODY, DUMP_LINE = 1.4, 0.3
# A line of a short text, such as people paste, weighs so many of a page, of which there are ever more.
PIECE = 3.0
# Among lines of its page a body line of a short text weighs so much more than that, and what is no body so much less: it is the page's
# own, which counts there already.
FURNISHED_BODY, FURNISHED_LINE = 2.0, 0.2
# A page of so many texts counts as the square root of so many: they differ, but not as those of other pages do.
COPIES = 0.5
# How fast the smooth step rises: at a score of 0.25 above the edge a line is gone by seven eighths.
STEEP = 8.0
PRIOR = 800.0
# A hint with a score of 1 would be sure, and one of 0 does not load.
MOST, LEAST = 0.95, 0.02
_ROUNDS = 50


def fit(states: Sequence[Lines], texts: Texts, rules: Sequence[Rule], use: Chosen) -> tuple[Scores, float]:
    """Fit the scores of `rules`.

    Args:
        states: the corpus as several scores left it. A line counts in each: what its neighbours are when it is weighed
            hangs on the scores themselves, and those that do well in one state only make another.
        texts: its documents.
        rules: the rules.
        use: of each document, whether it is used.

    Returns the scores, and how much higher than now they want the threshold.
    """
    parts = [_part(lines, texts, use, len(states)) for lines in states]
    shares = sparse.vstack([part[0] for part in parts]).tocsr()
    rest, sign, cost = (np.concatenate([part[k] for part in parts]) for k in (1, 2, 3))
    columns = shares.T.tocsr()
    prior = np.array([rule.score for rule in rules])

    def loss(found: Scores) -> tuple[float, Scores]:
        scores, threshold = found[:-1], found[-1]
        wrong = 1 / (1 + np.exp(np.clip(STEEP * sign * (shares @ scores + rest - threshold), -60, 60)))
        moved = scores - prior
        slope = -STEEP * cost * sign * wrong * (1 - wrong)
        return float(cost @ wrong + PRIOR / 2 * moved @ moved), np.append(columns @ slope + PRIOR * moved, -slope.sum())

    bounds = [*(_bounds(rule) for rule in rules), (-1.0, 1.0)]
    start = np.append(prior, 0.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": _ROUNDS}).x
    return found[:-1], float(found[-1])


def _part(
    lines: Lines, texts: Texts, use: Chosen, states: int
) -> tuple[sparse.csr_matrix, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Of one of so many states the shares, the rest, the sign (1: boilerplate) and the cost of each line that is used."""
    rows = use[lines.document]
    body = lines.label[rows] == 1
    dump = ~texts.extract[lines.document[rows]]
    cost = np.where(
        body,
        (BODY_LINE + BODY_WORD * lines.words[rows]) * np.where(dump & ~lines.titles[rows], DUMP_BODY, 1.0),
        np.where(dump, DUMP_LINE, 1.0),
    )
    cost *= np.where(texts.furnished[lines.document[rows]], np.where(body, FURNISHED_BODY, FURNISHED_LINE), 1.0)
    cost *= (
        np.where(texts.piece[lines.document[rows]], PIECE, 1.0) * texts.copies[lines.document[rows]] ** -COPIES / states
    )
    return lines.shares[rows], lines.rest[rows], np.where(body, -1.0, 1.0), cost


def _bounds(rule: Rule) -> tuple[float, float]:
    """Between what its score may be. A hint never turns round: its author said which way it points."""
    if not rule.match:
        return -MOST, MOST
    low, high = (LEAST, MOST) if rule.score > 0 else (-MOST, -LEAST)
    return min(low, rule.score), max(high, rule.score)
