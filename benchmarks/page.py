"""The page of `cleaner report` in a real browser: how long it takes to open, and to search.

    python -m benchmarks page [--corpus FILE] [--documents N] [--rounds 5]

Cleans the texts of the corpus that belong to the half that is read (with `--documents`, so many: short ones, again and again under
other names), makes the page as a person would, opens it in Chromium (the extra `browser`) and searches it key by key. Wall time
says something only on a machine that does nothing else (the load is told); the processor time of the page's thread says it elsewhere.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.labels import documents, half, site_of
from benchmarks.report import Row

# What is typed after a first letter, which waits until all is read: a rule, words of many texts, of few, and of none.
_SEARCHED = ("promo/en", "subscribe", "harbour", "zzqx")
# Texts of so many characters make up a page of many documents.
_SHORT = 4000
_READY = "performance.getEntriesByName('ready').length"
_VIEWPORT = {"width": 1280, "height": 800}
# Types a text letter by letter; the milliseconds from each letter until the list is another one and is painted.
_TYPE = """async text => {
  const box = document.getElementById('search'), list = document.getElementById('count'), out = [];
  for (let n = 1; n <= text.length; n++) {
    const began = performance.now();
    await new Promise(done => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(); });
      seen.observe(list, {childList: true});
      box.value = text.slice(0, n);
      box.dispatchEvent(new Event('input', {bubbles: true}));
    });
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    out.push(performance.now() - began);
  }
  return out;
}"""


def run(options: argparse.Namespace) -> list[Row]:
    """One row: the page's size, what making it took, when it could be used, and how long searches took."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results, count = _results(options, folder)
        page, seconds = _page(results, folder)
        opened: list[float] = []
        searches: list[float] = []
        opening: list[float] = []
        searching: list[float] = []
        with sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium")
            read: list[float] = []
            for _ in range(options.rounds):
                browser: Any = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
                tab = browser.new_page(viewport=_VIEWPORT)
                busy = _Busy(tab)
                opened.append(_opened(tab, page))
                opening.append(busy.seconds())
                read += [ms / 1000 for ms in tab.evaluate(_TYPE, "a")]
                before = busy.seconds()
                found = [ms for text in _SEARCHED for ms in tab.evaluate(_TYPE, text)]
                searches += found
                searching.append(1000 * (busy.seconds() - before) / len(found))
                browser.close()
        return [
            {
                "documents": count, "page MB": round(page.stat().st_size / 1e6, 1), "made in s (processor)": round(seconds, 1),
                "opens in s": _range(opened, 2), "first search in s": _range(read, 2), "a search takes ms": _range(searches, 0),
                "opening, processor s": _range(opening, 2), "a search, processor ms": _range(searching, 1), "load": f"{os.getloadavg()[0]:.1f}",
            }
        ]  # fmt: skip


def _results(options: argparse.Namespace, folder: Path) -> tuple[Path, int]:
    """What `--jsonl --edits` writes of the texts, and how many there are."""
    texts = [d["text"] for d in documents(options.corpus) if half(site_of(d)) == "read"]
    if options.documents:
        texts = [text for text in texts if len(text) <= _SHORT]
    texts = texts[: options.limit]
    once, results = folder / "once.jsonl", folder / "results.jsonl"
    told = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    with once.open("wb") as sink:
        subprocess.run(
            [sys.executable, "-m", "cleaner", "--jsonl", "--edits"], input=told.encode(), stdout=sink, check=True
        )
    count = options.documents or len(texts)
    with results.open("w", encoding="utf-8") as sink:
        for n, line in enumerate(_again(once, count)):
            sink.write(json.dumps({"name": f"{n}.txt", **json.loads(line)}, ensure_ascii=False) + "\n")
    return results, count


def _again(path: Path, count: int) -> Iterator[str]:
    """So many lines of a file, from its beginning again where it ends."""
    with path.open(encoding="utf-8") as file:
        lines = file.readlines()
    return islice(cycle(lines), count)


def _page(results: Path, folder: Path) -> tuple[Path, float]:
    """The page, and the seconds of processor time that making it took."""
    page = folder / "page.html"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "cleaner", "report", results, "-o", page], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return page, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class _Busy:
    """The processor time of the thread that a tab's page runs in."""

    def __init__(self, tab: Any) -> None:
        self._session = tab.context.new_cdp_session(tab)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def seconds(self) -> float:
        """Since the tab was opened."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


def _opened(tab: Any, page: Path) -> float:
    """Seconds from the call until documents can be chosen."""
    began = time.perf_counter()
    tab.goto(page.as_uri(), wait_until="commit")
    while not tab.evaluate(_READY):
        time.sleep(0.005)
    return time.perf_counter() - began


def _range(found: list[float], digits: int) -> str:
    ordered = sorted(found)
    middle = ordered[len(ordered) // 2]
    return f"{ordered[0]:.{digits}f} to {ordered[-1]:.{digits}f}, middle {middle:.{digits}f}"
