"""Free speech at an employer's home: written down, answered by the employer, never judged."""

import json
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.journeys.conftest import voice_like_wav
from tests.journeys.fakes import ScriptedEars, crash
from tests.journeys.visit import Visit
from voice_app import hearings, oversight
from voice_app.jobs.queue import PATIENCE
from voice_app.models import Attempt, Hearing, Inference, Unheard
from voice_app.oversight import Switch
from voice_app.oversight.inferring import evidence_digest
from voice_app.preparations import PREPARER

WORDS = "Comment vous appelez-vous ? Et c'est à quelle heure ?"


@pytest.fixture
def visit(client: TestClient, ears: ScriptedEars) -> Visit:
    return Visit(client, ears)


def say(visit: Visit, text: str | Exception, data: bytes) -> dict[str, Any]:
    visit.ears.texts.append(text)
    answer = visit.record(data)
    assert answer.status_code == 201, answer.text
    told = visit.wait_for(answer.json()["id"])
    visit.refresh()
    return told


def last(visit: Visit) -> tuple[Hearing, dict[str, Any]]:
    """The last hearing, and its evidence opened."""
    here = visit.client.app.state.service  # type: ignore[attr-defined]
    with here.database.reading.begin() as session:
        row = session.scalars(select(Hearing).order_by(Hearing.seq.desc())).first()
        assert row is not None
        owner = session.get_one(Attempt, visit.state["id"]).owner_hash
        evidence = hearings.evidence_of(row, here.vault, owner=owner)
        session.expunge(row)
    return row, evidence


def test_what_was_asked_is_answered_and_nothing_is_judged(visit: Visit, take: bytes) -> None:
    visit.arrive("MC1")
    visit.go_through(until="asking")
    told = say(visit, WORDS, take)
    assert (told["state"], told["phrase"], len(told["answers"])) == ("heard", None, 2)
    asked = {one["id"]: one["is_answered"] for one in visit.task["questions"]}
    assert {name for name, is_answered in asked.items() if is_answered} == {"introduction", "terms"}
    row, evidence = last(visit)
    assert (row.verdict, row.decider, row.chosen, row.engine) == (
        "prepared",
        PREPARER,
        None,
        "scripted",
    )
    assert sorted(row.reasons) == ["introduction", "terms"]
    (stretch,) = evidence["stretches"]
    assert (stretch["text"], stretch["start"], stretch["confidence"]) == (WORDS, 0.0, 0.9)
    first, second = evidence["found"]
    assert (first["id"], second["id"]) == ("introduction", "terms")
    assert 0 <= first["start"] < first["end"]
    assert first["start"] <= second["start"] < second["end"]
    assert first["phrase"]


def test_what_was_said_lies_sealed_and_leaves_an_event(visit: Visit, take: bytes) -> None:
    visit.arrive("MC1")
    visit.go_through(until="asking")
    say(visit, WORDS, take)
    row, _ = last(visit)
    kept = json.dumps(row.evidence, ensure_ascii=False)
    assert "appelez" not in kept
    assert "stretches" not in kept
    assert "sealed" in row.evidence
    here = visit.client.app.state.service  # type: ignore[attr-defined]
    with here.database.reading.begin() as session:
        (event,) = session.scalars(select(Inference)).all()
        assert (event.verdict, event.decider, event.engine) == ("prepared", PREPARER, "scripted")
        assert event.evidence_digest == evidence_digest(row.evidence)
        assert not oversight.is_bent(session, event)


def test_what_is_not_understood_is_the_machines_fault_and_pictures_help(
    visit: Visit, take: bytes
) -> None:
    visit.arrive("MC1")
    visit.go_through(until="asking")
    told = say(visit, "Sous-titres réalisés par la communauté d'Amara.org", take)
    assert (told["state"], told["answers"]) == ("heard", [])
    row, evidence = last(visit)
    assert (row.verdict, row.reasons) == ("prepared", [])
    assert (evidence["stretches"], evidence["found"]) == ([], [])


def test_a_take_too_quiet_is_asked_for_again(visit: Visit) -> None:
    visit.arrive("MC1")
    visit.go_through(until="asking")
    told = say(visit, WORDS, voice_like_wav(level=0.001))
    assert told["state"] == "repeat"
    row, _ = last(visit)
    assert (row.verdict, row.trouble) == ("unusable", "too-quiet")


def test_where_the_machine_is_stopped_nothing_is_heard_and_it_goes_on(
    visit: Visit, take: bytes
) -> None:
    here = visit.client.app.state.service  # type: ignore[attr-defined]
    with here.database.writing.begin() as session:
        oversight.turn(
            session,
            Switch("all"),
            is_stopped=True,
            reason="drill",
            author="command",
            at=here.clock(),
        )
    visit.arrive("MC1")
    visit.go_through(until="asking")
    say(visit, WORDS, take)
    row, evidence = last(visit)
    assert (row.verdict, row.decider, evidence) == ("stopped", "stopped", {})
    assert visit.ears.texts == [WORDS]


def test_what_no_engine_gets_through_is_left_to_a_person(visit: Visit, take: bytes) -> None:
    visit.arrive("MC1")
    visit.go_through(until="asking")
    visit.ears.texts.append(crash())
    say(visit, crash(), take)
    row, evidence = last(visit)
    assert (row.verdict, row.trouble, row.reasons) == ("stopped", "machine", ["engine_failed"])
    assert "error" in evidence


def test_an_order_is_heard_and_stays_a_proposal(visit: Visit, take: bytes) -> None:
    visit.arrive("MC2", help_language="fr")
    visit.go_through(until="arranging")
    names = {one["id"]: one["name"]["text"] for one in visit.task["options"]}
    first, second, *_ = names
    before = visit.task["id"]
    told = say(visit, f"D'abord {names[second]}, ensuite {names[first]}.", take)
    assert told["order"] == [second, first]
    assert visit.task["id"] == before


def test_who_waits_for_an_answer_is_heard_before_long_speech(visit: Visit, take: bytes) -> None:
    here = visit.client.app.state.service  # type: ignore[attr-defined]
    here.listener.stop()
    waits = {}
    for kind in ("saying", "asking"):
        visit.arrive("MC1")
        visit.go_through(until=kind)
        assert visit.record(take).status_code == 201
        with here.database.reading.begin() as session:
            mine = select(Unheard).where(Unheard.attempt_id == visit.state["id"])
            waits[kind] = session.scalars(mine).one().since
    assert waits["saying"] - waits["asking"] > PATIENCE - timedelta(seconds=20)
    taken = here.listener._next()
    assert taken is not None
    assert taken.attempt.id == visit.state["id"]
