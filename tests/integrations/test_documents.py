"""The adapters of document frameworks: new documents with clean texts, and nothing else changed."""

from __future__ import annotations

import pickle

import pytest

from cleaner.errors import ConfigError
from cleaner.integrations.documents import DocumentCleaner
from tests.batch_help import CLEAN, DIRTY, OPTIONS

# Foreign libraries warn of their own affairs.
pytestmark = pytest.mark.filterwarnings("ignore")


def test_a_text_and_its_metadata() -> None:
    meta = {"source": "a.html"}
    assert DocumentCleaner(**OPTIONS)(DIRTY, meta) == (CLEAN, meta)
    clean = DocumentCleaner("removed", **OPTIONS)
    body, told = clean(DIRTY, meta)
    assert (body, told["source"], [edit["removed"] for edit in told["removed"]]) == (
        CLEAN,
        "a.html",
        ["Advertisement\n"],
    )
    assert clean(CLEAN, meta) == (CLEAN, {**meta, "removed": []})
    assert meta == {"source": "a.html"}
    with pytest.raises(ConfigError, match="a 'removed' of its own; choose another removed_key"):
        clean(DIRTY, {"removed": None})


def test_langchain() -> None:
    documents = pytest.importorskip("langchain_core.documents", reason="langchain-core is not installed")
    from cleaner.integrations.langchain import BoilerplateCleaner

    before = [documents.Document(DIRTY, id="7", metadata={"source": "a"}), documents.Document(CLEAN)]
    after = BoilerplateCleaner(**OPTIONS).transform_documents(before)
    assert [(d.id, d.page_content, d.metadata) for d in after] == [("7", CLEAN, {"source": "a"}), (None, CLEAN, {})]
    assert before[0].page_content == DIRTY
    told = BoilerplateCleaner("removed", **OPTIONS).transform_documents(before)
    assert [len(d.metadata["removed"]) for d in told] == [1, 0]
    assert before[0].metadata == {"source": "a"}


def test_llama_index() -> None:
    schema = pytest.importorskip("llama_index.core.schema", reason="llama-index-core is not installed")
    from llama_index.core.ingestion import IngestionPipeline

    from cleaner.integrations.llama_index import BoilerplateCleaner

    before = [
        schema.Document(text=DIRTY, id_="7", metadata={"source": "a"}, embedding=[1.0]),
        schema.TextNode(text=CLEAN, id_="8", embedding=[2.0]),
        schema.ImageNode(image="aGk=", id_="9"),
    ]
    clean = BoilerplateCleaner("removed", **OPTIONS)
    after = clean(before)
    assert [(n.id_, n.get_content(), n.embedding) for n in after] == [
        ("7", CLEAN, None),
        ("8", CLEAN, [2.0]),
        ("9", "", None),
    ]
    assert [type(n) for n in after] == [type(n) for n in before]
    assert [len(n.metadata["removed"]) for n in after] == [1, 0, 0]
    # What was taken out would be back in what models read, if it stood in the metadata that goes with the text.
    assert not any(
        "Advertisement" in after[0].get_content(mode) for mode in (schema.MetadataMode.EMBED, schema.MetadataMode.LLM)
    )
    assert (before[0].get_content(), before[0].metadata, before[0].embedding) == (DIRTY, {"source": "a"}, [1.0])
    assert before[0].excluded_llm_metadata_keys == []
    # Pipelines store it, send it to other processes, and know results again by its arguments.
    for again in (BoilerplateCleaner.from_dict(clean.to_dict()), pickle.loads(pickle.dumps(clean))):
        assert again.to_dict() == clean.to_dict()
        assert again(before)[0].get_content() == CLEAN
    pipeline = IngestionPipeline(transformations=[BoilerplateCleaner(**OPTIONS)])
    assert [n.get_content() for n in pipeline.run(documents=before[:1])] == [CLEAN]
    pipeline.transformations = [BoilerplateCleaner(**OPTIONS, ignore=["ad"])]
    assert [n.get_content() for n in pipeline.run(documents=before[:1])] == [DIRTY]


def test_haystack() -> None:
    haystack = pytest.importorskip("haystack", reason="haystack-ai is not installed")
    from cleaner.integrations.haystack import BoilerplateCleaner

    dirty = haystack.Document(content=DIRTY, meta={"source": "a"}, embedding=[1.0], score=0.5)
    before = [dirty, haystack.Document(content=CLEAN, embedding=[2.0]), haystack.Document(id="blob")]
    after = BoilerplateCleaner(**OPTIONS).run(documents=before)["documents"]
    # As if it had been made of the clean text.
    assert after[0] == haystack.Document(content=CLEAN, meta={"source": "a"}, score=0.5)
    assert after[0].id != dirty.id
    assert after[1:] == before[1:]
    assert (dirty.content, dirty.embedding) == (DIRTY, [1.0])
    kept = BoilerplateCleaner("removed", keep_id=True, **OPTIONS).run(documents=[dirty])["documents"][0]
    assert (kept.id, kept.content, len(kept.meta["removed"])) == (dirty.id, CLEAN, 1)
    assert dirty.meta == {"source": "a"}


def test_a_haystack_pipeline_is_stored_with_its_arguments() -> None:
    haystack = pytest.importorskip("haystack", reason="haystack-ai is not installed")
    from cleaner.integrations.haystack import BoilerplateCleaner

    pipeline = haystack.Pipeline()
    pipeline.add_component("boilerplate", BoilerplateCleaner(level="careful", keep_id=True))
    stored = pipeline.to_dict()["components"]["boilerplate"]
    assert stored["init_parameters"] == {"removed_key": None, "keep_id": True, "level": "careful"}
    # Haystack loads no class of a module that it was not told to trust.
    again = haystack.Pipeline.loads(pipeline.dumps(), allowed_modules=["cleaner.integrations.haystack"])
    assert again.to_dict() == pipeline.to_dict()
