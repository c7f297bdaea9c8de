"""The quick way of `cleaner.entry` must not be told from the long one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Prices rose by a tenth in May, the office said.\n\nAdvertisement\n\nShare this article\n"
LONG = "import sys; from cleaner.cli.app import run; sys.exit(run(sys.argv[1:]))"
QUICK = "import sys; from cleaner.entry import main; sys.exit(main())"


def outcome(code: str, args: list[str], folder: Path, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
    done = subprocess.run([sys.executable, "-c", code, *args], input=stdin, cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        (["-q"], TEXT.encode()),
        (["-q", "-"], TEXT.replace("\n", "\r\n").encode()),
        (["--no-diff", "a.txt", "b.txt"], b""),
        (["a.txt", "-q"], b""),
        (["-q"], b""),
        (["-q"], b"\xff not text"),
        (["-q", "a.txt", "missing.txt"], b""),
        (["-q", "a.txt", "-"], TEXT.encode()),
        (["-q", "rules"], b""),
    ],
)
def test_same_outcome(args: list[str], stdin: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("Über Nacht fiel Schnee.\n\nWerbung\n", encoding="utf-8")
    assert outcome(QUICK, args, tmp_path, stdin) == outcome(LONG, args, tmp_path, stdin)


def test_settings_are_heeded(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('ignore = ["ad", "share"]\n')
    assert outcome(QUICK, ["-q"], tmp_path, TEXT.encode())[1] == TEXT.encode()


def test_nothing_heavy_is_imported(tmp_path: Path) -> None:
    heavy = {"click", "rich", "regex", "tomllib", "difflib", "json", "pathlib"}
    code = f"import sys; from cleaner.entry import main; main(); print(sorted({heavy!r} & sys.modules.keys()), file=sys.stderr)"
    outcome(code, ["-q"], tmp_path, TEXT.encode())  # the first run may have to make the cache
    assert outcome(code, ["-q"], tmp_path, TEXT.encode())[2] == b"[]\n"
