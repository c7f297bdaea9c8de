"""What the adapters of document frameworks share: a text and its metadata in, both out clean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.api import Cleaner
from cleaner.errors import ConfigError
from cleaner.integrations.arrow import edit_record


class DocumentCleaner:
    """Cleans texts that have metadata. Building one loads the rules.

    Args:
        removed_key: what was taken out goes under this key of the metadata of every document (a list of `line`, `start`, `end`,
            `rule`, `category`, `removed` and `saw`; empty if nothing was); None to keep nothing.
        options: arguments of `cleaner.Cleaner`.

    Raises:
        ConfigError, RuleError: as `Cleaner` does.
    """

    def __init__(self, removed_key: str | None = None, **options: Any) -> None:
        self._key = removed_key
        self._cleaner = Cleaner(**options)

    def __call__(self, text: str, metadata: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The body of the text, and a copy of the metadata, with what was taken out if that is asked for.

        Raises:
            ConfigError: the metadata has something of its own under `removed_key`.
        """
        if self._key in metadata:
            raise ConfigError(f"a document has a {self._key!r} of its own; choose another removed_key")
        result = self._cleaner.clean(text)
        told = {self._key: [edit_record(edit) for edit in result.edits]} if self._key else {}
        return result.body, {**metadata, **told}
