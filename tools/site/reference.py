"""The reference of all rules, made from the packs: a page for each category of each language, and pages that lead there.

A rule's texts are other people's markup as often as not. Each stands in one line of HTML, escaped, with line ends written as
references: no Markdown is read in it, and no fence in an example begins one in the page.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape

from babel import Locale, UnknownLocaleError

from cleaner.api import Cleaner
from cleaner.render.rules import conditions
from cleaner.render.terminal import visible
from cleaner.rules.packs import built_in_files
from cleaner.rules.rule import CATEGORIES, Rule, RulePack

# Long, and looked for by nobody: they would make up most of the search index.
_PATTERNS = {"match", "unless", "until"}


def language_name(code: str) -> str:
    """The English name of a language of the packs."""
    if code == "any":
        return "Any language"
    try:
        return Locale.parse(code).english_name or code
    except (UnknownLocaleError, ValueError):
        return code


def built_in() -> list[RulePack]:
    """The packs that come with `cleaner`, their rules as they were made ready: loading them anew takes half a minute."""
    rules: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in Cleaner().rules:
        rules[rule.file].append(rule)
    packs = []
    for path, name in built_in_files():
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        packs.append(RulePack(name, data["about"], data["category"], data["language"], tuple(rules[name])))
    return packs


def pages(packs: Iterable[RulePack]) -> dict[str, str]:
    """The Markdown of each page of the reference, by its path below the site's root."""
    by_place: defaultdict[tuple[str, str], list[RulePack]] = defaultdict(list)
    for pack in packs:
        by_place[pack.language, pack.category].append(pack)
    languages = sorted({language for language, _ in by_place}, key=lambda code: (code != "any", language_name(code)))
    made = {"reference/index.md": _front(languages, by_place)}
    for language in languages:
        categories = [c for c in CATEGORIES if (language, c) in by_place]
        lines = [
            f"# {language_name(language)}: rules\n",
            "| category | what it takes out | rules |",
            "| --- | --- | ---: |",
        ]
        for category in categories:
            found = by_place[language, category]
            count = sum(len(pack.rules) for pack in found)
            lines.append(f"| [{category}]({category}.md) | {_about(found)} | {count} |")
            made[f"reference/{language}/{category}.md"] = _category(language, category, found)
        made[f"reference/{language}/index.md"] = "\n".join(lines) + "\n"
    return made


def nav(made: Iterable[str]) -> list[dict[str, str]]:
    """What the site's sidebar lists of those pages: the front page, then a page a language."""
    leads = [path for path in made if path.endswith("/index.md")]
    return [
        {"All rules": path} if path == "reference/index.md" else {language_name(path.split("/")[1]): path}
        for path in leads
    ]


def _front(languages: Sequence[str], by_place: dict[tuple[str, str], list[RulePack]]) -> str:
    total = sum(len(pack.rules) for packs in by_place.values() for pack in packs)
    lines = [
        "# All rules\n",
        f"{total} rules, as the packs have them: each with its reason, what it asks for, lines that it takes and lines that it",
        "leaves. `cleaner rules show ID` prints the same.\n",
        "| language | " + " | ".join(CATEGORIES) + " |",
        "| --- |" + " ---: |" * len(CATEGORIES),
    ]
    for language in languages:
        cells = []
        for category in CATEGORIES:
            count = sum(len(pack.rules) for pack in by_place.get((language, category), ()))
            cells.append(f"[{count}]({language}/{category}.md)" if (language, category) in by_place else "")
        lines.append(f"| [{language_name(language)}]({language}/index.md) | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _about(packs: Sequence[RulePack]) -> str:
    return " ".join(_text(pack.about) for pack in packs)


def _category(language: str, category: str, packs: Sequence[RulePack]) -> str:
    parts = [
        f"# {language_name(language)}: {category}\n",
        f"[All rules](../index.md) · [{language_name(language)}](index.md) · {CATEGORIES[category]}\n",
    ]
    for pack in packs:
        parts.append(f"<p>{_text(pack.about)} <code>{_text(pack.file)}</code></p>\n")
        parts += [_rule(rule) for rule in pack.rules]
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    name = rule.id.rpartition("/")[2]
    out = [f"<p>{_text(rule.why)}</p><dl>"]
    for key, values in conditions(rule):
        if values:
            hidden = " data-search-exclude" if key in _PATTERNS else ""
            cells = "".join(f"<dd{hidden}><code>{_text(str(value))}</code></dd>" for value in values)
            out.append(f"<dt>{_text(key)}</dt>{cells}")
    out.append("</dl>")
    for title, kind, lines in (("Takes", "goes", rule.drop), ("Leaves", "stays", rule.keep)):
        if lines:
            items = "".join(f'<li><code dir="auto">{_text(line)}</code></li>' for line in lines)
            out.append(f'<p>{title}</p><ul class="{kind}">{items}</ul>')
    for example in rule.examples:
        shown = "&#10;".join(
            f"<del>{_text(line)}</del>" if line.startswith("-") else _text(line)
            for line in example.strip("\n").split("\n")
        )
        out.append(f'<p>In a text (<code>-</code> goes)</p><pre><code dir="auto">{shown}</code></pre>')
    return f'## {rule.id} {{#{name}}}\n\n<div class="rule">{"".join(out)}</div>\n'


def _text(text: str) -> str:
    """`text` for one line of HTML, with what could turn or hide it written out."""
    # A bar would part the cells of a table, brackets and backticks are Markdown's in a cell.
    plain = escape(visible(text)).replace("\r", "").replace("\n", "&#10;")
    return "".join(f"&#{ord(sign)};" if sign in "|[]`*_\\" else sign for sign in plain)
