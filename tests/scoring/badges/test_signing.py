import copy
import hashlib
from dataclasses import replace
from importlib.resources import files

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyld import jsonld

from tests.scoring.badges.leaves import changed_at, leaves, members, without
from voice_app.scoring.badges import signing
from voice_app.scoring.badges.credential import Award, Document, credential
from voice_app.scoring.badges.signing import (
    ContextError,
    UndefinedTermError,
    UnsignableError,
    canonical,
    sign,
    verify,
)

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def signed_again(document: Document, private_key: Ed25519PrivateKey, award: Award):
    return sign(document, private_key, verification_method="did:web:a#b", created=award.issued_at)


def test_a_signed_credential_is_verified_by_its_key_only(
    signed: Document, private_key: Ed25519PrivateKey
):
    assert verify(signed, private_key.public_key())
    assert not verify(signed, Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key())


def test_signing_says_the_same_twice_and_leaves_its_document_alone(
    award: Award, private_key: Ed25519PrivateKey
):
    document = credential(award)
    before = copy.deepcopy(document)
    first = signed_again(document, private_key, award)
    assert first == signed_again(document, private_key, award)
    assert document == before


def test_every_leaf_of_a_signed_credential_is_covered(
    signed: Document, private_key: Ed25519PrivateKey
):
    for path, value in leaves(signed):
        tampered = changed_at(signed, path, f"{value}x")
        assert not verify(tampered, private_key.public_key()), path


@pytest.mark.parametrize("name", ["signed", "whole"])
def test_nothing_can_be_taken_out_of_a_signed_credential(
    request: pytest.FixtureRequest, private_key: Ed25519PrivateKey, name: str
):
    document = request.getfixturevalue(name)
    for path in members(document):
        assert not verify(without(document, path), private_key.public_key()), path


def test_every_leaf_of_a_credential_that_tells_all_is_covered(
    whole: Document, private_key: Ed25519PrivateKey
):
    assert verify(whole, private_key.public_key())
    for path, value in leaves(whole):
        assert not verify(changed_at(whole, path, f"{value}x"), private_key.public_key()), path


@pytest.mark.parametrize("value", ["false", "true", "0", True, "Ana", None, 0])
def test_yes_or_no_is_never_said_in_letters(
    whole: Document, private_key: Ed25519PrivateKey, value: object
):
    path = next(path for path, _ in leaves(whole) if path[-1] == "hashed")
    assert not verify(changed_at(whole, path, value), private_key.public_key())


@QUIET
@given(data=st.data(), text=st.text(max_size=30))
def test_any_other_text_in_any_leaf_breaks_the_signature(
    signed: Document, private_key: Ed25519PrivateKey, *, data: st.DataObject, text: str
):
    path, value = data.draw(st.sampled_from(leaves(signed)))
    if text != value:
        assert not verify(changed_at(signed, path, text), private_key.public_key())


@QUIET
@given(data=st.data())
def test_a_leaf_taken_from_elsewhere_breaks_the_signature(
    signed: Document, private_key: Ed25519PrivateKey, data: st.DataObject
):
    path, value = data.draw(st.sampled_from(leaves(signed)))
    _, other = data.draw(st.sampled_from(leaves(signed)))
    if other != value:
        assert not verify(changed_at(signed, path, other), private_key.public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"favoriteColor": "blue"},
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "GoldenBadge"]},
        {"evidence": [{"type": ["Evidence"], "mood": "good"}]},
    ],
)
def test_a_term_that_no_context_defines_is_refused(
    award: Award, private_key: Ed25519PrivateKey, change: Document
):
    with pytest.raises(UndefinedTermError):
        signed_again(credential(award) | change, private_key, award)


@QUIET
@given(term=st.from_regex(r"[a-z]{1,12}[A-Z][a-z]{1,12}Zq", fullmatch=True))
def test_no_made_up_term_is_ever_signed(award: Award, private_key: Ed25519PrivateKey, term: str):
    with pytest.raises(UndefinedTermError):
        signed_again(credential(award) | {term: "anything"}, private_key, award)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b/7Q4K2M9X"},
        {"name": None},
        {"name": 7},
        {"name": "@fooBar"},
        {"name": "\ud800"},
        {"@index": "hidden"},
        {"https://example.org/term": "hidden"},
        {"evidence": [{"id": "here", "type": ["Evidence"]}]},
    ],
)
def test_what_a_signature_would_not_cover_is_refused(
    award: Award, private_key: Ed25519PrivateKey, change: Document
):
    with pytest.raises(UnsignableError):
        signed_again(credential(award) | change, private_key, award)


@pytest.mark.parametrize("name", ["signed", "whole"])
def test_what_is_signed_is_what_the_three_contexts_alone_say(
    request: pytest.FixtureRequest, name: str
):
    document = request.getfixturevalue(name)
    options = {"documentLoader": signing.load_document, "format": "application/n-quads"}
    plain = jsonld.normalize(document, options | {"algorithm": "URDNA2015"})
    assert canonical(document) == plain


@pytest.mark.parametrize("place", [0, 1, 2])
def test_other_contexts_are_refused_and_never_downloaded(
    award: Award, private_key: Ed25519PrivateKey, place: int
):
    document = credential(award)
    document["@context"][place] = "https://example.org/context.json"
    with pytest.raises(ContextError):
        signed_again(document, private_key, award)


def test_a_context_inside_a_part_is_refused(award: Award):
    document = credential(award)
    document["issuer"]["@context"] = "https://example.org/context.json"
    with pytest.raises(UnsignableError):
        canonical(document)


def test_the_loader_serves_the_pinned_files_alone():
    for url, (name, sha256) in signing._VENDORED.items():
        content = (files("voice_app.scoring.badges") / "contexts" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256
        assert signing.load_document(url)["document"]["@context"]
    with pytest.raises(ContextError):
        signing.load_document("https://example.org/")


def test_a_context_file_that_was_changed_is_refused(monkeypatch: pytest.MonkeyPatch):
    url = next(iter(signing._VENDORED))
    name, _ = signing._VENDORED[url]
    monkeypatch.setitem(signing._VENDORED, url, (name, "0" * 64))
    signing._vendored.cache_clear()
    with pytest.raises(ContextError):
        signing.load_document(url)
    signing._vendored.cache_clear()


@pytest.mark.parametrize("proof", [None, [], {}, "proof", [{}], [{"type": "DataIntegrityProof"}]])
def test_a_document_without_our_kind_of_proof_is_not_verified(
    signed: Document, private_key: Ed25519PrivateKey, proof: object
):
    assert not verify(signed | {"proof": proof}, private_key.public_key())


def test_two_proofs_are_not_one(signed: Document, private_key: Ed25519PrivateKey):
    assert not verify(signed | {"proof": signed["proof"] * 2}, private_key.public_key())


def test_a_proof_of_another_badge_does_not_fit(
    award: Award, signed: Document, private_key: Ed25519PrivateKey
):
    other = signed_again(credential(replace(award, code="22222222")), private_key, award)
    assert not verify(signed | {"proof": other["proof"]}, private_key.public_key())


@pytest.mark.parametrize(
    "value", ["//[", "http://[x", "@none", "\x00", "_:b0", "\ud800", 1, {}, []]
)
def test_no_malformed_leaf_is_verified_or_breaks_the_check(
    signed: Document, private_key: Ed25519PrivateKey, value: object
):
    for path, _ in leaves(signed):
        assert not verify(changed_at(signed, path, value), private_key.public_key()), path


def test_a_value_in_another_base_than_58_is_not_verified(
    signed: Document, private_key: Ed25519PrivateKey
):
    proof = signed["proof"][0]
    for value in ("u" + proof["proofValue"][1:], proof["proofValue"][1:]):
        changed = signed | {"proof": [proof | {"proofValue": value}]}
        assert not verify(changed, private_key.public_key())
