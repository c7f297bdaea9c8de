"""The page in a real browser: it opens, is searched and read by keys, and nothing of a hostile text runs.

Needs Chromium (Debian's `chromium`, or what `CHROMIUM` names) and the extra `browser`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.compare import compare
from cleaner.batch.results import Entry, Taken
from cleaner.render.page.writer import Frame, Page
from tests.result_help import HOSTILE, entry

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
if not CHROMIUM:
    pytest.skip("Chromium is not there (apt install chromium)", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not there (pip install '.[browser]')")

BODY = "The council met on Monday and voted for the new bridge after a long debate.\n"
TEXT = f"Skip to content\n{BODY}{BODY * 12}Read more: the old bridge\n{BODY}By Jane Share\n© 2026\n"
WHY = {"nav/en/skip": "A link for readers of the screen."}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


Open = Callable[..., Any]


def until(tab: Any, expression: str) -> None:
    """Wait until it holds. (Playwright's own waiting evaluates strings in the page, which its policy forbids.)"""
    for _ in range(600):
        if tab.evaluate(expression):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never came true: {expression}")


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a page of these documents; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def go(*entries: Entry, olds: tuple[Entry, ...] = (), title: str = "Tuesday", **more: Any) -> Any:
        path = tmp_path / "page.html"
        frame = Frame(title, ("old", "new") if olds else ("r.jsonl",), why=WHY)
        with path.open("wb") as sink, Page(sink, frame) as page:
            for e in entries if not olds else ():
                page.add(e)
            for found in compare(olds, entries) if olds else ():
                page.differ(found)
            page.finish()
        options = {"viewport": {"width": 1280, "height": 800}, **more}
        context = browser.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        tab.on("pageerror", lambda e: complaints.append(str(e)))
        tab.on("request", lambda r: complaints.append(r.url) if not r.url.startswith("file://") else None)
        tab.on("dialog", lambda d: complaints.append(d.message))
        tab.goto(path.as_uri())
        until(tab, "performance.getEntriesByName('ready').length")
        return tab

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def document(key: str, extra: str = "", **more: Any) -> Entry:
    text = TEXT + extra
    spans = [
        ("Skip to content", "nav/en/skip"),
        ("Read more: the old bridge", "promo/en/more"),
        (" Share", "share/en/bar"),
    ]
    if extra:
        spans.append((extra.rstrip("\n"), "ad/en/label"))
    return entry(key, text, *spans, **more)


def pick(tab: Any, n: int = 0) -> None:
    """Choose the `n`th document, and wait until it is there."""
    row = tab.locator(".row").nth(n)
    name = row.locator(".name").text_content()
    row.click()
    heading = tab.locator("#view h2")
    for _ in range(200):
        if heading.count() and heading.text_content() == name and heading.is_visible():
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never shown: {name}")


def names(tab: Any) -> list[str]:
    found: list[str] = tab.locator(".row .name").all_text_contents()
    return found


def test_a_document_is_shown_with_what_went_and_its_rule(opened: Open) -> None:
    tab = opened(document("a.txt", guarded=True), entry("b.txt", BODY, guarded=False))
    assert tab.title() == "Tuesday"
    assert "2" in tab.locator("#totals").inner_text()
    assert names(tab) == ["a.txt"]  # what changed comes first; all are to be had
    tab.locator("#show").select_option("all")
    assert names(tab) == ["a.txt", "b.txt"]
    pick(tab)
    assert tab.locator("del.gone").all_text_contents() == ["Skip to content", "Read more: the old bridge", " Share"]
    after = tab.locator("td.second").all_text_contents()
    assert after[0] == "nav/en/skip"
    assert after[1] == BODY.strip()
    assert after[-2:] == ["By Jane", "© 2026"]
    assert tab.locator("tr.fold").inner_text().strip() == "7 lines stay — show"
    tab.locator("tr.fold button").click()
    assert tab.locator("tbody tr").count() == 18
    assert tab.locator("td.no").all_text_contents() == [str(n) for n in range(1, 19)]


def test_the_rule_is_told_on_hover_and_on_focus(opened: Open) -> None:
    tab = opened(document("a.txt"))
    pick(tab)
    tip = tab.locator("#tip")
    assert not tip.is_visible()
    tab.locator("del.gone").first.hover()
    assert tip.inner_text().split("\n")[0] == "nav/en/skip"
    assert WHY["nav/en/skip"] in tip.inner_text()
    tab.mouse.move(5, 5)
    tip.wait_for(state="hidden")
    tab.keyboard.press("n")
    tab.keyboard.press("n")
    assert tip.inner_text().split("\n")[0] == "promo/en/more"
    assert tab.evaluate("document.activeElement.getAttribute('aria-describedby')") == "tip"
    tab.keyboard.press("Escape")
    assert not tip.is_visible()


def test_keys_alone_do(opened: Open) -> None:
    tab = opened(document("a.txt"), document("b.txt", "Advertisement\n"), document("c.txt"))
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "search"
    tab.keyboard.type("advert")
    until(tab, "document.querySelectorAll('.row').length === 1")
    assert names(tab) == ["b.txt"]
    tab.keyboard.press("Escape")
    tab.locator("#clear").press("Enter")
    assert len(names(tab)) == 3
    tab.locator("#order").select_option("name")
    tab.locator("#list").focus()
    for _ in range(3):
        tab.keyboard.press("ArrowDown")
    assert tab.locator("[aria-selected=true] .name").inner_text() == "c.txt"
    assert tab.evaluate("document.getElementById('list').getAttribute('aria-activedescendant')") == tab.locator(
        "[aria-selected=true]"
    ).get_attribute("id")
    tab.keyboard.press("k")
    assert tab.locator("#view h2").inner_text() == "b.txt"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.textContent") == "b.txt"
    tab.keyboard.press("p")
    assert tab.locator("#place").inner_text() == "place 4 of 4"
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible()


def test_documents_are_found_by_text_rule_and_category(opened: Open) -> None:
    tab = opened(*(document(f"{n}.txt", "Advertisement\n" if n % 2 else "") for n in range(6)), entry("x", BODY))
    for words, hits in (("ADVERTISEMENT", 3), ("share/en", 6), ("4.txt", 1), ("nothing like it", 0), ("", 6)):
        tab.locator("#search").fill(words)
        until(tab, f"document.getElementById('count').textContent.startsWith('{hits} document')")
    tab.locator("#rules button").filter(has_text="ad/en/label").click()
    assert tab.locator("#rule option:checked").inner_text() == "ad/en/label"
    assert len(names(tab)) == 3
    assert tab.locator("[aria-pressed=true]").count() == 1
    tab.locator("#categories button").filter(has_text="nav").click()
    assert len(names(tab)) == 6


def test_a_document_of_any_size_is_shown_in_parts(opened: Open) -> None:
    lines = [*(f"Share {n}" for n in range(5000)), *(f"One line of text {n}." for n in range(5000)), "x" * 100_000]
    text = "\n".join(lines) + "\n"
    starts = [0]
    for raw in lines:
        starts.append(starts[-1] + len(raw) + 1)
    gone = [*range(5000), 10_000]
    spans = [Taken(n + 1, starts[n], starts[n + 1], f"{lines[n]}\n", True, "share/en/x", "share", 1.0) for n in gone]
    tab = opened(Entry("k", "k", text, tuple(spans), len(lines)))
    pick(tab)
    assert tab.locator("tbody tr").count() == 2001
    assert tab.locator("#place").inner_text() == "2,000 places so far"
    tab.locator("tr.fold button").click()
    tab.locator("tr.fold button").click()
    assert tab.locator("tr.fold button").inner_text() == "4,994 lines stay — show"
    tab.locator("tr.fold button").click()
    assert tab.locator("tr.fold button").inner_text() == "2,994 lines stay — show"
    tab.keyboard.press("p")
    assert tab.locator("#place").inner_text() == "place 5,001 of 5,001"
    assert "80,000 more characters" in tab.locator("del.here").inner_text()


def test_documents_near_the_guard_are_set_apart(opened: Open) -> None:
    most = entry("most", "Share\nMore\nOne line of text.\n", ("Share", "share/en/x"), ("More", "promo/en/x"))
    half = entry("half", "Share it\nOne line.\n", ("Share it", "share/en/x"))
    held = entry("held", f"Share\n{BODY * 9}", ("Share", "share/en/x"), guarded=True)
    tab = opened(document("far"), most, half, held)
    tab.locator("#show").select_option("near")
    assert sorted(names(tab)) == ["half", "held"]
    assert "guard held back" in tab.locator(".row").filter(has_text="held").first.inner_text()


def test_nothing_of_a_hostile_text_runs_or_turns_the_writing(opened: Open) -> None:
    text = f"One line.\n{HOSTILE}\nEnd {HOSTILE} of it.\n"
    rule = "ad/en/</script><img src=x onerror='window.ran = 1'>"
    bad = entry("k", text, (HOSTILE, rule))
    tab = opened(
        Entry("k", HOSTILE, bad.text, bad.taken, bad.lines, bad.words),
        Entry("f", HOSTILE, error=HOSTILE),
        title=HOSTILE,
    )
    tab.locator("#show").select_option("all")
    for n in range(2):
        pick(tab, n)
    pick(tab)
    tab.keyboard.press("n")
    until(tab, "!document.getElementById('tip').hidden")
    assert tab.evaluate("window.ran") is None
    assert tab.locator("img, iframe, object, embed, link, base, template").count() == 0
    assert tab.locator("body script:not([type])").count() == 1
    assert rule in tab.locator("#tip").inner_text()
    shown = tab.locator("del.gone").inner_text()
    assert "</script><script>window.ran = 1</script>" in shown
    for code in ("U+202E", "U+2028", "U+2066", "U+200B", "U+0000", "U+001B", "U+D800"):
        assert code in shown, code
    everything = tab.evaluate("document.body.innerText")
    assert not set("\u202e\u2066\u2028\u200b\x1b") & set(everything)


def test_the_policy_stops_a_script_that_would_get_in(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as sink, Page(sink, Frame("t", ("r",))) as page:
        page.add(document("a"))
        page.finish()
    broken = path.read_bytes().replace(
        b"<header>",
        b'<header><script>window.ran = 1</script><i id="x" style="color: red">x</i><img src=x onerror="window.ran = 1">',
    )
    path.write_bytes(broken)
    tab = browser.new_page()
    tab.goto(path.as_uri())
    until(tab, "performance.getEntriesByName('ready').length")
    assert tab.evaluate("window.ran") is None
    assert tab.evaluate("getComputedStyle(document.getElementById('x')).color") != "rgb(255, 0, 0)"
    assert (
        tab.evaluate("() => { try { document.body.innerHTML = '<b>x</b>'; return 'set' } catch { return 'refused' } }")
        == "refused"
    )
    tab.close()


def test_two_runs_stand_side_by_side(opened: Open) -> None:
    old = document("a.txt")
    new = entry(
        "a.txt", TEXT, ("Skip to content", "nav/en/other"), (" Share", "share/en/bar"), ("© 2026", "legal/en/x")
    )
    tab = opened(new, olds=(old, entry("gone.txt", BODY)))
    assert names(tab) == ["a.txt", "gone.txt"]
    pick(tab)
    assert tab.locator("tr.differs td.no").all_text_contents() == ["1", "15", "18"]
    first = tab.locator("tr.differs").nth(1)
    assert first.locator("td.first del").inner_text() == "Read more: the old bridge"
    assert first.locator("td.second").inner_text() == "Read more: the old bridge"
    assert first.locator("td.second del").count() == 0
    assert "only in the old run" in tab.locator(".row").nth(1).inner_text()


def test_a_hundred_thousand_documents_stay_a_few_rows(opened: Open) -> None:
    small = entry("x", "Share\nOne line of text.\n", ("Share", "share/en/x"))
    tab = opened(*(Entry(str(n), f"{n}.txt", small.text, small.taken, 2, 5) for n in range(100_000)))
    assert tab.locator("#count").inner_text() == "100,000 documents of 100,000"
    assert tab.locator(".row").count() < 60
    tab.locator("#list").focus()
    tab.keyboard.press("End")
    until(tab, "document.querySelector('#view h2')?.textContent === '99999.txt'")
    assert tab.locator("[aria-selected=true]").get_attribute("aria-posinset") == "100000"
    assert tab.locator(".row").count() < 60
    tab.locator("#search").fill("77777")
    until(tab, "document.getElementById('count').textContent === '1 document of 100,000'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(opened: Open, scheme: str, width: int) -> None:
    axe = pytest.importorskip(
        "axe_core_python.sync_playwright", reason="axe is not there (pip install '.[browser]')"
    ).Axe
    categories = ["ad", "nav", "promo", "share", "byline", "legal", "tag", "ui", "comment", "cookie"]
    text = "".join(f"Line {c} that goes\n{BODY}" for c in categories)
    many = entry("many.txt", text, *((f"Line {c} that goes", f"{c}/en/rule") for c in categories), guarded=True)
    olds = [(), (entry("many.txt", text), document("b.txt"))]
    for old in olds:
        tab = opened(many, document("b.txt"), olds=old, color_scheme=scheme, viewport={"width": width, "height": 844})
        for step in ("list", "document", "help"):
            if step == "document":
                pick(tab)
                tab.keyboard.press("n")
            elif step == "help":
                tab.keyboard.press("?")
            # Driven from outside, which the page's policy lets through; axe adds no element.
            found = axe().run(tab)["violations"]
            serious = [
                (v["id"], v["impact"], [n["html"][:120] for n in v["nodes"][:3]])
                for v in found
                if v["impact"] in ("serious", "critical")
            ]
            assert serious == [], step


def test_a_phone_shows_the_list_then_the_document_with_no_sideways_scrolling(opened: Open) -> None:
    tab = opened(document("a-long-name" * 20 + ".txt"), viewport={"width": 390, "height": 844}, has_touch=True)
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert tab.evaluate(wide)
    assert not tab.locator("#view").is_visible()
    pick(tab)
    assert tab.locator("del.gone").first.is_visible()
    assert tab.locator(".because").first.inner_text() == "↳ nav/en/skip"
    assert tab.evaluate(wide)
    assert tab.evaluate("document.getElementById('view').scrollWidth <= document.getElementById('view').clientWidth")
    tab.locator("#back").tap()
    assert tab.locator("#list").is_visible()


def test_the_theme_can_be_chosen(opened: Open) -> None:
    tab = opened(document("a"), color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = tab.evaluate(paper)
    tab.locator("#theme").click()
    assert tab.evaluate(paper) == light
    tab.locator("#theme").click()
    assert tab.locator("#theme").inner_text() == "Theme: dark"
    assert tab.evaluate(paper) != light
