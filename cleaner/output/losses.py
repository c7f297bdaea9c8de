"""How much of a document went: the share of its words, where that is told, and from where on the document is dropped.

Light: streams import it at every start.
"""

from __future__ import annotations

from cleaner.errors import ConfigError
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.output.result import Result


def share_removed(results: Iterable[Result]) -> float | None:
    """The share (0 to 1) of the words of some texts that went; None if none of them could be cleaned."""
    words = removed = 0
    any_text = False
    for result in results:
        if result.stopped:
            continue
        any_text = True
        figures = result.statistics
        words += figures["words"]
        removed += figures["words_removed"]
    if not any_text:
        return None
    # Where words are counted by pairs of characters, the parts of a text can have more of them than the whole.
    return min(1.0, removed / words) if words else 0.0


class Losses(Value):
    """What is told of the share of words that went, and what becomes of a document that lost more than it may.

    Attributes:
        share: the field (or column) to add that holds the share; None: none.
        above: a document of which a larger share went is dropped; None: none is.
        flag: the field to add that says whether more went (true or false); with it no document is dropped.

    Raises:
        ConfigError: `above` is no share, there is a flag but nothing to flag, or both fields have one name.
    """

    __slots__ = ("above", "flag", "share")
    __match_args__ = ("share", "above", "flag")

    def __init__(self, share: str | None = None, above: float | None = None, flag: str | None = None) -> None:
        if above is not None and not 0 <= above <= 1:
            raise ConfigError(f"the share from which on documents are dropped is from 0 to 1, not {above!r}")
        if flag is not None and above is None:
            raise ConfigError(f"nothing says from which share on documents are flagged in {flag!r}")
        if flag is not None and flag == share:
            raise ConfigError(f"the share and the flag cannot both be called {flag!r}")
        self.share, self.above, self.flag = share, above, flag

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return self.share is not None or self.above is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The fields to add."""
        return tuple(name for name in (self.share, self.flag) if name is not None)

    def refuse(self, name: str | None) -> None:
        """Raises ConfigError if a field for something else, which is added too, has one of `names`."""
        if name in self.names:
            raise ConfigError(f"two fields that are added cannot both be called {name!r}")

    @property
    def drop(self) -> bool:
        """Whether documents can be dropped."""
        return self.above is not None and self.flag is None

    def is_above(self, share: float | None) -> bool:
        """Whether more than that may go has gone."""
        return self.above is not None and share is not None and share > self.above

    def drops(self, share: float | None) -> bool:
        """Whether a document is dropped of which this share went."""
        return self.drop and self.is_above(share)

    def added(self, share: float | None) -> dict[str, float | bool | None]:
        """What the fields to add hold for a document of which this share went."""
        values: dict[str, float | bool | None] = {}
        if self.share is not None:
            values[self.share] = share
        if self.flag is not None:
            values[self.flag] = self.is_above(share)
        return values


# Nothing is told, and nothing dropped.
NONE = Losses()
