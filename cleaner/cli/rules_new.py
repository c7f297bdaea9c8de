"""`cleaner rules new`: a rule drafted from a line, put into a pack of one's own."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import click

from cleaner.api import Cleaner
from cleaner.cli.app import fail
from cleaner.cli.explain import parted
from cleaner.cli.inputs import STDIN, read_text, shown
from cleaner.cli.rules_format import pack_text
from cleaner.disk.aside import put
from cleaner.disk.inplace import Seen, replace
from cleaner.disk.scratch import scratch
from cleaner.errors import ConfigError, InputError, RuleError
from cleaner.judging.verdict import Action
from cleaner.output.result import Result
from cleaner.render.terminal import write
from cleaner.rules.loader import parse_pack
from cleaner.rules.rule import CATEGORIES, RulePack
from cleaner.text.language import languages_of
from cleaner.text.sentences import is_sentence
from cleaner.text.view import View
from cleaner.workbench.draft import Draft, draft
from cleaner.workbench.explained import LIST
from cleaner.workbench.near_misses import near_misses
from cleaner.workbench.pack_text import TEMPLATE, entry_text, head_text
from cleaner.workbench.proof import check_examples, failures

# What looks like the name of a rule, or part of one.
_IDS = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)+")
# Sentences of the text that may serve as an example of what stays.
_SENTENCE_WORDS, _LONGEST = 8, 240


@click.command()
@click.argument("what", default="promo/en/more-on-this", metavar="[LINE|FILE:LINE|CATEGORY/LANG/ID]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PACK",
    help="Add the rule to this pack; it is made if it is not there; '-' is the standard output.",
)
@click.option(
    "--category", type=click.Choice(list(CATEGORIES)), metavar="NAME", help="What kind of boilerplate it is [guessed]."
)
@click.option("--language", metavar="LANG", help="The language that the rule is of [that of the text].")
@click.option("--id", "name", metavar="ID", help="The rule's name [made from the line].")
def new(what: str, output: Path | None, category: str | None, language: str | None, name: str | None) -> int:
    """Draft a rule from a line that was left in, or print a pack to begin from.

    LINE is the line itself; FILE:12 picks line 12 of a file, whose sentences then serve as examples of what stays. The rule
    is drafted with a pattern, a category and examples that hold; read it before you use it.
    """  # fmt: skip
    if output == Path(STDIN):
        output = None
    parts = what.split("/")
    if len(parts) == 3 and parts[0] in CATEGORIES and all(parts) and " " not in what:
        template = TEMPLATE.format(category=parts[0], language=parts[1], id=parts[2])
        _put(output, template, None)
        return 0
    if _IDS.fullmatch(what) and not os.path.exists(what):  # noqa: PTH110
        raise ConfigError(
            f"{what!r} is no full id, such as promo/en/more-on-this; pick a line that looks so by FILE:LINE"
        )
    known = _read_pack(output)
    category_said = category is not None
    if known:
        if category and category != known.category or language and language != known.language:
            raise ConfigError(f"{output}: holds {known.category} in {known.language!r}; name another pack")
        category, language = known.category, known.language
    made = _drafted(
        what, category, language, name, [rule.id.rpartition("/")[2] for rule in known.rules] if known else ()
    )
    entry = entry_text(made.entry)
    head = head_text(f"Own rules: {CATEGORIES[made.category]}.", made.category, made.language) + "\n"
    pack = parse_pack(tomllib.loads(head + entry), str(output or "draft"))
    for rule in pack.rules:
        for reason in failures(rule):
            raise RuleError(
                rule.file, rule.id, f"the draft does not hold ({reason}); write it by hand: cleaner rules new {rule.id}"
            )
    stays = _stays(what, head, made)
    entry = entry_text(made.entry)
    _put(output, head + entry, entry if known else None)
    rule = pack.rules[0]
    if stays:
        sys.stderr.write(f"{what}: stays all the same: {stays}\n")
    if output:
        sys.stderr.write(f"{output}: {rule.id}: {rule.match[0]}\n")
        sys.stderr.write(f"Try it: cleaner rules try {output} FILES\n")
        if known and not category_said and made.guess not in ("site", made.category):
            sys.stderr.write(
                f"The line looks like {made.guess}; the pack holds {made.category}: a pack of its own would fit.\n"
            )
    return 0


def _drafted(what: str, category: str | None, language: str | None, name: str | None, taken: Sequence[str]) -> Draft:
    path, lines = parted(what)
    prose: list[str] = []
    beside: list[str] = []
    line, spoken = what, frozenset[str]()
    cleaner = Cleaner()
    if lines is not None and (path == STDIN or os.path.exists(path)):  # noqa: PTH110
        text = read_text(path)
        raws = text.split("\n")
        if len(lines) != 1:
            raise ConfigError(f"{what!r}: a rule is drafted from one line")
        if lines[0] > len(raws) or not View(raws[lines[0] - 1]).text:
            raise InputError(shown(path), f"line {lines[0]} is not there, or blank")
        line, spoken = raws[lines[0] - 1], languages_of(text.lower())
        prose = [
            v
            for raw in raws
            if raw != line and is_sentence(v := View(raw).text, _SENTENCE_WORDS) and len(v) <= _LONGEST
        ]
        beside = _beside(cleaner.clean(text), lines[0] - 1)
    if language is None:
        language = min(spoken or languages_of(line.lower()), default="en")
    alike = [] if category else [rule for rule, _ in near_misses(cleaner.rules, View(line), 0, {language})]
    return draft(line, prose, alike, beside, category, language, name, taken)


def _stays(what: str, head: str, made: Draft) -> str:
    """Why a line that was picked from a file stays although the draft hits it; empty if it goes.

    What protects lines stands against sure rules too: the draft gets a higher score where that is enough.
    """
    path, lines = parted(what)
    if lines is None or path == STDIN or not os.path.exists(path):  # noqa: PTH110
        return ""
    text = read_text(path)
    why = ""
    with scratch() as folder:
        for score in (1.0, 2.0, 3.0):
            pack = folder / f"{score:g}.toml"
            entry = made.entry if score == 1.0 else {**made.entry, "score": score}
            pack.write_text(head + entry_text(entry), encoding="utf-8")
            (explained,) = Cleaner(rules=[pack]).explain(text, lines)
            if explained.verdict.action is not Action.KEEP:
                made.entry.update(entry)
                return ""
            why = why or "; ".join(
                f"{p.rule} protects it by {-p.score:.2f}" for p in explained.parts if p.score <= -0.5
            )
            if explained.protected == LIST:
                why = (
                    f"lines that rules of {made.category} hit count as a list of the article here, on which these are not heard;"
                    " --category says another"
                )
    return why or "see cleaner explain --rules PACK"


def _beside(result: Result, i: int) -> list[str]:
    """The categories of what goes within a few lines, the nearest first."""
    around = sorted(range(max(0, i - 4), min(len(result.verdicts), i + 5)), key=lambda k: abs(k - i))
    return [result.verdicts[k].reasons[0].category for k in around if result.verdicts[k].action is Action.DROP]


def _read_pack(path: Path | None) -> RulePack | None:
    """The pack that is there; None if none is. Raises RuleError for what is no pack whose examples hold."""
    if path is None or not path.exists() or path.is_file() and not path.stat().st_size:
        return None
    from cleaner.rules.loader import load_pack

    pack = load_pack(path)
    check_examples([pack])
    return pack


def _put(path: Path | None, whole: str, added: str | None) -> None:
    """Write a new pack, or with `added` put that at the end of the one that is there; without a path, to stdout."""
    if path is None:
        write(sys.stdout, whole)
        return
    if added is None:
        if path.exists() and path.stat().st_size:
            raise ConfigError(f"{path}: is there already; name another file")
        put(path, whole.encode())
        return
    seen = Seen.of(path)
    old = pack_text(path)
    text = old + ("" if old.endswith("\n") else "\n") + "\n" + added
    parse_pack(tomllib.loads(text), str(path))  # it is a pack still
    for message in replace(path, text.encode(), seen):
        fail(message)
