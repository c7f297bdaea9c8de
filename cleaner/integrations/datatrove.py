"""datatrove: a pipeline step that cleans each document and keeps what it took out. Needs `boilerplate-cleaner[datatrove]`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from datatrove.pipeline.base import PipelineStep
from datatrove.utils.logging import logger
from datatrove.utils.typeshelper import StatHints

from cleaner.api import Cleaner
from cleaner.errors import ConfigError
from cleaner.integrations.arrow import edit_record
from cleaner.output.losses import Losses, share_removed
from cleaner.output.result import Result


class CleanerStep(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Cleans the texts of documents.

    Args:
        removed_key: what was taken out goes to `metadata[removed_key]` of every document: a list of `line`, `start`,
            `end`, `rule`, `category`, `removed` and `saw`, empty if nothing was; None to keep nothing.
        removed_json: the list goes there as a JSON text. That has one type in every document, as writers of tables ask
            for: datatrove's takes a column's type from the first document, and an empty list has none.
        share_key: the share of the document's words that went goes to `metadata[share_key]` (0 to 1; 0 if it could not
            be cleaned); None: nowhere.
        drop_above: a document of which a larger share of the words went is dropped; None: none is.
        flag_key: whether more went than `drop_above` goes to `metadata[flag_key]`, and no document is dropped.
        options: arguments of `cleaner.Cleaner`. The engine is built once for each task.

    Raises:
        ConfigError: what is said of shares is not understood, or two keys are one.
    """

    name = "cleaner"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        removed_key: str | None = "removed",
        removed_json: bool = True,
        share_key: str | None = None,
        drop_above: float | None = None,
        flag_key: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__()
        self.removed_key, self.removed_json, self.options = removed_key, removed_json, options
        self.losses = Losses(share_key, drop_above, flag_key)
        self.losses.refuse(removed_key)

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Clean `data`, an iterator of datatrove's documents. See `PipelineStep.run`.

        Counted are `total`, `forwarded` and `dropped`, as datatrove's own steps do, and `changed`, `flagged` and `failed`:
        a document whose text cannot be cleaned goes on as it is.

        Raises:
            ConfigError: a document has something of its own under a key that is to be added.
        """
        cleaner = Cleaner(**self.options)
        added = (*((self.removed_key,) if self.removed_key else ()), *self.losses.names)
        for document in data:
            self.stat_update(StatHints.total)
            for key in added:
                if key in document.metadata:
                    raise ConfigError(f"document {document.id} has a {key!r} of its own; choose another key")
            with self.track_time():
                results = self._clean(cleaner, document)
                share = share_removed(results) if self.losses else None
            if self.losses.drops(share):
                self.stat_update(StatHints.dropped)
                continue
            self.stat_update(StatHints.forwarded)
            if self.losses.is_above(share):
                self.stat_update("flagged")
            if self.removed_key:
                removed = [edit_record(e) for r in results for e in r.edits]
                document.metadata[self.removed_key] = (
                    json.dumps(removed, ensure_ascii=False) if self.removed_json else removed
                )
            document.metadata.update(self.losses.added(share or 0.0))
            if isinstance(document.text, str):
                self.update_doc_stats(document)
            yield document

    def _clean(self, cleaner: Cleaner, document: Any) -> list[Result]:
        """Clean one document in place; its result, if it could be cleaned."""
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
        if result.stopped:
            logger.warning(f"{document.id}: left as it is: {result.stopped}")
            self.stat_update("failed")
            return []
        if result.changed:
            self.stat_update("changed")
            document.text = result.body
        return [result]
