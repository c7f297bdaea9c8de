"""What programs are made of (`core/run.h`)."""

from __future__ import annotations

from enum import IntEnum, auto


class Do(IntEnum):
    """Instructions. Checked against `core/run.h` by tests/fast/test_programs.py."""

    MATCH = 0
    CHAR = auto()  # symbol
    TEXT = auto()  # how many, symbols
    SET = auto()  # set
    SPLIT = auto()  # where to go on if what follows fails
    SPLIT_LATER = auto()  # where to go on; if that fails, here
    JUMP = auto()  # where to
    RUN = auto()  # set, least, most: as many as can be
    RUN_LAZY = auto()  # as few
    RUN_KEPT = auto()  # as many, for good
    START = auto()
    END = auto()
    LAST = auto()
    EDGE = auto()
    NO_EDGE = auto()
    LOOK = auto()  # 1: it must not match; how many symbols back; where to go on. What is looked for follows
    KEEP = auto()  # where to go on. What is matched for good follows
    CASE = auto()  # symbol, where to go on if that is not here; if it is, for good
    OR_CHAR = auto()  # symbol, where to go on if it is not here, or what follows fails
    OR_SET = auto()  # set, the same; the character is not taken
    SWITCH = auto()  # how many, where to go on if none of them is here, and of each a symbol and where to go on, in the order of symbols: the one that is here is taken, for good
    COUNT = auto()  # counter: it begins at none
    AGAIN = auto()  # counter, least, most, where to go on: once more if need be or if it can be, as often as can be
    AGAIN_LAZY = auto()  # the same, as seldom
