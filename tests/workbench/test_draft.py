"""Rules drafted from lines: they load, their examples hold, they take the line and its like."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.errors import ConfigError
from cleaner.rules.loader import parse_pack
from cleaner.rules.rule import CATEGORIES
from cleaner.text.view import View
from cleaner.workbench.draft import draft
from cleaner.workbench.pack_text import entry_text
from cleaner.workbench.proof import failures
from tests.running import Run

PROSE = "The ferry company wrote a postcard to every passenger who had to stay in Elswick for the night."
PAGE = f"""Rain keeps the harbour closed

The harbour of Elswick stayed closed on Thursday, and the ferry company does not expect to sail before the weekend.

Write the Gazette a postcard about Elswick

{PROSE}
"""
LINES = [
    "Follow the Gazette on Mastodon",
    "Read more: Ten cheap laptops",
    "More on this story | Gazette",
    "12 readers liked this",
    "Suivez-nous sur Facebook",
    "关注我们的公众号",
    "Подпишитесь на наш канал",
    "* **Save** this (for later) [now]",
    "NEVER MISS A STORY",
    "It's \"free\" for 3 days: try 'it' now + more?",
    "Visit www.example.com/deals for 20% off",
    "a" * 300,
    "x" * 20_000,
    "点击这里下载我们的应用程序" * 40,
    ("wire " * 3_000).strip(),
    "_" * 400 + "abc",
    "Owned by Miles Frey.All rights are with Miles Frey of Elswick.All of them",
    "By becoming a Friend of the Gazette you support our work, and you get a postcard from the harbour every month of the year.",
    "\u202eevil\u202c words \x1b[31m here",
]


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_a_draft_loads_and_holds(line: str) -> None:
    made = draft(line)
    head = f'about = "x"\ncategory = "{made.category}"\nlanguage = "{made.language}"\n'
    (rule,) = parse_pack(tomllib.loads(head + entry_text(made.entry)), "draft").rules
    assert list(failures(rule)) == []
    assert rule.hits(View(line))
    assert rule.sure


@pytest.mark.parametrize(
    ("line", "like", "category"),
    [
        ("Follow the Gazette on Mastodon", "Follow the Herald on Bluesky", "share"),
        ("Read more: Ten cheap laptops", "Read more: Storm over Elswick", "promo"),
        ("12 readers liked this", "7 readers liked this", "site"),
        (
            "By becoming a Friend of the Gazette you support our work, and get a postcard from the harbour every month.",
            "By becoming a Member of the Herald you support our work, and you get the paper on Sundays too, for four pounds.",
            "site",
        ),
        ("Get our newsletter in your inbox", "Get our newsletter in your inbox", "newsletter"),
    ],
)
def test_names_numbers_and_titles_are_left_open(line: str, like: str, category: str) -> None:
    made = draft(line)
    head = f'about = "x"\ncategory = "{made.category}"\nlanguage = "en"\n'
    (rule,) = parse_pack(tomllib.loads(head + entry_text(made.entry)), "draft").rules
    assert made.category == category
    assert rule.hits(View(like))
    assert not rule.hits(View(f"He said: {line}"))


def test_where_all_nouns_have_capitals_none_is_taken_for_a_name() -> None:
    made = draft("Wir freuen uns sehr über Ihre Nachricht an die Redaktion", language="de")
    assert made.entry["match"] == "^wir freuen uns sehr über ihre nachricht an die redaktion$"


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_rule_of_any_category_is_drafted_or_refused(category: str) -> None:
    if category not in ("shape", "prose"):  # what takes nothing by itself is written by hand
        assert draft(LINES[0], category=category).category == category
        return
    with pytest.raises(ConfigError, match=f"{category!r} cannot be drafted from a line"):
        draft(LINES[0], category=category)


def test_new_from_a_file_adds_to_a_pack(run: Run, tmp_path: Path, cleaner: Cleaner) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    assert "postcard about" in cleaner.clean(PAGE).body
    shown = run("rules", "new", "page.txt:5", "--category", "contact")
    assert shown.status == 0
    assert PROSE in shown.out.decode()
    assert not (tmp_path / "own.toml").exists()
    made = run("rules", "new", "page.txt:5", "--category", "contact", "-o", "own.toml")
    assert (made.status, made.out) == (0, b"")
    more = run("rules", "new", "Write to the harbour desk", "-o", "own.toml")
    assert more.status == 0
    assert run("rules", "test", "own.toml").out == b"2 rules, 6 examples, 0 problems\n"
    assert b"postcard about" not in run("--rules", "own.toml", "-q", "page.txt").out
    # The same once more gets a name of its own.
    again = run("rules", "new", "Write to the harbour desk", "-o", "own.toml")
    assert "write-to-the-harbour-2" in (tmp_path / "own.toml").read_text()
    assert again.status == 0


def test_new_keeps_what_is_there(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text("# mine\nthis is no pack\n")
    done = run("rules", "new", "Write to the harbour desk", "-o", "own.toml")
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert pack.read_text() == "# mine\nthis is no pack\n"
    assert run("rules", "new", "promo/en/x", "-o", "own.toml").status == 2
    assert pack.read_text() == "# mine\nthis is no pack\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["own.toml"]


def test_a_line_that_no_pattern_sees_is_refused() -> None:
    with pytest.raises(ConfigError, match="seen by no pattern"):
        draft("wire " * 5_000)


@pytest.mark.parametrize(
    "args", [["!!"], ["missing/en/x"], ["page.txt:99"], ["page.txt:4"], ["page.txt:0"], ["page.txt:1-2"]]
)
def test_new_says_in_one_line_what_is_wrong(run: Run, tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    done = run("rules", "new", *args)
    assert (done.status, done.out) == (2, b"")
    assert len(done.err.splitlines()) == 1


def test_a_draft_outweighs_what_protects_the_line(run: Run, tmp_path: Path, cleaner: Cleaner) -> None:
    text = PAGE.replace("Write the Gazette a postcard about Elswick", "Passengers wrote a postcard").replace(
        "wrote a", "send a"
    )
    text = text.replace("Passengers send a postcard", "Every passenger postcard")
    (tmp_path / "page.txt").write_text(text)
    (e,) = cleaner.explain(text, [5])
    assert any(p.firm for p in e.parts)
    made = run("rules", "new", "page.txt:5", "-o", "own.toml")
    assert made.status == 0
    assert "score = 2.0" in (tmp_path / "own.toml").read_text()
    assert b"Every passenger postcard" not in run("--rules", "own.toml", "-q", "page.txt").out


def test_a_dash_is_the_standard_output(run: Run, tmp_path: Path) -> None:
    ran = run("rules", "new", "Follow the Gazette on Mastodon", "-o", "-")
    assert ran.status == 0
    assert b"\n[[rule]]\n" in ran.out
    assert not (tmp_path / "-").exists()
