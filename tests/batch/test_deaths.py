"""A document that no process outlives, or that would cost too much, costs itself and nothing else."""

from __future__ import annotations

import json
import os
import signal
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from cleaner.api import Cleaner
from cleaner.batch import InPlace, Mirror, Plan, run
from cleaner.batch.pool import KILLED, at, workers
from cleaner.batch.tally import Summary
from cleaner.batch.work import Worker
from cleaner.formats import Kind
from tests.batch_help import CLEAN, DIRTY, OPTIONS, contents, mirrored, tree
from tests.deadly import PATH, WORD

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signals")
DEADLY = f"{WORD}\n{DIRTY}"


def cleaned(source: Path, target: Any, **more: Any) -> Summary:
    """A run whose workers die of some texts."""
    return run(Plan((source,), target, options={**OPTIONS, "rules": (PATH,)}, **more))


def of_files(tmp_path: Path, deadly: tuple[int, ...]) -> Path:
    files: dict[str, str | bytes] = {f"{i:03}.txt": DEADLY if i in deadly else DIRTY for i in range(150)}
    return tree(tmp_path / "in", files)


def test_a_worker_that_dies_costs_its_file(tmp_path: Path) -> None:
    source = of_files(tmp_path, (3, 70))
    summary = cleaned(source, Mirror(tmp_path / "out"), jobs=2, report=tmp_path / "report")
    names = ["003.txt", "070.txt"]
    assert [(f.name, f.reason) for f in summary.tally.failures] == [(name, KILLED) for name in names]
    found = contents(tmp_path / "out")
    assert len(found) == 150
    assert {name for name, data in found.items() if data == DEADLY.encode()} == set(names)
    assert {data for name, data in found.items() if name not in names} == {CLEAN.encode()}
    report = [json.loads(line) for line in (tmp_path / "report").read_bytes().splitlines()]
    assert [line["name"] for line in report if "error" in line] == names
    assert len(report) == 150


def test_a_worker_that_dies_costs_its_record(tmp_path: Path) -> None:
    lines = [json.dumps({"text": DEADLY if i in (0, 40) else DIRTY}) for i in range(90)]
    source = tree(tmp_path / "in", {"a.jsonl": "\n".join(lines) + "\n", "b.txt": DIRTY})
    summary = cleaned(source, Mirror(tmp_path / "out"), jobs=2)
    assert [(f.name, f.reason) for f in summary.tally.failures] == [("a.jsonl:1", KILLED), ("a.jsonl:41", KILLED)]
    out = (tmp_path / "out" / "a.jsonl").read_text().splitlines()
    assert [json.loads(line)["text"] for line in out] == [DEADLY if i in (0, 40) else CLEAN for i in range(90)]
    assert (tmp_path / "out" / "b.txt").read_text() == CLEAN


def test_a_page_that_kills_gets_no_text(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    page = "<html><body><article><p>%s</p><p>Work begins in May, and the bridge will be open in the spring.</p></article></body></html>"
    pages: dict[str, str | bytes] = {"a.html": page % "The council met on Monday.", "b.html": page % WORD}
    summary = cleaned(tree(tmp_path / "in", pages), Mirror(tmp_path / "out"), jobs=2, kind=Kind.HTML)
    assert [(f.name, f.reason) for f in summary.tally.failures] == [("b.html", KILLED)]
    assert set(contents(tmp_path / "out")) == {"a.html.md"}


def test_rows_of_any_kind_lose_the_one_that_kills(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    pq, feather = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow.feather")
    texts = [DEADLY if i == 7 else DIRTY for i in range(20)]
    wanted = [DEADLY if i == 7 else CLEAN for i in range(20)]
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "b.csv": "\n".join(["text", *(f'"{t}"' for t in texts)]) + "\n"})
    pq.write_table(pa.table({"text": texts}), source / "c.parquet", row_group_size=6)
    feather.write_feather(pa.table({"text": texts}), source / "d.feather", chunksize=6)
    summary = cleaned(source, Mirror(tmp_path / "out"), jobs=2)
    assert {(f.name, f.reason) for f in summary.tally.failures} == {
        (name, KILLED) for name in ("b.csv:30", "c.parquet:8", "d.feather:8")
    }
    assert pq.read_table(tmp_path / "out" / "c.parquet")["text"].to_pylist() == wanted
    assert feather.read_table(tmp_path / "out" / "d.feather")["text"].to_pylist() == wanted


def test_in_place_it_stays_as_it_was(tmp_path: Path) -> None:
    source = of_files(tmp_path, (3,))
    before = (source / "003.txt").stat()
    assert cleaned(source, InPlace(), jobs=2).failed == 1
    after = (source / "003.txt").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (source / "004.txt").read_text() == CLEAN


def test_resume_passes_it_by_and_names_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = of_files(tmp_path, (3,))
    cleaned(source, Mirror(tmp_path / "out"), jobs=2, resume=True)
    monkeypatch.setattr(Worker, "files", lambda *_: 1 / 0)
    again = cleaned(source, Mirror(tmp_path / "out"), jobs=1, resume=True)
    assert (again.resumed, again.files) == (150, 0)
    assert [(f.name, f.reason) for f in again.tally.failures] == [("003.txt", KILLED)]


def test_a_changed_file_is_tried_again(tmp_path: Path) -> None:
    source = of_files(tmp_path, (3,))
    cleaned(source, Mirror(tmp_path / "out"), jobs=2, resume=True)
    (source / "003.txt").write_text(DIRTY)
    again = cleaned(source, Mirror(tmp_path / "out"), jobs=1, resume=True)
    assert (again.files, again.failed) == (1, 0)
    assert (tmp_path / "out" / "003.txt").read_text() == CLEAN


def test_a_run_that_died_whole_goes_on_in_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Death(BaseException):
        pass

    def die(*_: Any) -> None:
        raise Death

    source = of_files(tmp_path, (3,))
    with monkeypatch.context() as m:
        m.setattr(Cleaner, "clean", die)
        with pytest.raises(Death):
            cleaned(source, Mirror(tmp_path / "out"), jobs=1)
    summary = cleaned(source, Mirror(tmp_path / "out"), jobs=1, resume=True)
    assert [(f.name, f.reason) for f in summary.tally.failures] == [("003.txt", KILLED)]
    assert (tmp_path / "out" / "149.txt").read_text() == CLEAN


def test_a_process_that_dies_of_no_document_ends_the_run(tmp_path: Path) -> None:
    with workers(2, os.abort) as pool, pytest.raises(BrokenProcessPool):
        list(pool.in_order(_die_at, [(1, 2)]))
    with workers(2, _begin) as pool, pytest.raises(BrokenProcessPool):
        list(pool.in_order(_die_before, [(1, 2)]))


def test_what_others_did_meanwhile_comes_in_order() -> None:
    items = [(i, 0 if i % 7 else 7) for i in range(40)]
    with workers(3, _begin) as pool:
        found = list(pool.in_order(_die_at, items))
    assert found == [(item, [-1] if item[1] else [item[0]]) for item in items]


def _begin() -> None:
    pass


def _die_before(_: tuple[int, int], __: frozenset[int]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(item: tuple[int, int], killers: frozenset[int]) -> list[int]:
    """Dies at document 7, if the item has one of that number."""
    number, deadly = item
    at(deadly)
    if deadly in killers:
        return [-1]
    if deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return [number]


@pytest.mark.parametrize("limit", ["max_time", "max_memory"])
def test_a_text_over_its_budget_is_left_and_named(tmp_path: Path, limit: str) -> None:
    lines = [json.dumps({"text": DIRTY}), json.dumps({"text": DIRTY * 2})]
    source = tree(tmp_path / "in", {"a.txt": DIRTY, "b.jsonl": "\n".join(lines) + "\n"})
    plan = Plan((source,), Mirror(tmp_path / "out"), options={**OPTIONS, limit: 1e-9}, resume=True)
    summary = run(plan)
    assert [f.name for f in summary.tally.failures] == ["a.txt", "b.jsonl:1", "b.jsonl:2"]
    assert all(f.reason.startswith("left as it is: ") for f in summary.tally.failures)
    assert contents(tmp_path / "out") == contents(source)
    again = run(plan)
    assert (again.resumed, again.failed) == (2, 3)


def test_where_memory_does_not_suffice_the_next_text_is_cleaned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cleaner.judging.engine import Engine

    real = Engine.run

    def run_(self: Engine, document: Any, repeats: Any) -> Any:
        if WORD in document.raws:
            raise MemoryError
        return real(self, document, repeats)

    monkeypatch.setattr(Engine, "run", run_)
    source = tree(tmp_path / "in", {"a.txt": DEADLY, "b.txt": DIRTY})
    summary = mirrored(source, tmp_path / "out")
    assert [(f.name, f.reason) for f in summary.tally.failures] == [
        ("a.txt", "left as it is: the memory does not suffice")
    ]
    assert contents(tmp_path / "out") == {"a.txt": DEADLY.encode(), "b.txt": CLEAN.encode()}
