"""How the cells of a table are written: what parts them, what quotes them, and what escapes within them."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a user says of how tables are written. None: it is found from each file.

    Attributes:
        delimiter: the character between two cells.
        quote: the character around a cell; "" if cells are never quoted.
        escape: the character before a quote within a quoted cell; "" if such a quote is doubled.

    Raises:
        ConfigError: one is not a single character, is a line end, or the delimiter is one of the others.
    """

    delimiter: str | None = None
    quote: str | None = None
    escape: str | None = None

    def __post_init__(self) -> None:
        for name, value in (("delimiter", self.delimiter), ("quote", self.quote), ("escape", self.escape)):
            wanted = value is not None and (value or name == "delimiter")
            if wanted and (len(value or "") != 1 or value in ("\n", "\r")):
                raise ConfigError(f"--{name}: {value!r} is not one character")
        if self.delimiter and self.delimiter in (self.quote, self.escape):
            raise ConfigError(f"--delimiter: {self.delimiter!r} is the quote or the escape too")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one table is written, as far as reading it needs.

    Attributes:
        delimiter: what parts two cells.
        quote: what stands around a cell; empty if cells are never quoted.
        escape: what stands before a quote within a quoted cell; empty if such a quote is doubled.
        certain: a cell that begins with a quote is quoted. If not, it may be a text that begins so.
        cr: a lone carriage return ends a row. If not, it is part of its cell.
    """

    delimiter: bytes
    quote: bytes = b'"'
    escape: bytes = b""
    certain: bool = True
    cr: bool = False
