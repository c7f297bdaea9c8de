#!/usr/bin/env bash
# Lines of an encyclopaedia, with citations at their ends: "[1]". datatrove's `C4QualityFilter` takes citations out by default, and drops
# lines that do not end in a full stop or the like; one would expect a line to fare as it would without its citation. In 0.10.1 that holds
# for "drained.[1]". Of "drained. [1]" the citation goes, its blank stays at the end, where the filter has stripped blanks before, and the
# line is dropped for not ending in a full stop: many a text extractor sets such a blank, and so decides what is left of the article.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q datatrove==0.10.1 regex==2026.11.19
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from datatrove.data import Document
from datatrove.pipeline.filters import C4QualityFilter

LINES = (
    "The mill was drained.",
    "The mill was drained. ",
    "The mill was drained.[1]",
    "The mill was drained. [1]",
    "It is dry now. [citation needed]",
)
ROUND = "The mill stands by the river.", "It opens in the autumn."
keep = C4QualityFilter(min_num_sentences=-1)
print("datatrove", version("datatrove"))
found = {}
for line in LINES:
    document = Document(text="\n".join((ROUND[0], line, ROUND[1])), id="mill")
    assert keep.filter(document) is True
    lines = document.text.split("\n")
    assert (lines[0], lines[-1]) == ROUND
    found[line] = lines[1:-1]
    print(f"{line!r}: {found[line]}")
expected = all(found[line] == [LINES[0]] for line in LINES[:3]) and not any(found[line] for line in LINES[3:])
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
