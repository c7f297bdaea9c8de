"""Standard streams that are closed, full or interrupted: one line, a status that tells, nothing in the wrong place."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.workbench.lint import Problem
from tests.batch_help import DIRTY, contents, tree
from tests.running import ROOT, Run

if sys.platform == "win32":
    pytest.skip("shells and signals of another kind", allow_module_level=True)

ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
CLEANER = f"{sys.executable} -m cleaner"
STOPPED = "cleaner: stopped; what is done is done, and --resume goes on\n"


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command.replace("CLEANER", CLEANER), shell=True, cwd=folder, env=ENV, capture_output=True, timeout=120
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tree(tmp_path, {"a.txt": DIRTY, "b.txt": DIRTY, "c.jsonl": json.dumps({"text": DIRTY}) + "\n"})


@pytest.mark.parametrize(
    "args", ["a.txt", "-q a.txt", "--help", "--version", "rules stats", "--jsonl c.jsonl", "--diff-only a.txt"]
)
@pytest.mark.parametrize("where", [">&-", "> /dev/full"])
def test_what_stdout_cannot_take_is_one_line(args: str, where: str, files: Path) -> None:
    done = shell(f"CLEANER {args} --color never {where}" if args == "a.txt" else f"CLEANER {args} {where}", files)
    assert done.returncode == 2
    reason = "Bad file descriptor" if where == ">&-" else "No space left on device"
    last = done.stderr.decode().splitlines()[-1]
    assert last == f"cleaner: output: {reason}"
    assert b"Traceback" not in done.stderr


def test_a_closed_stdout_does_not_matter_where_nothing_goes_there(files: Path) -> None:
    assert shell("CLEANER --check -q a.txt >&-", files).returncode == 1
    assert shell("CLEANER -q -i a.txt b.txt >&-", files).returncode == 0
    assert contents(files)["a.txt"] != DIRTY.encode()


@pytest.mark.parametrize("args", ["missing a.txt b.txt", "-q missing a.txt b.txt"])
def test_messages_never_go_into_the_bodies(args: str, files: Path) -> None:
    right = shell("CLEANER -q a.txt b.txt", files).stdout
    assert right.count(b"\n") == 4
    for where, status in (("2>&-", 2), ("2> /dev/full", 2)):
        done = shell(f"CLEANER {args} {where}", files)
        assert (done.returncode, done.stdout) == (status, right)


def test_a_diff_that_cannot_be_shown_stops_nothing(files: Path) -> None:
    right = shell("CLEANER -q a.txt b.txt", files).stdout
    done = shell("CLEANER a.txt b.txt 2> /dev/full", files)
    assert (done.returncode, done.stdout) == (2, right)
    done = shell("CLEANER a.txt b.txt 2>&-", files)
    assert (done.returncode, done.stdout) == (0, right)
    assert shell("CLEANER -i a.txt b.txt 2> /dev/full", files).returncode == 2
    assert {contents(files)[n].decode() for n in ("a.txt", "b.txt")} == {DIRTY.replace("Advertisement\n", "")}


def test_a_batch_goes_on_without_a_stderr(files: Path) -> None:
    for number, (where, status) in enumerate((("2>&-", 0), ("2> /dev/full", 2))):
        done = shell(f"CLEANER . -o out{number} --include '*.txt' --exclude 'out*' {where}", files)
        assert (done.returncode, done.stdout) == (status, b"")
        assert list(contents(files / f"out{number}")) == ["a.txt", "b.txt"]


NESTED = "a = " + "[" * 20_000
DEEP_PACK = 'about = "x"\ncategory = "promo"\nlanguage = "en"\n[[rule]]\nid = "x"\nwhy = "It is tried."\nmatch = \'^{}abc\'\ndrop = ["abc", "abc"]\nkeep = ["x"]\n'


@pytest.mark.parametrize("args", [["rules", "lint"], ["rules", "test"], ["-q", "a.txt", "--rules"]])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (NESTED, "nested too deeply"),
        (DEEP_PACK.format("(?:" * 2000 + "a" + ")" * 2000), "nested too deeply"),
        (DEEP_PACK.format("(?P<x>(?&x)a)"), "cannot be checked"),
        (DEEP_PACK.format("(?R)?"), "cannot be checked"),
    ],
    ids=["TOML", "brackets", "calls itself", "recursion"],
)
def test_nesting_is_one_line(run: Run, files: Path, args: list[str], content: str, reason: str) -> None:
    tree(files, {"promo/en/x.toml": content})
    ran = run(*args, "promo/en/x.toml")
    assert ran.status == 2
    first = ran.err.splitlines()[0]
    assert first.startswith("cleaner: promo/en/x.toml: ")
    assert reason in first
    assert ran.err.count("\n") == 1


def test_settings_nested_deep_are_one_line(run: Run, files: Path) -> None:
    tree(files, {"cleaner.toml": NESTED})
    ran = run("-q", "a.txt")
    assert (ran.status, ran.err) == (2, f"cleaner: {files}/cleaner.toml: nested too deeply\n")


@pytest.mark.parametrize("args", [["-q", "a.txt"], ["a.txt"], ["--jsonl", "c.jsonl"], ["rules", "stats"]])
@pytest.mark.parametrize(
    ("error", "line"),
    [
        (MemoryError(), "out of memory"),
        (RecursionError("x"), "something is nested too deeply: a pattern, a rule pack, or a settings file"),
        (RuntimeError("invalid SRE code"), "internal error, please report it: RuntimeError: invalid SRE code"),
    ],
    ids=["memory", "recursion", "bug"],
)
def test_whatever_is_raised_is_one_line(
    run: Run, files: Path, args: list[str], error: Exception, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Cleaner, "__init__", fail)
    ran = run(*args)
    assert (ran.status, ran.out, ran.err) == (2, b"", f"cleaner: {line}\n")


@pytest.mark.parametrize(
    ("number", "jobs", "all_of_them"),
    [
        (signal.SIGTERM, 1, False),
        (signal.SIGINT, 1, False),
        (signal.SIGHUP, 1, False),
        (signal.SIGTERM, 2, False),
        # What Ctrl-C, `timeout` and a terminal that closes do.
        (signal.SIGTERM, 2, True),
        (signal.SIGINT, 2, True),
        (signal.SIGHUP, 2, True),
    ],
)
def test_a_signal_commits_what_is_done(tmp_path: Path, number: signal.Signals, jobs: int, all_of_them: bool) -> None:
    tree(tmp_path, {f"in/{i:04}.txt": f"Story {i}.\n" + DIRTY * 20 for i in range(900)})
    command = [*CLEANER.split(), "in", "-o", "out", "--jobs", str(jobs), "--select", "ad", "--lang", "en"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    end = time.monotonic() + 60
    while len(list((tmp_path / "out").glob("*.txt"))) < 200 and time.monotonic() < end:
        time.sleep(0.01)
    if all_of_them:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.decode()) == (128 + number, b"", STOPPED)
    done = len(list((tmp_path / "out").glob("*.txt")))
    assert done < 900
    ran = subprocess.run([*command, "--resume", "-q", "--summary", "json"], cwd=tmp_path, env=ENV, capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, b"")
    told = json.loads(ran.stdout)
    assert told["documents"] == told["resumed"] + told["files"] == 900
    # Up to what was in the workers' hands, all that was done is known to be.
    assert told["resumed"] >= done - 64 * 3 * jobs
    assert sorted(contents(tmp_path / "out")) == [f"{i:04}.txt" for i in range(900)]


def test_a_closed_stdin_is_one_line(files: Path) -> None:
    for args in ("", "-q", "--jsonl", "-q --files-from - --check"):
        done = shell(f"CLEANER {args} <&-", files)
        assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"cleaner: stdin: is closed\n")


def test_records_nested_deep_are_one_line(run: Run, files: Path) -> None:
    line = '{"text": "It rained.", "x": ' + "[" * 100_000 + "]" * 100_000 + "}\n"
    tree(files, {"deep.jsonl": line})
    for args, said in (
        (("-q", "--jsonl", "deep.jsonl"), "cleaner: deep.jsonl:1: nested too deeply\n"),
        (("-q", "deep.jsonl", "-o", "out"), "cleaner: deep.jsonl:1: nested too deeply\n"),
    ):
        ran = run(*args)
        assert (ran.status, ran.err) == (2, said)
    assert (files / "out" / "deep.jsonl").read_text() == line


def test_a_document_that_wants_too_much_memory_is_named_as_that(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Cleaner.clean

    def clean(self: Cleaner, text: str, name: str, *more: object) -> object:
        if name == "a.txt":
            raise MemoryError
        return real(self, text, name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Cleaner, "clean", clean)
    ran = run("-q", ".", "--include", "*.txt", "-o", "out")
    assert (ran.status, ran.err) == (2, "cleaner: a.txt: out of memory\n")
    assert list(contents(files / "out")) == ["b.txt"]


def test_a_message_that_quotes_something_endless_is_clipped(run: Run, files: Path) -> None:
    ran = run("--select", "x" * 50_000, "a.txt")
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 6000
    assert " [...] " in ran.err


def test_a_pattern_that_is_nested_too_deeply_is_told_in_a_line(run: Run, files: Path) -> None:
    ran = run("rules", "try", "(" * 50_000 + "x", "a.txt")
    assert (ran.status, ran.err) == (2, "cleaner: a pattern is nested too deeply to compile\n")


def test_a_list_parted_by_nul_that_is_read_without_saying_so(run: Run, files: Path) -> None:
    (files / "names").write_bytes(b"a.txt\0b.txt\0")
    (files / "out").mkdir()
    for more in (("--check",), ("-o", "out", "--overwrite", "--report", "r.jsonl")):
        ran = run("-q", "--files-from", "names", *more)
        assert ran.status == 2
        assert (
            ran.err
            == "cleaner: a.txt\\x00b.txt\\x00: holds a NUL, as no name does; -0 reads names that are parted by NUL\n"
        )
    assert run("-q", "--files-from", "names", "-0", "--check").status == 1


def test_advice_is_safe_for_a_terminal(run: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Problem("x.toml: \x1b[2J\u202etxt", error=False)
    monkeypatch.setattr("cleaner.cli.rules.lint", lambda _: ([], [said]))
    ran = run("rules", "lint", "--advice", tty=("stdout",))
    assert ran.out.startswith(rb"advice: x.toml: \x1b[2J\u202etxt")


def test_documents_on_one_stream_stay_apart(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "It rained.", "b.txt": "It snowed.\r\nNo end.", "e.txt": "", "c.txt": "It hailed."})
    for args in (["-q"], []):
        ran = run(*args, "a.txt", "b.txt", "e.txt", "c.txt")
        assert ran.out == b"It rained.\nIt snowed.\r\nNo end.\r\nIt hailed."
        assert run(*args, "c.txt", "e.txt").out == b"It hailed."
    tree(tmp_path, {"a.jsonl": '{"text": "It rained."}', "b.jsonl": '{"text": "It snowed."}'})
    for args in (["-q"], ["--edits"], ["--jobs", "2"]):
        lines = run("--jsonl", *args, "a.jsonl", "b.jsonl").out.splitlines()
        assert [json.loads(line)["text"] for line in lines] == ["It rained.", "It snowed."]
