"""A rule pack that is deadly to workers: whoever unpickles it dies of every text that says so, as of too little memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

from cleaner.api import Cleaner
from cleaner.output.result import Result
from tests.batch_help import PACK

WORD = "DEADLY"


class DeadlyPack(type(Path())):  # type: ignore[misc]  # the path class of this system
    """The path of the small pack. That it is of this module makes worker processes import it."""


PATH = DeadlyPack(PACK)
_clean = Cleaner.clean


def _deadly(self: Cleaner, text: str, *more: Any, **named: Any) -> Result:
    if WORD in text and multiprocessing.parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    return _clean(self, text, *more, **named)


Cleaner.clean = _deadly  # type: ignore[method-assign]
