"""What can be said of a pattern's tree, for gates and programs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from cleaner.rules.syntax import At, Node, Op, Tree, inner

# Nodes of one character.
ONE = frozenset({Op.ANY, Op.IN})


def bare(tree: Tree) -> Tree:
    """What stands in the groups that `tree` is nothing but."""
    while len(tree) == 1 and tree[0][0] is Op.GROUP:
        tree = tree[0][1]
    return tree


def starts(tree: Tree) -> bool:
    """Whether a hit can begin at the start of the text alone."""
    for op, of in tree:
        if op is Op.AT and of is At.START:
            return True
        if op is Op.BRANCH:
            return all(map(starts, of))
        if op is Op.GROUP or op is Op.ATOMIC:
            return starts(of)
        if op not in (Op.AT, Op.ASSERT, Op.ASSERT_NOT):
            return False
    return False


def apart_of(tree: Tree) -> list[Tree]:
    """The alternatives that `tree` is, if it is nothing else."""
    tree = bare(tree)
    return tree[0][1] if len(tree) == 1 and tree[0][0] is Op.BRANCH else []


def size(tree: Tree) -> int:
    """How many nodes there are in `tree`."""
    return sum(len(of) if op is Op.TEXT else 1 + sum(map(size, inner(op, of))) for op, of in tree)


def in_common(trees: list[Tree]) -> tuple[Tree, list[Tree]]:
    """What all of some trees begin with, and what is left of each."""
    before: Tree = []
    while all(tree and tree[0][0] is trees[0][0][0] for tree in trees):
        op, of = trees[0][0]
        if op is Op.TEXT:
            texts = [tree[0][1] for tree in trees]
            least, most = min(texts), max(texts)
            same = "".join(ch for ch, _ in takewhile(lambda two: two[0] == two[1], zip(least, most, strict=False)))
            if not same:
                break
            before.append((Op.TEXT, same))
            whole = all(len(tree[0][1]) == len(same) for tree in trees)
            trees = [([(Op.TEXT, text)] if (text := tree[0][1][len(same) :]) else []) + tree[1:] for tree in trees]
            if not whole:
                break
        elif all(tree[0][1] == of for tree in trees):
            before.append((op, of))
            trees = [tree[1:] for tree in trees]
        else:
            break
    return before, trees


def factored(trees: Sequence[Tree]) -> list[Tree]:
    """Alternatives with what neighbours have in common at their beginning written once: they are tried in the same order."""
    found: list[Tree] = []
    at = 0
    while at < len(trees):
        end, begins = at + 1, _beginning(trees[at])
        while begins and end < len(trees) and _beginning(trees[end]) == begins:
            end += 1
        if end == at + 1:
            found.append(trees[at])
        else:
            before, rest = in_common(list(trees[at:end]))
            rest = factored(rest)
            found.append([*before, *(rest[0] if len(rest) == 1 else [(Op.BRANCH, rest)])])
        at = end
    return found


def _beginning(tree: Tree) -> Node | None:
    """The first character that is asked for."""
    if not tree:
        return None
    op, of = tree[0]
    return (Op.TEXT, of[0]) if op is Op.TEXT else (op, of) if op in ONE else None
