"""Plain data as bytes: None, truth values, numbers, texts, bytes, tuples, lists and dicts of them; the same for every Python.

One byte says what follows; sizes and counts are 32 bits, whole numbers 64 bits or so many bytes, all little-endian. There is nothing
else in it, so nothing that runs. `core/plain_data.c` reads the same, sooner.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# How deep data may stand in data.
DEEPEST = 20


def dumps(data: Any) -> bytes:
    """`data` as bytes. Raises TypeError for anything else."""
    found = bytearray()
    _put(data, found)
    return bytes(found)


def _put(data: Any, found: bytearray) -> None:
    if data is None or data is True or data is False:
        found += b"N" if data is None else b"T" if data else b"F"
    elif isinstance(data, int):
        if -(1 << 63) <= data < 1 << 63:
            found += b"i" + data.to_bytes(8, "little", signed=True)
        else:
            if data < 0:
                raise TypeError("numbers that large are not below 0")
            size = (data.bit_length() + 7) // 8
            found += _head(b"I", size) + data.to_bytes(size, "little")
    elif isinstance(data, float):
        from struct import pack  # late: most of what is read holds none

        found += pack("<cd", b"d", data)
    elif isinstance(data, str):
        text = data.encode("utf-8", "surrogatepass")
        found += _head(b"s", len(text)) + text
    elif isinstance(data, bytes):
        found += _head(b"y", len(data)) + data
    elif isinstance(data, (tuple, list)):
        found += _head(b"(" if isinstance(data, tuple) else b"[", len(data))
        for one in data:
            _put(one, found)
    elif isinstance(data, dict):
        found += _head(b"{", len(data))
        for two in data.items():
            for one in two:
                _put(one, found)
    else:
        raise TypeError(f"{type(data).__name__} is no plain data")


def loads(data: bytes) -> Any:
    """What was made into `data`. Raises ValueError if it is torn, or no such data."""
    return _quick()(data)


def loads_here(data: bytes) -> Any:
    """The same without the core."""
    found, end = _take(data, 0, DEEPEST)
    if end != len(data):
        raise ValueError("torn data")
    return found


def _take(data: bytes, at: int, deep: int) -> tuple[Any, int]:
    kind = data[at : at + 1]
    if kind in _SINGLE:
        return _SINGLE[kind], at + 1
    if kind == b"i":
        return int.from_bytes(_part(data, at + 1, 8), "little", signed=True), at + 9
    if kind == b"d":
        from struct import unpack

        return unpack("<d", _part(data, at + 1, 8))[0], at + 9
    count = int.from_bytes(_part(data, at + 1, 4), "little")
    at += 5
    if kind in b"Isy":
        part = _part(data, at, count)
        if kind == b"y":
            return part, at + count
        whole = part.decode("utf-8", "surrogatepass") if kind == b"s" else int.from_bytes(part, "little")
        return whole, at + count
    if not deep or kind not in (b"(", b"[", b"{"):
        raise ValueError("no plain data")
    items = []
    for _ in range(count * 2 if kind == b"{" else count):
        one, at = _take(data, at, deep - 1)
        items.append(one)
    if kind == b"{":
        return dict(zip(items[::2], items[1::2], strict=True)), at
    return tuple(items) if kind == b"(" else items, at


def _head(kind: bytes, count: int) -> bytes:
    try:
        return kind + count.to_bytes(4, "little")
    except OverflowError as e:
        raise TypeError("plain data are not that large") from e


def _part(data: bytes, at: int, size: int) -> bytes:
    part = data[at : at + size]
    if len(part) != size:
        raise ValueError("torn data")
    return part


_SINGLE: dict[bytes, object] = {b"N": None, b"T": True, b"F": False}


def _quick() -> Callable[[bytes], Any]:
    """The core's, if there is one."""
    global _found  # asked for at every piece
    if _found is None:
        try:
            core: Any = __import__("cleaner.fast._core", fromlist=("_core",))
            _found = core.loads
        except (ImportError, AttributeError):
            _found = loads_here
    return _found  # type: ignore[no-any-return]


_found: Any = None
