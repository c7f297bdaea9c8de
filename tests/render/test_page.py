"""The page as bytes: what it carries, and that no text of others is ever in it as it is."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from cleaner.batch.compare import compare
from cleaner.batch.results import Entry
from cleaner.render.page.items import CUT, DIFFERS, DROPPED, compared, items
from cleaner.render.page.pieces import SIZE, Pieces, as_json
from cleaner.render.page.writer import FAILED, GUARDED, ONLY_NEW, TEXTLESS, Frame, Page
from cleaner.render.terminal import visible
from tests.result_help import DIRTY, HOSTILE, entry, figures, pieces, rows

TEXT = "One line of text.\nAdvertisement\nTwo lines of text. Share\r\nEnd."


def number(rule: str, category: str) -> int:
    return {"ad": 0, "share": 1}[category]


def made(*entries: Entry, title: str = "t", **more: Any) -> str:
    sink = io.BytesIO()
    with Page(sink, Frame(title, ("r.jsonl",), **more)) as page:
        for e in entries:
            page.add(e)
        page.finish()
    return sink.getvalue().decode()


def test_lines_are_what_stays_what_goes_and_what_is_cut() -> None:
    e = entry("a", TEXT, ("Advertisement", "ad/en/x"), ("lines", "share/en/y"))
    assert items(e, number) == [
        "One line of text.",
        [DROPPED, ["Advertisement", 0, 1.0]],
        [CUT, "Two ", ["lines", 1, 1.0], " of text. Share"],
        "End.",
    ]
    assert items(e, number, 0) == [1, *items(e, number)[1:3], 1]


def test_lines_without_the_text_are_counted() -> None:
    e = entry("a", TEXT, ("Advertisement", "ad/en/x"), ("lines", "share/en/y"))
    lacking = Entry("a", "a", None, e.taken, e.lines, e.words)
    assert items(lacking, number) == [1, [DROPPED, ["Advertisement", 0, 1.0]], [CUT, 0, ["lines", 1, 1.0], 0], 1]
    assert items(lacking, number, 0) == items(lacking, number)


def test_two_runs_stand_side_by_side() -> None:
    old = entry("a", TEXT, ("Advertisement", "ad/en/x"))
    new = entry("a", TEXT, ("End.", "share/en/y"))
    assert compared(old, new, number) == [
        "One line of text.",
        [DIFFERS, [DROPPED, ["Advertisement", 0, 1.0]], "Advertisement"],
        "Two lines of text. Share",
        [DIFFERS, "End.", [DROPPED, ["End.", 1, 1.0]]],
    ]
    lacking = [Entry("a", "a", None, e.taken, e.lines, e.words) for e in (old, new)]
    assert compared(lacking[0], lacking[1], number) == [
        1,
        [DIFFERS, [DROPPED, ["Advertisement", 0, 1.0]], "Advertisement"],
        1,
        [DIFFERS, "End.", [DROPPED, ["End.", 1, 1.0]]],
    ]


def test_a_page_carries_totals_rules_and_documents() -> None:
    page = made(
        entry("a", TEXT, ("Advertisement", "ad/en/x"), ("Share", "share/en/y"), guarded=True),
        entry("b", "It rained.\n", guarded=False),
        Entry("c", "c", error="not UTF-8"),
        Entry("d", "d", None, entry("d", DIRTY, ("Advertisement", "ad/en/x")).taken, 3, 12, False),
        why={"ad/en/x": "A label."},
    )
    said = figures(page)
    assert said["totals"] == {
        "documents": 4, "changed": 2, "guarded": 1, "failed": 1, "textless": 1, "words": 25, "lines": 8
    }  # fmt: skip
    assert said["guards"]
    assert said["rules"] == [["ad/en/x", "ad", "A label.", 2, 2, 2, 0], ["share/en/y", "share", "", 1, 1, 1, 0]]
    assert [(name, words, flags, figure, error) for name, words, flags, _, figure, _, error in rows(page)] == [
        ("a", 11, GUARDED, [2], ""),
        ("b", 2, 0, [0], ""),
        ("c", 0, FAILED, [0], "not UTF-8"),
        ("d", 12, TEXTLESS, [1], ""),
    ]
    assert rows(page)[0][5] == [0, 1, 1, 1]
    assert pieces(page, "search") == ["a\n\nadvertisement\n\nshare\x1eb\n\x1ec\nnot utf-8\x1ed\n\nadvertisement\n"]


def test_a_page_of_two_runs_carries_what_differs() -> None:
    old = [entry("a", TEXT, ("Advertisement", "ad/en/x")), entry("b", DIRTY), entry("c", DIRTY)]
    new = [entry("a", TEXT, ("End.", "share/en/y")), entry("b", DIRTY), entry("d", DIRTY)]
    sink = io.BytesIO()
    with Page(sink, Frame("t", ("old", "new"))) as page:
        for found in compare(old, new):
            if found:
                page.differ(found)
            else:
                page.note(1)
        page.finish()
    text = sink.getvalue().decode()
    said = figures(text)
    assert said["compared"]
    assert said["totals"]["documents"] == 4
    assert said["rules"] == [["ad/en/x", "ad", "", 0, 1, 1, 1], ["share/en/y", "share", "", 1, 1, 1, 0]]
    assert [(r[0], r[2] & ONLY_NEW, r[4]) for r in rows(text)] == [
        ("a", 0, [1, 1, 0]), ("d", ONLY_NEW, [0, 0, 0]), ("c", 0, [0, 0, 0])
    ]  # fmt: skip


class Tags(HTMLParser):
    """The elements of a page, with their attributes, and what stands in its scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": [], "title": []}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in self.raw:
            self.raw[self.tags[-1][0]].append(data)


def read(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def hostile() -> str:
    text = f"One line.\n{HOSTILE}\n{HOSTILE} and more\nEnd.\n"
    e = entry("k", text, (HOSTILE, "ad/en/</script><script>window.ran = 1</script>"))
    return made(Entry("k", HOSTILE, e.text, e.taken, e.lines, e.words, error=""), title=HOSTILE)


def test_a_hostile_article_is_in_the_page_in_no_other_form_than_packed() -> None:
    page, plain = hostile(), made(entry("a", "It rained.\n"))
    head = page.partition("</title>")[0]
    assert html.escape(visible(HOSTILE)).replace("\ud800", r"\ud800") in head
    # In the title and the heading it is escaped; else it is nowhere.
    assert page.count("window.ran") == 2 * HOSTILE.count("window.ran")
    tags = read(page)
    shape = [(t, a) for t, a in tags.tags if a.get("type") != "text/plain"]
    assert [t for t, _ in shape] == [t for t, _ in read(plain).tags if t != "script"] + ["script"]
    assert not any(name.startswith("on") or name in ("style", "src", "href") and not (value or "").startswith("#")
                   for _, attributes in shape for name, value in attributes.items())  # fmt: skip
    assert "\u202e" not in page
    assert "\u2028" not in page
    assert "\x1b" not in page


def test_the_policy_allows_the_one_script_and_the_one_style() -> None:
    tags = read(made(entry("a", TEXT, ("Advertisement", "ad/en/x"))))
    policy = next(a["content"] for t, a in tags.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    rules = dict(p.strip().split(" ", 1) for p in policy.split(";"))
    page = made()
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert rules[directive] == f"'sha256-{digest}'"
        assert "</" + tag not in inner.lower()
        assert "<!--" not in inner
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in policy


def test_the_script_never_takes_text_for_markup() -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", made(), re.DOTALL)
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch("):
        assert word not in script


def test_pieces_are_of_bounded_size_and_in_order() -> None:
    sink = io.BytesIO()
    some = Pieces(sink, "texts")
    places = [some.add(as_json("x" * 100_000)) for _ in range(12)]
    some.flush()
    texts = pieces(sink.getvalue().decode(), "texts")
    assert all(len(t) <= SIZE + 16 for t in texts)
    assert [len(json.loads(texts[p])[slot]) for p, slot in places] == [100_000] * 12


@pytest.mark.parametrize("text", ["\ud800 half", "😀", "\u2028"])
def test_any_text_is_carried_as_it_is(text: str) -> None:
    page = made(entry("k", f"One.\n{text}\nTwo.\n", ("One.", "ad/en/x")))
    assert json.loads(pieces(page, "texts")[0])[0][1] == text
