"""What a start has in place of `enum` and `functools` does as those do."""

from __future__ import annotations

import copy
import enum
import functools
import json
import pickle
from typing import Any

import pytest

from cleaner import light


class Ours(light.StrEnum):
    """Of ours."""

    ONE = "one"
    TWO = "two"


class Theirs(enum.StrEnum):
    """Of the library's."""

    ONE = "one"
    TWO = "two"


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_enumeration(kind: Any) -> None:
    one = kind.ONE
    assert (one, str(one), f"{one}", f"{one:>5}", one.value, one.name) == ("one", "one", "one", "  one", "one", "ONE")
    assert isinstance(one, kind)
    assert kind("one") is one
    assert kind(one) is one
    assert list(kind) == [kind.ONE, kind.TWO]
    assert len(kind) == 2
    assert repr(one) == f"<{kind.__name__}.ONE: 'one'>"
    assert {one: 1}["one"] == 1
    assert json.dumps(one) == '"one"'
    assert pickle.loads(pickle.dumps(one)) is one
    assert copy.deepcopy(one) is one
    with pytest.raises(ValueError, match=f"'three' is not a valid {kind.__name__}"):
        kind("three")


@pytest.mark.parametrize("property_", [light.cached_property, functools.cached_property])
def test_cached_property(property_: Any) -> None:
    class Some:
        asked = 0

        @property_
        def found(self) -> int:
            """What it says."""
            self.asked += 1
            return 7

    some = Some()
    assert (some.found, some.found, some.asked) == (7, 7, 1)
    assert Some.found.__doc__ == "What it says."  # type: ignore[attr-defined]


@light.cache
def ours(n: int) -> list[int]:
    """What it says."""
    return [n]


@functools.cache
def theirs(n: int) -> list[int]:
    """What it says."""
    return [n]


@pytest.mark.parametrize("function", [ours, theirs])
def test_cache(function: Any) -> None:
    assert function(1) is function(1)
    assert function(2) == [2]
    assert function.__wrapped__(2) is not function(2)
    assert pickle.loads(pickle.dumps(function)) is function
    assert function.__doc__ == "What it says."


def test_remembered_forgets_when_it_is_full() -> None:
    asked: list[int] = []
    known = light.Remembered(lambda n: asked.append(n) or n, 2)
    assert [known[n] for n in (1, 1, 2, 2)] == [1, 1, 2, 2]
    assert asked == [1, 2]
    assert known[3] == 3
    assert (len(known), known[1], asked) == (1, 1, [1, 2, 3, 1])
