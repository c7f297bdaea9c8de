"""Every target of `tools.fuzz` holds for its corpus, and for some random changes of it; a fault that fuzzing found is a seed there."""

from __future__ import annotations

import warnings

import pytest

from cleaner.formats import html
from tools.fuzz import targets
from tools.fuzz.mutation import mutated

pytest.importorskip("pyarrow")
pytest.importorskip("warcio")

# So many changes that a target takes some tenths of a second.
CHANGES = {"document": 8, "explain": 6, "line": 8, "rows": 10, "text": 5, "terminal": 20}


@pytest.mark.parametrize("name", targets.names())
def test_holds_for_its_corpus_and_changes_of_it(name: str) -> None:
    check, seeds = targets.check_of(name), targets.seeds(name)
    assert seeds
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # `re`, of patterns that nobody would write
        for data in [*seeds, *mutated(seeds, CHANGES.get(name, 40), seed=1)]:
            check(data)


def test_changes_are_the_same_for_the_same_seed() -> None:
    seeds = [b"one\ntwo\n", b"three"]
    assert list(mutated(seeds, 50, 1)) == list(mutated(seeds, 50, 1)) != list(mutated(seeds, 50, 2))


def test_pages_are_read_by_trafilatura_again_afterwards() -> None:
    before = html._trafilatura
    targets.check_of("html")(b"<p>It rained.</p>")
    assert html._trafilatura is before


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in targets.CORPUS.rglob("*") if path.is_file()) < 200_000
