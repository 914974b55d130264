"""Signing a credential and checking it: Data Integrity proofs of the suite eddsa-rdfc-2022."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import jsonld

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges import base58
from voice_app.scoring.badges.credential import CONTEXTS, Document

SUITE = "eddsa-rdfc-2022"
_VENDORED = {
    CONTEXTS[0]: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    CONTEXTS[1]: (
        "ob-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    CONTEXTS[2]: (
        "ob-extensions.json",
        "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
    ),
}
# PyLD shares its caches of contexts among threads without guarding them.
ONE_AT_A_TIME = Lock()
_YES_OR_NO = frozenset({"hashed"})
_UNDEFINED = "urn:undefined-term:"
# PyLD would quietly complete a relative address with a base of its own.
_RELATIVE = "https://relative.invalid/"


class UnsignableError(VoiceAppError):
    """The document says something that a signature would not cover, or cannot be read."""


class UndefinedTermError(UnsignableError):
    """The document uses a term that no context defines: JSON-LD would drop it unsigned."""


class ContextError(VoiceAppError):
    """A context is not one of ours, or its file is not the one that was pinned."""


def sign(
    document: Document,
    private_key: Ed25519PrivateKey,
    *,
    verification_method: str,
    created: datetime,
) -> Document:
    """Give a copy of `document` with its proof; `created` is aware.

    Raises `UnsignableError` for anything the signature would not cover.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }
    signature = private_key.sign(_signed_bytes(document, proof))
    return document | {"proof": [proof | {"proofValue": f"z{base58.encode(signature)}"}]}


def verify(document: Document, public_key: Ed25519PublicKey) -> bool:
    """Tell whether `public_key` signed exactly this document with our one suite."""
    try:
        bare, proof, signature = _taken_apart(document)
        public_key.verify(signature, _signed_bytes(bare, proof))
    except (UnsignableError, ContextError, InvalidSignature):
        return False
    return True


def _taken_apart(document: Document) -> tuple[Document, Document, bytes]:
    match document.get("proof"):
        case [
            {
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdfc-2022",
                "proofPurpose": "assertionMethod",
                "proofValue": str(value),
            }
        ]:
            proof = _without(document["proof"][0], "proofValue")
            return _without(document, "proof"), proof, _signature(value)
    raise UnsignableError("The document has no proof of the kind this service makes.")


def _without(document: Document, key: str) -> Document:
    return {name: value for name, value in document.items() if name != key}


def _signature(value: str) -> bytes:
    try:
        signature = base58.decode(value.removeprefix("z"))
    except ValueError as error:
        raise UnsignableError("The proof's value is not base58.") from error
    if not value.startswith("z") or base58.encode(signature) != value[1:]:
        raise UnsignableError("The proof's value is not multibase base58.")
    return signature


def _signed_bytes(document: Document, proof: Document) -> bytes:
    with_context = {"@context": document.get("@context")} | proof
    parts = (canonical(with_context), canonical(document))
    return b"".join(hashlib.sha256(part.encode()).digest() for part in parts)


def canonical(document: Document) -> str:
    """Give the canonical N-Quads of a document whose every value they carry.

    Raises `UndefinedTermError`, `UnsignableError` or `ContextError`.
    """
    _refuse_unusual_shape(document)
    options = {"documentLoader": load_document, "base": _RELATIVE}
    rdf = options | {"algorithm": "URDNA2015", "format": "application/n-quads"}
    try:
        with ONE_AT_A_TIME:
            expanded = jsonld.expand(_strict(document), options)
            _refuse_undefined(expanded)
            return str(jsonld.normalize(expanded, rdf))
    except jsonld.JsonLdError as error:
        raise UnsignableError(f"The document is not JSON-LD that can be signed: {error}") from error


def _refuse_unusual_shape(document: Document) -> None:
    if document.get("@context") != list(CONTEXTS):
        raise ContextError(f"A credential has exactly these contexts, in order: {CONTEXTS}.")
    for key, value in _members(_without(document, "@context")):
        if key.startswith("@") or ":" in key:
            raise UnsignableError(f"A credential has no member {key!r}.")
        for one in value if isinstance(value, list) else [value]:
            if not _can_be_said(key, one):
                raise UnsignableError(f"A credential cannot say {one!r} as {key}.")


def _can_be_said(key: str, value: object) -> bool:
    """Tell whether JSON-LD keeps this value apart from every other; "false" and false are not."""
    if key in _YES_OR_NO:
        return isinstance(value, bool)
    return isinstance(value, dict) or _is_plain_text(value)


def _is_plain_text(value: object) -> bool:
    """Tell whether a value is Unicode text that JSON-LD does not take for a keyword.

    Control characters are no text here: implementations write them in different ways.
    """
    return (
        isinstance(value, str)
        and not value.startswith("@")
        and not any(_is_no_letter(character) for character in value)
    )


def _is_no_letter(character: str) -> bool:
    is_control = character < " " or character == "\x7f"
    return "\ud800" <= character <= "\udfff" or (is_control and character not in "\t\n\r")


def _strict(document: Document) -> Document:
    """Add a last vocabulary that catches every term nobody defined; the others keep theirs."""
    return document | {"@context": [*CONTEXTS, {"@vocab": _UNDEFINED}]}


def _refuse_undefined(expanded: Any) -> None:
    for key, value in _members(expanded):
        for name in (key, *_identifiers(key, value)):
            if name.startswith(_UNDEFINED):
                raise UndefinedTermError(f"No context defines {name.removeprefix(_UNDEFINED)!r}.")
            if name.startswith(_RELATIVE):
                raise UnsignableError(f"{name.removeprefix(_RELATIVE)!r} is no whole address.")


def _identifiers(key: str, value: object) -> list[str]:
    if key == "@id":
        return [str(value)]
    if key == "@type":
        return [str(kind) for kind in (value if isinstance(value, list) else [value])]
    return []


def _members(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, list):
        for one in value:
            yield from _members(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key, one
            yield from _members(one)


def load_document(url: str, _options: object = None) -> Document:
    """Answer PyLD's wish for a document from our own files; nothing is ever downloaded."""
    if url not in _VENDORED:
        raise ContextError(f"{url} is not a context of our badges, and nothing is downloaded.")
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": _vendored(url),
    }


@cache
def _vendored(url: str) -> Any:
    name, sha256 = _VENDORED[url]
    content = (files("voice_app.scoring.badges") / "contexts" / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ContextError(f"The context file {name} is not the one that was pinned.")
    return json.loads(content)
