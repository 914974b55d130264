import json

import pytest
from sqlalchemy import func, select

from tests.badges.made import given
from voice_app import badges
from voice_app.badges.giving import free_code, free_place
from voice_app.models import Attempt, Badge
from voice_app.routes.deps import Service


def test_a_badge_is_given_once_for_an_attempt(service: Service, badge: Badge):
    with service.database.writing.begin() as session:
        service.award(session, session.get_one(Attempt, badge.attempt_id))
        assert session.scalar(select(func.count()).select_from(Badge)) == 1
        assert session.get_one(Badge, badge.code).credential == badge.credential


def test_the_document_is_kept_as_it_was_signed(service: Service, badge: Badge):
    assert badges.is_real(badge, keys=service.key.public_keys, origin=service.origin)
    assert json.loads(badge.credential)["id"] == f"{service.origin}/b/{badge.code}"


def test_the_document_does_not_say_who_or_which_attempt(badge: Badge):
    assert badge.attempt_id not in badge.credential


def test_two_badges_of_one_kind_differ_in_holder_and_code(service: Service, badge: Badge):
    other = given(service, "22222222-2222-4222-8222-222222222222")
    holders = {json.loads(one.credential)["credentialSubject"]["id"] for one in (badge, other)}
    assert len(holders) == len({badge.code, other.code}) == 2


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_every_employer_language_has_its_badge(service: Service, language: str):
    badge = given(service, "33333333-3333-4333-8333-333333333333", employer_language=language)
    achievement = json.loads(badge.credential)["credentialSubject"]["achievement"]
    assert achievement["inLanguage"] == language


def test_a_changed_document_is_not_real(service: Service, badge: Badge):
    badge.credential = badge.credential.replace("Completed", "InProgress")
    assert not badges.is_real(badge, keys=service.key.public_keys, origin=service.origin)


def test_a_document_under_another_code_is_not_real(service: Service, badge: Badge):
    badge.code = "22222222"
    assert not badges.is_real(badge, keys=service.key.public_keys, origin=service.origin)


def test_a_document_of_a_key_that_is_not_ours_is_not_real(service: Service, badge: Badge):
    assert not badges.is_real(badge, keys={}, origin=service.origin)


@pytest.mark.parametrize("typed", ["7Q4K2M9X", "7q4k-2m9x", "7Q4K 2M9X"])
def test_a_code_is_read_however_it_is_typed(typed: str):
    assert badges.plain_code(typed) == "7Q4K2M9X"
    assert badges.shown_code("7Q4K2M9X") == "7Q4K-2M9X"


def test_a_code_has_no_characters_that_look_alike():
    drawn = "".join(badges.new_code() for _ in range(200))
    assert not set(drawn) & set("0O1IL")
    assert len(badges.new_code()) == 8


def test_a_code_that_is_taken_is_drawn_again(service: Service, badge: Badge):
    drawn = iter([badge.code, "22222222"])
    with service.database.reading.begin() as session:
        assert free_code(session, lambda: next(drawn)) == "22222222"


def test_a_place_that_is_taken_is_drawn_again(service: Service, badge: Badge):
    drawn = iter([badge.list_index, 7])
    with service.database.reading.begin() as session:
        assert free_place(session, lambda _below: next(drawn)) == (1, 7)
