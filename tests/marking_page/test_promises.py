"""What was promised to candidates, and appeals about pictures, on the pages of staff."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.marking_page.desk import CENTER, NOBODYS, OWNER, Desk
from voice_app import appeals, attempts, news, outcomes, scenes
from voice_app.dialogues import pictured
from voice_app.dialogues.scenario import Arranging, Choosing, Listen, Picking, ScenarioBank
from voice_app.dialogues.scenes import DoStep
from voice_app.models import Attempt, Candidate, News, Unmarked

PAGE = "/staff/promises"


def test_what_is_overdue_is_told_first_and_by_number_only(desk: Desk) -> None:
    desk.answer()
    desk.answer(owner=NOBODYS)
    with desk.here.database.writing.begin() as session:
        first = session.scalars(select(Unmarked).order_by(Unmarked.seq)).first()
        assert first is not None
        first.since -= timedelta(days=30)
    page = desk.staff().open(PAGE)
    assert page.status_code == 200
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>", page.text)
    assert ["overdue" in row for row in rows] == [True, False]
    assert desk.staff(center="there").open(PAGE).text.count("<tr>") == 0


def test_a_coordinator_answers_an_appeal_about_pictures(desk: Desk) -> None:
    attempt = appealed(desk)
    boss = desk.staff("coordinator")
    [address] = re.findall(rf'href="({PAGE}/\d+)"', boss.open(PAGE).text)
    page = boss.open(address)
    fields = dict(
        re.findall(r'name="(points:[^"]+)" type="number" min="\d+" max="(\d+)"', page.text)
    )
    assert fields
    assert OWNER not in page.text
    refused = boss.send(address, reason="technical", **dict.fromkeys(fields, "900"))
    assert (refused.status_code, "no more than there are" in refused.text) == (409, True)
    assert boss.send(address, reason="because", **fields).status_code == 409
    assert boss.send(address, reason="this-order-is-good-too", **fields).status_code == 303
    with desk.here.database.reading.begin() as session:
        row = session.get_one(Attempt, attempt)
        assert appeals.state(session, row) == "raised"
        last = outcomes.latest(session, attempt)
        assert last is not None
        assert (last.state, last.points) == ("passed", last.maximum)
        assert session.scalars(select(News.key)).all() == [news.APPEAL]
    assert boss.open(address).status_code == 404


@pytest.mark.parametrize(("role", "center"), [("assessor", CENTER), ("owner", "there")])
def test_nobody_else_answers_it(desk: Desk, role: str, center: str) -> None:
    appealed(desk)
    with desk.here.database.reading.begin() as session:
        [row] = appeals.waiting(session, CENTER)
    person = desk.staff(role, center=center)
    assert person.open(f"{PAGE}/{row.seq}").status_code in (403, 404)
    sent = person.send(f"{PAGE}/{row.seq}", reason="technical")
    assert sent.status_code in (403, 404)


def test_the_desk_sees_what_a_candidate_has_not_heard(desk: Desk) -> None:
    attempt = appealed(desk)
    with desk.here.database.writing.begin() as session:
        row = session.get_one(Attempt, attempt)
        news.tell(session, row, key=news.OUTCOME, at=desk.here.clock())
        session.add(
            Candidate(
                id="someone",
                center_id=CENTER,
                call_name="Amina",
                help_language="es",
                owner_hash=OWNER,
                made_at=desk.here.clock(),
            )
        )
    assert (
        "News they have not heard yet"
        in desk.staff("coordinator").open("/staff/candidates/someone").text
    )


def appealed(desk: Desk) -> str:
    """An attempt at planning that nobody answered well, whose candidate does not agree."""
    here, now = desk.here, desk.here.clock()
    bank = here.content.scenarios["MC2"]
    with here.database.writing.begin() as session:
        attempt = scenes.start(
            session,
            here.content,
            assessment="MC2",
            languages=("fr", "es"),
            owner=attempts.OwnerHash(OWNER),
            now=now,
            center=CENTER,
        )
        session.flush()
        while isinstance(turn := scenes.turn(session, bank, attempt=attempt, now=now), DoStep):
            answer(session, bank, attempt, turn)
        outcomes.settle(session, bank, attempt=attempt, award=here.award, now=now)
        appeals.make(session, attempt, bank=bank, at=now)
        return attempt.id


def answer(session: Session, bank: ScenarioBank, attempt: Attempt, turn: DoStep) -> None:
    given = attempts.Given(uuid4(), turn.step.id, attempts.Listens(), attempt.started_at)
    match turn.step.task:
        case Listen():
            scenes.touch(session, bank, attempt=attempt, given=given, option="understood")
        case Choosing(options, right):
            wrong = next(one for one in options if one != right)
            option = right if turn.is_rehearsal else wrong
            scenes.touch(session, bank, attempt=attempt, given=given, option=option)
        case Picking(options, several):
            wrong = [one for one in options if one not in several]
            chosen = sorted(several) if turn.is_rehearsal else wrong
            scenes.put_in_order(session, bank, attempt=attempt, given=given, options=chosen)
        case Arranging() as task:
            cards = [one.id for one in task.cards if one.id not in task.kept]
            least = min(cards, key=lambda one: pictured.points(turn.step, [one]))
            scenes.put_in_order(session, bank, attempt=attempt, given=given, options=[least])
