"""Checking any file that may be a badge, ours or another issuer's, without asking anybody."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.baking import NoCredential, taken_from
from voice_app.scoring.badges.credential import Document
from voice_app.scoring.badges.did_keys import (
    BadKeyError,
    KeyElsewhereError,
    PublicKey,
    key_in,
    key_of_jwk,
)
from voice_app.scoring.badges.signing import verify
from voice_app.scoring.badges.statement import BadStatement, opened
from voice_app.scoring.badges.strangers import (
    ForeignWordsError,
    NotSignedError,
    check_proof,
    check_token,
    issuer_id,
    refuse_complicated,
)

MOST_BYTES = 2_000_000

# ours: signed by us and unchanged, so the code says which badge it is; how that one stands is
# another question. intact: signed by somebody else and unchanged. unknown: not ours, or changed.
Verdict = Literal["ours", "intact", "expired", "unknown", "unchecked"]
Why = Literal["elsewhere", "foreign"]

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"%PDF-", b"<", b"\xef\xbb\xbf<")


class NoBadgeError(VoiceAppError):
    """The file holds no badge."""


class TooLargeError(VoiceAppError):
    """The file is larger than any badge."""


@dataclass(frozen=True)
class OurKeys:
    """Our own name and public keys: `keys` by key id, `jwt_keys` by the address in a `kid`."""

    did: str
    keys: Mapping[str, Ed25519PublicKey]
    jwt_keys: Mapping[str, RSAPublicKey]


@dataclass(frozen=True)
class Checked:
    """What was found out. `code` only of ours, `document` only when its signature holds.

    `why` says why something could not be checked; `has_list` that it could have been cancelled
    in a list that only its issuer has.
    """

    verdict: Verdict
    code: str | None = None
    document: Document | None = None
    why: Why | None = None
    has_list: bool = False

    @property
    def name(self) -> str | None:
        """What a whole badge is given for, in its own words."""
        subject = (self.document or {}).get("credentialSubject")
        achievement = subject.get("achievement") if isinstance(subject, dict) else None
        name = achievement.get("name") if isinstance(achievement, dict) else None
        return name if isinstance(name, str) else None

    @property
    def issuer(self) -> str | None:
        """Who a whole badge says gave it; only its key is proven, not this name."""
        issuer = (self.document or {}).get("issuer")
        name = issuer.get("name") if isinstance(issuer, dict) else issuer
        return name if isinstance(name, str) else issuer_id(self.document or {}) or None


def check(data: bytes, *, ours: OurKeys, now: datetime) -> Checked:
    """Tell what a file is at the aware time `now`: JSON, a token, a statement, a picture, a PDF.

    Raises `NoBadgeError`, `TooLargeError` or `TooComplicatedError`, each with its sentence.
    Nothing is ever fetched, whatever the file names.
    """
    if len(data) > MOST_BYTES:
        raise TooLargeError("This file is larger than any badge.")
    text = _text(data)
    if "#v1." in text[:200] or text.startswith("v1."):
        return _of_statement(text, ours)
    document = None if _looks_like_token(text) else _document(text)
    try:
        return _of_token(text, ours, now) if document is None else _of_document(document, ours, now)
    except KeyElsewhereError:
        return Checked("unchecked", why="elsewhere")
    except ForeignWordsError:
        return Checked("unchecked", why="foreign")
    except (NotSignedError, BadKeyError):
        return Checked("unknown")


def _text(data: bytes) -> str:
    try:
        text = taken_from(data) if data.lstrip().startswith(_PICTURES) else data.decode("utf-8-sig")
    except (NoCredential, UnicodeDecodeError) as error:
        raise NoBadgeError("There is no badge in this file.") from error
    return text.strip()


def _looks_like_token(text: str) -> bool:
    return text.count(".") == 2 and not text.startswith(("{", "["))  # noqa: PLR2004 - two dots


def _document(text: str) -> Document:
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NoBadgeError("There is no badge in this file.") from error
    if not isinstance(value, dict) or "credentialSubject" not in value:
        raise NoBadgeError("There is no badge in this file.")
    refuse_complicated(value)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse what two readers could read in two ways."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("The same name stands twice.")
    return found


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no value of JSON.")


def _of_statement(text: str, ours: OurKeys) -> Checked:
    try:
        return Checked("ours", code=opened(text, ours.keys).code)
    except BadStatement:
        return Checked("unknown")


def _of_document(document: Document, ours: OurKeys, now: datetime) -> Checked:
    if issuer_id(document) != ours.did:
        check_proof(document)
        return _of_stranger(document, now)
    key = ours.keys.get(_key_name(document))
    if key is None:
        return Checked("unknown")
    # Bounds the time before our own check, which signs and so takes what we made ourselves.
    check_proof(document, key=key)
    if not verify(document, key):
        return Checked("unknown")
    return Checked("ours", code=_code(document), document=document)


def _key_name(document: Document) -> str:
    match document.get("proof"):
        case [{"verificationMethod": str(method)}]:
            return method.partition("#")[2]
    return ""


def _of_token(text: str, ours: OurKeys, now: datetime) -> Checked:
    head, said = (_document_in(part) for part in text.split(".")[:2])
    if "credentialSubject" not in said:
        raise NoBadgeError("There is no badge in this file.")
    if issuer_id(said) == ours.did:
        own = ours.jwt_keys.get(str(head.get("kid")))
        return Checked("unknown") if own is None else _of_own_token(check_token(text, own), ours)
    return _of_stranger(check_token(text, _stranger_key(head, said)), now)


def _document_in(part: str) -> Document:
    """Read one part of a token, before anything says that it can be trusted."""
    try:
        value = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError) as error:
        raise NoBadgeError("There is no badge in this file.") from error
    if not isinstance(value, dict):
        raise NoBadgeError("There is no badge in this file.")
    refuse_complicated(value)
    return value


def _of_own_token(said: Document, ours: OurKeys) -> Checked:
    if said.get("iss") != ours.did or said.get("jti") != said.get("id"):
        return Checked("unknown")
    return Checked("ours", code=_code(said), document=said)


def _stranger_key(head: Mapping[str, Any], said: Document) -> PublicKey:
    """Take the key out of the issuer's name, else the one that the token brings along."""
    issuer = issuer_id(said)
    if issuer.startswith(("did:key:", "did:jwk:")):
        return key_in(issuer)
    if "jwk" in head and not issuer.startswith("did:"):
        return key_of_jwk(head["jwk"])
    raise KeyElsewhereError("This key is published elsewhere, and nothing is fetched.")


def _of_stranger(document: Document, now: datetime) -> Checked:
    has_list = "credentialStatus" in document
    is_old = _is_past(document.get("validUntil"), now)
    return Checked("expired" if is_old else "intact", document=document, has_list=has_list)


def _is_past(moment: object, now: datetime) -> bool:
    if not isinstance(moment, str):
        return False
    try:
        until = datetime.fromisoformat(moment)
    except ValueError:
        return False
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) < now


def _code(document: Document) -> str:
    return str(document.get("id", "")).rpartition("/")[2]
