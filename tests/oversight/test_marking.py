"""An assessor hears what the machine left to people, blind, and what they say counts."""

import pytest
from sqlalchemy import select

from tests.journeys.conftest import voice_like_wav
from tests.oversight.house import CALL_NAME, CANDIDATE, OWNER_HASH, House, page_of
from voice_app import attempts
from voice_app.marking import conflicts, licensing
from voice_app.models import Attempt, AuditEntry, Badge, Ruling, Utterance
from voice_app.oversight import Policy

OVERVIEW = "/staff/oversight"
NOTHING = "zzz"
# Of 36 items 21 and the spoken one pass, 21 alone do not.
JUST_UNDER = 21


@pytest.fixture
def in_doubt(house: House) -> str:
    """An attempt that passes if a person takes its one spoken answer for right."""
    item = house.speak_first(NOTHING, right=JUST_UNDER)
    assert house.phone.outcome()["state"] == "to_review"
    return item


def has_badge(house: House) -> bool:
    with house.here.database.reading.begin() as session:
        return session.scalar(select(Badge)) is not None


def entries(house: House, action: str) -> list[AuditEntry]:
    with house.here.database.reading.begin() as session:
        found = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq)
        return list(session.scalars(found))


def test_what_the_machine_could_not_tell_is_listed_heard_and_passed_by_two(
    house: House, in_doubt: str
) -> None:
    assessor, other = house.staff(), house.staff("owner")
    listed = assessor.open(OVERVIEW).text
    assert "the machine could not tell" in listed
    assert page_of(house.attempt) in listed
    for person in (assessor, other):
        person.listen(house.attempt)
    first = assessor.mark(house.attempt, in_doubt, "right")
    assert (first.status_code, first.headers["location"]) == (303, page_of(house.attempt))
    assert house.phone.outcome()["state"] == "to_review"
    assert assessor.mark(house.attempt, in_doubt, "right").status_code == 409
    assert "somebody else decides now" in assessor.open(page_of(house.attempt)).text
    answer = other.mark(house.attempt, in_doubt, "right")
    assert (answer.status_code, answer.headers["location"]) == (303, OVERVIEW)
    assert house.phone.outcome()["state"] == "passed"
    assert has_badge(house)
    assert "Nothing waits." in assessor.open(OVERVIEW).text


def test_what_two_do_not_take_for_right_ends_the_attempt_without_a_badge(
    house: House, in_doubt: str
) -> None:
    house.decided(in_doubt, "wrong")
    assert house.phone.outcome()["state"] == "not_yet"
    assert not has_badge(house)


def test_every_listening_is_logged_and_nobody_decides_unheard(house: House, in_doubt: str) -> None:
    assessor, other = house.staff(), house.staff()
    refused = assessor.mark(house.attempt, in_doubt, "right")
    assert refused.status_code == 409
    assert "Listen to the answer first." in refused.text
    other.listen(house.attempt)
    assert assessor.mark(house.attempt, in_doubt, "right").status_code == 409
    sounds = assessor.sounds(house.attempt)
    assert len(sounds) == 2
    assert assessor.client.get(sounds[-1]).content == voice_like_wav()
    assert assessor.client.get(sounds[-1]).status_code == 200
    mine = [one for one in entries(house, "recording.heard") if one.actor == assessor.name]
    assert len(mine) == 2
    assert {one.subject for one in mine} == {f"recording:{sounds[-1].rpartition('/')[2]}"}
    assert {one.center for one in mine} == {"here"}
    assert assessor.mark(house.attempt, in_doubt, "right").status_code == 303


@pytest.mark.usefixtures("in_doubt")
def test_recordings_are_played_and_never_kept_or_run(house: House) -> None:
    with house.here.database.writing.begin() as session:
        for one in session.scalars(select(Utterance)):
            one.media_type = "text/html"
    assessor = house.staff()
    answer = assessor.client.get(assessor.sounds(house.attempt)[0])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    part = assessor.client.get(assessor.sounds(house.attempt)[0], headers={"range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, b"RI")


def test_only_assessors_of_the_center_hear_and_only_what_waits(house: House, in_doubt: str) -> None:
    assessor = house.staff()
    sound = assessor.sounds(house.attempt)[0]
    for other in (house.staff(center="there"), house.staff("owner", center="there")):
        assert other.open(page_of(house.attempt)).status_code == 404
        assert other.client.get(sound).status_code == 404
        assert other.mark(house.attempt, in_doubt, "cannot-tell").status_code == 404
    for role in ("coordinator", "operator"):
        person = house.staff(role, center=None if role == "operator" else "here")
        assert person.client.get(sound).status_code == 403
        assert person.mark(house.attempt, in_doubt, "right").status_code == 403
    assert house.phone.client.get(sound).status_code == 403
    two = house.decided(in_doubt, "wrong")
    assert assessor.client.get(sound).status_code == 404
    heard = {one.actor for one in entries(house, "recording.heard")}
    assert heard == {one.name for one in two}


def test_an_attempt_is_heard_without_knowing_whose_it_is(house: House, in_doubt: str) -> None:
    for person in (house.staff(), house.staff("owner")):
        pages = [
            person.open(OVERVIEW),
            person.open(page_of(house.attempt)),
            person.open(f"{page_of(house.attempt)}?item={in_doubt}&heard=none"),
            person.client.get(person.sounds(house.attempt)[0]),
            person.client.get(page_of(house.attempt), headers={"accept": "application/json"}),
            person.mark(house.attempt, in_doubt, "nonsense"),
            person.mark(house.attempt, "nonsense", "right"),
        ]
        for answer in pages:
            told = f"{answer.headers} {answer.url}".encode() + answer.content
            for secret in (CALL_NAME, CANDIDATE, OWNER_HASH, OWNER_HASH[:16]):
                assert secret.encode() not in told


def test_the_expected_answer_is_told_only_after_the_assessor_has_chosen(
    house: House, in_doubt: str
) -> None:
    assessor = house.staff()
    item = house.phone.content.assessments["MC3"].items[in_doubt]
    asked = assessor.open(page_of(house.attempt)).text
    assert "Expected answer" not in asked
    assert 'class="expected"' not in asked
    assert house.phone.content.languages["fr"].prompts[in_doubt] in asked.replace("&#39;", "'")
    assert all(f'value="{one.id}"' in asked for one in item.options)
    assert 'value="right"' not in asked
    told = assessor.open(f"{page_of(house.attempt)}?item={in_doubt}&heard=none").text
    assert told.count("Expected answer") == 1
    assert "You heard none of these." in told
    assert all(f'value="{one}"' in told for one in ("right", "wrong", "cannot-tell"))


def test_who_cannot_tell_leaves_it_to_somebody_else(house: House, in_doubt: str) -> None:
    one, other = house.staff(), house.staff()
    assert one.mark(house.attempt, in_doubt, "cannot-tell").status_code == 303
    one.listen(house.attempt)
    assert one.mark(house.attempt, in_doubt, "right").status_code == 409
    assert "somebody else decides now" in one.open(page_of(house.attempt)).text
    assert house.phone.outcome()["state"] == "to_review"
    assert other.mark(house.attempt, in_doubt, "cannot-tell").status_code == 303
    assert one.mark(house.attempt, in_doubt, "right").status_code == 303
    other.listen(house.attempt)
    assert other.mark(house.attempt, in_doubt, "right").status_code == 303
    assert house.phone.outcome()["state"] == "passed"


def test_two_who_differ_have_a_third_listen(house: House, in_doubt: str) -> None:
    for verdict in ("right", "wrong", "right"):
        assert house.phone.outcome()["state"] == "to_review"
        person = house.staff()
        person.listen(house.attempt)
        assert person.mark(house.attempt, in_doubt, verdict).status_code == 303
    assert house.phone.outcome()["state"] == "passed"


def test_where_some_are_licensed_nobody_else_decides(house: House, in_doubt: str) -> None:
    one, other = house.staff(), house.staff()
    now = house.here.clock()
    with house.here.database.writing.begin() as session:
        account = one.name.removeprefix("account:")
        licensing.appoint(
            session,
            account,
            "MC3",
            is_ready=False,
            author="command",
            at=now,
            reason=licensing.FOUNDING,
        )
    for person in (one, other):
        person.listen(house.attempt)
    refused = other.mark(house.attempt, in_doubt, "right")
    assert refused.status_code == 409
    assert "Those who are licensed" in refused.text
    assert one.mark(house.attempt, in_doubt, "right").status_code == 303


def test_a_contested_answer_goes_to_somebody_else_than_who_decided(
    house: House, in_doubt: str
) -> None:
    one, other = house.staff(), house.staff()
    for person in (one, other):
        person.listen(house.attempt)
    one.mark(house.attempt, in_doubt, "wrong")
    contest = f"/attempts/{house.attempt}/items/{in_doubt}/contest"
    assert house.phone.client.post(contest).status_code == 201
    assert house.phone.outcome()["state"] == "to_review"
    assert "contests an answer" in other.open(OVERVIEW).text
    assert one.mark(house.attempt, in_doubt, "wrong").status_code == 409
    assert other.mark(house.attempt, in_doubt, "right").status_code == 303
    assert house.phone.outcome()["state"] == "passed"
    assert has_badge(house)


def test_a_contested_touch_is_looked_at_without_a_recording(house: House) -> None:
    house.phone.begin()
    house.phone.touch_all(JUST_UNDER)
    assert house.phone.outcome()["state"] == "not_yet"
    item = house.phone.content.assessments["MC3"].forms[0][-1]
    contest = f"/attempts/{house.attempt}/items/{item}/contest"
    assert house.phone.client.post(contest).status_code == 201
    assert house.phone.outcome()["state"] == "to_review"
    assessor = house.staff()
    asked = assessor.open(page_of(house.attempt)).text
    assert "there is nothing to hear" in asked
    assert asked.count("Touched by the candidate") == 0
    told = assessor.open(f"{page_of(house.attempt)}?item={item}&heard=none").text
    assert told.count("Touched by the candidate") == 1
    assert assessor.mark(house.attempt, item, "right").status_code == 303
    assert house.phone.outcome()["state"] == "passed"


def test_what_nobody_asked_about_is_not_marked(house: House, in_doubt: str) -> None:
    assessor = house.staff()
    touched = next(one for one in house.phone.content.assessments["MC3"].items if one != in_doubt)
    refused = assessor.mark(house.attempt, touched, "wrong")
    assert refused.status_code == 409
    with house.here.database.reading.begin() as session:
        assert session.scalar(select(Ruling)) is None


def test_before_a_sign_off_the_spoken_answers_are_heard(house: House) -> None:
    house.choose(Policy(automatic=()))
    item = house.speak_first(None, right=35)
    assert house.phone.outcome()["state"] == "to_review"
    assessor = house.staff()
    assert "waits for a sign-off" in assessor.open(OVERVIEW).text
    refused = assessor.word(house.attempt, "signed")
    assert refused.status_code == 409
    assert "Listen to all spoken answers first." in refused.text
    assessor.listen(house.attempt)
    assert assessor.mark(house.attempt, item, "right").status_code == 303
    assert assessor.word(house.attempt, "signed").status_code == 303
    assert house.phone.outcome()["state"] == "passed"
    assert has_badge(house)


def test_a_doubt_goes_to_a_second_person_and_the_owner_is_told_of_two(house: House) -> None:
    house.choose(Policy(sample_percent=100))
    house.speak_first(None, right=35)
    one, other, owner = house.staff(), house.staff(), house.staff("owner")
    assert "control sample" in one.open(OVERVIEW).text
    assert one.word(house.attempt, "doubted").status_code == 409
    for person in (one, other):
        person.listen(house.attempt)
    assert one.word(house.attempt, "doubted").status_code == 303
    assert "a second person listens" in other.open(OVERVIEW).text
    assert one.word(house.attempt, "confirmed").status_code == 409
    assert "Somebody else listens now" in one.open(page_of(house.attempt)).text
    assert "two people doubt" not in owner.open(OVERVIEW).text
    assert other.word(house.attempt, "doubted").status_code == 303
    assert "two people doubt" in owner.open(OVERVIEW).text
    assert "two people doubt" not in other.open(OVERVIEW).text
    assert house.phone.outcome()["badge"] is not None


def test_a_second_person_who_confirms_ends_the_doubt(house: House) -> None:
    house.choose(Policy(sample_percent=100))
    house.speak_first(None, right=35)
    one, other = house.staff(), house.staff("owner")
    for person in (one, other):
        person.listen(house.attempt)
    one.word(house.attempt, "doubted")
    assert other.word(house.attempt, "confirmed").status_code == 303
    page = other.open(OVERVIEW).text
    assert "Nothing waits." in page
    assert "two people doubt" not in page


def test_a_recording_that_is_gone_is_said_so_and_keeps_nobody_waiting(
    house: House, in_doubt: str
) -> None:
    assessor = house.staff()
    sounds = assessor.sounds(house.attempt)
    for address in sounds:
        house.here.store.remove(address.rpartition("/")[2])
    assert assessor.client.get(sounds[0]).status_code == 404
    assert "The recording is not kept any more." in assessor.open(page_of(house.attempt)).text
    assert entries(house, "recording.heard") == []
    assert assessor.mark(house.attempt, in_doubt, "wrong").status_code == 303


def test_nobody_marks_answers_of_their_own_phone(house: House, in_doubt: str) -> None:
    assessor = house.staff()
    assessor.listen(house.attempt)
    with house.here.database.writing.begin() as session:
        session.get_one(Attempt, house.attempt).owner_hash = attempts.hash_of("my phone")
    assessor.client.cookies.set("candidate", "my phone")
    assert assessor.mark(house.attempt, in_doubt, "cannot-tell").status_code == 409


def test_nobody_signs_off_a_pass_of_somebody_close(house: House) -> None:
    house.choose(Policy(automatic=()))
    item = house.speak_first(None, right=35)
    near, other = house.staff(), house.staff()
    other.listen(house.attempt)
    assert other.mark(house.attempt, item, "right").status_code == 303
    with house.here.database.writing.begin() as session:
        conflicts.note(
            session,
            near.name.removeprefix("account:"),
            owner_hash=OWNER_HASH,
            kind="relative",
            author=other.name,
            at=house.here.clock(),
        )
    near.listen(house.attempt)
    assert near.word(house.attempt, "signed").status_code == 409
    assert other.word(house.attempt, "signed").status_code == 303


def test_what_a_person_decided_stands_in_the_log(house: House, in_doubt: str) -> None:
    _, last = house.decided(in_doubt, "right")
    given = [(one.actor, one.after) for one in entries(house, "ruling.given")]
    assert given == [(last.name, "right")]
