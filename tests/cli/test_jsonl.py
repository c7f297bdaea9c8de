"""`--jsonl`: the text is cleaned, everything else stays to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.running import Run

DIRTY = "It rained.\\n\\nSHOP NOW\\n"


def test_a_number_of_any_length_stays(run: Run, tmp_path: Path) -> None:
    number = "9" * 5000
    line = f'{{"text": "It rained.\\n\\nSHOP NOW\\n", "n": {number}}}\n'
    (tmp_path / "a.jsonl").write_text(line)
    wanted = line.replace("\\n\\nSHOP NOW", "").encode()
    ran = run("--jsonl", "-q", "a.jsonl")
    assert (ran.status, ran.out, ran.err) == (0, wanted, "")
    assert run("-q", "a.jsonl", "-o", "out").status == 0
    assert (tmp_path / "out" / "a.jsonl").read_bytes() == wanted
    again = line.replace('"n"', '"edits": [], "n"')
    ran = run("--jsonl", "-q", "--edits", stdin=again)
    assert (ran.status, ran.out.decode()) == (2, again)
    assert ran.err == "cleaner: stdin:1: has a number too long to be written anew, as its 'edits' would be\n"
    assert run("--jsonl", "-q", stdin=f'{{"n": {number}, "text": }}\n').err.startswith(
        "cleaner: stdin:1: not JSON: Exp"
    )


def test_other_fields_stay_to_the_byte(run: Run) -> None:
    line = '{"id": 1.10,  "n":1e5, "text" : "%s", "u": "\\u00e9é", "x": {"text": "SHOP NOW"}}'
    ran = run("--jsonl", stdin=line % DIRTY + "\n" + line % "It rained." + "\n")
    assert ran.status == 0
    assert ran.out.decode() == line % "It rained.\\n" + "\n" + line % "It rained." + "\n"
    assert ran.err == ""


def test_line_ends_stay(run: Run) -> None:
    data = b'{"text": "SHOP NOW\\nIt rained."}\r\n\r\n\n{"text": "SHOP NOW"}'
    assert run("--jsonl", stdin=data).out == b'{"text": "It rained."}\r\n\r\n\n{"text": ""}'


def test_text_field(run: Run) -> None:
    data = f'{{"text": "SHOP NOW", "body": "{DIRTY}"}}\n'
    ran = run("--jsonl", "--text-field", "body", stdin=data)
    assert json.loads(ran.out) == {"text": "SHOP NOW", "body": "It rained.\n"}


def test_a_text_field_that_is_named_twice_counts_once(run: Run) -> None:
    ran = run("--jsonl", "--text-field", "text", "--text-field", "text", stdin=f'{{"text": "{DIRTY}"}}\n')
    assert ran.out.decode() == '{"text": "It rained.\\n"}\n'


@pytest.mark.parametrize("line", ['{"text": "%s", "id": "é"}', '{"edits": 3, "id": "é", "text": "%s"}'])
def test_edits(run: Run, line: str) -> None:
    row = json.loads(run("--jsonl", "--edits", stdin=line % DIRTY + "\n").out)
    assert row["text"] == "It rained.\n"
    assert row["id"] == "é"
    first = next(e for e in row["edits"] if e["removed"].strip())
    assert first == {
        "line": 3, "start": 12, "end": 21, "removed": "SHOP NOW\n", "action": "drop", "rule": "ad/en/shop-button",
        "category": "ad", "score": first["score"], "rules": first["rules"], "saw": "",
    }  # fmt: skip
    assert json.loads(run("--jsonl", "--edits", stdin='{"text": "It rained."}').out) == {
        "text": "It rained.",
        "edits": [],
    }


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ("{}", "no field 'text'"),
        ('{"body": ""}', "no field 'text'; it has: body"),
        ('{"text": 3}', "field 'text' is no text"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_bad_line_is_named_and_passed_on(run: Run, line: str, error: str) -> None:
    good = '{"text": "It rained."}'
    ran = run("--jsonl", stdin=f"{good}\n{line}\n{good}\n")
    assert (ran.status, ran.out.decode()) == (2, f"{good}\n{line}\n{good}\n")
    assert ran.err.startswith("cleaner: stdin:2: ")
    assert error in ran.err
    assert ran.err.count("\n") == 1


def test_line_that_is_no_utf8(run: Run) -> None:
    ran = run("--jsonl", stdin=b'{"text": "It rained."}\n{"text": "\xff"}\n{"text": "It rained."}\n')
    assert ran.status == 2
    assert ran.err.startswith("cleaner: stdin:2: not UTF-8: byte 0xff at offset 10")


def test_null_bom_and_half_a_pair(run: Run) -> None:
    data = '\ufeff{"text": null}\n{"text": "SHOP NOW\\n\\ud800 é"}\n'
    ran = run("--jsonl", stdin=data)
    assert ran.status == 0
    first, second = ran.out.decode().splitlines()
    assert first == '\ufeff{"text": null}'
    assert json.loads(second) == {"text": "\ud800 é"}


def test_check_and_diff(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"text": "{DIRTY}"}}\n')
    ran = run("--jsonl", "--check", "--diff=unified", "a.jsonl")
    assert (ran.status, ran.out) == (1, b"")
    assert ran.err.startswith("--- a.jsonl:1\n")
    assert run("--jsonl", "--check", stdin='{"text": "It rained."}\n').status == 0
