"""Stored answers decided again: the same verdicts from what was kept of them alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.journeys.fakes import crash
from tests.journeys.phone import Phone
from voice_app.commands.decide import decide_cases, replayed
from voice_app.hearings import DECIDER
from voice_app.hearings import replayed as decided_again
from voice_app.models import Hearing
from voice_app.settings import Settings

KEPT = sorted((Path(__file__).parents[1] / "data/replays").glob("*.json"))


@pytest.fixture
def spoken(phone: Phone, take: bytes) -> Phone:
    """A phone that has spoken a right, an unsure and another answer, and one nobody heard."""
    phone.begin()
    phone.touch(phone.item().right)
    phone.say(phone.name_of(phone.item().right), take)
    phone.say("hum blabla", take)
    while phone.item().is_safety:
        phone.touch(phone.item().right)
    phone.say(phone.name_of(phone.a_wrong_option()), take)
    phone.ears.texts += [crash()]
    phone.say(crash(), take)
    return phone


def test_every_verdict_comes_out_the_same(spoken: Phone, settings: Settings) -> None:
    again = list(replayed(spoken.state["id"], settings))
    assert [each.stored for each in again] == ["right", "unsure", "wrong", "unsure"]
    assert [each.again for each in again[:3]] == ["right", "unsure", "wrong"]
    assert "nothing to decide on" in str(again[3].problem)


def test_the_command_prints_each_and_says_what_differs(spoken: Phone, settings: Settings) -> None:
    env = {"VOICE_APP_DATA": str(settings.data_folder)}
    ran = CliRunner().invoke(decide_cases, ["--replay", spoken.state["id"]], env=env)
    lines = [json.loads(line) for line in ran.output.splitlines() if line.startswith("{")]
    assert [line.get("same") for line in lines] == [True, True, True, None]
    assert "0 differ, 1 cannot be replayed" in ran.output
    assert ran.exit_code == 1


def test_verdicts_of_other_rules_are_not_made_up(spoken: Phone, settings: Settings) -> None:
    database = spoken.client.app.state.service.database  # type: ignore[attr-defined]
    with database.writing.begin() as session:
        for row in session.scalars(select(Hearing)):
            row.decider = "rules-1"
    again = list(replayed(spoken.state["id"], settings))
    assert all("rules-1" in str(each.problem) for each in again)


def test_evidence_names_the_versions_it_rests_on(spoken: Phone) -> None:
    database = spoken.client.app.state.service.database  # type: ignore[attr-defined]
    with database.reading() as session:
        row = session.scalars(select(Hearing)).first()
    assert row is not None
    assert row.decider == DECIDER
    assert row.evidence["calibration"]
    assert row.evidence["sounds"]
    assert row.content_version
    assert row.evidence["choice"]["right"]


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_verdicts_of_earlier_days_stay(kept: Path) -> None:
    rows: list[dict[str, Any]] = json.loads(kept.read_text("utf-8"))
    assert rows
    for row in rows:
        hearing = Hearing(decider=row["decider"], engine=row["engine"], evidence=row["evidence"])
        again = decided_again(hearing, row["evidence"])
        assert (again.verdict, list(again.reasons)) == (row["verdict"], row["reasons"])
