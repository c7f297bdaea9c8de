"""`rules try` and `rules stats` on a corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.running import Run

PROSE = "The council met on Monday and voted for a new bridge over the river, which will cost about two million."
PAGE = f"{PROSE}\n\nWrite the Gazette a postcard\n\n{PROSE.replace('Monday', 'Friday')}\n\nAdvertisement\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE)
    (folder / "b.txt").write_text(f"{PROSE}\n\nAdvertisement\n")
    (folder / "c.jsonl").write_text(
        json.dumps({"text": PAGE}) + "\n" + json.dumps({"text": "Write me a postcard!"}) + "\n"
    )
    return folder


def test_try_tells_what_is_new_and_what_may_be_body(run: Run, corpus: Path) -> None:
    done = run("rules", "try", "^write the .{1,30} postcard$", "pages", "--context", "--no-close")
    lines = done.out.decode().splitlines()
    assert done.status == 0
    assert (
        "pages/a.txt:3: hit     site/any/pattern: Write the Gazette a postcard  [new; body? between two sentences]"
        in lines
    )
    assert sum(line.lstrip().startswith("| The council") for line in lines) == 4
    assert lines[-1] == (
        "4 documents, 11 lines: 2 hits in 2 documents, 2 of them new (no present rule takes them), 2 of those perhaps body;"
        " 0 stopped, 0 near misses"
    )
    known = run("rules", "try", "^advertisement$", "pages", "--no-close").out.decode()
    assert known.count("[taken already]") == 3
    assert " 0 of them new" in known


def test_a_rule_that_ships_is_judged_without_itself(run: Run, corpus: Path) -> None:
    done = run("rules", "try", "ad/en/label", "pages", "--no-close").out.decode()
    assert " 3 hits in 3 documents" in done


def test_packs_of_the_settings_are_present_too(run: Run, corpus: Path, tmp_path: Path) -> None:
    assert run("rules", "new", "Write me a postcard!", "-o", "own.toml").status == 0
    tried = ("rules", "try", "^write me", "pages", "--no-close")
    assert b"[new" in run(*tried).out
    (tmp_path / "cleaner.toml").write_text('rules = "own.toml"\n')
    assert b"[taken already]" in run(*tried).out
    itself = run("rules", "try", "own.toml", "pages", "--no-close")
    assert b"[new" in itself.out


def test_a_hit_in_a_sentence_is_at_risk(run: Run, corpus: Path) -> None:
    assert b"body? a sentence" in run("rules", "try", "^the council", "pages", "--no-close").out


def test_most_bounds_what_is_shown_and_all_is_counted(run: Run, corpus: Path) -> None:
    done = run("rules", "try", "^advertisement$", "pages", "--most", "1", "--no-close").out.decode()
    assert done.count("hit     ") == 1
    assert " 3 hits in 3" in done


def test_near_misses_are_told(run: Run, corpus: Path) -> None:
    assert b"close " in run("rules", "try", "^write the gazete a postcard$", "pages").out


def test_an_input_that_cannot_be_read_does_not_stop_the_others(run: Run, corpus: Path) -> None:
    (corpus / "bad.txt").symlink_to("nowhere")
    for verb in (("try", "^advertisement$"), ("stats",)):
        done = run("rules", *verb, "pages")
        assert done.status == 2
        assert "bad.txt" in done.err
        assert len(done.err.splitlines()) == 1
        assert b"4 documents" in done.out


def test_stats_counts_hits_dead_rules_and_overlaps(run: Run, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'about = "x"\ncategory = "contact"\nlanguage = "en"\n'
        + "".join(
            f'[[rule]]\nid = "{name}"\nwhy = "x"\nmatch = \'{pattern}\'\n'
            f'drop = ["{drop}", "* {drop}"]\nkeep = ["He {drop}."]\n'
            for name, pattern, drop in (
                ("zz-ad", "^advertisement$", "Advertisement"),
                ("zz-dead", "^zz nothing$", "zz nothing"),
            )
        )
    )
    done = json.loads(
        run(
            "rules",
            "stats",
            "pages",
            "--rules",
            "own.toml",
            "--time",
            "--select",
            "contact/en/zz-*,ad/en/label",
            "--json",
        ).out
    )
    rules = {r["rule"]: r for r in done["rules"]}
    assert done["documents"] == 4
    assert rules["contact/en/zz-ad"]["hits"] == 3
    assert rules["contact/en/zz-ad"]["documents"] == 3
    assert rules["contact/en/zz-ad"]["spoke"] == 3
    assert done["dead"] == ["contact/en/zz-dead"]
    assert ["contact/en/zz-ad", "ad/en/label", 3, 3] in [list(o.values()) for o in done["overlaps"]]
    assert set(done["microseconds_a_line"]) == set(rules)
    assert all(t > 0 for t in done["microseconds_a_line"].values())
    shown = run("rules", "stats", "pages", "--rules", "own.toml", "--select", "contact/en/zz-*").out.decode()
    assert "2 rules, 1 of them dead" in shown


def test_stats_without_a_corpus_counts_the_rules(run: Run) -> None:
    assert run("rules", "stats").out.decode().splitlines()[0].endswith("all")
    assert run("rules", "stats", "--select", "nothing", "x").status == 2
