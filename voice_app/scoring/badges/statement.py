"""The short signed statement inside a paper's QR: it proves the badge without any network.

Its layout is written down, byte by byte, in docs/badge-statement.md.
"""

import re
import struct
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from voice_app.errors import VoiceAppError

VERSION = "v1."
# What is signed starts with these bytes, so that no signature of ours can be taken for another.
SIGNED_FOR = b"MyCred4Home badge statement v1\n"
FIRST_DAY = date(2020, 1, 1)
# In UTF-8: with it the address still fits a QR of 61 modules.
LONGEST_HOLDER_BYTES = 40
LONGEST_TEXT = 400

_HEAD = struct.Struct(">8s8sHHI")
_SIGNATURE_BYTES = 64
_NO_DAY = 0xFFFF
_NO_INDEX = 0xFFFFFFFF
_CODE = re.compile(r"[2-9A-Z]{8}", re.ASCII)
_KEY_ID = re.compile(r"key-[0-9a-f]{16}", re.ASCII)
_SHORT_NAME = re.compile(r"[A-Za-z0-9-]{1,12}", re.ASCII)
_CUT = "…"
# They turn the direction of the text around them, so that a name could rewrite its line.
_DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSHOWABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


class BadStatement(VoiceAppError):
    """The statement is not one of ours, or it was changed."""


@dataclass(frozen=True)
class Statement:
    """What a QR says about a badge.

    `code` is the badge's eight characters, `competence` such as MC3, `language` the employer's.
    `holder` stands there only with consent. `index` is the badge's place among all status
    lists: the list's number times 131,072 plus the place in that list.
    """

    code: str
    competence: str
    language: str
    holder: str | None
    issued_on: date
    expires_on: date | None
    index: int | None
    key_id: str


def seal(statement: Statement, private_key: Ed25519PrivateKey) -> str:
    """Sign a statement and write it as text: `v1.` and base64url, at most about 190 characters.

    The holder's name is written as `short_holder` gives it. Raises `BadStatement` for what
    the layout has no room for.
    """
    body = _body(statement)
    signature = private_key.sign(SIGNED_FOR + body)
    return VERSION + _base64(body + signature)


def opened(text: str, public_keys: Mapping[str, Ed25519PublicKey]) -> Statement:
    """Read a statement, alone or at the end of its address, that one of `public_keys` signed.

    Raises `BadStatement` for anything else, also for an address that names another badge.
    """
    place, _, sealed = text.strip().rpartition("#")
    body, signature = _taken_apart(sealed)
    statement = _read(body)
    _check(body, signature, public_keys.get(statement.key_id))
    if place and place.rpartition("/")[2] != statement.code:
        raise BadStatement("The address and the statement name different badges.")
    return statement


def address(origin: str, sealed: str) -> str:
    """Give the address for a QR: any phone opens the page, and what follows `#` proves it.

    A browser keeps what follows `#` to itself: the name reaches no server. Raises
    `BadStatement` for a text that is no statement.
    """
    return f"{origin}/b/{_read(_taken_apart(sealed)[0]).code}#{sealed}"


def short_holder(name: str | None) -> str | None:
    """Give a name as a statement holds it: at most 40 bytes, whole words, an ellipsis if cut."""
    whole = shown_name(name)
    if whole is None or len(whole.encode()) <= LONGEST_HOLDER_BYTES:
        return whole
    room = LONGEST_HOLDER_BYTES - len(_CUT.encode())
    fitting = whole.encode()[:room].decode(errors="ignore")
    return _whole_words(whole, len(fitting)) + _CUT


def shown_name(name: str | None) -> str | None:
    """Give a name as it can be shown: one line, without what rewrites the text around it."""
    return " ".join("".join(_showable(unicodedata.normalize("NFC", name or ""))).split()) or None


def _showable(name: str) -> list[str]:
    return [
        letter
        for letter in (" " if letter.isspace() else letter for letter in name)
        if letter not in _DIRECTION_MARKS and unicodedata.category(letter) not in _UNSHOWABLE
    ]


def _whole_words(name: str, length: int) -> str:
    """Cut a name after a word; a first word that is too long, before a letter and its marks."""
    if " " in name[: length + 1]:
        return name[: name.rindex(" ", 0, length + 1)]
    while length > 1 and unicodedata.category(name[length]).startswith("M"):
        length -= 1
    return name[:length]


def _body(statement: Statement) -> bytes:
    if not _CODE.fullmatch(statement.code) or not _KEY_ID.fullmatch(statement.key_id):
        raise BadStatement("A statement names its badge by eight characters and its key by id.")
    for name in (statement.competence, statement.language):
        if not _SHORT_NAME.fullmatch(name):
            raise BadStatement(f"{name!r} is too long, or no name, for a statement.")
    head = _HEAD.pack(
        bytes.fromhex(statement.key_id.removeprefix("key-")),
        statement.code.encode(),
        _day_number(statement.issued_on),
        _NO_DAY if statement.expires_on is None else _day_number(statement.expires_on),
        _NO_INDEX if statement.index is None else _index(statement.index),
    )
    names = (statement.competence, statement.language, short_holder(statement.holder) or "")
    return head + b"".join(_with_length(name.encode()) for name in names)


def _day_number(day: date) -> int:
    number = (day - FIRST_DAY).days
    if not 0 <= number < _NO_DAY:
        raise BadStatement(f"{day} lies outside the days a statement can name.")
    return number


def _index(index: int) -> int:
    if not 0 <= index < _NO_INDEX:
        raise BadStatement(f"{index} is no place in a status list.")
    return index


def _with_length(name: bytes) -> bytes:
    return bytes([len(name)]) + name


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _taken_apart(sealed: str) -> tuple[bytes, bytes]:
    if not sealed.startswith(VERSION) or len(sealed) > LONGEST_TEXT or not sealed.isascii():
        raise BadStatement("This is no statement of a badge.")
    text = sealed.removeprefix(VERSION)
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise BadStatement("The statement cannot be read.") from error
    # Letters that decoders skip, and bits after the last byte, would make two texts of one.
    if _base64(data) != text or len(data) < _HEAD.size + _SIGNATURE_BYTES:
        raise BadStatement("The statement cannot be read.")
    return data[:-_SIGNATURE_BYTES], data[-_SIGNATURE_BYTES:]


def _read(body: bytes) -> Statement:
    key, code, issued, expires, index = _HEAD.unpack_from(body)
    competence, rest = _name(body[_HEAD.size :])
    language, rest = _name(rest)
    holder, rest = _name(rest)
    code_text = code.decode("ascii", "replace")
    if rest or issued == _NO_DAY or not _CODE.fullmatch(code_text):
        raise BadStatement("The statement cannot be read.")
    return Statement(
        code=code_text,
        competence=competence,
        language=language,
        holder=holder or None,
        issued_on=_day(issued),
        expires_on=None if expires == _NO_DAY else _day(expires),
        index=None if index == _NO_INDEX else index,
        key_id=f"key-{key.hex()}",
    )


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def _name(data: bytes) -> tuple[str, bytes]:
    """Take one name and give what follows it."""
    end = 1 + data[0] if data else 1
    try:
        name = data[1:end].decode()
    except UnicodeDecodeError as error:
        raise BadStatement("The statement cannot be read.") from error
    if len(data) < end:
        raise BadStatement("The statement ends too early.")
    return name, data[end:]


def _check(body: bytes, signature: bytes, public_key: Ed25519PublicKey | None) -> None:
    if public_key is None:
        raise BadStatement("The statement is signed with a key that is not ours.")
    try:
        public_key.verify(signature, SIGNED_FOR + body)
    except InvalidSignature as error:
        raise BadStatement("The statement was changed, or is not ours.") from error
