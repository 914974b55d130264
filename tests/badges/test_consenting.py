"""A holder's yes: heard, spoken, touched, kept; and every way in which it is not spoken."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import get_args
from uuid import uuid4

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.badges.made import given
from tests.page_client import PageClient
from voice_app import attempts, badges, consents
from voice_app.app import _sweep
from voice_app.audio.prompts import Manifest
from voice_app.audio.store import RecordingStore
from voice_app.consents import Silence
from voice_app.models import Attempt, Badge, Consent
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.routes.turnstile import Turnstile
from voice_app.routes.uploads import MOST_RECORDING_BYTES
from voice_app.settings import assets_folder

SECRET = "a phone's secret"  # noqa: S105 - of nobody
YES = b"a yes, as some phone recorded it"
WEBM = "audio/webm;codecs=opus"


@pytest.fixture
def badge(service: Service) -> Badge:
    name = "11111111-1111-4111-8111-111111111111"
    return given(service, name, is_shown=False, owner_hash=attempts.hash_of(SECRET))


@pytest.fixture
def holder(app: FastAPI, service: Service) -> TestClient:
    app.state.service = replace(service, manifest=Manifest.load(assets_folder()))
    return PageClient(app, base_url="http://localhost:8000", cookies={OWNER_COOKIE: SECRET})


def spoken(holder: TestClient, badge: Badge, data: bytes = YES, name: str | None = None):
    address = f"/share/{badge.code}/recordings/{name or uuid4()}"
    return holder.put(address, content=data, headers={"Content-Type": WEBM})


def agreed(holder: TestClient, badge: Badge, **said: str):
    return holder.post(f"/share/{badge.code}/consent", params={"lang": "en"}, data=said)


def touch_after(holder: TestClient, badge: Badge, kept: dict[str, str]):
    said = {"recording": kept["id"], "sha256": kept["sha256"], "type": WEBM, "played": "yes"}
    return agreed(holder, badge, **said)


def words(service: Service) -> list[Consent]:
    with service.database.reading.begin() as session:
        return session.query(Consent).order_by(Consent.seq).all()


def test_a_spoken_yes_is_kept_with_what_was_heard(
    holder: TestClient, service: Service, badge: Badge
):
    kept = spoken(holder, badge)
    assert kept.status_code == 201
    assert kept.json()["sha256"] == sha256(YES).hexdigest()
    assert kept.json()["bytes"] == len(YES)
    assert touch_after(holder, badge, kept.json()).url.path == f"/share/{badge.code}"
    (word,) = words(service)
    assert (word.purpose, word.subject, word.is_given) == ("show-badge", badge.code, True)
    assert (word.language, word.phrase, word.was_played) == ("en", "share.consent", True)
    assert word.text == service.content.languages["en"].phrases["share.consent"]
    heard = (assets_folder() / "en/phrases/share.consent.mp3").read_bytes()
    assert word.played_sha256 == sha256(heard).hexdigest()
    kept = service.store.found(word.recording, word.recording_sha256)
    assert service.store.read(kept.path.name, owner=word.owner_hash) == YES
    assert YES not in kept.path.read_bytes()
    assert (word.recording_bytes, word.media_type, word.untold) == (len(YES), WEBM, None)
    with service.database.reading.begin() as session:
        (event,) = badges.events_of(session, badge.code)
    assert (event.kind, event.author, event.consent_seq) == ("shown", "holder", word.seq)


@pytest.mark.parametrize("why", sorted({*get_args(Silence)} - {"not-asked"}))
def test_where_the_voice_is_impossible_the_touch_is_enough_and_says_why(
    holder: TestClient, service: Service, badge: Badge, *, why: str
):
    agreed(holder, badge, untold=why, played="yes")
    (word,) = words(service)
    assert (word.is_given, word.recording, word.untold) == (True, None, why)


def test_a_page_without_scripts_shows_nothing_to_others_and_comes_back(
    holder: TestClient, service: Service, badge: Badge
):
    page = {"Accept": "text/html,application/xhtml+xml"}
    address = f"/share/{badge.code}/consent"
    answer = holder.post(address, params={"lang": "en"}, headers=page)
    assert answer.url.path == f"/share/{badge.code}"
    assert words(service) == []


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "not-heard"),
        ({"untold": "blocked"}, "not-heard"),
        ({"played": "no", "untold": "blocked"}, "not-heard"),
        ({"played": "x" * 5_000}, "not-heard"),
        ({"played": "yes"}, "not-said"),
        ({"played": "yes", "untold": "because"}, "not-said"),
        ({"played": "yes", "untold": "not-asked"}, "not-said"),
        ({"played": "yes", "recording": str(uuid4()), "sha256": "0" * 64}, "not-said"),
        ({"played": "yes", "recording": "../keys/badge-key", "sha256": "0" * 64}, "not-said"),
        ({"played": "yes", "recording": str(uuid4()), "sha256": "../" * 20}, "not-said"),
        ({"played": "yes", "recording": str(uuid4())}, "not-said"),
    ],
)
def test_what_was_not_heard_or_not_said_is_no_yes(
    holder: TestClient, service: Service, badge: Badge, *, said: dict[str, str], error: str
):
    answer = agreed(holder, badge, **said)
    assert (answer.status_code, answer.json()["error"]) == (409, error)
    assert answer.json()["phrase"] in service.content.languages["en"].phrases
    assert words(service) == []


def test_a_question_that_has_no_sound_needs_none_to_be_heard(
    holder: TestClient, app: FastAPI, service: Service, badge: Badge
):
    app.state.service = replace(service, manifest=Manifest())
    assert agreed(holder, badge, played="no", untold="silent").status_code == 200
    (word,) = words(service)
    assert (word.was_played, word.played_sha256, word.untold) == (False, None, "silent")


def test_a_yes_is_taken_back_by_one_touch_and_said_anew(
    holder: TestClient, service: Service, badge: Badge
):
    kept = spoken(holder, badge).json()
    touch_after(holder, badge, kept)
    holder.post(f"/share/{badge.code}/hiding")
    assert touch_after(holder, badge, kept).json()["error"] == "not-said"
    touch_after(holder, badge, spoken(holder, badge).json())
    first, taken_back, again = words(service)
    assert first.recording is not None
    assert (taken_back.is_given, taken_back.recording, taken_back.phrase) == (False, None, None)
    assert again.recording not in {None, first.recording}
    with service.database.reading.begin() as session:
        now = consents.last(session, purpose="show-badge", subject=badge.code)
    assert now is not None
    assert now.seq == again.seq


def test_saying_yes_twice_is_one_yes(holder: TestClient, service: Service, badge: Badge):
    kept = spoken(holder, badge).json()
    for _ in range(2):  # as after an answer that was lost on its way
        assert touch_after(holder, badge, kept).status_code == 200
    assert len(words(service)) == 1


def test_the_voice_of_one_badge_is_no_yes_for_another(
    holder: TestClient, service: Service, badge: Badge
):
    kept = spoken(holder, badge).json()
    name = "22222222-1111-4111-8111-111111111111"
    other = given(service, name, is_shown=False, owner_hash=attempts.hash_of(SECRET))
    assert touch_after(holder, other, kept).status_code == 409
    assert words(service) == []


def test_nobody_else_leaves_a_recording_or_a_yes(
    holder: TestClient, client: TestClient, service: Service, badge: Badge
):
    assert spoken(client, badge).status_code == 404
    assert touch_after(client, badge, spoken(holder, badge).json()).status_code == 404
    assert words(service) == []


@pytest.mark.parametrize(
    ("data", "status", "error"),
    [(b"", 422, "empty"), (b"0" * (MOST_RECORDING_BYTES + 1), 413, "too-large")],
)
def test_what_is_no_recording_is_refused_with_a_phrase(
    holder: TestClient, service: Service, badge: Badge, *, data: bytes, status: int, error: str
):
    answer = spoken(holder, badge, data)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["phrase"] in service.content.languages["en"].phrases


def test_a_disk_that_refuses_is_told(
    holder: TestClient, app: FastAPI, badge: Badge, tmp_path: Path
):
    (tmp_path / "in the way").touch()
    broken = RecordingStore(tmp_path / "in the way", app.state.service.vault)
    app.state.service = replace(app.state.service, store=broken)
    answer = spoken(holder, badge)
    assert (answer.status_code, answer.json()["phrase"]) == (503, "trouble.machine")


def test_recordings_without_end_are_turned_away(holder: TestClient, app: FastAPI, badge: Badge):
    app.state.service = replace(app.state.service, takes=Turnstile(1, seconds=60))
    assert spoken(holder, badge).status_code == 201
    answer = spoken(holder, badge)
    assert (answer.status_code, answer.json()["error"]) == (429, "too-many")
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_a_recording_without_a_touch_goes_and_a_yes_stays(
    holder: TestClient, service: Service, badge: Badge
):
    touch_after(holder, badge, spoken(holder, badge).json())
    left = spoken(holder, badge, b"a yes that nobody touched").json()
    later = replace(service, clock=lambda: service.clock() + timedelta(days=2))
    _sweep(later)
    (word,) = words(service)
    assert service.store.path(word.recording, word.recording_sha256).exists()
    assert service.store.kept(f"{badge.code}-{left['id']}") == ()


def test_a_corrected_badge_rests_on_the_same_yes(
    holder: TestClient, service: Service, badge: Badge
):
    touch_after(holder, badge, spoken(holder, badge).json())
    with service.database.writing.begin() as session:
        new = badges.reissue(session, badge.code, author="Rosa", office=service.office)
        (carried,) = badges.events_of(session, new.code)
        holders = session.get_one(Attempt, new.attempt_id).owner_hash
    (word,) = words(service)
    assert (carried.consent_seq, word.owner_hash) == (word.seq, holders)
