"""The programmer's doors cross process borders, and Arrow columns of no type pass."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

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
    assert [json.loads(d.metadata["removed"]) != [] for d in out] == [True, False, False]
    as_lists = CleanerStep(removed_json=False).run([Document(text=DIRTY, id="1")])
    assert [r["removed"] for d in as_lists for r in d.metadata["removed"]] == ["Advertisement\n", "\n"]
    own = Document(text=DIRTY, id="4", metadata={"removed": "by the editor"})
    with pytest.raises(ConfigError, match="a 'removed' of its own; choose another key"):
        list(CleanerStep().run([own]))
    assert own.metadata == {"removed": "by the editor"}
    assert own.text == DIRTY


@pytest.mark.filterwarnings("ignore")
def test_datatrove_writes_parquet_whatever_was_taken_out_first(tmp_path: Path) -> None:
    pytest.importorskip("datatrove", reason="the extra datatrove is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    from datatrove.data import Document
    from datatrove.pipeline.writers import ParquetWriter

    from cleaner.errors import ConfigError
    from cleaner.integrations.datatrove import CleanerStep

    texts = ["Body."] * 3 + [DIRTY, None, "Advertisement\nAdvertisement\nIt is."]
    documents: list[Any] = [Document(text=t, id=str(i), metadata={"lang": "en"}) for i, t in enumerate(texts)]
    step = CleanerStep(share_key="share", drop_above=0.4)
    out = list(step.run(documents))
    stats = {name: int(stat.total) for name, stat in step.stats.stats.items() if name != "doc_len"}
    assert stats == {"total": 6, "forwarded": 5, "dropped": 1, "changed": 2, "failed": 1}
    with ParquetWriter(str(tmp_path), batch_size=2) as writer:
        for document in out:
            document.text = document.text or "none"  # its writer leaves out a text that is empty
            writer.write(document)
    rows = pq.read_table(next(tmp_path.glob("*.parquet"))).to_pylist()
    assert [r["metadata"]["share"] for r in rows] == [0.0, 0.0, 0.0, 1 / 7, 0.0]
    assert [len(json.loads(r["metadata"]["removed"])) for r in rows] == [0, 0, 0, 2, 0]
    flagged = CleanerStep(share_key="share", drop_above=0.4, flag_key="much").run(
        [Document(text=t, id="1") for t in texts[3:]]
    )
    assert [d.metadata["much"] for d in flagged] == [False, False, True]
    with pytest.raises(ConfigError, match="cannot both be called 'removed'"):
        CleanerStep(share_key="removed")


def test_another_program_or_other_rules_make_another_pickle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = tmp_path / "own.toml"
    rule = 'about = "x"\ncategory = "ad"\nlanguage = "en"\n[[rule]]\nid = "a"\nwhy = "A."\nmatch = \'^adverts?$\'\n'
    pack.write_text(f'{rule}drop = ["Advert", "Adverts"]\nkeep = ["Adverts ran."]\n')
    first = pickle.dumps(Cleaner(rules=[pack]))
    assert pickle.dumps(Cleaner(rules=[pack])) == first
    pack.write_text(f'{rule}drop = ["Advert", "Adverts"]\nkeep = ["Adverts ran on."]\n')
    assert pickle.dumps(Cleaner(rules=[pack])) != first
    before = pickle.dumps(Cleaner())
    for told in (
        ("cleaner.api._code", lambda: "another program"),
        ("cleaner.fast.sources.key", lambda: b"other packs"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(*told)
            assert pickle.dumps(Cleaner()) != before
    assert pickle.dumps(Cleaner()) == before
