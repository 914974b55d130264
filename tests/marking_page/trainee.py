"""A candidate who holds the top level, and what they do on the way to marks that count."""

import re
from html import unescape

import pyotp
from fastapi.testclient import TestClient
from sqlalchemy import delete

from tests.marking_page.desk import CENTER, ORIGIN, PAGE, Desk, Person
from tests.page_client import PageClient
from tests.staff.desk import PAGES, PASSWORD, letters_in
from voice_app import attempts, scenes
from voice_app.access import signins
from voice_app.access.signins import csrf_of
from voice_app.marking import controls, licensing
from voice_app.models import Account, Candidate, Outcome, Unmarked

HOLDER = "ab" * 32
_SECRET = re.compile(r"/staff/invite#([\w-]+)")


def holder(desk: Desk, owner: str = HOLDER) -> Candidate:
    """A candidate of the center who ended MC4 at the top level."""
    now = desk.here.clock()
    with desk.here.database.writing.begin() as session:
        row = Candidate(
            id=f"cand-{owner[:8]}",
            center_id=CENTER,
            call_name="Marisol",
            help_language="es",
            owner_hash=owner,
            made_at=now,
        )
        session.add(row)
        attempt = scenes.start(
            session,
            desk.here.content,
            assessment="MC4",
            languages=("fr", "es"),
            owner=attempts.OwnerHash(owner),
            now=now,
            center=CENTER,
        )
        session.flush()
        ended = Outcome(
            attempt_id=attempt.id,
            state="passed",
            points=9,
            maximum=10,
            reviews=0,
            decided_at=now,
        )
        session.add(ended)
    return row


def phone(desk: Desk, candidate: Candidate) -> PageClient:
    """The phone on which a candidate is in."""
    with desk.here.database.writing.begin() as session:
        secret = signins.begin(session, candidate, now=desk.here.clock())
    client = PageClient(desk.app, base_url=ORIGIN)
    client.cookies.set("signin", secret)
    return client


def joined(desk: Desk, page: str) -> Person:
    """Come by the link that a page shows, with name, password and app; gives who is in."""
    found = _SECRET.search(unescape(page))
    assert found is not None
    client = TestClient(desk.app, base_url=ORIGIN)
    client.post("/staff/invite", data={"secret": found[1]}, headers=PAGES)
    told = {"name": "Marisol Staff", "password": PASSWORD}
    client.post("/staff/welcome", data=told, headers=PAGES)
    app = client.get("/staff/join", headers=PAGES)
    code = pyotp.TOTP(letters_in(app)).at(desk.here.clock())
    assert client.post("/staff/join", data={"code": code}, headers=PAGES).status_code == 200
    with desk.here.database.reading.begin() as session:
        account = session.query(Account).filter_by(name="Marisol Staff").one()
    secret = next(one.value for one in client.cookies.jar if one.name == "signin")
    return Person(client, account.id, csrf_of(secret or ""))


def state(desk: Desk, person: Person) -> str | None:
    with desk.here.database.reading.begin() as session:
        return licensing.standing(session, person.name).get("MC4")


def reference(desk: Desk, task: str) -> tuple[str, dict[str, int]]:
    """Why a task is on the screen, and its reference where it is a known one."""
    with desk.here.database.reading.begin() as session:
        row = session.get_one(Unmarked, int(task.rpartition("/")[2]))
        known = controls.reference(session, attempt_id=row.attempt_id, item=row.item)
        return row.why, {} if known is None else dict(known.levels)


def exercise(desk: Desk, person: Person, *, always: int | None = None) -> str:
    """Hear and mark a known answer, as the reference says or with always the same place of a level.

    Gives the page of the lesson.
    """
    task = person.next()
    why, known = reference(desk, task)
    assert why == "exercise"
    levels = {name: [one.points for one in desk.bank.rubric[name].levels] for name in known}
    given = known if always is None else {name: some[always] for name, some in levels.items()}
    fields = {f"level:{name}": str(points) for name, points in given.items()}
    assert person.listen(task).status_code == 200
    told = person.send_json(task, **fields)
    assert told.status_code == 200, told.text
    return str(told.json()["next"])


def settled_by_others(desk: Desk, how_many: int) -> list[str]:
    """Answers that two have marked alike; gives their attempts."""
    one, other = desk.staff(), desk.staff()
    given = [desk.answer(owner=f"{n:02d}" * 32) for n in range(how_many)]
    for answer in given:
        desk.mark(answer, one, best=True)
        desk.mark(answer, other, turn=2, best=True)
    with desk.here.database.writing.begin() as session:
        session.execute(delete(Unmarked).where(Unmarked.why == "rubric"))
    return [one.attempt for one in given]


def mark(desk: Desk, person: Person, *, best: bool = True, **more: str) -> str:
    """Hear and mark the next answer; gives why it was given."""
    task = person.next()
    assert task.startswith(f"{PAGE}/") and "note" not in task, task  # noqa: PT018
    with desk.here.database.reading.begin() as session:
        row = session.get_one(Unmarked, int(task.rpartition("/")[2]))
    assert person.listen(task).status_code == 200
    told = person.send_json(task, **desk.levels(row.item, best=best), **more)
    assert told.status_code == 200, told.text
    return row.why
