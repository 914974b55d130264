"""An assessor marks answers over HTTP: heard first, anonymous, one at a time, taken back."""

import io
import json
import re
import wave
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from tests.journeys.conftest import voice_like_wav
from tests.journeys.phone import hear_notice
from tests.marking_page.desk import NOBODYS, OWNER, PAGE, Desk
from voice_app import attempts, audit
from voice_app.access import signins
from voice_app.app import _sweep
from voice_app.marking import comments, conflicts, opening, policies
from voice_app.marking.records import left_out
from voice_app.models import Attempt, Mark, Unmarked
from voice_app.routes.access import TOKEN_HEADER

FOUND = {
    "stretches": [{"start": 0.2, "end": 1.2, "text": "le chien dort", "confidence": 0.4}],
    "found": [],
    "order": [],
}


def marks(desk: Desk) -> list[Mark]:
    with desk.here.database.reading.begin() as session:
        return list(session.scalars(select(Mark).order_by(Mark.seq)))


def test_a_mark_is_given_after_listening_and_the_next_answer_comes(desk: Desk) -> None:
    first, second = desk.answer(), desk.answer(owner=NOBODYS)
    person = desk.staff()
    task = person.next()
    fields = {**desk.levels(first.step), "listened": "1.4", "spent": "4"}
    refused = person.send(task, **fields)
    assert refused.status_code == 409
    assert "Listen to the answer first." in refused.text
    assert person.listen(task).status_code == 200
    assert person.send(task, **fields).headers["location"] == f"{PAGE}/next"
    (mark,) = marks(desk)
    assert (mark.attempt_id, mark.item, mark.author) == (first.attempt, first.step, person.name)
    assert {f"level:{name}": str(points) for name, points in mark.levels.items()} == desk.levels(
        first.step
    )
    assert mark.listened_seconds == 1.4
    assert 4 <= (mark.at - mark.began_at).total_seconds() < 30
    with desk.here.database.reading.begin() as session:
        waiting = session.get_one(Unmarked, int(person.next().rpartition("/")[2]))
        assert waiting.attempt_id == second.attempt


def test_having_an_answer_is_not_having_heard_it(desk: Desk) -> None:
    given = desk.answer()
    person = desk.staff()
    task, fields = person.next(), desk.levels(given.step)
    assert person.client.get(f"{task}/sound").status_code == 200
    for told in ({}, {"listened": "0"}, {"listened": "60"}):
        refused = person.send(task, **fields, **told)
        assert (refused.status_code, "Listen to more of the answer" in refused.text) == (409, True)
    assert person.open(f"{task}/proposal").status_code == 409
    person.listen(task)
    assert person.send(task, **fields, listened="0.2").status_code == 409
    assert person.open(f"{task}/proposal?listened=0.2").status_code == 409
    assert person.open(f"{task}/proposal?listened=1.5").status_code == 200
    assert marks(desk) == []
    assert person.send(task, **fields).status_code == 303


def test_every_sending_of_a_recording_is_logged_with_who_and_where(desk: Desk) -> None:
    given = desk.answer((voice_like_wav(), voice_like_wav(0.8)))
    person = desk.staff()
    task = person.next()
    assert person.listen(task).status_code == 200
    with desk.here.database.reading.begin() as session:
        assert not audit.unheard(session, given.takes, by=person.name)
        assert len(audit.unheard(session, given.takes, by="account:other")) == 2


def test_all_takes_are_one_sound_in_their_order_that_can_be_had_in_parts(desk: Desk) -> None:
    desk.answer((voice_like_wav(1.0), voice_like_wav(2.0)))
    person = desk.staff()
    task = person.next()
    whole = person.listen(task)
    with wave.open(io.BytesIO(whole.content)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    outline = person.client.get(f"{task}/outline").json()
    assert outline["seconds"] == pytest.approx(seconds, abs=0.01)
    (_, first), (second, end) = outline["takes"]
    assert (first, second, end) == pytest.approx((1.67, 2.17, seconds), abs=0.02)
    assert len(outline["peaks"]) == 800
    assert len(outline["spoken"]) >= 1
    part = person.listen(task, range="bytes=0-1")
    assert (part.status_code, part.content) == (206, whole.content[:2])


def test_nobody_is_named_and_no_other_mark_is_seen(desk: Desk) -> None:
    given = desk.answer(evidence=FOUND)
    one, other = desk.staff(), desk.staff()
    desk_task = one.next()
    text = one.open(desk_task).text
    assert OWNER not in text
    assert given.attempt not in text
    one.listen(desk_task)
    one.send(desk_task, **desk.levels(given.step, best=False))
    with desk.here.database.writing.begin() as session:
        attempt = session.get_one(Attempt, given.attempt)
        opening.ask(session, attempt, item=given.step, why="rubric", turn=2, at=desk.here.clock())
    page = other.open(other.next()).text
    assert "checked" not in page
    assert one.account not in page


def test_an_answer_on_somebodys_screen_is_nobody_elses(desk: Desk) -> None:
    desk.answer()
    one, other = desk.staff(), desk.staff()
    task = one.next()
    assert other.next() == f"{PAGE}?note=done"
    assert other.open(task).status_code == 409
    assert other.listen(task).status_code == 404
    assert other.send(task, **{"level:x": "1"}).status_code == 409
    assert desk.staff("assessor", center="there").open(task).status_code == 409
    assert desk.staff("coordinator").open(task).status_code == 403


def test_nobody_gets_or_marks_what_their_own_phone_answered(desk: Desk) -> None:
    given = desk.answer(owner=attempts.hash_of("my phone"))
    person = desk.staff()
    task = person.next()
    person.listen(task)
    person.client.cookies.set("candidate", "my phone")
    refused = person.send(task, **desk.levels(given.step))
    assert (refused.status_code, marks(desk)) == (409, [])
    assert person.client.get(f"{task}/sound").status_code == 404
    assert person.next() == f"{PAGE}?note=done"
    assert desk.staff().next() == task


def test_what_somebody_begins_while_signed_in_is_their_own_on_every_phone(desk: Desk) -> None:
    person, other = desk.staff(), desk.staff()
    person.client.headers[TOKEN_HEADER] = person.token
    hear_notice(person.client)
    wanted = {"assessment": "MC4", "employer_language": "fr", "help_language": "es"}
    begun = person.client.post("/attempts", json=wanted)
    assert begun.status_code == 201, begun.text
    with desk.here.database.reading.begin() as session:
        owner = session.get_one(Attempt, begun.json()["id"]).owner_hash
        assert conflicts.is_barred(session, person.name, owner_hash=owner)
        assert not conflicts.is_barred(session, other.name, owner_hash=owner)


def test_what_the_employer_said_stands_there_as_the_candidate_heard_it(desk: Desk) -> None:
    given = desk.answer()
    person = desk.staff()
    page = unescape(person.open(person.next()).text)
    scenario = next(
        one for one in desk.bank.scenarios.values() if given.step in [s.id for s in one.steps]
    )
    place = [one.id for one in scenario.steps].index(given.step)
    heard = [key for one in scenario.steps[: place + 1] for key in one.says]
    assert len(heard) > 1
    for key in heard:
        assert scenario.tellings["fr"].says[key] in page
        assert scenario.tellings["en"].says[key] in page


def test_what_cannot_be_judged_is_left_to_somebody_else(desk: Desk) -> None:
    desk.answer()
    one, other = desk.staff(), desk.staff()
    task = one.next()
    assert one.send(f"{task}/cannot", reason="because").status_code == 409
    assert one.send_json(f"{task}/cannot", reason="noise").json() == {"next": None}
    assert one.next() == f"{PAGE}?note=done"
    assert other.next() == task
    assert [mark.reason for mark in marks(desk)] == ["noise"]


def test_the_last_mark_is_taken_back_and_the_answer_comes_again(desk: Desk) -> None:
    given = desk.answer()
    person = desk.staff()
    assert person.send_json(f"{PAGE}/undo").status_code == 409
    task = person.next()
    person.listen(task)
    person.send(task, **desk.levels(given.step))
    told = person.send_json(f"{PAGE}/undo").json()
    assert person.open(told["next"]).status_code == 200
    person.listen(told["next"])
    assert person.send_json(told["next"], **desk.levels(given.step, best=False)).status_code == 200
    first, back, again = marks(desk)
    assert (back.replaces, again.replaces) == (first.seq, None)
    assert again.levels != first.levels


def test_a_mark_without_a_level_of_each_criterion_is_refused_in_words(desk: Desk) -> None:
    desk.answer()
    person = desk.staff()
    task = person.next()
    person.listen(task)
    told = person.send_json(task)
    assert told.status_code == 409
    assert told.json()["trouble"]
    assert not marks(desk)


def test_what_the_machine_found_comes_after_listening_unless_the_center_chose_so(
    desk: Desk,
) -> None:
    desk.answer(evidence=FOUND)
    person = desk.staff()
    task = person.next()
    assert "le chien dort" not in person.open(task).text
    assert person.open(f"{task}/proposal").status_code == 409
    person.listen(task)
    told = person.open(f"{task}/proposal").text
    assert "le chien dort" in told
    assert "certainty of the words 40 of 100" in told
    desk.choose(policies.Policy(is_proposal_first=True, control_percent=0))
    assert 'data-first="yes"' in person.open(task).text


def test_a_comment_is_kept_for_the_candidate_alone(desk: Desk) -> None:
    given = desk.answer()
    person = desk.staff()
    task = person.next()
    person.listen(task)
    headers = {"X-Form-Token": person.token, "Content-Type": "audio/webm;codecs=opus"}
    spoken = person.client.post(f"{task}/comments", content=voice_like_wav(), headers=headers)
    assert spoken.status_code == 201
    offers = [f"{one.id}.good" for one in desk.bank.rubric.values() if "good" in one.offers]
    name = next(one for one in offers if f"level:{one[:-5]}" in desk.levels(given.step))
    fields = {"comment": "Muy bien", f"offer:{name}": "yes", **spoken.json()}
    person.send(task, **desk.levels(given.step), **fields)
    (mark,) = marks(desk)
    kept = comments.of_mark(desk.here.vault, mark, owner=OWNER)
    assert (kept.text, kept.offers) == ("Muy bien", (name,))
    assert kept.recording is not None
    assert desk.here.store.read(kept.recording.name, owner=OWNER) == voice_like_wav()
    assert "Muy bien" not in json.dumps(mark.comment)
    in_two_days = desk.here.clock() + timedelta(days=2)
    _sweep(replace(desk.here, clock=lambda: in_two_days))
    assert desk.here.store.has(kept.recording.name)


def test_the_candidates_own_recording_is_no_comment(desk: Desk) -> None:
    given = desk.answer()
    person = desk.staff()
    task = person.next()
    person.listen(task)
    sha256 = desk.here.store.kept(given.takes[0])[0].sha256
    recording = f"{given.takes[0]} {sha256} audio/wav"
    person.send(task, **desk.levels(given.step), recording=recording)
    (mark,) = marks(desk)
    assert comments.of_mark(desk.here.vault, mark, owner=OWNER).recording is None


def test_a_recording_that_cannot_be_decoded_or_is_gone_is_told(desk: Desk) -> None:
    given = desk.answer((b"no sound at all",))
    person = desk.staff()
    task = person.next()
    assert person.client.get(f"{task}/outline").json()["seconds"] == 0
    desk.here.store.remove(*given.takes)
    assert person.listen(task).status_code == 404
    assert "not kept any more" in person.open(task).text


def test_without_a_license_nothing_is_heard(desk: Desk) -> None:
    desk.answer()
    person = desk.staff(marks=())
    assert "You have no license yet" in person.open(PAGE).text
    assert person.next() == f"{PAGE}?note=done"
    assert "Start marking" in desk.staff().open(PAGE).text


def test_the_form_takes_no_other_sites_word(desk: Desk) -> None:
    desk.answer()
    person = desk.staff()
    task = person.next()
    person.listen(task)
    person.token = signins.csrf_of("another browser")
    assert person.send(task).status_code == 403
    assert not marks(desk)


def test_who_stops_leaves_what_they_have_to_others(desk: Desk) -> None:
    for owner in (OWNER, NOBODYS):
        desk.answer(owner=owner)
    one, other = desk.staff(), desk.staff()
    first = one.next()
    ahead = one.open(f"{PAGE}/next?after={first.rpartition('/')[2]}").headers["location"]
    assert other.open(f"{PAGE}/next").headers["location"].endswith("note=done")
    one.send(f"{PAGE}/leave", keep=first.rpartition("/")[2])
    assert other.next() == ahead
    assert one.open(first).status_code == 200
    assert one.send(f"{PAGE}/leave").headers["location"] == PAGE
    assert one.open(first).status_code == 409
    assert other.open(f"{PAGE}/next?after={ahead.rpartition('/')[2]}").headers["location"] == first


def test_the_owner_leaves_out_what_nobody_could_hear(desk: Desk) -> None:
    answer = desk.answer()
    for one in (desk.staff(), desk.staff()):
        one.send(f"{one.next()}/cannot", reason="noise")
    owner = desk.staff("owner")
    [address] = re.findall(rf'action="({PAGE}/\d+/left-out)"', owner.open(PAGE).text)
    assert desk.staff("coordinator").send(address).status_code == 403
    assert owner.send(address).status_code == 303
    with desk.here.database.reading.begin() as session:
        assert left_out(session, answer.attempt) == {answer.step}
    assert "Two people could not judge" not in owner.open(PAGE).text
    assert owner.send(address).status_code == 404
