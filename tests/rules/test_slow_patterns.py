"""Patterns that take too long: refused by their form; switched off where their form did not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch import Mirror, Plan, run
from cleaner.rules import pattern
from cleaner.rules.safety import problems
from tests.batch_help import contents, tree
from tests.running import Run

OVERLAP = "alternatives under a repeat overlap"
# Few enough repeats for the linter, and too many for a line of the wrong kind, which has no letter or end that would tell.
SLOW = r"^(?:a|aa|aaa|cx){1,20}\d{0,3}$"
BAD = "a" * 50 + "c"
PACK = f"""
about = "A slow pack."
category = "promo"
language = "any"

[[rule]]
id = "slow"
why = "It is slow."
match = '{SLOW}'
drop = ["aaaa", "a"]
keep = ["A cab came."]

[[rule]]
id = "quick"
why = "It is quick."
match = '^advertisement$'
drop = ["Advertisement", "ADVERTISEMENT"]
keep = ["An advertisement."]
"""


@pytest.fixture(autouse=True)
def none_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern, "slow", {})
    monkeypatch.setattr(pattern, "_given_up", [])
    monkeypatch.setattr(pattern, "TIMEOUT", 0.02)


@pytest.mark.parametrize(
    "source",
    [
        "(a|aa)+b",
        "^(?:a|aa)*$",
        "(?:a|a|a|a){1,100}z",
        "(?:a{1,5}|b){1,100}c",
        r"(?:\w|\d)+x",
        "(?:ab|a|b)+c",
        "(?:[a-m]|[m-z])+1",
        "(?:a ?a?){1,50}b",
        "x(?:(?:foo|fo)o?){1,40}y",
        "(?P<n>(?:more|more to| to) ?)+x",
        r"(?:[^\W_]|é)+!",
        "(?:A|a)+b",
        "(?:a(?=a)|a)+z",
        "(?:a|(?<=a)a)+z",
        "(?:a(?!b)|a){1,60}z",
    ],
)
def test_overlap_is_refused(source: str) -> None:
    assert any(OVERLAP in reason for reason in problems(source)), problems(source)


@pytest.mark.parametrize(
    "source",
    [
        "(?:abc|abd)+e",
        "(?:a|b)+c",
        r"(?:\w|\s)+x",
        "(?:[a-l]|[m-z])+1",
        "(?:foo|bar|baz){1,60}",
        r"(?:\d{1,3},){1,50}x",
        "(?:a|ab)+c",
        "(?:a|aa){1,8}b",
        "(?:ab?)+c",
        r"(?:[a|b]\|)+c",
        r"(?:\(|\))+x",
        "a|aa",
        "(?:(?!foo).)+x",
        r"(?:[^.:]|(?<=st)\.){1,60}x",
    ],
)
def test_what_reads_one_way_is_not(source: str) -> None:
    assert not any(OVERLAP in reason for reason in problems(source))


def test_three_slow_lines_switch_a_rule_off(run: Run, tmp_path: Path) -> None:
    (tmp_path / "slow.toml").write_text(PACK)
    text = "".join(f"{BAD}{i}\n" for i in range(30)) + "aaaa\nAdvertisement\nIt rained all day on the hills.\n"
    ran = run("-q", "--rules", tmp_path / "slow.toml", "--select", "promo/any/slow,promo/any/quick", stdin=text)
    assert ran.status == 0
    assert ran.err == (
        "cleaner: promo/any/slow: switched off for this run: on 3 lines a pattern of it took over 0.02 s\n"
    )
    # Its own hit is not taken any more; the other rule goes on.
    assert ran.out.decode() == text.replace("Advertisement\n", "")
    assert list(pattern.slow.values()) == [3]


def test_a_batch_names_it_once(tmp_path: Path) -> None:
    (tmp_path / "slow.toml").write_text(PACK)
    text = "".join(f"{BAD}{i}\n" for i in range(5))
    source = tree(tmp_path / "in", {"a.txt": text, "b.txt": text, "c.txt": "Advertisement\nIt rained.\n"})
    options = {"rules": (tmp_path / "slow.toml",), "built_in": False}
    summary = run(Plan((source,), Mirror(tmp_path / "out"), options=options, jobs=1))
    assert summary.warnings == [
        "promo/any/slow: switched off for this run: on 3 lines a pattern of it took over 0.02 s"
    ]
    assert summary.failed == 0
    assert contents(tmp_path / "out")["c.txt"] == b"It rained.\n"


def test_a_veto_that_cannot_be_had_in_time_is_one() -> None:
    from cleaner.rules.rule import Rule
    from cleaner.text.view import View

    rule = Rule("promo/any/x", "promo", "any", "x.toml", "So.", match=("^a",), unless=(SLOW,))
    assert [bool(rule.hits(View("aa"))), bool(rule.hits(View("ax")))] == [False, True]
    assert not any(rule.hits(View(BAD + str(i))) for i in range(5))
    assert pattern.slow == {(SLOW, False): 3}
    assert not rule.hits(View("ax"))
