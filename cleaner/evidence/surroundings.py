"""What the lines around a line weigh together: the score that they have by themselves, averaged over three reaches.

Boilerplate comes in stretches, and so does an article. The idea of a second pass that looks at neighbours is jusText's
(Pomikálek 2011); that it should look at what they weigh, and not only at their verdicts, is what our data showed.
"""

from __future__ import annotations

from itertools import accumulate

from cleaner.text.signals import BITS as B

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

# One line is no more than just out of question, or just in: else a single loud one would outvote all the others.
LOW, HIGH = -1.0, 1.5
_LEVELS = ((0.9, "90"), (0.6, "60"), (0.3, "30"), (0.0, "0"))


def _levels(name: str) -> tuple[tuple[float, int], ...]:
    """From the highest: a mean, and the bits of all levels that it reaches."""
    return tuple((least, sum(B[f"{name}-{level}"] for low, level in _LEVELS if low <= least)) for least, _ in _LEVELS)


REACHES = ((2, _levels("beside")), (5, _levels("around")), (10, _levels("region")))


def surroundings(scores: Sequence[float]) -> list[int]:
    """The `AROUND` signals of each line, as bits.

    Args:
        scores: what each of a document's non-blank lines weighs by itself, between `LOW` and `HIGH`.
    """
    n = len(scores)
    out = [0] * n
    if n == 1:
        return out
    sums = list(accumulate(scores, initial=0.0))
    for reach, levels in REACHES:
        # Sums up to the end of each line's reach, less those before it; at the edges of a document it is shorter.
        ends = sums[reach + 1 :] + sums[-1:] * min(reach, n)
        starts = [0.0] * min(reach, n) + sums[: max(n - reach, 0)]
        for i, (end, start, own) in enumerate(zip(ends, starts, scores, strict=False)):
            left = i if i < reach else reach
            right = n - 1 - i
            mean = (end - start - own) / (left + (right if right < reach else reach))
            for least, bits in levels:
                if mean >= least:
                    out[i] |= bits
                    break
    return out
