"""What a run tells besides bodies: what it took out for other programs (`--output-format`), and counts (`--statistics`)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from cleaner.batch.report import document
from cleaner.cli.standard import telling
from cleaner.distribution import version
from cleaner.output.result import Result
from cleaner.render.export import FORMATS, Export
from cleaner.render.statistics import Statistics
from cleaner.render.terminal import wants_color, write, write_styled
from cleaner.rules.rule import Rule

__all__ = ["FORMATS", "Told"]


class Told:
    """Gathers documents, and tells of them at the end or as they come.

    Args:
        output_format: one of `FORMATS`, in which stdout tells what went; None: none.
        statistics: whether to close with counts by rule, on stderr.
        color: auto, always or never.
        rules: gives the rules that may have been used; asked at the end.
        bodies: whether that brings the bodies, which go nowhere else.
    """

    def __init__(
        self, output_format: str | None, statistics: bool, color: str, rules: Callable[[], Iterable[Rule]], bodies: bool
    ) -> None:
        self._rules, self._color, self._bodies = rules, color, bodies
        self._whys: dict[str, str] | None = None
        self._export = Export(output_format, version() or "", self._why) if output_format else None
        self._statistics = Statistics() if statistics else None
        self._begun = False

    @property
    def wanted(self) -> bool:
        """Whether anything is to be told."""
        return bool(self._export or self._statistics)

    @property
    def takes_stdout(self) -> bool:
        """Whether what is told goes to stdout."""
        return bool(self._export)

    def result(self, result: Result, path: str, record: int | None = None) -> None:
        """Tell of the result of the text at `path`, or of one of the records there."""
        if self.wanted:
            place = {"path": path} | ({} if record is None else {"record": record})
            self._add({**document(result), **place, **({"body": result.body} if self._bodies else {})})

    def failure(self, name: str, reason: str) -> None:
        """Tell of what could not be cleaned."""
        self._add({"name": name, "error": reason})

    def report(self, path: Path) -> None:
        """Tell of all that a report (of a plan that is `located`) holds."""
        with path.open("rb") as file:
            for line in file:
                self._add(json.loads(line))

    def end(self) -> None:
        """Close what is told."""
        if self._export:
            self._write("")
            self._write(self._export.end())
        if self._statistics:
            with telling():
                write_styled(sys.stderr, self._statistics.lines(), wants_color(sys.stderr, self._color))

    def _add(self, data: Mapping[str, Any]) -> None:
        if self._export:
            self._write(self._export.add(data))
        if self._statistics and "error" not in data:
            self._statistics.add(data)

    def _write(self, text: str) -> None:
        assert self._export
        if not self._begun:
            self._begun = True
            text = self._export.begin() + text
        write(sys.stdout, text)

    def _why(self, rule: str) -> str:
        if self._whys is None:
            self._whys = {r.id: r.why for r in self._rules()}
        return self._whys.get(rule, "")
