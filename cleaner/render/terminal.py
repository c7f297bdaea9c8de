"""Streams: bytes as they are to files and pipes; to a terminal nothing of the input that could steer it."""

from __future__ import annotations

import os
import re
from functools import cache

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    # A line to show: fragments of text, each with a style of rich ("" for none).
    StyledLine = Sequence[tuple[str, str]]
else:
    StyledLine = tuple

# How long (characters) a line that parts is.
_MARK = 60
# C0, C1 and DEL; what turns the direction of writing, and what is there and cannot be seen (zero-width spaces, the
# invisible operators, line separators, interlinear marks, language tags). Joiners stay: words and emoji need them.
_CONTROL = (
    r"(\r(?=\n|\Z))|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@cache
def _control() -> re.Pattern[str]:
    return re.compile(_CONTROL)  # late: to a file or a pipe all goes as it is


def visible(text: str) -> str:
    r"""`text` with its control characters and invisible ones written out, save line feeds and tabs.

    The CR of a CRLF is left out.

    >>> visible("\x1b[31mred\r\n")
    '\\x1b[31mred\n'
    """
    return _control().sub(lambda m: "" if m[1] else _written_out(ord(m[0])), text)


def _written_out(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shortened(text: str, most: int) -> str:
    """`text`, or what fits of it in `most` characters with an ellipsis at the end."""
    return text if len(text) <= most else text[: most - 1] + "…"


def wants_color(stream: TextIO, choice: str = "auto") -> bool:
    """Whether to colour what goes to `stream`. `choice` (auto, always, never) outdoes `NO_COLOR` and `FORCE_COLOR`."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def mark(text: str, stream: TextIO) -> StyledLine:
    """A line of its own across a terminal that says what follows."""
    try:
        "─".encode(stream.encoding or "ascii")
        rule = "─"
    except (LookupError, UnicodeEncodeError):
        rule = "-"
    begin = f"{rule * 2} {text} "
    return [(begin + rule * max(2, _MARK - len(begin)) + "\n", "dim")]


def write(stream: TextIO, text: str) -> None:
    """Write `text`: to the byte (UTF-8) to a file or a pipe; with control characters written out to a terminal.

    Raises OSError as the stream does.
    """
    if stream.isatty():
        data = visible(text).encode(stream.encoding or "utf-8", "backslashreplace")
    else:
        data = text.encode("utf-8", "backslashreplace")
    stream.flush()
    stream.buffer.write(data)
    stream.buffer.flush()


def write_styled(stream: TextIO, lines: Iterable[StyledLine], color: bool) -> None:
    """Write lines (each with its line feed inside its last fragment), coloured by rich if `color`."""
    if not color:
        write(stream, "".join(text for line in lines for text, _ in line))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=stream, force_terminal=True, color_system="standard", no_color=False, soft_wrap=True, highlight=False,
        legacy_windows=False,
    )  # fmt: skip
    for line in lines:
        console.print(Text.assemble(*((visible(text), style) for text, style in line)), end="")
    stream.flush()
