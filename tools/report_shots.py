#!/usr/bin/env python3
"""Make the pictures of the page in docs/: `python -m tools.report_shots` (needs Chromium and the extra `browser`)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
# Name, width, height, scheme, whether a document is opened.
SHOTS = (
    ("report-light", 1080, 700, "light", False),
    ("report-dark", 1080, 700, "dark", True),
    ("report-phone", 390, 760, "light", True),
)


def made(folder: Path) -> Path:
    """The page of the samples."""
    cleaner = [sys.executable, "-m", "cleaner"]
    results, page = folder / "samples.jsonl", folder / "report.html"
    which: list[str | Path] = ["--include", "**/in.txt", "--check", "-q", "--report", results]
    subprocess.run([*cleaner, ROOT / "samples", *which], check=False)
    more: list[str | Path] = ["--texts", ROOT / "samples", "-o", page, "--title", "Samples"]
    subprocess.run([*cleaner, "report", "samples.jsonl", *more], check=True, cwd=folder)
    return page


def pose(tab: Page, opened: bool) -> None:
    """Bring the page to what is to be seen."""
    while not tab.evaluate("performance.getEntriesByName('ready').length"):
        tab.wait_for_timeout(50)
    if opened:
        tab.evaluate("document.getElementById('documents').scrollIntoView()")
        tab.locator(".row").filter(has_text="local-paywall").click()
        tab.locator("del.gone").first.wait_for()
        for _ in range(3):
            tab.keyboard.press("n")
    tab.wait_for_timeout(300)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = made(Path(folder))
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser: Any = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, width, height, scheme, opened in SHOTS:
            size = {"width": width, "height": height}
            tab = browser.new_page(viewport=size, color_scheme=scheme)
            tab.goto(page.as_uri())
            pose(tab, opened)
            tab.screenshot(path=ROOT / "docs" / f"{name}.png")
            tab.close()
        browser.close()


if __name__ == "__main__":
    main()
