"""warcio and FastWARC: WARC and WET, packed and not."""

from __future__ import annotations

import importlib.metadata
import io
from functools import partial
from pathlib import Path
from typing import Any

import fastwarc.warc
from fastwarc.stream_io import GzipWriter
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.writers.case import Case, Facts, Texts, cells, texts

WRITER = "warcio, FastWARC"


def version() -> str:
    """Their releases."""
    return ", ".join(importlib.metadata.version(name) for name in ("warcio", "fastwarc"))


def _by_warcio(path: Path, what: Texts, packed: bool) -> None:
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "made up"}))
        for i, text in enumerate(what):
            writer.write_record(_record(writer, f"https://a.example/{i}", (text or "").encode()))
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        page = writer.create_warc_record(
            "https://a.example/p", "response", payload=io.BytesIO(b"<p>Advertisement</p>"), http_headers=headers
        )
        writer.write_record(page)


def _record(writer: Any, uri: str, text: bytes) -> Any:
    return writer.create_warc_record(
        uri, "conversion", payload=io.BytesIO(text), warc_content_type="text/plain", warc_headers_dict={"X-Own": "a: b"}
    )


def _by_fastwarc(path: Path, what: Texts, packed: bool) -> None:
    with path.open("wb") as raw:
        out = GzipWriter(raw) if packed else raw
        for i, text in enumerate(what):
            record = fastwarc.warc.WarcRecord()
            record.init_headers(fastwarc.warc.WarcRecordType.conversion, content_length=len((text or "").encode()))
            record.headers["WARC-Target-URI"] = f"https://a.example/{i}"
            record.headers["Content-Type"] = "text/plain"
            record.set_bytes_content((text or "").encode())
            record.write(out, checksum_data=True)
        if packed:
            out.close()


def _read_warcio(path: Path) -> Facts:
    kept, bodies, others = [], [], []
    with path.open("rb") as raw:
        for record in ArchiveIterator(raw, check_digests="raise"):
            block = record.content_stream().read()
            if record.rec_type == "conversion":
                bodies.append(block.decode())
            else:
                others.append(block)
            # Those that follow the text change with it; that they are right was checked.
            moved = (
                ("content-length", "warc-block-digest", "warc-payload-digest")
                if record.rec_type == "conversion"
                else ()
            )
            kept.append(str([(k, v) for k, v in record.rec_headers.headers if k.lower() not in moved]))
    return {**cells({"text": bodies}), "headers": kept, "others": str(others)}


def _read_fastwarc(path: Path) -> Facts:
    kept, bodies = [], []
    with path.open("rb") as raw:
        for record in fastwarc.warc.ArchiveIterator(raw, record_types=fastwarc.warc.WarcRecordType.any_type):
            sound = record.verify_block_digest() if "WARC-Block-Digest" in record.headers else None
            kept.append(
                [
                    str(sound),
                    str(
                        [
                            (k, v)
                            for k, v in record.headers.items()
                            if k not in ("Content-Length", "WARC-Block-Digest", "WARC-Payload-Digest")
                        ]
                    ),
                ]
            )
            if record.record_type == fastwarc.warc.WarcRecordType.conversion:
                bodies.append(record.reader.read().decode())
    return {**cells({"text": bodies}), "headers": kept}


def cases() -> list[Case]:
    """What they write."""
    what = texts(null=False)
    found = []
    for name, file, packed in (
        ("plain", "a.warc", False),
        ("gzip", "a.warc.gz", True),
        ("plain", "a.wet", False),
        ("gzip", "a.wet.gz", True),
    ):
        form = "WET" if "wet" in file else "WARC"
        found.append(Case(f"{form}: warcio, {name}", file, partial(_by_warcio, packed=packed), _read_warcio, what))
        found.append(
            Case(f"{form}: FastWARC, {name}", file, partial(_by_fastwarc, packed=packed), _read_fastwarc, what)
        )
    return found
