"""NVIDIA NeMo Curator: a stage that takes lines out of documents, then drops those that lost too much. CPU only.

Needs `boilerplate-cleaner[nemo]`.

>>> from nemo_curator.pipeline import Pipeline                                     # doctest: +SKIP
>>> from cleaner.integrations.nemo_curator import CleanerStage                     # doctest: +SKIP
>>> Pipeline("clean").add_stage(CleanerStage(drop_above=0.3)).run(initial_tasks=[batch])    # doctest: +SKIP
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

import pandas
import pyarrow
from loguru import logger
from nemo_curator.stages.base import ProcessingStage
from nemo_curator.stages.resources import Resources
from nemo_curator.tasks import DocumentBatch

from cleaner.api import Cleaner
from cleaner.errors import ConfigError
from cleaner.formats.arrow import TextColumn
from cleaner.formats.arrow_rows import with_columns, with_losses
from cleaner.integrations.arrow import edit_record, removed_type
from cleaner.output.losses import Losses, share_removed
from cleaner.output.result import Result


class CleanerStage(ProcessingStage[DocumentBatch, DocumentBatch]):  # type: ignore[misc]  # it has no types to check by
    """Cleans the texts of documents. All other columns, their types and the order stay, and so do batches: one of which
    all documents are dropped goes on empty, as it does from Curator's own filters.

    Recorded of each batch, as the stage's own metrics: `documents`, `changed`, `dropped` or `flagged`, and `failed` (a
    text that cannot be cleaned stays as it is).

    Args:
        text_field: the column to clean; a missing text stays missing.
        removed_field: the name of a column to add that lists what was taken out, as `line`, `start`, `end`, `rule`,
            `category`, `removed` and `saw`; None for none.
        share_field: the name of one to add that tells the share of the document's words that went (0 to 1; missing where
            there is no text); None for none.
        drop_above: a document of which a larger share of the words went is dropped; None: none is.
        flag_field: the name of a column to add that says whether more went than `drop_above`; then all documents stay.
        options: arguments of `cleaner.Cleaner`. The engine is built once for each worker.

    Raises:
        ConfigError: an argument of `Cleaner` that is not understood (when a worker begins), or what is said of shares; two fields to add of
            one name.
    """

    name = "cleaner"
    resources = Resources(cpus=1.0)

    def __init__(
        self,
        text_field: str = "text",
        removed_field: str | None = None,
        share_field: str | None = None,
        drop_above: float | None = None,
        flag_field: str | None = None,
        **options: Any,
    ) -> None:
        self.text_field, self.removed_field, self.options = text_field, removed_field, options
        self.losses = Losses(share_field, drop_above, flag_field)
        self.losses.refuse(removed_field)
        self._cleaner: Cleaner | None = None

    def inputs(self) -> tuple[list[str], list[str]]:
        """See `ProcessingStage.inputs`."""
        return ["data"], [self.text_field]

    def outputs(self) -> tuple[list[str], list[str]]:
        """See `ProcessingStage.outputs`."""
        return ["data"], [self.text_field, *self._added()]

    def setup(self, worker_metadata: Any = None) -> None:
        """See `ProcessingStage.setup`."""
        self._cleaner = Cleaner(**self.options)

    def process(self, task: DocumentBatch) -> DocumentBatch:
        """Clean one batch; the task that is given stays as it is.

        Raises:
            ConfigError: it has no such column, or one of the name of a column that is to be added.
        """
        columns = task.get_columns()
        if columns.count(self.text_field) != 1:
            many = "several columns are called" if self.text_field in columns else "no column"
            raise ConfigError(f"{many} {self.text_field!r}; it has: {', '.join(map(str, columns[:12]))}")
        for name in self._added():
            if name in columns:
                raise ConfigError(f"there is a column {name!r} already; choose another name")
        out = copy.copy(task)
        out.data = self._cleaned(task.data)
        return out

    def _added(self) -> list[str]:
        return [*([] if self.removed_field is None else [self.removed_field]), *self.losses.names]

    def _cleaned(self, data: Any) -> Any:
        """The data of a batch (a table of pyarrow or a frame of pandas) with its texts cleaned."""
        if isinstance(data, pandas.DataFrame):
            return self._frame(data)
        column = TextColumn(data.schema, self.text_field)
        if column.several:
            raise ConfigError(f"column {self.text_field!r} holds several texts a document")
        bodies, results = self._results([value for _, value in column.read(data)])
        out = column.replaced(data, bodies)
        if self.removed_field is not None:
            field = pyarrow.field(self.removed_field, removed_type())
            out = with_columns(out, {field: _removed(results)})
        return with_losses(out, self._shares(results), self.losses)

    def _frame(self, data: Any) -> Any:
        out = data.copy(deep=False)
        old = data[self.text_field]
        bodies, results = self._results(old.tolist())
        # New texts are none of the categories of a column that has such.
        dtype = old.cat.categories.dtype if isinstance(old.dtype, pandas.CategoricalDtype) else old.dtype
        out[self.text_field] = pandas.Series(bodies, index=out.index, dtype=dtype)
        if self.removed_field is not None:
            out[self.removed_field] = pandas.Series(_removed(results), index=out.index, dtype=object)
        shares = self._shares(results)
        added = [self.losses.added(share) for share in shares]
        for name, kind in ((self.losses.share, "float64"), (self.losses.flag, "bool")):
            if name is not None:
                out[name] = pandas.Series([row[name] for row in added], index=out.index, dtype=kind)
        return out[[not self.losses.drops(share) for share in shares]] if self.losses.drop else out

    def _results(self, values: Sequence[Any]) -> tuple[list[Any], list[Result | None]]:
        """For each value what takes its place, and the result if it is a text that could be cleaned."""
        results = [self._result(value) if isinstance(value, str) else None for value in values]
        bodies = [value if result is None else result.body for value, result in zip(values, results, strict=True)]
        failed = [
            not _is_missing(value) if result is None else bool(result.stopped)
            for value, result in zip(values, results, strict=True)
        ]
        changed = sum(result is not None and result.changed for result in results)
        self._count(documents=len(values), changed=changed, failed=sum(failed))
        return bodies, results

    def _result(self, text: str) -> Result | None:
        if self._cleaner is None:  # a stage that is called by itself
            self.setup()
        assert self._cleaner is not None
        try:
            result = self._cleaner.clean(text)
        except Exception as e:
            # One bad text must not end a run of millions.
            logger.warning(f"not cleaned: {type(e).__name__}: {e}")
            return None
        if result.stopped:
            logger.warning(f"left as it is: {result.stopped}")
        return result

    def _shares(self, results: Iterable[Result | None]) -> list[float | None]:
        """The share of the words of each document that went, if anybody asks for it."""
        shares = [share_removed([r] if r else []) if self.losses else None for r in results]
        if self.losses.above is not None:
            above = sum(map(self.losses.is_above, shares))
            self._count(**{"dropped" if self.losses.drop else "flagged": above})
        return shares

    def _count(self, **figures: int) -> None:
        """Add to the figures of the batches since Curator took them."""
        known = getattr(self, "_custom_metrics", None) or {}
        self._log_metrics({name: known.get(name, 0) + n for name, n in figures.items()})


def _is_missing(value: Any) -> bool:
    return bool(pandas.api.types.is_scalar(value) and pandas.isna(value))


def _removed(results: Iterable[Result | None]) -> list[list[dict[str, Any]] | None]:
    return [[edit_record(edit) for edit in r.edits] if r else None for r in results]
