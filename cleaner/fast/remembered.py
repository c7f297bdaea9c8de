"""A function and what it gave: made when first asked for, then a look-up."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Remembered(dict["Any", "Any"]):
    """What a function gives for each argument, made when first asked for; forgets all when it is full.

    Args:
        make: the function.
        most: how many are remembered.
    """

    def __init__(self, make: Callable[[Any], Any], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, key: Any) -> Any:
        if len(self) >= self._most:
            self.clear()
        made = self[key] = self._make(key)
        return made
