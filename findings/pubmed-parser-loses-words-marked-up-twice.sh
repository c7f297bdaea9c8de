#!/usr/bin/env bash
# A paragraph of a JATS article with markup in markup, as journals have it: a name in bold in italics, a reference as a superscript. One would
# expect its text to be the text of the element. pubmed_parser 0.5.1 goes one level down: the words in the inner markup are left out of
# `parse_pubmed_paragraph`, of section titles too. For the same reason a paragraph whose references are superscripts counts as one
# without references, which that function leaves out unless it is told `all_paragraph=True`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pubmed-parser==0.5.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version
from pathlib import Path

import pubmed_parser

REFERENCE = '<xref ref-type="bibr" rid="b1">1</xref>'
PARAGRAPHS = (
    f"The wheel is of <italic>Quercus</italic> wood {REFERENCE}.",
    f"The wheel is of <italic>Quercus <bold>robur</bold></italic> wood {REFERENCE}.",
    f"The wheel is of <italic>Quercus</italic> wood<sup>{REFERENCE}</sup>.",
)
Path("mill.nxml").write_text(
    '<?xml version="1.0"?><article><front><article-meta><article-id pub-id-type="pmid">0</article-id><title-group><article-title>Mills'
    "</article-title></title-group></article-meta></front><body><sec><title>Of <italic>the <bold>wheel</bold></italic></title>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + '</sec></body><back><ref-list><ref id="b1"><mixed-citation>Mills and wheels.</mixed-citation></ref></ref-list></back></article>',
    encoding="utf-8",
)
every = [(one["section"], one["text"]) for one in pubmed_parser.parse_pubmed_paragraph("mill.nxml", all_paragraph=True)]
default = [one["text"] for one in pubmed_parser.parse_pubmed_paragraph("mill.nxml")]
print("pubmed_parser", version("pubmed_parser"))
print(*every, sep="\n")
print("without all_paragraph:", len(default), "of", len(every))
expected = (
    [text for _, text in every] == ["The wheel is of Quercus wood 1.", "The wheel is of Quercus  wood 1.", "The wheel is of Quercus wood."]
    and {section for section, _ in every} == {"Of the"}
    and default == [text for _, text in every[:2]]
)
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
