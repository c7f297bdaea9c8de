"""The programmer's doors cross process borders, and Arrow columns of no type pass."""

from __future__ import annotations

import pickle

import pytest

from cleaner.api import Cleaner

DIRTY = "The mayor spoke.\n\nAdvertisement\n\nThe plan stands."


def test_a_cleaner_is_pickled_as_its_arguments() -> None:
    cleaner = Cleaner(ignore=["*/en/*"], level="careful")
    again = pickle.loads(pickle.dumps(cleaner))
    names = [rule.id for rule in cleaner.rules]
    assert [rule.id for rule in again.rules] == names
    assert len(names) < len(Cleaner().rules)
    assert pickle.loads(pickle.dumps(cleaner)) is again  # the packs are loaded once a process


def test_a_batch_cleaner_crosses_processes_and_passes_a_null_column() -> None:
    pa = pytest.importorskip("pyarrow")
    from cleaner.integrations.arrow import BatchCleaner

    clean = pickle.loads(pickle.dumps(BatchCleaner(removed_column="removed")))
    assert clean(pa.table({"text": [DIRTY]}))["text"].to_pylist() == ["The mayor spoke.\n\nThe plan stands."]
    nothing = clean(pa.table({"text": pa.nulls(2)}))
    assert nothing.to_pydict() == {"text": [None, None], "removed": [None, None]}
    assert nothing.schema.field("text").type == pa.null()


def test_datatrove_keeps_what_is_not_its_own() -> None:
    pytest.importorskip("datatrove")
    from datatrove.data import Document

    from cleaner.errors import ConfigError
    from cleaner.integrations.datatrove import CleanerStep

    documents = [Document(text=DIRTY, id="1"), Document(text="Body.", id="2"), Document(text=["a list"], id="3")]
    out = list(CleanerStep().run(documents))
    assert [d.text for d in out] == ["The mayor spoke.\n\nThe plan stands.", "Body.", ["a list"]]
    assert [bool(d.metadata["removed"]) for d in out] == [True, False, False]
    own = Document(text=DIRTY, id="4", metadata={"removed": "by the editor"})
    with pytest.raises(ConfigError, match="a 'removed' of its own; choose another key"):
        list(CleanerStep().run([own]))
    assert own.metadata == {"removed": "by the editor"}
    assert own.text == DIRTY
