"""Compiled patterns as plain data, good only for a Python that compiles patterns to the same code.

That is the very Python that compiled them, and as a rule every other patch level of it.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import sys

from cleaner.fast.cache import digest

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re

# A compiled pattern: source, flags, code (as bytes), the number of groups, and their names.
Code = tuple[str, int, bytes, int, dict[str, int]]
# Which Python compiled, and the digest of what it makes of `_TOUCHSTONES`.
Compiler = tuple[int, bytes]

# Patterns of all the makes that packs and modules have.
_TOUCHSTONES = (
    r"^(?:ab|ac[d-f]|\w+?\d{2,3})(?P<twice>x|yz)*(?P=twice)$",
    r"(?<![^\W_])(?=.{0,40}\b(?:one|two)\b)(?!three)[^.!?]{2,}? ?(?<=[.…])\Z",
    r"(?i:straße|ſ|[a-zà-ÿ]+)\s*(?(1)a|b)?()|(?:)",
    "[\u3040-\u30ff\u4e00-\u9fa5\u2190-\u23ff»›+|-]+?[\\S\\D_]|\\B.",
)


def compiler() -> Compiler:
    """What this Python makes of patterns, to be kept beside those that it compiled."""
    from re import _compiler, _parser  # type: ignore[attr-defined]  # late: a plain start has no use for it

    trees = [_parser.parse(source, flags) for source in _TOUCHSTONES for flags in (0, 2)]  # 2: without case
    return sys.hexversion, digest(
        repr([list(map(int, _compiler._code(tree, tree.state.flags))) for tree in trees]).encode()
    )


def is_good(made_by: Compiler) -> bool:
    """Whether code that `made_by` compiled is what this Python would make of the same patterns."""
    return made_by[0] == sys.hexversion or made_by[1] == compiler()[1]


def thawed(code: Code) -> re.Pattern[str]:
    """The pattern of what `cleaner.fast.prepare` made of it, in this Python. Nothing else may come here: see `cache`."""
    source, flags, words, groups, names = code
    index: list[str | None] = [None] * (groups + 1)
    for name, group in names.items():
        index[group] = name
    pattern: re.Pattern[str] = _sre.compile(
        source, flags, memoryview(words).cast("I").tolist(), groups, names, tuple(index)
    )
    return pattern
