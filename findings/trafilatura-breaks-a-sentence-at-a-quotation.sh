#!/usr/bin/env bash
# A quotation inside a sentence, marked up as HTML has it: <q>. One would expect the sentence on one line, since <em> or <kbd> there change
# nothing. trafilatura 2.3.1 takes the quotation for a block: its line ends with it, the quotation marks are gone, and the rest of the
# sentence is a line of its own. Of a quotation in a quotation, parts come out behind the end of the sentence that they are from.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q -U pip
"$folder/venv/bin/pip" install -q trafilatura==2.3.1 lxml_html_clean==0.4.5
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import trafilatura

PROSE = (
    "<p>The mill was drained in spring and its wheel was lifted out, which took three carpenters the better part of two weeks.</p>",
    "<p>The trust says that the rest will be paid by the county, and that the mill will open for visitors in the autumn.</p>",
)


def lines(sentence: str) -> list[str]:
    page = f"<html><body><article>{PROSE[0]}{sentence}{PROSE[1]}</article></body></html>"
    return (trafilatura.extract(page) or "").split("\n")[1:-1]


one = lines("<p>The miller said <q>the wheel is sound</q> and went home.</p>")
plain = lines("<p>The miller said <em>the wheel is sound</em> and went home.</p>")
nested = lines("<p><q>First <q>second</q> third</q> was what he said.</p>")
print("trafilatura", version("trafilatura"))
print(one, plain, nested, sep="\n")
expected = (
    one == ["The miller said the wheel is sound", "and went home."]
    and plain == ["The miller said the wheel is sound and went home."]
    and nested.index("was what he said.") < nested.index("third")
)
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
