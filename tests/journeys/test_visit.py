"""An attempt at scenarios over the web, from the first sound to how it ended."""

import uuid
from collections import Counter

import pytest
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from tests.journeys.visit import Visit
from voice_app.dialogues.scenario import Arranging


@pytest.fixture
def visit(client: TestClient, ears: ScriptedEars) -> Visit:
    return Visit(client, ears)


def test_planning_well_ends_with_a_badge_at_once(visit: Visit) -> None:
    visit.arrive("MC2")
    assert visit.state["kind"] == "scenario"
    assert visit.task["is_rehearsal"]
    visit.go_through()
    assert visit.state["turn"] == {"kind": "finish", "task": None}
    outcome = visit.outcome()
    assert (outcome["state"], outcome["level"], outcome["reviews"]) == (
        "passed",
        "appropriation",
        0,
    )
    assert outcome["badge"]["picture"] == "/pictures/ui-badge-mc2.svg"
    assert outcome["promise"] is None
    shown = {
        one["id"]: [said["text"] for said in one["say"]] for one in outcome["by_learning_outcome"]
    }
    phrases = visit.content.languages["es"].phrases
    assert list(shown) == ["LO4", "LO5"]
    for name, said in shown.items():
        assert said[0] == phrases[f"result.good.{name}"]
        assert phrases["result.order-good"] in said
        assert phrases["result.order-practice"] not in said


def test_planning_badly_ends_without_a_badge_and_with_its_reasons(visit: Visit) -> None:
    visit.arrive("MC2")
    visit.go_through(is_right=False)
    outcome = visit.outcome()
    assert (outcome["state"], outcome["level"]) == ("not_yet", "discovery")
    assert outcome["badge"] is None
    phrases = visit.content.languages["es"].phrases
    reasons = [said["text"] for one in outcome["by_learning_outcome"] for said in one["say"]]
    assert reasons[0] == phrases["result.practice.LO4"]
    assert phrases["result.order-practice"] in reasons


@pytest.mark.parametrize("assessment", ["MC1", "MC4"])
def test_spoken_tasks_wait_for_people(visit: Visit, assessment: str) -> None:
    visit.arrive(assessment)
    visit.go_through()
    outcome = visit.outcome()
    assert (outcome["state"], outcome["badge"]) == ("to_review", None)
    assert outcome["reviews"] > 0
    assert outcome["promise"]["text"] == visit.content.languages["es"].phrases["promise.five"]


def test_nobody_who_touches_nothing_right_is_failed_before_people_have_listened(
    visit: Visit,
) -> None:
    visit.arrive("MC4")
    visit.go_through(is_right=False)
    assert visit.outcome()["state"] == "to_review"


def test_an_outcome_is_pending_before_the_end(visit: Visit) -> None:
    visit.arrive("MC2")
    outcome = visit.outcome()
    assert (outcome["state"], outcome["by_learning_outcome"]) == ("pending", [])


def test_a_task_says_what_it_is_and_never_what_is_right(visit: Visit) -> None:
    visit.arrive("MC2")
    visit.go_through(until="arranging")
    task = visit.task
    assert set(task) == {
        "id",
        "scenario",
        "kind",
        "is_rehearsal",
        "picture",
        "says",
        "help",
        "options",
        "plan",
        "kept",
        "minutes",
        "questions",
        "most_seconds",
        "again",
    }
    asked = visit.step.task
    assert isinstance(asked, Arranging)
    assert {one["id"]: one["minutes"] for one in task["options"]} == {
        card.id: card.minutes or None for card in asked.cards
    }
    assert all(set(one) == {"normal", "slow", "text"} for one in task["says"])
    assert all(one["text"] is None for one in task["says"])
    assert task["help"]["text"]


def test_sections_fill_while_tasks_are_done(visit: Visit) -> None:
    state = visit.arrive("MC1", help_language="fr")
    assert [one["answered"] for one in state["sections"]] == [0, 0, 0]
    assert all(one["picture"] for one in state["sections"])
    assert [one["name"]["text"] for one in state["sections"]] == [
        "La première rencontre avec l'employeur.",
        "Les produits de l'employeur.",
        "Le matériel de l'employeur.",
    ]
    visit.go_through()
    assert all(one["answered"] == one["items"] for one in visit.state["sections"])


def test_pictures_stand_otherwise_in_another_attempt(visit: Visit) -> None:
    orders: Counter[tuple[str, ...]] = Counter()
    for _ in range(4):
        visit.arrive("MC2")
        visit.go_through(until="choosing")
        orders[tuple(one["id"] for one in visit.task["options"])] += 1
    assert len(orders) > 1


def test_a_touched_question_is_answered_by_the_employer(visit: Visit) -> None:
    visit.arrive("MC1")
    visit.go_through(until="asking")
    first = visit.task["questions"][0]
    told = visit.choose(option=first["id"])
    assert set(told["answers"][0]) == {"normal", "slow", "text"}
    assert [one["is_answered"] for one in visit.task["questions"]][:2] == [True, False]
    visit.choose(option="done")
    assert visit.task["kind"] != "asking"


def test_the_rehearsal_tells_what_is_right_and_the_test_does_not(visit: Visit) -> None:
    visit.arrive("MC2")
    while visit.task["kind"] == "listen":
        visit.answer()
    before = visit.task["id"]
    told = [visit.choose_wrong()["phrase"] for _ in range(2)]
    assert told == ["rehearsal.other", "rehearsal.other"]
    assert (visit.task["id"], visit.task["again"]) == (before, "rehearsal.other")
    assert visit.choose_wrong()["phrase"] == "rehearsal.heard"
    assert visit.task["id"] != before
    visit.go_through(until="choosing")
    assert visit.choose_wrong()["phrase"] is None


def test_the_same_touch_twice_is_taken_once_and_an_impossible_one_refused(visit: Visit) -> None:
    visit.arrive("MC2")
    visit.go_through(until="arranging")
    best = [one["id"] for one in visit.task["options"]][:2]
    for wrong in ({"option": best[0]}, {"options": [*best, best[0]]}, {"options": []}, {}):
        answer = visit.send_choice(**wrong)
        assert (answer.status_code, answer.json()["error"]) == (422, "unknown-choice")
    name, body = str(uuid.uuid4()), {"options": best}
    item = visit.task["id"]
    assert [visit.send_choice(name=name, **body).status_code for _ in range(2)] == [201, 200]
    other = visit.send_choice(name=name, options=best[::-1])
    assert (other.status_code, other.json()["error"]) == (409, "other-response")
    late = visit.send_choice(options=best)
    assert (late.status_code, late.json()["error"], visit.task["id"]) == (409, "closed", item)


def test_nothing_is_said_where_nothing_is_asked(visit: Visit, take: bytes) -> None:
    visit.arrive("MC2")
    visit.go_through(until="choosing")
    answer = visit.record(take)
    assert (answer.status_code, answer.json()["error"]) == (422, "unknown-choice")


def test_the_second_attempt_is_not_the_first_again(visit: Visit) -> None:
    firsts = [one["category"] for one in visit.arrive("MC1")["sections"]]
    seconds = [one["category"] for one in visit.arrive("MC1")["sections"]]
    assert not set(firsts) & set(seconds)


def test_pages_of_items_do_not_open_for_scenarios(visit: Visit) -> None:
    visit.arrive("MC2")
    answer = visit.client.get(f"/attempts/{visit.state['id']}/why/items")
    assert answer.status_code in (404, 422)
