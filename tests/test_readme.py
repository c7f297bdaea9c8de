"""What README and docs show is so: every command line is run, in their order, and what it prints is what they print.

A block is pasted into a shell in a folder that holds what its commands name. What cannot be run here is listed below, with
the reason; so nothing is left out unseen.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from contextlib import redirect_stdout, suppress
from importlib import import_module
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
# What the built-in rules leave of the article.
PACK = """
about = "Desks."
category = "promo"
language = "en"

[[rule]]
id = "ferry-desk"
why = "A call of the site's."
match = '^leave a postcard for the ferry desk$'
drop = ["Leave a postcard for the ferry desk", "leave a postcard for the ferry desk"]
keep = ["She asked him to leave a postcard for the ferry desk."]
"""
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
STATUS = {
    "cleaner articles --check": 1,
    "cleaner compare old.jsonl new.jsonl": 1,
    "cleaner compare old.jsonl new.jsonl --html changes.html": 1,
    "cleaner compare old.jsonl new.jsonl --diff": 1,
}
# A word in a page's text that begins a command, and one in a block.
INLINE = re.compile(r"`cleaner ([^`\n]+)`")
COMMAND = re.compile(r"^(?:\$ )?(?:cleaner|python3?|pip|pipx|uv|pytest) \S", re.MULTILINE)


def not_run(one: Shown) -> bool:
    return one.command.startswith(tuple(NOT_RUN))


def blocks(page: Path) -> list[list[Shown]]:
    return [list(shown(block)) for block in code(page, "console")]


def code(page: Path, language: str) -> list[str]:
    return [block for kind, block in fenced(page) if kind == language]


def fenced(page: Path) -> list[tuple[str, str]]:
    """What stands behind the opening fence of each block of a page, and the block."""
    return re.findall(r"^```(.*)\n((?:.*\n)*?)```$", page.read_text(encoding="utf-8"), re.MULTILINE)


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
    (here / "corpus.jsonl").write_text(record)
    (here / "my-pack.toml").write_text(PACK)
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


def test_commands_stand_in_blocks_that_are_run() -> None:
    """But one of the tutorial, which a test of the set-up reads."""
    other = [(page.name, block) for page in PAGES for kind, block in fenced(page) if kind not in ("console", "python")]
    found = [(name, block.split()[1]) for name, block in other if COMMAND.search(block)]
    assert found == [("tutorial.md", "tools/install.py")]


def test_commands_in_the_text_of_a_page_are_understood() -> None:
    """Their options, by the very verb; what stands for a file need not be there."""
    commands = 0
    for page in (*PAGES, ROOT / "SECURITY.md"):
        for typed in INLINE.findall(page.read_text(encoding="utf-8")):
            words = shlex.split(re.split(r"[|<>…]", typed)[0])
            verb = VERBS.get(words[0]) if words else None
            command = getattr(import_module(verb[0]), verb[1]) if verb else clean
            words = words[1:] if verb else words
            while isinstance(command, click.Group) and words and not words[0].startswith("-"):
                assert words[0] in command.commands, f"{page.name}: {typed}"
                command, words = command.commands[words[0]], words[1:]
            commands += 1
            with suppress(click.BadParameter, click.exceptions.Exit), redirect_stdout(io.StringIO()):
                command.make_context("cleaner", words)  # raises UsageError
    assert commands > 20


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


def test_the_settings_that_the_shell_page_shows_are_read(folder: Path) -> None:
    (kept,), (block,) = code(ROOT / "docs/shell.md", ""), code(ROOT / "docs/shell.md", "toml")
    (folder / "keep.txt").write_text(kept)
    (folder / "cleaner.toml").write_text(block)
    (folder / "blog").mkdir()
    furniture = "Comments\n\nPhoto of the day: the pier\n\nAdvertisement\n"
    (folder / "blog" / "a.txt").write_text(ARTICLE + furniture)
    body = ran("cleaner -q blog/a.txt", folder, folder.parent / "bin").stdout
    assert body.endswith("\nComments\n\nPhoto of the day: the pier\n")
    assert "Advertisement" not in body
    told = ran("cleaner config show blog/a.txt", folder, folder.parent / "bin").stdout
    for setting in ('level = "careful"', 'exclude = ["drafts/"]', 'ignore = ["byline"]', "max-removed = 0.3"):
        assert re.search(f"^{re.escape(setting)}  #.*cleaner.toml", told, re.MULTILINE), told
    assert "max-removed = 0.3" not in ran("cleaner config show a.txt", folder, folder.parent / "bin").stdout


def test_the_hooks_that_the_shell_page_shows_are_there() -> None:
    (block,) = code(ROOT / "docs/shell.md", "yaml")
    named = re.findall(r"- id: (\S+)|; or (\S+),", block)
    hooks = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted("".join(one) for one in named) == sorted(hooks)


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
