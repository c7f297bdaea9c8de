"""What was taken out, for other programs: JSON, SARIF 2.1.0, and the annotations of GitHub's workflows.

Each is written as documents come, so that a run of many holds none of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from cleaner.render.terminal import visible

# A document as `cleaner.batch.report.document` has it, with its `path`, and its body if it goes nowhere else.
Document = Mapping[str, Any]
FORMATS = ("json", "sarif", "github")
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LONGEST = 200


class Export:
    """Turns documents into text in one of `FORMATS`. Every method returns what to write next.

    Args:
        style: the format.
        version: of this program.
        whys: what a rule is there for, by id.
    """

    def __init__(self, style: str, version: str, whys: Callable[[str], str]) -> None:
        self._style, self._version, self._whys = style, version, whys
        self._first = True
        self._rules: dict[str, int] = {}
        self.failed = False

    def begin(self) -> str:
        """What stands before all documents."""
        return {
            "json": "[",
            "sarif": f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"results": [',
            "github": "",
        }[self._style]

    def add(self, document: Document) -> str:
        """One document."""
        if "error" in document:
            self.failed = True
        if self._style == "json":
            return self._item({k: v for k, v in document.items() if k not in ("path", "record")})
        found = list(_places(document))
        if self._style == "github":
            return "".join(map(_annotation, found))
        return "".join(self._item(self._result(place)) for place in found)

    def end(self) -> str:
        """What stands after all documents."""
        if self._style == "json":
            return "]\n" if self._first else "\n]\n"
        return f"{'' if self._first else chr(10)}], {self._tool()}}}]}}\n" if self._style == "sarif" else ""

    def _item(self, data: Mapping[str, Any]) -> str:
        before, self._first = "\n" if self._first else ",\n", False
        return before + json.dumps(data, ensure_ascii=False)

    def _result(self, place: _Place) -> dict[str, Any]:
        number = self._rules.setdefault(place.rule, len(self._rules))
        region: dict[str, Any] = {"startLine": place.line}
        if place.columns:
            region |= {"startColumn": place.columns[0], "endColumn": place.columns[1]}
        return {
            "ruleId": place.rule,
            "ruleIndex": number,
            "level": "warning",
            "message": {"text": place.message},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(place.path)}, "region": region}}],
        }

    def _tool(self) -> str:
        rules = [
            {"id": rule, **({"shortDescription": {"text": why}} if (why := self._whys(rule)) else {})}
            for rule in self._rules
        ]
        driver = {"name": "cleaner", **({"version": self._version} if self._version else {}), "rules": rules}
        more = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": not self.failed}],
        }
        return json.dumps(more, ensure_ascii=False)[1:-1]


class _Place(NamedTuple):
    """One thing taken out: in which file, where in it, by which rule."""

    path: str
    line: int
    columns: tuple[int, int] | None
    rule: str
    message: str


def _places(document: Document) -> Iterator[_Place]:
    """What was taken out of one document, without blank lines, which go with others."""
    path, record = document.get("path", document["name"]), None
    if "record" in document:  # a file of records: a line of it is a document
        record = document["record"]
    for edit in document.get("edits", ()):
        removed = edit["removed"].strip()
        if not removed:
            continue
        text = visible(" ".join(removed.split()))
        shown = text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
        message = f"{edit['rule']}: {shown}"
        if record is not None:
            yield _Place(path, record, None, edit["rule"], f"line {edit['line']} of the text: {message}")
        else:
            width = len(edit["removed"].rstrip("\n"))
            yield _Place(path, edit["line"], (edit["column"], edit["column"] + width), edit["rule"], message)


def _annotation(place: _Place) -> str:
    """A command of GitHub's workflows, with what would end it or its properties written as they ask."""
    properties = {"file": place.path, "line": str(place.line), "endLine": str(place.line)}
    if place.columns:
        properties |= {"col": str(place.columns[0]), "endColumn": str(place.columns[1])}
    properties["title"] = f"cleaner ({place.rule})"
    said = ",".join(f"{k}={_escaped(v).replace(':', '%3A').replace(',', '%2C')}" for k, v in properties.items())
    return f"::warning {said}::{_escaped(place.message)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _uri(path: str) -> str:
    """A path as SARIF has it: relative, or with `file:`; bytes that are no UTF-8 as they are on the disk."""
    name = PurePath(path)
    text = quote(name.as_posix().encode("utf-8", "surrogateescape"))
    return f"file://{'' if text.startswith('/') else '/'}{text}" if name.is_absolute() else text
