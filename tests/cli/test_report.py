"""`cleaner report` and `cleaner compare` on the command line: what they take, write, say and end with."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.batch_help import contents, tree
from tests.result_help import DIRTY, edits_line, figures, pieces, rows, write
from tests.running import Run

AD = ("Advertisement", "ad/en/label")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts of a folder, and a run's report on them."""
    tree(tmp_path, {"in/a.txt": DIRTY, "in/sub/b.txt": "It rained all day in the city.\n", "in/z.txt": b"\xff\n"})
    return tmp_path


def test_a_page_is_made_of_lines_with_edits(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", json.dumps({"url": "https://example.org/1", "text": DIRTY}) + "\n", "no JSON\n")
    (tmp_path / "r.jsonl").write_bytes(run("--jsonl", "--edits", "in.jsonl").out)
    ran = run("report", "r.jsonl", "-o", "page.html", "--title", "Tuesday <b>")
    assert (ran.status, ran.out, ran.err) == (0, b"", "")
    page = (tmp_path / "page.html").read_text()
    assert "<h1>Tuesday &lt;b&gt;</h1>" in page
    assert [r[0] for r in rows(page)] == ["1: https://example.org/1", "line 2"]
    (rule,) = figures(page)["rules"]
    assert rule[0].startswith("ad/")
    assert rule[2]  # why it is there, from the packs
    assert figures(page)["totals"]["failed"] == 1


def test_a_page_of_a_report_shows_what_stayed_if_the_inputs_are_named(run: Run, folder: Path) -> None:
    assert run("in", "-q", "--report", "r.jsonl", "--check").status == 2
    ran = run("report", "r.jsonl", "-o", "page.html")
    assert ran.status == 0
    assert ran.err == "cleaner: r.jsonl: holds what went, not what stayed; --texts with the run's input shows both\n"
    lines = json.loads(pieces((folder / "page.html").read_text(), "texts")[0])[0]
    assert [type(item) for item in lines] == [int, list, int]
    ran = run("report", "r.jsonl", "-o", "page.html", "--texts", "in")
    assert (ran.status, ran.err) == (0, "")
    page = (folder / "page.html").read_text()
    assert json.loads(pieces(page, "texts")[0])[0][0] == "The council met on Monday and voted."
    assert [(r[0], bool(r[6])) for r in rows(page)] == [("a.txt", False), ("sub/b.txt", False), ("z.txt", True)]
    (folder / "in/a.txt").write_text("Something else.\n")
    assert "1 of the documents are not as they were" in run("report", "r.jsonl", "-o", "page.html", "--texts", "in").err


def test_what_is_no_result_is_refused_and_nothing_is_written(run: Run, folder: Path) -> None:
    write(folder / "plain.jsonl", json.dumps({"text": DIRTY}) + "\n")
    write(folder / "r.jsonl", edits_line(DIRTY, AD))
    before = contents(folder)
    for args, why in (
        (("report", "plain.jsonl", "-o", "p.html"), "plain.jsonl: holds no results (plain.jsonl:1: no field 'edits'"),
        (("report", "in", "-o", "p.html"), "in: is a folder; a page is made of results"),
        (("report", "none.jsonl", "-o", "p.html"), "none.jsonl: No such file"),
        (("report", "r.jsonl"), "Missing option '-o'"),
        (("report", "r.jsonl", "-o", "r.jsonl"), "r.jsonl: is an input"),
        (("report", "r.jsonl", "-o", "in/a.txt"), "in/a.txt: is there already; --overwrite"),
        (("report", "r.jsonl", "-o", "in/p.html", "--texts", "in"), "lies in the input folder in"),
        (("compare", "r.jsonl", "plain.jsonl", "--html", "p.html"), "plain.jsonl: holds no results"),
        (("compare", "r.jsonl", "r.jsonl", "--html", "r.jsonl"), "r.jsonl: is an input"),
        (("compare", "r.jsonl", "r.jsonl", "--diff", "-q"), "exclude each other"),
    ):
        ran = run(*args)
        assert (ran.status, ran.err.count("\n")) == (2, 1), args
        assert why in ran.err
        assert contents(folder) == before


def test_a_page_replaces_a_page_alone(run: Run, folder: Path) -> None:
    write(folder / "r.jsonl", edits_line(DIRTY, AD))
    write(folder / "mine.html", "<!doctype html>\n<html lang='en'>my notes")
    for name in ("mine.html",):
        assert "is there already; --overwrite" in run("report", "r.jsonl", "-o", name).err
    assert run("report", "r.jsonl", "-o", "mine.html", "--overwrite").status == 0
    assert run("compare", "r.jsonl", "r.jsonl", "--html", "mine.html").status == 0
    assert figures((folder / "mine.html").read_text())["compared"]


def test_a_comparison_lists_each_line_with_its_rule(run: Run, tmp_path: Path) -> None:
    text = "The council met.\nAdvertisement\nBy Jane\nWork begins in May. Share\nEnd.\n"
    write(tmp_path / "old", edits_line(text, AD, ("By Jane", "byline/en/by")), edits_line("Same.\n"))
    write(
        tmp_path / "new",
        edits_line(text, ("Advertisement", "ad/en/other"), (" Share", "share/en/bar")),
        edits_line("Same.\n"),
    )
    ran = run("compare", "old", "new")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.decode() == (
        "line 1\n"
        "    2  rule   ad/en/label → ad/en/other  Advertisement\n"
        "    3  stays  byline/en/by               By Jane\n"
        "    4  gone   share/en/bar               Share\n"
        "words by rule\n"
        "  byline/en/by       · gone       2 stay\n"
        "  share/en/bar       1 gone       · stay\n"
        "  ad/en/label → ad/en/other  the same text by another rule: 1\n"
        "1 of 2 documents come out otherwise: 1 words more are taken out, 2 stay now\n"
    )
    assert run("compare", "old", "new", "-q").out == b""
    assert "\x1b[" in run("compare", "old", "new", "--color", "always").out.decode()


def test_status_1_means_that_something_else_comes_out(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "old", edits_line(DIRTY, AD, id=1))
    write(tmp_path / "rule", edits_line(DIRTY, ("Advertisement", "ad/en/other"), id=1))
    write(tmp_path / "none", edits_line(DIRTY, id=1))
    write(tmp_path / "more", edits_line(DIRTY, AD, id=1), edits_line(DIRTY, id=2))
    for new, status in (("old", 0), ("rule", 0), ("none", 1), ("more", 1)):
        assert run("compare", "old", new, "-q").status == status, new
        assert run("compare", "old", new, "-q", "--key", "id").status == status, new


@pytest.mark.skipif(not shutil.which("patch"), reason="GNU patch is not there")
def test_the_diff_makes_the_new_bodies_of_the_old_ones(run: Run, tmp_path: Path) -> None:
    texts = {
        "a.txt": "Advertisement\nThe council met on Monday.\n\nBy Jane\n\nWork begins in May. Share\nEnd.\nThe end",
        "b.txt": "One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nNine\nTen\nEleven\nTwelve\n",
    }
    went = {
        "old": {"a.txt": [AD, ("The end", "nav/en/x")], "b.txt": [("Two", "nav/en/x"), ("Eleven", "nav/en/x")]},
        "new": {"a.txt": [("By Jane", "byline/en/x"), (" Share", "share/en/x")], "b.txt": [("One", "nav/en/x"), ("Eleven", "nav/en/y"), ("Twelve", "nav/en/x")]},
    }  # fmt: skip
    for name, spans in went.items():
        lines = [edits_line(texts[n], *spans[n], id=n) for n in texts]
        write(tmp_path / f"{name}.jsonl", *lines)
        for line in lines:
            data = json.loads(line)
            tree(tmp_path, {f"{name}/{data['id']}": data["text"]})
    ran = run("compare", "old.jsonl", "new.jsonl", "--key", "id", "--diff")
    assert ran.status == 1
    subprocess.run(["patch", "-s", "-p0"], cwd=tmp_path / "old", input=ran.out, check=True)
    assert contents(tmp_path / "old") == contents(tmp_path / "new")
    subprocess.run(["patch", "-s", "-p0", "-R"], cwd=tmp_path / "old", input=ran.out, check=True)
    assert (tmp_path / "old/b.txt").read_text() == texts["b.txt"].replace("Two\n", "").replace("Eleven\n", "")


def test_two_reports_are_compared_and_a_diff_of_them_needs_the_texts(run: Run, folder: Path) -> None:
    assert run("in", "-q", "--report", "old", "--check").status == 2
    assert run("in", "-q", "--report", "new", "--check", "--ignore", "ad").status == 2
    ran = run("compare", "old", "new")
    assert ran.status == 1
    assert "    2  stays  ad/" in ran.out.decode()
    assert "1 of 3 documents come out otherwise" in ran.out.decode()
    ran = run("compare", "old", "new", "--diff")
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith("cleaner: a.txt: a diff needs the text that stayed")
    assert "+Advertisement\n" in run("compare", "old", "new", "--diff", "--texts", "in").out.decode()


def test_nothing_of_a_text_steers_a_terminal(run: Run, tmp_path: Path) -> None:
    text = "One.\n\x1b[31m\u202eAdvertisement\nTwo.\n"
    write(tmp_path / "old", edits_line(text, id="\x1b[2J"))
    write(tmp_path / "new", edits_line(text, ("\x1b[31m\u202eAdvertisement", "ad/en/\x1b[2J"), id="\x1b[2J"))
    for args in ((), ("--diff",)):
        out = run("compare", "old", "new", *args, "--color", "never", tty=("stdout",)).out.decode()
        assert "Advertisement" in out
        assert "\x1b" not in out
        assert "\u202e" not in out
