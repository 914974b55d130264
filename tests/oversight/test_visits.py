"""A test in pictures that is looked at as a whole: what people see of it, and their word on it."""

from tests.journeys.visit import Visit
from tests.oversight.house import House, page_of
from voice_app.oversight import Policy

PASSES_ONLY_SIGNED = Policy(automatic=("MC3",))


def visit_of(house: House) -> Visit:
    return Visit(house.phone.client, house.phone.ears)


def test_a_plan_is_shown_with_what_was_placed_and_signed_off(house: House) -> None:
    house.choose(PASSES_ONLY_SIGNED)
    visit = visit_of(house)
    visit.arrive("MC2")
    visit.go_through()
    assert visit.outcome()["state"] == "to_review"
    person, name = house.staff(), visit.state["id"]
    shown = person.open(page_of(name))
    assert shown.status_code == 200
    assert "Touched by the candidate" in shown.text
    assert "Expected answer" in shown.text
    assert "Sign off" in shown.text
    assert person.word(name, "signed").status_code == 303
    outcome = visit.outcome()
    assert outcome["state"] == "passed"
    assert outcome["badge"] is not None


def test_spoken_tasks_are_no_part_of_the_list_of_doubts(house: House) -> None:
    visit = visit_of(house)
    visit.arrive("MC4")
    visit.go_through()
    assert visit.outcome()["reviews"] > 0
    person = house.staff()
    assert visit.state["id"] not in person.open("/staff/oversight").text
