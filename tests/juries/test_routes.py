"""Juries over HTTP: convened at the desk, marked on phones, come to one outcome and a badge."""

import json
import re
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.journeys.conftest import voice_like_wav
from tests.juries.room import JURIES, Room
from tests.marking_page.desk import CENTER
from voice_app import privacy
from voice_app.marking import conflicts
from voice_app.models import AuditEntry, Badge, Mark, Unmarked, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.routes import juries_kit
from voice_app.routes.access import TOKEN_HEADER

ROLES = ("employer", "peer", "trainer")
_IMPORT = re.compile(r'from "([^"]+)"')


def rows(room: Room, kind: type) -> list:
    with room.here.database.reading.begin() as session:
        return list(session.scalars(select(kind)))


def record(room: Room, address: str, step: str, name: str | None = None, sound: bytes = b""):
    return room.chief.client.put(
        f"{address}/recordings/{name or uuid4()}",
        params={"step": step},
        content=sound or voice_like_wav(),
        headers={TOKEN_HEADER: room.chief.token, "content-type": "audio/wav"},
    )


def test_the_desk_convenes_a_jury_and_brings_what_its_phone_kept(room: Room) -> None:
    address = room.convene()
    facts = {"answers": room.answers(address), "marks": room.marks(address, *ROLES)}
    told = room.merge(address, **facts).json()
    assert told["new"] == len(facts["answers"]) + len(facts["marks"])
    assert told["state"]["is_whole"]
    assert room.outcome(address).state == "passed"
    (badge,) = rows(room, Badge)
    assert "Roux" not in badge.credential
    assert room.merge(address, **facts).json()["new"] == 0
    assert len(rows(room, Badge)) == 1
    page = room.chief.open(address).text
    assert "passed" in page
    assert "Mme Roux" in page


def test_three_phones_bring_their_own_marks(room: Room) -> None:
    address = room.convene()
    phones = {role: room.phone(address, role) for role in ROLES}
    for role, phone in phones.items():
        kit = phone.get("/jury/kit.json").json()
        assert [one["role"] for one in kit["seats"]] == [role]
        told = phone.merge(marks=room.marks(address, role)).json()
        assert [one["marked"] for one in told["state"]["seats"]] == [kit_marks(kit)]
    assert room.outcome(address) is None
    room.merge(address, answers=room.answers(address))
    assert room.outcome(address).state == "passed"


def kit_marks(kit: dict) -> int:
    return sum(bool(step["criteria"]) for step in kit["steps"])


def test_a_seat_brings_no_other_seats_marks_and_no_answers(room: Room) -> None:
    address = room.convene()
    phone = room.phone(address, "peer")
    refused = phone.merge(marks=room.marks(address, "trainer"))
    assert refused.status_code == 409
    phone.merge(marks=[], answers=room.answers(address))
    assert not rows(room, Mark)
    assert not rows(room, ResponseRow)
    assert phone.client.post("/jury/merge", json={"marks": []}).status_code == 403


def test_a_link_opens_one_browser_and_nothing_else(room: Room) -> None:
    address = room.convene()
    secret = room.secret(address, "employer")
    phone = room.phone(address, "peer")
    opened = type(phone)(room, secret)
    assert opened.opened.headers["location"] == "/jury/kit"
    assert opened.get("/jury/kit").status_code == 200
    again = type(phone)(room, secret)
    assert again.opened.status_code == 410
    for path in ("/jury/kit.json", "/jury/sending", f"/jury/recordings/{uuid4()}"):
        assert again.get(path).status_code == 404
    assert again.get("/jury/kit").status_code == 410
    assert opened.client.get(f"{address}/kit.json").status_code == 401


def test_a_kit_names_every_file_that_its_page_takes(room: Room) -> None:
    kit = room.chief.client.get(f"{room.convene()}/kit.json").json()
    folder = juries_kit.static_folder(room.here)
    for address in kit["files"]:
        place = folder.parent if address.startswith(("/static/", "/pictures/")) else None
        path = place / address[1:] if place else room.here.sounds / address[len("/audio/") :]
        assert path.is_file(), address
    scripts = {folder.parent / one[1:] for one in kit["files"] if one.endswith(".js")}
    needed = {
        (script.parent / one).resolve()
        for script in scripts
        for one in _IMPORT.findall(script.read_text())
    }
    assert needed <= {one.resolve() for one in scripts}


def test_a_kit_never_tells_what_is_right(room: Room) -> None:
    address = room.convene()
    kit = room.chief.client.get(f"{address}/kit.json").json()
    keys = {key for step in kit["steps"] for key in step}
    assert keys.isdisjoint({"right", "rules", "points", "cues"})
    assert len(kit["steps"]) == len(room.steps(address))


def test_a_voice_is_kept_where_it_was_allowed(room: Room) -> None:
    address = room.convene()
    step = next(one.id for one in room.steps(address) if one.criteria)
    assert record(room, address, step).status_code == 409
    assert not rows(room, Utterance)
    room.merge(address, is_recorded=True)
    name, sound = str(uuid4()), voice_like_wav()
    assert record(room, address, step, name, sound).status_code == 201
    assert record(room, address, step, name, sound).status_code == 200
    (kept,) = rows(room, Utterance)
    owner = room.attempt(address).owner_hash
    assert room.here.store.read(kept.path, owner=owner) == sound


def test_a_jury_at_a_distance_hears_before_it_marks(room: Room) -> None:
    attempt = room.finished()
    assert [one.why for one in rows(room, Unmarked)] == ["rubric"]
    address = room.convene(f"attempt:{attempt}")
    assert not rows(room, Unmarked)
    phone = room.phone(address, "trainer")
    kit = phone.get("/jury/kit.json").json()
    assert all(step["criteria"] for step in kit["steps"])
    (take,) = [one for step in kit["steps"] for one in step["takes"]]
    marks = room.marks(address, "trainer")
    refused = phone.merge(marks=marks)
    assert refused.json()["trouble"] == "Listen to each answer first."
    heard = phone.get(take)
    assert heard.headers["content-type"] == "audio/wav"
    assert phone.merge(marks=marks).status_code == 200
    seat = room.seats(address)["trainer"]
    actors = [one.actor for one in rows(room, AuditEntry) if one.action == "recording.heard"]
    assert actors == [f"seat:{seat}"]
    other = room.phone(room.convene(), "trainer")
    assert other.get(take).status_code == 404
    assert room.chief.client.get(f"{address}/kit.json").status_code == 404


def test_a_member_of_staff_takes_the_seat_that_is_theirs(room: Room) -> None:
    peer, other = room.staff(), room.staff()
    address = room.convene(peer_account=peer.account)
    assert "Take my seat" in peer.open(JURIES).text
    assert "Amina" not in peer.open(JURIES).text
    assert "Take my seat" not in other.open(JURIES).text
    assert other.send(f"{address}/seat").status_code == 404
    taken = peer.send(f"{address}/seat")
    assert taken.headers["location"] == "/jury/kit"
    assert [one["role"] for one in peer.client.get("/jury/kit.json").json()["seats"]] == ["peer"]


def test_who_is_too_close_is_refused_in_words(room: Room) -> None:
    peer = room.staff()
    owner = room.attempt(room.convene()).owner_hash
    with room.here.database.writing.begin() as session:
        conflicts.note(
            session,
            peer.account,
            owner_hash=owner,
            kind="relative",
            author="command",
            at=room.here.clock(),
        )
    fields = {"candidate": room.candidate, "what": "new:MC4", "language": "fr"}
    people = {"employer_name": "Mme Roux", "peer_account": peer.account, "trainer_name": "Paul"}
    refused = room.chief.send(JURIES, **fields, **people)
    assert refused.status_code == 422
    assert "too close to this candidate" in refused.text
    assert 'value="Mme Roux"' in refused.text


def test_the_coordinator_is_told_what_two_phones_told_differently(room: Room) -> None:
    address = room.convene()
    answers = room.answers(address)
    room.merge(address, answers=answers)
    choice = next(
        one for one in answers if one["kind"] == "touch" and one["option"] != "understood"
    )
    step = next(one for one in room.steps(address) if one.id == choice["step"])
    other = next(one for one in step.task.options if one != choice["option"])
    told = room.merge(address, answers=[choice | {"id": str(uuid4()), "option": other}]).json()
    assert told["conflicts"] == [choice["step"]]
    assert "another phone told another answer" in room.chief.open(address).text


def test_a_jury_that_was_sent_home_brings_nothing(room: Room) -> None:
    address = room.convene()
    phone = room.phone(address, "peer")
    room.merge(address, answers=room.answers(address))
    assert room.chief.send(f"{address}/end").status_code == 303
    assert phone.get("/jury/kit.json").status_code == 404
    refused = room.merge(address, marks=room.marks(address, "peer"))
    assert refused.json()["trouble"] == "This jury was sent home."
    assert {one.why for one in rows(room, Unmarked)} == {"rubric"}
    assert {one.center for one in rows(room, Unmarked)} == {CENTER}


def test_a_mark_on_what_nobody_marks_is_refused_in_words(room: Room) -> None:
    address = room.convene()
    step = next(one.id for one in room.steps(address) if not one.criteria)
    mark = room.marks(address, "peer")[0] | {"step": step}
    refused = room.merge(address, marks=[mark])
    assert refused.status_code == 409
    assert "No spoken task" in refused.json()["trouble"]


@pytest.mark.parametrize("path", [JURIES, f"{JURIES}/worker.js", "/jury/worker.js", "/jury"])
def test_pages_open(room: Room, path: str) -> None:
    assert room.chief.open(path).status_code == 200


def test_another_centers_desk_sees_nothing(room: Room) -> None:
    address = room.convene()
    other = room.staff("coordinator", center="there")
    for path in (address, f"{address}/kit", f"{address}/kit.json", f"{address}/sending"):
        assert other.open(path).status_code == 404
    new = other.open(f"{JURIES}/new?candidate={room.candidate}")
    assert new.status_code == 404


def test_a_candidates_own_file_names_the_roles_of_a_jury_and_nobody(
    room: Room, tmp_path: Path
) -> None:
    address = room.convene(peer_account=room.staff().account)
    room.merge(address, answers=room.answers(address), marks=room.marks(address, *ROLES))
    owner = room.attempt(address).owner_hash
    privacy.export(room.here.keeping, owner, tmp_path / "data.zip", summary=b"")
    with zipfile.ZipFile(tmp_path / "data.zip") as file:
        told = file.read("index.json").decode()
    seats = json.loads(told)["rows"]["jury_seat"]
    assert sorted(one["role"] for one in seats) == sorted(ROLES)
    assert all(set(one) == {"id", "jury_id", "role"} for one in seats)
    for name in ("Mme Roux", "Ana Staff"):
        assert name not in told
