#!/usr/bin/env bash
# A table with a <caption>, as HTML has it. html2text writes tables as Markdown; one would expect the caption above, on a line of its own.
# In 2025.4.15 it stands before the first cell of the first row with nothing between, so that the column's head is "Bridges by yearYear".
# With `pad_tables` the column is as wide as both, and the caption looks like data for good.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q html2text==2025.4.15
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import html2text

page = (
    "<p>Bridges are built.</p><table><caption>Bridges by year</caption>"
    "<tr><th>Year</th><th>Bridges</th></tr><tr><td>1902</td><td>three</td></tr></table>"
)
plain = html2text.HTML2Text()
padded = html2text.HTML2Text()
padded.pad_tables = True
texts = plain.handle(page), padded.handle(page)
print("html2text", version("html2text"))
print(*texts, sep="\n---\n")
expected = all(any(line.replace("|", "").split()[:4] == ["Bridges", "by", "yearYear", "Bridges"] for line in text.split("\n")) for text in texts)
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
