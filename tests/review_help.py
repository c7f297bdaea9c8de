"""What the tests of `cleaner review` share: the screen driven by keys and mouse, as a person drives it, at 80 by 24."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.batch import Plan
from cleaner.cli.review import Desk
from tests.batch_help import tree
from tests.running import ROOT

pytest.importorskip("textual", reason="textual is not there (pip install '.[review]')")

from textual.widgets import OptionList

from cleaner.render.review.app import ReviewApp

TEXT = (ROOT / "samples/local-paywall/in.txt").read_text()
BODY = (ROOT / "samples/local-paywall/out.txt").read_text()
INLINE = (ROOT / "samples/inline-promos/in.txt").read_text()

Act = Callable[[ReviewApp, Any], Awaitable[None]]
Go = Callable[..., ReviewApp]


def driven(folder: Path, cleaner: Cleaner) -> Go:
    """Runs the screen on files of the folder `in` of `folder`, which is the present one, while `act` drives it."""

    def run(act: Act, files: dict[str, str | bytes] | None = None, overwrite: bool = False) -> ReviewApp:
        tree(folder / "in", files or {"a.txt": TEXT})
        sources = [s for s in Plan(inputs=(Path("in"),)).sources() if not s.problem]
        desk = Desk(sources, cleaner, Path("reviewed"), (Path("in"),), overwrite)
        app = ReviewApp([s.name for s in sources], desk.load, desk.save)

        async def main() -> None:
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await pilot.pause()
                await act(app, pilot)

        asyncio.run(main())
        return app

    return run


def shown(app: ReviewApp, name: str) -> str:
    return str(app.query_one(f"#{name}").visual)  # type: ignore[attr-defined]


def line(app: ReviewApp, number: int) -> str:
    return str(app.query_one("#document", OptionList).get_option_at_index(number - 1).prompt)


def at(app: ReviewApp) -> int:
    return (app.query_one("#document", OptionList).highlighted or 0) + 1


def told(app: ReviewApp) -> str:
    return " | ".join(n.message for n in app._notifications)


def screen(app: ReviewApp) -> str:
    """The 24 rows of the screen as text."""
    rows = ["".join(segment.text for segment in strip).rstrip() for strip in app.screen._compositor.render_strips()]
    assert len(rows) == 24
    return "\n".join(rows).strip()


async def settled(app: ReviewApp, pilot: Any) -> str:
    """The screen as text, once nothing of it changes any more."""
    before, now = "", screen(app)
    while now != before:
        await pilot.pause(0.05)
        before, now = now, screen(app)
    return now


async def press(pilot: Any, *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()
