"""Coordinators look after who marks: licenses, agreement, the policy, conflicts of interest."""

import pytest

from tests.marking_page.desk import CENTER, OWNER, PAGE, Desk, Person
from voice_app.marking import conflicts, controls, licensing, policies
from voice_app.models import Candidate, Unmarked

PEOPLE = f"{PAGE}/people"


def candidate(desk: Desk) -> str:
    with desk.here.database.writing.begin() as session:
        row = Candidate(
            id="cand-1",
            center_id=CENTER,
            call_name="Marisol",
            help_language="es",
            owner_hash=OWNER,
            made_at=desk.here.clock(),
        )
        session.add(row)
        return row.id


def states(desk: Desk, person: Person) -> dict[str, str]:
    with desk.here.database.reading.begin() as session:
        return dict(licensing.standing(session, person.name))


def step(by: Person, of: Person, name: str) -> int:
    fields = {"account": of.account, "micro_competence": "MC4", "step": name}
    return by.send(f"{PEOPLE}/licenses", **fields).status_code


def test_a_license_is_begun_given_paused_and_lifted_by_a_coordinator(desk: Desk) -> None:
    coordinator, learner, assessor = (
        desk.staff("coordinator"),
        desk.staff(marks=()),
        desk.staff(marks=()),
    )
    assert step(coordinator, learner, "begin") == 303
    assert states(desk, learner) == {"MC4": "exercise"}
    assert step(coordinator, learner, "appoint") == 409
    assert step(coordinator, learner, "found") == 409
    assert step(coordinator, assessor, "found") == 303
    assert step(coordinator, assessor, "pause") == 303
    assert "MC4: paused" in assessor.open(PAGE).text
    assert "Because of: coordinator" in coordinator.open(PEOPLE).text
    assert step(coordinator, assessor, "lift") == 303
    assert step(coordinator, assessor, "end") == 303
    assert states(desk, assessor) == {"MC4": "ended"}
    assert step(coordinator, assessor, "dance") == 409


def test_an_owner_who_marks_lifts_nothing_of_their_own(desk: Desk) -> None:
    coordinator, owner = desk.staff("coordinator"), desk.staff("owner", marks=())
    assert step(owner, owner, "found") == 409
    assert step(coordinator, owner, "found") == 303
    assert step(coordinator, owner, "pause") == 303
    assert step(owner, owner, "lift") == 409
    assert states(desk, owner) == {"MC4": "paused"}


def test_assessors_and_other_centers_change_nothing(desk: Desk) -> None:
    assessor, stranger = desk.staff(marks=()), desk.staff("coordinator", center="there")
    assert step(assessor, assessor, "found") == 403
    assert step(stranger, assessor, "found") == 404
    assert assessor.open(PEOPLE).status_code == 403
    assert states(desk, assessor) == {}


def test_the_policy_is_chosen_and_nonsense_is_refused(desk: Desk) -> None:
    coordinator = desk.staff("coordinator")
    fields = {"double_percent": "20", "control_percent": "5", "unsure_sample_percent": "7"}
    kept = coordinator.send(f"{PEOPLE}/policy", **fields, promise_days="3")
    assert kept.status_code == 303
    with desk.here.database.reading.begin() as session:
        assert policies.policy_of(session, CENTER) == policies.Policy(
            20, 5, 7, is_proposal_first=False, promise_days=3
        )
    refused = coordinator.send(f"{PEOPLE}/policy", **fields, promise_days="many")
    assert "Write whole numbers." in refused.text


def test_who_knows_a_candidate_is_never_given_their_answers(desk: Desk) -> None:
    desk.answer()
    coordinator, close, other = desk.staff("coordinator"), desk.staff(), desk.staff()
    about = {"account": close.account, "candidate": candidate(desk)}
    assert coordinator.send(f"{PEOPLE}/conflicts", **about, kind="relative").status_code == 303
    assert "does not mark Marisol: relative" in coordinator.open(PEOPLE).text
    assert close.next() == f"{PAGE}?note=done"
    assert coordinator.send(f"{PEOPLE}/conflicts", **about, kind="lift").status_code == 303
    with desk.here.database.reading.begin() as session:
        assert not conflicts.of_account(session, close.account)
    assert close.next() != f"{PAGE}?note=done"
    assert other.next() == f"{PAGE}?note=done"


def test_a_known_example_looks_like_any_other_answer(desk: Desk) -> None:
    with desk.here.database.writing.begin() as session:
        assert controls.ship(session, desk.bank, at=desk.here.clock()) > 0
    trainee, coordinator = desk.staff(marks=()), desk.staff("coordinator")
    step(coordinator, trainee, "begin")
    task = trainee.next()
    page = trainee.open(task).text
    assert "example" not in page.partition("Your mark")[0]
    assert "Candidate <strong>" in page
    with desk.here.database.reading.begin() as session:
        row = session.get_one(Unmarked, int(task.rpartition("/")[2]))
        known = controls.reference(session, attempt_id="", item=row.item)
        assert known is not None
        fields = {f"level:{name}": str(points) for name, points in known.levels.items()}
    assert all(f'name="{one}"' in page for one in fields)
    assert trainee.send_json(task, **fields).status_code == 409
    trainee.listen(task)
    assert trainee.send_json(task, **fields).status_code == 200
    assert "1 of 1 near, 10 wanted" in coordinator.open(PEOPLE).text


@pytest.mark.parametrize("count", [9, 10])
def test_agreement_is_told_once_there_are_enough_marks(desk: Desk, count: int) -> None:
    one, other = desk.staff(), desk.staff()
    for n in range(count):
        given = desk.answer(owner=f"{n:02d}" * 32)
        desk.mark(given, one, best=n % 2 == 0)
        desk.mark(given, other, turn=2, best=n % 3 == 0)
    page = desk.staff("coordinator").open(PEOPLE).text
    assert (">not enough marks yet<" in page) == (count < 10)
    assert (" of 100</td>" in page) == (count >= 10)
