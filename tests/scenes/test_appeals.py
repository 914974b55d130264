"""A candidate does not agree: other people look again, nothing is lost, and it is answered."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.marking.fresh import fresh
from tests.scenes.walks import NOW, Walk
from voice_app import appeals, news, outcomes, oversight
from voice_app.db import Database
from voice_app.models import AuditEntry, News, Outcome, Referral, Ruling, Unmarked
from voice_app.oversight import ContestedBefore

LATER = NOW + timedelta(hours=1)
LEVELS = st.tuples(st.sampled_from((0, 1, 2)), st.sampled_from((0, 2)))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing.begin() as session:
        yield session


def test_other_people_s_marks_turn_an_outcome_and_it_is_answered(session: Session) -> None:
    walk = marked(session, asks=1, restates=0, is_right=True, percent=80)
    assert walk.ends()[-1] == ("not_yet", 18, 24, 0)
    assert appeals.state(session, walk.attempt) == "can"
    make(walk)
    assert appeals.state(session, walk.attempt) == "open"
    assert walk.ends()[-1][0] == "to_review"
    walk.mark("ask", {"asks": 2}, author="account:3")
    walk.mark("restate", {"restates": 2}, author="account:3")
    walk.settle()
    assert walk.ends()[-1] == ("passed", 24, 24, 0)
    assert walk.badges == [walk.attempt.id]
    assert appeals.state(session, walk.attempt) == "raised"
    ruling = session.scalars(select(Ruling)).one()
    assert (ruling.verdict, ruling.author) == ("raised", "account:3")
    assert [one.key for one in news.unheard(session, walk.attempt.owner_hash)] == [news.APPEAL]


def test_who_hears_less_takes_nothing_and_the_candidate_is_told_all_the_same(
    session: Session,
) -> None:
    walk = marked(session, asks=1, restates=2)
    before = walk.ends()[-1]
    make(walk)
    walk.mark("ask", {"asks": 0}, author="account:3")
    walk.mark("restate", {"restates": 0}, author="account:3")
    walk.settle()
    assert walk.ends()[-1] == before
    assert appeals.state(session, walk.attempt) == "kept"
    assert session.scalars(select(News.key)).all()[-1] == news.APPEAL


def test_there_is_one_appeal_an_attempt_and_none_before_all_is_told(session: Session) -> None:
    walk = Walk(session)
    walk.to_the_end(is_right=False)
    with pytest.raises(appeals.NothingToAppeal):
        make(walk)
    walk = marked(session, asks=1, restates=2)
    make(walk)
    with pytest.raises(appeals.AppealedBefore):
        make(walk)
    assert len(session.scalars(select(Referral)).all()) == 1


def test_what_has_every_point_has_nothing_to_appeal(session: Session) -> None:
    walk = marked(session, asks=2, restates=2, is_right=True)
    assert appeals.state(session, walk.attempt) == "none"


def test_one_answer_is_heard_again_alone(session: Session) -> None:
    walk = marked(session, asks=1, restates=2)
    step = walk.spoken("ask")
    appeals.contest(session, walk.attempt, step=step, at=LATER)
    appeals.contest(session, walk.attempt, step=step, at=LATER)
    walk.settle()
    assert walk.waiting() == [(step, 1)]
    walk.mark("ask", {"asks": 2}, author="account:3")
    walk.settle()
    assert appeals.raised_steps(session, walk.attempt) == {step}
    ruling = session.scalars(select(Ruling)).one()
    assert (ruling.item, ruling.verdict) == (step, "raised")
    with pytest.raises(ContestedBefore):
        appeals.contest(session, walk.attempt, step=step, at=LATER)


def test_a_coordinator_gives_more_for_pictures_and_never_less(session: Session) -> None:
    walk = Walk(session, "MC2")
    walk.to_the_end(is_right=False)
    make(walk)
    assert [one.attempt_id for one in appeals.waiting(session, None)] == [walk.attempt.id]
    assert oversight.everything(session, center=None) == []
    begun = select(AuditEntry.actor).where(AuditEntry.action == "referral.appeal")
    assert session.scalars(begun).one().startswith("owner:")
    assert session.scalars(select(Unmarked)).all() == []
    rules = appeals.by_rule(session, walk.attempt, bank=walk.bank)
    best = {step: walk.attempt.criteria["steps"][step] for step in rules}
    with pytest.raises(appeals.AppealError):
        decide(walk, dict.fromkeys(rules, -1))
    with pytest.raises(appeals.AppealError):
        decide(walk, {step: points + 1 for step, points in best.items()})
    with pytest.raises(appeals.AppealError):
        decide(walk, best, reason="because")
    decide(walk, best)
    walk.settle()
    assert walk.ends()[-1] == ("passed", 16, 16, 0)
    assert walk.badges == [walk.attempt.id]
    assert appeals.state(session, walk.attempt) == "raised"
    with pytest.raises(appeals.AppealError):
        decide(walk, best)


def test_a_coordinator_may_leave_it_as_the_rules_say(session: Session) -> None:
    walk = Walk(session, "MC2")
    walk.to_the_end(is_right=False)
    make(walk)
    decide(walk, {}, reason="as-the-rules-say")
    walk.settle()
    assert appeals.state(session, walk.attempt) == "kept"
    assert walk.ends()[-1][0] == "not_yet"
    assert session.scalar(select(Ruling.reason)) == "as-the-rules-say"


def test_who_waited_for_people_has_news_once_and_nobody_else(session: Session) -> None:
    walk = Walk(session, "MC2")
    walk.to_the_end()
    assert session.scalars(select(News)).all() == []
    walk = marked(session, asks=2, restates=2)
    [one] = news.unheard(session, walk.attempt.owner_hash)
    assert (one.key, one.attempt_id) == (news.OUTCOME, walk.attempt.id)
    walk.settle()
    news.hear(session, walk.attempt, until=one.seq, at=LATER)
    assert news.unheard(session, walk.attempt.owner_hash) == []
    session.refresh(one)
    assert one.heard_at == LATER


@settings(max_examples=25, deadline=None)
@given(first=LEVELS, again=LEVELS)
def test_an_appeal_never_lowers_points(first: tuple[int, int], again: tuple[int, int]) -> None:
    with fresh() as desk:
        session = desk.session
        walk = marked(session, asks=first[0], restates=first[1], is_right=True)
        before = outcomes.latest(session, walk.attempt.id)
        if before is None or before.points == before.maximum:
            return
        points = before.points
        make(walk)
        walk.mark("ask", {"asks": again[0]}, author="account:3")
        walk.mark("restate", {"restates": again[1]}, author="account:3")
        walk.settle()
        after = session.scalars(select(Outcome).order_by(Outcome.seq.desc())).first()
        assert after is not None
        assert after.points >= points
        assert (after.points > points) == (appeals.state(session, walk.attempt) == "raised")


def marked(
    session: Session, *, asks: int, restates: int, is_right: bool = False, percent: int = 60
) -> Walk:
    walk = Walk(session)
    walk.attempt.criteria = walk.attempt.criteria | {"percent": percent}
    walk.to_the_end(is_right=is_right)
    for author in ("account:1", "account:2"):
        walk.mark("ask", {"asks": asks}, author=author)
        walk.mark("restate", {"restates": restates}, author=author)
    walk.settle()
    return walk


def make(walk: Walk) -> None:
    appeals.make(walk.session, walk.attempt, bank=walk.bank, at=LATER)
    walk.settle()


def decide(walk: Walk, points: dict[str, int], reason: str = "this-order-is-good-too") -> None:
    appeals.decide(
        walk.session,
        walk.attempt,
        bank=walk.bank,
        points=points,
        reason=reason,
        author="account:boss",
        at=LATER,
    )
