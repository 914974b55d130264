"""The notice: about a minute in every help language, versioned, and heard before it is kept."""

import json
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.journeys.phone import Phone
from voice_app import notices
from voice_app.audio.prompts import Manifest
from voice_app.models import Attempt, Notice, NoticeHeard
from voice_app.notices import Basis
from voice_app.privacy.rules import VOICE_DAYS
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.settings import Settings, assets_folder, web_folder

LANGUAGES = ("fr", "es", "en")
# What the page pauses after each sentence, in seconds.
PAUSE_SECONDS = 0.7

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_basis = pytest.mark.parametrize("basis", ["contract", "public-task"])


def told(service: Service, language: str, basis: Basis = "contract") -> notices.Edition:
    return notices.edition(service.content.languages[language], service.manifest, basis=basis)


def heard(client: TestClient, language: str = "en", **said: bool):
    version = client.get(f"/notice/{language}").json()["version"]
    return client.post(f"/notice/{language}/heard", json={"version": version} | said)


@each_language
@each_basis
def test_the_notice_takes_about_a_minute(service: Service, *, language: str, basis: Basis):
    lines = told(service, language, basis).lines
    seconds = {one.path: one.duration_seconds for one in service.manifest.entries}
    assert all(line.sound for line in lines)
    assert 45 <= sum(seconds[one.sound] + PAUSE_SECONDS for one in lines) <= 75


@each_language
def test_each_sentence_has_a_picture_of_its_own(service: Service, *, language: str):
    pictures = [one.picture for one in told(service, language).lines]
    assert 6 <= len(pictures) <= 8
    assert len(set(pictures)) == len(pictures)
    assert all((web_folder() / "pictures" / f"{one}.svg").is_file() for one in pictures)


def test_the_basis_is_told_as_the_deployment_has_it(service: Service):
    contract, task = told(service, "en"), told(service, "en", "public-task")
    assert contract.lines[1].phrase == "notice.basis.contract"
    assert task.lines[1].phrase == "notice.basis.public-task"
    assert contract.digest != task.digest


def test_another_word_or_another_sound_is_another_version(service: Service):
    edition = told(service, "en")
    first, *others = edition.lines
    for changed in (
        replace(first, text=f"{first.text} Really."),
        replace(first, sound_sha256="0" * 64),
        replace(first, picture="ui-ear"),
    ):
        assert replace(edition, lines=(changed, *others)).digest != edition.digest
    moved = replace(first, sound="elsewhere.mp3")
    assert replace(edition, lines=(moved, *others)).digest == edition.digest


def test_sentences_without_a_sound_are_told_in_words(service: Service):
    silent = notices.edition(service.content.languages["en"], Manifest(), basis="contract")
    assert {one.sound for one in silent.lines} == {None}
    assert all(one.text for one in silent.lines)


def test_the_page_is_given_every_sentence_with_picture_and_sound(client: TestClient):
    answer = client.get("/notice/es").json()
    assert answer["is_heard"] is False
    for card in answer["cards"]:
        assert card["text"]
        assert client.get(card["picture"]).status_code == 200
        assert client.get(card["audio"]).status_code == 200


def test_what_was_heard_is_kept_with_its_wording(client: TestClient, service: Service):
    answer = heard(client, was_played=True)
    assert answer.status_code == 201
    with service.database.reading.begin() as session:
        (row,) = session.query(NoticeHeard).all()
        kept = session.get_one(Notice, row.digest)
    assert (row.was_played, kept.language) == (True, "en")
    edition = told(service, "en")
    assert (row.digest, kept.lines) == (edition.digest, edition.told())
    assert service.content.languages["en"].phrases["notice.why"] in json.dumps(kept.lines)
    assert client.get("/notice/en").json()["is_heard"] is True
    assert client.get("/notice/fr").json()["is_heard"] is False


def test_a_wording_is_kept_once_for_all_who_hear_it(
    client: TestClient, stranger: TestClient, service: Service
):
    for phone in (client, stranger, client):
        assert heard(phone).status_code == 201
    with service.database.reading.begin() as session:
        assert session.query(Notice).count() == 1
        owners = [one.owner_hash for one in session.query(NoticeHeard)]
    assert len(owners) == 3
    assert len(set(owners)) == 2


def test_another_phone_has_not_heard_it(client: TestClient, stranger: TestClient):
    heard(client)
    assert stranger.get("/notice/en").json()["is_heard"] is False


def test_a_wording_that_holds_no_more_is_not_taken_for_heard(client: TestClient, service: Service):
    answer = client.post("/notice/en/heard", json={"version": "0" * 64, "was_played": True})
    assert answer.status_code == 409
    with service.database.reading.begin() as session:
        assert session.query(NoticeHeard).count() == 0


def test_who_heard_it_owns_the_attempt_that_follows(client: TestClient, phone: Phone):
    heard(client)
    secret = client.cookies[OWNER_COOKIE]
    phone.begin()
    assert client.cookies[OWNER_COOKIE] == secret


@each_language
def test_the_page_tells_it_again_at_any_time(client: TestClient, *, language: str):
    answer = client.get("/notice", params={"lang": language})
    assert answer.status_code == 200
    for card in client.get(f"/notice/{language}").json()["cards"]:
        assert card["picture"] in answer.text
        assert card["audio"] in answer.text
    assert "/consents?lang=" in answer.text


@pytest.mark.parametrize("path", ["/notice/xx", "/notice/..%2fetc"])
def test_a_language_that_nobody_speaks_is_an_answer(client: TestClient, *, path: str):
    assert client.get(path).status_code in {404, 422}


def test_the_setting_names_the_basis(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VOICE_APP_LEGAL_BASIS", "public-task")
    assert Settings(data_folder=tmp_path).legal_basis == "public-task"


def test_the_page_says_who_to_write_to(app: FastAPI, client: TestClient, service: Service):
    issuer = replace(service.issuer, name="Centre Soleil", email="voix@example.org")
    app.state.service = replace(service, issuer=issuer)
    page = client.get("/notice").text
    assert "Centre Soleil" in page
    assert "voix@example.org" in page
    assert assets_folder().is_dir()


def test_the_time_that_is_told_is_the_time_that_is_kept(service: Service):
    said = {code: service.content.languages[code].phrases["notice.long"] for code in LANGUAGES}
    assert "four months" in said["en"]
    assert "quatre mois" in said["fr"]
    assert "cuatro meses" in said["es"]
    assert 4 * 28 <= VOICE_DAYS <= 4 * 31


def test_an_attempt_begins_only_after_the_notice(
    client: TestClient, stranger: TestClient, service: Service
):
    wanted = {"assessment": "MC3", "employer_language": "fr", "help_language": "en"}
    heard(stranger, was_played=True)
    answer = client.post("/attempts", json=wanted)
    assert (answer.status_code, answer.json()["error"]) == (403, "notice-first")
    heard(client, "fr")
    assert client.post("/attempts", json=wanted).status_code == 403
    with service.database.reading.begin() as session:
        assert session.query(Attempt).count() == 0
    heard(client)
    assert client.post("/attempts", json=wanted).status_code == 201
