#!/usr/bin/env bash
# A page with an <embed> (HTML has it without an end tag), or with a <select> whose <option> elements have no end tags, which HTML lets
# one leave out. One would expect their own text to be left out at most. BoilerPy3 1.0.7 waits for the end tags before it reads on: all
# that follows is gone, up to the end of the page, also with `KeepEverythingExtractor`, and nothing is raised. A slash that means nothing
# in HTML brings it back: <embed src="x" />.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q boilerpy3==1.0.7
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from boilerpy3 import extractors

PARTS = {
    "nothing": "",
    "image": '<img src="wheel.png">',
    "embed": '<embed src="map.svg">',
    "embed with a slash": '<embed src="map.svg" />',
    "embed in an object": '<object data="map.svg"><embed src="map.svg"></object>',
    "options": "<select><option>Spring<option>Autumn</select>",
    "closed options": "<select><option>Spring</option><option>Autumn</option></select>",
}
extractor = extractors.KeepEverythingExtractor()
print("boilerpy3", version("boilerpy3"))
found = {}
for name, part in PARTS.items():
    body = f"<p>It was drained.</p>{part}<p>It is dry.</p><p>It opens.</p>"
    page = f"<!doctype html><html><head><title>Mill</title></head><body>{body}</body></html>"
    found[name] = extractor.get_content(page).split("\n")[:-1]
    print(f"{name}: {found[name]}")
lost = {name for name, lines in found.items() if lines == ["It was drained."]}
whole = {name for name, lines in found.items() if lines == ["It was drained.", "It is dry.", "It opens."]}
expected = lost == {"embed", "embed in an object", "options"} and whole == set(PARTS) - lost
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
