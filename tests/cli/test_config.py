"""Settings files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest

from cleaner.cli.clean import clean
from cleaner.cli.config import Config, load_config, nearest_config
from cleaner.cli.keys import KEYS
from cleaner.cli.plain import settings_files
from cleaner.errors import ConfigError
from tests.running import Run

DIRTY = "It rained.\n\nSHOP NOW\n"


def nearest(folder: Path) -> Config:
    return nearest_config(settings_files(str(folder)))


def test_nearest_file_upward_holds(run: Run, tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.cleaner]\nignore = ["ad", "promo"]\n')
    assert nearest(inner).path == str(tmp_path / "pyproject.toml")
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "other"\n')
    assert nearest(inner).path == str(tmp_path / "pyproject.toml")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.cleaner]\n")
    assert nearest(inner).path == str(tmp_path / "a" / "pyproject.toml")
    (tmp_path / "a" / "cleaner.toml").write_text("")
    assert nearest(inner).path == str(tmp_path / "a" / "cleaner.toml")


def test_options_outdo_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('select = "cookie"\ndiff = "annotated"\n')
    assert b"SHOP NOW" in run("-q", stdin=DIRTY).out
    ran = run("--select", "ad", stdin=DIRTY)
    assert ran.out == b"It rained.\n"
    assert "drop  ad" in ran.err
    assert run("--select", "ad", "--diff=unified", stdin=DIRTY).err.startswith("--- stdin")
    assert run("--select", "ad", "--diff-only", stdin=DIRTY).out.startswith(b"--- stdin")
    (tmp_path / "other.toml").write_text('ignore = "ad,promo"\n')
    assert run("-q", "--config", "other.toml", stdin=DIRTY).status == 2


def test_rules_of_settings_are_found_beside_the_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = run("rules", "new", "promo/en/on-the-matter").out
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "own.toml").write_bytes(own)
    (tmp_path / "cleaner.toml").write_text('rules = "packs"\nselect = ["promo/en/on-the-matter"]\n')
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert run("-q", stdin="It rained.\nMore on this: rain\n").out == b"It rained.\n"
    assert b"on-the-matter" in run("rules", "list", "on-the-matter").out


SAYS = {
    "select": '["ad"]', "ignore": '"promo"', "level": '"careful"', "lang": '["en"]', "rules": '["x.toml"]',
    "max-removed": "0.25", "max-time": "9", "max-memory": "500.5", "keep": '"keep.txt"', "diff": '"words"', "no-diff": "true", "color": '"never"', "statistics": "true", "keep-times": "true", "summary": '"json"',
    "text-field": '"body"', "url-field": '"link"', "site-field": '"host"', "share-field": '"share"', "drop-above": "0.5", "flag-field": '"much"', "edits": "true", "include": '["*.txt"]',
    "exclude": '["old/"]', "exclude-from": '"left-out"', "format": '"jsonl"', "delimiter": '";"', "quote": '"none"', "escape": '"none"', "jobs": "2",
    "repeats": "true", "site": '["site.toml"]',
}  # fmt: skip


def test_every_key(tmp_path: Path) -> None:
    assert SAYS.keys() == KEYS.keys()
    path = tmp_path / "cleaner.toml"
    path.write_text("".join(f"{key} = {value}\n" for key, value in SAYS.items()))
    values = load_config(str(path)).values
    assert values.keys() == KEYS.keys()
    assert (values["ignore"], values["level"], values["max-removed"]) == (("promo",), "careful", 0.25)
    assert values["rules"] == (str(tmp_path / "x.toml"),)


def test_every_option_is_a_key_but_those_that_say_what_a_run_does() -> None:
    names = {name.removeprefix("--") for param in clean.params for name in param.opts if name.startswith("--")}
    of_a_run = {
        "config", "no-config", "help", "version", "quiet", "jsonl", "check", "diff-only", "in-place", "backup-suffix", "output",
        "files-from", "null", "stdin-name", "output-format", "resume", "overwrite", "report", "text-column",
        "share-column", "flag-column",
    }  # fmt: skip
    assert names - of_a_run == KEYS.keys()
    assert of_a_run < names


def test_choices_are_those_of_the_options() -> None:
    for param in clean.params:
        if isinstance(param.type, click.Choice):
            key = next(name for name in param.opts if name.startswith("--")).removeprefix("--")
            assert key == "output-format" or tuple(param.type.choices) == KEYS[key].choices


def test_settings_stand_for_options(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text(
        'no-diff = true\ntext-field = "body"\nedits = true\nexclude = ["b.txt"]\njobs = 1'
    )
    ran = run(stdin=DIRTY)
    assert (ran.out, ran.err) == (b"It rained.\n", "")
    assert b'"edits": [' in run("--jsonl", stdin='{"body": "It rained.\\n\\nSHOP NOW\\n"}\n').out
    assert run("--diff=annotated", stdin=DIRTY).err.startswith("stdin\n")
    assert run("--diff-only", stdin=DIRTY).out.startswith(b"--- stdin")
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(DIRTY)
    assert run("in", "-o", "out").status == 0
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["a.txt"]
    assert run("in", "-o", "all", "--exclude", "a.txt").status == 0
    assert [p.name for p in (tmp_path / "all").iterdir()] == ["b.txt"]
    (tmp_path / "in" / "a.txt").write_text(DIRTY)
    assert run("in/a.txt").out == b"It rained.\n"  # `exclude` in settings makes no batch of it


def test_settings_about_records_leave_single_texts_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('share-field = "share"\ndrop-above = 0.3\nflag-field = "much"\n')
    for args in (("-q",), ("-q", "--level", "careful")):
        assert run(*args, stdin=DIRTY).out == b"It rained.\n"
    record = json.dumps({"text": DIRTY}) + "\n"
    flagged = {"text": "It rained.\n", "share": 0.5, "much": True}
    assert json.loads(run("--jsonl", stdin=record).out) == flagged
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(record)
    assert run("-q", "in", "-o", "out").status == 0
    assert json.loads((tmp_path / "out" / "a.jsonl").read_text()) == flagged
    ran = run("-q", "--share-field", "share", stdin=DIRTY)
    assert (ran.status, ran.out) == (2, b"")


def test_no_config(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('ignore = ["ad", "promo"]\n')
    assert run("-q", "--no-config", stdin=DIRTY).out == b"It rained.\n"
    assert run("-q", stdin=DIRTY).out == DIRTY.encode()
    both = run("--no-config", "--config", "cleaner.toml", stdin=DIRTY)
    assert (both.status, both.err.split(" (")[0]) == (2, "cleaner: --config and --no-config exclude each other")
    (tmp_path / "cleaner.toml").write_text("ignore = ")
    assert run("--help").status == 0


def test_users_own_file_holds_where_no_project_has_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "xdg" / "cleaner"
    own.mkdir(parents=True)
    (own / "cleaner.toml").write_text('ignore = ["ad", "promo"]\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    assert run("-q", stdin=DIRTY).out == DIRTY.encode()
    (tmp_path / "cleaner.toml").write_text("")
    assert run("-q", stdin=DIRTY).out == b"It rained.\n"
    (tmp_path / "cleaner.toml").unlink()
    monkeypatch.setenv("XDG_CONFIG_HOME", "xdg")  # not absolute: passed over
    # The rules that were made ready lie in the real home: to make them again for another would take a minute.
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    monkeypatch.setenv("CLEANER_CACHE", os.environ.get("CLEANER_CACHE") or f"{base}/cleaner")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert run("-q", stdin=DIRTY).out == b"It rained.\n"
    (tmp_path / "home" / ".config" / "cleaner").mkdir(parents=True)
    (tmp_path / "home" / ".config" / "cleaner" / "cleaner.toml").write_text('ignore = ["ad", "promo"]\n')
    assert run("-q", stdin=DIRTY).out == DIRTY.encode()


@pytest.mark.parametrize(
    "text", ["tool = 3\n", "name = 'cleaner\n", "a = [[[\n# cleaner\n", "[tool.ruff]\nx = \n# cleaner"]
)
def test_broken_file_of_others_is_passed_over(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert run("-q", stdin=DIRTY).out == b"It rained.\n"


def test_broken_file_with_a_table_for_us_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.cleaner]\nignore = ['ad'\n")
    ran = run("-q", stdin=DIRTY)
    assert (ran.status, ran.out) == (2, b"")
    assert "pyproject.toml: not valid TOML" in ran.err


def test_per_path(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = DIRTY
    for name in ("blog/a.txt", "blog/old/b.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "blog" / "d.jsonl").write_text('{"text": "It rained.\\n\\nSHOP NOW\\n"}')
    (tmp_path / "e.jsonl").write_text('{"text": "It rained.\\n\\nSHOP NOW\\n"}\n')
    (tmp_path / "cleaner.toml").write_text(
        'ignore = ["cookie"]\n[[per-path]]\npaths = ["blog/**"]\nignore = ["ad", "promo"]\n'
        '[[per-path]]\npaths = ["old/"]\nselect = ["newsletter"]\n'
    )
    kept = {"blog/a.txt": text, "blog/old/b.txt": text, "c.txt": "It rained.\n"}
    for name, body in kept.items():
        assert run("-q", name).out.decode() == body, name
    assert run("-q", ".", "-o", "out").status == 0
    assert {name: (tmp_path / "out" / name).read_text() for name in kept} == kept
    assert run("-q", "--jsonl", "blog/d.jsonl", "e.jsonl").out == (
        b'{"text": "It rained.\\n\\nSHOP NOW\\n"}\n{"text": "It rained.\\n"}\n'
    )
    assert b"SHOP" in (tmp_path / "out" / "blog" / "d.jsonl").read_bytes()
    assert b"SHOP" not in (tmp_path / "out" / "e.jsonl").read_bytes()
    assert b" goes" in run("explain", "c.txt").out
    assert b" goes" not in run("explain", "blog/a.txt").out
    monkeypatch.chdir(tmp_path / "blog")
    assert run("-q", "a.txt").out.decode() == text  # counted from the file's folder
    assert b"SHOP" not in run("-q", "--ignore", "cookie", "a.txt").out  # options outdo


@pytest.mark.parametrize(
    ("entry", "error"),
    [
        ("per-path = 3", "'per-path' must be tables"),
        ("[[per-path]]\nignore = ['ad']", "per-path 1: 'paths' must be a list of texts"),
        ("[[per-path]]\npaths = []", "per-path 1: 'paths' must be a list of texts"),
        ("[[per-path]]\npaths = ['a']\njobs = 2", "per-path 1: unknown key 'jobs'; known: paths, select"),
        ("[[per-path]]\npaths = ['a']\nlevel = 'x'", "per-path 1: 'level' must be one of"),
        ("[[per-path]]\npaths = ['a']\nignore = ['zzz']", "'zzz' is neither a category nor a rule"),
    ],
)
def test_errors_of_per_path(run: Run, tmp_path: Path, entry: str, error: str) -> None:
    (tmp_path / "cleaner.toml").write_text(entry)
    ran = run(stdin="x")
    assert (ran.status, ran.out) == (2, b"")
    assert error in ran.err


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ("1.4.0", True), ("1.4", True), ("==1.4.0", True), (">=1.3,<2", True), ("> 1.3, < 2", True), ("<=1.4", True),
        ("!=1.3", True), ("1.5", False), (">=1.10", False), ("<1.4", False), (">1.4", False), ("!=1.4", False),
        (">=1.3,<1.4", False),
    ],
)  # fmt: skip
def test_required_version(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, fits: bool) -> None:
    monkeypatch.setattr("cleaner.cli.required_version.version", lambda: "1.4.0")
    (tmp_path / "cleaner.toml").write_text(f'a-later-key = 1\nrequired-version = "{wanted}"\n')
    err = run(stdin="x").err
    assert ("unknown key 'a-later-key'" if fits else f"asks for cleaner {wanted}, and this is 1.4.0") in err


@pytest.mark.parametrize("wanted", ['""', "3", '"~=1.4"', '"1.x"', '">=1.4,"'])
def test_required_version_that_is_not_understood(run: Run, tmp_path: Path, wanted: str) -> None:
    (tmp_path / "cleaner.toml").write_text(f"required-version = {wanted}\n")
    ran = run(stdin="x")
    assert ran.status == 2
    assert "'required-version'" in ran.err


def test_config_show_tells_each_value_and_where_it_is_from(run: Run, tmp_path: Path) -> None:
    alone = run("config", "show").out.decode().splitlines()
    assert alone[0] == "# no settings file"
    assert len(alone) == 1 + len(KEYS)
    assert '# level: "standard"  # default' in alone
    path = tmp_path / "cleaner.toml"
    path.write_text('ignore = ["ad"]\njobs = 2\n[[per-path]]\npaths = ["a/"]\nignore = ["promo"]\nlevel = "careful"\n')
    shown = run("config", "show").out.decode()
    assert f'ignore = ["ad"]  # {path}\n' in shown
    assert f'[[per-path]]  # {path}, per-path 1\npaths = ["a/"]\nignore = ["promo"]\nlevel = "careful"\n' in shown
    of_a = run("config", "show", "a/x.txt").out.decode()
    assert f'ignore = ["ad", "promo"]  # {path}; {path}, per-path 1\n' in of_a
    assert f'level = "careful"  # {path}, per-path 1\n' in of_a
    assert "level: " in run("config", "show", "b/x.txt").out.decode()
    assert run("config", "show", "--no-config").out.decode().splitlines() == alone
    assert "Usage: cleaner config" in run("config").out.decode()
    (tmp_path / "again.toml").write_text(shown)  # what is shown is a settings file
    assert load_config(str(tmp_path / "again.toml")).values == load_config(str(path)).values


def test_default_of_every_key_is_what_holds(run: Run, tmp_path: Path) -> None:
    told = {
        "max-removed",
        "site-field",
        "share-field",
        "drop-above",
        "flag-field",
        "delimiter",
        "escape",
        "jobs",
        "repeats",
    }  # these are told in words
    (tmp_path / "cleaner.toml").write_text(
        "".join(f"{key} = {what.default}\n" for key, what in KEYS.items() if key not in told)
    )
    assert run(stdin=DIRTY) == run("--no-config", stdin=DIRTY)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "levl = 'careful'",
            "unknown key 'levl'; known: select, ignore, level, lang, rules, max-removed, keep",
        ),
        ("level = 'strict'", "'level' must be one of careful, standard, thorough, not 'strict'"),
        ("level = 3", "'level' must be a text, not 3"),
        ("select = 3", "'select' must be a text or a list of texts"),
        ("select = ['a', 3]", "'select' must be a text or a list of texts"),
        ("select = ['a', '']", "'select' must be a text or a list of texts"),
        ("max-removed = 3", "'max-removed' must be a number from 0 to 1"),
        ("max-removed = true", "'max-removed' must be a number from 0 to 1"),
        ("diff = 'side'", "'diff' must be one of"),
        ("level = ", "not valid TOML"),
        ("level = '\udcff'", "not valid TOML"),
    ],
)
def test_errors_name_file_and_key(run: Run, tmp_path: Path, text: str, error: str) -> None:
    path = tmp_path / "cleaner.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    ran = run(stdin="x")
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith(f"cleaner: {path}: {error}")
    path.rename(tmp_path / "pyproject.toml")
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.cleaner]\n" + text.encode("utf-8", "surrogateescape"))
    assert "pyproject.toml: " in run(stdin="x").err


def test_missing_and_odd_files(run: Run, tmp_path: Path) -> None:
    assert "No such file" in run("--config", "none.toml", stdin="x").err
    (tmp_path / "pyproject.toml").write_text("[tool]\ncleaner = 3\n")
    with pytest.raises(ConfigError, match="'cleaner' must be a table"):
        nearest(tmp_path)


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, empty."""
    monkeypatch.setenv("CLEANER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_remembered_of_settings_is_bounded(memory: Path, tmp_path: Path) -> None:
    path = tmp_path / "cleaner.toml"
    for number in range(1, 10):
        path.write_text(f"jobs = {number}\n")
        assert load_config(str(path)).values == {"jobs": number}
    assert len(list(memory.iterdir())) == 1
    for number in range(400):
        (tmp_path / f"{number}.toml").write_text(f"jobs = {number + 1}\n")
        assert load_config(str(tmp_path / f"{number}.toml")).values == {"jobs": number + 1}
    assert len(list(memory.iterdir())) <= 256


def test_torn_memory_of_settings_is_none(memory: Path, tmp_path: Path) -> None:
    path = tmp_path / "cleaner.toml"
    path.write_text("jobs = 3\n")
    assert load_config(str(path)).values == {"jobs": 3}
    [kept] = memory.iterdir()
    whole = kept.read_bytes()
    for size in range(0, len(whole), 7):
        kept.write_bytes(whole[:size])
        assert load_config(str(path)).values == {"jobs": 3}
        assert kept.read_bytes() == whole


def test_no_other_file_is_taken_for_the_one_remembered(memory: Path, tmp_path: Path) -> None:
    text = "[tool.cleaner]\njobs = 3\n"
    project = tmp_path / "pyproject.toml"
    project.write_text(text)
    assert load_config(str(project)).values == {"jobs": 3}
    [kept] = memory.iterdir()
    for number in range(1000):  # until one shares the place
        other = tmp_path / f"{number}.toml"
        other.write_text(text)
        with pytest.raises(ConfigError, match="unknown key 'tool'"):
            load_config(str(other))
        if len(list(memory.iterdir())) <= number + 1:
            break
    assert load_config(str(project)).values == {"jobs": 3}
    assert kept.exists()
