#!/usr/bin/env bash
# A page that came with `Content-Encoding: gzip`, and whose gzip data has two members, as gzip's format allows and `cat a.gz b.gz` makes:
# the page is what both unpack to, one behind the other. So Python's gzip has it, and FastWARC 2.0.1 with `auto_decode`. warcio 1.8.1 unpacks
# the first member and ends there: `content_stream().read()` gives half of the page, and nothing is raised. It does know members: the file
# that it reads the page from has one for each record.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q warcio==1.8.1 fastwarc==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import gzip
import io
import sys
from importlib.metadata import version

import fastwarc.warc
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HALVES = b"<html><body><p>The mill was drained in spring.</p>", b"<p>It opens in the autumn.</p></body></html>"
BODIES = {"one member": gzip.compress(b"".join(HALVES)), "two members": b"".join(map(gzip.compress, HALVES))}
assert all(gzip.decompress(body) == b"".join(HALVES) for body in BODIES.values())
with open("pages.warc.gz", "wb") as file:
    writer = WARCWriter(file, gzip=True)
    for name, body in BODIES.items():
        headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        writer.write_record(
            writer.create_warc_record(
                f"https://example.org/{name.replace(' ', '-')}",
                "response",
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            )
        )
with open("pages.warc.gz", "rb") as file:
    by_warcio = [record.content_stream().read() for record in ArchiveIterator(file)]
with open("pages.warc.gz", "rb") as file:
    by_fastwarc = [record.reader.read() for record in fastwarc.warc.ArchiveIterator(file, auto_decode="all")]
print("warcio", version("warcio"), "FastWARC", version("fastwarc"))
for name, one, other in zip(BODIES, by_warcio, by_fastwarc, strict=True):
    print(f"{name}: warcio {one}, FastWARC {other}")
expected = by_warcio == [b"".join(HALVES), HALVES[0]] and by_fastwarc == [b"".join(HALVES)] * 2
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
