"""LangChain: a document transformer that cleans. Needs langchain-core.

>>> from cleaner.integrations.langchain import BoilerplateCleaner           # doctest: +SKIP
>>> documents = BoilerplateCleaner().transform_documents(loader.load())     # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.documents import BaseDocumentTransformer, Document

from cleaner.integrations.documents import DocumentCleaner


class BoilerplateCleaner(BaseDocumentTransformer):  # type: ignore[misc]  # not installed where types are checked
    """Cleans documents; put it before the text splitter.

    Args:
        removed_key, options: as `cleaner.integrations.documents.DocumentCleaner` takes them.
    """

    def __init__(self, removed_key: str | None = None, **options: Any) -> None:
        self._clean = DocumentCleaner(removed_key, **options)

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> list[Document]:
        """New documents with clean texts, in the same order; id and all other fields stay.

        Raises:
            ConfigError: a document has something of its own under `removed_key`.
        """
        del kwargs  # LangChain passes what other transformers may want
        return [self._cleaned(document) for document in documents]

    def _cleaned(self, document: Document) -> Document:
        body, metadata = self._clean(document.page_content, document.metadata)
        return document.model_copy(update={"page_content": body, "metadata": metadata})
