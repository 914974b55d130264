"""How an attempt at scenarios ends: by rule at once, by people's marks when they are there."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.scenes.walks import BANK, NOW, Walk
from voice_app import marking, outcomes, oversight, scenes
from voice_app.attempts import Given, Listens, Take
from voice_app.db import Database
from voice_app.dialogues.scenes import DoStep, Over, WaitFor
from voice_app.models import Referral
from voice_app.oversight import Policy


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing.begin() as session:
        yield session


def test_pictures_alone_end_at_once(session: Session) -> None:
    walk = Walk(session, "MC2")
    walk.to_the_end()
    assert walk.ends() == [("passed", 16, 16, 0)]
    assert walk.badges == [walk.attempt.id]
    assert walk.waiting() == []


def test_pictures_alone_that_are_wrong_end_at_once_too(session: Session) -> None:
    walk = Walk(session, "MC2")
    walk.to_the_end(is_right=False)
    assert walk.ends() == [("not_yet", 0, 16, 0)]
    assert walk.badges == []


def test_a_center_may_want_a_person_to_sign_off_pictures(session: Session) -> None:
    policy = Policy(automatic=("MC3",))
    oversight.choose(session, None, policy=policy, author="account:1", at=NOW)
    walk = Walk(session, "MC2")
    walk.to_the_end()
    assert [end[0] for end in walk.ends()] == ["to_review"]
    assert session.scalars(select(Referral.why)).all() == ["sign-off"]
    oversight.rule(session, walk.attempt, verdict="signed", author="account:2", at=NOW)
    walk.settle()
    assert [end[0] for end in walk.ends()] == ["to_review", "passed"]
    assert walk.badges == [walk.attempt.id]


def test_what_is_spoken_waits_for_two_people(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end()
    assert walk.ends() == [("to_review", 16, 24, 1)]
    ask, restate = walk.spoken("ask"), walk.spoken("restate")
    assert sorted(walk.waiting()) == sorted([(ask, 1), (ask, 2), (restate, 1), (restate, 2)])
    assert walk.badges == []


def test_points_of_pictures_alone_are_no_pass_where_people_mark(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end()
    assert 16 * 100 >= 60 * 24
    assert walk.ends()[0][0] == "to_review"


def test_marks_settle_it_and_need_no_further_sign_off(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end()
    for author in ("account:1", "account:2"):
        walk.mark("ask", {"asks": 2}, author=author)
        walk.mark("restate", {"restates": 2}, author=author)
    walk.settle()
    assert walk.ends()[-1] == ("passed", 24, 24, 0)
    assert walk.badges == [walk.attempt.id]
    assert session.scalars(select(Referral)).all() == []


def test_no_pass_is_told_while_anybody_has_to_mark(session: Session) -> None:
    """20 of 24 pass whatever the last task gets, but its mark may bring others."""
    walk = Walk(session)
    walk.to_the_end()
    for author in ("account:1", "account:2"):
        walk.mark("ask", {"asks": 2}, author=author)
    walk.settle()
    assert [state for state, *_ in walk.ends()] == ["to_review"]
    assert walk.badges == []
    for author in ("account:1", "account:2"):
        walk.mark("restate", {"restates": 0}, author=author)
    walk.settle()
    assert walk.ends()[-1] == ("passed", 20, 24, 0)


def test_a_pass_stays_one_while_another_person_looks_again(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end()
    for author in ("account:1", "account:2"):
        walk.mark("ask", {"asks": 2}, author=author)
        walk.mark("restate", {"restates": 0}, author=author)
    walk.settle()
    marking.appeal(session, walk.attempt, at=NOW)
    walk.settle()
    assert {state for state, *_ in walk.ends()[1:]} == {"passed"}


def test_two_marks_near_each_other_count_as_their_mean(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end(is_right=False)
    walk.mark("ask", {"asks": 2}, author="account:1")
    walk.mark("ask", {"asks": 1}, author="account:2")
    for author in ("account:1", "account:2"):
        walk.mark("restate", {"restates": 0}, author=author)
    walk.settle()
    assert walk.ends()[-1] == ("not_yet", 3, 24, 0)


def test_settling_again_adds_nothing(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end()
    before, waits = walk.ends(), walk.waiting()
    walk.settle()
    assert (walk.ends(), walk.waiting()) == (before, waits)


def test_an_appeal_opens_again_what_it_may_raise_and_never_lowers(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end(is_right=False)
    for author in ("account:1", "account:2"):
        walk.mark("ask", {"asks": 1}, author=author)
        walk.mark("restate", {"restates": 2}, author=author)
    walk.settle()
    assert walk.ends()[-1] == ("not_yet", 6, 24, 0)
    marking.appeal(session, walk.attempt, at=NOW)
    standings = outcomes.standings_at_home(session, BANK, attempt=walk.attempt)
    assert [(one.points_x2, one.is_open) for one in standings if one.is_by_people] == [
        (2, True),
        (4, True),
    ]
    walk.mark("ask", {"asks": 0}, author="account:3")
    walk.mark("restate", {"restates": 0}, author="account:3")
    walk.settle()
    assert walk.ends()[-1] == ("not_yet", 6, 24, 0)


def test_a_take_at_the_end_is_waited_for_and_not_for_long(session: Session) -> None:
    walk = Walk(session)
    while isinstance(turn := walk._turn(), DoStep):
        if turn.step.id == walk.spoken("restate"):
            said = Given(uuid4(), turn.step.id, Listens(), NOW)
            take = Take("audio/wav", "0" * 64, 1, "take")
            scenes.speak(session, BANK, attempt=walk.attempt, given=said, take=take)
            session.flush()
        else:
            walk._answer(turn, is_right=True)
    assert turn == WaitFor(walk.spoken("restate"))
    walk.settle()
    assert walk.ends() == []
    late = NOW + scenes.PATIENCE + timedelta(seconds=1)
    assert scenes.turn(session, BANK, attempt=walk.attempt, now=late) == Over()
