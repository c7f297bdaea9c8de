"""The manual page, made of what `--help` says: `python -m tools.help_text` writes it to `cleaner/cli/cleaner.1`."""

from __future__ import annotations

import re
import textwrap
from importlib import import_module
from pathlib import Path

import click

from cleaner.cli.app import VERBS
from cleaner.cli.clean import clean
from cleaner.cli.command import MainCommand

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "cleaner" / "cli" / "cleaner.1"
_SHORT = ROOT / "cleaner" / "cli" / "short_help.txt"
_STATUS = [
    ("0", "done, also when the reader of stdout or stderr went away"),
    ("1", "with --check: something would be taken out; of 'cleaner compare': something comes out otherwise; of 'cleaner rules format --check': a pack would change; of 'cleaner rules list' and 'cleaner rules try': nothing found"),
    ("2", "bad usage, rules, settings or input, or an output that could not be written; one line on stderr says which"),
    ("130, 143", "stopped by Ctrl-C, or by a request to end"),
]  # fmt: skip
_ENVIRONMENT = [
    ("NO_COLOR, FORCE_COLOR", "no colour; colour also where stderr is no terminal"),
    ("XDG_CONFIG_HOME", "the folder in which the user's own settings are, in place of ~/.config"),
    ("CLEANER_CACHE", "the folder in which rules are kept ready"),
    ("CLEANER_PURE_PYTHON", "set to anything, turns the compiled core off"),
]
_FILES = [
    ("cleaner.toml, pyproject.toml", "settings, the nearest upward from the working directory; the latter's [tool.cleaner]"),
    ("~/.config/cleaner/cleaner.toml", "the user's own settings, where there are no nearer ones; under XDG_CONFIG_HOME if that is set"),
]  # fmt: skip


def page(date: str, version: str) -> str:
    """The page in the language of man, as of a date (year-month-day)."""
    context = click.Context(clean, info_name="cleaner", **clean.context_settings)
    assert isinstance(clean, MainCommand)
    parts = [
        f'.TH CLEANER 1 {date} "cleaner {version}" "User Commands"',
        ".SH NAME",
        r"cleaner \- take the boilerplate out of scraped article text",
        ".SH SYNOPSIS",
        rf"\fBcleaner\fR {_plain(clean.collect_usage_pieces(context))}",
        *(rf".br{chr(10)}\fBcleaner {verb}\fR [\fIOPTIONS\fR] ..." for verb in VERBS),
        ".SH DESCRIPTION",
        *_paragraphs(clean.help or ""),
        ".SH OPTIONS",
    ]
    for name, records in clean.grouped_options(context).items():
        parts += [f".SS {escaped(name)}", *_list(records)]
    parts.append(".SH OTHER JOBS")
    for verb, (module, name, _) in VERBS.items():
        parts += _command(getattr(import_module(module), name), f"cleaner {verb}")
    for title, entries in (("EXIT STATUS", _STATUS), ("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES)):
        parts += [f".SH {title}", *_list(entries)]
    parts.append(".SH EXAMPLES")
    examples = re.findall(r"^  (cleaner .*?)  +(\S.*)$", _SHORT.read_text(encoding="utf-8"), re.MULTILINE)
    parts += _list([(line, about) for line, about in examples])
    return "\n".join(parts) + "\n"


def _command(command: click.Command, name: str) -> list[str]:
    context = click.Context(command, info_name=name, **command.context_settings)
    parts = [f".SS {escaped(name)}", rf"\fB{escaped(name)}\fR {_plain(command.collect_usage_pieces(context))}", ".PP"]
    parts += _paragraphs(command.help or "")
    # Arguments stand in the line above; newer releases of click have an entry for them, too, of the name alone.
    parts += _list(
        [
            r
            for p in command.get_params(context)
            if isinstance(p, click.Option) and (r := p.get_help_record(context)) and "--help" not in r[0].split(", ")
        ]
    )
    if isinstance(command, click.Group):
        for verb, sub in command.commands.items():
            parts += _command(sub, f"{name} {verb}")
    return parts


def _plain(pieces: list[str]) -> str:
    return escaped(" ".join(pieces))


def _paragraphs(text: str) -> list[str]:
    out: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        out += [*([".PP"] if out else []), *_filled(paragraph)]
    return out


def _list(entries: list[tuple[str, str]]) -> list[str]:
    return [line for term, about in entries for line in (".TP", rf"\fB{escaped(term)}\fR", *_filled(about))]


def _filled(text: str) -> list[str]:
    words = textwrap.wrap(" ".join(text.split()), 72, break_long_words=False, break_on_hyphens=False)
    return [escaped(line) for line in words]


def escaped(text: str) -> str:
    """`text` as man shows it unchanged: hyphens that can be copied, no line that would be a request."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text


def date_of(text: str) -> str:
    """The date that a page bears; empty if it bears none."""
    found = re.match(r"\.TH \S+ \S+ (\d{4}-\d\d-\d\d)", text)
    return found[1] if found else ""
