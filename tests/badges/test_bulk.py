"""Giving badges while others give them too."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.badges.made import MOMENT, ended
from voice_app import badges
from voice_app.badges import Office
from voice_app.badges.bulk import issue_one
from voice_app.badges.giving import drafted
from voice_app.models import Attempt, Badge
from voice_app.routes.deps import Service
from voice_app.scoring.badges.statement import opened


@pytest.fixture
def attempt(service: Service) -> Attempt:
    return ended(service.database, "66666666-6666-4666-8666-666666666666")


def meanwhile(service: Service, act) -> Office:
    """Give an office in which something happens while its first badge is being signed."""
    waiting = [act]

    def clock() -> datetime:
        if waiting:
            waiting.pop()()
        return MOMENT

    return replace(service.office, clock=clock)


def test_a_badge_that_another_gave_meanwhile_is_kept(service: Service, attempt: Attempt):
    def give() -> None:
        with service.database.writing.begin() as session:
            badges.issue(session, attempt, office=service.office)

    office = meanwhile(service, give)
    handled = issue_one(service.database, attempt.id, office=office)
    assert handled.done == "kept"
    with service.database.reading.begin() as session:
        assert [one.code for one in session.query(Badge)] == [handled.code]


def test_a_place_that_another_took_meanwhile_is_drawn_again(
    service: Service, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
):
    other = ended(service.database, "77777777-7777-4777-8777-777777777777")
    with service.database.writing.begin() as session:
        first = badges.issue(session, other, office=service.office)
    drafts = iter([(1, first.list_index), (1, 7)])

    def drawn(session, one, *, details) -> object:
        return replace(drafted(session, one, details=details), place=next(drafts))

    monkeypatch.setattr("voice_app.badges.bulk.drafted", drawn)
    handled = issue_one(service.database, attempt.id, office=service.office)
    assert handled.done == "done"
    with service.database.reading.begin() as session:
        assert session.get_one(Badge, handled.code).list_index == 7


@pytest.mark.parametrize("state", ["not_yet", "to_review"])
def test_what_is_not_passed_gets_none(service: Service, state: str):
    attempt = ended(service.database, "88888888-8888-4888-8888-888888888888", state)
    handled = issue_one(service.database, attempt.id, office=service.office)
    assert (handled.done, handled.code) == ("refused", None)


def test_a_badge_without_a_place_has_a_statement_too(service: Service, badge: Badge):
    badge.list_number = badge.list_index = None
    said = opened(badges.statement_address(badge, office=service.office), service.key.public_keys)
    assert said.index is None


def test_a_name_that_cannot_be_signed_is_refused_alone(service: Service, attempt: Attempt):
    refused = issue_one(
        service.database,
        attempt.id,
        office=service.office,
        details=badges.Details(holder_name="\ud800"),
    )
    assert (refused.done, refused.code) == ("refused", None)
    assert issue_one(service.database, attempt.id, office=service.office).done == "done"


def test_a_badge_from_before_is_given_again_with_its_holder(service: Service, badge: Badge):
    with service.database.writing.begin() as session:
        row = session.get_one(Badge, badge.code)
        row.holder_id = row.list_number = row.list_index = None
    with service.database.writing.begin() as session:
        new = badges.reissue(session, badge.code, author="Ana", office=service.office)
    assert new.holder_id == badge.holder_id
    assert new.list_index is not None
