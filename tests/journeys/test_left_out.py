"""A spoken task that nobody could hear is left out, and its candidate hears so."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.journeys.fakes import ScriptedEars
from tests.journeys.markers import mark
from tests.journeys.visit import Visit
from voice_app.marking import giving, leaving_out, queue
from voice_app.models import Unmarked
from voice_app.routes.deps import Service
from voice_app.routes.marking_settled import bank_of, settled


@pytest.fixture
def visit(client: TestClient, ears: ScriptedEars) -> Visit:
    return Visit(client, ears)


@pytest.fixture
def here(client: TestClient) -> Service:
    return client.app.state.service


def test_it_costs_nothing_and_is_told_kindly(visit: Visit, here: Service) -> None:
    visit.arrive("MC4")
    visit.go_through()
    attempt = str(visit.state["id"])
    step = left_out(here, attempt)
    for author in ("account:1", "account:2"):
        mark(here, attempt, author=author, is_best=True)
    told = visit.outcome()
    words = visit.content.languages["es"].phrases["result.left-out"]
    assert (told["state"], words in [one["text"] for one in told["say"]]) == ("passed", True)
    why = visit.client.get(f"/attempts/{attempt}/items/{step}/explanation").json()
    assert why["contest"] is None
    assert [one["text"] for one in why["say"]][-1] == words
    assert visit.client.post(f"/attempts/{attempt}/items/{step}/contest").status_code == 422


def left_out(here: Service, attempt: str) -> str:
    """Two hear nothing but noise, and the owner leaves the task out."""
    with here.database.writing.begin() as session:
        task = session.scalars(select(Unmarked).where(Unmarked.attempt_id == attempt)).first()
        assert task is not None
        step, bank, now = task.item, bank_of(here, task.micro_competence), here.clock()
        for author in ("account:8", "account:9"):
            task.claimed_by, task.claimed_until = author, now + queue.CLAIM
            giving.give(
                session, task, bank=bank, author=author, reason="noise", began_at=now, at=now
            )
        leaving_out.leave_out(session, task, bank=bank, author="account:owner", at=now)
        settled(session, here, attempt)
    return step
