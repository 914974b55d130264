"""Every badge that the content defines, and any name of a holder, for the verifiers not ours."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.badges.awards import FULL_AWARD, WHOLE, defined
from tests.oracles.asking import Verifier
from tests.oracles.issuing import KEY, MOMENT, House
from voice_app.scoring.badges.award import StatusPlace
from voice_app.scoring.badges.signing import verify

HOUSE = House()
KNOWN = HOUSE.known()
PLACE = HOUSE.award().place


def badge(award: Any, **changes: Any) -> dict:
    """Give an award as the house would: signed now, with a place in its lists."""
    dated = replace(award, issuer=HOUSE.issuer, issued_at=MOMENT, expires_at=None, place=PLACE)
    return HOUSE.badge(**(vars(dated) | changes))


@pytest.mark.parametrize("language", ["fr", "es", "en"])
@pytest.mark.parametrize("competence", ["MC1", "MC2", "MC3", "MC4", "FULL"])
def test_every_definition_makes_a_good_badge(verifier: Verifier, competence: str, language: str):
    award = FULL_AWARD if competence == "FULL" else WHOLE
    document = badge(award, definition=defined(competence, language))
    found = verifier.judge(document, KNOWN)
    assert found["real"], found["why"]
    assert verify(document, KEY.public_key())


@pytest.mark.parametrize("purposes", [("revocation",), ("suspension",)])
def test_one_status_needs_no_list_around_it(verifier: Verifier, purposes: tuple[str, ...]):
    place = StatusPlace(PLACE.list_address, PLACE.index, purposes=purposes)
    document = badge(WHOLE, place=place)
    assert isinstance(document["credentialStatus"], dict)
    assert verifier.is_good(document, KNOWN)
    withdrawn = House(withdrawn=dict.fromkeys(purposes, (PLACE.index,))).known()
    assert verifier.judge(document, withdrawn)["set"] == list(purposes)


@settings(max_examples=40, deadline=None)
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_a_name_of_any_script_is_signed_alike(
    digital_bazaar: Verifier, openbadgeslib: Verifier, name: str
):
    if not name.startswith("@"):
        document = HOUSE.badge(holder_name=name)
        assert verify(document, KEY.public_key())
        for verifier in (digital_bazaar, openbadgeslib):
            found = verifier.judge(document, KNOWN)
            assert found["real"], found["why"]
