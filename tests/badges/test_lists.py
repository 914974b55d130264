import json

import pytest

from tests.badges.made import given
from voice_app import badges
from voice_app.badges import StatusLists, UnknownListError
from voice_app.models import Badge
from voice_app.routes.deps import Service
from voice_app.scoring.badges.signing import verify
from voice_app.scoring.badges.status_list import StatusList, decoded


def published(service: Service, lists: StatusLists, *, purpose: str) -> dict:
    with service.database.reading.begin() as session:
        return json.loads(lists.published(session, 1, purpose=purpose))


def bits(document: dict) -> StatusList:
    return decoded(document["credentialSubject"]["encodedList"])


def test_a_list_is_signed_and_names_itself(service: Service, badge: Badge):
    document = published(service, StatusLists(service.office), purpose="revocation")
    assert document["id"] == f"{service.origin}/status/1/revocation"
    assert verify(document, service.office.key.public_keys[service.office.key.id])
    assert not bits(document).is_set(badge.list_index)


def test_a_badge_says_where_its_status_stands(service: Service, badge: Badge):
    status = json.loads(badge.credential)["credentialStatus"]
    assert status["statusPurpose"] == "revocation"
    assert status["statusListCredential"] == f"{service.origin}/status/1/revocation"
    assert status["statusListIndex"] == str(badge.list_index)


def test_a_pause_and_a_cancellation_show_in_their_lists(service: Service, badge: Badge):
    lists = StatusLists(service.office)
    other = given(service, "22222222-2222-4222-8222-222222222222")
    for act, expected in (
        ("suspended", (True, True)),
        ("resumed", (False, False)),
        ("suspended", (True, True)),
        ("revoked", (True, False)),
    ):
        with service.database.writing.begin() as session:
            if act == "resumed":
                badges.resume(session, badge.code, author="Ana", office=service.office)
            else:
                badges.withdraw(
                    session,
                    badge.code,
                    kind=act,
                    reason="mistake",
                    author="Ana",
                    office=service.office,
                )
        found = [
            bits(published(service, lists, purpose=one)) for one in ("revocation", "suspension")
        ]
        assert tuple(one.is_set(badge.list_index) for one in found) == expected
        assert not any(one.is_set(other.list_index) for one in found)


def test_a_list_is_kept_until_an_event_changes_it(service: Service):
    lists = StatusLists(service.office)
    with service.database.reading.begin() as session:
        first = lists.published(session, 1, purpose="revocation")
        assert lists.published(session, 1, purpose="revocation") is first


@pytest.mark.parametrize("number", [0, 2, 10**12])
def test_a_list_that_is_not_there_is_an_error(service: Service, number: int):
    with service.database.reading.begin() as session, pytest.raises(UnknownListError):
        StatusLists(service.office).published(session, number, purpose="revocation")
