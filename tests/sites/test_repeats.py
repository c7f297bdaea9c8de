from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.batch import count
from cleaner.batch.work import Worker
from cleaner.formats import Fields, Record
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.judging.verdict import Action
from cleaner.sites import RepeatCounter, RepeatStore, line_keys, line_repeats, site_and_page
from cleaner.text.document import Document
from tests.batch_help import contents, mirrored, tree
from tests.site_help import BODIES
from tests.small import one_rule


def counted(tmp_path: Path, documents: list[tuple[str, str, str]]) -> RepeatStore:
    counter = RepeatCounter(str(tmp_path / "counts"))
    for site, page, text in documents:
        counter.add(site, page, text)
    counter.finish()
    assert RepeatStore.complete(str(tmp_path / "counts"))
    return RepeatStore.open(str(tmp_path / "counts"))


def test_counts_are_of_other_pages_of_the_site(tmp_path: Path) -> None:
    texts = [f"{body}\n{i + 3} Comments:\n* 12 comments\n\n---\nOur newsroom" for i, body in enumerate(BODIES)]
    documents = [("a", f"p{i}", t) for i, t in enumerate(texts)]
    store = counted(tmp_path, [*documents, *documents, ("b", "q", texts[0]), ("b", "q", texts[1])])
    # One page came twice, and another site's pages do not count.
    assert line_repeats(store, "a", texts[0]) == [0, 3, 3, 0, 0, 3]
    assert line_repeats(store, "b", texts[0]) == [0] * 6


def test_the_body_of_a_page_with_a_copy_does_not_repeat(tmp_path: Path) -> None:
    text = "\n".join(BODIES[:2]) + "\nOur newsroom"
    other = BODIES[3] + "\nOur newsroom"
    store = counted(tmp_path, [("a", "1", text), ("a", "1-print", text), ("a", "2", other)])
    assert line_repeats(store, "a", text) == [0, 0, 1]
    assert line_repeats(store, "a", other) == [0, 2]


def test_a_line_of_the_articles_own_words_does_not_repeat(tmp_path: Path) -> None:
    headline = "Council votes for a new bridge over the river"
    text = f"{headline}\n{BODIES[0]}\nPopular stories"
    other = f"{BODIES[1]}\n{headline}\nPopular stories"
    store = counted(tmp_path, [("a", "1", text), ("a", "2", other)])
    assert line_repeats(store, "a", text) == [0, 0, 1]
    assert line_repeats(store, "a", other) == [0, 1, 1]


def test_counting_in_rounds_holds_little_and_counts_what_repeats_within_them(tmp_path: Path) -> None:
    counter = RepeatCounter(str(tmp_path / "counts"), most=6)
    texts = [f"{i} of {body}\nOur newsroom" for i in range(10) for body in BODIES]
    for page, text in enumerate(texts):
        counter.add("a", str(page), text)
        assert counter.held < 6
    counter.finish()
    store = RepeatStore.open(str(tmp_path / "counts"))
    # Three pages a round; the last round's only page does not count.
    assert store.pages(line_keys("a", ["Our newsroom", "no line of theirs"])) == [39, 1]


def judged(lines: list[str], repeats: list[int] | None) -> tuple[list[int], bool]:
    """The lines that go by a weak rule for marks and one for what another page has; and whether the guard spoke."""
    rules = [one_rule(match="^mark", score=0.61), one_rule(id="two", when=["short"], repeat=1, score=0.2)]
    judgement = Engine(rules, threshold=0.6, max_removed=0.5).run(Document("\n".join(lines)), repeats)
    return [i for i, v in enumerate(judgement.verdicts) if v.action is not Action.KEEP], judgement.guarded


def test_what_other_pages_have_is_no_sign_that_too_much_goes() -> None:
    # Three: more, each with another text, would be a list, which weak evidence may not take at all.
    marks = [" ".join(["mark", *body.split()[:6]]) for body in BODIES[1:]]
    assert judged([BODIES[0], *marks], None) == ([], True)
    assert judged([BODIES[0], *marks], [0] + [1] * len(marks)) == (list(range(1, len(marks) + 1)), False)


def test_a_line_that_no_other_page_has_needs_more_evidence() -> None:
    lines = [BODIES[0], "mark one", "mark two", "label"]
    assert judged(lines, None) == judged(lines, [0] * 4) == ([1, 2], False)
    assert judged(lines, [0, 1, 0, 0]) == ([1], False)


@pytest.mark.parametrize("level", THRESHOLDS)
def test_a_paragraph_between_two_others_goes_by_a_pattern_alone(level: str) -> None:
    cleaner = Cleaner(level=level)
    for line, goes in (
        (
            "The town has had one bridge since the flood, and each plan for another was given up for want of money.",
            False,
        ),
        ("Sign up for our newsletter and get the best of our stories in your inbox each morning.", True),
    ):
        inside = cleaner.clean("\n\n".join((BODIES[0], line, BODIES[1])), repeats=[0, 0, 5, 0, 0])
        assert [v.action is Action.DROP for v in inside.verdicts] == [False, False, goes, goes, False]


@given(st.lists(st.text(), min_size=1))
def test_keys_go_by_line_and_site(lines: list[str]) -> None:
    assert line_keys("s", lines) == [line_keys("s", [line])[0] for line in lines]
    assert all(a is None or a != b for a, b in zip(line_keys("s", lines), line_keys("t", lines), strict=True))


@pytest.mark.parametrize(
    ("fields", "site", "page"),
    [
        ({"url": "https://www.news.example.co.uk/a/b/?x=1#top"}, "example.co.uk", "news.example.co.uk/a/b?x=1"),
        ({"url": "http://127.0.0.1:8000/a"}, "127.0.0.1", "127.0.0.1/a?"),
        ({"url": "no address"}, "folder", "folder/x.jsonl:3"),
        ({"url": "http://[bad"}, "folder", "folder/x.jsonl:3"),
        ({"url": None, "source": "mine"}, "mine", "folder/x.jsonl:3"),
    ],
)
def test_site_and_page(fields: dict[str, object], site: str, page: str) -> None:
    record = Record("folder/x.jsonl:3", "", fields)
    assert site_and_page(record, Fields(site="source")) == (site, page)


@pytest.mark.parametrize(
    ("name", "fields", "site"),
    [
        ("x.jsonl:3", {"url": "https://news.example.org/a"}, "example.org"),
        ("x.jsonl:3", {"url": "", "domain": "News.Example.co.uk"}, "example.co.uk"),
        ("x.jsonl:3", {"domain": "biology", "site": "v1.2"}, ""),
        ("crawl/www.example.org/a/1.txt", {}, "example.org"),
        ("release-1.2/my.stuff/1.txt", {}, ""),
        ("2024/1.txt", {}, ""),
        ("example.org", {}, ""),
    ],
)
def test_a_site_that_is_known_for_sure(name: str, fields: dict[str, object], site: str) -> None:
    assert site_and_page(Record(name, "", fields), Fields(), sure=True)[0] == site


def test_the_folder_of_all_files_tells_a_site_that_nothing_else_does(tmp_path: Path) -> None:
    folder = tree(tmp_path / "www.example.org", {f"{i}.txt": f"{b}\nOur newsroom\n" for i, b in enumerate(BODIES)})
    fields = Fields.of(("text",), "url", None, inputs=(folder,))
    assert site_and_page(Record("x.example.com/1.txt", "", {}), fields)[0] == "example.com"
    assert site_and_page(Record("news/1.txt", "", {}), fields)[0] == "example.org"
    for inputs in ((folder, folder), (folder / "0.txt",), (tmp_path,)):
        assert site_and_page(Record("1.txt", "", {}), Fields.of(("text",), "url", None, inputs=inputs), True)[0] == ""
    assert mirrored(folder, tmp_path / "out", fields=fields).tally.repeated == len(BODIES)


def test_by_default_a_run_looks_at_sites_that_are_named(tmp_path: Path) -> None:
    files = {f"site/{i}.txt": f"{body}\nOur newsroom\n" for i, body in enumerate(BODIES)}
    files |= {f"www.example.org/{i}.txt": text for i, text in enumerate(files.values())}
    rows = [{"text": f"{b}\nOur newsroom\n", "domain": "example.com"} for b in BODIES]
    source = tree(tmp_path / "in", {**files, "x.jsonl": "\n".join(map(json.dumps, rows))})
    summary = mirrored(source, tmp_path / "out")
    assert summary.tally.repeated == summary.tally.changed == 8
    out = contents(tmp_path / "out")
    assert out["site/2.txt"].decode() == files["site/2.txt"]
    assert out["www.example.org/2.txt"].decode() == BODIES[2] + "\n"
    assert [json.loads(line)["text"] for line in out["x.jsonl"].splitlines()] == [b + "\n" for b in BODIES]
    assert mirrored(source, tmp_path / "none", repeats=False).tally.changed == 0
    assert mirrored(source, tmp_path / "all", repeats=True).tally.changed == 12


def test_a_file_whose_first_records_name_no_site_is_read_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count, "LOOK", 2)
    late = {"url": "https://example.org/1"}
    rows = [{"text": f"{b}\nOur newsroom", **(late if i > 1 else {})} for i, b in enumerate(BODIES)]
    source = tree(tmp_path / "in", {"x.jsonl": "\n".join(map(json.dumps, rows))})
    assert mirrored(source, tmp_path / "out").tally.repeated == 0


def test_a_run_that_goes_on_ends_with_the_same_bytes(tmp_path: Path) -> None:
    rows = [{"text": f"{b}\nOur newsroom", "url": f"https://example.org/{i}"} for i, b in enumerate(BODIES)]
    files = {f"{i}.jsonl": json.dumps(row) + "\n" for i, row in enumerate(rows)}
    source = tree(tmp_path / "in", dict(files))
    mirrored(source, tmp_path / "whole")
    out = tmp_path / "out"
    real = Worker.chunk

    def stop(self: Worker, chunk: object, path: Path, killers: object = ()) -> object:
        if path.name == "2.jsonl":
            raise KeyboardInterrupt
        return real(self, chunk, path, killers)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worker, "chunk", stop)
        with pytest.raises(KeyboardInterrupt):
            mirrored(source, out, jobs=1)
    assert 0 < len(contents(out)) < len(files) + 2
    summary = mirrored(source, out, jobs=1, resume=True)
    assert contents(out) == contents(tmp_path / "whole")
    assert summary.tally.repeated == len(rows)


def test_a_run_with_evidence(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"site/{i}.txt": f"{body}\nOur newsroom\n" for i, body in enumerate(BODIES)}
    files["other/0.txt"] = f"{BODIES[0]}\nOur newsroom\n"
    source = tree(tmp_path / "in", files)
    mirrored(source, tmp_path / "without")
    assert contents(tmp_path / "without") == contents(source)
    for jobs in (1, 2):
        mirrored(source, tmp_path / f"out{jobs}", repeats=True, jobs=jobs)
        out = contents(tmp_path / f"out{jobs}")
        assert out["other/0.txt"] == files["other/0.txt"].encode()  # type: ignore[union-attr]
        assert out["site/2.txt"].decode() == BODIES[2] + "\n"
    assert list((tmp_path / "out1").glob(".cleaner-journal-*")) == []


def test_records_name_their_site(tmp_path: Path) -> None:
    rows = [{"text": f"{b}\nOur newsroom", "url": f"https://a{i}.example.org/{i}"} for i, b in enumerate(BODIES)]
    source = tree(tmp_path / "in", {"x.jsonl": "\n".join(map(json.dumps, rows))})
    mirrored(source, tmp_path / "out", repeats=True)
    got = [json.loads(line)["text"] for line in contents(tmp_path / "out")["x.jsonl"].splitlines()]
    assert got == [b + "\n" for b in BODIES]
