"""`--jsonl`: one JSON object a line in, the same out, with the text cleaned and everything else as it was written."""

from __future__ import annotations

import json

from cleaner.api import Cleaner
from cleaner.cli.inputs import decode
from cleaner.errors import InputError
from cleaner.jsontext import ObjectLine, add_fields
from cleaner.output.losses import NONE, Losses, share_removed

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from typing import Any

    from cleaner.output.edit import Edit
    from cleaner.output.result import Result

EDITS = "edits"


class JsonLines:
    """Cleans JSON lines.

    Args:
        cleaner: what cleans the texts.
        fields: those that hold the texts; see `cleaner.jsontext.texts_in`. One that is named twice counts once.
        edits: whether to add a field `edits` that lists what was taken out.
        losses: the fields to add that tell how much went, and which lines are dropped for it.
        show: called with each result and how its line is called (`FILE:LINE`), if given.
        repeats: says of a record and a text in it in how many other documents of its site each line stands, if that is known.

    Attributes:
        changed: whether anything was taken out of any text so far.
        dropped: how many lines were dropped so far.

    Raises:
        ConfigError: `losses` would add a field `edits` too.
    """

    def __init__(
        self,
        cleaner: Cleaner,
        fields: tuple[str, ...],
        edits: bool,
        losses: Losses = NONE,
        show: Callable[[Result, str], object] | None = None,
        repeats: Callable[[Mapping[str, Any], str], list[int] | None] | None = None,
    ) -> None:
        self._cleaner, self._edits, self._losses, self._show, self._repeats = cleaner, edits, losses, show, repeats
        self._fields = tuple(dict.fromkeys(fields))
        if edits:
            losses.refuse(EDITS)
        self.changed = False
        self.dropped = 0

    def clean(
        self,
        stream: Iterable[bytes],
        name: str,
        out: Callable[[str], object],
        fail: Callable[[str], object],
        first: int = 1,
        killers: Collection[int] = (),
        at: Callable[[int], object] | None = None,
    ) -> None:
        """Clean line after line of `stream`; each is handed to `out` before the next is read.

        A line that is no JSON object with a text is named to `fail` and handed on as it is, so that the output has
        as many lines as the input, but for those that are dropped. A line that is no UTF-8 cannot be handed on: it
        raises InputError.

        Args:
            stream: the lines.
            name: how the input is called.
            out: takes each line.
            fail: takes what is wrong with a line.
            first: the number of the first line.
            killers: numbers of lines that are handed on as they are, since the process that cleaned them died.
            at: called with the number of each line before it is cleaned.
        """
        for number, raw in enumerate(stream, first):
            where = f"{name}:{number}"
            line = decode(raw, where)
            if at:
                at(number)
            try:
                if number in killers:
                    from cleaner.batch.pool import KILLED  # late: there are none where this process cleans

                    raise InputError(where, KILLED)
                out(self._line(line, where, fail))
            except InputError as e:
                fail(str(e))
                out(line)

    def _line(self, line: str, where: str, fail: Callable[[str], object]) -> str:
        content = line.rstrip("\r\n")
        if not content.strip():
            return line
        try:
            found = ObjectLine(content, self._fields, self._losses.names, lambda why: fail(str(InputError(where, why))))
        except ValueError as e:
            raise InputError(where, str(e)) from e
        several = len(self._fields) > 1
        bodies: list[str] = []
        edits: list[dict[str, Any]] = []
        results: list[Result] = []
        for field, place, text in found.texts:
            spot = f"{where}:{field}{place}" if several else where + place
            result = self._cleaner.clean(text, spot, self._repeats(found.data, text) if self._repeats else None)
            bodies.append(result.body)
            if result.stopped:
                fail(str(InputError(spot, f"left as it is: {result.stopped}")))
                continue
            results.append(result)
            if self._show:
                self._show(result, where)
            self.changed |= result.changed
            if self._edits:
                edits += [_edit(e, field + place if several or place else "") for e in result.edits]
        content = found.with_bodies(bodies)
        if self._losses:
            share = share_removed(results)
            if self._losses.drops(share):
                self.dropped += 1
                return ""
            content = add_fields(content, self._losses.added(share))
        if self._edits and results:
            if EDITS in found.data:
                try:
                    now = json.loads(content.removeprefix("\ufeff"))
                except ValueError as e:
                    raise InputError(
                        where, f"has a number too long to be written anew, as its {EDITS!r} would be"
                    ) from e
                content = json.dumps({**now, EDITS: edits}, ensure_ascii=content.isascii())
            else:
                content = add_fields(content, {EDITS: edits})
        return content + line[len(line.rstrip("\r\n")) :]


def _edit(edit: Edit, field: str) -> dict[str, Any]:
    """An edit as JSON; `field` says of which text it is, where there are several."""
    return {**({"field": field} if field else {}), **edit.fields(), "action": str(edit.action)}
