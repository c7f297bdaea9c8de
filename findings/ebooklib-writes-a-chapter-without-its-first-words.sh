#!/usr/bin/env bash
# A chapter whose <body> begins with words that stand in no element, as HTML allows: "Chapter one <p>...". One would expect a book that
# EbookLib writes to have them. In 0.20 it has not: `get_content`, which also writes, moves the body's elements, each with the words behind
# it, and leaves out the words before the first element. `get_body_content` of the same chapter has them all, so that a book that is read
# and written again says less than before.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q ebooklib==0.20 lxml==6.1.3
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from ebooklib import epub
from lxml import etree

BODIES = (
    "Of the mill <p>It was drained.</p> In spring, <p>that is.</p> It is dry.",
    "<p>It opens in the autumn.</p>",
)


def words(markup: bytes) -> str:
    return " ".join("".join(etree.fromstring(markup).itertext()).split())


book = epub.EpubBook()
book.set_identifier("mill")
book.set_title("Mill")
book.set_language("en")
chapters = []
for n, body in enumerate(BODIES):
    chapters.append(epub.EpubHtml(uid=f"c{n}", title=f"{n}", file_name=f"{n}.xhtml", content=f"<html><body>{body}</body></html>"))
    book.add_item(chapters[n])
book.spine = chapters
book.add_item(epub.EpubNcx())
book.add_item(epub.EpubNav())
before = [words(b"<body>" + chapter.get_body_content() + b"</body>") for chapter in chapters]
epub.write_epub("mill.epub", book)
again = epub.read_epub("mill.epub")
after = [words(b"<body>" + again.get_item_with_href(chapter.file_name).get_body_content() + b"</body>") for chapter in chapters]
print("ebooklib", version("ebooklib"), "lxml", version("lxml"))
for one, other in zip(before, after, strict=True):
    print(f"before: {one!r}, in the file: {other!r}")
expected = before == [words(f"<body>{body}</body>".encode()) for body in BODIES] and after == [
    "It was drained. In spring, that is. It is dry.",
    "It opens in the autumn.",
]
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
