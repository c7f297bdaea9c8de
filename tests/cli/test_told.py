"""What a run tells other programs: `--output-format`; counts: `--statistics`; and the name of the standard input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.running import ROOT, Run

PROSE = "Prices rose by a tenth in May, and the council said that it would look into the matter before the summer.\n"
DIRTY = f"{PROSE}\nSHOP NOW\n\n{PROSE}"
BODY = f"{PROSE}\n{PROSE}"
CUT = "It rained all day in the north, they said. (Photo: Reuters) It stopped at noon.\n"
SCHEMA = json.loads((ROOT / "tests" / "data" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def sarif(run: Run, *args: str, stdin: str = "") -> tuple[int, list[dict[str, Any]], dict[str, Any]]:
    """The status, the results and the run of a SARIF file, which fits the published schema."""
    ran = run(*args, "--output-format", "sarif", stdin=stdin)
    log = json.loads(ran.out)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    (one,) = log["runs"]
    return ran.status, one["results"], one


def place(result: dict[str, Any]) -> tuple[str, dict[str, int]]:
    where = result["locations"][0]["physicalLocation"]
    return where["artifactLocation"]["uri"], where["region"]


def test_json_has_documents_with_bodies_and_edits(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(BODY)
    ran = run("-", "b.txt", "--output-format", "json", stdin=DIRTY)
    assert (ran.status, ran.err) == (0, "")
    one, two = json.loads(ran.out)
    assert (one["name"], one["changed"], one["body"]) == ("stdin", True, BODY)
    assert (two["name"], two["changed"], two["edits"], two["body"]) == ("b.txt", False, [], BODY)
    edit = next(e for e in one["edits"] if e["removed"] == "SHOP NOW\n")
    assert (edit["line"], edit["column"], edit["rule"]) == (3, 1, "ad/en/shop-button")
    assert DIRTY[edit["start"] : edit["end"]] == edit["removed"]


def test_json_of_a_check(run: Run, tmp_path: Path) -> None:
    ran = run("--check", "--output-format=json", stdin=DIRTY)
    assert ran.status == 1
    assert "body" not in json.loads(ran.out)[0]
    assert json.loads(run("--check", "--output-format=json", stdin=BODY).out)[0]["edits"] == []
    failed = run("--check", "--output-format=json", "none.txt")
    assert failed.status == 2
    assert json.loads(failed.out) == [{"name": "none.txt", "error": "No such file or directory"}]


def test_sarif_of_single_texts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "Zoë a%.txt").write_text(DIRTY)
    status, results, one = sarif(run, "--check", "Zoë a%.txt")
    assert status == 1
    (result,) = results
    assert place(result) == ("Zo%C3%AB%20a%25.txt", {"startLine": 3, "startColumn": 1, "endColumn": 9})
    assert result["message"]["text"] == "ad/en/shop-button: SHOP NOW"
    driver = one["tool"]["driver"]
    assert (driver["name"], [r["id"] for r in driver["rules"]]) == ("cleaner", ["ad/en/shop-button"])
    assert driver["rules"][0]["shortDescription"]["text"]
    assert one["invocations"] == [{"executionSuccessful": True}]


def test_sarif_of_nothing_and_of_what_failed(run: Run, tmp_path: Path) -> None:
    assert sarif(run, "--check", stdin=BODY)[:2] == (0, [])
    status, results, one = sarif(run, "--check", "none.txt")
    assert (status, results, one["invocations"]) == (2, [], [{"executionSuccessful": False}])
    (tmp_path / "empty").mkdir()
    assert sarif(run, "--check", "-q", "empty")[1] == []


def test_columns_of_a_span(run: Run) -> None:
    _, (result,), _ = sarif(run, stdin=CUT)
    _, region = place(result)
    assert CUT[region["startColumn"] - 1 : region["endColumn"] - 1].strip() == "(Photo: Reuters)"
    assert region["startColumn"] > 40


def test_folder_is_told_by_paths_from_here(run: Run, tmp_path: Path) -> None:
    for name in ("in/a.txt", "in/deep/b.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(DIRTY)
    (tmp_path / "in" / "c.jsonl").write_text('{"text": "It rained.\\n"}\n' + json.dumps({"text": DIRTY}) + "\n")
    status, results, _ = sarif(run, "--check", "-q", "in")
    assert status == 1
    columns = {"startColumn": 1, "endColumn": 9}
    assert [place(r) for r in results] == [
        ("in/a.txt", {"startLine": 3, **columns}), ("in/c.jsonl", {"startLine": 2}), ("in/deep/b.txt", {"startLine": 3, **columns}),
    ]  # fmt: skip
    github = run("--check", "-q", "in", "--output-format", "github").out.decode()
    assert github.splitlines()[1].startswith(
        "::warning file=in/c.jsonl,line=2,endLine=2,title=cleaner (ad/en/shop-button)::line 3 of"
    )
    with_report = run("--check", "-q", "in", "--output-format", "json", "--report", "r.jsonl")
    assert [d["name"] for d in json.loads(with_report.out)] == ["a.txt", "c.jsonl:1", "c.jsonl:2", "deep/b.txt"]
    assert (tmp_path / "r.jsonl").read_bytes().count(b"\n") == 4
    assert run("--check", "in", "--output-format", "json", "--summary", "json").status == 2


def test_streams_of_json_lines(run: Run) -> None:
    lines = '{"text": "It rained.\\n"}\n' + json.dumps({"text": DIRTY}) + "\n"
    status, results, _ = sarif(run, "--jsonl", "--stdin-name", "x.jsonl", stdin=lines)
    assert (status, [place(r) for r in results]) == (0, [("x.jsonl", {"startLine": 2})])


def test_several_texts_of_a_record_are_told_by_its_line(run: Run, tmp_path: Path) -> None:
    lines = [{"a": BODY, "b": [BODY]}, {"a": DIRTY, "b": [BODY, DIRTY]}]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    for args in (("in",), ("--jsonl", "in/a.jsonl")):
        _, results, _ = sarif(run, "--check", *args, "--text-field", "a", "--text-field", "b")
        assert [place(r) for r in results] == [("in/a.jsonl", {"startLine": 2})] * 2


def test_github_escapes_what_would_be_a_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a,b:c%.txt").write_text(DIRTY.replace("SHOP NOW", "SHOP NOW\r"))
    out = run("--check", "--output-format", "github", "a,b:c%.txt").out.decode()
    assert out == (
        "::warning file=a%2Cb%3Ac%25.txt,line=3,endLine=3,col=1,endColumn=10,title=cleaner (ad/en/shop-button)"
        "::ad/en/shop-button: SHOP NOW\n"
    )


def test_nothing_of_a_text_can_steer_a_terminal_or_a_log(run: Run) -> None:
    out = run("--check", "--output-format", "github", stdin=f"{PROSE}\n\x1b]0;x\x07 Advertisement\n\n{PROSE}").out
    assert b"\x1b" not in out
    assert out.count(b"\n") == out.count(b"::warning")


@pytest.mark.parametrize("args", [("--diff-only",), ("--jsonl", "--edits")])
def test_what_does_not_go_together(run: Run, args: tuple[str, ...]) -> None:
    assert run(*args, "--output-format", "json", stdin=DIRTY).status == 2


def test_in_place_with_findings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    assert len(json.loads(run("-i", "a.txt", "--output-format", "json").out)[0]["edits"]) == 2
    assert (tmp_path / "a.txt").read_text() == BODY


def test_statistics_count_by_rule(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(DIRTY)
    (tmp_path / "c.txt").write_text(BODY)
    shown = "times  words  rule\n    2      4  ad/en/shop-button\n    2      4  all: 1 rule, 2 of 3 texts\n"
    ran = run("--statistics", "a.txt", "b.txt", "c.txt")
    assert (ran.out, ran.err) == ((BODY * 3).encode(), shown)
    checked = run("--check", "--statistics", "-q", "a.txt", "b.txt", "c.txt")
    assert (checked.status, checked.out, checked.err) == (1, b"", shown)
    assert run("--statistics", "-o", "out", "-q", "a.txt", "b.txt", "c.txt").err == shown
    assert run("--statistics", "--diff=annotated", "a.txt").err.startswith("a.txt\n")
    line = json.dumps({"text": DIRTY}) + "\n"
    assert "2  ad/en/shop-button\n" in run("--jsonl", "--statistics", stdin=line).err


def test_stdin_has_the_name_that_it_is_given(run: Run, tmp_path: Path) -> None:
    assert run("--stdin-name", "news/a.txt", stdin=DIRTY).err.startswith("--- news/a.txt\n+++ news/a.txt\n")
    assert run("--diff-only", "--stdin-name", "a.txt", "-", stdin=DIRTY).out.startswith(b"--- a.txt\n")
    assert run("--stdin-name", "a.txt", stdin=b"\xff").err.startswith("cleaner: a.txt: not UTF-8")
    assert run("--jsonl", "--stdin-name", "a.jsonl", stdin="x\n").err.startswith("cleaner: a.jsonl:1: not JSON")
    assert run("--stdin-name", "table.csv", stdin=DIRTY).out == BODY.encode()  # a name, and no format
    (tmp_path / "cleaner.toml").write_text('[[per-path]]\npaths = ["news/"]\nignore = ["ad", "promo"]\n')
    assert run("-q", "--stdin-name", "news/a.txt", stdin=DIRTY).out == DIRTY.encode()
    assert run("-q", stdin=DIRTY).out == BODY.encode()
