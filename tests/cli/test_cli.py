"""The filter: what goes to stdout and stderr, and the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import Run

PROSE = "Prices rose by a tenth in May, and the council said that it would look into the matter before the summer.\n"
DIRTY = f"{PROSE}\nSHOP NOW\n\n{PROSE}"
BODY = f"{PROSE}\n{PROSE}"


def test_filter(run: Run) -> None:
    ran = run(stdin=DIRTY)
    assert (ran.status, ran.out) == (0, BODY.encode())
    assert ran.err.startswith("--- stdin\n+++ stdin\n@@ -1,5 +1,3 @@ ad/en/")
    assert "\n-SHOP NOW\n" in ran.err


@pytest.mark.parametrize("args", [("-q",), ("--no-diff",), ("-",), ("-q", "-")])
def test_dash_and_quiet(run: Run, args: tuple[str, ...]) -> None:
    ran = run(*args, stdin=DIRTY)
    assert (ran.status, ran.out) == (0, BODY.encode())
    assert bool(ran.err) == (args == ("-",))


def test_files_in_order(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.txt").write_text("SHOP NOW\nTwo.\n")
    ran = run("b.txt", "-", "a.txt", stdin="Three.\n")
    assert (ran.status, ran.out) == (0, b"Two.\nThree.\nOne.")
    assert ran.err.startswith("--- b.txt\n+++ b.txt\n")


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"One.", b"One.\r\nTwo.\r\n", b"\xef\xbb\xbfOne.\n", b"\n\n\nOne.\n\n\n", b"One.\rTwo.\r", b"a\0b\n", "Zoë\u2028\n".encode()],
)  # fmt: skip
def test_nothing_to_take_out_means_identical_bytes(run: Run, data: bytes) -> None:
    ran = run(stdin=data)
    assert (ran.status, ran.out, ran.err) == (0, data, "")


def test_crlf_bom_and_missing_newline_stay(run: Run) -> None:
    ran = run("-q", stdin=b"\xef\xbb\xbfIt rained.\r\n\r\nSHOP NOW\r\n\r\nIt stopped.")
    assert ran.out == b"\xef\xbb\xbfIt rained.\r\n\r\nIt stopped."


def test_check(run: Run, tmp_path: Path) -> None:
    dirty = run("--check", stdin=DIRTY)
    assert (dirty.status, dirty.out) == (1, b"")
    assert "-SHOP NOW" in dirty.err
    clean = run("--check", stdin=BODY)
    assert (clean.status, clean.out, clean.err) == (0, b"", "")
    (tmp_path / "a").write_text(DIRTY)
    (tmp_path / "b").write_text(BODY)
    assert run("--check", "-q", "a", "b").status == 1
    assert run("--check", "-q", "a", "none", "b").status == 2


def test_diff_styles(run: Run) -> None:
    annotated = run("--diff=annotated", stdin=DIRTY)
    assert annotated.out == BODY.encode()
    line = next(x for x in annotated.err.splitlines() if "SHOP NOW" in x)
    assert line.split()[:4] == ["3", "drop", "ad", "ad/en/shop-button"]
    assert "2 of 5 lines removed: 2 of 44 words" in annotated.err
    words = run("--diff=words", stdin=DIRTY)
    assert "[-SHOP NOW-]" in words.err
    assert words.out == BODY.encode()


def test_diff_only(run: Run) -> None:
    ran = run("--diff-only", stdin=DIRTY)
    assert ran.err == ""
    assert ran.out.startswith(b"--- stdin\n+++ stdin\n@@ ")
    assert run("--diff-only", stdin=BODY).out == b""
    assert b"drop" in run("--diff-only", "--diff=annotated", stdin=DIRTY).out


@pytest.mark.parametrize(
    ("args", "kept"),
    [
        (("--select", "cookie"), True),
        (("--select", "cookie,ad"), False),
        (("--select", "cookie", "--select", "ad"), False),
        (("--select", "ad/en/*"), False),
        (("--ignore", "ad,promo,shape"), True),
        (("--ignore", "promo"), False),
        (("--lang", "de", "--ignore", "promo,shape"), True),
        (("--lang", "en"), False),
    ],
)
def test_choice_of_rules(run: Run, args: tuple[str, ...], kept: bool) -> None:
    ran = run("-q", *args, stdin=DIRTY)
    assert ran.status == 0
    assert (b"SHOP NOW" in ran.out) == kept


def test_own_rules(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(run("rules", "new", "promo/en/on-the-matter").out.decode())
    text = f"{PROSE}More on this: the plan\n{PROSE}"
    assert (
        run("-q", "--rules", "own.toml", "--select", "promo/en/on-the-matter", stdin=text).out == (PROSE * 2).encode()
    )
    assert run("-q", "--rules", ".", "--select", "promo/en/on-the-matter", stdin=text).out == (PROSE * 2).encode()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--no-such",), "No such option"),
        (("--level", "strict"), "'strict' is not one of"),
        (("--diff", "fancy"), "'fancy' is not one of"),
        (("--select", "adverts"), "'adverts' is neither a category nor a rule"),
        (("--lang", "xx"), "no rule pack for language 'xx'"),
        (("--max-removed", "2"), "2"),
        (("--diff-only", "--check"), "exclude each other"),
        (("--diff-only", "-q"), "exclude each other"),
        (("-i",), "-i needs files"),
        (("-i", "-"), "-i needs files"),
        (("-i=a/b", "x"), "slash"),
        (("-i=", "x"), "empty"),
        (("--jsonl", "-i", "x"), "--jsonl goes with neither"),
        (("--edits",), "--edits needs --jsonl"),
        (("rules", "nonsense"), "No such command"),
        (("rules", "show", "nonsense"), "no rule 'nonsense'"),
    ],
)
def test_bad_usage_is_one_line(run: Run, args: tuple[str, ...], words: str) -> None:
    ran = run(*args, stdin=DIRTY)
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith("cleaner: ")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_terminal_without_arguments_shows_help(run: Run) -> None:
    ran = run(tty=("stdin", "stdout", "stderr"))
    assert ran.status == 0
    assert ran.out.startswith(b"Usage: cleaner")


def test_help(run: Run) -> None:
    assert b"--diff-only" in run("--help").out
    assert run("-h").status == 0


@pytest.mark.parametrize(
    ("env", "args", "tty", "colored"),
    [
        ({}, (), (), False),
        ({}, (), ("stderr",), True),
        ({"NO_COLOR": "1"}, (), ("stderr",), False),
        ({"FORCE_COLOR": "1"}, (), (), True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, (), (), False),
        ({"NO_COLOR": "1"}, ("--color=always",), (), True),
        ({"FORCE_COLOR": "1"}, ("--color=never",), ("stderr",), False),
        ({"TERM": "dumb"}, (), ("stderr",), False),
        ({"NO_COLOR": ""}, (), ("stderr",), True),
    ],
)
@pytest.mark.parametrize("style", ["unified", "annotated", "words"])
def test_color(
    run: Run, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], args: tuple[str, ...], tty: tuple[str, ...],
    colored: bool, style: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    ran = run(*args, f"--diff={style}", stdin=DIRTY, tty=tty)
    assert ("\x1b[31m" in ran.err) == colored
    assert ran.out == BODY.encode()


def test_guard_says_so(run: Run) -> None:
    ran = run("--max-removed=0", "--diff=annotated", stdin="Home\nNews\nSport\nWeather\nLogin\nHome\nNews\n" + PROSE)
    assert ("weak evidence was set aside" in ran.err) == (b"News" in ran.out)


def test_control_characters_never_reach_a_terminal(run: Run) -> None:
    evil = f"{PROSE}\x1b]0;owned\x07It rained \x1b[2J\x9b31m.\r\nSHOP NOW\r\n\x1b[31mSHOP NOW\n{PROSE}"
    for args in ((), ("--diff=annotated",), ("--diff=words",), ("--diff-only",), ("--color=never",)):
        ran = run(*args, stdin=evil, tty=("stdout", "stderr"))
        shown = ran.out.decode() + ran.err
        own = shown.replace("\x1b[", "<").split("<")
        assert not any(c in shown for c in "\x07\x9b\r")
        assert "\x1b]" not in shown
        assert not any(part.startswith("2J") for part in own)
        assert "\\x1b" in shown


def test_bytes_are_exact_when_no_terminal(run: Run) -> None:
    evil = f"{PROSE}\x1b]0;owned\x07It rained.\n"
    assert run("-q", stdin=evil, tty=("stderr",)).out == evil.encode()


def test_keep(run: Run, tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("# our own\n\nshop now\n")
    assert run("-q", "--keep", "keep.txt", stdin=DIRTY).out == DIRTY.encode()
    (tmp_path / "cleaner.toml").write_text('keep = "keep.txt"\n')
    assert run("-q", stdin=DIRTY).out == DIRTY.encode()
    assert run("-q", "--no-config", stdin=DIRTY).out == BODY.encode()
    (tmp_path / "d.txt").write_text(DIRTY)
    told = run("explain", "d.txt:3").out.decode()
    assert "said to stay" in told
    assert "Came close" not in told
    (tmp_path / "cleaner.toml").write_text('[[per-path]]\npaths = ["a.txt"]\nkeep = ["keep.txt"]\n')
    (tmp_path / "a.txt").write_text(DIRTY)
    (tmp_path / "b.txt").write_text(DIRTY)
    assert run("-q", "a.txt", "b.txt").out == (DIRTY + BODY).encode()
    (tmp_path / "keep.txt").write_text("re:(a+)+$\n")
    ran = run("-q", "--keep", "keep.txt", stdin=DIRTY)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "No such file" in run("-q", "--keep", "none.txt", stdin=DIRTY).err
