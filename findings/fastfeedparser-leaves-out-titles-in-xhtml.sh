#!/usr/bin/env bash
# An Atom feed whose titles and summaries are of type `xhtml`, one of the three types that Atom has for them: their text stands in a <div>.
# fastfeedparser, whose use is like feedparser's, reads <content> of that type. Of a title or a summary it gives, in 0.6.5, the empty string,
# without a word; feedparser 6.0.14 gives both. A comment in a title of plain text ends it: "The <!-- old --> mill" is "The".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q fastfeedparser==0.6.5 feedparser==6.0.14
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import fastfeedparser
import feedparser


def xhtml(name: str, text: str) -> str:
    return f'<{name} type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{text}</div></{name}>'


def entry(n: int, *parts: str) -> str:
    return f"<entry><id>urn:x:{n}</id><updated>2024-05-0{n}T00:00:00Z</updated><link href='https://example.org/{n}'/>{''.join(parts)}</entry>"


feed = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Mills</title><id>urn:x:0</id><updated>2024-05-03T00:00:00Z</updated>'
    "<author><name>A. Miller</name></author>"
    + entry(1, "<title>The old mill</title>", "<summary>It was drained.</summary>")
    + entry(2, xhtml("title", "The <em>old</em> mill"), xhtml("summary", "<p>It was drained.</p>"))
    + entry(3, "<title>The <!-- old --> mill</title>", xhtml("content", "<p>It was drained.</p>"))
    + "</feed>"
)
fast = [(one.get("title"), one.get("description")) for one in fastfeedparser.parse(feed).entries]
slow = [(one.get("title"), one.get("summary")) for one in feedparser.parse(feed).entries]
print("fastfeedparser", version("fastfeedparser"), "feedparser", version("feedparser"))
for one, other in zip(fast, slow, strict=True):
    print(f"fastfeedparser {one}, feedparser {other}")
expected = fast == [("The old mill", "It was drained."), ("", ""), ("The", "It was drained.")] and slow[:2] == [
    ("The old mill", "It was drained."),
    ("The <em>old</em> mill", "<p>It was drained.</p>"),
]
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
