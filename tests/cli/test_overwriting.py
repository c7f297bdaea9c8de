"""Nothing that a person has is written over unasked: each way to write, on what is there already."""

from __future__ import annotations

import json
import os
import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch_help import contents, tree
from tests.running import ROOT, Run

DIRTY = "It rained.\n\nSHOP NOW\n"
BODY = "It rained.\n"
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
ACCESS, NOBODY = "system.posix_acl_access", 0xFFFFFFFF
CONSOLE = [sys.executable, "-m", "cleaner"]


def refused(run: Run, folder: Path, *args: object, why: str) -> None:
    """The run is refused in one line, and not a byte under `folder` is another."""
    before = contents(folder)
    ran = run(*args)
    assert (ran.status, ran.out) == (2, b""), ran
    assert ran.err.count("\n") == 1
    assert why in ran.err
    assert contents(folder) == before


def test_a_report_is_no_input(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"1.txt": DIRTY, "2.txt": DIRTY, "in/a.txt": DIRTY, "names": "1.txt\n2.txt\n"})
    refused(run, tmp_path, "--check", "-q", "--report", "1.txt", "1.txt", "2.txt", why="1.txt: is an input")
    # What a shell makes of `--report *.txt`.
    refused(run, tmp_path, "--check", "-q", "--report", "1.txt", "2.txt", why="is there already; --overwrite")
    refused(run, tmp_path, "in", "--check", "--report", "in/a.txt", why="lies in the input folder in")
    refused(run, tmp_path, "in", "--check", "--report", "in/a.txt", "--overwrite", why="lies in the input folder in")
    refused(run, tmp_path, "in", "--check", "--report", "in/new.jsonl", why="lies in the input folder in")
    refused(run, tmp_path, "in", "--check", "--report", "in/a.txt", "--overwrite", "in/a.txt", why="is an input")
    refused(run, tmp_path, "--files-from", "names", "--check", "--report", "names", why="is an input")
    refused(run, tmp_path, "--files-from", "names", "--check", "--report", "2.txt", "--overwrite", why="is an input")
    refused(run, tmp_path, "in", "--check", "--report", ".", why="no regular file")


def test_a_report_replaces_a_report_alone(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": DIRTY, "mine.txt": "my notes\n", "mine.jsonl": '{"name": "a"}\n', "empty": ""})
    for name in ("mine.txt", "mine.jsonl"):
        refused(run, tmp_path, "a.txt", "--check", "-q", "--report", name, why=f"{name}: is there already; --overwrite")
    assert run("a.txt", "--check", "-q", "--report", "mine.txt", "--overwrite").status == 1
    for name in ("report", "report", "empty"):
        assert run("a.txt", "--check", "-q", "--report", name).status == 1
        assert json.loads((tmp_path / name).read_text())["name"] == "a.txt"
    assert sorted(contents(tmp_path)) == ["a.txt", "empty", "mine.jsonl", "mine.txt", "report"]


def test_a_report_in_the_input_folder_is_no_input_of_the_next_run(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"in/a.txt": DIRTY})
    for _ in range(2):
        assert run("in", "--check", "-q", "--report", "in/r.jsonl", "--overwrite").status == 1
    assert len((tmp_path / "in/r.jsonl").read_text().splitlines()) == 1


def test_an_output_is_not_the_report(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"in/a.txt": DIRTY, "in/b.txt": DIRTY})
    ran = run("in", "-o", "out", "-q", "--report", "out/b.txt")
    assert (ran.status, ran.err) == (2, "cleaner: b.txt: its output would be the report\n")
    assert contents(tmp_path / "out")["a.txt"] == BODY.encode()


def test_a_proposal_replaces_nothing(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {f"in/{i}.txt": f"Story {i}.\nSubscribe to our paper today\n" for i in range(4)})
    tree(tmp_path, {"mine.toml": "mine\n"})
    refused(run, tmp_path, "learn", "-q", "in", "-o", "mine.toml", why="is there already; --overwrite")
    refused(run, tmp_path, "learn", "-q", "in", "-o", "in/0.txt", why="lies in the input folder in")
    refused(run, tmp_path, "learn", "-q", "in", "-o", "in/0.txt", "--overwrite", why="lies in the input folder in")
    refused(run, tmp_path, "learn", "-q", "in/0.txt", "in/1.txt", "-o", "in/0.txt", why="is an input")
    assert run("learn", "-q", "in", "-o", "mine.toml", "--overwrite").status == 0
    assert "[[rule]]" in (tmp_path / "mine.toml").read_text()


def test_an_output_folder_holds_no_inputs(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"d/sub/x.txt": DIRTY, "d/x.txt": BODY, "names": "d/sub/x.txt\nd/x.txt\n", "f": ""})
    refused(run, tmp_path, "d/sub/x.txt", "-o", "d", why="is not empty; --overwrite")
    refused(run, tmp_path, "d/sub/x.txt", "d/x.txt", "-o", "d", "--overwrite", why="is an input and lies in it")
    refused(run, tmp_path, "--files-from", "names", "-o", ".", "--overwrite", why="is an input and lies in it")
    refused(run, tmp_path, "d/sub", "-o", "d", "--overwrite", why="is an input and lies in it")
    refused(run, tmp_path, "d", "-o", "d", "--overwrite", why="is an input too")
    refused(run, tmp_path, "d", "-o", "f", why="is a file")


def test_a_file_that_came_into_the_output_is_not_taken_for_ours(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"in/a.txt": DIRTY, "in/same.txt": DIRTY})
    assert run("in", "-o", "out", "-q", "--resume", "--include", "a.txt").status == 0
    tree(tmp_path, {"in/b.txt": DIRTY, "out/b.txt": "mine\n", "out/same.txt": BODY})
    ran = run("in", "-o", "out", "-q", "--resume")
    assert ran.status == 2
    assert ran.err == "cleaner: b.txt: is there already, and not by the run to resume; --overwrite replaces it\n"
    assert contents(tmp_path / "out") == {"a.txt": BODY.encode(), "b.txt": b"mine\n", "same.txt": BODY.encode()}


@pytest.mark.parametrize("what", ["t.txt", "."])
def test_a_backup_is_never_lost(run: Run, tmp_path: Path, what: str) -> None:
    text = DIRTY + "\n© 2024 West Hollen Courier. All rights reserved.\n"
    (tmp_path / "t.txt").write_text(text)
    assert run("-q", "-i=.bak", "--ignore", "legal", what).status == 0
    half = (tmp_path / "t.txt").read_text()
    assert half not in (text, BODY)
    ran = run("-q", "-i=.bak", what)
    assert ran.status == 2
    assert "is there already and differs" in ran.err
    assert contents(tmp_path) == {"t.txt": half.encode(), "t.txt.bak": text.encode()}
    assert run("-q", "-i=.bak", what, "--overwrite").status == 0
    assert contents(tmp_path) == {"t.txt": BODY.encode(), "t.txt.bak": half.encode()}


def test_two_runs_at_once_keep_all_originals(tmp_path: Path) -> None:
    names = [f"{i}.txt" for i in range(300)]
    tree(tmp_path, dict.fromkeys(names, DIRTY))
    runs = [subprocess.Popen([*CONSOLE, "-q", "-i=.bak", *names], cwd=tmp_path, env=ENV) for _ in range(2)]
    assert {r.wait(120) for r in runs} <= {0, 2}
    left = contents(tmp_path)
    assert {left[f"{n}.bak"] for n in names} == {DIRTY.encode()}
    assert {left[n] for n in names} == {BODY.encode()}
    assert len(left) == 600


def test_an_edit_in_between_is_kept(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cleaner import Cleaner

    path = tmp_path / "a.txt"
    path.write_text(DIRTY)
    clean = Cleaner.clean

    def slowly(*args: object, **more: object) -> object:
        result = clean(*args, **more)  # type: ignore[arg-type]
        path.write_text("An edit.\n")
        return result

    monkeypatch.setattr(Cleaner, "clean", slowly)
    for args in (["a.txt"], ["."]):
        path.write_text(DIRTY)
        ran = run("-q", "-i=.bak", *args)
        assert ran.status == 2
        assert "was changed while it was being cleaned; it was left as it is" in ran.err
        assert contents(tmp_path) == {"a.txt": b"An edit.\n"}


@pytest.mark.skipif(os.name == "nt", reason="no such owners and attributes there")
@pytest.mark.parametrize("what", ["a.txt", "."])
def test_what_belongs_to_a_file_stays(run: Run, tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY)
    path.chmod(0o640)
    if os.getuid() == 0:
        os.chown(path, 1000, 1001)
    before = path.stat()
    attribute = access = True
    try:
        os.setxattr(path, "user.label", b"mine")
    except OSError:
        attribute = False
    # Read and write for the owner, read for one more user, nothing for others.
    entries = ((1, 6, NOBODY), (2, 4, 1234), (4, 4, NOBODY), (16, 4, NOBODY), (32, 0, NOBODY))
    listed = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *e) for e in entries)
    try:
        os.setxattr(path, ACCESS, listed)
    except OSError:
        access = False
    assert run("-q", "-i", what).status == 0
    after = path.stat()
    assert path.read_text() == BODY
    assert (after.st_uid, after.st_gid, after.st_mode) == (before.st_uid, before.st_gid, before.st_mode)
    assert not attribute or os.getxattr(path, "user.label") == b"mine"
    assert not access or os.getxattr(path, ACCESS) == listed


@pytest.mark.parametrize("what", ["a.txt", "a.jsonl", "."])
def test_times_stay_where_that_is_asked_for(run: Run, tmp_path: Path, what: str) -> None:
    then = 1_600_000_000_123_456_789
    record = json.dumps({"text": DIRTY}) + "\n"

    def times(*args: str) -> set[int]:
        tree(tmp_path, {"a.txt": DIRTY, "a.jsonl": record})
        for name in ("a.txt", "a.jsonl"):
            os.utime(tmp_path / name, ns=(then, then))
        assert run("-q", "-i", what, *args).status == 0
        changed = ["a.txt", "a.jsonl"] if what == "." else [what]
        left = contents(tmp_path)
        assert all(b"SHOP" not in left[name] for name in changed)
        return {(tmp_path / name).stat().st_mtime_ns for name in changed}

    assert then not in times()
    assert times("--keep-times") == {then}
    (tmp_path / "cleaner.toml").write_text("keep-times = true\n")
    assert times() == {then}
    assert run("-q", stdin=DIRTY).out == BODY.encode()  # a setting of another job
    assert run("-q", "--keep-times", stdin=DIRTY).err == "cleaner: --keep-times needs -i (see 'cleaner --help')\n"


def test_a_run_that_keeps_times_goes_on(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"in/a.txt": DIRTY, "in/b.txt": BODY})
    for resumed in (0, 1, 2):  # what was changed is looked at once more
        ran = run("-q", "-i", "in", "--keep-times", "--resume", "--summary", "json")
        assert json.loads(ran.out)["resumed"] == resumed


def test_names_as_long_as_names_can_be(run: Run, tmp_path: Path) -> None:
    fits, full = "x" * 247 + ".txt", "y" * 251 + ".txt"
    tree(tmp_path, {fits: DIRTY, full: DIRTY})
    assert run("-q", "-i=.bak", fits).status == 0
    for what in (full, "."):
        ran = run("-q", "-i=.bak", what)
        assert ran.status == 2
        assert "File name too long" in ran.err
    assert contents(tmp_path) == {fits: BODY.encode(), f"{fits}.bak": DIRTY.encode(), full: DIRTY.encode()}


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_signal_beside_the_rename_loses_nothing(
    run: Run, tmp_path: Path, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cleaner.disk.aside import Aside

    commit = Aside.commit

    def interrupted(self: Aside, durable: bool = False) -> None:
        if when == "after":
            commit(self, durable)
        raise KeyboardInterrupt

    monkeypatch.setattr(Aside, "commit", interrupted)
    tree(tmp_path, {"a.txt": DIRTY})
    assert run("-q", "-i=.bak", "a.txt").status == 130
    after = {"a.txt": BODY.encode(), "a.txt.bak": DIRTY.encode()}
    assert contents(tmp_path) == ({"a.txt": DIRTY.encode()} if when == "before" else after)


@pytest.mark.parametrize("what", ["a.txt", "d"])
def test_hard_links_are_not_broken_silently(run: Run, tmp_path: Path, what: str) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.txt").write_text(DIRTY)
    os.link(tmp_path / "d/a.txt", tmp_path / "other")
    ran = run("-q", "-i=.bak", "d/a.txt" if what == "a.txt" else what)
    assert (ran.status, ran.err) == (
        0,
        "cleaner: d/a.txt: had other names (hard links); they keep the old text\n",
    )
    assert (tmp_path / "other").read_text() == DIRTY
    assert stat.S_ISREG((tmp_path / "d/a.txt").stat().st_mode)


@pytest.mark.parametrize("command", ["-q f", "f", "-q < f", "--diff-only f", "--jsonl f", "--jsonl -q < f", "-q g f"])
@pytest.mark.parametrize("to", [">>", ">", "1<>"])
def test_the_output_is_no_input(tmp_path: Path, command: str, to: str) -> None:
    tree(tmp_path, {"f": DIRTY, "g": BODY})
    done = subprocess.run(
        f"{sys.executable} -m cleaner {command} {to} f", shell=True, cwd=tmp_path, env=ENV, capture_output=True
    )
    assert done.returncode == 2
    name = "stdin" if "<" in command else "f"
    assert done.stderr.decode() == f"cleaner: {name}: input file is output file\n"
    assert (tmp_path / "f").read_text() == ("" if to == ">" else DIRTY)  # which the shell has emptied


def test_what_stdout_writes_in_an_input_folder_is_no_input(tmp_path: Path) -> None:
    tree(tmp_path, {"in/a.txt": DIRTY})
    done = subprocess.run(
        f"{sys.executable} -m cleaner in --check -q --summary json > in/s.txt", shell=True, cwd=tmp_path, env=ENV
    )
    assert done.returncode == 1
    assert json.loads((tmp_path / "in/s.txt").read_text())["documents"] == 1


def test_what_killed_runs_left_is_swept(run: Run, tmp_path: Path) -> None:
    from cleaner.disk.aside import Aside

    tree(tmp_path, {"a.txt": BODY, ".cleaner-0123.part": "torn"})
    living = Aside(tmp_path / "b.txt")
    try:
        assert run("-q", "-i", "a.txt").status == 0
        assert sorted(p.name for p in tmp_path.iterdir()) == [living.aside.name, "a.txt"]
    finally:
        living.discard()
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
