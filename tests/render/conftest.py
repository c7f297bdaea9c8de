"""What needs a screen: the review driven in this process, and pages opened in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cleaner import Cleaner

if TYPE_CHECKING:  # what these import may not be there, and then their tests are skipped
    from tests.browser_help import Open
    from tests.review_help import Go


@pytest.fixture
def go(tmp_path: Path, cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch) -> Go:
    """See `tests.review_help.driven`."""
    from tests.review_help import driven

    monkeypatch.chdir(tmp_path)
    return driven(tmp_path, cleaner)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A running Chromium."""
    from tests.browser_help import launched

    with launched() as running:
        yield running


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """See `tests.browser_help.opening`."""
    from tests.browser_help import opening

    with opening(browser, tmp_path) as go:
        yield go
