"""The engine-neutral door: an Arrow batch in, the same batch with clean texts out. Needs `boilerplate-cleaner[parquet]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cleaner.api import Cleaner
from cleaner.errors import ConfigError
from cleaner.formats.arrow import TextColumn, pyarrow
from cleaner.output.edit import Edit


def removed_type() -> Any:
    """The Arrow type of the column that tells what was taken out: a list of `line`, `start`, `end`, `rule`,
    `category`, `removed` and `saw`, as in `cleaner.Edit`."""
    pa = pyarrow()
    return pa.list_(
        pa.struct(
            [
                ("line", pa.int32()),
                ("start", pa.int64()),
                ("end", pa.int64()),
                ("rule", pa.string()),
                ("category", pa.string()),
                ("removed", pa.string()),
                ("saw", pa.string()),
            ]
        )
    )


def edit_record(edit: Edit) -> dict[str, Any]:
    """An edit as the engines carry it."""
    return {
        "line": edit.line,
        "start": edit.start,
        "end": edit.end,
        "rule": edit.rule,
        "category": edit.category,
        "removed": edit.removed,
        "saw": edit.saw,
    }


class BatchCleaner:
    """Cleans a text column of Arrow batches or tables. Building one loads the rules: build one for each worker.

    Args:
        text_column: the column to clean, of texts, or several; `doc.text` is within a struct. A missing text stays
            missing, and bytes that are no UTF-8 stay as they are.
        removed_column: the name of a column to add that tells what was taken out (see `removed_type`); None for none.
        options: arguments of `cleaner.Cleaner`.

    Raises:
        ConfigError, RuleError: as `Cleaner` does.
        InputError: pyarrow is not installed.
    """

    def __init__(
        self, text_column: str | Sequence[str] = "text", removed_column: str | None = None, **options: Any
    ) -> None:
        pyarrow()
        self._texts = (text_column,) if isinstance(text_column, str) else tuple(text_column)
        self._removed = removed_column
        self._cleaner = Cleaner(**options)

    def __call__(self, batch: Any) -> Any:
        """The batch with its texts cleaned; all other columns, the order and the schema's metadata stay.

        Raises:
            ConfigError: there is no such column, or it holds no texts, or the batch has a column of the name of the one
                to add, or that would tell of several texts.
        """
        pa = pyarrow()
        if self._removed in batch.schema.names:
            raise ConfigError(f"there is a column {self._removed!r} already; choose another name for what was removed")
        out = batch
        results: list[Any] = []
        for name in self._texts:
            column = TextColumn(batch.schema, name)
            if self._removed and (column.several or len(self._texts) > 1):
                raise ConfigError(f"a row has several texts, so no one list of what was removed: no {self._removed!r}")
            values = [value for _, value in column.read(batch)]
            results = [self._cleaner.clean(value) if isinstance(value, str) else None for value in values]
            bodies = [value if r is None else r.body for value, r in zip(values, results, strict=True)]
            out = column.replaced(out, bodies)
        if self._removed is None:
            return out
        removed = pa.array([[edit_record(e) for e in r.edits] if r else None for r in results], removed_type())
        columns, schema = out.columns, out.schema.append(pa.field(self._removed, removed_type()))
        return type(out).from_arrays([*columns, removed], schema=schema)


def map_batches(batches: Iterable[Any], **options: Any) -> Iterator[Any]:
    """Clean an iterator of batches with one `BatchCleaner` made of `options`: what Spark's `mapInArrow` calls."""
    clean = BatchCleaner(**options)
    return map(clean, batches)
