"""The main job: texts in, their bodies out, what was taken out shown beside."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.api import MAX_MEMORY, MAX_TIME, Cleaner
from cleaner.cli.app import FAILED, fail
from cleaner.cli.batch_options import batch_options, batch_values, jobs_wanted, pages_wanted
from cleaner.cli.inputs import STDIN, Bodies, into_itself, read_page, read_text, shown
from cleaner.cli.options import cleaner_options, read_config, rule_options, text_fields
from cleaner.cli.plain import JSONL, QUIET
from cleaner.cli.standard import telling
from cleaner.errors import InputError
from cleaner.output.result import Result
from cleaner.render.changes import STYLES, changes
from cleaner.render.terminal import wants_color, write, write_styled
from cleaner.signature import hint

if TYPE_CHECKING:
    from cleaner.disk.inplace import Seen

WOULD_CHANGE = 1
_RULE_OPTIONS = {"select", "ignore", "level", "lang", "rules", "max_removed", "config"}
_EPILOG = """\b
Other jobs (see 'cleaner VERB --help'):
  cleaner rules    list, show, test, lint and try the rules
  cleaner explain  say why a line went or stayed
  cleaner learn    propose rules from lines that repeat across documents
  cleaner review   go through documents in the terminal, and decide
  cleaner report   a page to look at what a run took out
  cleaner compare  what two runs take out otherwise

\b
Exit status: 0 done; 1 --check found something to take out; 2 bad usage, rules or
input; 130, 143 stopped.
"""


class _Command(click.Command):
    """Reads `-i=.bak`, `-i.bak` and `--in-place=.bak`, which click has no word for: an option whose value may lack."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        return super().parse_args(ctx, [_spelled(a) for a in args[:end]] + args[end:])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in groups: there are too many for one list."""
        groups: dict[str, list[tuple[str, str]]] = {"Options": [], "Which rules": [], "Folders and corpora": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record and isinstance(param, click.Option):
                batch = not param.expose_value and param.name not in ("help", "version")
                name = "Which rules" if param.name in _RULE_OPTIONS else "Folders and corpora" if batch else "Options"
                groups[name].append(record)
        for name, records in groups.items():
            with formatter.section(name):
                formatter.write_dl(records)


def _spelled(arg: str) -> str:
    for start in ("-i=", "--in-place="):
        if arg.startswith(start):
            return f"--backup-suffix={arg.removeprefix(start)}"
    return f"--backup-suffix={arg[2:]}" if arg.startswith("-i.") else arg


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from cleaner.distribution import version

    click.echo(f"cleaner {version() or '(not installed; run from a checkout)'}")
    ctx.exit()


@dataclass(frozen=True, slots=True)
class Task:
    """What a run does with each result.

    Attributes:
        check: only tell whether something would change.
        diff_only: the diff on stdout in place of the body.
        in_place: write the body back to its file.
        suffix: keep the old content under this suffix; "" for not.
        style: how changes are shown on stderr (or on stdout, for `diff_only`); None: not at all.
        color: auto, always or never.
        bodies: what parts those that go to stdout.
    """

    check: bool
    diff_only: bool
    in_place: bool
    suffix: str
    style: str | None
    color: str
    bodies: Bodies = field(default_factory=Bodies)

    def finish(self, path: str, result: Result, seen: Seen | None) -> None:
        """Put the body of one text where it belongs. Raises InputError if its file cannot be written."""
        if seen:
            if result.changed:
                from cleaner.disk.inplace import replace

                for line in replace(Path(path), result.body.encode(), seen, self.suffix):
                    fail(line)
        elif not (self.check or self.diff_only):
            write(sys.stdout, self.bodies.next(result.body))
        self.show(result)

    def show(self, result: Result) -> None:
        """Show what was taken out, and whether the guard held weak evidence back."""
        if self.style and result.changed:
            lines = changes(result, self.style)
            if self.diff_only:
                write_styled(sys.stdout, lines, wants_color(sys.stdout, self.color))
            else:
                with telling():
                    write_styled(sys.stderr, lines, wants_color(sys.stderr, self.color))
        if result.stopped:
            fail(f"{result.name}: left as it is: {result.stopped}")
        if self.style and result.guarded:
            fail(f"{result.name}: weak evidence was set aside: it would have taken too much (see --max-removed)")


@click.command(cls=_Command, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, metavar="[FILES|FOLDERS|-]...")
@click.option(*QUIET, is_flag=True, help="Do not show what was taken out.")
@click.option("--diff", type=click.Choice(STYLES), help="How to show what was taken out, on stderr [unified].")
@click.option("--diff-only", is_flag=True, help="Write the diff to stdout, not the body; 'patch' takes it.")
@click.option("--check", is_flag=True, help="Write no body; exit status 1 if something would be taken out.")
@click.option("-i", "--in-place", is_flag=True, help="Write each body back to its file; -i=.bak keeps the old one.")
@click.option("--backup-suffix", hidden=True)
@click.option(*JSONL, is_flag=True, help="One JSON object a line in and out; a diff only with --diff.")
@text_fields
@click.option("--edits", is_flag=True, help="With --jsonl: add a field 'edits' that lists what was taken out.")
@rule_options
@batch_options
@click.option(
    "--max-time",
    type=click.FloatRange(0, min_open=True),
    default=MAX_TIME,
    metavar="SECONDS",
    help=f"Processor time that one text may take; then it is left as it is [{MAX_TIME:g}].",
)
@click.option(
    "--max-memory",
    type=click.FloatRange(0, min_open=True),
    default=MAX_MEMORY,
    metavar="MB",
    help=f"Memory that one text may want; one that wants more is left as it is [{MAX_MEMORY:g}].",
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour [auto].")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def clean(
    paths: tuple[str, ...],
    no_diff: bool,
    diff: str | None,
    diff_only: bool,
    check: bool,
    in_place: bool,
    backup_suffix: str | None,
    jsonl: bool,
    text_fields: tuple[str, ...],
    edits: bool,
    max_time: float,
    max_memory: float,
    color: str,
    config: Path | None,
    **choice: Any,
) -> int:
    """Take the boilerplate out of article texts: the body goes to stdout, what was taken out is shown on stderr.

    Reads the standard input if no file is named. NAMES are parted by commas: 'promo', 'promo/en/also-like',
    'share/*'.
    """
    in_place |= backup_suffix is not None
    if sum((diff_only, check, in_place)) > 1:
        raise click.UsageError("--diff-only, --check and -i exclude each other")
    if diff_only and no_diff:
        raise click.UsageError("--diff-only and --no-diff exclude each other")
    if jsonl and (diff_only or in_place):
        raise click.UsageError("--jsonl goes with neither --diff-only nor -i")
    if edits and not jsonl:
        raise click.UsageError("--edits needs --jsonl")
    limits = {"max_time": max_time, "max_memory": max_memory}
    batch = batch_values(paths, jsonl, check)
    if batch is not None:
        if diff_only or diff or edits:
            raise click.UsageError(
                "--diff, --diff-only and --edits are for single texts; --report FILE lists the edits"
            )
        from cleaner.cli.batch import clean_batch

        return clean_batch(
            paths, batch, cleaner_options(read_config(config), **choice) | limits, text_fields=text_fields, jsonl=jsonl,
            in_place=in_place, suffix=backup_suffix or "", check=check, quiet=no_diff, color=color,
        )  # fmt: skip
    pages = pages_wanted()
    if pages and (jsonl or in_place):
        raise click.UsageError("--format html goes with neither --jsonl nor -i: a page is not written back")
    if in_place and (not paths or STDIN in paths):
        raise click.UsageError("-i needs files")
    if backup_suffix is not None and (not backup_suffix or "/" in backup_suffix):
        raise click.UsageError("the suffix of -i=SUFFIX is empty or holds a slash")
    if not paths and sys.stdin is not None and sys.stdin.isatty():
        click.echo(click.get_current_context().get_help())
        return 0
    if not (check or in_place) and (path := into_itself(paths or (STDIN,))):
        raise InputError(shown(path), "input file is output file")
    settings = read_config(config)
    style = None if no_diff else diff or ("unified" if diff_only else None if jsonl else settings.diff or "unified")
    task = Task(check, diff_only, in_place, backup_suffix or "", style, color)
    options = cleaner_options(settings, **choice) | limits
    if jsonl:
        return _json_lines(paths or (STDIN,), options, text_fields, edits, task, jobs_wanted())
    return _texts(paths or (STDIN,), Cleaner(**options), task, pages)


def _texts(paths: tuple[str, ...], cleaner: Cleaner, task: Task, pages: bool) -> int:
    status = 0
    read = read_page if pages else read_text
    look = _looking(paths) if task.in_place else lambda _: None
    for path in paths:
        try:
            seen = look(path)
            text = read(path)
            if not pages and (looks := hint(text)):
                fail(f"{shown(path)}: {looks}")
            result = cleaner.clean(text, shown(path))
            task.finish(path, result, seen)
            if result.stopped:
                status = FAILED
        except InputError as e:
            status = fail(str(e))
            continue
        if task.check and result.changed and not status:
            status = WOULD_CHANGE
    return status


def _looking(paths: tuple[str, ...]) -> Callable[[str], Seen]:
    """For files to be cleaned in place: what tells each before it is read. What killed runs left is cleared away."""
    from cleaner.batch.source import Choice  # late: what they need takes milliseconds to import
    from cleaner.batch.tables import refuse_tables
    from cleaner.disk.aside import sweep
    from cleaner.disk.inplace import Seen

    refuse_tables(map(Path, paths), Choice(), in_place=True)
    for folder in dict.fromkeys(Path(path).resolve().parent for path in paths):
        sweep(folder)
    return lambda path: Seen.of(Path(path))


def _json_lines(
    paths: tuple[str, ...], options: Mapping[str, Any], fields: tuple[str, ...], edits: bool, task: Task, jobs: int
) -> int:
    from cleaner.cli.streams import Streams

    failures: list[int] = []

    def out(text: str) -> None:
        if not task.check:
            write(sys.stdout, text)

    streams = Streams(
        options,
        fields,
        edits,
        out,
        lambda message: failures.append(fail(message)),
        task.show if task.style else None,
        jobs,
    )
    streams.clean(paths)
    return FAILED if failures else WOULD_CHANGE if task.check and streams.changed else 0
