"""Haystack: a component that cleans documents. Needs haystack-ai.

>>> from cleaner.integrations.haystack import BoilerplateCleaner               # doctest: +SKIP
>>> pipeline.add_component("boilerplate", BoilerplateCleaner())                # doctest: +SKIP
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from haystack import Document, component, default_to_dict

from cleaner.integrations.documents import DocumentCleaner


@component
class BoilerplateCleaner:
    """Cleans documents; put it before the splitter.

    Args:
        removed_key: as `cleaner.integrations.documents.DocumentCleaner` takes it.
        keep_id: leave a changed document its id, as for ids that are not made from the content. Otherwise it gets the id of its
            new content, as Haystack gives it.
        options: arguments of `cleaner.Cleaner`.
    """

    def __init__(self, removed_key: str | None = None, keep_id: bool = False, **options: Any) -> None:
        self._clean = DocumentCleaner(removed_key, **options)
        self._keep_id = keep_id
        self._arguments = {"removed_key": removed_key, "keep_id": keep_id, **options}

    def to_dict(self) -> dict[str, Any]:
        """What a stored pipeline holds of it."""
        return default_to_dict(self, **self._arguments)  # type: ignore[no-any-return]  # Haystack is not installed where types are checked

    @component.output_types(documents=list[Document])  # type: ignore[untyped-decorator]
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """New documents with clean texts, in the same order, under `documents`. A document without a text passes, and one that stays
        as it is keeps its id; a changed one loses its embedding, which was that of the old text.

        Raises:
            ConfigError: a document has something of its own under `removed_key`.
        """
        return {"documents": [self._cleaned(document) for document in documents]}

    def _cleaned(self, document: Document) -> Document:
        if document.content is None:
            return document
        body, meta = self._clean(document.content, document.meta)
        if body == document.content and meta == document.meta:
            return document
        # Without an id Haystack makes one of what the document holds.
        changes: dict[str, Any] = {"content": body, "meta": meta, "id": document.id if self._keep_id else ""}
        if body != document.content:
            changes |= {"embedding": None, "sparse_embedding": None}
        return replace(document, **changes)
