"""Ray Data: clean a dataset's text column on any number of workers. Needs `boilerplate-cleaner[ray]`.

>>> import ray.data                                                    # doctest: +SKIP
>>> from cleaner.integrations.ray import clean_dataset                 # doctest: +SKIP
>>> clean_dataset(ray.data.read_parquet("in")).write_parquet("out")    # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.integrations.arrow import BatchCleaner

# Rows that are cleaned at a time: some megabytes of articles.
_ROWS = 1024


class BlockCleaner(BatchCleaner):
    """A `BatchCleaner` for Ray's blocks, each as it comes: Ray cannot join blocks of `string` and `large_string`, and makes pickled
    objects of texts that it joins with a block that has none.

    Args:
        rows: how many are cleaned at a time, since a block can be of any size.
        options: as `BatchCleaner`.
    """

    def __init__(self, rows: int = _ROWS, **options: Any) -> None:
        super().__init__(**options)
        self._rows = rows

    def __call__(self, block: Any) -> Iterator[Any]:
        """The block in parts, each cleaned as `BatchCleaner` does."""
        for start in range(0, len(block) or 1, self._rows):
            yield super().__call__(block.slice(start, self._rows))


def clean_dataset(dataset: Any, *, workers: int = 1, batch_size: int = _ROWS, **options: Any) -> Any:
    """The dataset with its texts cleaned, lazily, as all of Ray Data's operations are.

    Args:
        dataset: a `ray.data.Dataset`.
        workers: how many actors clean at most; each builds its engine once.
        batch_size: rows that are cleaned at a time.
        options: arguments of `BatchCleaner`: `text_column`, `removed_column`, `drop_above`, …, and those of
            `cleaner.Cleaner`.
    """
    import ray.data

    return dataset.map_batches(
        BlockCleaner,
        batch_format="pyarrow",
        batch_size=None,
        fn_constructor_kwargs={"rows": batch_size, **options},
        # Not a fixed size: actors that take every processor leave none to the tasks that read and write.
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers),
    )
