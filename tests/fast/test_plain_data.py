"""Plain data comes back as it was, by Python and by the core, and torn data is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.fast import plain_data
from cleaner.fast.binding import is_there

READERS = [plain_data.loads_here, *([plain_data.loads] if is_there() else [])]
KEYS = st.one_of(st.text(), st.integers(-(1 << 63), 1 << 90))
DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), KEYS, st.floats(allow_nan=False), st.binary()),
    lambda inside: st.one_of(st.lists(inside), st.lists(inside).map(tuple), st.dictionaries(KEYS, inside)),
    max_leaves=30,
)


def alike(a: Any, b: Any) -> bool:
    """Equal, and of the same types."""
    if type(a) is not type(b) or a != b:
        return False
    if isinstance(a, (list, tuple)):
        return all(map(alike, a, b))
    return not isinstance(a, dict) or (all(map(alike, a, b)) and all(map(alike, a.values(), b.values())))


@pytest.mark.parametrize("read", READERS)
@given(data=DATA)
def test_it_comes_back(read: Any, data: Any) -> None:
    assert alike(read(plain_data.dumps(data)), data)


@pytest.mark.parametrize("read", READERS)
@given(data=DATA, cut=st.integers(0, 200), more=st.binary(max_size=2))
def test_torn_data_is_told(read: Any, data: Any, cut: int, more: bytes) -> None:
    whole = plain_data.dumps(data)
    torn = whole[:cut] if cut < len(whole) else whole + (more or b"N")
    with pytest.raises(ValueError):
        read(torn)


@pytest.mark.parametrize("read", READERS)
@given(st.binary(max_size=40))
def test_any_bytes(read: Any, data: bytes) -> None:
    try:
        read(data)
    except (ValueError, TypeError):  # what cannot be a key
        pass


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "data", [b"", b"x", b"i1234567", b"s\xff\xff\xff\xff", b"(\xff\xff\xff\xff", b"{\xff\xff\xff\xff", b"[\1\0\0\0" * 40 + b"N", b"s\1\0\0\0\xff"]
)  # fmt: skip
def test_what_is_no_plain_data(read: Any, data: bytes) -> None:
    with pytest.raises(ValueError):
        read(data)


def test_surrogates_and_what_is_no_plain_data() -> None:
    assert all(read(plain_data.dumps("\ud800")) == "\ud800" for read in READERS)
    for odd in (object(), {1}, -(1 << 64), 1j):
        with pytest.raises(TypeError):
            plain_data.dumps(odd)
