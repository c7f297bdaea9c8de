"""The commands that measure still run: on a corpus of two documents, their figures not looked at."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.writers.matrix import without_places
from benchmarks.writers.page import BEGIN, END, put

TEXT = "The council met on Monday evening and voted for the plan to build a second bridge.\n\nShare this article\n"


@pytest.mark.parametrize("name", ["job", "folder", "halves"])
def test_it_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus.jsonl.gz"
    with gzip.open(corpus, "wt") as file:
        for n in range(2):
            document = {"id": f"{n}", "url": f"https://site{n}.example/", "domain": f"site{n}.example", "track": "dump"}
            document |= {"lang": "en", "text": TEXT, "labels": [1, None, 0, None], "scraper": "dump", "page": f"{n}"}
            file.write(json.dumps(document) + "\n")
    monkeypatch.setattr(
        sys, "argv", ["benchmarks", name, "--corpus", str(corpus), "--rounds", "1", "--json", str(tmp_path / "o.json")]
    )
    main()
    rows = json.loads((tmp_path / "o.json").read_text())["rows"]
    assert rows
    assert capsys.readouterr().out.count("\n") == len(rows) + 2


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
