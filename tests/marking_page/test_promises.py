"""What was promised to candidates, and appeals about pictures, on the pages of staff."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.marking_page.desk import CENTER, NOBODYS, OWNER, Desk
from tests.marking_page.planning import appealed
from voice_app import appeals, news, outcomes
from voice_app.marking import conflicts
from voice_app.models import Attempt, AuditEntry, Candidate, News, Outcome, Unmarked
from voice_app.models import Response as ResponseRow

PAGE = "/staff/promises"
# In an attempt at planning: two in time, two on the way through a home.
ORDERS = 4


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


def test_a_coordinator_hears_the_orders_that_were_said(desk: Desk) -> None:
    attempt = appealed(desk)
    boss = desk.staff("coordinator")
    [address] = re.findall(rf'href="({PAGE}/\d+)"', boss.open(PAGE).text)
    sounds = re.findall(r'<audio [^>]*src="([^"]+)"', boss.open(address).text)
    with desk.here.database.reading.begin() as session:
        said = set(session.scalars(select(ResponseRow.item).where(ResponseRow.kind == "speech")))
        scored = said & session.get_one(Attempt, attempt).criteria["steps"].keys()
    assert {one.rpartition("/")[2] for one in sounds} == scored
    assert len(scored) == ORDERS
    heard = boss.client.get(sounds[0])
    assert heard.status_code == 200
    assert heard.headers["content-type"] == "audio/wav"
    assert heard.headers["cache-control"] == "private, no-store"
    with desk.here.database.reading.begin() as session:
        log = select(AuditEntry.actor).where(AuditEntry.action == "recording.heard")
        assert session.scalars(log).all() == [boss.name]
    rehearsed = f"{address}/sounds/mc2-rehearsal.order"
    assert boss.client.get(rehearsed).status_code == 404


@pytest.mark.parametrize(("role", "center"), [("assessor", CENTER), ("owner", "there")])
def test_nobody_else_hears_them(desk: Desk, role: str, center: str) -> None:
    appealed(desk)
    boss, other = desk.staff("coordinator"), desk.staff(role, center=center)
    [address] = re.findall(rf'href="({PAGE}/\d+)"', boss.open(PAGE).text)
    sound, *_ = re.findall(r'<audio [^>]*src="([^"]+)"', boss.open(address).text)
    assert other.client.get(sound).status_code in (403, 404)


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


def test_what_nobody_here_may_mark_is_told(desk: Desk) -> None:
    desk.answer()
    boss = desk.staff("coordinator")
    told = "Nobody here may mark 1 answer of MC4."
    assert told in boss.open(PAGE).text
    for _ in range(2):
        desk.staff()
    assert told not in boss.open(PAGE).text


def test_what_was_told_before_a_conflict_was_known_is_shown(desk: Desk) -> None:
    given, marker, boss = desk.answer(), desk.staff(), desk.staff("coordinator")
    desk.mark(given, marker, best=True)
    now = desk.here.clock()
    with desk.here.database.writing.begin() as session:
        session.add(
            Outcome(
                attempt_id=given.attempt,
                state="passed",
                points=1,
                maximum=1,
                reviews=0,
                decided_at=now + timedelta(seconds=1),
            )
        )
        session.flush()
        conflicts.note(
            session,
            marker.account,
            owner_hash=OWNER,
            kind="relative",
            author=boss.name,
            at=now + timedelta(seconds=2),
        )
    page = boss.open(PAGE).text
    assert "Told before a conflict was known" in page
    assert re.search(r"<li>MC4, candidate [A-Z0-9]+, marked", page)
    assert OWNER not in page
