"""Answers decided again by the engine's rules of today: told first, done by command, logged."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from tests.journeys.phone import Phone
from voice_app import hearings
from voice_app.commands.remark import remark
from voice_app.models import Attempt, AuditEntry, Hearing, News
from voice_app.routes.deps import Service
from voice_app.settings import Settings
from voice_app.vault import closed


def run(settings: Settings, *words: str) -> Result:
    env = {"VOICE_APP_DATA": str(settings.data_folder)}
    return CliRunner().invoke(remark, words, env=env)


@pytest.fixture
def here(phone: Phone) -> Service:
    return phone.client.app.state.service  # type: ignore[attr-defined]


def test_what_is_right_by_today_s_rules_counts_and_gives_its_badge(
    phone: Phone, here: Service, settings: Settings, take: bytes, tmp_path: Path
) -> None:
    one_point_short(phone, take)
    assert outcome(phone) == ("to_review", None)
    decided_otherwise_before(here)
    path = tmp_path / "plan.json"
    told = run(settings, "plan", "--what", "engine", "--out", str(path))
    assert told.exit_code == 0, told.output
    assert "raised: 1" in told.stdout
    assert "pass flips: 1" in told.stdout
    assert "flips in fr/es: 1" in told.stdout
    assert outcome(phone) == ("to_review", None)
    done = run(settings, "apply", str(path))
    assert done.stdout.endswith("1 attempts marked anew.\n")
    state, badge = outcome(phone)
    assert state == "passed"
    assert badge is not None
    assert run(settings, "apply", str(path)).stdout.endswith("0 attempts marked anew.\n")
    with here.database.reading.begin() as session:
        last = session.scalars(select(Hearing).order_by(Hearing.seq.desc())).first()
        assert last is not None
        assert (last.decider, last.verdict) == (hearings.DECIDER, "right")
        assert session.scalars(select(News.key)).all() == ["news.outcome", "news.remark"]
        assert session.scalar(select(AuditEntry.after).where(AuditEntry.action == "remark.applied"))


def test_without_a_change_there_is_nothing_to_do(
    phone: Phone, settings: Settings, take: bytes
) -> None:
    one_point_short(phone, take)
    told = run(settings, "plan", "--what", "engine", "--mc", "MC3", "--since", "2020-01-01")
    assert "1 attempts looked at" in told.stdout
    assert "raised: 0" in told.stdout
    assert "stays: 0" in told.stdout


def one_point_short(phone: Phone, take: bytes) -> None:
    """Finish with one right answer aloud, one that nobody understood, and touches."""
    phone.begin()
    while phone.turn["kind"] == "rehearse":
        phone.touch(phone.item().right)
    phone.say(phone.name_of(phone.item().right), take)
    phone.say("hum blabla", take)
    items = len(phone.content.assessments["MC3"].forms[0])
    right = -(-items * 60 // 100) - 2
    touched = 0
    while phone.turn["kind"] != "finish":
        if phone.turn["kind"] == "ask_again":
            phone.say("hum blabla", take)
            continue
        phone.touch(phone.item().right if touched < right else phone.a_wrong_option())
        touched += 1


def decided_otherwise_before(here: Service) -> None:
    """Let the last answer have been heard as the first was, under rules of before."""
    with here.database.writing.begin() as session:
        rows = session.scalars(select(Hearing).order_by(Hearing.seq)).all()
        first, last = rows[0], rows[-1]
        assert (first.verdict, last.verdict) == ("right", "unsure")
        owner = owner_of(here)
        heard = hearings.evidence_of(first, here.vault, owner=owner)
        last.evidence = closed(here.vault, heard, owner=owner, utterance_id=last.utterance_id)
        last.decider = "logistic-1"


def owner_of(here: Service) -> str:
    with here.database.reading.begin() as session:
        return str(session.scalars(select(Attempt.owner_hash)).one())


def outcome(phone: Phone) -> tuple[str, str | None]:
    told = phone.outcome()
    return told["state"], told["badge"] and told["badge"]["url"]
