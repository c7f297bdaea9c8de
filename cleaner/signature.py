"""What the first characters of an input say that it is, where that is no plain text, and what makes a text of it.

Some signatures are certain: no text begins so, and to clean what follows them would spoil it. Others are hints: a text may
hold markup, or be a web address, and is cleaned all the same. (Every run asks, so this imports next to nothing.)
"""

from __future__ import annotations

# So many bytes or characters of an input are looked at.
HEAD = 4096
# More than this is no hint: nobody writes such an address.
_LONGEST_ADDRESS = 2000

_PANDOC = "pandoc -t plain makes a text of it"
_PICTURE = "tesseract reads what is written on it"
_MAGIC = (
    (b"%PDF-", "is a PDF, not text; pdftotext makes a text of it"),
    (b"\x1f\x8b\x08", "is packed with gzip; zcat unpacks it"),
    (b"\x28\xb5\x2f\xfd", "is packed with zstd; zstdcat unpacks it"),
    (b"\xfd7zXZ\0", "is packed with xz; xzcat unpacks it"),
    (b"\x04\x22\x4d\x18", "is packed with lz4; lz4cat unpacks it"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; 7z x -so writes what is in it"),
    (b"SQLite format 3\0", "is an SQLite database, not text; sqlite3 writes what is in it"),
    (b"\x89PNG\r\n\x1a\n", f"is a picture (PNG), not text; {_PICTURE}"),
    (b"\xff\xd8\xff", f"is a picture (JPEG), not text; {_PICTURE}"),
    (b"{\\rtf1", f"is RTF, not text; {_PANDOC}"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office document, not text; soffice --convert-to txt makes a text of it"),
    (b"PAR1", "is a Parquet file, not text; -o FOLDER cleans one whose name ends in .parquet"),
    (b"ARROW1\0\0", "is an Arrow file, not text; -o FOLDER cleans one whose name ends in .arrow"),
    (b"\xff\xfe\0\0", "is UTF-32, not UTF-8; iconv -f UTF-32 -t UTF-8 turns it"),
    (b"\0\0\xfe\xff", "is UTF-32, not UTF-8; iconv -f UTF-32 -t UTF-8 turns it"),
)  # fmt: skip
# What an archive's first entries tell of it.
_ZIPPED = (
    (b"mimetypeapplication/epub+zip", f"is an EPUB book, not text; {_PANDOC}"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", f"is an OpenDocument text; {_PANDOC}"),
    (b"word/", f"is a Word document (docx), not text; {_PANDOC}"),
)
# What no text begins with: control characters, save tabs and ends of lines and pages.
_CONTROLS = frozenset({*range(9), *range(14, 32)})
_PAGE = ("<!doctype html", "<html", "<head", "<body", "<meta")

_ADDRESS = "a web address is not fetched; try: trafilatura -u ADDRESS | cleaner"


def refused(head: bytes) -> str:
    """Why an input that begins with `head` is not cleaned, and what would help, as one phrase; empty if it is."""
    for magic, said in _MAGIC:
        if head.startswith(magic):
            return said
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        for mark, said in _ZIPPED:
            if mark in head[:HEAD]:
                return said
        return "is a zip archive; unzip -p writes what is in it"
    # As the name of its first entry is a tape archive's first word, only the mark in its header tells.
    if head[257:262] == b"ustar" and 0 in head[:257]:
        return "is a tar archive; tar -xOf writes what is in it"
    # The three letters may begin a text; an ORC file's lengths, which follow, are no printed characters.
    if head.startswith(b"ORC") and not _CONTROLS.isdisjoint(head[3:8]):
        return "is an ORC file, not text; orc-contents writes its rows as JSON lines"
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return "is packed with bzip2; bzcat unpacks it"
    if wide(head):
        return "is UTF-16, not UTF-8; iconv -f UTF-16 -t UTF-8 turns it"
    if head.startswith(b"WARC/") and b"\nWARC-" in head[:HEAD]:
        return "is a web archive (WARC), not text; -o FOLDER cleans one whose name ends in .warc or .wet"
    return _without_mark(head)


def wide(head: bytes) -> bool:
    """Whether what begins with `head` is UTF-16 by its byte order mark."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) and not head.startswith(b"\xff\xfe\0\0")


def hint(text: str) -> str:
    """What the text of an input looks like if that is not what people mean to clean, and what would help."""
    head = text[:HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        if _is_page(head):
            from cleaner.distribution import installing  # late: every run asks, and few are told

            return f"looks like HTML; --format html takes its text out first ({installing('html')})"
    elif is_address(head.rstrip()) and len(text) <= _LONGEST_ADDRESS:
        return _ADDRESS
    return ""


def _is_page(head: str) -> bool:
    """Whether what begins with `head` is an HTML page; an XML declaration and a comment may stand before it."""
    for start, end in (("<?xml", ">"), ("<!--", "-->")):
        if head.startswith(start):
            head = head.partition(end)[2].lstrip()
    head = " ".join(head[:40].lower().split())
    return any(head.startswith(mark) and not head[len(mark) : len(mark) + 1].isalnum() for mark in _PAGE)


def is_address(name: str) -> bool:
    """Whether `name`, of a file that is not there or all that a text holds, is a web address."""
    # As a path, it has lost a slash.
    return name[:7].lower().startswith(("http:/", "https:/")) and not any(map(str.isspace, name))


def not_there(name: str, reason: str) -> str:
    """`reason`, why the input called `name` cannot be read, with what would help if it is a web address."""
    return f"{reason}; {_ADDRESS}" if is_address(name) else reason


def _without_mark(head: bytes) -> str:
    """The same for UTF-16 without a byte order mark, as far as it is certain: half of all bytes are zero, in step.

    (As UTF-8 such a text is valid: zeros are characters.)
    """
    head = head[: min(HEAD, len(head) // 2 * 2)]
    if len(head) < 32:
        return ""
    for zeros, others, name in ((head[1::2], head[::2], "UTF-16LE"), (head[::2], head[1::2], "UTF-16BE")):
        if not zeros.strip(b"\0") and 0 not in others:
            return f"is {name} without a byte order mark, not UTF-8; iconv -f {name} -t UTF-8 turns it"
    return ""
