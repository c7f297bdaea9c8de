"""Settings, lines to keep and patterns of files to leave out: understood, or refused in one line that names the file."""

from __future__ import annotations

from cleaner.batch.patterns import ignore_spec, lines_of
from cleaner.cli.config import load_config, nearest_config
from cleaner.cli.plain import settings_files
from cleaner.errors import CleanerError, ConfigError
from cleaner.judging.keeping import Keep
from cleaner.text.view import View
from tools.fuzz.draw import text_of
from tools.fuzz.files import put


def check(data: bytes) -> None:
    """Read the bytes as settings of both names, as lines to keep, and as patterns."""
    for name in ("cleaner.toml", "pyproject.toml"):
        path = put(data, name)
        try:
            config = load_config(str(path))
        except ConfigError as e:
            assert str(e).startswith(str(path))
        else:
            assert config.folder == str(path.parent)
        try:
            nearest_config(settings_files(str(path.parent)))
        except ConfigError:
            pass
        path.unlink()
    lines = text_of(data).split("\n")[:20]
    try:
        kept = Keep(line[:200] for line in lines if line)
    except ConfigError:
        pass
    else:
        for line in lines:
            kept.holds(View(line[:200]))
    try:
        spec = ignore_spec(lines_of(put(data, "patterns")))
        if spec:
            spec.match_file("a/b c.txt")
    except CleanerError:
        pass
