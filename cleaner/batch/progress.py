"""What a run tells while it goes on. How it is shown is for others."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is told how a run goes."""

    wants_totals: bool

    def begin(self, files: int | None, size: int | None) -> None:
        """The run begins; `files` and `size` (bytes) lie before it, None if they were not counted."""
        ...

    def advance(self, documents: int, size: int) -> None:
        """So many documents and bytes of input more are done."""
        ...

    def failed(self, name: str, reason: str) -> None:
        """A file or a record failed; the run goes on."""
        ...

    def note(self, text: str) -> None:
        """Something that a person should know."""
        ...

    def end(self) -> None:
        """The run is over, in whatever way."""
        ...


class Silent:
    """Shows nothing."""

    wants_totals = False

    def begin(self, files: int | None, size: int | None) -> None:
        """See `Progress.begin`."""

    def advance(self, documents: int, size: int) -> None:
        """See `Progress.advance`."""

    def failed(self, name: str, reason: str) -> None:
        """See `Progress.failed`."""

    def note(self, text: str) -> None:
        """See `Progress.note`."""

    def end(self) -> None:
        """See `Progress.end`."""
