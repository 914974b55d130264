"""A credential inside a picture: put into a PNG or SVG, and taken out of anyone's file.

No pixel is ever decoded and nothing grows past the limits here, whatever a file claims.
"""

import struct
import zlib
from collections.abc import Iterator
from itertools import islice

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.baking_pdf import attachments
from voice_app.scoring.badges.baking_svg import SvgError, baked_svg, credentials_in_svg

LONGEST_IMAGE_BYTES = 5 * 2**20
LONGEST_CREDENTIAL_BYTES = 2**20
MOST_PIXELS = 50_000_000
MOST_CHUNKS = 20_000

_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential"
# Keyword, not compressed, no language, no translated keyword: then the text itself.
_PLAIN = _KEYWORD + bytes(5)


class NoCredential(VoiceAppError):
    """The file holds no credential that can be taken out."""


def bake(image: bytes, credential: str) -> bytes:
    """Put a credential (JSON or JWT) into a PNG or SVG; one that was there is replaced in a PNG.

    Raises `NoCredential` for an image that is neither.
    """
    if image.startswith(_PNG):
        return _baked_png(image, credential)
    try:
        return baked_svg(image.decode(), credential).encode()
    except (UnicodeDecodeError, SvgError) as error:
        raise NoCredential("Only a PNG or an SVG can carry a badge.") from error


def taken_from(file: bytes) -> str:
    """Give the one credential in a PNG, an SVG or a PDF of ours, as it was put in.

    Raises `NoCredential`, with a sentence, when there is none, or more than one, or the file is
    too large, broken, or of another kind.
    """
    if len(file) > LONGEST_IMAGE_BYTES:
        raise NoCredential("This file is too large for a badge.")
    found = list(islice(_credentials(file), 2))
    if len(found) != 1:
        raise NoCredential(
            "This file holds more than one badge." if found else "There is no badge in this file."
        )
    return found[0]


def _credentials(file: bytes) -> Iterator[str]:
    if file.startswith(_PNG):
        return _credentials_in_png(file)
    if b"%PDF-" in file[:1024]:
        return attachments(file, longest=LONGEST_CREDENTIAL_BYTES)
    try:
        return iter(credentials_in_svg(file))
    except SvgError as error:
        raise NoCredential("This file is no picture that can carry a badge.") from error


def _baked_png(image: bytes, credential: str) -> bytes:
    header, *others = _chunks(image)
    kept = [chunk for chunk in others if not _is_credential(*chunk)]
    text = (b"iTXt", _PLAIN + credential.encode())
    return _PNG + b"".join(_chunk(*chunk) for chunk in (header, text, *kept))


def _credentials_in_png(image: bytes) -> Iterator[str]:
    return (_text(data) for kind, data in _chunks(image) if _is_credential(kind, data))


def _is_credential(kind: bytes, data: bytes) -> bool:
    return kind == b"iTXt" and data.startswith(_KEYWORD + b"\0")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(image: bytes) -> list[tuple[bytes, bytes]]:
    """Give kind and data of every chunk. Raises `NoCredential` for a PNG that is broken."""
    chunks: list[tuple[bytes, bytes]] = []
    place = len(_PNG)
    while place < len(image) and len(chunks) < MOST_CHUNKS:
        length, kind = struct.unpack_from(">I4s", image.ljust(place + 8), place)
        data = image[place + 8 : place + 8 + length]
        place += 12 + length
        if place > len(image) or image[place - 4 : place] != _chunk(kind, data)[-4:]:
            raise NoCredential("This picture is broken.")
        chunks.append((kind, data))
    _refuse_unlikely(chunks)
    return chunks


def _refuse_unlikely(chunks: list[tuple[bytes, bytes]]) -> None:
    match chunks:
        case [(b"IHDR", header), *_, (b"IEND", b"")] if len(header) == 13:  # noqa: PLR2004 - PNG's
            width, height = struct.unpack_from(">II", header)
        case _:
            raise NoCredential("This picture is broken.")
    if width * height > MOST_PIXELS:
        raise NoCredential("This picture is too large for a badge.")


def _text(data: bytes) -> str:
    """Give an iTXt chunk's text: UTF-8, which other issuers may have compressed."""
    is_compressed, method = data[len(_KEYWORD) + 1 : len(_KEYWORD) + 3].ljust(2)
    *_, text = data[len(_KEYWORD) + 3 :].split(b"\0", 2)
    try:
        if is_compressed == 1 and method == 0:
            text = _inflated(text)
        return text.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise NoCredential("The badge in this picture cannot be read.") from error


def _inflated(data: bytes) -> bytes:
    stream = zlib.decompressobj()
    text = stream.decompress(data, LONGEST_CREDENTIAL_BYTES)
    if stream.unconsumed_tail or not stream.eof:
        raise NoCredential("The badge in this picture is too large.")
    return text
