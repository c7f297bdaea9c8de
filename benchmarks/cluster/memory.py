"""The highest memory of each process that this one started, seen from outside."""

from __future__ import annotations

import os
import threading
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Self

# Seconds between looks. A process's own record of its highest memory is read, so what lies between is not missed.
_PAUSE = 5.0


class Sampled:
    """While it is entered, looks at all processes below this one. On Linux."""

    def __init__(self) -> None:
        self._most: dict[int, int] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def without(self, processes: Collection[int]) -> float:
        """Megabytes that all others held together, each at its highest, if they lived at one time."""
        return sum(most for number, most in self._most.items() if number not in processes) / 1e6

    def _look(self) -> None:
        while not self._ended.wait(_PAUSE):
            parents, memory = {}, {}
            for path in Path("/proc").glob("[0-9]*/status"):
                try:
                    said = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
                except OSError:  # it has ended
                    continue
                number = int(path.parent.name)
                parents[number] = int(said["PPid"])
                memory[number] = int(said.get("VmHWM", "0 kB").split()[0]) * 1024
            for number, size in memory.items():
                if _below(number, parents):
                    self._most[number] = max(size, self._most.get(number, 0))


def _below(number: int, parents: dict[int, int]) -> bool:
    above = parents[number]
    while above in parents and above != os.getpid():
        above = parents[above]
    return above == os.getpid()
