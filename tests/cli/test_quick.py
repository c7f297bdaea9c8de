"""The quick way of `cleaner.entry` must not be told from the long one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest

from cleaner.cli import plain
from cleaner.render import changes
from tests.running import ROOT

TEXT = "Prices rose by a tenth in May, the office said.\n\nAdvertisement\n\nShare this article\n"
JSON = b'{"id": 1, "text": "Prices rose in May.\\n\\nAdvertisement\\n"}\n{"text": null}\n\n'
LONG = "import sys; from cleaner.cli.app import run; sys.exit(run(sys.argv[1:]))"
QUICK = "import sys; from cleaner.cli.entry import main; sys.exit(main())"


def outcome(code: str, args: list[str], folder: Path, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-c", code, *args], input=stdin, cwd=folder, capture_output=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


SETTINGS = [
    "", 'level = "careful"\n', 'ignore = ["ad", "share", "ui"]\n', 'diff = "words"\nmax-removed = 0.1\nlang = "en"\n', "no-diff = true\n",
    "statistics = true\n", 'color = "always"\n', '[[per-path]]\npaths = ["a.txt"]\nignore = ["ad"]\n', "level = 3\n",
    "max-memory = 0.0001\n", "max-memory = 0.0001\nno-diff = true\n", '["tool"]\nx = 1979-05-27\n', 'ignore = ["zzz"]\n', 'select = ["ad"]\njobs = 2\nexclude = ["*"]\n', "level = ", 'required-version = ">=99"\n',
]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "args"),
    list(zip(SETTINGS, cycle([["-q"], ["a.txt", "b.txt", "--check"], ["--diff-only"], []]), strict=False)),
)
def test_same_outcome_with_settings(settings: str, args: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "cleaner.toml").write_text(settings)
    assert outcome(QUICK, args, tmp_path, TEXT.encode()) == outcome(LONG, args, tmp_path, TEXT.encode())


@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        ([], TEXT.encode()),
        ([], b"\xff not text"),
        (["./a.txt", "./b.txt"], b""),
        (["--diff=annotated", "a.txt", "b.txt"], b""),
        (["--diff=words", "-"], TEXT.replace("\n", "\r\n").encode()),
        (["--diff=side"], TEXT.encode()),
        (["--diff=words", "--diff=annotated", "a.txt"], b""),
        (["--diff-only", "a.txt", "b.txt"], b""),
        (["--diff-only", "-q"], TEXT.encode()),
        (["--diff-only", "--diff=annotated"], TEXT.encode()),
        (["--check"], TEXT.encode()),
        (["--check", "-q", "b.txt", "a.txt"], b""),
        (["--check", "clean.txt", "--diff=words"], b""),
        (["--check", "--diff-only"], TEXT.encode()),
        (["--check", "--jsonl"], JSON),
        (["--jsonl", "--diff=words"], JSON),
        (["--check", "missing.txt", "a.txt"], b""),
        (["no-line-end.txt", "a.txt"], b""),
        (["-q"], TEXT.encode()),
        (["--quiet"], TEXT.encode()),
        (["-q", "-"], TEXT.replace("\n", "\r\n").encode()),
        (["--no-diff", "a.txt", "b.txt"], b""),
        (["a.txt", "-q"], b""),
        (["-q"], b""),
        (["-q"], b"\xff not text"),
        (["-q", "a.txt", "missing.txt"], b""),
        (["-q", "a.txt", "-"], TEXT.encode()),
        (["-q", "rules"], b""),
        (["--jsonl", "-q"], JSON),
        (["--jsonl"], JSON + b"[1]\n" + JSON),
        (["-q", "--jsonl", "a.jsonl", "missing.jsonl", "-"], b'{"text": "\xff"}\n' + JSON),
        (["--jsonl", "a.jsonl", "a.txt", "-q"], b""),
        (["--jsonl", "-q", "."], b""),
    ],
)
def test_same_outcome(args: list[str], stdin: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.jsonl").write_bytes(JSON)
    (tmp_path / "clean.txt").write_text("It rained.\n")
    (tmp_path / "no-line-end.txt").write_text("It rained.\n\nSHOP NOW\n\nIt stopped.")
    (tmp_path / "b.txt").write_text("Über Nacht fiel Schnee.\n\nWerbung\n", encoding="utf-8")
    assert outcome(QUICK, args, tmp_path, stdin) == outcome(LONG, args, tmp_path, stdin)


def test_settings_are_heeded(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('ignore = ["ad", "share", "ui"]\n')
    assert outcome(QUICK, ["-q"], tmp_path, TEXT.encode())[1] == TEXT.encode()


def test_settings_are_read_once(tmp_path: Path) -> None:
    code = f"{QUICK.replace('sys.exit(main())', 'main()')}; print('tomllib' in sys.modules, file=sys.stderr)"
    outside, inside = tmp_path / "pyproject.toml", tmp_path / "in" / "pyproject.toml"
    inside.parent.mkdir()
    outside.write_text(f"[project]\nname = '{tmp_path}'\n[tool.cleaner]\nignore = ['ad', 'share', 'ui']\n")
    inside.write_text(f"[project]\nname = 'cleaner of {tmp_path}'\nwhen = 1979-05-27\n")
    for told in (b"True\n", b"False\n"):
        assert outcome(code, ["-q"], inside.parent, TEXT.encode())[1:] == (TEXT.encode(), told)
    outside.write_text(f"[project]\nname = '{tmp_path}'\n[tool.cleaner]\nignore = ['ad']\n")
    assert outcome(code, ["-q"], inside.parent, TEXT.encode())[2] == b"True\n"


def test_nothing_heavy_is_imported(tmp_path: Path) -> None:
    heavy = {
        "click",
        "rich",
        "regex",
        "tomllib",
        "difflib",
        "json",
        "pathlib",
        "dataclasses",
        "typing",
        "warnings",
        "copy",
        "contextlib",
    }
    code = f"import sys; from cleaner.cli.entry import main; main(); print(sorted({heavy!r} & sys.modules.keys()), file=sys.stderr)"
    outcome(code, ["-q"], tmp_path, TEXT.encode())  # the first run may have to make the cache
    assert outcome(code, ["-q"], tmp_path, TEXT.encode())[2] == b"[]\n"
    assert outcome(code, ["-q", "--jsonl"], tmp_path, JSON)[2] == b"['json']\n"
    for args in (["--check", "-q"], ["--diff-only"], ["--diff=annotated"]):
        assert outcome(code, args, tmp_path, TEXT.encode())[2].endswith(b"[]\n")
    (tmp_path / "cleaner.toml").write_text('level = "careful"\n')
    assert b"click" not in outcome(code, ["-q"], tmp_path, TEXT.encode())[2]


def test_styles_are_those_that_there_are() -> None:
    assert plain.STYLES == changes.STYLES


def test_diff_of_a_text_that_was_held_back(tmp_path: Path) -> None:
    text = b"Home\nNews\nSport\nWeather\nLogin\nHome\nNews\n"
    (tmp_path / "cleaner.toml").write_text('max-removed = 0.0\nlevel = "thorough"\n')
    quick = outcome(QUICK, [], tmp_path, text)
    assert b"weak evidence was set aside" in quick[2]
    assert quick == outcome(LONG, [], tmp_path, text)


def test_forced_colours_and_written_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    shown = {
        code: subprocess.run(
            [sys.executable, "-c", code, "a.txt", "b.txt"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=plain_env(**more), check=True,
        ).stdout
        for code, more in ((QUICK, {}), (LONG, {}), (QUICK + " ", {"FORCE_COLOR": "1"}), (LONG + " ", {"FORCE_COLOR": "1"}))
    }  # fmt: skip
    assert shown[QUICK] == shown[LONG]
    assert b"\x1b[" in shown[QUICK + " "]
    assert shown[QUICK + " "] == shown[LONG + " "]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["-q"], ["--help"]])
def test_full_disk_is_one_line(args: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", *args],
            cwd=tmp_path, env=plain_env(), input=b"It rained.\n", stdout=full, stderr=subprocess.PIPE, timeout=60,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, b"cleaner: output: No space left on device\n")


@pytest.mark.parametrize("args", [["-q", "a.txt"], ["--jsonl", "a.jsonl"], ["--help"]])
def test_reader_that_is_gone(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.\n")
    (tmp_path / "a.jsonl").write_bytes(JSON)
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", *args],
            cwd=tmp_path,
            env=plain_env(),
            stdout=gone,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def plain_env(**more: str) -> dict[str, str]:
    """The environment without a width of terminals."""
    return {k: v for k, v in os.environ.items() if k != "COLUMNS"} | {"PYTHONPATH": str(ROOT)} | more


def test_help_is_what_click_shows(tmp_path: Path) -> None:
    shown = {
        code: subprocess.run([sys.executable, "-c", code, "--help"], cwd=tmp_path, env=plain_env(), capture_output=True, check=True).stdout
        for code in (QUICK, LONG)
    }  # fmt: skip
    assert shown[QUICK] == shown[LONG], "run: python -m tools.help_text"


def test_help_of_a_narrow_terminal_is_laid_out_for_it(tmp_path: Path) -> None:
    narrow, wide = (
        subprocess.run(
            [sys.executable, "-m", "cleaner", "--help"], cwd=tmp_path, env=env, capture_output=True, check=True
        ).stdout
        for env in (plain_env(COLUMNS="60"), plain_env())
    )
    assert narrow.count(b"\n") > wide.count(b"\n")


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys; from cleaner.cli.entry import main; main(['--help']); print({'click', 're'} & sys.modules.keys() or 'none', file=sys.stderr)"
    assert (
        subprocess.run(
            [sys.executable, "-S", "-c", code], cwd=tmp_path, env=plain_env(), capture_output=True, check=True
        ).stderr
        == b"none\n"
    )


def test_bad_pack_is_one_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "cleaner", tmp_path / "cleaner", ignore=shutil.ignore_patterns("__pycache__", "*.cache"))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "bad.toml").write_text("about = ")
    code = f"import sys; sys.path[0] = {str(tmp_path)!r}; {QUICK}"
    status, out, err = outcome(code, ["-q"], tmp_path, b"It rained.\n")
    assert (status, out) == (2, b"")
    assert err.startswith(b"cleaner: rules/bad.toml: not valid TOML")
    assert err.count(b"\n") == 1


def test_suffixes_of_records_are_those_that_readers_know() -> None:
    """The quick way tells them without importing the readers; a new format is to be told to both."""
    from cleaner.cli.plain import RECORDS
    from cleaner.formats.kind import Kind, Packing, shape_of

    assert all((shape := shape_of(f"a{end}")) and not shape.kind.one_text or shape.packing for end in RECORDS)
    known = (*(f".{kind}" for kind in Kind if not kind.one_text), *filter(None, Packing))
    assert set(known) <= set(RECORDS)
