"""An attempt at scenarios in the database: what it is drawn with, and which answers it takes."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from tests.dialogues.homes import bank
from voice_app import begun, scenes
from voice_app.attempts import (
    ClosedTurn,
    Given,
    Listens,
    OtherResponse,
    Take,
    UnknownChoice,
)
from voice_app.db import Database
from voice_app.dialogues.content import Content
from voice_app.dialogues.scenes import DoStep, Over
from voice_app.models import Attempt, Hearing, Outcome, Response

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
BANK = replace(bank(), employer_languages=("fr", "en"))
CONTENT = Content({}, {}, {}, {}, scenarios={"MC1": BANK})
TAKE = Take("audio/wav", "0" * 64, 10, "take")


def begin(session: Session, owner: str = "secret", **more: object) -> Attempt:
    wanted = {"assessment": "MC1", "languages": ("fr", "en"), "owner": owner, "now": NOW} | more
    attempt = scenes.start(session, CONTENT, **wanted)
    session.flush()
    return attempt


def given(step: str, name: UUID | None = None) -> Given:
    return Given(name or uuid4(), step, Listens(), NOW)


def touch(session: Session, attempt: Attempt, step: str, option: str) -> bool:
    return scenes.touch(session, BANK, attempt=attempt, given=given(step), option=option)


def rehearse(session: Session, attempt: Attempt) -> None:
    touch(session, attempt, "try.ask", "who")
    touch(session, attempt, "try.say", "cannot-speak")
    touch(session, attempt, "try.choose", "mop")


def where(session: Session, attempt: Attempt) -> str:
    now = scenes.turn(session, BANK, attempt=attempt, now=NOW)
    assert isinstance(now, DoStep), now
    return now.step.id


def of_talk(attempt: Attempt, step: str) -> str:
    return f"{attempt.criteria['scenarios'][0]}.{step}"


def of_show(attempt: Attempt, step: str) -> str:
    return f"{attempt.criteria['scenarios'][1]}.{step}"


def test_what_it_is_marked_by_is_copied_when_it_begins(database: Database) -> None:
    with database.writing.begin() as session:
        kept = begin(session).criteria
    talk, show = kept["scenarios"]
    assert kept["percent"] == 60
    assert kept["passed_by"] == "person"
    assert kept["steps"] == {
        f"{talk}.ask": 2,
        f"{talk}.restate": 2,
        f"{show}.choose": 2,
        f"{show}.pick": 2,
        f"{show}.rooms": 4,
    }
    assert kept["rubric"] == {
        "asks": {"steps": [f"{talk}.ask"], "points": 2, "levels": [0, 1, 2]},
        "restates": {"steps": [f"{talk}.restate"], "points": 2, "levels": [0, 2]},
    }


def test_the_next_attempt_of_the_same_person_has_other_scenarios(database: Database) -> None:
    with database.writing.begin() as session:
        forms = [begin(session).criteria["scenarios"] for _ in range(3)]
    assert forms[0][0] != forms[1][0]
    assert len({form[1] for form in forms}) == 3


def test_what_others_met_does_not_matter(database: Database) -> None:
    with database.writing.begin() as session:
        firsts = [begin(session, f"phone {n}").criteria["scenarios"][0] for n in range(30)]
    assert set(firsts) == {"talk-a", "talk-b"}


@pytest.mark.parametrize(
    "wanted", [{"assessment": "MC3"}, {"languages": ("es", "fr")}, {"languages": ("fr", "es")}]
)
def test_what_is_not_there_cannot_begin(database: Database, wanted: dict[str, object]) -> None:
    with database.writing.begin() as session, pytest.raises(UnknownChoice):
        begin(session, **wanted)


def test_steps_come_in_their_order(database: Database) -> None:
    with database.writing.begin() as session:
        attempt = begin(session)
        assert where(session, attempt) == "try.ask"
        rehearse(session, attempt)
        assert where(session, attempt) == of_talk(attempt, "hello")
        touch(session, attempt, of_talk(attempt, "hello"), "understood")
        touch(session, attempt, of_talk(attempt, "ask"), "done")
        assert where(session, attempt) == of_talk(attempt, "restate")


def test_the_same_answer_twice_is_taken_once_and_another_under_its_id_is_refused(
    database: Database,
) -> None:
    name = uuid4()
    with database.writing.begin() as session:
        attempt = begin(session)
        same = given("try.ask", name)
        assert scenes.touch(session, BANK, attempt=attempt, given=same, option="who")
        assert not scenes.touch(session, BANK, attempt=attempt, given=same, option="who")
        with pytest.raises(OtherResponse):
            scenes.touch(session, BANK, attempt=attempt, given=same, option="home")
        assert len(session.query(Response).all()) == 1


def test_what_a_step_does_not_ask_for_is_refused(database: Database) -> None:
    with database.writing.begin() as session:
        attempt = begin(session)
        for option in ("understood", "mop", "cannot-speak"):
            with pytest.raises(UnknownChoice):
                touch(session, attempt, "try.ask", option)
        with pytest.raises(UnknownChoice):
            touch(session, attempt, "show-x.choose", "mop")
        with pytest.raises(ClosedTurn):
            touch(session, attempt, of_talk(attempt, "hello"), "understood")
        with pytest.raises(UnknownChoice):
            scenes.speak(session, BANK, attempt=attempt, given=given("try.choose"), take=TAKE)


@pytest.mark.parametrize("options", [[], ["kitchen", "kitchen"], ["mop"]])
def test_an_impossible_order_is_refused(database: Database, options: list[str]) -> None:
    with database.writing.begin() as session:
        attempt = begin(session)
        rooms = given(of_show(attempt, "rooms"))
        with pytest.raises(UnknownChoice):
            scenes.put_in_order(session, BANK, attempt=attempt, given=rooms, options=options)


def show_all(session: Session, attempt: Attempt) -> None:
    rehearse(session, attempt)
    touch(session, attempt, of_talk(attempt, "hello"), "understood")
    touch(session, attempt, of_talk(attempt, "ask"), "done")
    touch(session, attempt, of_talk(attempt, "restate"), "cannot-speak")
    touch(session, attempt, of_show(attempt, "choose"), "mop")
    for step, options in (("pick", ["mop"]), ("rooms", ["bathroom", "kitchen"])):
        asked = given(of_show(attempt, step))
        scenes.put_in_order(session, BANK, attempt=attempt, given=asked, options=options)


def test_pictures_are_marked_by_rule(database: Database) -> None:
    with database.writing.begin() as session:
        attempt = begin(session)
        assert set(scenes.picture_points(session, BANK, attempt=attempt).values()) == {0}
        show_all(session, attempt)
        points = scenes.picture_points(session, BANK, attempt=attempt)
        assert list(points.values()) == [2, 1, 2]
        assert begun.maximum(attempt) == 12
        assert scenes.turn(session, BANK, attempt=attempt, now=NOW) == Over()


def test_an_attempt_that_has_ended_takes_nothing_more(database: Database) -> None:
    with database.writing.begin() as session:
        attempt = begin(session)
        ended = Outcome(
            attempt_id=attempt.id, state="passed", points=1, maximum=1, reviews=0, decided_at=NOW
        )
        session.add(ended)
        assert scenes.turn(session, BANK, attempt=attempt, now=NOW) == Over()
        with pytest.raises(ClosedTurn):
            touch(session, attempt, "try.ask", "who")


def speak(session: Session, attempt: Attempt, step: str) -> str:
    said = given(step)
    assert scenes.speak(session, BANK, attempt=attempt, given=said, take=TAKE)
    session.flush()
    return str(said.id)


def hear(session: Session, utterance: str, verdict: str, *found: str) -> None:
    row = Hearing(
        utterance_id=utterance,
        decider="prepared-1",
        verdict=verdict,
        reasons=list(found),
        trouble="too-quiet" if verdict == "unusable" else None,
        evidence={},
        content_version="0",
        heard_at=NOW,
    )
    session.add(row)
    session.flush()


def test_questions_found_in_speech_are_asked(database: Database) -> None:
    with database.writing.begin() as session:
        attempt = begin(session)
        name = speak(session, attempt, "try.ask")
        assert where(session, attempt) == "try.ask"
        hear(session, name, "prepared", "who")
        assert where(session, attempt) == "try.say"


def test_what_no_machine_could_take_is_no_reason_to_ask_again(database: Database) -> None:
    with database.writing.begin() as session:
        attempt = begin(session)
        touch(session, attempt, "try.ask", "who")
        hear(session, speak(session, attempt, "try.say"), "stopped")
        assert where(session, attempt) == "try.choose"


def test_an_unusable_take_is_asked_again(database: Database) -> None:
    with database.writing.begin() as session:
        attempt = begin(session)
        touch(session, attempt, "try.ask", "who")
        hear(session, speak(session, attempt, "try.say"), "unusable", "too_quiet")
        now = scenes.turn(session, BANK, attempt=attempt, now=NOW)
        assert isinstance(now, DoStep)
        assert (now.step.id, now.again) == ("try.say", "trouble.too-quiet")


def test_the_same_take_twice_is_taken_once(database: Database) -> None:
    said = given("try.ask", uuid4())
    with database.writing.begin() as session:
        attempt = begin(session)
        assert scenes.speak(session, BANK, attempt=attempt, given=said, take=TAKE)
        assert not scenes.speak(session, BANK, attempt=attempt, given=said, take=TAKE)
        other = replace(TAKE, sha256="1" * 64)
        with pytest.raises(OtherResponse):
            scenes.speak(session, BANK, attempt=attempt, given=said, take=other)
