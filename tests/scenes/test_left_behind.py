"""A last take that no machine hears, of somebody who does not come back, ends all the same."""

import threading
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.dialogues.fakes import assessment
from tests.scenes.walks import CONTENT, NOW, Walk
from voice_app import attempts, scenes
from voice_app.attempts import Given, Listens, Take
from voice_app.db import Database
from voice_app.dialogues.content import Content
from voice_app.dialogues.scenario import Saying
from voice_app.dialogues.scenes import DoStep
from voice_app.jobs import Daily, Limits, Sweep, queue
from voice_app.jobs.left import LONGEST, WARM
from voice_app.models import Attempt, Hearing, Outcome, Response, Unheard, Unmarked, Utterance


def left(session: Session) -> Walk:
    """Somebody answers everything, says one thing, and is gone before it is heard."""
    walk = Walk(session)
    while isinstance(
        turn := scenes.turn(session, walk.bank, attempt=walk.attempt, now=NOW), DoStep
    ):
        if isinstance(turn.step.task, Saying) and not turn.is_rehearsal:
            given = Given(uuid4(), turn.step.id, Listens(), NOW)
            take = Take("audio/wav", "", 1, str(given.id))
            scenes.speak(session, walk.bank, attempt=walk.attempt, given=given, take=take)
            queue.add(session, str(given.id), limits=Limits())
        else:
            walk._answer(turn, is_right=True)
    return walk


def sweep(database: Database, *, at: datetime, since: datetime = NOW) -> int:
    return Sweep(database, CONTENT, lambda *_: None, lambda: at, since).run()


@pytest.fixture
def name(database: Database) -> str:
    with database.writing.begin() as session:
        walk = left(session)
        walk.settle()
        assert walk.ends() == []
        return walk.attempt.id


def found(database: Database, row: type[Outcome | Unmarked | Unheard | Hearing]) -> int:
    with database.reading.begin() as session:
        return len(session.scalars(select(row)).all())


def test_an_attempt_at_a_home_ends_once_the_machine_had_its_time(
    database: Database, name: str
) -> None:
    assert sweep(database, at=NOW + timedelta(minutes=1)) == 0
    assert sweep(database, at=NOW + scenes.PATIENCE + timedelta(minutes=1)) == 1
    with database.reading.begin() as session:
        assert session.scalars(select(Outcome.attempt_id)).all() == [name]
    assert found(database, Unmarked) == 4
    assert found(database, Unheard) == 1
    assert sweep(database, at=NOW + timedelta(days=3)) == 0


@pytest.mark.usefixtures("name")
def test_what_nobody_heard_for_a_day_is_a_persons(database: Database) -> None:
    now = NOW + LONGEST + timedelta(hours=1)
    assert sweep(database, at=now, since=now) == 1
    assert (found(database, Unheard), found(database, Hearing)) == (1, 0)


def test_a_language_test_goes_to_people_too(database: Database) -> None:
    content = Content({}, {}, {"MC3": assessment(10)}, {})
    with database.writing.begin() as session:
        attempt = spoken_last(session, content)
        names = (attempt.id, list(content.assessments["MC3"].items)[-1])
    now = NOW + LONGEST + WARM
    run = Sweep(database, content, lambda *_: None, lambda: now, now).run
    assert run() == 0
    later = Sweep(database, content, lambda *_: None, lambda: now, NOW)
    assert later.run() == 1
    assert found(database, Unheard) == 0
    with database.reading.begin() as session:
        assert session.scalars(select(Hearing.verdict)).all() == ["stopped"]
        assert session.scalars(select(Outcome.state)).all() == ["to_review"]
        (row, _) = session.scalars(select(Unmarked)).all()
        assert (row.attempt_id, row.item, row.why) == (*names, "unsure")


def test_it_is_done_while_the_service_runs() -> None:
    swept = threading.Event()
    daily = Daily(FAILING, sweep=swept.set, first_seconds=0)
    daily.start()
    assert swept.wait(5)
    daily.stop()


class FailingKeeping:
    """No retention is due here, and none works."""

    def clock(self) -> datetime:
        raise ValueError("no clock")


FAILING: Any = FailingKeeping()


def spoken_last(session: Session, content: Content) -> Attempt:
    """Nine items touched, five of them rightly; the last is spoken and nobody hears it."""
    bank = content.assessments["MC3"]
    row = Attempt(
        id=str(uuid4()),
        owner_hash=attempts.hash_of("secret"),
        assessment="MC3",
        employer_language="fr",
        help_language="es",
        content_version="v",
        criteria={"percent": 60, "items": list(bank.items)},
        started_at=NOW,
    )
    session.add(row)
    session.flush()
    for number, item in enumerate((bank.rehearsal.id, *bank.items)):
        option = None if number == len(bank.items) else "north" if number <= 5 else "east"
        answered(session, row, item=item, option=option)
    return row


def answered(session: Session, attempt: Attempt, *, item: str, option: str | None) -> None:
    one = str(uuid4())
    kind = "speech" if option is None else "touch"
    given = {"plays_normal": 1, "plays_slow": 0, "takes": 1, "received_at": NOW}
    session.add(
        Response(id=one, attempt_id=attempt.id, item=item, kind=kind, option=option, **given)
    )
    session.flush()
    if option is None:
        session.add(Utterance(id=one, media_type="audio/wav", sha256="", byte_size=1, path=one))
        session.flush()
        queue.add(session, one, limits=Limits())
