"""Any file that may be a badge gets one answer, and nothing is ever fetched for it."""

import hashlib
import json
import struct
import zlib
from base64 import urlsafe_b64encode
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import RSAKey

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges import base58
from voice_app.scoring.badges.baking import bake
from voice_app.scoring.badges.checking import (
    MOST_BYTES,
    Checked,
    NoBadgeError,
    OurKeys,
    TooLargeError,
    check,
)
from voice_app.scoring.badges.credential import (
    CONTEXTS,
    Award,
    Competence,
    Definition,
    Document,
    Issuer,
    credential,
)
from voice_app.scoring.badges.did import key_id, multibase
from voice_app.scoring.badges.signing import sign
from voice_app.scoring.badges.statement import Statement, address, seal
from voice_app.scoring.badges.strangers import TooComplicatedError, loose_canonical

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ORIGIN = "https://badges.example"
OURS = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
THEIRS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
OUR_ID = key_id(OURS.public_key())
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KID = f"{ORIGIN}/keys/jwt-1.json"
KEYS = OurKeys("did:web:badges.example", {OUR_ID: OURS.public_key()}, {KID: RSA.public_key()})
DID_KEY = f"did:key:{multibase(THEIRS.public_key())}"


def unsigned(did: str = KEYS.did) -> Document:
    return credential(
        Award(
            code="7Q4K2M9X",
            holder_id="urn:uuid:6b2f4a10-8f0a-4a86-9d77-3a6ad2b1c001",
            definition=Definition(
                competence=Competence("MC3", "Comprendre", "Comprendre ce qui est dit."),
                employer_language="fr",
                own_name="Français",
                origin=ORIGIN,
            ),
            issued_at=NOW - timedelta(days=1),
            issuer=Issuer(did=did, name="MyCred4Home", url=ORIGIN, country="FR"),
        )
    )


def signed(
    document: Document, key: Ed25519PrivateKey = OURS, *, method: str = f"{KEYS.did}#{OUR_ID}"
) -> Document:
    return sign(document, key, verification_method=method, created=NOW)


def token(said: dict[str, Any], **head: Any) -> str:
    header = {"alg": "RS256", "typ": "JWT", "kid": KID} | head
    return jws.serialize_compact(header, json.dumps(said), RSAKey.import_key(RSA))


def asked(what: Document | str | bytes) -> Checked:
    data = json.dumps(what) if isinstance(what, dict) else what
    return check(data if isinstance(data, bytes) else data.encode(), ours=KEYS, now=NOW)


GOOD = signed(unsigned())
STRANGE = signed(unsigned(DID_KEY), THEIRS, method=f"{DID_KEY}#{DID_KEY[8:]}")


def test_ours_is_told_with_its_code():
    found = asked(GOOD)
    assert (found.verdict, found.code) == ("ours", "7Q4K2M9X")
    assert found.name == "Comprendre (français)"
    assert found.issuer == "MyCred4Home"


@pytest.mark.parametrize("image", ["png", "svg"])
def test_ours_is_found_inside_a_picture(image: str):
    text = json.dumps(GOOD)
    blank = {"png": png(1, 1), "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'}
    assert asked(bake(blank[image], text)).verdict == "ours"
    with pytest.raises(NoBadgeError):
        asked(blank[image])


def test_ours_is_found_in_a_statement():
    said = Statement("7Q4K2M9X", "MC3", "fr", None, date(2026, 11, 21), None, None, OUR_ID)
    sealed = seal(said, OURS)
    assert asked(sealed).code == "7Q4K2M9X"
    assert asked(address(ORIGIN, sealed)).verdict == "ours"
    assert asked(f"{sealed[:-9]}AAAAAAAAA").verdict == "unknown"


def test_ours_is_found_as_a_token():
    said = {"iss": KEYS.did, "jti": f"{ORIGIN}/b/7Q4K2M9X", **unsigned()}
    assert asked(token(said)).code == "7Q4K2M9X"
    assert asked(token(said | {"jti": "other"})).verdict == "unknown"
    assert asked(token(said, kid="https://other.example")).verdict == "unknown"
    head, body, signature = token(said).split(".")
    assert asked(f"{head}.{body}.{signature[:-6]}AAAAAA").verdict == "unknown"
    none = urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    assert asked(f"{none}.{body}.").verdict == "unknown"


def test_what_was_changed_is_not_ours():
    changed = json.dumps(GOOD).replace("Completed", "Failed")
    assert asked(changed).verdict == "unknown"
    assert asked(GOOD | {"proof": []}).verdict == "unknown"
    assert asked(GOOD | {"issuer": {**GOOD["issuer"], "id": DID_KEY}}).verdict == "unknown"
    assert asked(signed(unsigned(), THEIRS)).verdict == "unknown"
    other = GOOD["proof"][0] | {"verificationMethod": f"{KEYS.did}#key-0000000000000000"}
    assert asked(GOOD | {"proof": [other]}).verdict == "unknown"


def test_another_issuers_badge_is_whole_or_not():
    found = asked(STRANGE)
    assert (found.verdict, found.code, found.has_list) == ("intact", None, False)
    assert asked(STRANGE | {"proof": STRANGE["proof"][0]}).verdict == "intact"
    assert asked(STRANGE | {"name": "Other"}).verdict == "unknown"


def test_another_issuers_numbers_and_end_are_read():
    document = unsigned(DID_KEY)
    document["credentialSubject"]["creditsEarned"] = 3.5
    document["validUntil"] = "2026-11-01T00:00:00Z"
    found = asked(loosely_signed(document))
    assert found.verdict == "expired"


def test_a_did_jwk_carries_its_key():
    jwk = RSAKey.import_key(RSA).as_dict(private=False)
    did = "did:jwk:" + urlsafe_b64encode(json.dumps(jwk).encode()).decode().rstrip("=")
    said = unsigned(did)
    assert asked(token(said, kid=f"{did}#0")).verdict == "intact"
    said["issuer"]["id"] = "https://other.example"
    assert asked(token(said, jwk=jwk)).verdict == "intact"
    assert asked(token(said)).why == "elsewhere"
    assert asked(token(said, jwk={"kty": "oct", "k": "AAAA"})).verdict == "unknown"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"@context": [*CONTEXTS, "https://evil.example/context"]}, "foreign"),
        ({"@context": [CONTEXTS[0], {"@vocab": "urn:x:"}]}, "foreign"),
        ({"@context": "https://evil.example"}, "foreign"),
        ({"undefinedTerm": "x"}, "foreign"),
        ({"evidence": [{"@context": "https://evil.example", "id": "urn:x"}]}, "foreign"),
        ({"name": 1e308 * 10}, None),
    ],
)
def test_words_from_elsewhere_are_not_fetched(change: Document, why: str | None):
    if why is None:
        with pytest.raises(NoBadgeError):
            asked(STRANGE | change)
    else:
        assert asked(STRANGE | change).why == why


def test_a_key_elsewhere_is_not_fetched():
    did = "did:web:other.example"
    document = signed(unsigned(did), THEIRS, method=f"{did}#key-1")
    assert (asked(document).verdict, asked(document).why) == ("unchecked", "elsewhere")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100,
        b"{}",
        b"[]",
        b"null",
        b'{"credentialSubject": 1, "credentialSubject": 2}',
        b'{"credentialSubject": NaN}',
        b'{"credentialSubject": %s}' % (b"9" * 10_000),
        b'{"credentialSubject": "\\ud800"',
        b"[" * 1_000_000,
        b'{"a":' * 200_000,
        b"a.b.c",
        b"\xff\xfe",
        b"%PDF-1.7 nothing",
        b"<svg/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><svg>&a;</svg>',
    ],
)
def test_what_holds_no_badge_is_told_in_a_sentence(data: bytes):
    with pytest.raises(NoBadgeError):
        asked(data)


def test_a_picture_that_claims_to_be_huge_is_not_decoded():
    with pytest.raises(NoBadgeError):
        asked(bake(png(1, 1), json.dumps(GOOD)).replace(header(1, 1), header(60_000, 60_000)))


def test_a_file_larger_than_any_badge_is_not_read():
    with pytest.raises(TooLargeError):
        asked(b" " * (MOST_BYTES + 1))


@pytest.mark.parametrize("depth", [100, 900])
def test_deep_documents_are_too_complicated(depth: int):
    inner: Any = "x"
    for _ in range(depth):
        inner = {"a": inner}
    with pytest.raises(TooComplicatedError):
        asked(STRANGE | {"evidence": inner})


@pytest.mark.parametrize("did", [KEYS.did, DID_KEY])
def test_many_nodes_that_look_alike_take_no_time(did: str):
    document = STRANGE if did == DID_KEY else GOOD
    twins = [{"type": ["Evidence"], "name": "x"} for _ in range(12)]
    subject = document["credentialSubject"] | {"id": "urn:uuid:1"}
    subject["achievement"] = subject["achievement"] | {"alignment": twins}
    with pytest.raises(TooComplicatedError):
        asked(document | {"credentialSubject": subject})


@settings(deadline=None, max_examples=25)
@drawn(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=6))
def test_any_value_anywhere_breaks_nothing(value: object):
    for name in ("@context", "issuer", "proof", "credentialSubject", "validUntil", "evidence"):
        for document in (GOOD, STRANGE):
            with suppress(VoiceAppError):
                found = asked(json.dumps(document | {name: value}))
                assert found.verdict not in {"ours", "intact"} or name == "validUntil"


@drawn(st.binary(max_size=300), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"%PDF-", b"<", b"{"]))
def test_any_bytes_break_nothing(data: bytes, start: bytes):
    with pytest.raises(VoiceAppError):
        asked(start + data)


def loosely_signed(document: Document) -> Document:
    """Sign as another issuer would, whose documents say more than ours may."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-11-21T10:00:00Z",
        "verificationMethod": f"{DID_KEY}#{DID_KEY[8:]}",
        "proofPurpose": "assertionMethod",
    }
    parts = (loose_canonical({"@context": list(CONTEXTS)} | proof), loose_canonical(document))
    data = b"".join(hashlib.sha256(part.encode()).digest() for part in parts)
    return document | {"proof": [proof | {"proofValue": f"z{base58.encode(THEIRS.sign(data))}"}]}


def header(width: int, height: int) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def png(width: int, height: int) -> bytes:
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header(width, height) + pixels + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
