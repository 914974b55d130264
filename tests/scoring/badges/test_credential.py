import json
import re
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone

import pytest

from voice_app.scoring.badges.credential import (
    CONTEXTS,
    Award,
    Definition,
    Document,
    achievement,
    credential,
)
from voice_app.scoring.badges.wording import wording_for

SECRETS = re.compile(
    r"\b(score|points?|level|niveau|nivel|puntos|puntuación|percent|appropriation|exploration|"
    r"discovery|appropriación|descubrimiento|exploración|découverte|achievedLevel)\b",
    re.IGNORECASE,
)
MANY = ("proof", "credentialSchema", "type", "evidence", "alignment", "result", "resultDescription")


def in_language(award: Award, language: str):
    return replace(award, definition=replace(award.definition, employer_language=language))


def members(value: object):
    if isinstance(value, list):
        for one in value:
            yield from members(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key, one
            yield from members(one)


def test_the_three_contexts_stand_in_their_order(signed: Document):
    assert signed["@context"] == list(CONTEXTS)


def test_it_is_an_open_badge_about_somebody_who_is_not_named(award: Award):
    document = credential(award)
    subject = document["credentialSubject"]
    assert document["id"] == "https://badges.example/b/7Q4K2M9X"
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert subject["id"].startswith("urn:uuid:")
    assert "identifier" not in subject


def test_parts_that_may_come_many_times_are_arrays(signed: Document):
    found = [(key, value) for key, value in members(signed) if key in MANY]
    kinds = {key for key, value in found if isinstance(value, list)}
    singles = {key for key, value in found if not isinstance(value, list)}
    assert kinds == set(MANY)
    # The types of the schema entry and of the proof are single words in the standard, and a
    # result names its description by address.
    assert singles == {"type", "resultDescription"}


def test_every_object_that_needs_one_has_an_address_and_a_type(award: Award):
    document = credential(award)
    achievement = document["credentialSubject"]["achievement"]
    for part in (document, document["issuer"], document["credentialSubject"], achievement):
        assert part["id"]
        assert part["type"]
    assert achievement["achievementType"] == "MicroCredential"
    for field in ("name", "description", "criteria"):
        assert achievement[field]


def test_the_outcome_is_completed_and_nothing_more(award: Award):
    subject = credential(award)["credentialSubject"]
    described = subject["achievement"]["resultDescription"]
    assert [one["resultType"] for one in described] == ["Status"]
    (result,) = subject["result"]
    assert set(result) == {"type", "resultDescription", "status", "alignment"}
    assert result["resultDescription"] == described[0]["id"]
    assert result["status"] == "Completed"


def test_an_award_has_no_place_for_what_is_private():
    names = " ".join(field.name for kind in (Award, Definition) for field in fields(kind))
    assert not SECRETS.search(names.replace("_", " "))


@pytest.mark.parametrize("language", ["fr", "es", "en", "ko"])
def test_nothing_private_is_said_in_any_language(award: Award, language: str):
    document = credential(in_language(award, language))
    assert not SECRETS.search(json.dumps(document, ensure_ascii=False))


def test_forbidden_terms_of_the_newer_context_never_appear(signed: Document):
    assert not {key for key, _ in members(signed)} & {"endorsementJwt", "jti"}


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_it_is_written_for_an_employer_of_that_language(award: Award, language: str):
    achievement = credential(in_language(award, language))["credentialSubject"]["achievement"]
    assert achievement["inLanguage"] == language
    assert "60 %" in achievement["criteria"]["narrative"]


def test_a_language_without_wording_is_written_in_english():
    assert wording_for("ko").language == "en"


def test_moments_are_written_in_utc(award: Award):
    later = datetime(2026, 11, 21, 11, 30, tzinfo=timezone(timedelta(hours=1)))
    document = credential(replace(award, issued_at=later))
    assert document["validFrom"] == document["awardedDate"] == "2026-11-21T10:30:00Z"


def test_an_issuer_without_an_address_for_mail_has_none(award: Award):
    quiet = replace(award, issuer=replace(award.issuer, email=None))
    assert "email" not in credential(quiet)["issuer"]


def test_the_achievement_is_the_same_alone_and_in_a_badge(award: Award):
    subject = credential(award)["credentialSubject"]
    assert subject["achievement"] == achievement(award.definition)


def test_a_language_we_have_no_name_for_goes_by_its_own(award: Award):
    korean = replace(award.definition, employer_language="ko", own_name="한국어")
    assert achievement(korean)["name"].endswith("(한국어)")
    assert "한국어" in achievement(korean)["criteria"]["narrative"]
