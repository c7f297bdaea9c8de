"""The page in a real browser: what it shows and finds, of any size, and that nothing of a hostile text runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleaner.batch.results import Entry, Taken
from cleaner.render.page.writer import Frame, Page
from tests.browser_help import BODY, TEXT, Open, document, names, pick, until
from tests.result_help import HOSTILE, entry


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
