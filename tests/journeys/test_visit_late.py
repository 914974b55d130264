"""The last thing said at a home, where no machine hears it: nobody waits for long."""

from dataclasses import replace
from datetime import timedelta

from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.journeys.visit import Visit
from voice_app.audio.choosing import NoEngine
from voice_app.scenes import PATIENCE


def test_who_spoke_last_hears_of_the_promise_though_no_machine_is_there(
    client: TestClient, ears: ScriptedEars, take: bytes
) -> None:
    visit = Visit(client, ears)
    visit.arrive("MC4")
    while visit.task["id"] != last_step(visit):
        visit.answer()
    ears.texts.append(NoEngine("There is no engine for this language."))
    assert visit.record(take).status_code == 201
    visit.refresh()
    assert visit.state["turn"] == {"kind": "wait", "task": None}
    assert visit.outcome()["state"] == "pending"
    be_late(client)
    visit.refresh()
    assert visit.state["turn"] == {"kind": "finish", "task": None}
    outcome = visit.outcome()
    assert outcome["state"] == "to_review"
    assert outcome["promise"] is not None


def last_step(visit: Visit) -> str:
    home = visit.bank.scenarios[visit.state["sections"][-1]["category"]]
    return home.steps[-1].id


def be_late(client: TestClient) -> None:
    """Let the clock of the service go on by a little more than a candidate waits."""
    here = client.app.state.service
    clock, late = here.clock, PATIENCE + timedelta(seconds=1)
    client.app.state.service = replace(here, clock=lambda: clock() + late)
