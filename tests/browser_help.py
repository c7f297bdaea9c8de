"""What the tests of the page in a real browser share: pages opened in Chromium, and looked at.

Needs Chromium (Debian's `chromium`, or what `CHROMIUM` names) and the extra `browser`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.compare import compare
from cleaner.batch.results import Entry
from cleaner.render.page.writer import Frame, Page
from tests.result_help import entry

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
if not CHROMIUM:
    pytest.skip("Chromium is not there (apt install chromium)", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not there (pip install '.[browser]')")

BODY = "The council met on Monday and voted for the new bridge after a long debate.\n"
TEXT = f"Skip to content\n{BODY}{BODY * 12}Read more: the old bridge\n{BODY}By Jane Share\n© 2026\n"
WHY = {"nav/en/skip": "A link for readers of the screen."}
Open = Callable[..., Any]


@contextmanager
def launched() -> Iterator[Any]:
    """A running browser."""
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@contextmanager
def opening(browser: Any, folder: Path) -> Iterator[Open]:
    """Opens a page of these documents; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def go(*entries: Entry, olds: tuple[Entry, ...] = (), title: str = "Tuesday", **more: Any) -> Any:
        path = folder / "page.html"
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


def until(tab: Any, expression: str) -> None:
    """Wait until it holds. (Playwright's own waiting evaluates strings in the page, which its policy forbids.)"""
    for _ in range(600):
        if tab.evaluate(expression):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"never came true: {expression}")


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
