"""The stage for NVIDIA NeMo Curator, called by itself and in its pipelines."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import ConfigError
from tests.batch_help import CLEAN, DIRTY, OPTIONS

pytest.importorskip("nemo_curator", reason="the extra nemo is not installed")
import pandas as pd
import pyarrow as pa
from nemo_curator.tasks import DocumentBatch

from cleaner.integrations.nemo_curator import CleanerStage

# Foreign libraries warn of their own affairs.
pytestmark = pytest.mark.filterwarnings("ignore")
HEAVY = "Advertisement\nThe end.\n"
TEXTS = [DIRTY, None, HEAVY, "Body."]
KINDS: dict[str, Any] = {
    "arrow": lambda texts: pa.table({"text": texts, "n": range(len(texts))}),
    "large": lambda texts: pa.table({"text": pa.array(texts, pa.large_string()), "n": range(len(texts))}),
    "object": lambda texts: pd.DataFrame({"text": pd.Series(texts, dtype=object), "n": range(len(texts))}),
    "string": lambda texts: pd.DataFrame({"text": pd.Series(texts, dtype="string"), "n": range(len(texts))}),
    "arrows": lambda texts: pd.DataFrame({"text": pd.Series(texts, dtype="string[pyarrow]"), "n": range(len(texts))}),
    "categories": lambda texts: pd.DataFrame({"text": pd.Categorical(texts), "n": range(len(texts))}),
}


def batch(data: Any) -> Any:
    return DocumentBatch(dataset_name="news", data=data, _metadata={"source": "a.jsonl"})


def rows(task: Any) -> list[dict[str, Any]]:
    """The documents of a batch, with None for whatever says that there is nothing."""
    found = task.to_pyarrow().to_pylist()
    return [{k: None if v != v else v for k, v in row.items() if k != "__index_level_0__"} for row in found]


@pytest.mark.parametrize("kind", KINDS)
def test_lines_go_within_documents_and_then_documents(kind: str) -> None:
    data = KINDS[kind](TEXTS)
    task = batch(data)
    before = copy.deepcopy(data)
    stage = CleanerStage(share_field="share", drop_above=0.25, flag_field="much", removed_field="gone", **OPTIONS)
    out = stage.process(task)
    assert type(out.data) is type(data)
    assert out.data is not data
    assert data.equals(before)
    assert (out.dataset_name, out._metadata) == ("news", {"source": "a.jsonl"})
    assert [r["text"] for r in rows(out)] == [CLEAN, None, "The end.\n", "Body."]
    assert [r["share"] for r in rows(out)] == [1 / 16, None, 1 / 3, 0.0]
    assert [r["much"] for r in rows(out)] == [False, False, True, False]
    assert [[e["removed"] for e in r["gone"] or ()] for r in rows(out)] == [
        ["Advertisement\n"],
        [],
        ["Advertisement\n"],
        [],
    ]
    assert stage._custom_metrics == {"documents": 4, "changed": 2, "failed": 0, "flagged": 1}
    dropped = CleanerStage(drop_above=0.25, **OPTIONS).process(task)
    assert rows(dropped) == [{"text": t, "n": n} for t, n in ((CLEAN, 0), (None, 1), ("Body.", 3))]
    if kind not in ("categories", "arrow", "large"):
        assert list(dropped.data.dtypes) == list(data.dtypes)
        assert list(dropped.data.index) == [0, 1, 3]
    assert CleanerStage(drop_above=0, **OPTIONS).process(batch(KINDS[kind]([HEAVY]))).num_items == 0


def test_a_text_that_is_none_costs_its_document_only() -> None:
    data = pd.DataFrame({"text": pd.Series([DIRTY, ["a list"], 7, float("nan"), "half \ud800"], dtype=object)})
    stage = CleanerStage(drop_above=0.5, **OPTIONS)
    out = stage.process(batch(data)).data["text"].tolist()
    assert out[:3] == [CLEAN, ["a list"], 7]
    assert out[4] == "half \ud800"
    assert stage._custom_metrics == {"documents": 5, "changed": 1, "failed": 2, "dropped": 0}
    assert stage.process(batch(pa.table({"text": pa.nulls(2)}))).data["text"].null_count == 2
    assert stage._custom_metrics["documents"] == 7  # till Curator takes them


def test_what_cannot_be_is_said() -> None:
    for data in (KINDS["arrow"](TEXTS), KINDS["object"](TEXTS)):
        with pytest.raises(ConfigError, match="no column 'body'; it has: text, n"):
            CleanerStage("body", **OPTIONS).process(batch(data))
        with pytest.raises(ConfigError, match="there is a column 'n' already; choose another name"):
            CleanerStage(share_field="n", **OPTIONS).process(batch(data))
    with pytest.raises(ConfigError, match="holds several texts"):
        CleanerStage(**OPTIONS).process(batch(pa.table({"text": [["a"]]})))
    with pytest.raises(ConfigError, match="cannot both be called 'x'"):
        CleanerStage(removed_field="x", share_field="x")
    with pytest.raises(ConfigError, match="from 0 to 1"):
        CleanerStage(drop_above=30)


def test_the_stage_crosses_processes_and_says_what_it_reads_and_writes() -> None:
    stage = CleanerStage("text", share_field="share", drop_above=0.5, flag_field="much", **OPTIONS)
    assert (stage.inputs(), stage.outputs()) == ((["data"], ["text"]), (["data"], ["text", "share", "much"]))
    stage.setup()
    again = pickle.loads(pickle.dumps(stage)).with_(batch_size=2)
    assert (again.name, again.batch_size, again.resources.gpus) == ("cleaner", 2, 0)
    (out,) = again.process_batch([batch(KINDS["arrow"](TEXTS))])
    assert out.data["text"].to_pylist()[0] == CLEAN


def test_a_pipeline_from_files_to_files(tmp_path: Path) -> None:
    ray = pytest.importorskip("ray")
    from nemo_curator.backends.ray_data import RayDataExecutor
    from nemo_curator.pipeline import Pipeline
    from nemo_curator.stages.text.io.reader import JsonlReader
    from nemo_curator.stages.text.io.writer import ParquetWriter

    (tmp_path / "in").mkdir()
    for part in range(2):
        lines = "".join(
            json.dumps({"n": 2 * i + part, "text": t}) + "\n" for i, t in enumerate([HEAVY, *["Body."] * 3, DIRTY])
        )
        (tmp_path / "in" / f"{part}.jsonl").write_text(lines if part else lines * 2)
    stage = CleanerStage(removed_field="gone", share_field="share", drop_above=0.3, **OPTIONS)
    pipeline = Pipeline(
        "clean",
        stages=[JsonlReader(str(tmp_path / "in"), files_per_partition=1), stage, ParquetWriter(str(tmp_path / "out"))],
    )
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
    try:
        tasks = pipeline.run(RayDataExecutor())
    finally:
        ray.shutdown()
    found = [row for path in (tmp_path / "out").glob("*.parquet") for row in pd.read_parquet(path).to_dict("records")]
    assert sorted(row["n"] for row in found) == sorted([2, 4, 6, 8] * 2 + [3, 5, 7, 9])
    assert {row["text"] for row in found} == {"Body.", CLEAN}
    assert sorted({row["share"] for row in found}) == [0.0, 1 / 16]
    perf = [p.custom_metrics for task in tasks for p in task._stage_perf if p.stage_name == "cleaner"]
    assert sum(m["dropped"] for m in perf) == 3
