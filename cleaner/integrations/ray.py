"""Ray Data: clean a dataset's text column on any number of workers. Needs `boilerplate-cleaner[ray]`.

>>> import ray.data                                                    # doctest: +SKIP
>>> from cleaner.integrations.ray import clean_dataset                 # doctest: +SKIP
>>> clean_dataset(ray.data.read_parquet("in")).write_parquet("out")    # doctest: +SKIP
"""

from __future__ import annotations

from typing import Any

from cleaner.integrations.arrow import BatchCleaner

# Rows of a batch: some megabytes of articles, so that a task is worth its overhead.
_ROWS = 1024


def clean_dataset(dataset: Any, *, workers: int = 1, batch_size: int = _ROWS, **options: Any) -> Any:
    """The dataset with its texts cleaned, lazily, as all of Ray Data's operations are.

    Args:
        dataset: a `ray.data.Dataset`.
        workers: how many actors clean at most; each builds its engine once.
        batch_size: rows of a batch.
        options: arguments of `BatchCleaner`: `text_column`, `removed_column`, `drop_above`, …, and those of
            `cleaner.Cleaner`.
    """
    import ray.data

    return dataset.map_batches(
        BatchCleaner,
        batch_format="pyarrow",
        batch_size=batch_size,
        fn_constructor_kwargs=options,
        # Not a fixed size: actors that take every processor leave none to the tasks that read and write.
        compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers),
    )
