"""What a start needs of `enum` and `functools`: with what they bring they take a millisecond and more.

To a type checker they are the library's own, and they do as those do, as far as is told here.
"""

from __future__ import annotations

__all__ = ["Remembered", "StrEnum", "cache", "cached_property"]

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from enum import StrEnum
    from functools import cache, cached_property
    from typing import Any
else:

    class _OfWords(type):
        """The class of enumerations: asked for a word it gives the member, and it lists its members."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            words = {key: word for key, word in body.items() if key.isupper()}
            made = super().__new__(cls, name, bases, {key: x for key, x in body.items() if key not in words})
            made._members = {}
            for key, word in words.items():
                member = made._members[word] = str.__new__(made, word)
                member.name, member.value = key, word
                setattr(made, key, member)
            return made

        def __call__(cls, word: str) -> Any:
            if word not in cls._members:
                raise ValueError(f"{word!r} is not a valid {cls.__name__}")
            return cls._members[word]

        def __iter__(cls) -> Iterator[Any]:
            return iter(cls._members.values())

        def __len__(cls) -> int:
            return len(cls._members)

    class StrEnum(str, metaclass=_OfWords):
        """Base of enumerations whose members are words: written in capitals, compared, hashed, shown and pickled as `enum.StrEnum` has it."""

        def __reduce__(self) -> tuple[type, tuple[str]]:
            return type(self), (self.value,)

        def __repr__(self) -> str:
            return f"<{type(self).__name__}.{self.name}: {self.value!r}>"

    class cached_property:  # noqa: N801  # as it is called
        """A property that is worked out when it is first asked for, then the instance's own."""

        def __init__(self, make: Callable[[Any], Any]) -> None:
            self._make, self.__doc__ = make, make.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self._name = name

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            found = instance.__dict__[self._name] = self._make(instance)
            return found

    def cache(make: Callable[..., Any]) -> Callable[..., Any]:
        """A function that remembers what it gave for each arguments, which are given by their places."""
        known: dict[tuple[object, ...], Any] = {}

        def remembered(*args: object) -> Any:
            if args not in known:
                known[args] = make(*args)
            return known[args]

        remembered.__wrapped__ = make
        for name in (
            "__module__",
            "__name__",
            "__qualname__",
            "__doc__",
        ):  # by which it is found again when it is pickled
            setattr(remembered, name, getattr(make, name))
        return remembered


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
