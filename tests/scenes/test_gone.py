"""A scenario that the content has no more: what was answered is marked all the same."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.scenes.walks import NOW, Walk
from voice_app import attempts, begun, outcomes, scenes
from voice_app.db import Database
from voice_app.dialogues import gone
from voice_app.scoring import feedback


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing.begin() as session:
        yield session


def without(walk: Walk, *places: int) -> None:
    """Take scenarios of an attempt out of the content, by their places in it."""
    lost = {begun.drawn(walk.attempt)[place] for place in places}
    kept = {name: one for name, one in walk.bank.scenarios.items() if name not in lost}
    walk.bank = replace(walk.bank, scenarios=kept)


@pytest.mark.parametrize("places", [(0,), (1,), (0, 1)])
def test_what_is_spoken_is_marked_and_pictures_keep_their_points(
    session: Session, places: tuple[int, ...]
) -> None:
    walk = Walk(session)
    walk.to_the_end()
    assert walk.ends() == [("to_review", 16, 24, 1)]
    without(walk, *places)
    for author in ("account:1", "account:2"):
        walk.mark("ask", {"asks": 2}, author=author)
        walk.mark("restate", {"restates": 2}, author=author)
    walk.settle()
    assert walk.ends()[-1] == ("passed", 24, 24, 0)
    assert walk.badges == [walk.attempt.id]


def test_what_was_wrong_in_pictures_stays_wrong(session: Session) -> None:
    walk = Walk(session, "MC2")
    walk.to_the_end(is_right=False)
    before = walk.ends()
    without(walk, 0)
    walk.settle()
    assert walk.ends() == before


def test_a_criterion_that_is_gone_marks_on(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end()
    walk.bank = replace(walk.bank, rubric={})
    for author in ("account:1", "account:2"):
        walk.mark("ask", {"asks": 2}, author=author)
        walk.mark("restate", {"restates": 2}, author=author)
    walk.settle()
    assert walk.ends()[-1] == ("passed", 24, 24, 0)


def test_learning_outcomes_are_told_as_they_were_copied(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end()
    before = feedback.shown(outcomes.standings_at_home(session, walk.bank, attempt=walk.attempt))
    without(walk, 0, 1)
    assert before == feedback.shown(
        outcomes.standings_at_home(session, walk.bank, attempt=walk.attempt)
    )


def test_who_is_under_way_begins_anew_and_nothing_ends(session: Session) -> None:
    walk = Walk(session)
    without(walk, 1)
    for bank in (walk.bank, begun.whole(walk.bank, walk.attempt)):
        with pytest.raises(attempts.UnknownAttempt):
            scenes.turn(session, bank, attempt=walk.attempt, now=NOW)
    walk.settle()
    assert walk.ends() == []


def test_where_all_is_there_nothing_stands_in(session: Session) -> None:
    walk = Walk(session)
    assert gone.whole(walk.bank, walk.attempt.criteria) is walk.bank
