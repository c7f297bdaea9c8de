"""Folders that are tables are told by what lies there, and refused before anything is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch_help import CLEAN, DIRTY, contents, tree

LINE = '{"text": "Advertisement"}\n'
DELTA = {"_delta_log/00000000000000000000.json": LINE, "part-0.parquet": "x"}
ICEBERG = {"metadata/v1.metadata.json": LINE, "metadata/snap.avro": "x", "data/00000.parquet": "x"}
LANCE = {"_versions/1.manifest": "x", "data/a.lance": "x", "notes.txt": DIRTY}
SPARK = {"part-0.json": LINE, ".part-0.json.crc": "x", "_SUCCESS": "", "._SUCCESS.crc": ""}


def cleaner(folder: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("where", ["t", "t/below/it"])
@pytest.mark.parametrize("way", [("-o", "out"), ("-i",), ("-i=.bak",)])
@pytest.mark.parametrize(
    ("files", "called"),
    [
        (DELTA, "is a Delta table (_delta_log)"),
        (ICEBERG, "is an Iceberg table (metadata, data)"),
        (LANCE, "is a Lance table (_versions, data)"),
        (SPARK, "holds checksums of Spark's (._SUCCESS.crc)"),
    ],
)
def test_tables_are_refused(
    tmp_path: Path, files: dict[str, str | bytes], called: str, way: tuple[str, ...], where: str
) -> None:
    tree(tmp_path / "t", {"a.txt": DIRTY})
    before = contents(tree(tmp_path / where, files).parent)
    status, said = cleaner(tmp_path, "t", *way)
    assert status == 2
    assert said.startswith(f"cleaner: {where}: {called}")
    assert said.endswith("see 'Tables' in docs/integrations.md for how its engine does it\n")
    assert said.count("\n") == 1
    assert contents((tmp_path / where).parent) == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("way", [("-o", "out"), ("-i",)])
def test_what_lies_in_a_table_is_refused_too(tmp_path: Path, way: tuple[str, ...]) -> None:
    tree(tmp_path / "t", {**DELTA, "day=1/part-1.csv": "text\nAdvertisement\n", "day=1/a.txt": DIRTY})
    for inputs in (["t/day=1"], ["t/day=1/part-1.csv"], ["t/day=1/a.txt"]):
        status, said = cleaner(tmp_path, *inputs, *way)
        assert status == 2
        assert f"{tmp_path}/t: is a Delta table" in said
    (tmp_path / "list").write_text("t/day=1/part-1.csv\n")
    assert cleaner(tmp_path, "--files-from", "list", *way)[0] == 2
    assert (tmp_path / "t/day=1/a.txt").read_text() == DIRTY
    assert not (tmp_path / "out").exists()


def test_a_table_that_is_left_out_is_no_reason(tmp_path: Path) -> None:
    tree(tmp_path / "t", {"a.txt": DIRTY})
    tree(tmp_path / "t/delta", {**DELTA})
    assert cleaner(tmp_path, "t", "-o", "out", "--exclude", "delta/", "-q") == (0, "")
    assert contents(tmp_path / "out") == {"a.txt": CLEAN.encode()}


def test_a_table_that_an_ignore_file_leaves_out_is_no_reason(tmp_path: Path) -> None:
    tables = {f"in/below/table/{name}": content for name, content in DELTA.items()}
    tree(tmp_path, {**tables, "in/a.txt": DIRTY, "in/below/.cleanerignore": "table/\n"})
    assert cleaner(tmp_path, "in", "-o", "out", "-q") == (0, "")
    assert contents(tmp_path / "out") == {"a.txt": CLEAN.encode()}
    (tmp_path / "in" / "below" / ".cleanerignore").write_text("others/\n")
    status, said = cleaner(tmp_path, "in", "-o", "again")
    assert status == 2
    assert "is a Delta table" in said


def test_looking_at_a_table_is_allowed(tmp_path: Path) -> None:
    tree(tmp_path / "t", {**SPARK})
    assert cleaner(tmp_path, "t", "--check", "-q")[0] == 1


def test_a_file_of_sparks_that_is_named_may_be_copied_but_not_changed(tmp_path: Path) -> None:
    tree(tmp_path, {**SPARK, "part-1.txt": DIRTY, ".part-1.txt.crc": "x"})
    assert cleaner(tmp_path, "part-0.json", "-o", "out", "-q") == (0, "")
    assert contents(tmp_path / "out") == {"part-0.json": b'{"text": ""}\n'}
    for name in ("part-0.json", "part-1.txt"):
        status, said = cleaner(tmp_path, name, "-i")
        assert status == 2
        assert "has a checksum of Spark's beside it; see 'Tables'" in said
    assert (tmp_path / "part-1.txt").read_text() == DIRTY


def test_folders_of_like_names_are_no_tables(tmp_path: Path) -> None:
    tree(tmp_path / "t", {"data/a.txt": DIRTY, "metadata/a.json": LINE, ".x.crc": "x", "_versions/b.txt": DIRTY})
    assert cleaner(tmp_path, "t", "-o", "out", "-q") == (0, "")
    assert len(contents(tmp_path / "out")) == 3


@pytest.mark.parametrize("inputs", ["t", "t/day=1", "t/day=1/a.txt"])
def test_a_summary_of_parquet_files_is_refused_in_place_alone(tmp_path: Path, inputs: str) -> None:
    """It says where in each file its parts lie; a copy does without it."""
    tree(tmp_path / "t", {"_metadata": b"PAR1\0PAR1", "day=1/a.txt": DIRTY})
    status, said = cleaner(tmp_path, inputs, "-i")
    assert status == 2
    assert "t: has a summary of its Parquet files (_metadata)" in said
    assert (tmp_path / "t" / "day=1" / "a.txt").read_text() == DIRTY
    (tmp_path / "t" / "_metadata").write_text("Body.\n")
    assert cleaner(tmp_path, inputs, "-i")[0] == 0
    assert (tmp_path / "t" / "day=1" / "a.txt").read_text() == CLEAN
