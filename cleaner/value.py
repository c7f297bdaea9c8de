"""Values: objects that are their fields.

What `dataclasses` would write is written by hand here: importing it and making a dozen classes with it took more than
a bare Python takes to start.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import Any, Self


class Value:
    """Base of objects that are equal if their fields are. A value is never changed after it is made.

    A class names its fields in `__match_args__`, in the order of its constructor's arguments.
    """

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def fields(self) -> dict[str, Any]:
        """The fields by name, in their order."""
        return {name: getattr(self, name) for name in self.__match_args__}

    def replaced(self, **changes: Any) -> Self:
        """The same value with some fields changed."""
        return type(self)(**{**self.fields(), **changes})

    def __eq__(self, other: object) -> bool:
        return other.__class__ is self.__class__ and isinstance(other, Value) and self.fields() == other.fields()

    def __hash__(self) -> int:
        return hash(tuple(self.fields().values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.fields().items())})"
