"""Results read back: from each kind of file, whole or damaged."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.batch.report import record
from cleaner.batch.results import Naming, Taken, joined, read_results, with_texts
from cleaner.errors import InputError
from cleaner.formats import Record
from tests.result_help import DIRTY, body_of, edits_line, write
from tests.running import Run

GOOD = edits_line(DIRTY, ("Advertisement", "ad/en/label"))


def test_lines_with_edits_give_back_the_text_that_was_cleaned(run: Run, tmp_path: Path) -> None:
    texts = [DIRTY, "Nothing here goes at all, it is all body.\n", "😀 Rain.\r\nAdvertisement\r\nMore rain fell.", ""]
    data = "".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate(texts))
    (tmp_path / "out.jsonl").write_bytes(run("--jsonl", "--edits", stdin=data).out)
    entries = list(read_results(tmp_path / "out.jsonl"))
    assert [e.text for e in entries] == texts
    assert [e.name for e in entries] == ["1: 0", "2: 1", "3: 2", "4: 3"]
    assert [t.removed for e in entries for t in e.taken] == ["Advertisement\n", "Advertisement\r\n"]
    assert (entries[0].lines, entries[0].words, entries[0].words_removed) == (3, 12, 1)
    assert entries[0].guarded is None


def test_a_report_says_what_went_and_not_what_stayed(tmp_path: Path) -> None:
    result = Cleaner().clean(DIRTY, "a.txt")
    (tmp_path / "r").write_bytes(record(result) + b'{"name": "b.txt", "error": "not UTF-8"}\n')
    first, second = read_results(tmp_path / "r")
    assert (first.name, first.text, first.lines, first.words, first.guarded) == ("a.txt", None, 3, 12, False)
    assert [(t.line, t.removed, t.whole) for t in first.taken] == [(2, "Advertisement\n", True)]
    assert (second.name, second.error) == ("b.txt", "not UTF-8")


def test_a_line_does_not_go_twice(tmp_path: Path) -> None:
    data = json.loads(record(Cleaner().clean("Advertisement\nRain fell.\nAdvertisement\nIt snowed.\n", "a.txt")))
    assert [edit["line"] for edit in data["edits"]] == [1, 3]
    for lines in ((3, 3), (3, 1)):
        for edit, line in zip(data["edits"], lines, strict=True):
            edit["line"] = line
        (tmp_path / "r").write_text(json.dumps(data) + "\n")
        with pytest.raises(InputError, match="their offsets or lines"):
            list(read_results(tmp_path / "r"))


def test_packed_results_are_read(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(GOOD.encode()))
    assert [e.text for e in read_results(tmp_path / "r.jsonl.gz")] == [DIRTY]
    (tmp_path / "r.jsonl.gz").write_bytes(gzip.compress(GOOD.encode())[:-9])
    with pytest.raises(InputError, match=r"r\.jsonl\.gz: damaged gzip"):
        list(read_results(tmp_path / "r.jsonl.gz"))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"body": "a"}', "no field 'text' (see --text-field); it has: body"),
        ('{"text": "a"}', "written without --edits"),
        ('{"text": 1, "edits": []}', "field 'text' is int"),
        ('{"text": "a", "edits": 1}', "field 'edits' is int"),
        ('{"text": "a", "edits": [1]}', "an edit is no JSON object"),
        (GOOD.replace('"end": 51', '"end": 50'), "do not fit together"),
        (GOOD.replace('"start": 37', '"start": -1'), "'start' is no number of lines"),
        (GOOD.replace('"rule": "ad/en/label"', '"rule": 1'), "field 'rule' is int"),
        (GOOD.replace('"score": 1.0', '"score": NaN'), "'score' is no number"),
        (GOOD.replace('"score": 1.0', '"score": 1e999'), "'score' is no number"),
        (GOOD.replace('"line": 2', f'"line": {10**30}'), "'line' is no number of lines"),
        (GOOD.replace("The council met on Monday and voted.", ""), "beyond its end"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_is_no_result_is_a_failure_of_its_own(tmp_path: Path, line: str, why: str) -> None:
    path = write(tmp_path / "r", GOOD, line.rstrip("\n") + "\n", GOOD)
    entries = list(read_results(path))
    assert [bool(e.error) for e in entries] == [False, True, False]
    assert why in entries[1].error
    with pytest.raises(InputError, match="holds no results"):
        list(read_results(write(tmp_path / "bad", line.rstrip("\n") + "\n")))


def test_a_file_without_results_is_no_result_file(tmp_path: Path) -> None:
    for content in ("", "It rained.\n", "\n\n"):
        with pytest.raises(InputError, match="holds no results"):
            list(read_results(write(tmp_path / "a.txt", content)))
    with pytest.raises(InputError, match="No such file"):
        list(read_results(tmp_path / "none"))


def test_documents_are_told_apart_by_a_field(tmp_path: Path) -> None:
    path = write(tmp_path / "r", edits_line(DIRTY, id="x"), edits_line(DIRTY, id=7), edits_line(DIRTY))
    assert [(e.key, e.error) for e in read_results(path, Naming(key="id"))] == [
        ("x", ""),
        ("7", ""),
        ("3", "no result: no field 'id' with a text or a number"),
    ]


def test_texts_are_put_beside_a_report(tmp_path: Path) -> None:
    cleaner = Cleaner()
    names = ["a.txt", "b.txt", "c.txt"]
    (tmp_path / "r").write_bytes(b"".join(record(cleaner.clean(DIRTY, n)) for n in names if n != "b.txt"))
    texts = [Record("a.txt", DIRTY, {}), Record("b.txt", DIRTY, {}), Record("c.txt", DIRTY.replace("\nAd", "\nad"), {})]
    first, second = with_texts(read_results(tmp_path / "r"), texts)
    assert first.text == DIRTY
    assert second.text is None  # it is another text now
    with pytest.raises(InputError, match=r"c\.txt: is in the report, but not"):
        list(with_texts(read_results(tmp_path / "r"), texts[:1]))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=6))
def test_a_body_and_its_edits_make_the_text(text: str, cuts: list[tuple[int, int]]) -> None:
    spans, at = [], 0
    for start, size in sorted(cuts):
        a, b = max(at, min(start, len(text))), min(len(text), max(at, start) + size)
        if a < b:
            spans.append(Taken(1, a, b, text[a:b], False, "ad/en/x", "ad", 1.0))
            at = b
    assert joined(body_of(text, spans), spans) == text


def test_what_was_seen_of_a_line_is_read_where_the_file_says_it(tmp_path: Path) -> None:
    old = json.loads(GOOD)
    assert [t.saw for e in read_results(write(tmp_path / "old", GOOD)) for t in e.taken] == [""]
    old["edits"][0]["saw"] = "a short line between two menus"
    new = write(tmp_path / "new", json.dumps(old) + "\n")
    assert [t.saw for e in read_results(new) for t in e.taken] == ["a short line between two menus"]


def test_a_record_of_several_texts_is_read_text_by_text(run: Run, tmp_path: Path) -> None:
    data = json.dumps({"doc": {"text": DIRTY}, "parts": [DIRTY, "All of it is body, nothing goes.\n"]}) + "\n"
    ran = run("--jsonl", "--edits", "--text-field", "doc.text", "--text-field", "parts", stdin=data)
    (tmp_path / "r.jsonl").write_bytes(ran.out)
    (nested,) = read_results(tmp_path / "r.jsonl", Naming("doc.text"))
    assert (nested.key, nested.text, len(nested.taken)) == ("1", DIRTY, 1)
    first, second = read_results(tmp_path / "r.jsonl", Naming("parts"))
    assert (first.key, first.text, len(first.taken)) == ("1[0]", DIRTY, 1)
    assert (second.key, second.text, second.taken) == ("1[1]", "All of it is body, nothing goes.\n", ())
