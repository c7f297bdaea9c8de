"""The page for whoever reads it: by keys alone, by touch on a phone, in light and dark, with a reader of the screen."""

from __future__ import annotations

import pytest

from tests.browser_help import BODY, WHY, Open, document, names, pick, until
from tests.result_help import entry


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
