"""The door: which command a run asks for, and what its end means (exit status, one line for an error)."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from cleaner.cli.standard import abandon, telling, untold
from cleaner.errors import CleanerError, unexpected
from cleaner.render.terminal import visible

# Exit statuses: something is wrong; nothing is, and a body would change (or two runs differ).
FAILED, WOULD_CHANGE = 2, 1
# Characters of a message. The longest name of a file that there can be fits.
_LONGEST = 5000
# The verbs, where their commands are, and what they do. Anything else is the main job. (`./rules` is a folder of that
# name.)
VERBS = {
    "rules": ("cleaner.cli.rules", "rules", "list, show, test, lint and try the rules"),
    "learn": ("cleaner.cli.learn", "command", "propose rules from lines that repeat across documents"),
    "explain": ("cleaner.cli.explain", "command", "say why a line went or stayed"),
    "review": ("cleaner.cli.review", "command", "go through documents in the terminal, and decide"),
    "report": ("cleaner.cli.report", "command", "a page to look at what a run took out"),
    "compare": ("cleaner.cli.compare", "command", "what two runs take out otherwise"),
    "config": ("cleaner.cli.config_verb", "config", "show each setting and where it is from"),
    "completion": ("cleaner.cli.completion", "command", "print what completes words in bash, zsh or fish"),
    "man": ("cleaner.cli.man", "command", "print the manual page: cleaner man | man -l -"),
}


def run(args: list[str]) -> int:
    """Run the command line on `args`; returns the exit status. Raises KeyboardInterrupt as it comes."""
    verb = args[0] if args and args[0] in VERBS else None
    module, name, _ = VERBS[verb] if verb else ("cleaner.cli.clean", "clean", "")
    command: click.Command = getattr(import_module(module), name)
    try:
        status = _invoke(command, f"cleaner {verb}" if verb else "cleaner", args[1:] if verb else args)
        sys.stdout.flush()
    except click.Abort as e:
        raise KeyboardInterrupt from e
    except click.UsageError as e:
        path = e.ctx.command_path if e.ctx else "cleaner"
        return fail(f"{e.format_message()} (see '{path} --help')")
    except click.ClickException as e:
        return fail(e.format_message())
    except Exception as e:
        status = ended(e)
    return FAILED if untold() else status


def ended(error: Exception) -> int:
    """Say in one line on stderr what ended the run (nothing if only its reader went away); returns the exit status."""
    if isinstance(error, BrokenPipeError):
        abandon(sys.stdout)
        return 0
    if isinstance(error, CleanerError):
        fail(str(error))
        return error.exit_code
    if isinstance(error, OSError):
        abandon(sys.stdout)
        return fail(f"{error.filename or 'output'}: {error.strerror or error}")
    return fail(unexpected(error))


def fail(message: str) -> int:
    """Say in one line on stderr what is wrong; returns the exit status for it."""
    with telling():
        if sys.stderr is not None:  # or it would go to stdout
            print(f"cleaner: {_clipped(visible(' '.join(message.splitlines())))}", file=sys.stderr, flush=True)
    return FAILED


def _clipped(line: str) -> str:
    """A message that a person can read: one that quotes a pattern or a name without end loses its middle."""
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} [...] {line[-_LONGEST // 2 :]}"


def _invoke(command: click.Command, name: str, args: list[str]) -> int:
    try:
        with command.make_context(name, args) as context:
            return command.invoke(context) or 0
    except click.exceptions.Exit as e:
        return e.exit_code
