"""What two implementations that are not ours say of good badges and of bad ones."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.oracles.asking import Verifier
from tests.oracles.issuing import (
    DID,
    INDEX,
    KEY,
    LIST,
    MOMENT,
    RETIRED_KEY,
    STRANGER,
    House,
)
from voice_app.scoring.badges.credential import credential
from voice_app.scoring.badges.did import multibase
from voice_app.scoring.badges.signing import UndefinedTermError, verify
from voice_app.scoring.badges.status_list import StatusList

HOUSE = House()
GOOD = {"real": True, "set": []}


def said(verifier: Verifier, document: dict, known: dict) -> dict:
    found = verifier.judge(document, known)
    return {"real": found["real"], "set": found["set"]}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"place": None},
        {"holder_name": None},
        {"expires_at": None},
        {"place": None, "holder_name": None, "expires_at": None},
    ],
)
def test_a_good_badge_is_good(verifier: Verifier, changes: dict):
    assert said(verifier, HOUSE.badge(**changes), HOUSE.known()) == GOOD


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_a_withdrawn_badge_has_its_bit_set(verifier: Verifier, purpose: str):
    house = House(withdrawn={purpose: (INDEX,)})
    assert said(verifier, house.badge(), house.known()) == {"real": True, "set": [purpose]}


def test_a_badge_can_be_paused_and_cancelled(verifier: Verifier):
    house = House(withdrawn={"revocation": (INDEX,), "suspension": (INDEX,)})
    found = verifier.judge(house.badge(), house.known())
    assert found["set"] == ["revocation", "suspension"]


def test_a_neighbor_that_is_withdrawn_takes_nothing_away(verifier: Verifier):
    house = House(withdrawn={"revocation": (INDEX - 1, INDEX + 1)})
    assert said(verifier, house.badge(), house.known()) == GOOD


def test_a_badge_of_a_retired_key_stays_good(verifier: Verifier):
    badge = HOUSE.badge(key=RETIRED_KEY)
    assert said(verifier, badge, HOUSE.known()) == GOOD
    assert verify(badge, RETIRED_KEY.public_key())


def test_an_expired_badge_is_refused(verifier: Verifier):
    badge = HOUSE.badge(expires_at=MOMENT + timedelta(days=1))
    found = verifier.judge(badge, HOUSE.known())
    assert not found["real"]
    assert "validUntil" in found["why"]


def test_a_badge_of_tomorrow_is_refused(verifier: Verifier):
    badge = HOUSE.badge(issued_at=MOMENT + timedelta(days=365 * 40))
    assert not verifier.judge(badge, HOUSE.known())["real"]


@pytest.mark.parametrize("place", ["", "credentialSubject", "issuer"])
def test_a_term_that_no_context_defines_is_refused_by_all(verifier: Verifier, place: str):
    # JSON-LD drops the term, so that the signature of the document without it fits.
    badge = copy.deepcopy(HOUSE.badge())
    (badge[place] if place else badge)["points"] = "87"
    assert not verifier.judge(badge, HOUSE.known())["real"]
    assert not verify(badge, KEY.public_key())
    with pytest.raises(UndefinedTermError):
        HOUSE.signed(badge)


def test_a_signature_by_another_key_is_refused(verifier: Verifier):
    forged = House(keys=(STRANGER,)).badge()
    named = forged["proof"][0] | {"verificationMethod": HOUSE.method(KEY)}
    for proof in (forged["proof"][0], named):
        badge = forged | {"proof": [proof]}
        assert not verifier.judge(badge, HOUSE.known())["real"]
        assert not verify(badge, KEY.public_key())


def test_a_key_of_somebody_else_cannot_sign_in_our_name(verifier: Verifier):
    stranger = House(did="did:web:stranger.example", keys=(STRANGER,))
    badge = stranger.signed(credential(HOUSE.award()))
    assert not verifier.judge(badge, HOUSE.known() | stranger.known())["real"]


def test_without_the_issuers_keys_nothing_is_real(verifier: Verifier):
    known = {name: one for name, one in HOUSE.known().items() if name != DID}
    assert not verifier.judge(HOUSE.badge(), known)["real"]


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_without_its_lists_nothing_is_known_of_a_badge(verifier: Verifier, purpose: str):
    known = {name: one for name, one in HOUSE.known().items() if not name.endswith(purpose)}
    assert not verifier.judge(HOUSE.badge(), known)["real"]


def test_a_list_that_was_changed_is_refused(verifier: Verifier):
    withdrawn = House(withdrawn={"revocation": (INDEX,)})
    listed = copy.deepcopy(withdrawn.listed("revocation"))
    listed["credentialSubject"]["encodedList"] = StatusList().encoded()
    known = withdrawn.known() | {f"{LIST}/revocation": listed}
    assert not verifier.judge(withdrawn.badge(), known)["real"]


def test_a_list_signed_by_a_stranger_is_refused(verifier: Verifier):
    stranger = House(did="did:web:stranger.example", keys=(STRANGER,))
    known = HOUSE.known() | stranger.known() | {f"{LIST}/suspension": HOUSE.listed("suspension")}
    assert not verifier.judge(HOUSE.badge(), known)["real"]


def test_one_list_cannot_stand_for_the_other(verifier: Verifier):
    known = HOUSE.known() | {f"{LIST}/revocation": HOUSE.listed("suspension")}
    assert not verifier.judge(HOUSE.badge(), known)["real"]


def test_a_badge_cannot_lose_its_status(verifier: Verifier):
    badge = {name: one for name, one in HOUSE.badge().items() if name != "credentialStatus"}
    assert not verifier.judge(badge, HOUSE.known())["real"]


def test_a_proof_cannot_be_taken_to_another_badge(verifier: Verifier):
    other = HOUSE.badge(code="22222222")
    assert not verifier.judge(other | {"proof": HOUSE.badge()["proof"]}, HOUSE.known())["real"]


def test_an_issuer_that_is_a_key_needs_no_document(verifier: Verifier):
    house = replace(HOUSE, did=f"did:key:{multibase(KEY.public_key())}", keys=(KEY,))
    assert DID not in house.known()
    assert said(verifier, house.badge(), house.known()) == GOOD


@pytest.mark.parametrize(
    ("change", "believers"),
    [
        (lambda badge: dict(reversed(badge.items())), "we, digital_bazaar, openbadgeslib"),
        (lambda badge: badge | {"type": badge["type"][::-1]}, "we, digital_bazaar, openbadgeslib"),
        (lambda badge: badge | {"name": [badge["name"]]}, "we, digital_bazaar, openbadgeslib"),
        (lambda badge: badge | {"proof": badge["proof"][0]}, "digital_bazaar, openbadgeslib"),
        (lambda badge: badge | {"name": {"@value": badge["name"]}}, "digital_bazaar"),
        (lambda badge: badge | {"proof": badge["proof"] * 2}, "digital_bazaar"),
    ],
)
def test_the_same_in_another_spelling(
    digital_bazaar: Verifier, openbadgeslib: Verifier, *, change: Callable, believers: str
):
    badge = change(HOUSE.badge())
    found = ["we"] if verify(badge, KEY.public_key()) else []
    for name, verifier in {
        "digital_bazaar": digital_bazaar,
        "openbadgeslib": openbadgeslib,
    }.items():
        found += [name] if verifier.judge(badge, HOUSE.known())["real"] else []
    assert ", ".join(found) == believers


def test_a_key_that_asserts_nothing_is_refused_by_those_who_look(digital_bazaar: Verifier):
    mute = HOUSE.known()[DID] | {"assertionMethod": []}
    assert not digital_bazaar.judge(HOUSE.badge(), HOUSE.known() | {DID: mute})["real"]
