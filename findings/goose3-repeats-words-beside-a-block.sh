#!/usr/bin/env bash
# An article whose <div> holds words of its own beside a paragraph, an image or an inner <div>, as HTML allows. One would expect these words
# once, where they stand. goose3 3.1.22 gives what stands behind the block twice; where the block is no paragraph, words are also moved: of
# "A, block, B" comes out "block B A" with B glued to it once more, and of "A, image, B" it is "B AB". In a <section> each comes once.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q goose3==3.1.22 lxml==6.1.3
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import goose3

PROSE = (
    "The mill was drained in spring and its wheel was lifted out, which took three carpenters the better part of two weeks.",
    "What was spent on each part, and in which year it was done, is told by the accounts of the trust that owns the mill.",
    "The trust says that the rest will be paid by the county, and that the mill will open for visitors in the autumn.",
)
NAMES = {
    "The wheel is of oak, as it was when the first of the millers built it.": "A",
    "The pond is deep, and it was dug in the year that they built it in.": "block",
    "None of them ever said why it was that deep, and now none of us knows.": "B",
}
A, BLOCK, B = NAMES
PARTS = {
    "div, paragraph": f"<div>{A}<p>{BLOCK}</p>{B}</div>",
    "div, div": f"<div>{A}<div>{BLOCK}</div>{B}</div>",
    "div, image": f"<div>{A}<img src='pond.png'>{B}</div>",
    "section, paragraph": f"<section>{A}<p>{BLOCK}</p>{B}</section>",
}
goose = goose3.Goose({"enable_image_fetching": False})
print("goose3", version("goose3"))
found = {}
for name, part in PARTS.items():
    body = f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>{part}<p>{PROSE[2]}</p>"
    page = f"<html><head><title>Mill</title></head><body><article>{body}</article></body></html>"
    text = goose.extract(raw_html=page).cleaned_text
    assert all(line in text for line in PROSE)
    text = text.partition(PROSE[1])[2].partition(PROSE[2])[0].strip()
    for sentence, short in NAMES.items():
        text = text.replace(sentence, short)
    found[name] = text
    print(f"{name}: {text!r}")
expected = found == {"div, paragraph": "A block B B", "div, div": "block B AB", "div, image": "B AB", "section, paragraph": "A block B"}
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
