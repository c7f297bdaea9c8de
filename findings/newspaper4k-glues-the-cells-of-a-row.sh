#!/usr/bin/env bash
# An article with a table of figures, in plain <td>. newspaper4k keeps the table as one paragraph of its text; one would expect
# blanks, tabs or line ends between its cells and rows. In 0.9.6 nothing stands between them but what stands in the page's source:
# a price and the year beside it come out as one number, "£41,0002023", which no later step can part again.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q newspaper4k==0.9.6 lxml_html_clean==0.4.5 setuptools==80.9.0
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import newspaper

PROSE = (
    "The mill was drained in spring and its wheel was lifted out, which took three carpenters the better part of two weeks.",
    "What was spent on each part, and in which year it was done, is told by the accounts of the trust that owns the mill.",
    "The trust says that the rest will be paid by the county, and that the mill will open for visitors in the autumn.",
)
ROWS = (("Part", "Cost", "Year"), ("Pond", "£41,000", "2023"), ("Gate", "£18,500", "2024"))
table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
page = (
    "<!doctype html><html><head><title>The mill</title></head><body><article><h1>The mill</h1>"
    f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p><table>{table}</table><p>{PROSE[2]}</p></article></body></html>"
)
article = newspaper.Article("https://example.org/mill")
article.download(input_html=page)
article.parse()
print("newspaper4k", version("newspaper4k"))
print(article.text)
expected = "£41,0002023" in article.text and all(line in article.text for line in PROSE)
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
