"""The engine-neutral door: an Arrow batch in, the same batch with clean texts out. Needs `boilerplate-cleaner[parquet]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cleaner.api import Cleaner
from cleaner.errors import ConfigError
from cleaner.formats.arrow import TextColumn, pyarrow
from cleaner.formats.arrow_rows import added_fields, with_columns, with_fields, with_losses
from cleaner.output.edit import Edit
from cleaner.output.losses import Losses, share_removed
from cleaner.output.result import Result


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
        share_column: the name of one to add that tells the share of the row's words that went (0 to 1; null where there
            is no text); None for none.
        drop_above: rows of which a larger share of the words went are left out; None: none is.
        flag_column: the name of a column to add that says whether more went than `drop_above`; then all rows stay.
        options: arguments of `cleaner.Cleaner`.

    Raises:
        ConfigError, RuleError: as `Cleaner` does.
        InputError: pyarrow is not installed.
    """

    def __init__(
        self,
        text_column: str | Sequence[str] = "text",
        removed_column: str | None = None,
        share_column: str | None = None,
        drop_above: float | None = None,
        flag_column: str | None = None,
        **options: Any,
    ) -> None:
        pyarrow()
        self._losses = Losses(share_column, drop_above, flag_column)
        self._losses.refuse(removed_column)
        self._texts = (text_column,) if isinstance(text_column, str) else tuple(text_column)
        self._removed = removed_column
        self._cleaner = Cleaner(**options)

    def __call__(self, batch: Any) -> Any:
        """The batch with its texts cleaned; all other columns, the order and the schema's metadata stay.

        Raises:
            ConfigError: there is no such column, or it holds no texts, or the batch has a column of the name of one to
                add, or the list of what was taken out would tell of several texts.
        """
        removed = [] if self._removed is None else [pyarrow().field(self._removed, removed_type())]
        with_fields(batch.schema, [*removed, *added_fields(self._losses)])  # a clash is told before anything is cleaned
        out = batch
        rows: list[list[Result]] = [[] for _ in range(batch.num_rows)]
        for name in self._texts:
            column = TextColumn(batch.schema, name)
            if removed and (column.several or len(self._texts) > 1):
                raise ConfigError(f"a row has several texts, so no one list of what was removed: no {self._removed!r}")
            bodies = []
            for (row, _), value in column.read(batch):
                if isinstance(value, str):
                    result = self._cleaner.clean(value)
                    rows[row].append(result)
                    value = result.body
                bodies.append(value)
            out = column.replaced(out, bodies)
        if removed:
            out = with_columns(out, {removed[0]: [[edit_record(e) for e in r[0].edits] if r else None for r in rows]})
        return with_losses(out, [share_removed(row) for row in rows], self._losses) if self._losses else out


def map_batches(batches: Iterable[Any], **options: Any) -> Iterator[Any]:
    """Clean an iterator of batches with one `BatchCleaner` made of `options`: what Spark's `mapInArrow` calls."""
    clean = BatchCleaner(**options)
    return map(clean, batches)
