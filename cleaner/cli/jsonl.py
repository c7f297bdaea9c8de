"""`--jsonl`: one JSON object a line in, the same out, with the text cleaned and everything else as it was written."""

from __future__ import annotations

import json

from cleaner.api import Cleaner
from cleaner.cli.inputs import decode
from cleaner.errors import InputError
from cleaner.jsontext import replace_text

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from cleaner.output.edit import Edit
    from cleaner.output.result import Result

EDITS = "edits"


class JsonLines:
    """Cleans JSON lines.

    Args:
        cleaner: what cleans the texts.
        field: the field that holds the text.
        edits: whether to add a field `edits` that lists what was taken out.
        show: called with each result, if given.

    Attributes:
        changed: whether anything was taken out of any text so far.
    """

    def __init__(
        self, cleaner: Cleaner, field: str, edits: bool, show: Callable[[Result], object] | None = None
    ) -> None:
        self._cleaner, self._field, self._edits, self._show = cleaner, field, edits, show
        self.changed = False

    def clean(
        self,
        stream: Iterable[bytes],
        name: str,
        out: Callable[[str], object],
        fail: Callable[[str], object],
        first: int = 1,
    ) -> None:
        """Clean line after line of `stream`; each is handed to `out` before the next is read.

        A line that is no JSON object with a text is named to `fail` and handed on as it is, so that the output has
        as many lines as the input. A line that is no UTF-8 cannot be handed on: it raises InputError.

        Args:
            stream: the lines.
            name: how the input is called.
            out: takes each line.
            fail: takes what is wrong with a line.
            first: the number of the first line.
        """
        for number, raw in enumerate(stream, first):
            where = f"{name}:{number}"
            line = decode(raw, where)
            try:
                out(self._line(line, where))
            except InputError as e:
                fail(str(e))
                out(line)

    def _line(self, line: str, where: str) -> str:
        content = line.rstrip("\r\n")
        if not content.strip():
            return line
        data, text = self._read(content, where)
        if text is None:
            return line
        result = self._cleaner.clean(text, where)
        if self._show:
            self._show(result)
        if result.changed:
            self.changed = True
            content = replace_text(content, self._field, result.body)
        if self._edits:
            edits = [_edit(e) for e in result.edits]
            if EDITS in data:
                content = json.dumps({**data, self._field: result.body, EDITS: edits}, ensure_ascii=content.isascii())
            else:
                content = _with_edits(content, edits)
        return content + line[len(line.rstrip("\r\n")) :]

    def _read(self, content: str, where: str) -> tuple[dict[str, Any], str | None]:
        try:
            data = json.loads(content.removeprefix("\ufeff"))
        except RecursionError as e:
            raise InputError(where, "nested too deeply") from e
        except ValueError as e:
            raise InputError(where, f"not JSON: {e}") from e
        if not isinstance(data, dict):
            raise InputError(where, "not a JSON object")
        if self._field not in data:
            raise InputError(where, f"no field {self._field!r}; it has: {', '.join(list(data)[:12])}")
        text = data[self._field]
        if text is not None and not isinstance(text, str):
            raise InputError(where, f"field {self._field!r} is no text")
        return data, text


def _edit(edit: Edit) -> dict[str, Any]:
    return {**edit.fields(), "action": str(edit.action)}


def _with_edits(content: str, edits: list[dict[str, Any]]) -> str:
    """Add the field at the end of the object, which has other fields."""
    return f'{content.rstrip()[:-1].rstrip()}, "{EDITS}": {json.dumps(edits, ensure_ascii=content.isascii())}}}'
