from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from voice_app import oversight
from voice_app.access import signins
from voice_app.access.signins import csrf_of
from voice_app.app import create_app
from voice_app.models import Account, Attempt, Center, Outcome, SignIn
from voice_app.oversight import Policy, Switch
from voice_app.routes.deps import Service
from voice_app.settings import Settings

NOW = datetime.now(UTC)
PAGE = "/staff/oversight"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data_folder=tmp_path / "data", models_folder=tmp_path / "models"))
    client = TestClient(app, base_url="http://localhost:8000", follow_redirects=False)
    with service(client).database.writing.begin() as session:
        session.add_all(
            Center(id=one, name=one, country="FR", made_at=NOW) for one in ("here", "there")
        )
    yield client
    service(client).database.close()


def service(client: TestClient) -> Service:
    return client.app.state.service  # type: ignore[attr-defined]


def staff(client: TestClient, role: str, *, center: str = "here") -> str:
    """Sign somebody in and give the token of their forms."""
    with service(client).database.writing.begin() as session:
        account = Account(
            id=str(uuid4()),
            center_id=center,
            role=role,
            name="A",
            email=f"{uuid4()}@example.org",
            made_at=NOW,
        )
        session.add(account)
        session.flush()
        secret = signins.begin(session, account, now=service(client).clock())
    client.cookies.set("signin", secret)
    return csrf_of(secret)


def send(client: TestClient, to: str, token: str, **fields: str) -> int:
    return client.post(f"{PAGE}/{to}", data={"token": token, **fields}).status_code


def is_stopped(client: TestClient, center: str) -> bool:
    with service(client).database.reading.begin() as session:
        return oversight.is_stopped(session, center=center)


def test_staff_stop_the_machine_of_their_center_alone_and_the_owner_lets_it_go_on(
    client: TestClient,
) -> None:
    token = staff(client, "assessor")
    assert send(client, "stop", token, reason="complaint") == 303
    assert is_stopped(client, "here")
    assert not is_stopped(client, "there")
    assert "Stopped for this center" in client.get(PAGE).text
    assert send(client, "resume", token, reason="all-clear") == 403
    token = staff(client, "owner", center="there")
    assert send(client, "resume", token, reason="all-clear") == 303
    assert is_stopped(client, "here")
    assert "Stopped" not in client.get(PAGE).text
    token = staff(client, "owner")
    assert send(client, "resume", token, reason="all-clear") == 303
    assert not is_stopped(client, "here")


def test_an_engine_that_is_stopped_is_told_to_every_center(client: TestClient) -> None:
    with service(client).database.writing.begin() as session:
        oversight.turn(
            session,
            Switch("engine", "vosk"),
            is_stopped=True,
            reason="drill",
            author="command",
            at=NOW,
        )
    staff(client, "coordinator")
    assert "Stopped: vosk" in client.get(PAGE).text


def test_without_token_reason_or_sign_in_nothing_is_stopped(client: TestClient) -> None:
    assert send(client, "stop", "x", reason="drill") in (401, 403)
    token = staff(client, "owner")
    assert send(client, "stop", "another", reason="drill") == 403
    refused = client.post(f"{PAGE}/stop", data={"token": token, "reason": "because"})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert "Give one of these reasons" in refused.text
    assert not is_stopped(client, "here")


def test_the_owner_chooses_the_policy_of_their_center(client: TestClient) -> None:
    token = staff(client, "owner")
    assert send(client, "policy", token, MC2="machine", MC3="person", sample="20") == 303
    assert send(client, "policy", token, MC2="machine", sample="200") == 422
    assert send(client, "policy", token, MC2="machine", sample="many") == 422
    with service(client).database.reading.begin() as session:
        assert oversight.policy_of(session, "here") == Policy(("MC2",), 20)
        assert oversight.policy_of(session, "there") == oversight.DEFAULT
    token = staff(client, "assessor")
    assert send(client, "policy", token, sample="0") == 403


def test_the_policy_takes_a_fresh_proof_of_who_is_there(client: TestClient) -> None:
    token = staff(client, "owner")
    with service(client).database.writing.begin() as session:
        row = session.scalars(select(SignIn)).one()
        row.fresh_at = None
    assert send(client, "policy", token, sample="0") == 403


def test_a_pass_waits_for_a_sign_off_by_the_centers_own_people(client: TestClient) -> None:
    everybody = service(client)
    with everybody.database.writing.begin() as session:
        attempt = Attempt(
            id="a1",
            owner_hash="0" * 64,
            assessment="MC3",
            employer_language="fr",
            help_language="es",
            content_version="v",
            criteria={"percent": 60, "items": [], "center": "here", "passed_by": "person"},
            started_at=NOW,
        )
        session.add(attempt)
        oversight.hand_over(session, attempt, words=oversight.NOTHING_SAID, at=NOW)
    token = staff(client, "assessor", center="there")
    assert "waits for a sign-off" not in client.get(PAGE).text
    assert send(client, "word", token, attempt="a1", word="signed") == 404
    token = staff(client, "coordinator")
    assert send(client, "word", token, attempt="a1", word="signed") == 403
    token = staff(client, "assessor")
    assert "waits for a sign-off" in client.get(PAGE).text
    assert "Sign off" in client.get(f"{PAGE}/attempts/a1").text
    assert send(client, "word", token, attempt="a1", word="confirmed") == 409
    assert send(client, "word", token, attempt="a1", word="right") == 409
    assert send(client, "word", token, attempt="a1", word="signed") == 303
    with everybody.database.reading.begin() as session:
        assert oversight.words(session, "a1").is_signed
        assert session.scalar(select(Outcome)) is None
    assert send(client, "word", token, attempt="a1", word="signed") == 409
