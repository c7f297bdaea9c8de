from __future__ import annotations

import io
import json
import sys
import tomllib
from pathlib import Path

import pytest

from cleaner.batch import Plan, learn, learn_site, lesson
from cleaner.batch.lesson import Lesson
from cleaner.cli.app import run
from cleaner.errors import ConfigError, InputError
from cleaner.sites.pack import SitePack, site_pack_text
from tests.batch_help import OPTIONS, contents, mirrored, tree
from tests.site_help import BODIES

ROWS = [
    {"text": f"{body}\n{i + 3} Comments:\nOur newsroom", "url": f"https://example.org/{i}"}
    for i, body in enumerate(BODIES)
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tree(tmp_path / "in", {"x.jsonl": "\n".join(map(json.dumps, ROWS)) + "\n"})


@pytest.fixture
def pack(corpus: Path, tmp_path: Path) -> Path:
    path = tmp_path / "site.toml"
    path.write_text(learn_site.learn_site(Lesson(Plan(inputs=(corpus,), options=OPTIONS))))
    return path


def test_a_pack_holds_what_repeats(pack: Path) -> None:
    assert '    ["our newsroom", 4],' in pack.read_text()
    assert '    ["0 comments", 4],' in pack.read_text()
    read = SitePack.read([pack])
    assert read.repeats("example.org", ROWS[0]["text"]) == [0, 3, 3]
    assert read.repeats("", ROWS[0]["text"]) == [0, 3, 3]
    assert read.repeats("example.com", ROWS[0]["text"]) is None


def test_a_pack_holds_no_body_of_copies(tmp_path: Path) -> None:
    copied = "\n".join([*BODIES[:2], "Our newsroom"])
    texts = [copied, copied, copied, f"{BODIES[2]}\nOur newsroom"]
    source = tree(tmp_path / "in", {f"{i}.txt": text for i, text in enumerate(texts)})
    text = learn_site.learn_site(Lesson(Plan(inputs=(source,), options=OPTIONS)))
    assert tomllib.loads(text)["site"] == [{"name": "", "lines": [["our newsroom", 4]]}]


def test_a_run_with_the_pack_takes_what_a_run_that_counts_takes(corpus: Path, pack: Path, tmp_path: Path) -> None:
    counted = mirrored(corpus, tmp_path / "counted")
    known = mirrored(corpus, tmp_path / "known", site_packs=(pack,))
    assert counted.tally.changed == known.tally.changed == len(ROWS)
    assert contents(tmp_path / "counted") == contents(tmp_path / "known")


@pytest.mark.parametrize("name", ["our newsroom", "", '"\\', "a\nb", "日本"])
def test_any_site_and_line_is_read_as_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(site_pack_text({name: [(name or "x", 2)]}), encoding="utf-8")
    assert SitePack.read([path]).repeats(name, "other") == [0]


def test_a_copy_of_a_page_of_the_pack_keeps_its_body(tmp_path: Path) -> None:
    lines = [(body.lower(), 3) for body in BODIES] + [("our newsroom", 9)]
    pack = SitePack({"a": [(text.replace(",", "").rstrip("."), n) for text, n in lines]})
    assert pack.repeats("a", "\n".join([*BODIES, "Our newsroom"])) == [0] * 4 + [6]


@pytest.mark.parametrize(
    "text",
    [
        "site = 1", "[[site]]\nname = 'a'", "[[rule]]\nid = 'a'", "[[site", "[[site]]\nname = 'a'\nlines = [['a', 1]]",
        "[[site]]\nname = 'a'\nlines = [['a', 2, 4]]", "[[site]]\nname = 'a'\nlines = [['a', true]]",
        "[[site]]\nname = 1\nlines = []", "\udcff",
    ],
)  # fmt: skip
def test_what_is_no_pack_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match="p.toml"):
        SitePack.read([path])


def test_nothing_to_learn_is_said(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", {f"{i}.txt": body for i, body in enumerate(BODIES)})
    with pytest.raises(InputError, match="no line repeats in 3 documents"):
        learn_site.learn_site(Lesson(Plan(inputs=(source,), options=OPTIONS)))


def test_lines_of_one_large_file_are_held_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def watched(lines: dict[object, lesson.Counted]) -> dict[object, lesson.Counted]:
        held.append(len(lines))
        return lesson.bounded(lines)

    monkeypatch.setattr(lesson, "CANDIDATES", 5)
    pages = [[f"Our room {chr(97 + i // 3)}{j}x" for j in "abcdefgh"] for i in range(60)]
    rows = [json.dumps({"text": "\n".join([*lines, "y" * (90 + i)])}) for i, lines in enumerate(pages)]
    source = tree(tmp_path / "in", {"x.jsonl": "\n".join(rows) + "\n"})
    for module, learned in ((learn, learn.learn), (learn_site, learn_site.learn_site)):
        monkeypatch.setattr(module, "bounded", watched)
        learned(Lesson(Plan(inputs=(source,), options=OPTIONS)))
        assert max(held) <= 2 * 5 + 8
        held.clear()


def test_a_stream_and_a_text_on_the_command_line(
    corpus: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "site.toml"
    assert run(["learn", "--site", str(corpus), "-q", "-o", str(pack)]) == 0
    assert run(["learn", "--site", str(corpus), "-q", "-o", str(pack)]) == 2
    assert "is there already" in capfd.readouterr().err
    for jobs in ("1", "2"):
        assert run(["--jsonl", "-q", "--site", str(pack), "--jobs", jobs, str(corpus / "x.jsonl")]) == 0
        out = [json.loads(line)["text"] for line in capfd.readouterr().out.splitlines()]
        assert out == [body + "\n" for body in BODIES]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ROWS[1]["text"].encode())))
    assert run(["-q", "--site", str(pack)]) == 0
    assert capfd.readouterr().out == BODIES[1] + "\n"
    assert run(["-q", "--site", str(corpus / "x.jsonl"), str(corpus / "x.jsonl"), "--check"]) == 2
    assert "not valid TOML" in capfd.readouterr().err
    assert run(["-q", "--site", str(pack), "--repeats", "--check", str(corpus)]) == 2
    assert "exclude each other" in capfd.readouterr().err
