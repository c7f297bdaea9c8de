"""What README and docs show is so: every command line is run, in their order, and what it prints is what they print.

A block is pasted into a shell in a folder that holds what its commands name. What cannot be run here is listed below, with
the reason; so nothing is left out unseen.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from cleaner import Cleaner
from cleaner.batch.report import record as record_of
from cleaner.cli.app import VERBS
from cleaner.cli.clean import clean
from tests.console_help import ENV, Shown, program, ran, shown
from tests.running import ROOT
from tests.test_docs import PAGES as RUN_WHOLE

if sys.platform == "win32":
    pytest.skip("the documents speak to a POSIX shell", allow_module_level=True)

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
ARTICLE = (
    "Prices rose by a tenth in May, the office said on Monday.\n\n"
    "More on this: Ten cheap laptops\n\nAdvertisement\n\nIt had not happened since 1998, and nobody had foreseen it.\n\n"
    "The council will meet on Friday to hear what the repair of the pier would cost, it said.\n"
    "Waves of up to six metres broke over the north pier in the night, and two boats sank.\n\n"
    "Leave a postcard for the ferry desk\n\n"
    "The mayor will hand over the prizes at five, and the evening ends with music on the pier.\n"
)
PAGE = "<!doctype html>\n<html><head><title>Prices</title></head><body><article><h1>Prices</h1>\n{}</article></body></html>\n"
# What is not run here, by how its line begins, and why.
NOT_RUN = {
    "python3 tools/install.py": "run by `.ci/run`, in a clean clone",
    "python3 tools/test.py": "run by `.ci/run`, in a clean clone",
    ".ci/run": "runs this test",
    "curl -s": "needs the network",
    "cleaner completion": "writes into the home; `tests/shell` tries what it prints",
    "cleaner review": "needs a terminal; `tests/render/test_review.py` goes through it",
    "pip install 'boilerplate-cleaner[review]'": "needs a package index",
    ".venv/bin/python -m benchmarks": "needs the labelled pages, and takes minutes",
    ".venv/bin/python -m tools.fit": "needs the labelled pages, and takes long",
}
# Commands whose status is told to be another than 0.
STATUS = {"cleaner articles --check": 1}


def not_run(one: Shown) -> bool:
    return one.command.startswith(tuple(NOT_RUN))


def blocks(page: Path) -> list[list[Shown]]:
    return [list(shown(block)) for block in code(page, "console")]


def code(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


# Pages that write the files which their commands name are run whole, by `test_docs`.
BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in PAGES
    if page.name not in RUN_WHOLE
    for number, block in enumerate(blocks(page), 1)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What the commands name."""
    here = tmp_path / "here"
    for name in ("articles", "pages"):
        (here / name).mkdir(parents=True)
    for name in (
        "article.txt",
        "a.txt",
        "b.txt",
        "page.txt",
        *(f"{f}/{n}.txt" for f in ("articles", "pages") for n in range(4)),
    ):
        (here / name).write_text(ARTICLE)
    (here / "page.html").write_text(PAGE.format("".join(f"<p>{line}</p>\n" for line in ARTICLE.split("\n\n"))))
    result = Cleaner().clean(ARTICLE, "0.txt")
    (here / "report.jsonl").write_bytes(record_of(result))
    edits = [{**e.fields(), "action": str(e.action)} for e in result.edits]
    for name in ("old.jsonl", "new.jsonl"):
        (here / name).write_text(json.dumps({"text": result.body, "edits": edits}) + "\n")
    record = json.dumps({"text": ARTICLE, "body": ARTICLE, "url": "https://example.org/1"}) + "\n"
    (here / "in.jsonl").write_text(record * 2)
    for name in ("in.jsonl.gz", "corpus.jsonl.gz"):
        (here / name).write_bytes(gzip.compress(record.encode()))
    pages = [
        f"The {place} was closed on Monday, and the council will say in {n + 3} weeks when the {place} opens again.\n\n"
        "Popular stories\n\nLetters of our readers\n"
        for n, place in enumerate(("pier", "mill", "quay"))
    ]
    (here / "pages.jsonl").write_text(
        "".join(json.dumps({"text": t, "url": f"https://example.org/{n}"}) + "\n" for n, t in enumerate(pages))
    )
    (here / "list").write_text("a.txt\nb.txt\n")
    (here / "samples").symlink_to(ROOT / "samples")
    (here / ".venv").symlink_to(Path(sys.prefix))
    program(tmp_path / "bin")
    return here


@pytest.mark.parametrize("block", BLOCKS)
def test_commands_do_what_the_page_says(block: list[Shown], folder: Path) -> None:
    for one in block:
        if not_run(one):
            continue
        # Where there is no jq, what would go to it is looked at instead.
        line = one.command if shutil.which("jq") else one.command.replace("| jq .edits", "")
        done = ran(line, folder, folder.parent / "bin")
        command = one.command.partition("#")[0].strip()
        assert done.returncode == STATUS.get(command, 0), f"{one.command}\n{done.stdout}"
        assert not re.search(r"^(cleaner: |Traceback)", done.stdout, re.MULTILINE), done.stdout
        if one.output:
            assert done.stdout == one.output
        for target in re.findall(r"(?<![\d<])>\s*([\w.]+)", command):
            assert (folder / target).stat().st_size, f"{one.command}: {target} is empty"


def test_what_is_not_run_is_there() -> None:
    lines = [one.command for page in PAGES for block in blocks(page) for one in block]
    assert len(lines) > 30
    for start in NOT_RUN:
        assert any(line.startswith(start) for line in lines), f"no page has it any more: {start}"
    for command in STATUS:
        assert any(line.partition("#")[0].strip() == command for line in lines), f"no page has it any more: {command}"


def test_the_patch_goes_both_ways(folder: Path) -> None:
    """As README says beside `--diff-only`."""
    if not shutil.which("patch"):
        pytest.skip("needs the program patch")
    make = [sys.executable, "-m", "cleaner"]
    patch = subprocess.run([*make, "--diff-only", "a.txt"], cwd=folder, env=ENV, capture_output=True, check=True).stdout
    body = subprocess.run([*make, "-q", "a.txt"], cwd=folder, env=ENV, capture_output=True, check=True).stdout
    for options, wanted in ((["-p0"], body), (["-R", "-p0"], ARTICLE.encode())):
        subprocess.run(["patch", *options], input=patch, cwd=folder, check=True, capture_output=True)
        assert (folder / "a.txt").read_bytes() == wanted


def options_of(command: click.Command) -> set[str]:
    own = {name for p in command.params if isinstance(p, click.Option) for name in (*p.opts, *p.secondary_opts)}
    more = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*map(options_of, more), {"--help"})


def test_options_that_the_pages_name_exist() -> None:
    known = options_of(clean)
    for module, name, _ in VERBS.values():
        known |= options_of(getattr(__import__(module, fromlist=[name]), name))
    missing = []
    for page in (p for p in PAGES if p.name != "CONTRIBUTING.md"):
        for code in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", page.read_text(encoding="utf-8")):
            if code.startswith(("--", "cleaner ")):
                missing += [(page.name, o) for o in re.findall(r"(?<![\w-])--[a-z][a-z-]*", code) if o not in known]
    # Those of tools, which stand beside the tool's name.
    assert {o for _, o in missing} <= {"--into", "--long", "--one-scraper", "--python"}, missing


def test_programs_that_the_pages_name_exist() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for module in re.findall(r"python3? -m ((?:tools|benchmarks)(?:\.\w+)?)", text):
            path = ROOT.joinpath(*module.split("."))
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), f"{page.name}: {module}"
        for name in re.findall(r"(?:tools|examples)/\w+\.py", text):
            assert (ROOT / name).exists(), f"{page.name}: {name}"


def test_the_settings_that_readme_shows_are_read(folder: Path) -> None:
    (block,) = code(ROOT / "README.md", "toml")
    (folder / "cleaner.toml").write_text(block)
    (folder / "packs").mkdir()
    (folder / "packs" / "own.toml").write_text(code(ROOT / "docs/rules.md", "toml")[0].replace("also-like", "own-like"))
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "a.txt"], cwd=folder, env=ENV, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert done.stderr.startswith("a.txt\n"), done.stderr  # `diff = "annotated"`
    assert "Advertisement" not in done.stdout


def test_the_pack_that_the_rules_page_shows_holds(folder: Path) -> None:
    (block,) = code(ROOT / "docs/rules.md", "toml")
    tomllib.loads(block)
    (folder / "promo").mkdir()
    (folder / "promo" / "own.toml").write_text(block)
    for verb in ("test", "lint"):
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", "rules", verb, "promo/own.toml"], cwd=folder, env=ENV, capture_output=True
        )
        assert done.returncode == 0, done.stderr


def test_the_python_that_readme_shows_runs(cleaner: Cleaner) -> None:
    (block,) = code(ROOT / "README.md", "python")
    assert cleaner.clean(ARTICLE).changed
    names: dict[str, object] = {"text": ARTICLE}
    exec(compile(block, "README.md", "exec"), names)
    for line in block.splitlines():
        if line.startswith("result."):
            assert eval(line.partition("#")[0], names)
