"""Completion in bash, zsh and fish: click's, with the verbs, which click is not told of, and with lists of names."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from cleaner.cli.app import VERBS, fail

SHELLS = ("bash", "zsh", "fish")
# Where a script of click's asks the program, as click names it.
VARIABLE = "_CLEANER_COMPLETE"
_INSTALL = """\b
  bash   cleaner completion bash > ~/.local/share/bash-completion/completions/cleaner
  zsh    cleaner completion zsh > ~/.zfunc/_cleaner     (with ~/.zfunc in fpath, before compinit)
  fish   cleaner completion fish > ~/.config/fish/completions/cleaner.fish
"""


@click.command("completion", epilog=_INSTALL, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("shell", required=False, type=click.Choice(SHELLS), metavar=f"[{'|'.join(SHELLS)}]")
@click.pass_context
def command(ctx: click.Context, shell: str | None) -> int:
    """Print the script that completes options, rules, languages and file names in a shell."""
    click.echo(source(shell) if shell else ctx.get_help())
    return 0


def source(shell: str) -> str:
    """The script for one of `SHELLS`."""
    return _completer(shell, []).source().strip()


def answer() -> int:
    """Answer what a script asks in the environment; returns the exit status."""
    shell, _, what = os.environ[VARIABLE].partition("_")
    if shell not in SHELLS or what not in ("source", "complete"):
        return fail(f"{VARIABLE}: {os.environ[VARIABLE]!r} is not understood")
    try:
        if what == "source":
            text = source(shell)
        else:
            words = _kind(shell)(click.Command("cleaner"), {}, "cleaner", VARIABLE).get_completion_args()[0]
            text = _completer(shell, words).complete()
    except (KeyError, ValueError) as e:
        return fail(f"completion: {type(e).__name__}: {e}")
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()
    return 0


def _completer(shell: str, words: list[str]) -> ShellComplete:
    """What completes words that begin with `words`."""
    verb = words[0] if words and words[0] in VERBS else None
    module, name, _ = VERBS[verb] if verb else ("cleaner.cli.clean", "clean", "")
    completer = _kind(shell)(getattr(import_module(module), name), {}, "cleaner", VARIABLE)
    completer.verb = verb
    return completer


def _kind(shell: str) -> type[_Completing]:
    known = get_completion_class(shell)
    assert known
    # fish would cut what it is told at the second comma, and lists of names have commas.
    template = known.source_template.replace('string split ","', 'string split -m 1 ","')
    return type(known.__name__, (_Completing, known), {"source_template": template})


class _Completing(ShellComplete):
    """How any shell is answered. Mixed into click's class for the shell."""

    verb: str | None = None

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        """See `click.shell_completion.ShellComplete`."""
        first = not args
        # bash hands `--diff=ann` over in three words, the others in one, which the answer has to replace.
        args = [a for a in (args[1:] if self.verb else args) if a != "="]
        option, equals, _ = incomplete.partition("=")
        joined = f"{option}=" if equals and option.startswith("-") else ""
        found = super().get_completions(args, incomplete)
        if joined:
            found = [CompletionItem(joined + str(i.value), i.type, i.help) for i in found]
        if first and incomplete:
            found += [CompletionItem(v, help=about) for v, (_, _, about) in VERBS.items() if v.startswith(incomplete)]
        return found
