"""datatrove: a pipeline step that cleans each document and keeps what it took out. Needs `cleaner[datatrove]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from datatrove.pipeline.base import PipelineStep

from cleaner.formats.arrow import pyarrow
from cleaner.integrations.arrow import BatchCleaner

_DOCUMENTS = 256
_TEXT, _REMOVED = "text", "removed"


class CleanerStep(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Cleans the texts of documents.

    Args:
        removed_key: what was taken out goes to `metadata[removed_key]` of a document from which anything was (a list
            of `line`, `start`, `end`, `rule`, `category`, `removed`); None to keep nothing.
        options: arguments of `cleaner.Cleaner`. The engine is built once for each task.
    """

    name = "cleaner"
    type = "✂️ - FORMAT"

    def __init__(self, removed_key: str | None = "removed", **options: Any) -> None:
        super().__init__()
        self.removed_key, self.options = removed_key, options

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Clean `data`, an iterator of datatrove's documents. See `PipelineStep.run`."""
        clean = BatchCleaner(_TEXT, _REMOVED, **self.options)
        pa = pyarrow()
        documents = iter(data)
        while some := list(islice(documents, _DOCUMENTS)):
            with self.track_time():
                batch = clean(pa.RecordBatch.from_pydict({_TEXT: pa.array([d.text for d in some], pa.large_string())}))
            for document, text, removed in zip(some, *(c.to_pylist() for c in batch.columns), strict=True):
                self.stat_update("documents")
                self.update_doc_stats(document)
                if removed:
                    self.stat_update("changed")
                    document.text = text
                    if self.removed_key:
                        document.metadata[self.removed_key] = removed
                yield document
