"""`cleaner rules`: look at the rules, prove them, try them."""

from __future__ import annotations

from pathlib import Path

import click
import click.shell_completion

from cleaner.cli.app import FAILED, fail
from cleaner.cli.names import Names, languages, rule_names, several
from cleaner.cli.options import SUBCOMMAND, packs_option
from cleaner.cli.rules_corpus import stats, try_
from cleaner.cli.rules_format import format_
from cleaner.cli.rules_new import new
from cleaner.cli.rules_present import NO_HIT, named, packs_of_settings, present, show_lines
from cleaner.errors import ConfigError
from cleaner.render import rules as show_rules
from cleaner.rules.rule import CATEGORIES
from cleaner.text.signals import AROUND, CONTEXT, OWN, PLACE
from cleaner.workbench.lint import lint, named_files
from cleaner.workbench.proof import failures


@click.group(
    invoke_without_command=True, subcommand_metavar=SUBCOMMAND, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.pass_context
def rules(ctx: click.Context) -> None:
    """Look at the rules, prove them, try them."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def complete_ids(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem[str]]:
    """The rules whose ids begin so."""
    return Names(rule_names).shell_complete(ctx, param, incomplete)


@rules.command("list")
@click.argument("text", required=False)
@click.option(
    "--category", type=Names(lambda _: CATEGORIES), multiple=True, metavar="NAMES", help="Only these categories."
)
@click.option("--lang", type=Names(languages), multiple=True, metavar="LANGS", help="Only these languages.")
@packs_option
def list_(
    text: str | None, category: tuple[tuple[str, ...], ...], lang: tuple[tuple[str, ...], ...], extra: tuple[Path, ...]
) -> int:
    """List the rules; with TEXT, those that hold it in their id, why, patterns or examples.

    Exit status 1 if there is none.
    """
    everything = present(extra).rules
    categories, languages = several(category), several(lang)
    for name in categories:
        if name not in CATEGORIES:
            raise ConfigError(f"unknown category {name!r}; known: {', '.join(CATEGORIES)}")
    known = {r.language for r in everything}
    for name in languages:
        if name not in known:
            raise ConfigError(f"no rule pack for language {name!r}; known: {', '.join(sorted(known))}")
    found = [
        r
        for r in everything
        if (not categories or r.category in categories)
        and (not languages or r.language in languages)
        and (not text or any(text.lower() in t.lower() for t in (r.id, r.why, *r.match, *r.drop, *r.keep, *r.examples)))
    ]
    show_lines(show_rules.listing(found))
    return 0 if found else NO_HIT


@rules.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=complete_ids)
@packs_option
def show(ids: tuple[str, ...], extra: tuple[Path, ...]) -> int:
    """Show rules by ID (such as promo/en/also-like; * and ? stand for any letters), with why and examples."""
    everything = present(extra).rules
    for number, name in enumerate(ids):
        for i, rule in enumerate(named(everything, name)):
            show_lines([*([[("\n", "")]] if number or i else []), *show_rules.details(rule)])
    return 0


@rules.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def test(paths: tuple[Path, ...]) -> int:
    """Run the examples of all packs (built in, and of the settings file), or of those at PATHS."""
    found, problems = lint(named_files(paths, packs_of_settings()))
    bad = [p.message for p in problems if p.error]
    bad += [f"{rule.file}: rule {rule.id!r}: {reason}" for rule in found for reason in failures(rule)]
    for message in bad:
        fail(message)
    examples = sum(len(r.drop) + len(r.keep) + len(r.examples) for r in found)
    click.echo(f"{len(found)} rules, {examples} examples, {len(bad)} problems")
    return FAILED if bad else 0


@rules.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--advice", is_flag=True, help="Say also what could be better.")
def lint_(paths: tuple[Path, ...], advice: bool) -> int:
    """Check all packs, or those at PATHS: form, patterns, their safety, examples there, ids and patterns unique."""
    found, problems = lint(named_files(paths, packs_of_settings()))
    for problem in problems:
        if problem.error:
            fail(problem.message)
        elif advice:
            show_lines([[(f"advice: {problem.message}\n", "")]])
    errors = sum(p.error for p in problems)
    hints = len(problems) - errors
    click.echo(
        f"{len(found)} rules, {errors} errors, {hints} pieces of advice{'' if advice or not hints else ' (--advice)'}"
    )
    return FAILED if errors else 0


@rules.command()
def signals() -> int:
    """List the signals that 'when' can ask for."""
    for title, table in (
        ("The line itself", OWN),
        ("Its place", PLACE),
        ("The lines around it", AROUND),
        ("What becomes of its neighbours", CONTEXT),
    ):
        show_lines([[(f"{title}\n", "bold")], *([(f"  {n:<18}", "cyan"), (f"{m}\n", "")] for n, m in table.items())])
    return 0


rules.add_command(try_)
rules.add_command(stats)
rules.add_command(new)
rules.add_command(format_)
