"""A whole attempt heard by real Vosk: Korean speech of espeak-ng, the small Korean test bank."""

import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from tests.journeys.phone import hear_notice
from voice_app.app import create_app
from voice_app.audio.ears import Ears
from voice_app.hearings import evidence_of
from voice_app.models import Attempt, Hearing, Response
from voice_app.settings import Settings

pytestmark = pytest.mark.engine

BANK = Path(__file__).parents[1] / "data" / "bank_ko"
WORDS_A_MINUTE = 120


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_folder=tmp_path, content_folder=BANK)
    ears = Ears(settings.models_folder, languages=("ko",))
    app = create_app(settings, ears=ears)
    with TestClient(app, base_url="http://localhost:8000") as client:
        yield client


def test_every_answer_is_heard_by_vosk_and_none_is_taken_for_another(
    client: TestClient, tmp_path: Path
) -> None:
    attempt = begin(client)
    content = client.app.state.service.content  # type: ignore[attr-defined]
    bank = content.assessments["MC3"]
    said: dict[str, str] = {}
    while (turn := state(client, attempt)["turn"])["kind"] in ("rehearse", "ask", "ask_again"):
        name = turn["item"]["id"]
        item = bank.rehearsal if name == bank.rehearsal.id else bank.items[name]
        if turn["kind"] == "ask_again" or said.get(name):
            touch(client, attempt, item=name, option=item.right)
            continue
        said[name] = content.languages["ko"].words[item.right].name
        speak(client, attempt, item=name, sound=spoken(said[name], tmp_path / f"{name}.wav"))

    heard = hearings(client)
    assert set(heard) == set(said)
    for hearing in heard.values():
        assert hearing.engine == "vosk:ko+whisper:base-int8"
        assert hearing.verdict in ("right", "unsure")
    grammar = {
        item: evidence["engines"][0]["chosen_phrase"]
        for item, evidence in evidences(client, heard).items()
    }
    assert sum(grammar[item] == name for item, name in said.items()) > len(said) / 2

    outcome = client.get(f"/attempts/{attempt}/outcome").json()
    assert outcome["state"] == "passed"
    assert client.get(outcome["badge"]["url"]).status_code == 200


def begin(client: TestClient) -> str:
    wanted = {"assessment": "MC3", "employer_language": "ko", "help_language": "ko"}
    hear_notice(client, "ko")
    return client.post("/attempts", json=wanted).json()["id"]


def state(client: TestClient, attempt: str) -> dict[str, Any]:
    return client.get(f"/attempts/{attempt}").json()


def touch(client: TestClient, attempt: str, *, item: str, option: str) -> None:
    body = {"attempt": attempt, "item": item, "option": option}
    assert client.put(f"/choices/{uuid.uuid4()}", json=body).status_code == 201


def speak(client: TestClient, attempt: str, *, item: str, sound: bytes) -> None:
    name = str(uuid.uuid4())
    sent = client.put(
        f"/utterances/{name}",
        params={"attempt": attempt, "item": item},
        content=sound,
        headers={"content-type": "audio/wav"},
    )
    assert sent.status_code == 201, sent.text
    for _ in range(30):
        if client.get(f"/utterances/{name}", params={"wait": 3}).json()["state"] != "waiting":
            return
    raise AssertionError("Vosk did not hear the answer")


def spoken(text: str, target: Path) -> bytes:
    command = ["espeak-ng", "-v", "ko", "-s", str(WORDS_A_MINUTE), "-w", str(target), text]
    subprocess.run(command, check=True)
    return target.read_bytes()


def evidences(client: TestClient, heard: dict[str, Hearing]) -> dict[str, dict[str, Any]]:
    service = client.app.state.service  # type: ignore[attr-defined]
    with service.database.reading.begin() as session:
        (owner,) = session.scalars(select(Attempt.owner_hash))
    return {item: evidence_of(row, service.vault, owner=owner) for item, row in heard.items()}


def hearings(client: TestClient) -> dict[str, Hearing]:
    with client.app.state.service.database.reading.begin() as session:  # type: ignore[attr-defined]
        rows = session.execute(
            select(Response.item, Hearing).join(Hearing, Hearing.utterance_id == Response.id)
        )
        return {row[0]: row[1] for row in rows}
