"""How often Python looks for garbage while texts are cleaned: seldom, since hardly any object of a text is part of a circle."""

from __future__ import annotations

import gc

# Objects made between two looks at the youngest, and how many such looks between those at the older ones. Python's own 700
# made a look at each few lines of text, which took a sixth of the time.
_THRESHOLDS = (50_000, 20, 100)


def collect_seldom() -> None:
    """For a process that does nothing else than clean: leave what is there alone, and look seldom among what comes."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    gc.enable()
