"""LlamaIndex: a transformation that cleans, for an ingestion pipeline. Needs llama-index-core.

>>> from cleaner.integrations.llama_index import BoilerplateCleaner                              # doctest: +SKIP
>>> IngestionPipeline(transformations=[BoilerplateCleaner(), SentenceSplitter()]).run(documents=documents)  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.schema import BaseNode, MetadataMode, TransformComponent

from cleaner.integrations.documents import DocumentCleaner


class BoilerplateCleaner(TransformComponent):  # type: ignore[misc]  # not installed where types are checked
    """Cleans documents or nodes; put it before the splitter.

    Args:
        removed_key: as `cleaner.integrations.documents.DocumentCleaner` takes it; what was taken out is kept from the texts that
            LlamaIndex makes of metadata for models.
        options: arguments of `cleaner.Cleaner`.
    """

    removed_key: str | None = None
    options: dict[str, Any] = Field(default_factory=dict)
    _clean: DocumentCleaner = PrivateAttr()

    def __init__(self, removed_key: str | None = None, options: dict[str, Any] | None = None, **more: Any) -> None:
        super().__init__(removed_key=removed_key, options={**(options or {}), **more})
        self._clean = DocumentCleaner(removed_key, **self.options)

    @classmethod
    def class_name(cls) -> str:
        """The name under which pipelines store it."""
        return cls.__name__

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> list[BaseNode]:
        """New nodes with clean texts, in the same order; ids and all other fields stay, but for the embedding of a text that changed.

        Raises:
            ConfigError: a node has something of its own under `removed_key`.
        """
        del kwargs  # LlamaIndex passes what other transformations may want
        return [self._cleaned(node) for node in nodes]

    def _cleaned(self, node: BaseNode) -> BaseNode:
        text = node.get_content(metadata_mode=MetadataMode.NONE)
        body, metadata = self._clean(text, node.metadata)
        new = node.model_copy(update={"metadata": metadata})
        if body != text:
            new.set_content(body)
            new.embedding = None
        if self.removed_key:
            new.excluded_embed_metadata_keys = [*node.excluded_embed_metadata_keys, self.removed_key]
            new.excluded_llm_metadata_keys = [*node.excluded_llm_metadata_keys, self.removed_key]
        return new
