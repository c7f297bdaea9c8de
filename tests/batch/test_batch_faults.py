from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import Mirror, Plan, run
from cleaner.batch.report import ReportFile
from cleaner.batch.work import Worker
from cleaner.disk import DiskError
from cleaner.disk.aside import Aside
from cleaner.disk.scratch import scratch
from cleaner.errors import ConfigError
from cleaner.formats import Fields
from tests.batch_help import CLEAN, DIRTY, OPTIONS, contents, mirrored, tree

ROOT = Path(__file__).resolve().parent.parent.parent


class Stop(BaseException):
    """Stands for a kill: nothing is caught, nothing is cleared away."""


def stop_after(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, calls: int) -> None:
    """Let `owner.name` work for so many calls, then fail."""
    real: Callable[..., Any] = getattr(owner, name)
    count = 0

    def once(*args: Any, **more: Any) -> Any:
        nonlocal count
        count += 1
        if count > calls:
            raise Stop
        return real(*args, **more)

    monkeypatch.setattr(owner, name, once)


def some(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {f"{i:03}.txt": f"Number {i}.\n" + DIRTY for i in range(200)}
    files["big.jsonl"] = "".join(json.dumps({"text": f"{i}\n{DIRTY}"}) + "\n" for i in range(500)) + "bad\n"
    files["broken.txt"] = b"\xff"
    return tree(tmp_path / "in", files)


@pytest.mark.parametrize(
    ("owner", "name", "calls"), [(Worker, "files", 1), (Worker, "chunk", 3), (Aside, "commit", 90)]
)
def test_resumed_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, calls: int
) -> None:
    source = some(tmp_path)
    monkeypatch.setattr("cleaner.formats.jsonl.CHUNK", 5000)
    monkeypatch.setattr("cleaner.batch.ledger._PAUSE", 0.0)
    whole = mirrored(source, tmp_path / "whole", report=tmp_path / "whole.report")
    with monkeypatch.context() as m:
        stop_after(m, owner, name, calls)
        with pytest.raises(Stop):
            mirrored(source, tmp_path / "out", report=tmp_path / "report")
    done = contents(tmp_path / "out")
    finished = {n: c for n, c in done.items() if not n.endswith(".part")}
    assert finished.items() <= contents(tmp_path / "whole").items()
    with pytest.raises(ConfigError, match="--resume goes on"):
        mirrored(source, tmp_path / "out")
    resumed = mirrored(source, tmp_path / "out", report=tmp_path / "report", resume=True)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert (tmp_path / "report").read_bytes() == (tmp_path / "whole.report").read_bytes()
    assert resumed.tally == whole.tally
    assert resumed.failed == whole.failed == 2


def test_resume_takes_what_is_new_and_what_failed(tmp_path: Path) -> None:
    source = some(tmp_path)
    mirrored(source, tmp_path / "out")
    tree(source, {"broken.txt": DIRTY, "new.txt": DIRTY, "000.txt": CLEAN})
    (tmp_path / "out" / "001.txt").unlink()
    summary = mirrored(source, tmp_path / "out", resume=True)
    assert (summary.resumed, summary.files, summary.failed) == (199, 4, 1)
    assert contents(tmp_path / "out")["000.txt"] == contents(tmp_path / "out")["broken.txt"] == CLEAN.encode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"options": {**OPTIONS, "level": "careful"}}, "--level: unknown, now careful"),
        ({"options": {**OPTIONS, "max_removed": 0.5}}, "--max-removed: unknown, now 0.5"),
        ({"options": {"languages": ("en",)}}, "rules: "),
        ({"report": True}, "--report: not given, now given"),
        ({"fields": Fields("body")}, "--text-field: text, now body"),
    ],
)
def test_resume_with_other_settings_is_refused(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    mirrored(source, tmp_path / "out", resume=True)
    if "report" in change:
        change = {"report": tmp_path / "report"}
    with pytest.raises(ConfigError, match="the run to resume had other settings") as caught:
        run(
            Plan(
                **{
                    "inputs": (source,),
                    "target": Mirror(tmp_path / "out"),
                    "options": OPTIONS,
                    "resume": True,
                    **change,
                }
            )
        )
    assert told in str(caught.value)
    assert "program" not in str(caught.value)
    assert list((tmp_path / "out").glob(".*")) == []  # a run that is refused leaves all as it was
    assert mirrored(source, tmp_path / "out", resume=True).resumed == 1


def test_resume_with_another_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    mirrored(source, tmp_path / "out", resume=True)
    monkeypatch.setattr("cleaner.batch.fingerprint._program", lambda: "99.0 (code 12345678)")
    with pytest.raises(ConfigError, match=r"program: .*, now 99\.0 \(code 12345678\)"):
        mirrored(source, tmp_path / "out", resume=True)


def test_a_full_disk_stops_the_run_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = some(tmp_path)
    with monkeypatch.context() as m:
        real = Path.replace
        count = 0

        def replace(self: Path, target: Path) -> Path:
            nonlocal count
            count += 1
            if count > 20:
                raise OSError(28, "No space left on device")
            return real(self, target)

        m.setattr(Path, "replace", replace)
        with pytest.raises(DiskError, match="cannot be written: No space left on device"):
            mirrored(source, tmp_path / "out")
    assert {n: c for n, c in contents(tmp_path / "out").items() if not n.endswith(".part")}.items()
    mirrored(source, tmp_path / "out", resume=True)
    mirrored(source, tmp_path / "whole")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_really_full_disk(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"cannot mount a small disk here: {mounted.stderr.decode().strip()}")
    try:
        with pytest.raises(DiskError, match="No space left|full"):
            mirrored(some(tmp_path), small / "out")
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "b.txt": DIRTY, "c.jsonl": "{}", "d.txt": DIRTY})
    real = Plan.sources

    def vanishing(self: Plan, *more: Any) -> Any:
        for item in real(self, *more):
            if item.name in ("b.txt", "c.jsonl"):
                item.path.unlink()
            yield item

    monkeypatch.setattr(Plan, "sources", vanishing)
    summary = mirrored(source, tmp_path / "out", jobs=1, repeats=False)  # else the files are walked twice
    assert [(f.name, f.reason) for f in summary.tally.failures] == [
        ("b.txt", "No such file or directory"),
        ("c.jsonl", "No such file or directory"),
    ]
    assert list(contents(tmp_path / "out")) == ["a.txt", "d.txt"]


def test_a_bug_in_the_engine_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "b.jsonl": json.dumps({"text": DIRTY}) + "\n"})
    monkeypatch.setattr("cleaner.api.Cleaner.clean", lambda *_: 1 / 0)
    summary = mirrored(source, tmp_path / "out")
    assert [f.name for f in summary.tally.failures] == ["a.txt", "b.jsonl:1"]
    assert "internal error, please report it: ZeroDivisionError" in summary.tally.failures[0].reason
    assert contents(tmp_path / "out") == {"b.jsonl": (source / "b.jsonl").read_bytes()}


def test_two_runs_at_once(tmp_path: Path) -> None:
    from cleaner.batch.journal import Journal

    source = tree(tmp_path / "in", {"a.txt": DIRTY})
    journal = Journal(tmp_path / "out" / ".cleaner-journal", {}, resume=False)
    with pytest.raises(ConfigError, match="another run is writing there"):
        mirrored(source, tmp_path / "out", overwrite=True)
    journal.close()


def test_killed_at_random_and_run_again(tmp_path: Path) -> None:
    assert disturbed("kill", 5, "out-2,jsonl,backup,files-backup,learn", tmp_path) == [
        "kill: 0 torn, 0 lost, 0 differs, 0 left behind, 0 untold"
    ]


def test_a_disk_that_fails_is_told_and_costs_nothing(tmp_path: Path) -> None:
    assert disturbed("io", 4, "files-backup,csv,rules-new,page", tmp_path) == [
        "io: 0 torn, 0 lost, 0 differs, 0 left behind, 0 untold"
    ]


def disturbed(fault: str, rounds: int, ways: str, folder: Path) -> list[str]:
    """What `python -m tools.faults` says in the end."""
    command = [sys.executable, "-m", "tools.faults", "--fault", fault, "--rounds", str(rounds), "--ways", ways]
    ran = subprocess.run(
        [*command, "--size", "20", "--folder", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.splitlines()[-1:]


def test_a_kill_leaves_no_process_behind(tmp_path: Path) -> None:
    tree(tmp_path / "in", {f"{i}.txt": DIRTY * 400 for i in range(2000)})
    script = tmp_path / "run.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path, PosixPath\n"
        "from cleaner.batch import Mirror, Plan, run\n"
        f"if __name__ == '__main__': run(Plan((Path('in'),), Mirror(Path('out')), options={OPTIONS!r}, jobs=2))\n"
    )
    # The workers hold the pipe as long as they live.
    process = subprocess.Popen([sys.executable, script], cwd=tmp_path, stdout=subprocess.PIPE)
    while process.poll() is None and not list((tmp_path / "out").glob("*.txt")):
        time.sleep(0.05)
    assert process.poll() is None
    process.kill()
    process.communicate(timeout=60)


def test_the_temporary_folder_of_a_killed_run_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "import os, signal\nfrom cleaner.disk.scratch import scratch\nwith scratch(): os.kill(os.getpid(), signal.SIGKILL)"
    command = [sys.executable, "-c", script]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    (left,) = tmp_path.iterdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with scratch() as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert not left.exists()
    assert not folder.exists()


def test_the_folder_of_a_run_killed_before_it_locked_it_goes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "cleaner-scratch-killed").mkdir()
    with scratch() as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_that_another_run_takes_for_a_dead_one_s_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = tempfile.mkdtemp
    taken: list[str] = []

    def taken_once(prefix: str) -> str:
        name = made(prefix=prefix)
        if not taken:
            taken.append(name)
            Path(name).rmdir()
        return name

    monkeypatch.setattr(tempfile, "mkdtemp", taken_once)
    with scratch() as folder:
        assert taken != [str(folder)]
        assert list(tmp_path.iterdir()) == [folder]


def test_a_piece_whose_report_finds_no_room_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = some(tmp_path)
    monkeypatch.setattr("cleaner.formats.jsonl.CHUNK", 5000)
    monkeypatch.setattr("cleaner.batch.ledger._PAUSE", 0.0)
    real = ReportFile.write

    def full(report: ReportFile, data: bytes) -> None:
        if b"big.jsonl:100" in data:
            raise DiskError("report", "cannot be written: No space left on device")
        real(report, data)

    with monkeypatch.context() as m:
        m.setattr(ReportFile, "write", full)
        with pytest.raises(DiskError):
            mirrored(source, tmp_path / "out", report=tmp_path / "report")
    mirrored(source, tmp_path / "out", report=tmp_path / "report", resume=True)
    mirrored(source, tmp_path / "whole", report=tmp_path / "whole.report")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert (tmp_path / "report").read_bytes() == (tmp_path / "whole.report").read_bytes()


@pytest.mark.parametrize("what", ["part is gone", "input changed"])
def test_a_mark_that_does_not_hold_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    source = some(tmp_path)
    monkeypatch.setattr("cleaner.formats.jsonl.CHUNK", 5000)
    monkeypatch.setattr("cleaner.batch.ledger._PAUSE", 0.0)
    with monkeypatch.context() as m:
        stop_after(m, Worker, "chunk", 3)
        with pytest.raises(Stop):
            mirrored(source, tmp_path / "out", report=tmp_path / "report")
    if what == "part is gone":
        next((tmp_path / "out").glob(".cleaner-*.part")).unlink()
    else:
        big = source / "big.jsonl"
        big.write_text(big.read_text().replace("council", "board"))
    mirrored(source, tmp_path / "out", report=tmp_path / "report", resume=True)
    mirrored(source, tmp_path / "whole", report=tmp_path / "whole.report")
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert (tmp_path / "report").read_bytes() == (tmp_path / "whole.report").read_bytes()
