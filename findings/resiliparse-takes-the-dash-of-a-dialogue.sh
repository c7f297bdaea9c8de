#!/usr/bin/env bash
# Dialogue as French, Polish or Spanish print it: each speech begins with a dash. Where the first word is marked up ("— <em>Oui</em>"), one
# would expect the dash before it, as Resiliparse 2.0.1 writes it by default. With `main_content=True` the dash is left out, at the
# beginning of a paragraph only, so that of two speeches one keeps its dash and one does not.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q resiliparse==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from resiliparse.extract.html2text import extract_plain_text

page = "<body><article><p>— <em>Oui</em>, dit-elle.</p><p>— Non, dit-il.</p><p>Et puis — <em>rien</em> du tout.</p></article></body>"
whole, main = extract_plain_text(page), extract_plain_text(page, main_content=True)
print("resiliparse", version("resiliparse"))
print(whole, main, sep="\n---\n")
expected = whole.split() == "— Oui, dit-elle. — Non, dit-il. Et puis — rien du tout.".split() and (
    main.split() == "Oui, dit-elle. — Non, dit-il. Et puis — rien du tout.".split()
)
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
