from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import InPlace, Mirror, Nowhere, Plan, Silent, hands, run, source
from cleaner.errors import ConfigError
from cleaner.formats import Packing
from cleaner.formats.jsonl import no_lines
from tests.batch_help import CLEAN, DIRTY, OPTIONS, contents, mirrored, tree


def test_a_folder_is_mirrored(tmp_path: Path) -> None:
    rows = [{"text": DIRTY, "n": 1}, {"text": CLEAN, "n": 2}]
    source = tree(
        tmp_path / "in",
        {
            "a.txt": DIRTY,
            "b/c.md": DIRTY,
            "b/d.txt.gz": gzip.compress(DIRTY.encode()),
            "e.jsonl": "\n".join(map(json.dumps, rows)),
            "f.csv": f'id,text\n1,"{DIRTY}"\n',
            "page.html": "<p>no text</p>",
            ".hidden/g.txt": DIRTY,
        },
    )
    summary = mirrored(source, tmp_path / "out")
    out = contents(tmp_path / "out")
    assert out["a.txt"] == out["b/c.md"] == gzip.decompress(out.pop("b/d.txt.gz")) == CLEAN.encode()
    assert [json.loads(line)["text"] for line in out["e.jsonl"].splitlines()] == [CLEAN, CLEAN]
    assert out["f.csv"].decode() == f'id,text\n1,"{CLEAN}"\n'
    assert sorted(out) == ["a.txt", "b/c.md", "e.jsonl", "f.csv"]
    assert (summary.tally.documents, summary.tally.changed, summary.files, summary.failed) == (6, 5, 5, 0)
    assert summary.tally.categories == {"ad": 5}


def test_patterns(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", dict.fromkeys(("a.txt", "b/a.txt", "b/x.log", "c/a.txt", "c/keep.txt"), DIRTY))
    mirrored(source, tmp_path / "out", include=("*.log", "a.txt", "/c/"), exclude=("c/a.txt", "/a.txt"))
    assert list(contents(tmp_path / "out")) == ["b/a.txt", "b/x.log", "c/keep.txt"]
    for wrong in ("!", "[z-a]"):
        with pytest.raises(ConfigError, match="pattern is not understood"):
            mirrored(source, tmp_path / "out2", include=(wrong,))
    mirrored(source, tmp_path / "out3", include=("[[a]x",))  # odd, and no reason for Python to warn


def test_a_list_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"in/a.txt": DIRTY, "in/b.txt": DIRTY, "in/c.txt": DIRTY, "outside.txt": DIRTY})
    monkeypatch.chdir(tmp_path / "in")
    for names, zero in (("./b.txt\r\nmissing.txt\n../outside.txt\nb.txt\n\na.txt", False), ("a.txt\0b.txt\0", True)):
        listed = tmp_path / "names"
        listed.write_bytes(names.encode())
        target = Mirror(tmp_path / f"out{zero}")
        summary = run(Plan(names=(listed, zero), target=target, options=OPTIONS))
        assert list(contents(target.out)) == ["a.txt", "b.txt"]
        if not zero:
            reasons = {f.name: f.reason for f in summary.tally.failures}
            assert reasons["missing.txt"] == "No such file or directory"
            assert "leads out of the current folder" in reasons["../outside.txt"]
            assert "is that of b.txt already" in reasons["b.txt"]
            assert summary.exit_code == 2


def test_two_inputs_for_one_output(tmp_path: Path) -> None:
    one = tree(tmp_path / "1" / "x", {"a.txt": DIRTY})
    two = tree(tmp_path / "2" / "x", {"a.txt": CLEAN, "b.txt": DIRTY})
    summary = run(Plan(inputs=(one, two), target=Mirror(tmp_path / "out"), options=OPTIONS))
    assert list(contents(tmp_path / "out")) == ["x/a.txt", "x/b.txt"]
    assert [(f.name, f.reason) for f in summary.tally.failures] == [
        (str(two / "a.txt"), f"its output x/a.txt is that of {one / 'a.txt'} already")
    ]


def test_bad_files_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    source = tree(
        tmp_path / "in",
        {
            "a.txt": b"\xff\xfe\x00",
            "b.txt": DIRTY,
            "c.jsonl": 'x\n{"text": "Advertisement"}\n',
            "d.txt.gz": b"no gzip",
            "e.csv": "id\n1\n",
            "f.jsonl.gz": gzip.compress(b'{"text": "a"}\n' * 9)[:-4],
            "z.txt": DIRTY,
        },
    )
    report = tmp_path / "report.jsonl"
    summary = mirrored(source, tmp_path / "out", report=report)
    assert list(contents(tmp_path / "out")) == ["b.txt", "c.jsonl", "z.txt"]
    assert contents(tmp_path / "out")["c.jsonl"] == b'x\n{"text": ""}\n'
    assert [f.name for f in summary.tally.failures] == ["a.txt", "c.jsonl:1", "d.txt.gz", "e.csv", "f.jsonl.gz"]
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert [line["name"] for line in lines[:3]] == ["b.txt", "c.jsonl:2", "z.txt"]
    assert lines[0]["edits"][0]["rule"] == "ad/en/label"
    assert [line["name"] for line in lines if "error" in line] == [f.name for f in summary.tally.failures]


def test_links(tmp_path: Path) -> None:
    tree(tmp_path, {"secret.txt": DIRTY, "far/x.txt": DIRTY})
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "b/c.txt": DIRTY})
    for name, target in {
        "up": "..", "b/loop": "../b", "self": "self", "gone": "nowhere", "good": "a.txt", "out.txt": "../secret.txt",
        "far": "../far",
    }.items():  # fmt: skip
        (source / name).symlink_to(target)
    summary = mirrored(source, tmp_path / "out")
    assert list(contents(tmp_path / "out")) == ["a.txt", "b/c.txt", "good"]
    reasons = {f.name: f.reason.partition(",")[0] for f in summary.tally.failures}
    assert reasons == {
        "far": "a link that leads out of the tree",
        "gone": "a link to nowhere",
        "out.txt": "a link that leads out of the tree",
        "self": "a link that leads to itself",
        "up": "a link that leads out of the tree",
    }
    assert [n.name for n in summary.notes] == ["b/loop"]


def test_the_output_may_lie_in_the_input(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    mirrored(source, source / "out")
    mirrored(source, source / "out", overwrite=True)
    assert list(contents(source)) == ["a.txt", "out/a.txt"]


def test_what_would_lose_something_is_refused(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    with pytest.raises(ConfigError, match="is an input too"):
        mirrored(source, source)
    tree(tmp_path / "out", {"mine.txt": "x"})
    with pytest.raises(ConfigError, match="is not empty; --overwrite"):
        mirrored(source, tmp_path / "out")
    with pytest.raises(ConfigError, match="is a file"):
        mirrored(source, tmp_path / "out" / "mine.txt")
    with pytest.raises(ConfigError, match="nothing to clean"):
        run(Plan(target=Mirror(tmp_path / "x")))
    assert contents(tmp_path / "out") == {"mine.txt": b"x"}


def test_in_place_with_backups(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "b.txt": CLEAN, "c.jsonl": json.dumps({"text": DIRTY})})
    (source / "a.txt").chmod(0o640)
    plan = Plan(inputs=(source,), target=InPlace(".bak"), options=OPTIONS)
    assert run(plan).failed == 0
    assert contents(source) == {
        "a.txt": CLEAN.encode(), "a.txt.bak": DIRTY.encode(), "b.txt": CLEAN.encode(),
        "c.jsonl": json.dumps({"text": CLEAN}).encode(), "c.jsonl.bak": json.dumps({"text": DIRTY}).encode(),
    }  # fmt: skip
    assert (source / "a.txt").stat().st_mode & 0o777 == 0o640
    assert list(source.glob(".cleaner*")) == []
    (source / "a.txt").write_text("New.\nAdvertisement\n")
    summary = run(plan)
    assert "is there already and differs" in summary.tally.failures[0].reason
    assert (source / "a.txt").read_text() == "New.\nAdvertisement\n"
    assert (source / "a.txt.bak").read_text() == DIRTY


def test_in_place_after_a_kill_between_backup_and_rename(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    os.link(source / "a.txt", source / "a.txt.bak")
    assert run(Plan(inputs=(source,), target=InPlace(".bak"), options=OPTIONS)).failed == 0
    assert contents(source) == {"a.txt": CLEAN.encode(), "a.txt.bak": DIRTY.encode()}


def test_nowhere_changes_nothing(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    assert run(Plan(inputs=(source,), target=Nowhere(), options=OPTIONS)).tally.changed == 1
    assert contents(source) == {"a.txt": DIRTY.encode()}


def test_jobs_change_nothing(tmp_path: Path) -> None:
    files: dict[str, Any] = {f"{i % 7}/{i}.txt": f"Number {i}.\n" + DIRTY for i in range(150)}
    files["big.jsonl"] = "".join(json.dumps({"text": f"{i}\n{DIRTY}"}) + "\n" for i in range(300))
    source = tree(tmp_path / "in", files)
    for jobs in (1, 2):
        mirrored(source, tmp_path / f"out{jobs}", jobs=jobs, report=tmp_path / f"report{jobs}")
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")
    assert (tmp_path / "report1").read_bytes() == (tmp_path / "report2").read_bytes()
    assert len(contents(tmp_path / "out1")) == 151


@pytest.mark.parametrize(("names", "worth", "jobs"), [(False, 100, 2), (False, 10_000, 1), (True, 100, 1)])
def test_without_jobs_there_are_as_many_as_pay(
    names: bool, worth: int, jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("One line.\n" * 6)
    listed = tmp_path / "list"
    listed.write_text(f"{tmp_path / 'a.txt'}\n")
    monkeypatch.setattr(hands, "WORTH_TWO", worth)
    monkeypatch.setattr(hands, "cores", lambda: 2)
    plan = Plan(names=(listed, False)) if names else Plan(inputs=(tmp_path,))
    assert hands._paying(plan) == jobs
    monkeypatch.setattr(hands, "cores", lambda: 1)
    assert hands._paying(plan) == 1


def test_facts_of_a_plan_are_the_same_in_every_process() -> None:
    script = (
        "from cleaner.batch.fingerprint import _facts; from cleaner.rules.rule import Near\n"
        "print(_facts(Near(frozenset(['ad', 'byline', 'nav', 'share', 'ui']), 2)))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "1234"
    }
    assert len(told) == 1


def left(folder: Path) -> list[str]:
    """The names of all accounts under a folder."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob(".*"))


def test_a_finished_run_leaves_no_trace(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "b/c.jsonl": json.dumps({"text": DIRTY}) + "\n"})
    for jobs in (1, 2):
        mirrored(source, tmp_path / f"out{jobs}", jobs=jobs, report=tmp_path / "report", repeats=True)
    run(Plan(inputs=(source,), target=InPlace(".bak"), options=OPTIONS))
    assert left(tmp_path) == []


def test_the_account_is_kept_beside_where_a_run_may_need_it(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    for number in range(3):
        assert mirrored(source, tmp_path / "out", resume=True).resumed == number
        assert left(tmp_path) == [".out.cleaner-journal"]
        tree(source, {f"new{number}.txt": DIRTY})
    tree(source, {"bad.txt": b"\xff"})
    assert mirrored(source, tmp_path / "other").failed == 1
    assert left(tmp_path) == [".other.cleaner-journal", ".out.cleaner-journal"]
    tree(source, {"bad.txt": DIRTY})
    assert mirrored(source, tmp_path / "other", resume=True).resumed == 4
    # A run that begins anew ends as such.
    mirrored(source, tmp_path / "other", overwrite=True)
    assert left(tmp_path) == [".out.cleaner-journal"]


def test_without_an_account_a_run_to_resume_looks_at_all_and_replaces_nothing(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "b.txt": DIRTY, "c.jsonl": json.dumps({"text": DIRTY})})
    mirrored(source, tmp_path / "out")  # as if it had been killed after its very last step
    tree(tmp_path / "out", {"b.txt": "mine"})
    summary = mirrored(source, tmp_path / "out", resume=True)
    assert [f.name for f in summary.tally.failures] == ["b.txt"]
    assert (summary.resumed, (tmp_path / "out/b.txt").read_text()) == (0, "mine")
    assert mirrored(source, tmp_path / "out", resume=True).resumed == 2


def test_a_bad_file_does_not_keep_a_folder_from_being_cleaned_again(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "bad.txt": b"\xff"})
    for changed in (1, 0):
        summary = run(Plan(inputs=(source,), target=InPlace(), options=OPTIONS))
        assert (summary.failed, summary.tally.changed) == (1, changed)
    assert left(tmp_path) == []


def test_a_file_is_looked_into_once_however_often_the_folder_is_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Counting(Silent):
        wants_totals = True

    def look(path: Path, packing: Packing) -> str:
        asked.append(path.name)
        return no_lines(path, packing)

    monkeypatch.setattr(source, "no_lines", look)
    monkeypatch.setattr(hands, "cores", lambda: 2)
    folder = tree(tmp_path / "in", {"a.json": json.dumps({"text": DIRTY}) + "\n", "b.json": "[1]\n"})
    summary = run(Plan(inputs=(folder,), target=Mirror(tmp_path / "out"), options=OPTIONS, repeats=False), Counting())
    assert (summary.tally.changed, [note.name for note in summary.notes]) == (1, ["b.json"])
    assert asked == ["a.json", "b.json"]
