"""The commands that measure still run: on a corpus of two documents, their figures not looked at."""

from __future__ import annotations

import gzip
import json
import sys
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_start_method
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.writers.matrix import without_places
from benchmarks.writers.page import BEGIN, END, put
from cleaner import Cleaner
from cleaner.errors import ConfigError

TEXT = "The council met on Monday evening and voted for the plan to build a second bridge.\n\nShare this article\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl.gz"
    with gzip.open(path, "wt") as file:
        for n in range(2):
            document = {"id": f"{n}", "url": f"https://site{n}.example/", "domain": "site.example", "track": "dump"}
            document |= {"lang": "en", "text": TEXT, "labels": [1, None, 0, None], "scraper": "dump", "page": f"{n}"}
            file.write(json.dumps(document) + "\n")
    return path


@pytest.mark.parametrize("name", ["job", "folder", "halves", "cliffs", "repeats"])
def test_it_runs(
    name: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        sys, "argv", ["benchmarks", name, "--corpus", str(corpus), "--rounds", "1", "--json", str(tmp_path / "o.json")]
    )
    main()
    rows = json.loads((tmp_path / "o.json").read_text())["rows"]
    assert rows
    assert capsys.readouterr().out.count("\n") == len(rows) + 2


@pytest.mark.skipif(get_start_method() != "fork", reason="the workers would begin with the real one")
@pytest.mark.parametrize("name", ["halves", "cliffs", "repeats"])
def test_workers_that_cannot_begin_end_it(name: str, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise ConfigError("no rules")

    monkeypatch.setattr(f"benchmarks.{name}.Cleaner", fail)
    monkeypatch.setattr(sys, "argv", ["benchmarks", name, "--corpus", str(corpus)])
    with pytest.raises(BrokenProcessPool):
        main()


@pytest.mark.parametrize("name", ["equal", "halves", "job"])
@pytest.mark.parametrize("more", [[], ["--corpus", "here.jsonl.gz", "--also", "other.jsonl"]])
def test_a_corpus_that_is_not_there_is_told_in_a_line(
    name: str, more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Path("here.jsonl.gz").touch()
    monkeypatch.setattr(sys, "argv", ["benchmarks", name, *more])
    with pytest.raises(SystemExit, match="2"):
        main()
    missing = "other.jsonl" if more else "../shared/bench/dev.jsonl.gz"
    assert capsys.readouterr().err.endswith(f"error: no corpus at {missing}: name one by --corpus FILE\n")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([[0, 1], [2, 3]], {"lost": 0, "order": "kept", "differ": 0}),
        ([[2, 3], [], [0, 1]], {"lost": 0, "order": "kept within files", "differ": 0}),
        ([[0, 3], [2, 1]], {"lost": 0, "order": "not kept", "differ": 0}),
        ([[0, 1], [3]], {"lost": 1, "order": "kept", "differ": 0}),
        ([[0, 1, 2, 3], [3]], None),
        ([[0, 1, 2, 4]], None),
    ],
)
def test_what_became_of_a_clusters_documents(
    tmp_path: Path, files: list[list[int]], said: dict[str, object] | None
) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    from benchmarks.cluster.figures import outcome

    body = Cleaner().clean(TEXT).body
    for name, parts, text in (("in", [[0, 1, 2, 3]], TEXT), ("out", files, body)):
        (tmp_path / name).mkdir()
        for i, part in enumerate(parts):
            table = pa.table({"n": pa.array(part, pa.int64()), "text": pa.array([text] * len(part), pa.string())})
            pq.write_table(table, tmp_path / name / f"{i}.parquet")
    if said is None:
        with pytest.raises(ValueError, match="4 documents went in"):
            outcome(tmp_path / "in", tmp_path / "out")
        return
    assert outcome(tmp_path / "in", tmp_path / "out") == said
    for path in (tmp_path / "out").iterdir():
        table = pq.read_table(path)
        pq.write_table(table.set_column(1, "text", pa.array([TEXT] * len(table), pa.string())), path)
    assert outcome(tmp_path / "in", tmp_path / "out")["differ"] == sum(map(len, files))


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("-i: cleaner: place/12/clean/folder: has a summary", "-i: folder: has a summary"),
        ("cleaner: 5/clean/folder/info.json: is JSON", "folder/info.json: is JSON"),
        ("cleaner: /tmp/w-1/group0/in/1/dirty/delta: is a Delta table", "delta: is a Delta table"),
        ("file: /groups/0/columns/4/statistics 'True' became 'False'", "file: /groups/0/columns/4/statistics 'True' became 'False'"),
    ],
)  # fmt: skip
def test_reasons_name_files_without_the_folders_of_the_run(told: str, read: str) -> None:
    assert without_places(told) == read


def test_a_run_of_some_writers_leaves_the_rows_of_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}{END}after\n")
    told = [{"writer": "DuckDB", "wrote": "CSV: a|b", "verdict": "refused", "why": "so"}]
    put(page, [{"writer": "DuckDB 1.0", "altered": 1}, {"writer": "a, b 2.0, 3.1", "altered": 2}], told)
    put(page, [{"writer": "DuckDB 2.0", "altered": 0}], [])
    assert page.read_text().split("\n") == [
        "before", BEGIN.strip(), "",
        "| writer        | altered |",
        "| ---           | ---     |",
        "| a, b 2.0, 3.1 | 2       |",
        "| DuckDB 2.0    | 0       |",
        "", END.strip(), "after", "",
    ]  # fmt: skip
    put(page, [{"writer": "DuckDB 1.0", "altered": 1}], told)
    put(page, [{"writer": "a, b 2.0, 3.1", "altered": 2}], [])
    assert "| DuckDB | CSV: a\\|b | refused | so  |" in page.read_text()
