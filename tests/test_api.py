"""The programmer's door, the documents' promises, and what the README shows."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import cleaner as package
from cleaner import Cleaner, ConfigError, RuleError, clean
from tests.running import ROOT, Run

DIRTY = "It rained. \r\n\r\nSHOP NOW\r\nIt stopped."
MODULES = [m.name for m in pkgutil.walk_packages(package.__path__, "cleaner.") if not m.name.endswith("__main__")]


def test_result(cleaner: Cleaner) -> None:
    result = cleaner.clean(DIRTY, "a.txt")
    assert result.body == "It rained. \r\n\r\nIt stopped."
    assert result.changed
    (edit,) = result.edits
    assert (edit.line, edit.start, edit.end, edit.removed) == (3, 15, 25, "SHOP NOW\r\n")
    assert edit.rule in edit.rules
    assert edit.rule.startswith(f"{edit.category}/")
    assert edit.score >= 1
    assert result.words_removed == {edit.category: 2}
    assert result.statistics == {"lines": 4, "lines_removed": 1, "spans_cut": 0, "words": 6, "words_removed": 2}
    assert result.diff().startswith("--- a.txt\n+++ a.txt\n@@ -1,4 +1,3 @@ ")
    assert result.diff(context=0, name="b").startswith("--- b\n+++ b\n@@ -3,1 +2,0 @@ ")


def test_clean_is_a_short_cut() -> None:
    assert clean(DIRTY, languages=["en"]).body == "It rained. \r\n\r\nIt stopped."
    assert clean(DIRTY, built_in=False).body == DIRTY


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"level": "strict"}, ConfigError, "unknown level 'strict'; known: careful, standard, thorough"),
        ({"select": ["adverts"]}, ConfigError, "neither a category nor a rule"),
        ({"ignore": ["promo/en/no-such"]}, ConfigError, "neither a category nor a rule"),
        ({"languages": ["xx"]}, ConfigError, "no rule pack for language 'xx'"),
        ({"rules": ["no-such.toml"]}, RuleError, "no-such.toml: no such file"),
    ],
)
def test_bad_options(options: dict[str, object], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=re.escape(words)):
        Cleaner(**options)  # type: ignore[arg-type]


def test_levels_are_ordered() -> None:
    texts = [p.read_bytes().decode() for p in (ROOT / "samples").glob("*/in.*")]
    cleaners = [Cleaner(level=x) for x in ("careful", "standard", "thorough")]
    taken = [sum(len(c.clean(t).edits) for t in texts) for c in cleaners]
    assert taken == sorted(taken)
    assert taken[0] > 0


def test_packs_of_a_language_and_of_none(cleaner: Cleaner) -> None:
    assert {r.language for r in Cleaner(languages=["de"]).rules} == {"de", "any"}
    assert len({r.id for r in cleaner.rules}) == len(cleaner.rules)


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    """Every public class and function says what it does, and every example in a docstring is true."""
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as e:
        if e.name and not e.name.startswith("cleaner"):
            pytest.skip(f"{e.name} is not installed")
        raise
    assert module.__doc__
    for thing_name, thing in vars(module).items():
        public = not thing_name.startswith("_") and getattr(thing, "__module__", "") == name
        if public and (inspect.isclass(thing) or inspect.isfunction(thing)):
            assert thing.__doc__, thing_name
    assert doctest.testmod(module).failed == 0


def test_package_doctest() -> None:
    assert doctest.testmod(package).failed == 0
    assert all(hasattr(package, name) for name in package.__all__)
    assert (Path(package.__file__).parent / "py.typed").exists()


def test_readme_shows_what_comes_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "README.md").read_text()
    shown = re.search(r"\$ cleaner (--diff=annotated \S+) > body.txt\n(.*?)```", text, re.DOTALL)
    assert shown
    # Scores are fitted anew from time to time; what goes, and which rule takes it, is what the page promises.
    assert unscored(run(*shown[1].split()).err) == unscored(shown[2])


def unscored(text: str) -> str:
    return re.sub(r" +\d+\.\d  ", "  ", text)


def test_readme_links_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([\w./-]+\.\w+)\)", document.read_text()):
            assert (document.parent / link).exists(), f"{document.name}: {link}"


def test_architecture_names_real_modules() -> None:
    table = (ROOT / "docs" / "architecture.md").read_text().partition("| room |")[2].partition("\n\n")[0]
    for row in table.splitlines()[2:]:
        for name in re.findall(r"`(\w+)`", row.split("|")[1]):
            assert (ROOT / "cleaner" / name).is_dir() or (ROOT / "cleaner" / f"{name}.py").exists(), name
