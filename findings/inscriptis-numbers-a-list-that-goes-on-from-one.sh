#!/usr/bin/env bash
# Steps of a recipe, the list broken by a picture and gone on with behind it: <ol start="4">. Browsers number the steps 1 to 5. inscriptis
# writes the numbers into the text, and heeds the other way to say the same, <li value="4">. In 2.7.6 it does not heed `start`, so that the
# text has two steps 1 and none 4, and "see step 4" in it leads nowhere. Resiliparse 2.0.1 heeds neither of the two,
# html2text 2025.4.15 only `start`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q inscriptis==2.7.6 resiliparse==2.0.1 html2text==2025.4.15
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import re
import sys
from importlib.metadata import version

import html2text
from inscriptis import get_text
from resiliparse.extract.html2text import extract_plain_text

FIRST = "<ol><li>Drain it.</li><li>Lift it.</li><li>Mend it.</li></ol><p>Now it looks so:</p>"
PAGES = {
    "start": FIRST + '<ol start="4"><li>Hang it.</li><li>Flood it.</li></ol><p>If it leaks, see step 4.</p>',
    "value": FIRST + '<ol><li value="4">Hang it.</li><li>Flood it.</li></ol><p>If it leaks, see step 4.</p>',
}
writers = {"inscriptis": get_text, "resiliparse": extract_plain_text, "html2text": html2text.html2text}
print(*(f"{name} {version(name)}" for name in writers))
found = {}
for kind, page in PAGES.items():
    for name, write in writers.items():
        found[name, kind] = [int(number) for number in re.findall(r"^\s*(\d+)\.", write(f"<html><body>{page}</body></html>"), re.MULTILINE)]
        print(f"{name}, {kind}: {found[name, kind]}")
on, again = [1, 2, 3, 4, 5], [1, 2, 3, 1, 2]
expected = (
    (found["inscriptis", "start"], found["inscriptis", "value"]) == (again, on)
    and (found["resiliparse", "start"], found["resiliparse", "value"]) == (again, again)
    and (found["html2text", "start"], found["html2text", "value"]) == (on, again)
)
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
