import pytest
from sqlalchemy import select

from tests.marking.desk import CENTER, COORDINATOR, OWNER, Desk
from tests.marking.test_training import content
from voice_app.access.signins import digest
from voice_app.marking import applying, becoming, conflicts, controls, licensing
from voice_app.marking.licensing import LicenseError
from voice_app.models import Account, Candidate, Invitation, License, Outcome

EMAIL = "dora@example.org"


@pytest.fixture
def holder(desk: Desk) -> Candidate:
    """A candidate of the center who holds the top level in MC1."""
    row = Candidate(
        id="p1", center_id=CENTER, help_language="es", owner_hash=OWNER, made_at=desk.now
    )
    desk.session.add(row)
    ended(desk, points=7)
    return row


def ended(desk: Desk, *, points: int) -> None:
    desk.begun("done")
    row = Outcome(
        attempt_id="done", state="passed", points=points, maximum=8, reviews=0, decided_at=desk.now
    )
    desk.session.add(row)
    desk.session.flush()


def invited(desk: Desk, holder: Candidate) -> Invitation:
    given = {"email": EMAIL, "by": COORDINATOR, "now": desk.now}
    secret = becoming.invite(desk.session, holder, **given)
    return desk.session.get_one(Invitation, digest(secret))


def arrived(desk: Desk, row: Invitation) -> Account:
    desk.hire("dora")
    account = desk.session.get_one(Account, "dora")
    becoming.arrive(desk.session, row, account, content=content(desk), at=desk.now)
    return account


@pytest.mark.usefixtures("holder")
def test_who_holds_the_top_level_is_offered_it_until_they_ask(desk: Desk) -> None:
    assert becoming.offers(desk.session, OWNER) == {"MC1": "open"}
    applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    assert becoming.offers(desk.session, OWNER) == {"MC1": "asked"}


def test_without_the_top_level_or_a_center_nothing_is_offered(desk: Desk) -> None:
    ended(desk, points=7)
    assert becoming.offers(desk.session, OWNER) == {}
    desk.session.add(
        Candidate(id="p2", center_id=CENTER, help_language="es", owner_hash="b", made_at=desk.now)
    )
    desk.session.flush()
    assert becoming.offers(desk.session, "b") == {}


def test_only_who_asked_is_invited(desk: Desk, holder: Candidate) -> None:
    with pytest.raises(LicenseError):
        invited(desk, holder)
    applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    row = invited(desk, holder)
    assert (row.role, row.center_id, row.email, row.candidate_id) == (
        "assessor",
        CENTER,
        EMAIL,
        "p1",
    )


def test_whoever_comes_by_the_link_begins_the_exercise_and_never_marks_themselves(
    desk: Desk, holder: Candidate
) -> None:
    applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    arrived(desk, invited(desk, holder))
    assert desk.state("dora") == licensing.EXERCISE
    assert len(controls.in_use(desk.session, None)) == 9
    assert list(applying.applicants(desk.session, CENTER)) == []
    assert becoming.offers(desk.session, OWNER) == {}
    kept = conflicts.between(desk.session, "dora", owner_hash=OWNER)
    assert kept is not None
    assert kept.kind == "own"
    theirs = desk.session.scalars(select(License).where(License.candidate_id == "p1"))
    assert [one.state for one in theirs] == [licensing.APPLIED, licensing.EXERCISE]


def test_a_second_link_makes_no_way_around_the_conflict(desk: Desk, holder: Candidate) -> None:
    applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    first, second = invited(desk, holder), invited(desk, holder)
    arrived(desk, first)
    desk.hire("twin")
    twin = desk.session.get_one(Account, "twin")
    given = {"content": content(desk), "at": desk.now}
    assert becoming.arrive(desk.session, second, twin, **given) == 0
    assert desk.state("twin") is None
    assert conflicts.between(desk.session, "twin", owner_hash=OWNER) is not None


def test_an_ordinary_invitation_begins_nothing(desk: Desk) -> None:
    row = Invitation(center_id=CENTER, role="assessor", made_by=COORDINATOR)
    desk.hire("dora")
    account = desk.session.get_one(Account, "dora")
    given = {"content": content(desk), "at": desk.now}
    assert becoming.arrive(desk.session, row, account, **given) == 0
    assert desk.state("dora") is None


def test_a_wish_that_was_declined_is_not_offered_again(desk: Desk, holder: Candidate) -> None:
    applying.apply(desk.session, OWNER, "MC1", at=desk.now)
    becoming.decline(desk.session, "p1", "MC1", author=COORDINATOR, at=desk.now)
    assert becoming.offers(desk.session, OWNER) == {}
    assert list(applying.applicants(desk.session, CENTER)) == []
    with pytest.raises(LicenseError):
        becoming.decline(desk.session, "p1", "MC1", author=COORDINATOR, at=desk.now)
    with pytest.raises(LicenseError):
        invited(desk, holder)
