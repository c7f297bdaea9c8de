#!/usr/bin/env bash
# "Paragraphs, and all that has the class `text`", as a list of selectors: `p, .text`. By the standard it stands for the elements that match
# any of them, each once, in the order of the page; Beautiful Soup gives these, and so does Resiliparse, which has the same engine inside.
# selectolax 1.0.2 gives an element as often as selectors of the list match it, so that an article put together from them says things twice.
# `:is(p, .text)` gives each once.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q selectolax==1.0.2 resiliparse==2.0.1 beautifulsoup4==4.15.0
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from bs4 import BeautifulSoup
from resiliparse.parse.html import HTMLTree
from selectolax.lexbor import LexborHTMLParser

page = (
    "<article><h2 class='text'>The mill</h2><p class='text lead'>It was drained in spring.</p><p>Its wheel was lifted out.</p>"
    "<blockquote class='text'>It is of oak.</blockquote></article>"
)
tree, soup, other = LexborHTMLParser(page), BeautifulSoup(page, "html.parser"), HTMLTree.parse(page)
once = ["The mill", "It was drained in spring.", "Its wheel was lifted out.", "It is of oak."]
found = {
    "selectolax p, .text": [node.text() for node in tree.css("p, .text")],
    "selectolax p, .text, .lead": [node.text() for node in tree.css("p, .text, .lead")],
    "selectolax :is(p, .text)": [node.text() for node in tree.css(":is(p, .text)")],
    "Resiliparse p, .text": [node.text for node in other.body.query_selector_all("p, .text")],
    "Beautiful Soup p, .text": [node.get_text() for node in soup.select("p, .text")],
}
print("selectolax", version("selectolax"), "resiliparse", version("resiliparse"), "beautifulsoup4", version("beautifulsoup4"))
for name, texts in found.items():
    print(f"{name}: {texts}")
counts = [texts.count(once[1]) for texts in found.values()]
expected = counts == [2, 3, 1, 1, 1] and all(list(dict.fromkeys(texts)) == once for texts in found.values())
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
