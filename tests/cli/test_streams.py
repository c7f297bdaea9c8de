"""Large streams of JSON lines are cleaned by two processes: nobody must be able to tell, but by the clock."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.batch import pool
from cleaner.cli import streams
from tests.running import ROOT, Run

GOOD = json.dumps({"text": "It rained.\n\nSHOP NOW\n"}) + "\n"
COMMAND = [sys.executable, "-m", "cleaner", "--jsonl", "-q"]
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


def mixed(count: int) -> bytes:
    """Lines of all kinds, some of them bad."""
    lines = []
    for i in range(count):
        lines.append(
            json.dumps({"id": i, "text": f"It rained on day {i}.\n\nSHOP NOW\nWe saw {i} of them in the park."})
        )
        if i % 40 == 7:
            lines += ["", "[1]", '{"text": null}', "{", '{"text": 3}\r']
    return "\n".join(lines).encode()


@pytest.mark.parametrize("options", [[], ["--edits"], ["--check"]])
def test_two_processes_give_what_one_gives(
    options: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_PIECE", 2000)
    (tmp_path / "a.jsonl").write_bytes(mixed(150))
    # A line that is no UTF-8 ends its stream, and no other.
    (tmp_path / "b.jsonl").write_bytes(mixed(60) + b'\n{"text": "\xff"}\n' + mixed(200))
    args = ["--jsonl", *options, "a.jsonl", "-", "b.jsonl", "missing.jsonl", "a.jsonl"]
    if "--check" in options:  # with which `--jobs` asks for a batch
        one = run(*args, stdin=mixed(50))
        monkeypatch.setattr(pool, "WORTH_TWO", 100)
        monkeypatch.setattr(pool, "cores", lambda: 2)
        two = run(*args, stdin=mixed(50))
    else:
        one, two = (run(*args, "--jobs", jobs, stdin=mixed(50)) for jobs in (1, 2))
    assert one.status == 2
    assert one.err.count("\n") > 30
    assert two == one


@pytest.mark.parametrize(
    ("size", "cores", "args", "started"),
    [(0, 2, [], 1), (0, 2, ["--jobs", "1"], 0), (0, 1, [], 0), (1 << 30, 2, [], 0)],
)
def test_others_are_started_where_they_pay(
    size: int, cores: int, args: list[str], started: int, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    original = pool.workers
    monkeypatch.setattr(streams, "_PIECE", 100)
    monkeypatch.setattr(pool, "WORTH_TWO", size)
    monkeypatch.setattr(pool, "cores", lambda: cores)
    monkeypatch.setattr(pool, "workers", lambda *given: calls.append(given) or original(*given))
    (tmp_path / "a.jsonl").write_bytes(mixed(20))
    assert run("--jsonl", *args, "a.jsonl", "a.jsonl").out.count(b"It rained") == 40
    assert run("--jsonl", *args, stdin=mixed(20)).out.count(b"It rained") == 20
    assert len(calls) == 2 * started


def test_check_finds_what_another_process_changed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_PIECE", 10)
    monkeypatch.setattr(pool, "WORTH_TWO", 10)
    monkeypatch.setattr(pool, "cores", lambda: 2)
    assert run("--jsonl", "--check", stdin=GOOD * 3).status == 1
    assert run("--jsonl", "--check", stdin='{"text": "It rained."}\n' * 3).status == 0


def test_what_was_read_is_given_before_more_comes() -> None:
    with subprocess.Popen([*COMMAND, "--jobs", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENV) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(3):
            process.stdin.write(GOOD.encode() * 2)
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 60)[0]
            assert process.stdout.readline() == b'{"text": "It rained.\\n"}\n'
            assert process.stdout.readline()
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_reader_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(GOOD * 100_000)
    process = subprocess.Popen(
        [*COMMAND, "--jobs", "2", "a.jsonl"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV
    )
    assert process.stdout
    process.stdout.readline()
    process.stdout.close()
    process.stdout = None
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_no_process_outlives_the_first(number: signal.Signals, status: int) -> None:
    process = subprocess.Popen([*COMMAND, "--jobs", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENV)
    assert process.stdin
    assert process.stdout
    process.stdin.write(GOOD.encode())
    process.stdin.flush()
    process.stdout.readline()
    children = [int(n) for n in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    assert children
    process.send_signal(number)
    assert process.wait(60) == status
    end = time.monotonic() + 60
    while any(alive(child) for child in children):
        assert time.monotonic() < end
        time.sleep(0.05)
    process.stdin.close()
    process.stdout.close()


def alive(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def test_worker_that_dies_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_work", os.abort)
    monkeypatch.setattr(streams, "_begin", os.abort)
    ran = run("--jsonl", "--jobs", "2", stdin=GOOD)
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith("cleaner: --jobs: a worker process ended")
