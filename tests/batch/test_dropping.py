"""Documents of which too much went: files of one text, streams, the account, the report and the summary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import Mirror, Nowhere, Plan, run
from cleaner.batch.tally import Summary
from cleaner.errors import ConfigError
from cleaner.formats import Fields
from cleaner.output.losses import Losses
from tests.batch_help import CLEAN, DIRTY, OPTIONS, contents, tree
from tests.conftest import Run

HEAVY = "Advertisement\nThe end.\n"
ABOVE = Losses(above=0.25)


def cleaned(source: Path, out: Path, losses: Losses = ABOVE, **more: Any) -> Summary:
    return run(Plan(inputs=(source,), target=Mirror(out), options=OPTIONS, fields=Fields(losses=losses), **more))


def test_a_file_that_is_dropped_is_not_written_and_is_done(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": HEAVY, "b.txt": DIRTY, "c.jsonl": json.dumps({"text": HEAVY})})
    report = tmp_path / "report"
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}"
        summary = cleaned(source, out, resume=True, report=report, overwrite=True, jobs=jobs)
        assert contents(out) == {"b.txt": CLEAN.encode(), "c.jsonl": b""}
        assert (summary.tally.documents, summary.tally.dropped, summary.failed) == (3, 2, 0)
        lines = [json.loads(line) for line in report.read_text().splitlines()]
        assert [(line["name"], line["dropped"], line["share"]) for line in lines] == [
            ("a.txt", True, 1 / 3), ("b.txt", False, 1 / 16), ("c.jsonl:1", True, 1 / 3),
        ]  # fmt: skip
    again = cleaned(source, tmp_path / "out1", resume=True, report=report, overwrite=False)
    assert (again.resumed, again.files) == (3, 0)
    assert (again.tally.documents, again.tally.dropped) == (3, 2)


def test_the_output_of_before_of_what_is_dropped_now_is_named_and_stays(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    cleaned(source, tmp_path / "out", resume=True)
    (source / "a.txt").write_text(HEAVY)
    for more in ({"resume": True}, {"overwrite": True}):
        summary = cleaned(source, tmp_path / "out", **more)
        assert "is there from before, and it is dropped now" in summary.tally.failures[0].reason
        assert contents(tmp_path / "out") == {"a.txt": CLEAN.encode()}
    (tmp_path / "out/a.txt").unlink()
    assert cleaned(source, tmp_path / "out", overwrite=True).failed == 0


def test_a_run_to_resume_has_the_same_share(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    cleaned(source, tmp_path / "out", resume=True)
    with pytest.raises(ConfigError, match=r"--drop-above: 0.25, now 0.5; --flag-field: not given, now x"):
        cleaned(source, tmp_path / "out", Losses(above=0.5, flag="x"), resume=True)


def test_a_check_counts_what_would_be_dropped_and_what_is_flagged(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": HEAVY, "b.jsonl": json.dumps({"text": HEAVY})})
    plan = Plan(inputs=(source,), target=Nowhere(), options=OPTIONS, fields=Fields(losses=ABOVE))
    assert run(plan).tally.dropped == 2
    plan = Plan(inputs=(source,), target=Nowhere(), options=OPTIONS, fields=Fields(losses=Losses(None, 0.25, "much")))
    assert (run(plan).tally.flagged, run(plan).tally.dropped) == (2, 0)


LINES = "".join(json.dumps({"n": i, "text": HEAVY if i % 3 else DIRTY}) + "\n" for i in range(40)) + "not json\n"


@pytest.mark.parametrize(
    ("losses", "jobs"),
    [
        (("--share-field", "s"), "1"),
        (("--drop-above", "0.2"), "1"),
        (("--drop-above", "0.2"), "2"),
        (("--drop-above=.2", "--flag-column=m"), "1"),
    ],
)
def test_streams_give_what_a_folder_gives(run: Run, tmp_path: Path, losses: tuple[str, ...], jobs: str) -> None:
    path = tree(tmp_path, {"a.jsonl": LINES}) / "a.jsonl"
    stream = run("--jsonl", *losses, "--jobs", jobs, path)
    ran = run(path, "-o", tmp_path / "out", *losses, "--jobs", jobs)
    assert (stream.status, ran.status) == (2, 2)
    assert stream.out == (tmp_path / "out/a.jsonl").read_bytes() != LINES.encode()
    dropped = losses == ("--drop-above", "0.2")
    assert ("cleaner: dropped 26: more of their words went" in stream.err) == dropped
    assert ("dropped" in ran.err) == dropped
    assert ("flagged" in ran.err) == (len(losses) == 2 and losses[1] == "--flag-column=m")


def test_edits_and_shares_go_together(run: Run) -> None:
    line = run("--jsonl", "--edits", "--share-field", "s", stdin=json.dumps({"text": HEAVY})).out
    data = json.loads(line)
    assert (list(data), data["s"], len(data["edits"])) == (["text", "s", "edits"], 1 / 3, 1)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--drop-above", "0.5"), "are for records and folders"),
        (("--share-field", "s"), "are for records and folders"),
        (("--jsonl", "--flag-field", "s"), "--flag-field needs --drop-above"),
        (("--jsonl", "--drop-above", "0.5", "--flag-field", "s", "--share-field", "s"), "name one field"),
        (("--jsonl", "--drop-above", "50"), "is not in the range"),
    ],
)
def test_what_is_refused(run: Run, words: tuple[str, ...], wanted: str) -> None:
    ran = run(*words, stdin=DIRTY)
    assert (ran.status, ran.out) == (2, b"")
    assert wanted in ran.err


def test_nothing_is_deleted_in_its_place(run: Run, tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": HEAVY, "b.jsonl": LINES})
    ran = run("-i", source, "--drop-above", "0.2")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "deletes nothing in its place" in ran.err
    assert contents(source) == {"a.txt": HEAVY.encode(), "b.jsonl": LINES.encode()}
