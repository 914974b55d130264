from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.journeys.conftest import voice_like_wav
from tests.journeys.phone import Phone
from tests.page_client import PageClient
from voice_app import audit, oversight
from voice_app.models import Attempt, AuditEntry, Badge, Inference
from voice_app.oversight import Policy, Switch, evidence_digest
from voice_app.oversight.inferring import hearing_of
from voice_app.routes.deps import Service
from voice_app.settings import Settings

NOTHING_RIGHT = "zzz"


@pytest.fixture
def service(client: TestClient) -> Service:
    return client.app.state.service  # type: ignore[attr-defined]


def finish(phone: Phone, *, right: int, spoken: str | None = None) -> str:
    """Answer everything by touch but the first item, where `spoken` says something."""
    phone.begin()
    while phone.turn["kind"] == "rehearse":
        phone.touch(phone.item().right)
    first = phone.item().id
    if spoken is not None:
        phone.say(spoken or phone.name_of(phone.item().right), voice_like_wav())
    phone.touch_all(right)
    while phone.turn["kind"] == "ask_again":
        phone.say(NOTHING_RIGHT, voice_like_wav())
    assert phone.turn["kind"] == "finish"
    return first


def explained(phone: Phone, item: str) -> dict:
    answer = phone.client.get(f"/attempts/{phone.state['id']}/items/{item}/explanation")
    assert answer.status_code == 200, answer.text
    return answer.json()


def texts(phone: Phone, told: dict) -> list[str]:
    phrases = phone.content.languages["es"].phrases
    named = {text: key for key, text in phrases.items() if key.startswith("why.")}
    return [named.get(one["text"], one["text"]) for one in told["say"]]


def test_nothing_is_explained_while_questions_are_open(phone: Phone) -> None:
    phone.begin()
    item = next(iter(phone.content.assessments["MC3"].items))
    told = explained(phone, item)
    assert texts(phone, told) == ["why.later"]
    assert told["contest"] is None
    assert (
        phone.client.post(f"/attempts/{phone.state['id']}/items/{item}/contest").status_code == 409
    )


def test_a_touch_is_explained_contested_and_then_waits_for_a_person(
    phone: Phone, service: Service
) -> None:
    finish(phone, right=18)
    assert phone.outcome()["state"] == "not_yet"
    items = phone.content.assessments["MC3"].forms[0]
    item = items[-1]
    told = explained(phone, item)
    assert told["decided_by"] == "touch"
    assert "why.by-touch-other" in texts(phone, told)
    for wrong in items[18:]:
        answer = phone.client.post(explained(phone, wrong)["contest"])
        assert answer.status_code == 201
    again = explained(phone, item)
    assert again["decided_by"] == "nobody-yet"
    assert again["contest"] is None
    assert phone.outcome()["state"] == "to_review"
    with service.database.reading.begin() as session:
        actions = list(session.scalars(select(AuditEntry.action)))
    assert actions.count("referral.contest") == 18
    assert "attempt.begun" in actions
    assert "attempt.ended" in actions


def test_another_person_may_not_ask_why(phone: Phone, client: TestClient) -> None:
    item = finish(phone, right=36)
    address = f"/attempts/{phone.state['id']}/items/{item}/explanation"
    stranger = PageClient(client.app, base_url="http://localhost:8000")
    assert stranger.get(address).status_code == 404
    assert stranger.post(address.replace("explanation", "contest")).status_code == 404
    assert stranger.get(f"/attempts/{phone.state['id']}/why").status_code == 404


def whole(phone: Phone) -> tuple[list[str], str | None]:
    answer = phone.client.get(f"/attempts/{phone.state['id']}/explanation")
    assert answer.status_code == 200, answer.text
    return texts(phone, answer.json()), answer.json()["decided_by"]


def test_how_it_ended_is_explained_to_its_owner_alone(phone: Phone, client: TestClient) -> None:
    phone.begin()
    assert whole(phone) == (["why.later"], None)
    phone.touch_all(36)
    lines, decided_by = whole(phone)
    # Now and then a pass is drawn for the control sample, which is told as well.
    assert lines in (["why.whole-machine"], ["why.whole-machine", "why.whole-sample"])
    assert decided_by == "machine"
    stranger = PageClient(client.app, base_url="http://localhost:8000")
    assert stranger.get(f"/attempts/{phone.state['id']}/explanation").status_code == 404


def test_every_answer_of_the_page_can_be_asked_about(phone: Phone) -> None:
    finish(phone, right=36)
    page = phone.client.get(f"/attempts/{phone.state['id']}/why")
    assert page.status_code == 200
    assert page.text.count("data-explanation=") == 1 + 36
    assert "<script>" not in page.text


def test_each_verdict_leaves_an_event_without_a_word_of_what_was_said(
    phone: Phone, service: Service
) -> None:
    finish(phone, right=36, spoken="")
    with service.database.reading.begin() as session:
        events = list(oversight.events(session, attempt_id=phone.state["id"]))
        assert len(events) == 1
        event = events[0].inference
        assert (event.engine, event.verdict, event.decider) == ("scripted", "right", "logistic-2")
        assert event.thresholds["accept_from"] == pytest.approx(0.995)
        hearing = hearing_of(session, event)
        assert hearing is not None
        assert event.evidence_digest == evidence_digest(hearing.evidence)
        row = {name: str(value) for name, value in vars(event).items()}
    assert phone.name_of(phone.content.assessments["MC3"].items[event.item].right) not in str(row)
    assert explained(phone, event.item)["decided_by"] == "machine"


@pytest.mark.parametrize("switch", [Switch("all"), Switch("engine", "scripted")])
def test_while_the_machine_is_stopped_it_decides_nothing(
    phone: Phone, service: Service, switch: Switch
) -> None:
    with service.database.writing.begin() as session:
        oversight.turn(
            session,
            switch,
            is_stopped=True,
            reason="drill",
            author="command",
            at=service.clock(),
        )
    item = finish(phone, right=35, spoken="")
    told = explained(phone, item)
    assert told["decided_by"] == "nobody-yet"
    assert texts(phone, told)[-1] == "why.waits"
    with service.database.reading.begin() as session:
        assert session.scalar(select(Inference)) is None
    ready = phone.client.get("/readyz").json()["stopped"]
    assert ready["everything"] == (switch.scope == "all")
    assert ready["engines"] == ([switch.name] if switch.scope == "engine" else [])


def test_where_a_person_signs_off_nobody_passes_without(phone: Phone, service: Service) -> None:
    with service.database.writing.begin() as session:
        oversight.choose(
            session, None, policy=Policy(automatic=()), author="command", at=service.clock()
        )
    finish(phone, right=36)
    assert phone.outcome()["state"] == "to_review"
    with service.database.writing.begin() as session:
        assert session.scalar(select(Badge)) is None
        mine = session.get_one(Attempt, phone.state["id"])
        assert whole(phone) == (["why.whole-sign-off"], "nobody-yet")
        oversight.rule(session, mine, verdict="signed", author="account:1", at=service.clock())
    assert whole(phone) == (["why.whole-signed"], "person")
    assert phone.outcome()["state"] == "passed"


def test_a_pass_that_is_drawn_is_heard_by_a_person_and_keeps_its_badge(
    phone: Phone, service: Service
) -> None:
    with service.database.writing.begin() as session:
        everyone = replace(oversight.DEFAULT, sample_percent=100)
        oversight.choose(session, None, policy=everyone, author="command", at=service.clock())
    finish(phone, right=36)
    assert phone.outcome()["badge"] is not None
    with service.database.reading.begin() as session:
        assert [one.why for one in oversight.waiting(session, center=None)] == ["sample"]
    assert whole(phone)[0] == ["why.whole-machine", "why.whole-sample"]


def test_the_log_of_a_whole_attempt_is_whole(
    phone: Phone, service: Service, settings: Settings
) -> None:
    finish(phone, right=36)
    with service.database.reading.begin() as session:
        seen = list(audit.read(session, key=audit.key_of(settings.passphrase())))
        actions = list(session.scalars(select(AuditEntry.action)))
    assert [one.fault for one in seen] == [None] * len(actions)
    assert {"attempt.begun", "attempt.ended", "badge.issued"} <= set(actions)
