"""The pattern linter: refuses what could take long on a hostile line, or does not mean what it says."""

from __future__ import annotations

from cleaner.rules.ambiguity import overlaps
from cleaner.rules.syntax import ENDLESS, REPEATS, At, BackReferenceError, Op, Tree, UnreadError, inner, read, width

# A bounded repeat up to this many is as cheap as text; wider ones multiply when they meet in one pattern.
NARROW = 40
MAX_WIDE = 4
# So often alternatives that overlap may be repeated: each time the ways to read a text may be twice as many.
MAX_CHOICES = 20
_ANCHORS = {At.START, At.END, At.LAST}


def problems(pattern: str) -> list[str]:
    """What is wrong with `pattern` (which must compile under `regex`), each as a reason for a person; empty if safe.

    A pattern that uses more of `regex` than `cleaner.rules.syntax` reads is refused, since nothing can be said of it.
    """
    try:
        tree = read(pattern)
    except BackReferenceError as e:
        return [str(e)]
    except UnreadError as e:
        return [f"uses syntax that cannot be checked for safety ({e})"]
    return problems_of(tree)


def problems_of(tree: Tree) -> list[str]:
    """The same of a pattern that was read."""
    found: list[str] = []
    if _ungrouped(tree):
        found.append("an alternation beside an anchor is not grouped: write ^(?:a|b)$")
    unbounded, wide = _walk(tree, found)
    if not found and overlaps(tree, MAX_CHOICES):
        found.append(
            "alternatives under a repeat overlap, as in (?:a|aa)+: make each begin otherwise, or leave out what others make up"
        )
    if unbounded > 1:
        found.append(f"{unbounded} unbounded repeats; at most one may stand in a pattern: bound them, as in .{{0,80}}")
    if unbounded + wide > MAX_WIDE:
        found.append(f"{unbounded + wide} wide repeats in a row (over {NARROW}); at most {MAX_WIDE}")
    return found


def _ungrouped(tree: Tree) -> bool:
    if len(tree) != 1 or tree[0][0] is not Op.BRANCH:
        return False
    first = tree[0][1][0][:1]
    if first and all(item[:1] == first for item in tree[0][1]):
        return False  # each says where it stands
    anchors = [frozenset(of for op, of in item if op is Op.AT and of in _ANCHORS) for item in tree[0][1]]
    return len(set(anchors)) > 1


def _walk(tree: Tree, found: list[str]) -> tuple[int, int]:
    """Count (unbounded, wide) repeats on the worst path through `tree`."""
    unbounded = wide = 0
    for op, of in tree:
        if op in REPEATS:
            _, most, body = of
            u, w = _walk(body, found)
            unbounded, wide = unbounded + u, wide + w
            if most <= 1:
                continue
            # The view folds spaces, so a run of them is one character however it is written.
            is_unbounded = most >= ENDLESS and not _is_space(body)
            if (is_unbounded or most > 8) and (u or w):
                found.append("a repeat inside a repeat can take exponential time")
            if is_unbounded and width(body)[0] == 0:
                found.append("an unbounded repeat of something that may be empty")
            unbounded += is_unbounded
            wide += NARROW < most < ENDLESS
        elif op is Op.BRANCH:
            worst = [_walk(item, found) for item in of]
            unbounded += max(u for u, _ in worst)
            wide += max(w for _, w in worst)
        else:
            for one in inner(op, of):
                u, w = _walk(one, found)
                unbounded, wide = unbounded + u, wide + w
    return unbounded, wide


def _is_space(tree: Tree) -> bool:
    return tree in ([(Op.IN, ((Op.CATEGORY, "s"),))], [(Op.TEXT, " ")])
