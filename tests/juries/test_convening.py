"""Who may sit over what, and which links open a seat."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.juries.house import CENTER, CHIEF, NOON, OWNER, House
from voice_app import audit, juries
from voice_app.juries import ClosedSeat, JuryError, Seated, Told
from voice_app.marking import conflicts, opening
from voice_app.models import AuditEntry, JuryLink, Mark, Outcome, Unmarked
from voice_app.people import candidates


def finished(house: House, state: str = "to_review"):
    """An attempt that was answered with nobody in the room."""
    jury = house.in_one_room()
    juries.dissolve(house.session, jury, author=CHIEF, at=NOON)
    row = Outcome(
        attempt_id=jury.attempt_id, state=state, points=8, maximum=24, reviews=2, decided_at=NOON
    )
    house.session.add(row)
    house.session.flush()
    return house.attempt(jury)


def test_a_kit_has_an_attempt_of_its_own_with_its_criteria(house: House) -> None:
    jury = house.in_one_room()
    attempt = house.attempt(jury)
    assert attempt.owner_hash == OWNER
    assert attempt.criteria["center"] == CENTER
    assert set(attempt.criteria["rubric"]) == {"asks", "restates"}
    assert [one.role for one in juries.seats_of(house.session, jury)] == list(juries.ROLES)
    assert not jury.is_recorded


@pytest.mark.parametrize(
    "wrong",
    [
        Seated("peer", "nobody"),
        Seated("peer", name="   "),
        Seated("peer", "trainer"),
        Seated("employer", "peer"),
    ],
)
def test_three_different_people_of_three_roles_sit(house: House, wrong: Seated) -> None:
    with pytest.raises(JuryError):
        house.in_one_room(peer=wrong)


@pytest.mark.parametrize("kind", ["own", "trainee", "relative", "enrolled", "known"])
def test_nobody_sits_over_somebody_close(house: House, kind: str) -> None:
    conflicts.note(house.session, "trainer", owner_hash=OWNER, kind=kind, author=CHIEF, at=NOON)
    with pytest.raises(JuryError, match="too close"):
        house.in_one_room()


def test_who_became_close_later_marks_no_more(house: House) -> None:
    jury = house.in_one_room()
    conflicts.note(
        house.session, "trainer", owner_hash=OWNER, kind="relative", author=CHIEF, at=NOON
    )
    merged = house.merge(jury, Told(house.answers(jury), house.marks(jury, (2, 2), (2, 2), (2, 2))))
    assert len(merged.conflicts) == 2
    trainer = house.seat(jury, "trainer")
    assert f"seat:{trainer.id}" not in {one.author for one in house.rows(Mark)}
    assert house.outcome(jury).reviews > 0


def test_nobody_sits_over_whom_they_enrolled(house: House) -> None:
    audit.record(
        house.session,
        actor="account:trainer",
        action="enroll",
        subject="candidate:candidate",
        center=CENTER,
        at=NOON,
    )
    with pytest.raises(JuryError, match="too close"):
        house.in_one_room()


def test_who_marked_an_attempt_does_not_sit_over_it_too(house: House) -> None:
    attempt = finished(house)
    step = next(iter(attempt.criteria["rubric"].values()))["steps"][0]
    house.session.add(
        Mark(
            attempt_id=attempt.id,
            item=step,
            why="rubric",
            turn=1,
            author="account:trainer",
            levels={"asks": 1},
            comment={},
            is_counted=True,
            listened_seconds=1.0,
            began_at=NOON,
            at=NOON,
        )
    )
    with pytest.raises(JuryError, match="as an assessor"):
        house.at_a_distance(attempt)
    other = Seated("trainer", "other")
    assert house.at_a_distance(attempt, trainer=other).attempt_id == attempt.id


def test_what_a_jury_sees_in_one_room_is_not_gone_on_with_elsewhere(house: House) -> None:
    jury = house.in_one_room()
    assert candidates.open_attempt(house.session, OWNER) is None
    juries.dissolve(house.session, jury, author=CHIEF, at=NOON)
    assert candidates.open_attempt(house.session, OWNER) == house.attempt(jury)


def test_a_jury_at_a_distance_takes_the_place_of_single_marks(house: House) -> None:
    attempt = finished(house)
    step = next(iter(attempt.criteria["rubric"].values()))["steps"][0]
    opening.ask(house.session, attempt, item=step, why="rubric", at=NOON)
    opening.ask(house.session, attempt, item=step, why="appeal", at=NOON)
    jury = house.at_a_distance(attempt)
    assert jury.is_recorded
    assert [one.why for one in house.rows(Unmarked)] == ["appeal"]
    with pytest.raises(JuryError, match="already"):
        house.at_a_distance(attempt)


def test_nothing_is_convened_over_what_is_not_finished_or_has_passed(house: House) -> None:
    jury = house.in_one_room()
    juries.dissolve(house.session, jury, author=CHIEF, at=NOON)
    with pytest.raises(JuryError, match="not finished"):
        house.at_a_distance(house.attempt(jury))
    with pytest.raises(JuryError, match="has passed"):
        house.at_a_distance(finished(house, "passed"))


def test_a_link_opens_its_seat_once(house: House) -> None:
    jury = house.in_one_room()
    seat = house.seat(jury, "employer")
    secret = juries.link_for(house.session, seat, by=CHIEF, at=NOON)
    key = juries.open_link(house.session, secret, at=NOON)
    assert juries.seat_of(house.session, key, at=NOON).id == seat.id
    assert {key, secret}.isdisjoint({one.key_hash for one in house.rows(JuryLink)})
    with pytest.raises(ClosedSeat):
        juries.open_link(house.session, secret, at=NOON)
    with pytest.raises(ClosedSeat):
        juries.seat_of(house.session, secret, at=NOON)
    actions = house.session.scalars(select(AuditEntry.action)).all()
    assert {"jury.convened", "jury.link-made", "jury.link-opened"} <= set(actions)


def test_a_link_ends_by_itself_and_by_a_newer_one(house: House) -> None:
    seat = house.seat(house.in_one_room(), "employer")
    old = juries.link_for(house.session, seat, by=CHIEF, at=NOON)
    late = NOON + juries.LASTS
    with pytest.raises(ClosedSeat, match="too old"):
        juries.open_link(house.session, old, at=late)
    new = juries.link_for(house.session, seat, by=CHIEF, at=NOON + timedelta(minutes=1))
    with pytest.raises(ClosedSeat, match="newer"):
        juries.open_link(house.session, old, at=NOON + timedelta(minutes=2))
    key = juries.open_link(house.session, new, at=NOON + timedelta(minutes=2))
    with pytest.raises(ClosedSeat):
        juries.seat_of(house.session, key, at=late + timedelta(minutes=1))


def test_the_seats_of_a_jury_that_was_sent_home_are_closed(house: House) -> None:
    jury = house.in_one_room()
    seat = house.seat(jury, "peer")
    key = juries.key_for(house.session, seat, by="account:peer", at=NOON)
    assert juries.seat_of(house.session, key, at=NOON).id == seat.id
    juries.dissolve(house.session, jury, author=CHIEF, at=NOON)
    with pytest.raises(ClosedSeat):
        juries.seat_of(house.session, key, at=NOON)
    assert not juries.standing(house.session, jury)
