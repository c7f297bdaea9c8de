"""What a person sees who runs it at a prompt."""

from __future__ import annotations

from pathlib import Path

from tests.shell.terminal import found, terminal, with_cleaner


def test_a_mark_stands_between_body_and_diff(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.\n\nSHOP NOW\n")
    with terminal(
        [found("bash"), "--norc", "--noprofile", "-c", "cleaner a.txt"], with_cleaner(tmp_path), tmp_path
    ) as at:
        at.wait_for(r"^It rained\.\r?\n── taken out of a\.txt ─+\r?\n--- a\.txt\r?\n")


def test_mark_is_of_ascii_where_the_terminal_knows_no_more(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.\n\nSHOP NOW\n")
    env = with_cleaner(tmp_path) | {"PYTHONIOENCODING": "ascii"}
    with terminal([found("bash"), "--norc", "--noprofile", "-c", "cleaner a.txt"], env, tmp_path) as at:
        at.wait_for(r"^It rained\.\r?\n-- taken out of a\.txt -+\r?\n--- a\.txt\r?\n")
