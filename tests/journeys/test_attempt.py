import json
import uuid
from hashlib import sha256

import pytest
from fastapi.testclient import TestClient

from tests.journeys.conftest import voice_like_wav
from tests.journeys.fakes import crash
from tests.journeys.phone import Phone
from voice_app.settings import Settings

MC3_ITEMS = 36
PASSES_FROM = 22


def test_an_attempt_by_touch_ends_with_a_badge(phone: Phone) -> None:
    phone.begin()
    phone.touch_all(right=MC3_ITEMS)
    assert phone.turn["kind"] == "finish"
    outcome = phone.outcome()
    assert outcome["state"] == "passed"
    assert outcome["level"] == "appropriation"
    badge = phone.client.get(outcome["badge"]["url"], headers={"accept": "application/json"})
    assert badge.status_code == 200
    assert badge.json()["proof"][0]["cryptosuite"] == "eddsa-rdfc-2022"


@pytest.mark.parametrize(
    ("right", "state"), [(PASSES_FROM - 1, "not_yet"), (PASSES_FROM, "passed")]
)
def test_the_pass_line_is_at_sixty_percent(phone: Phone, right: int, state: str) -> None:
    phone.begin()
    phone.touch_all(right=right)
    outcome = phone.outcome()
    assert outcome["state"] == state
    assert (outcome["badge"] is not None) == (state == "passed")


def test_nothing_of_the_private_part_is_in_the_badge(phone: Phone) -> None:
    phone.begin()
    phone.touch_all(right=PASSES_FROM)
    code = phone.outcome()["badge"]["url"]
    page = phone.client.get(code, headers={"accept": "text/html"}).text
    document = phone.client.get(code, headers={"accept": "application/json"}).text
    for word in ("score", "points", 'level"', "exploration", "appropriation", "discovery"):
        assert word not in document.lower()
        assert word not in page.lower()


def test_an_attempt_by_voice_ends_with_a_badge(phone: Phone, take: bytes) -> None:
    phone.begin(employer="fr", help_language="es")
    while phone.turn["kind"] in ("rehearse", "ask"):
        told = phone.say(phone.name_of(phone.item().right), take)
        assert told["state"] == "heard"
    assert phone.turn["kind"] == "finish"
    assert phone.outcome()["state"] == "passed"


def test_the_place_is_an_answer_too(phone: Phone, take: bytes) -> None:
    phone.begin(employer="en", help_language="en")
    shown = [option["id"] for option in phone.turn["item"]["options"]]
    place = ["number one", "number two", "number three", "number four"]
    phone.say(place[shown.index(phone.item().right)], take)
    assert phone.turn["kind"] == "ask"


def test_the_rehearsal_goes_on_until_it_is_right_or_was_tried_three_times(
    phone: Phone, take: bytes
) -> None:
    phone.begin()
    assert phone.touch(phone.a_wrong_option())["phrase"] == "rehearsal.other"
    assert phone.say("hum blabla", take)["phrase"] == "rehearsal.other"
    assert phone.say("hum blabla", take)["phrase"] == "rehearsal.heard"
    assert phone.turn["kind"] == "ask"
    phone.begin()
    assert phone.say(phone.name_of("umbrella"), take)["phrase"] == "rehearsal.right"
    assert phone.turn["kind"] == "ask"


def test_the_page_is_never_told_what_is_right(phone: Phone, take: bytes) -> None:
    state = phone.begin()
    seen = [json.dumps(state)]
    phone.touch(phone.item().right)
    seen.append(json.dumps(phone.state["turn"]))
    told = phone.say(phone.name_of(phone.a_wrong_option()), take)
    assert told == {"state": "heard", "phrase": None}
    for text in seen:
        assert '"right"' not in text
        assert "verdict" not in text


def test_an_echo_is_met_kindly_and_unscored(phone: Phone, take: bytes) -> None:
    phone.begin(employer="fr", help_language="fr")
    phone.touch(phone.item().right)
    item = phone.item()
    prompt = phone.content.languages["fr"].prompts[item.id]
    told = phone.say(prompt, take)
    assert told == {"state": "repeat", "phrase": "ask-again.echo"}
    assert phone.turn["kind"] == "ask_again"
    assert phone.turn["reason"] == "echo"
    phone.say(phone.name_of(item.right), take)
    assert phone.turn["item"]["id"] != item.id


def test_unsure_answers_come_again_at_the_end_of_the_section_then_go_to_a_person(
    phone: Phone, take: bytes
) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    first = phone.item().id
    phone.say("hum hum blabla", take)
    while phone.turn["kind"] == "ask" and phone.turn["item"]["category"] == "product":
        phone.touch(phone.item().right)
    assert phone.turn["kind"] == "ask_again"
    assert phone.turn["reason"] == "unsure"
    assert phone.turn["item"]["id"] == first
    phone.say("hum hum blabla", take)
    while phone.turn["kind"] == "ask":
        phone.touch(phone.a_wrong_option())
    assert phone.turn["kind"] == "finish"


def test_speech_heard_as_another_option_fails_nobody(phone: Phone, take: bytes) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    spoken = set()
    for _ in range(20):
        spoken.add(phone.item().id)
        phone.say(phone.name_of(phone.a_wrong_option()), take)
    while phone.turn["kind"] in ("ask", "ask_again"):
        spoken.discard(phone.item().id)
        phone.touch(phone.item().right)
    outcome = phone.outcome()
    assert outcome["state"] == "to_review"
    assert outcome["reviews"] == len(spoken) > 10
    assert outcome["badge"] is None


def test_silence_asks_again_and_costs_nothing(phone: Phone) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    item = phone.item().id
    told = phone.say("never heard", voice_like_wav(level=0.0))
    phone.ears.texts.clear()
    assert told["state"] == "repeat"
    assert told["phrase"] in ("trouble.empty", "trouble.too-quiet", "trouble.no-speech")
    assert phone.turn["kind"] == "ask_again"
    assert phone.turn["item"]["id"] == item


def test_a_clipped_take_counts_when_it_is_right_and_is_asked_again_when_not(phone: Phone) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    item = phone.item()
    told = phone.say("hum blabla", voice_like_wav(level=4.0))
    assert told == {"state": "repeat", "phrase": "trouble.clipped"}
    told = phone.say(phone.name_of(item.right), voice_like_wav(level=4.0))
    assert told["state"] == "heard"
    assert phone.turn["item"]["id"] != item.id


def test_bytes_that_are_no_sound_are_kept_and_asked_again(phone: Phone) -> None:
    phone.begin()
    told = phone.say("never heard", b"this is not a sound at all" * 40)
    phone.ears.texts.clear()
    assert told == {"state": "repeat", "phrase": "trouble.not-audio"}


def test_an_engine_that_fails_twice_leaves_the_answer_to_a_person(
    phone: Phone, take: bytes
) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    phone.ears.texts.append(crash())
    told = phone.say(crash(), take)
    assert told["state"] == "heard"
    phone.refresh()
    assert phone.turn["kind"] == "ask"


def test_the_same_utterance_twice_is_one(phone: Phone, take: bytes, new_id: str) -> None:
    phone.begin()
    phone.ears.default = "blabla"
    first = phone.put(take, new_id)
    again = phone.put(take, new_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"replayed": True}


def test_the_same_id_with_other_bytes_is_refused_and_the_first_is_kept(
    phone: Phone, take: bytes, new_id: str, settings: Settings
) -> None:
    phone.begin()
    phone.ears.default = "blabla"
    phone.put(take, new_id)
    assert phone.put(take + b"\0\0", new_id).status_code == 409
    (kept,) = [file for file in settings.recordings_folder.rglob("*") if file.is_file()]
    assert kept.name == f"{new_id}.{sha256(take).hexdigest()}.take"


def test_the_same_touch_twice_is_one(phone: Phone, new_id: str) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    body = {
        "attempt": phone.state["id"],
        "item": phone.turn["item"]["id"],
        "option": phone.item().right,
    }
    url = f"/choices/{new_id}"
    assert [phone.client.put(url, json=body).status_code for _ in range(2)] == [201, 200]
    other = body | {"option": phone.a_wrong_option()}
    assert phone.client.put(url, json=other).status_code == 409


def test_an_answered_item_is_closed(phone: Phone) -> None:
    phone.begin()
    phone.touch(phone.item().right)
    body = {
        "attempt": phone.state["id"],
        "item": phone.turn["item"]["id"],
        "option": phone.item().right,
    }
    phone.client.put(f"/choices/{uuid.uuid4()}", json=body)
    answer = phone.client.put(f"/choices/{uuid.uuid4()}", json=body)
    assert answer.status_code == 409
    assert answer.json() == {"error": "closed", "phrase": "trouble.closed"}


def test_another_phone_sees_nothing(phone: Phone, take: bytes, new_id: str) -> None:
    phone.begin()
    phone.put(take, new_id)
    stranger = TestClient(phone.client.app, base_url="http://localhost:8000")
    attempt = phone.state["id"]
    for path in (f"/attempts/{attempt}", f"/attempts/{attempt}/outcome", f"/utterances/{new_id}"):
        assert stranger.get(path).status_code == 404
    query = {"attempt": attempt, "item": phone.turn["item"]["id"]}
    sent = stranger.put(f"/utterances/{uuid.uuid4()}", params=query, content=take)
    assert sent.status_code == 404


def test_too_large_a_recording_is_refused(phone: Phone) -> None:
    phone.begin()
    answer = phone.put(b"\0" * 2_000_001)
    assert answer.status_code == 413
    assert answer.json()["phrase"] == "trouble.too-large"


def test_a_request_from_another_site_is_refused(phone: Phone) -> None:
    wanted = {"assessment": "MC3", "employer_language": "fr", "help_language": "fr"}
    headers = {"sec-fetch-site": "cross-site"}
    assert phone.client.post("/attempts", json=wanted, headers=headers).status_code == 403


def test_an_unknown_language_is_refused(phone: Phone) -> None:
    wanted = {"assessment": "MC3", "employer_language": "xx", "help_language": "fr"}
    assert phone.client.post("/attempts", json=wanted).status_code == 422
