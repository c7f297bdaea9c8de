#!/usr/bin/env bash
# A glossary as HTML has it: <dl> with <dt> and <dd>. Browsers show each term and each definition on a line of its own, and inscriptis,
# which lays a page out as a browser does, breaks lines at <p>, <li> and <address>. In 2.7.6 <dt> and <dd> do not: where the source has
# no white space between them the last word of a definition and the next term come out as one, else the whole list is one line.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q inscriptis==2.7.6
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from inscriptis import get_text

items = ("<dt>Abutment</dt>", "<dd>It bears the end of a bridge.</dd>", "<dt>Pier</dt>", "<dd>It stands between two spans.</dd>")
close, apart = (get_text(f"<p>Parts</p><dl>{between.join(items)}</dl><p>End</p>") for between in ("", "\n"))
print("inscriptis", version("inscriptis"))
print(close, apart, sep="\n---\n")
expected = (
    "AbutmentIt bears the end of a bridge.PierIt stands between two spans." in close
    and "Abutment It bears the end of a bridge. Pier It stands between two spans." in apart
)
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
