"""The credential that our PDF carries along, found without reading the PDF's whole structure."""

import re
import zlib
from collections.abc import Iterator
from itertools import islice

# A file attached to a PDF is a stream whose dictionary says so.
_STREAM = re.compile(rb"<<([^\r\n]{0,400}/EmbeddedFile[^\r\n]{0,400})>>\s{0,2}stream\r?\n")
_LENGTH = re.compile(rb"/Length (\d{1,8})(?![\d ])")
MOST_FILES = 20


def attachments(pdf: bytes, *, longest: int) -> Iterator[str]:
    """Give every JSON document of at most `longest` bytes attached to a PDF."""
    for found in islice(_STREAM.finditer(pdf), MOST_FILES):
        length = _LENGTH.search(found[1])
        end = found.end() + (int(length[1]) if length else 0)
        data = b"" if end > len(pdf) else pdf[found.end() : end]
        text = _text(data, longest, is_packed=b"/FlateDecode" in found[1])
        if text is not None and text.lstrip().startswith("{"):
            yield text


def _text(data: bytes, longest: int, *, is_packed: bool) -> str | None:
    try:
        if not is_packed:
            return data.decode() if len(data) <= longest else None
        stream = zlib.decompressobj()
        text = stream.decompress(data, longest)
        return text.decode() if stream.eof else None
    except (zlib.error, UnicodeDecodeError):
        return None
