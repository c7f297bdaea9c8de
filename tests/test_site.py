"""The documentation site's pages: all rules are there, their markup is shown and not obeyed, and no page is left out.

The build itself, with every link checked, is a step of `.ci/run`.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cleaner.rules.loader import parse_pack
from cleaner.rules.rule import RulePack
from tests.running import ROOT

pytest.importorskip("babel", reason="needs the extra docs")
from tools.site import pages, reference  # imports babel

HOSTILE = "<script>alert(1)</script> </code></div><img src=x onerror=a> \x1b[31m \u202e & [x](javascript:y) `z`"


class Seen(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self._parts: list[str] = []
        self.feed(page)
        self.text = "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self._parts.append(data)


@pytest.fixture(scope="module")
def packs() -> list[RulePack]:
    return reference.built_in()


@pytest.fixture(scope="module")
def made(packs: list[RulePack]) -> dict[str, str]:
    return reference.pages(packs)


def test_every_rule_is_in_the_reference(packs: list[RulePack], made: dict[str, str]) -> None:
    rules = [rule for pack in packs for rule in pack.rules]
    files = (ROOT / "rules").rglob("*.toml")
    assert len(rules) == sum(len(tomllib.loads(file.read_text()).get("rule", [])) for file in files)
    for rule in rules:
        page = made[f"reference/{rule.language}/{rule.category}.md"]
        assert page.count(f"## {rule.id} {{#{rule.id.rpartition('/')[2]}}}") == 1, rule.id


def test_a_rule_is_there_with_all_that_its_pack_says(packs: list[RulePack], made: dict[str, str]) -> None:
    seen_in = {path: Seen(page).text for path, page in made.items()}
    for pack in packs:
        seen = seen_in[f"reference/{pack.language}/{pack.category}.md"]
        for rule in pack.rules:
            for text in (rule.why, *rule.match, f"{rule.score:g}", rule.scope, *rule.drop, *rule.keep):
                assert reference.visible(text) in seen, (rule.id, text)


def test_every_page_is_led_to(made: dict[str, str]) -> None:
    for path in made:
        _, *language, name = path.split("/")
        if language and name != "index.md":
            assert f"({name})" in made[f"reference/{language[0]}/index.md"]
            assert f"({language[0]}/{name})" in made["reference/index.md"]
    listed = [path for entry in reference.nav(made) for path in entry.values()]
    assert sorted(listed) == sorted(path for path in made if path.endswith("index.md"))


def test_markup_of_a_rule_is_shown_and_not_obeyed() -> None:
    rule = {
        "id": "own", "why": f"{HOSTILE} why", "match": "own", "scope": "block", "drop": [f"own {HOSTILE}"],
        "keep": [f"no {HOSTILE}"], "example": f" {HOSTILE}\n-own\n-```\n\n <div>\n",
    }  # fmt: skip
    pack = parse_pack({"about": HOSTILE, "category": "ad", "language": "en", "rule": [rule]}, f"{HOSTILE}.toml")
    made = reference.pages([pack])
    page = made["reference/en/ad.md"]
    seen = Seen(page)
    assert seen.tags == {"p", "code", "div", "dl", "dt", "dd", "ul", "li", "pre", "del"}
    assert "<script>alert(1)</script>" in seen.text
    assert not {"\x1b", "\u202e"} & set("".join(made.values()))
    for path in made:
        assert "](javascript" not in made[path], path
    # Nothing that a pack says begins a line, where Markdown would look for a fence, a list or a heading.
    assert not [line for line in page.splitlines() if line[:1] not in ("", "#", "<", "[")]


def test_nav_lists_each_page_that_people_write() -> None:
    config = (ROOT / "tools" / "site" / "mkdocs.yml").read_text()
    nav = config.partition("\nnav:")[2].partition("\nnot_in_nav")[0]
    listed = [line.rpartition(": ")[2] for line in nav.splitlines() if line.endswith(".md")]
    written = [place for place in pages.places().values() if place.endswith(".md") and "/" not in place]
    assert sorted(listed) == sorted([*written, "api.md"])


@pytest.mark.parametrize(
    ("source", "text", "wanted"),
    [
        ("README.md", "[a](docs/rules.md) [b](SECURITY.md#x)", "[a](rules.md) [b](SECURITY.md#x)"),
        ("docs/integrations.md", "[a](../examples/ray_clean.py)", "[a](examples/ray_clean.md)"),
        ("docs/rules.md", "`[text](url)` [a](architecture.md)", "`[text](url)` [a](architecture.md)"),
        ("CONTRIBUTING.md", "[a](https://example.org/docs/rules.md)", "[a](https://example.org/docs/rules.md)"),
        ("docs/tutorial.md", "```text a.txt\nx\n```\n", '```text title="a.txt"\nx\n```\n'),
    ],
)
def test_links_lead_to_where_pages_lie(source: str, text: str, wanted: str) -> None:
    assert pages.page(source, text, pages.places()) == wanted


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("mine")
    done = subprocess.run(
        [sys.executable, "-m", "tools.site", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr == f"site: {tmp_path} holds something else; name another folder\n"
    assert [path.name for path in tmp_path.iterdir()] == ["own.txt"]


def test_help_builds_nothing() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tools.site", "-h"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "build/site" in ran.stdout
    assert not (ROOT / "-h").exists()
