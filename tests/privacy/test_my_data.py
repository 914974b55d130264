"""The pages a person deals with their data on: spoken, two touches to delete, nobody else's."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.journeys.fakes import ScriptedEars
from tests.journeys.phone import Phone
from tests.page_client import PageClient
from voice_app import privacy
from voice_app.app import create_app
from voice_app.models import AuditEntry, Correction, Erasure, Hearing
from voice_app.routes.deps import Service
from voice_app.settings import Settings

PAGES = ("/me", "/me/kept", "/me/file", "/me/voice", "/me/everything")
SOUND = b"kestrel of a sound"
WORDS = "kestrel seven seven three one"


@pytest.fixture
def service(client: TestClient) -> Service:
    return client.app.state.service  # type: ignore[attr-defined]


@pytest.fixture
def spoken(phone: Phone, take: bytes) -> Phone:
    """A phone that has touched one picture and said one answer."""
    phone.begin()
    phone.touch(phone.item().right)
    phone.say(WORDS, take + SOUND)
    return phone


def raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_it_is_told_and_taken_along(spoken: Phone, service: Service, settings: Settings) -> None:
    told = spoken.client.get("/me/kept").text
    phrases = service.content.languages["es"].phrases
    assert phrases["me.recordings"] in told
    assert phrases["place.1"] in told
    taken = spoken.client.post("/me/file")
    assert taken.headers["content-type"] == "application/zip"
    file = zipfile.ZipFile(io.BytesIO(taken.content))
    assert WORDS in file.read("answers.csv").decode()
    sounds = [name for name in file.namelist() if name.startswith("voice/")]
    assert file.read(sounds[0]).endswith(SOUND)
    assert service.store.scratch.left() == []
    kept = raw(settings.data_folder)
    assert WORDS.encode() not in kept
    assert SOUND not in kept


def test_the_voice_goes_and_the_rest_stays(
    spoken: Phone, service: Service, settings: Settings
) -> None:
    phrases = service.content.languages["es"].phrases
    done = spoken.client.post("/me/voice", data={"sure": "yes"})
    assert phrases["me.voice-done"] in done.text
    assert list(settings.data_folder.rglob("*.take")) == []
    assert phrases["me.no-recordings"] in spoken.client.get("/me/kept").text
    with service.database.reading.begin() as session:
        heard = session.scalars(select(Hearing)).all()
    assert heard
    assert all("sealed" not in row.evidence for row in heard)
    assert spoken.refresh()["id"] == spoken.state["id"]


def test_everything_goes_and_the_phone_forgets_too(
    spoken: Phone, service: Service, settings: Settings
) -> None:
    gone = spoken.client.post("/me/everything", data={"badges": "kept"})
    assert service.content.languages["es"].phrases["me.all-done"] in gone.text
    assert gone.headers["clear-site-data"] == '"storage"'
    assert 'candidate=""' in gone.headers["set-cookie"]
    assert spoken.client.get(f"/attempts/{spoken.state['id']}").status_code == 404
    assert spoken.state["id"].encode() not in raw(settings.recordings_folder)
    with service.database.reading.begin() as session:
        wish = session.scalars(select(Erasure)).one()
        entries = session.scalars(select(AuditEntry.action)).all()
    assert (wish.scope, wish.files) == ("everything", [])
    assert wish.done_at
    assert "erased.everything" in entries


def test_what_is_wrong_goes_to_a_person_once(spoken: Phone, service: Service) -> None:
    phrases = service.content.languages["es"].phrases
    for _ in range(2):
        assert phrases["me.wrong-sent"] in spoken.client.post("/me/correction").text
    with service.database.reading.begin() as session:
        assert len(session.scalars(select(Correction)).all()) == 1


def test_the_four_things_are_large_spoken_and_have_pictures(spoken: Phone) -> None:
    page = spoken.client.get("/me").text
    ways = re.findall(r'<a class="act" href="(/me/[a-z]+)\?', page)
    assert ways == ["/me/kept", "/me/file", "/me/voice", "/me/everything"]
    assert len(re.findall(r'<a class="act"[^>]*><img src="/pictures/', page)) == 4


def test_looking_never_deletes(spoken: Phone, settings: Settings) -> None:
    for page in PAGES:
        assert spoken.client.get(page).status_code == 200
    assert len(list(settings.data_folder.rglob("*.take"))) == 1


def test_whoever_is_nobody_here_is_told_that_nothing_is_kept(
    spoken: Phone, service: Service, settings: Settings
) -> None:
    stranger = PageClient(spoken.client.app, base_url="http://localhost:8000")
    nothing = service.content.languages["en"].phrases["me.nothing"]
    assert nothing in stranger.get("/me/kept?lang=en").text
    assert nothing in stranger.post("/me/file?lang=en").text
    for page in ("/me/voice", "/me/everything", "/me/correction"):
        assert stranger.post(page, data={"badges": "cancelled"}).status_code == 200
    stranger.cookies.set("candidate", "a guess")
    assert stranger.post("/me/everything").status_code == 200
    assert len(list(settings.data_folder.rglob("*.take"))) == 1
    with service.database.reading.begin() as session:
        assert session.scalars(select(Erasure)).all() == []


def test_a_start_takes_back_what_a_killed_service_had_lent(
    settings: Settings, ears: ScriptedEars
) -> None:
    app = create_app(settings, ears=ears)
    scratch = app.state.service.store.scratch
    with scratch.holding(SOUND) as take:
        with PageClient(app, base_url="http://localhost:8000"):
            assert not take.exists()
        assert scratch.left() == []


def test_an_operator_sees_when_what_was_due_was_deleted(
    client: TestClient, service: Service
) -> None:
    assert client.get("/readyz").json()["retained_at"] is None
    run = privacy.retain(service.keeping, service.clock())
    assert client.get("/readyz").json()["retained_at"] == run.at.isoformat()


def test_another_site_cannot_delete(spoken: Phone, settings: Settings) -> None:
    answer = spoken.client.post(
        "/me/everything", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert len(list(settings.data_folder.rglob("*.take"))) == 1


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_every_sentence_is_in_every_help_language(client: TestClient, language: str) -> None:
    for page in PAGES:
        answer = client.get(f"{page}?lang={language}")
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text
        assert "<style" not in answer.text
        assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)
