"""One uploaded file or recording out of a request, with a hard limit and without a library."""

import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl

from starlette.requests import Request

from voice_app.errors import VoiceAppError
from voice_app.routes.errors import TooLarge
from voice_app.scoring.badges.checking import MOST_BYTES, TooLargeError

MOST_RECORDING_BYTES = 2_000_000
# What stands around the file in a form: a boundary twice, names, other short fields.
_AROUND_BYTES = 16_384
_MOST_PARTS = 40
_LONGEST_HEADERS = 1_000
_LONGEST_FORM = 8_000
# A browser shows an answer only when its file was taken; beyond this the line is cut.
MOST_DRAINED_BYTES = 64_000_000
_BOUNDARY = re.compile(r'boundary="?([A-Za-z0-9\'()+_,./:=?-]{1,70})"?\s*(?:;|$)')
_FILE = re.compile(rb'^content-disposition:.*;\s*filename="', re.IGNORECASE | re.MULTILINE)


class EmptyUpload(VoiceAppError):
    """The form came without a file."""


async def uploaded(request: Request) -> bytes:
    """Give the bytes of the one file of a form, or the whole body where it is no form.

    Raises `TooLargeError` above `MOST_BYTES`, `EmptyUpload` when there is no file. Never holds
    more than that in memory, whatever is sent.
    """
    body = await _read(request.stream())
    kind = request.headers.get("content-type", "")
    data = _file_in(body, kind) if kind.startswith("multipart/form-data") else body
    if not data:
        raise EmptyUpload("Choose a file first.")
    if len(data) > MOST_BYTES:
        raise TooLargeError("This file is larger than any badge.")
    return data


async def recording(request: Request) -> bytes:
    """Give the body as the bytes of a recording. Raises `TooLarge` above 2 MB."""
    kept = bytearray()
    async for part in request.stream():
        kept += part
        if len(kept) > MOST_RECORDING_BYTES:
            raise TooLarge(f"A recording may have {MOST_RECORDING_BYTES} bytes at most.")
    return bytes(kept)


async def drain(request: Request) -> None:
    """Read a body and keep nothing: a browser shows an answer only when its file was taken."""
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_DRAINED_BYTES:
            break


async def fields(request: Request) -> dict[str, str]:
    """Give the fields of a short form; a body that is none, or longer than one, has none."""
    kept = bytearray()
    async for part in request.stream():
        kept += part
        if len(kept) > _LONGEST_FORM:
            return {}
    try:
        return dict(parse_qsl(kept.decode(), max_num_fields=_MOST_PARTS))
    except ValueError:
        return {}


async def _read(stream: AsyncIterator[bytes]) -> bytes:
    kept = bytearray()
    size = 0
    async for part in stream:
        size += len(part)
        if len(kept) <= MOST_BYTES + _AROUND_BYTES:
            kept += part
        if size > MOST_DRAINED_BYTES:
            break
    if size > MOST_BYTES + _AROUND_BYTES:
        raise TooLargeError("This file is larger than any badge.")
    return bytes(kept)


def _file_in(body: bytes, content_type: str) -> bytes:
    found = _BOUNDARY.search(content_type)
    if found is None:
        return b""
    for part in (b"\r\n" + body).split(b"\r\n--" + found[1].encode(), _MOST_PARTS)[1:]:
        headers, _, data = part.partition(b"\r\n\r\n")
        if _FILE.search(headers[:_LONGEST_HEADERS]):
            return data
    return b""
