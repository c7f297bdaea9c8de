"""`cleaner rules`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.rules.rule import CATEGORIES
from cleaner.text.signals import BITS
from cleaner.workbench.lint import lint
from cleaner.workbench.trial import CLOSE, HIT, STOPPED, try_rules
from tests.running import Run
from tests.small import one_rule

GOOD = """about = "A pack."
category = "promo"
language = "en"

[[rule]]
id = "zz-more"
why = "A pointer."
match = '^zz more:'
drop = ["zz more: one", "zz more: two"]
keep = ["He said zz more."]
"""


def test_list_and_filters(run: Run) -> None:
    everything = run("rules", "list").out.decode().splitlines()
    english = run("rules", "list", "--lang", "en").out.decode().splitlines()
    some = run("rules", "list", "--lang", "en", "--category", "ad,cookie").out.decode().splitlines()
    assert len(everything) > len(english) > len(some) > 5
    assert all(line.startswith(("ad/en/", "cookie/en/")) for line in some)
    found = run("rules", "list", "also like", "--lang", "en").out.decode()
    assert "promo/en/also-like " in found
    assert run("rules", "list", "no rule holds this text").out == b""
    assert run("rules", "list", "--category", "adverts").status == 2
    assert run("rules", "list", "--lang", "xx").status == 2


@pytest.mark.parametrize("name", ["promo/en/also-like", "also-like", "promo/en/also-l*"])
def test_show(run: Run, name: str) -> None:
    shown = run("rules", "show", name).out.decode()
    assert shown.startswith("promo/en/also-like\n")
    for word in ("rules/en/promo", "match", "\n  drop\n", "\n  keep\n", "score"):
        assert word in shown


def test_test_and_lint_of_a_good_pack(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD)
    tested = run("rules", "test", "good.toml")
    assert (tested.status, tested.out, tested.err) == (0, b"1 rules, 3 examples, 0 problems\n", "")
    linted = run("rules", "lint", "good.toml", "--advice")
    assert linted.status == 0
    assert "neither 'max_words' nor '$'" in linted.out.decode()


def test_lint_names_every_broken_rule(run: Run, tmp_path: Path) -> None:
    body = GOOD.partition("[[rule]]")[2]
    rules = [body.replace("zz-more", f"r{n}") for n in range(4)]
    rules[1] = rules[1].replace("'^zz more:'", "'^zz (more'")
    rules[2] = rules[2].replace("why =", "wy =")
    (tmp_path / "bad.toml").write_text(GOOD + "".join(f"[[rule]]{r}" for r in [*rules, body]))
    ran = run("rules", "lint", "bad.toml", "--advice")
    assert ran.status == 2
    lines = ran.err.splitlines()
    assert len(lines) == 3
    assert "rule 'r1': pattern does not compile" in lines[0]
    assert "rule 'r2': unknown key 'wy'" in lines[1]
    assert "rule 'promo/en/zz-more': duplicate id" in lines[2]
    assert "has the same pattern as 'promo/en/zz-more'" in ran.out.decode()


def test_advice(tmp_path: Path) -> None:
    pack = GOOD.replace("match = '^zz more:'", "match = ['^zz more:', '^zz less:']").replace(
        "He said zz more.", "Rain."
    )
    (tmp_path / "p.toml").write_text(pack)
    rules, problems = lint([(tmp_path / "p.toml", "p.toml")])
    assert len(rules) == 1
    assert not any(p.error for p in problems)
    text = "\n".join(p.message for p in problems)
    assert "no example shows pattern 2 of 2" in text
    assert "it proves nothing" in text


def test_advice_names_a_letter_that_an_uncased_pattern_never_meets(tmp_path: Path) -> None:
    """`ı` is folded to `i` before patterns see the line; a pattern with `case = true` meets it."""
    pack = GOOD.replace("match = '^zz more:'", "match = ['^zz more:', '^yazının ς']")
    (tmp_path / "p.toml").write_text(pack)
    _, problems = lint([(tmp_path / "p.toml", "p.toml")])
    (said,) = (p.message for p in problems if "never matches" in p.message)
    assert said.endswith("with 'i' in its place; write that")
    (tmp_path / "p.toml").write_text(pack.replace("match =", "case = true\nmatch ="))
    assert not any("never matches" in p.message for p in lint([(tmp_path / "p.toml", "p.toml")])[1])


def test_try(run: Run, tmp_path: Path) -> None:
    text = "zz more: one\nHe said zz more: two.\nzz mure: three and four\nIt rained.\n"
    (tmp_path / "t.txt").write_text(text)
    (tmp_path / "p.toml").write_text(GOOD)
    for what in ("^zz more:", "p.toml", "."):
        ran = run("rules", "try", what, "t.txt")
        lines = ran.out.decode().splitlines()
        assert ran.status == 0
        assert lines[0].startswith("t.txt:1: hit ")
        assert lines[1].startswith("t.txt:2: close ")
        assert "it matches, but 'he said' stands before it" in lines[1]
    assert run("rules", "try", "^zz more:", "-", "--no-close", stdin=text).out.count(b"\n") == 2  # and the totals
    assert run("rules", "try", "^zz (", "t.txt").status == 2
    assert (
        run("rules", "try", "^zz (?:more:|" + "x" * 300 + ")", "t.txt").status == 0
    )  # longer than a file's name may be
    (tmp_path / "broken.toml").write_text(GOOD.replace("match =", "mtach ="))
    ran = run("rules", "try", "broken.toml", "t.txt")
    assert (ran.status, ran.out) == (2, b"")
    assert b"promo/en/also-like" in run("rules", "try", "promo/en/also-like", "-", stdin="You may also like: X\n").out


def test_trial_says_what_stopped_a_rule() -> None:
    text = "More news for you\nMore news for them and for all who ask\nMoer news for them, he said to them all\n"
    rule = one_rule(match="^more news for", max_words=5, unless="you$", when=["caps"], zone="tail")
    first, second = [t for t in try_rules([rule], text) if t.outcome == STOPPED]
    assert first.reason == "unless matches: you$; when asks for 'caps'; in the head zone, asks for tail"
    assert second.reason.startswith("9 words, max_words is 5; ")
    (close,) = [t for t in try_rules([one_rule(match="^more news for them")], text) if t.outcome == CLOSE]
    assert (close.line, close.reason) == (3, "2 letters off")
    (hit, *_) = try_rules([one_rule(match="^more", score=0.4, near={"category": "ad", "within": 2})], text)
    assert hit.outcome == HIT
    assert hit.reason == "a hint of 0.4; alone it takes nothing; only within 2 lines of ad"


@pytest.mark.parametrize("category", ["promo", "ad"])
def test_new_prints_a_pack_that_holds(run: Run, tmp_path: Path, category: str) -> None:
    (tmp_path / "new.toml").write_bytes(run("rules", "new", f"{category}/en/my-rule").out)
    assert run("rules", "test", "new.toml").out == b"1 rules, 3 examples, 0 problems\n"
    assert run("rules", "new", "my-rule").status == 2
    assert run("rules", "new", "adverts/en/my-rule").status == 2


def test_stats_and_signals(run: Run) -> None:
    stats = run("rules", "stats").out.decode()
    assert {line.split()[0] for line in stats.splitlines()[1:-1]} <= set(CATEGORIES)
    assert stats.splitlines()[-1].split()[0] == "all"
    signals = run("rules", "signals").out.decode()
    assert all(f"  {name} " in signals for name in BITS)


def test_help(run: Run) -> None:
    assert run("rules", "--help").status == 0
    for verb in ("list", "show", "test", "lint", "try", "stats", "new", "signals"):
        assert b"Usage: cleaner rules" in run("rules", verb, "--help").out


def test_alone_it_shows_its_verbs(run: Run) -> None:
    ran = run("rules")
    assert (ran.status, ran.err) == (0, "")
    shown = ran.out.decode()
    assert all(f"\n  {verb} " in shown for verb in ("list", "show", "test", "lint", "try", "stats", "new", "signals"))


def test_nothing_found_is_status_1(run: Run) -> None:
    assert (run("rules", "list", "no rule holds this text").status, run("rules", "list", "also like").status) == (1, 0)
    assert run("rules", "try", "^zz more:", "-", stdin="It rained.\n").status == 1
    assert run("rules", "try", "^zz more:", "-", stdin="He said zz more: a\n").status == 1  # near, and no hit
    assert run("rules", "try", "^zz more:", "-", stdin="It rained.\nzz more: a\n").status == 0
    assert run("rules", "try", "^zz (", "-", stdin="It rained.\n").status == 2
