from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from voice_app import audit, oversight
from voice_app.audit.writing import KEY
from voice_app.db import Database
from voice_app.dialogues.flow import Final
from voice_app.models import Attempt, AuditEntry, Referral, Row
from voice_app.oversight import Policy, Switch, Words, policies
from voice_app.scoring import marks

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ITEMS = tuple("abcdefghij")
FINALS = st.fixed_dictionaries(
    {item: st.sampled_from(["right", "wrong_touch", "for_person"]) for item in ITEMS}
)


def attempt(session: Session, name: str = "a1", **criteria: object) -> Attempt:
    kept = {"percent": 60, "items": list(ITEMS), "center": "c1"} | criteria
    row = Attempt(
        id=name,
        owner_hash="0" * 64,
        assessment="MC3",
        employer_language="fr",
        help_language="es",
        content_version="v",
        criteria=kept,
        started_at=NOON,
    )
    session.add(row)
    session.flush()
    return row


def outcome(standings: dict[str, oversight.Standing]) -> marks.Outcome:
    states = list(standings.values())
    right = states.count("right")
    wrong = states.count("wrong_touch") + states.count("wrong_by_person")
    return marks.outcome(right, len(states) - right - wrong, wrong=wrong)


@given(FINALS)
def test_what_waits_for_a_person_alone_never_makes_an_attempt_fail(
    finals: dict[str, Final],
) -> None:
    by_touch = {item: "right" if one == "for_person" else one for item, one in finals.items()}
    if isinstance(outcome(oversight.folded(finals, oversight.NOTHING_SAID)), marks.NotYet):
        assert isinstance(outcome(oversight.folded(by_touch, Words())), marks.NotYet)


@given(FINALS, st.sets(st.sampled_from(ITEMS)))
def test_contesting_takes_nothing_away_and_no_fail_stands_that_it_could_change(
    finals: dict[str, Final], contested: set[str]
) -> None:
    before = outcome(oversight.folded(finals, Words()))
    after = outcome(oversight.folded(finals, Words(contested=frozenset(contested))))
    assert after.points == before.points
    if isinstance(before, marks.Passed):
        assert isinstance(after, marks.Passed)


@settings(max_examples=20, deadline=None)
@given(FINALS, st.sets(st.sampled_from(ITEMS)), st.sets(st.sampled_from(ITEMS)))
def test_a_contest_that_is_decided_never_lowers_points(
    finals: dict[str, Final], contested: set[str], heard_right: set[str]
) -> None:
    before = outcome(oversight.folded(finals, Words()))
    after = outcome(oversight.folded(finals, decided(contested, heard_right)))
    assert after.points >= before.points


def decided(contested: set[str], heard_right: set[str]) -> Words:
    """Give what people said once they decided on contests, as the rows tell it."""
    engine = create_engine("sqlite://")
    Row.metadata.create_all(engine)
    with Session(engine, info={KEY: bytes(32)}) as session:
        mine = attempt(session)
        for item in sorted(contested):
            oversight.contest(session, mine, item=item, at=NOON)
            verdict = "right" if item in heard_right else "wrong"
            oversight.rule(session, mine, item=item, verdict=verdict, author="account:1", at=NOON)
        found = oversight.words(session, mine.id)
    engine.dispose()
    return found


def test_a_contest_takes_no_mark_of_a_person_away(database: Database) -> None:
    finals: dict[str, Final] = {"a": "for_person", "b": "right"}
    with database.writing.begin() as session:
        mine = attempt(session)
        for item, verdict in (("a", "right"), ("b", "wrong")):
            oversight.rule(session, mine, item=item, verdict=verdict, author="account:1", at=NOON)
            oversight.contest(session, mine, item=item, at=NOON)
            oversight.rule(session, mine, item=item, verdict="wrong", author="account:2", at=NOON)
        found = oversight.folded(finals, oversight.words(session, mine.id))
    assert found == {"a": "right", "b": "wrong_by_person"}


def test_a_persons_mark_wins_over_the_machines() -> None:
    finals: dict[str, Final] = {"a": "right", "b": "for_person", "c": "wrong_touch"}
    words = Words(marks={"a": "wrong", "b": "right"})
    assert oversight.folded(finals, words) == {
        "a": "wrong_by_person",
        "b": "right",
        "c": "wrong_touch",
    }


def test_contested_after_a_mark_it_waits_again_and_the_second_person_decides(
    database: Database,
) -> None:
    with database.writing.begin() as session:
        mine = attempt(session)
        oversight.rule(session, mine, item="a", verdict="wrong", author="account:1", at=NOON)
        first = oversight.contest(session, mine, item="a", at=NOON)
        assert oversight.contest(session, mine, item="a", at=NOON).seq == first.seq
        words = oversight.words(session, "a1")
        assert oversight.folded({"a": "for_person"}, words) == {"a": "for_person"}
        with pytest.raises(oversight.RulingError):
            oversight.rule(session, mine, item="a", verdict="wrong", author="account:1", at=NOON)
        oversight.rule(session, mine, item="a", verdict="right", author="account:2", at=NOON)
        words = oversight.words(session, "a1")
        assert oversight.folded({"a": "for_person"}, words) == {"a": "right"}
        with pytest.raises(oversight.ContestedBefore):
            oversight.contest(session, mine, item="a", at=NOON)


def test_what_waits_is_told_to_its_own_center_alone(database: Database) -> None:
    with database.writing.begin() as session:
        oversight.contest(session, attempt(session), item="a", at=NOON)
        assert [one.item for one in oversight.waiting(session, center="c1")] == ["a"]
        assert oversight.waiting(session, center="c2") == []
        assert oversight.waiting(session, center=None) == []


def test_a_verdict_that_nothing_waits_for_is_refused(database: Database) -> None:
    with database.writing.begin() as session:
        mine = attempt(session)
        with pytest.raises(oversight.RulingError):
            oversight.rule(session, mine, verdict="signed", author="account:1", at=NOON)


def test_a_center_without_automatic_passes_hands_every_pass_to_a_person(
    database: Database,
) -> None:
    with database.writing.begin() as session:
        policy = Policy(automatic=(), sample_percent=100)
        oversight.choose(session, "c1", policy=policy, author="account:1", at=NOON)
        kept = oversight.criteria(session, center="c1", micro_competence="MC3")
        mine = attempt(session, **kept)
        oversight.hand_over(session, mine, words=Words(), at=NOON)
        assert [one.why for one in oversight.waiting(session, center="c1")] == ["sign-off"]
        assert oversight.lacks_sign_off(mine, oversight.words(session, "a1"))
        oversight.rule(session, mine, verdict="signed", author="account:1", at=NOON)
        assert not oversight.lacks_sign_off(mine, oversight.words(session, "a1"))


def test_a_policy_holds_for_attempts_that_begin_later(database: Database) -> None:
    with database.writing.begin() as session:
        before = oversight.criteria(session, center="c1", micro_competence="MC3")
        policy = Policy(automatic=("MC2",), sample_percent=20)
        oversight.choose(session, "c1", policy=policy, author="account:1", at=NOON)
        after = oversight.criteria(session, center="c1", micro_competence="MC3")
        other = oversight.criteria(session, center="c2", micro_competence="MC3")
    assert before == {"center": "c1", "passed_by": "machine", "sample_percent": 5}
    assert after == {"center": "c1", "passed_by": "person", "sample_percent": 20}
    assert other == before | {"center": "c2"}


@pytest.mark.parametrize("policy", [Policy(automatic=("MC1",)), Policy(sample_percent=101)])
def test_a_policy_that_no_center_may_choose_is_refused(database: Database, policy: Policy) -> None:
    with database.writing.begin() as session, pytest.raises(oversight.PolicyError):
        oversight.choose(session, "c1", policy=policy, author="account:1", at=NOON)


def test_the_control_sample_is_the_same_when_drawn_again_and_as_large_as_chosen(
    database: Database,
) -> None:
    names = [f"attempt-{number}" for number in range(2000)]
    with database.writing.begin() as session:
        drawn = [_is_drawn(session, name, 10) for name in names]
        assert drawn == [_is_drawn(session, name, 10) for name in names]
        assert 150 <= sum(drawn) <= 250
        assert not any(_is_drawn(session, name, 0) for name in names)
        assert all(_is_drawn(session, name, 100) for name in names)


def test_without_the_key_nobody_can_tell_who_is_drawn(database: Database) -> None:
    names = [f"attempt-{number}" for number in range(500)]
    with database.writing.begin() as session:
        mine = [_is_drawn(session, name, 50) for name in names]
    audit.watch(database, b"another passphrase")
    with database.writing.begin() as session:
        assert mine != [_is_drawn(session, name, 50) for name in names]


def _is_drawn(session: Session, name: str, percent: int) -> bool:
    return policies.is_drawn(session, name, kept={"sample_percent": percent})


def test_what_people_decide_stands_in_the_log(database: Database) -> None:
    with database.writing.begin() as session:
        mine = attempt(session)
        oversight.contest(session, mine, item="a", at=NOON)
        oversight.rule(session, mine, item="a", verdict="right", author="account:2", at=NOON)
        switch = Switch("center", "c1")
        oversight.turn(
            session, switch, is_stopped=True, reason="drill", author="account:1", at=NOON
        )
        told = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    assert [(one.actor, one.action, one.subject, one.after) for one in told[1:]] == [
        ("owner:" + "0" * 16, "referral.contest", "attempt:a1/a", None),
        ("account:2", "ruling.given", "attempt:a1/a", "right"),
        ("account:1", "machine.stopped", "center:c1", "drill"),
    ]
    assert told[-1].center == "c1"
    assert session.scalar(select(Referral.why)) == "contest"


def test_an_engine_is_stopped_by_name_or_kind_and_goes_on_again(database: Database) -> None:
    with database.writing.begin() as session:
        assert not oversight.is_stopped(session, center=None, engine="vosk:small-fr")
        assert _turn(session, Switch("engine", "vosk"), is_stopped=True)
        assert not _turn(session, Switch("engine", "vosk"), is_stopped=True)
        both = "whisper:base-int8+vosk:small-fr"
        assert oversight.is_stopped(session, center="c1", engine=both)
        assert not oversight.is_stopped(session, center="c1", engine="whisper:base-int8")
        assert not oversight.is_stopped(session, center="c1")
        assert _turn(session, Switch("engine", "vosk"), is_stopped=False)
        assert not oversight.is_stopped(session, center="c1", engine=both)


def test_a_stop_of_one_center_leaves_the_others_alone(database: Database) -> None:
    with database.writing.begin() as session:
        _turn(session, Switch("center", "c1"), is_stopped=True)
        assert oversight.is_stopped(session, center="c1")
        assert not oversight.is_stopped(session, center="c2")
        assert not oversight.is_stopped(session, center=None)
        _turn(session, Switch("all"), is_stopped=True)
        assert oversight.is_stopped(session, center=None)


@pytest.mark.parametrize("switch", [Switch("all", "c1"), Switch("center"), Switch("engine")])
def test_a_switch_without_its_name_is_refused(database: Database, switch: Switch) -> None:
    with database.writing.begin() as session, pytest.raises(oversight.StopError):
        _turn(session, switch, is_stopped=True)


def _turn(session: Session, switch: Switch, *, is_stopped: bool) -> bool:
    return oversight.turn(
        session, switch, is_stopped=is_stopped, reason="drill", author="command", at=NOON
    )
