"""From a test that people marked low to a badge: one tap, other ears, and an answer aloud."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.journeys.fakes import ScriptedEars
from tests.journeys.markers import mark
from tests.journeys.visit import Visit
from voice_app import marking
from voice_app.models import Attempt, News, Ruling
from voice_app.routes.deps import Service


@pytest.fixture
def visit(client: TestClient, ears: ScriptedEars) -> Visit:
    return Visit(client, ears)


@pytest.fixture
def here(client: TestClient) -> Service:
    return client.app.state.service


def test_an_appeal_turns_an_outcome_and_is_answered_aloud(visit: Visit, here: Service) -> None:
    attempt = failed_by_two(visit, here)
    before = visit.outcome()
    assert (before["state"], before["badge"]) == ("not_yet", None)
    assert texts(before["appeal"]) == keys(visit, "appeal.how")
    told = visit.client.post(before["appeal"]["address"])
    assert (told.status_code, texts(told.json())) == (
        201,
        keys(visit, "appeal.thanks", "appeal.safe"),
    )
    waits = visit.outcome()
    assert (waits["state"], waits["appeal"]["state"]) == ("to_review", "open")
    again = visit.client.post(before["appeal"]["address"])
    assert (again.status_code, texts(again.json())) == (200, keys(visit, "why.final"))
    comment = marking.Comment(text="Muy bien dicho.")
    assert mark(here, attempt, author="account:3", is_best=True, comment=comment) > 0
    after = visit.outcome()
    assert (after["state"], after["appeal"]["state"]) == ("passed", "raised")
    assert after["badge"]["picture"] == "/pictures/ui-badge-mc4.svg"
    said = texts(after["appeal"])
    assert said[:2] == keys(visit, "appeal.raised", "appeal.passed")
    assert len(said) > 2
    assert after["news"]["say"]["text"] == phrase(visit, "news.appeal")
    assert "Muy bien dicho." in [one["text"] for one in after["comments"]]
    with here.database.reading.begin() as session:
        assert session.scalars(select(Ruling.verdict)).all() == ["raised"]


def test_marks_that_are_lower_take_nothing(visit: Visit, here: Service) -> None:
    visit.arrive("MC4")
    visit.go_through()
    attempt = visit.state["id"]
    for author in ("account:1", "account:2"):
        mark(here, attempt, author=author, is_best=False)
    points = visit.outcome()["state"], visit.outcome()["level"]
    assert visit.client.post(f"/attempts/{attempt}/appeal").status_code == 201
    mark(here, attempt, author="account:3", is_best=False)
    after = visit.outcome()
    assert (after["state"], after["level"]) == points
    assert texts(after["appeal"]) == keys(visit, "appeal.kept", "why.final")


def test_the_first_page_tells_what_is_new_until_it_was_played(visit: Visit, here: Service) -> None:
    attempt = failed_by_two(visit, here)
    page = visit.client.get("/").text
    assert f'"attempt": "{attempt}"' in page
    assert '"key": "news.outcome"' in page
    assert phrase(visit, "news.outcome") in visit.client.get("/me?lang=es").text
    news = visit.outcome()["news"]
    assert visit.client.post(news["heard"]).status_code == 204
    assert visit.outcome()["news"] is None
    assert f'"attempt": "{attempt}"' not in visit.client.get("/").text
    assert phrase(visit, "news.outcome") not in visit.client.get("/me?lang=es").text
    with here.database.reading.begin() as session:
        assert session.scalars(select(News.heard_at)).one() is not None


def test_nobody_appeals_or_hears_what_is_another_s(
    visit: Visit, here: Service, client: TestClient
) -> None:
    attempt = failed_by_two(visit, here)
    stranger = TestClient(client.app, base_url="http://localhost:8000")
    for path in ("appeal", "news/1/heard"):
        assert stranger.post(f"/attempts/{attempt}/{path}").status_code in (403, 404)


def test_there_is_nothing_to_appeal_while_people_still_listen(visit: Visit) -> None:
    visit.arrive("MC4")
    visit.go_through()
    outcome = visit.outcome()
    assert outcome["appeal"] == {"state": "none", "address": None, "say": []}
    assert visit.client.post(f"/attempts/{visit.state['id']}/appeal").status_code == 200
    assert visit.outcome()["appeal"]["state"] == "none"


def test_one_answer_is_contested_on_the_page_that_explains(visit: Visit, here: Service) -> None:
    attempt = failed_by_two(visit, here)
    page = visit.client.get(f"/attempts/{attempt}/why", headers={"accept": "text/html"})
    addresses = re.findall(r'data-explanation="([^"]+/items/[^"]+)"', page.text)
    told = [visit.client.get(address).json() for address in addresses]
    assert {one["decided_by"] for one in told} == {"person", "touch"}
    pictures = next(one for one in told if one["decided_by"] == "touch")
    assert pictures["contest"] is None
    assert phrase(visit, "why.by-rule") in texts(pictures)
    at, spoken = next((n, one) for n, one in enumerate(told) if one["contest"])
    assert keys(visit, "why.by-people", "appeal.how") == texts(spoken)[-2:]
    assert visit.client.post(spoken["contest"]).status_code == 201
    waits = visit.client.get(addresses[at]).json()
    assert (waits["decided_by"], waits["contest"]) == ("nobody-yet", None)
    assert mark(here, attempt, author="account:3", is_best=True) == 1
    after = visit.client.get(addresses[at]).json()
    assert texts(after)[-2:] == keys(visit, "why.by-people-more", "why.final")
    assert visit.client.post(spoken["contest"]).status_code == 409
    assert visit.client.get(f"/attempts/{attempt}/explanation").json()["decided_by"] == "person"


def test_pictures_are_explained_and_not_contested_one_by_one(visit: Visit, here: Service) -> None:
    visit.arrive("MC2")
    visit.go_through(is_right=False)
    attempt, step = visit.state["id"], scored(here, visit)
    told = visit.client.get(f"/attempts/{attempt}/items/{step}/explanation").json()
    assert told["decided_by"] == "touch"
    name = step.partition(".")[0]
    scenario = visit.content.scenarios["MC2"].scenarios[name]
    why = scenario.step(step).why
    assert why is not None
    reason = scenario.tellings["es"].help[why]
    assert texts(told)[-2:] == [*keys(visit, "result.order-practice"), reason]
    assert visit.client.post(f"/attempts/{attempt}/items/{step}/contest").status_code == 422
    assert visit.client.get(f"/attempts/{attempt}/items/nothing/explanation").status_code == 422


def failed_by_two(visit: Visit, here: Service) -> str:
    visit.arrive("MC4")
    visit.go_through(is_right=False)
    attempt = str(visit.state["id"])
    for author in ("account:1", "account:2"):
        mark(here, attempt, author=author, is_best=False)
    return attempt


def scored(here: Service, visit: Visit) -> str:
    with here.database.reading.begin() as session:
        return next(iter(session.get_one(Attempt, visit.state["id"]).criteria["steps"]))


def texts(told: dict[str, Any]) -> list[str]:
    return [one["text"] for one in told["say"]]


def keys(visit: Visit, *names: str) -> list[str]:
    return [phrase(visit, name) for name in names]


def phrase(visit: Visit, name: str) -> str:
    return visit.content.languages["es"].phrases[name]
