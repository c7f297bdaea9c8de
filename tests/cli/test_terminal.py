"""Real processes: terminals, pipes that close, interrupts, and what is imported on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.running import ROOT, Run

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are not there", allow_module_level=True)

import pty

EVIL = "It rained.\n\x1b]0;owned\x07\x1b[2J\x9b5mIt \x08stopped.\r\nSHOP NOW\n\x1b[8mSHOP NOW\r\n"
COMMAND = [sys.executable, "-m", "cleaner", "--lang", "en"]
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "PYTHONUTF8": "1"}


def read_all(terminal: int) -> bytes:
    out = b""
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other side is closed
            return out
        if not data:
            return out
        out += data


@pytest.mark.parametrize(
    "args", [[], ["--diff=annotated"], ["--diff=words"], ["--diff-only"]], ids=lambda a: "".join(a) or "unified"
)
def test_escapes_never_reach_a_terminal_raw(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "a\x1b[7m.txt").write_bytes(EVIL.encode())
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *args, "a\x1b[7m.txt", "no\x1b[7m.txt"], cwd=tmp_path, env=ENV, stdin=slave, stdout=slave, stderr=slave
    )  # fmt: skip
    os.close(slave)
    shown = read_all(master).decode().replace("\r\n", "\n")
    assert process.wait(30) == 2
    os.close(master)
    for raw in ("\x07", "\x08", "\x9b", "\r", "\x1b]", "\x1b[2J", "\x1b[8m", "\x1b[7m"):
        assert raw not in shown
    assert "\\x1b" in shown
    assert "\x1b[31m" in shown  # our own red


HIDDEN = "\u202e\u2066\u200b\ufeff\u061c\u2028\U000e0041"


@pytest.mark.parametrize("args", [["--diff=annotated"], ["--diff=words"], []], ids=lambda a: "".join(a) or "unified")
def test_what_turns_or_hides_text_never_reaches_a_terminal_raw(args: list[str], tmp_path: Path) -> None:
    name = f"no{HIDDEN}fdp.txt"
    (tmp_path / name).write_text(f"It {HIDDEN}rained.\nSHOP {HIDDEN[:1]}NOW\nSHOP NOW\n")
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *args, name, f"gone{HIDDEN}.txt"], cwd=tmp_path, env=ENV, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    shown = read_all(master).decode()
    assert process.wait(30) == 2
    os.close(master)
    assert not set(HIDDEN) & set(shown)
    written = r"\u202e\u2066\u200b\ufeff\u061c\u2028\U000e0041"
    assert f"cleaner: gone{written}.txt: No such file".replace(r"\u2028", " ") in shown  # a message is one line
    assert f"It {written}rained." in shown


def test_messages_are_safe_wherever_they_go(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, f"gone{HIDDEN}.txt"], cwd=tmp_path, env=ENV, capture_output=True, timeout=60)
    assert not set(HIDDEN) & set(done.stderr.decode())


def test_files_and_pipes_get_the_characters_as_they_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "-q"], input=f"It {HIDDEN}rained.\n".encode(), env=ENV, capture_output=True, timeout=60
    )
    assert done.stdout.decode() == f"It {HIDDEN}rained.\n"


def test_no_arguments_on_a_terminal_prints_help_at_once() -> None:
    master, slave = pty.openpty()
    done = subprocess.run([sys.executable, "-m", "cleaner"], env=ENV, stdin=slave, capture_output=True, timeout=60)
    os.close(master)
    os.close(slave)
    assert done.returncode == 0
    assert done.stdout.startswith(b"Usage: cleaner")


def test_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("It rained.\n" * 200_000)
    process = subprocess.Popen(
        [*COMMAND, "-q", "long.txt"], cwd=tmp_path, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.read(3) == b"It "
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0
    process.stderr.close()


def test_interrupt_ends_quietly() -> None:
    process = subprocess.Popen(
        [*COMMAND, "-q", "--jsonl"], env=ENV, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(b'{"text": "It rained."}\n')
    process.stdin.flush()
    assert process.stdout.readline() == b'{"text": "It rained."}\n'  # line by line: a peer can wait for it
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "-q"], env=ENV, input=b"It rained.\n", stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr == b"cleaner: output: No space left on device\n"


def test_plain_run_imports_no_rich(tmp_path: Path) -> None:
    code = (
        "import sys, io; from cleaner.cli.entry import main; main(['-q', '--lang', 'en', 'a.txt']);"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & {'rich', 'pyarrow', 'pygments'}), file=sys.stderr)"
    )
    (tmp_path / "a.txt").write_text("It rained.\n\nSHOP NOW\n")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=ENV, capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("It rained.\n", "[]\n")


def test_mark_parts_body_and_diff_on_a_terminal(run: Run, tmp_path: Path) -> None:
    text = "It rained.\n\nSHOP NOW"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text)
    both = ("stdout", "stderr")
    ran = run("--diff=annotated", "a.txt", "b.txt", tty=both)
    marks = [line for line in ran.err.splitlines() if "──" in line]
    assert ["taken out of a.txt" in marks[0], "body of b.txt" in marks[1], "taken out of b.txt" in marks[2]] == [
        True
    ] * 3
    assert len(marks) == 3
    assert "──" not in ran.out.decode()
    assert "──" not in run("--check", "a.txt", tty=both).err
    assert "──" not in run("a.txt", tty=("stderr",)).err
    assert "──" not in run("a.txt", tty=("stdout",)).err
    assert run("-q", "a.txt", tty=both).err == ""
    assert "──" not in run("--diff-only", "a.txt", tty=both).out.decode()
    (tmp_path / "c.txt").write_text("It rained all day in the north, they said. (Photo: Reuters) It stopped.")
    assert run("c.txt", tty=both).err.startswith("\n")  # the body has no line end
