from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.batch import Plan
from cleaner.batch.learn import learn
from cleaner.batch.lesson import Lesson
from cleaner.cli.app import run
from cleaner.rules.loader import load_pack
from cleaner.workbench.draft import pattern_of
from cleaner.workbench.proof import failures
from tests.batch_help import OPTIONS, tree
from tests.site_help import BODIES


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    files = {
        f"{site}/{i}.txt": f"{body}\n{i + 3} Comments on '{site}'\n* Our (own) newsroom…\nAdvertisement\nTwice {i // 2}x\n"
        for site in ("a", "b")
        for i, body in enumerate(BODIES)
    }
    return tree(tmp_path / "in", dict(files))


def test_what_is_proposed_loads_and_takes_the_lines(corpus: Path, tmp_path: Path) -> None:
    text = learn(Lesson(Plan(inputs=(corpus,), options=OPTIONS), by_site=True, documents=4))
    path = tmp_path / "site.toml"
    path.write_text(text)
    pack = load_pack(path)
    assert not [f for rule in pack.rules for f in failures(rule)]
    # What known rules take is left out, and so is what too few documents have.
    assert "dvertisement" not in text
    assert {r.match for r in pack.rules} >= {(r"^our \(own\) newsroom…$",), (r"^\d{1,12} comments on 'a'$",)}
    assert "# In 4 documents of a, first in a/0.txt, line 2." in text
    assert all(rule.keep[0] in BODIES for rule in pack.rules)
    cleaner = Cleaner(rules=(path,), built_in=False)
    assert cleaner.clean(f"{BODIES[0]}\n77 comments on 'b'\nOur (own) newsroom…\n").body == f"{BODIES[0]}\n"


def test_without_sites_the_whole_folder_counts(corpus: Path) -> None:
    text = learn(Lesson(Plan(inputs=(corpus,), options=OPTIONS), documents=8, rules=1))
    rules = tomllib.loads(text)["rule"]
    assert [r["id"] for r in rules] == ["our-own-newsroom"]


def test_repeated_prose_is_a_hint(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {f"{i}.txt": f"{b}\n{BODIES[0]}\n" for i, b in enumerate(BODIES)})
    rules = tomllib.loads(learn(Lesson(Plan(inputs=(source,), options=OPTIONS))))["rule"]
    assert [r["score"] for r in rules] == [0.5]


@pytest.mark.parametrize(
    "line", ["It's 5 o'clock", "a\\b [c] (d) {e} ^$", "\tTab\x7f", "日本語 12", "“Quotes” — dash", "x" * 900]
)
def test_any_line_makes_a_pack_that_loads(tmp_path: Path, line: str) -> None:
    source = tree(tmp_path / "in", {f"{i}.txt": f"{b}\n{line}\n" for i, b in enumerate(BODIES)})
    (tmp_path / "p.toml").write_text(learn(Lesson(Plan(inputs=(source,), options=OPTIONS))))
    assert len(load_pack(tmp_path / "p.toml").rules) == 1


def test_patterns_are_anchored_and_mask_numbers() -> None:
    assert pattern_of("1,234 Comments (12)") == r"^\d{1,12},\d{1,12} comments \(\d{1,12}\)$"


def test_on_the_command_line(corpus: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["learn", str(corpus), "-q", "--select", "share"]) == 0
    out, err = capfd.readouterr()
    assert "our-own-newsroom" in out
    assert not err
    assert run(["learn", str(corpus), "-q", "--limit", "1", "-o", str(tmp_path / "x" / "p.toml")]) == 0
    assert len(load_pack(tmp_path / "x" / "p.toml").rules) == 1
    assert run(["learn", str(tmp_path / "nothing"), "-q"]) == 2
    assert capfd.readouterr().err.strip() == f"cleaner: {tmp_path / 'nothing'}: no document to learn from"
