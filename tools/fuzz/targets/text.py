"""Files of one text: what is read is written back to the byte, packed in any way; what is no text is refused in one line."""

from __future__ import annotations

from cleaner.errors import InputError
from cleaner.formats import Packing, read_text
from cleaner.formats.packing import pack
from tools.fuzz.files import put

TEXTS = True


def check(data: bytes) -> None:
    """Read the bytes as they are, packed, and as if they were packed."""
    try:
        plain = read_text(put(data))
    except InputError as e:
        assert "\n" not in e.reason
        plain = None
    for packing in Packing:
        try:
            file = read_text(put(pack(data, packing)), packing)
        except InputError as e:
            assert plain is None or "dictionary" in e.reason
        else:
            assert plain is not None
            assert (file.text, file.bom, file.encoding) == (plain.text, plain.bom, plain.encoding)
        if packing is Packing.NONE:
            continue
        try:
            odd = read_text(put(data), packing)
        except InputError:
            continue
        assert read_text(put(odd.encode(odd.text)), packing).text == odd.text
    if plain:
        assert plain.encode(plain.text) == data
