"""`cleaner rules try` and `cleaner rules stats`: rules on texts and corpora."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

import click

from cleaner.api import Cleaner
from cleaner.cli.app import FAILED, fail
from cleaner.cli.corpus import corpus
from cleaner.cli.names import Names, complete_files, rule_names, several
from cleaner.cli.options import packs_option, text_field_option
from cleaner.cli.rules_present import NO_HIT, named, present, show_lines
from cleaner.errors import ConfigError, RuleError
from cleaner.judging.verdict import Verdict
from cleaner.render import rules as show_rules
from cleaner.render.terminal import write
from cleaner.render.trials import census_data, census_lines, corpus_trials, totals_line
from cleaner.rules.loader import parse_pack
from cleaner.rules.rule import CATEGORIES, Rule
from cleaner.text.document import Document
from cleaner.workbench.census import Census
from cleaner.workbench.corpus_trial import Totals, try_on_corpus
from cleaner.workbench.lint import lint, named_files
from cleaner.workbench.trial import HIT

# Seconds that near misses may take over a whole corpus.
_NEAR_SECONDS = 10.0


@click.command("try")
@click.argument("what", metavar="PATTERN|PACK|ID")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...", shell_complete=complete_files)
@click.option("--case", is_flag=True, help="PATTERN is case-sensitive.")
@click.option("--scope", type=click.Choice(["line", "span"]), default="line", help="Scope of PATTERN [line].")
@click.option("--max-words", type=int, help="Word limit of PATTERN.")
@click.option("--no-close", is_flag=True, help="Leave near misses out.")
@click.option("--context", is_flag=True, help="Show the lines beside each.")
@click.option(
    "--most", type=click.IntRange(0), default=50, metavar="N", help="Show so many of each kind; count all [50]."
)
@text_field_option
def try_(
    what: str,
    paths: tuple[str, ...],
    case: bool,
    scope: str,
    max_words: int | None,
    no_close: bool,
    context: bool,
    most: int,
    text_field: str,
) -> int:
    """Try a pattern, the rules of a pack file or a folder, or rules by id, on texts or a corpus ('-': the standard input).

    Shows each line that they hit, that a condition (words, zone, unless, signals) kept from them, or that they nearly
    hit. Of a hit it is said whether the present rules take the line without them ("taken already") or not ("new"), and
    of a new one whether it may be body. The last line counts all. Exit status 1 if nothing is hit.
    """
    failures: list[int] = []
    tried = _rules_of(what, case, scope, max_words, lambda message: failures.append(fail(message)))
    if not tried:
        return FAILED
    ids = {rule.id for rule in tried}
    judge: list[Cleaner] = []

    def judged(text: str) -> Sequence[Verdict]:
        if not judge:  # made when the first line is hit
            everything = present()
            same = sorted(ids & {rule.id for rule in everything.rules})
            judge.append(present(ignore=same) if same else everything)
        return judge[0].clean(text).verdicts

    totals = Totals()
    texts = corpus(paths, text_field, lambda message: failures.append(fail(message)))
    found = try_on_corpus(tried, texts, judged, totals, 0.0 if no_close else _NEAR_SECONDS)
    show_lines(corpus_trials(found, context, most))
    write(sys.stdout, totals_line(totals) + "\n")
    return FAILED if failures else 0 if totals.hits[HIT] else NO_HIT


def _rules_of(what: str, case: bool, scope: str, max_words: int | None, refused: Callable[[str], object]) -> list[Rule]:
    """The rules that the argument of `try` stands for; `refused` is told of those of a pack that do not load."""
    # A pattern may be longer than a path may; `Path.exists` raises then.
    if os.path.exists(what) or what.endswith(".toml"):  # noqa: PTH110
        found, problems = lint(named_files([Path(what)], ()))
        for problem in problems:
            if problem.error:
                refused(problem.message)
        return found
    if what.partition("/")[0] in CATEGORIES and what.count("/") == 2:
        return named(present().rules, what)
    entry = {
        "id": "pattern", "why": "It is tried.", "match": what, "scope": scope, "case": case,
        "example": [" text"], **({} if max_words is None else {"max_words": max_words}),
    }  # fmt: skip
    try:
        pack = parse_pack({"about": "-", "category": "site", "language": "any", "rule": [entry]}, "command line")
    except RuleError as e:
        raise ConfigError(e.reason) from e
    return list(pack.rules)


@click.command()
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]...")
@packs_option
@click.option(
    "--select", type=Names(rule_names), multiple=True, metavar="NAMES", help="Count only these rules or categories."
)
@click.option("--documents", type=click.IntRange(1), metavar="N", help="Look at the first N documents.")
@click.option("--time", "timed", is_flag=True, help="Measure what each rule costs, tried alone.")
@click.option("--most", type=click.IntRange(0), default=20, metavar="N", help="Show so many of each kind [20].")
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON object.")
@text_field_option
def stats(
    paths: tuple[str, ...],
    extra: tuple[Path, ...],
    select: tuple[tuple[str, ...], ...],
    documents: int | None,
    timed: bool,
    most: int,
    as_json: bool,
    text_field: str,
) -> int:
    """Count the rules by category and language; with a corpus, what each of them does there.

    For each rule: lines that it hits, lines that went for which it spoke, was named first, and was the only pattern. Then
    rules whose hits another has too, and rules that are dead there.
    """
    cleaner = present(extra)
    if not paths:
        show_lines(show_rules.statistics(cleaner.rules))
        return 0
    names = several(select)
    chosen = [r for r in cleaner.rules if not names or any(r.category == n or fnmatchcase(r.id, n) for n in names)]
    if not chosen:
        raise ConfigError(f"{', '.join(names)}: no such rule or category; see 'cleaner rules list'")
    failures: list[int] = []
    census = Census(chosen)
    for _, text in islice(corpus(paths, text_field, lambda message: failures.append(fail(message))), documents):
        census.see(Document(text).raws, cleaner.clean(text).verdicts, cleaner.facts)
    times = census.times(chosen) if timed else []
    if as_json:
        write(sys.stdout, json.dumps(census_data(census, times), ensure_ascii=False) + "\n")
    else:
        show_lines(census_lines(census, times, most))
    return FAILED if failures else 0
