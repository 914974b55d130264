"""The credential that our PDF carries along, found without reading the PDF's whole structure."""

import re
import zlib
from collections.abc import Iterator

# A file attached to a PDF is a stream whose dictionary says so.
_ATTACHED = b"/EmbeddedFile"
_STREAM = re.compile(rb"<<([^\r\n]*?)>>\s{0,2}stream\r?\n")
_LENGTH = re.compile(rb"/Length (\d{1,8})(?![\d ])")
_MOST_MENTIONS = 50
_REACH = 300


def attachments(pdf: bytes, *, longest: int) -> Iterator[str]:
    """Give every JSON document of at most `longest` bytes attached to a PDF."""
    place = pdf.find(_ATTACHED)
    for _ in range(_MOST_MENTIONS):
        if place < 0:
            return
        text = _text_around(pdf, place, longest)
        if text is not None and text.lstrip().startswith("{"):
            yield text
        place = pdf.find(_ATTACHED, place + 1)


def _text_around(pdf: bytes, place: int, longest: int) -> str | None:
    """Give the text of the stream whose dictionary mentions at `place` that it is attached."""
    opening = pdf.rfind(b"<<", max(0, place - _REACH), place)
    found = _STREAM.match(pdf, opening, place + _REACH) if opening >= 0 else None
    length = _LENGTH.search(found[1]) if found else None
    if found is None or length is None or found.end() + int(length[1]) > len(pdf):
        return None
    data = pdf[found.end() : found.end() + int(length[1])]
    return _text(data, longest, is_packed=b"/FlateDecode" in found[1])


def _text(data: bytes, longest: int, *, is_packed: bool) -> str | None:
    try:
        if not is_packed:
            return data.decode() if len(data) <= longest else None
        stream = zlib.decompressobj()
        text = stream.decompress(data, longest)
        return text.decode() if stream.eof else None
    except (zlib.error, UnicodeDecodeError):
        return None
