"""A scenario that the content has no more: nobody's page fails, and its answers are marked."""

import json
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.marking_page.desk import Desk
from tests.marking_page.planning import appealed
from voice_app.models import Attempt, Mark, Response, Unmarked
from voice_app.routes import oversight_scenes, scene_outcome, scene_why, tasks

OLD = "gone-"


def vanish(session: Session, attempt: Attempt) -> None:
    """Give its scenarios and steps names that no content has."""
    steps = list(attempt.criteria["steps"])
    told = json.dumps(attempt.criteria)
    for name in attempt.criteria["scenarios"]:
        told = told.replace(f'"{name}', f'"{OLD}{name}')
    attempt.criteria = json.loads(told)
    for kind in (Response, Unmarked, Mark):
        row: Any = kind
        for step in steps:
            mine = (row.attempt_id == attempt.id) & (row.item == step)
            session.execute(update(row).where(mine).values(item=f"{OLD}{step}"))
    session.flush()


def test_an_assessor_hears_and_marks_it_by_what_was_copied(desk: Desk) -> None:
    waiting, assessor = desk.answer(), desk.staff()
    with desk.here.database.writing.begin() as session:
        vanish(session, session.get_one(Attempt, waiting.attempt))
    task = assessor.next()
    shown = assessor.open(task)
    assert shown.status_code == 200
    assert "The content has this task no more." in shown.text
    assert assessor.listen(task).status_code == 200
    assert assessor.open(f"{task}/proposal").status_code == 200
    levels = desk.levels(waiting.step)
    assert all(f'name="{field}"' in shown.text for field in levels)
    assert assessor.send(task, listened="2", **levels).status_code == 303
    with desk.here.database.reading.begin() as session:
        assert session.query(Mark).one().item == f"{OLD}{waiting.step}"


def test_its_candidate_and_who_looks_at_the_whole_are_told_what_is_left(desk: Desk) -> None:
    name, here = appealed(desk), desk.here
    with here.database.writing.begin() as session:
        vanish(session, session.get_one(Attempt, name))
    with here.database.reading.begin() as session:
        attempt = session.get_one(Attempt, name)
        bank: Any = here.home(attempt)
        state, _ = tasks.state(here, session, attempt, bank=bank)
        assert state["turn"]["kind"] == "finish"
        assert scene_outcome.told(here, session, attempt, bank=bank)["state"] == "not_yet"
        standings = scene_why.standings(session, bank, attempt=attempt)
        assert standings.keys() == attempt.criteria["steps"].keys()
        assert all(scene_why.said(here, attempt, one) for one in standings.values())
        answers = list(oversight_scenes.answers(session, here, attempt, bank=bank))
        assert len(answers) == len(standings)


def test_a_coordinator_answers_its_appeal(desk: Desk) -> None:
    name, coordinator = appealed(desk), desk.staff("coordinator")
    with desk.here.database.writing.begin() as session:
        vanish(session, session.get_one(Attempt, name))
    listed = coordinator.open("/staff/promises")
    assert listed.status_code == 200
    address = next(one for one in listed.text.split('"') if one.startswith("/staff/promises/"))
    assert coordinator.open(address).status_code == 200
    answer = coordinator.send(address, reason="as-the-rules-say")
    assert answer.status_code == 303
