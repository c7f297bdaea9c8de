"""datatrove: a pipeline step that cleans each document and keeps what it took out. Needs `boilerplate-cleaner[datatrove]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from datatrove.pipeline.base import PipelineStep
from datatrove.utils.logging import logger

from cleaner.api import Cleaner
from cleaner.errors import ConfigError
from cleaner.integrations.arrow import edit_record


class CleanerStep(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Cleans the texts of documents.

    Args:
        removed_key: what was taken out goes to `metadata[removed_key]` of every document (a list of `line`, `start`,
            `end`, `rule`, `category`, `removed`; empty if nothing was), so that all have the same keys, as writers of
            tables ask for; None to keep nothing.
        options: arguments of `cleaner.Cleaner`. The engine is built once for each task.
    """

    name = "cleaner"
    type = "✂️ - FORMAT"

    def __init__(self, removed_key: str | None = "removed", **options: Any) -> None:
        super().__init__()
        self.removed_key, self.options = removed_key, options

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Clean `data`, an iterator of datatrove's documents. See `PipelineStep.run`.

        A document whose text cannot be cleaned goes on as it is, and is counted as `failed`.

        Raises:
            ConfigError: a document has something of its own under `removed_key`.
        """
        cleaner = Cleaner(**self.options)
        for document in data:
            self.stat_update("documents")
            if self.removed_key and self.removed_key in document.metadata:
                raise ConfigError(
                    f"document {document.id} has a {self.removed_key!r} of its own; choose another removed_key"
                )
            with self.track_time():
                edits = self._clean(cleaner, document)
            if self.removed_key:
                document.metadata[self.removed_key] = edits
            self.update_doc_stats(document)
            yield document

    def _clean(self, cleaner: Cleaner, document: Any) -> list[dict[str, Any]]:
        """Clean one document in place; what was taken out."""
        if not isinstance(document.text, str):
            self.stat_update("failed")
            return []
        try:
            result = cleaner.clean(document.text)
        except Exception as e:
            # One bad text must not end a task of millions.
            logger.warning(f"{document.id}: not cleaned: {type(e).__name__}: {e}")
            self.stat_update("failed")
            return []
        if result.changed:
            self.stat_update("changed")
            document.text = result.body
        return [edit_record(edit) for edit in result.edits]
