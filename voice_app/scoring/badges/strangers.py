"""Signatures of other issuers' badges, checked with what stands in the file and nothing else."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from pyld import jsonld
from pyld.canon import URDNA2015

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges import base58
from voice_app.scoring.badges.credential import CONTEXTS, Document
from voice_app.scoring.badges.did_keys import PublicKey, key_in
from voice_app.scoring.badges.signing import ONE_AT_A_TIME, SUITE, load_document

# A badge has some hundred members; each costs the canonical form about 0.1 ms.
MOST_MEMBERS = 2_000
DEEPEST = 20
# Nameless nodes that look alike are told apart by trying every order of them: 5! is 120.
MOST_ALIKE = 5
TOKENS = jws.JWSRegistry(algorithms=["RS256", "ES256", "EdDSA", "Ed25519"])
# A header may carry a whole RSA key, in an address made of it too, and a badge its picture.
TOKENS.max_header_length = 4_096
TOKENS.max_payload_length = 1_500_000
_UNDEFINED = "urn:undefined-term:"
_RELATIVE = "https://relative.invalid/"
_OPTIONS = {"documentLoader": load_document, "base": _RELATIVE}


class ForeignWordsError(VoiceAppError):
    """The document uses a context, a term or a signature that this service does not hold."""


class TooComplicatedError(VoiceAppError):
    """Checking the document would take too long; no honest badge is like this."""


class NotSignedError(VoiceAppError):
    """The document is not signed by whom it names, or was changed."""


def refuse_complicated(value: object) -> None:
    """Raise `TooComplicatedError` for a value with too many members or too deep."""
    waiting = [(value, 0)]
    count = 0
    while waiting:
        one, depth = waiting.pop()
        inner = list(one.values()) if isinstance(one, dict) else one
        count += 1
        if count > MOST_MEMBERS or depth > DEEPEST:
            raise TooComplicatedError("This file is too complicated for a badge.")
        if isinstance(inner, list):
            waiting += [(deeper, depth + 1) for deeper in inner]


def check_proof(document: Document, *, key: PublicKey | None = None) -> None:
    """Return when the document's own proof holds.

    `key` is the issuer's where it is known; else it is taken out of the issuer's name. Raises
    `KeyElsewhereError`, `BadKeyError`, `ForeignWordsError`, `TooComplicatedError` or
    `NotSignedError`.
    """
    proof, value = _proof(document)
    method = str(proof.get("verificationMethod", ""))
    issuer = issuer_id(document)
    if (proof.get("type"), proof.get("proofPurpose")) != ("DataIntegrityProof", "assertionMethod"):
        raise NotSignedError("The proof is made for something else.")
    if not issuer or method.partition("#")[0] != issuer:
        raise NotSignedError("Another signed it than the one it names.")
    found = key_in(method) if key is None else key
    if not isinstance(found, Ed25519PublicKey):
        raise ForeignWordsError("This kind of key does not sign in this way.")
    bare = {name: one for name, one in document.items() if name != "proof"}
    parts = [loose_canonical({"@context": document.get("@context")} | proof), loose_canonical(bare)]
    digests = b"".join(hashlib.sha256(part.encode()).digest() for part in parts)
    try:
        found.verify(_signature(value), digests)
    except InvalidSignature as error:
        raise NotSignedError("The badge was changed after it was signed.") from error


def check_token(text: str, key: PublicKey) -> Document:
    """Give what a token says when `key` signed it; raises `NotSignedError` else."""
    try:
        opened = jws.deserialize_compact(text, _jose(key), registry=TOKENS)
        said = json.loads(opened.payload)
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise NotSignedError("The badge was changed after it was signed.") from error
    if not isinstance(said, dict):
        raise NotSignedError("The token says nothing of a badge.")
    return said


def issuer_id(document: Document) -> str:
    """Give the name of who a document says gave it; empty when it says none."""
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def loose_canonical(document: Document) -> str:
    """Give the canonical N-Quads of a document with any of our contexts, in bounded time.

    Raises `ForeignWordsError` or `TooComplicatedError`.
    """
    refuse_complicated(document)
    _refuse_foreign(document)
    strict = document | {"@context": [*document["@context"], {"@vocab": _UNDEFINED}]}
    try:
        with ONE_AT_A_TIME:
            _refuse_undefined(jsonld.expand(strict, _OPTIONS))
            triples = jsonld.to_rdf(document, _OPTIONS)
            _refuse_alike(triples)
            return str(URDNA2015().main(triples, {"format": "application/n-quads"}))
    except (jsonld.JsonLdError, ValueError, TypeError, AttributeError) as error:
        raise ForeignWordsError("The document is no JSON-LD that can be read.") from error


def _proof(document: Document) -> tuple[Document, str]:
    proofs: Any = document.get("proof")
    match proofs if isinstance(proofs, list) else [proofs]:
        case [{"cryptosuite": "eddsa-rdfc-2022", "proofValue": str(value), **proof}]:
            return {"cryptosuite": SUITE} | {str(name): one for name, one in proof.items()}, value
        case [{"type": _}, *_]:
            raise ForeignWordsError("The badge is signed in a way that is not known here.")
    raise NotSignedError("The badge is not signed.")


def _signature(value: str) -> bytes:
    try:
        return base58.decode(value.removeprefix("z")) if value.startswith("z") else b""
    except ValueError as error:
        raise NotSignedError("The signature cannot be read.") from error


def _jose(key: PublicKey) -> RSAKey | ECKey | OKPKey:
    if isinstance(key, Ed25519PublicKey):
        return OKPKey(key, key)
    return RSAKey(key, key) if isinstance(key, RSAPublicKey) else ECKey(key, key)


def _refuse_foreign(document: Document) -> None:
    contexts = document.get("@context")
    named = contexts if isinstance(contexts, list) else []
    if not named or named[0] != CONTEXTS[0] or any(one not in CONTEXTS for one in named):
        raise ForeignWordsError("The badge uses words that are defined elsewhere.")
    bare = {name: one for name, one in document.items() if name != "@context"}
    for name, value in _members(bare):
        if name.startswith("@") or ":" in name or _is_keyword(value):
            raise ForeignWordsError("The badge uses words that are defined elsewhere.")


def _is_keyword(value: object) -> bool:
    texts = value if isinstance(value, list) else [value]
    return any(
        isinstance(one, str)
        and (one.startswith(("@", "_:")) or any("\ud800" <= letter <= "\udfff" for letter in one))
        for one in texts
    )


def _refuse_undefined(expanded: object) -> None:
    for name, value in _members(expanded):
        kinds = value if isinstance(value, list) else [value]
        named = [str(one) for one in kinds] if name in {"@id", "@type"} else []
        if any(one.startswith((_UNDEFINED, _RELATIVE)) for one in (name, *named)):
            raise ForeignWordsError("The badge uses a word that nobody defined.")


def _refuse_alike(dataset: dict[str, list[dict[str, Any]]]) -> None:
    """Refuse many nameless nodes that look alike from near, before their orders are tried."""
    seen: dict[str, list[tuple[str, ...]]] = {}
    for graph, triples in dataset.items():
        for triple in triples:
            parts = [
                graph,
                *(triple[place]["value"] for place in ("subject", "predicate", "object")),
            ]
            for node in {part for part in parts if part.startswith("_:")}:
                seen.setdefault(node, []).append(tuple(_seen_from(node, part) for part in parts))
    looks = Counter(tuple(sorted(quads)) for quads in seen.values())
    if looks and max(looks.values()) > MOST_ALIKE:
        raise TooComplicatedError("This file is too complicated for a badge.")


def _seen_from(node: str, part: str) -> str:
    if part == node:
        return "_:a"
    return "_:z" if part.startswith("_:") else part


def _members(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, list):
        for one in value:
            yield from _members(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name, one
            yield from _members(one)
