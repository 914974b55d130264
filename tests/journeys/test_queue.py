"""What waits is bounded, survives restarts, and stays quick with thousands of rows."""

import contextlib
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, insert, select

import voice_app
from tests.journeys.fakes import ScriptedEars
from tests.journeys.phone import Phone
from voice_app.app import create_app
from voice_app.audio.choosing import NoEngine
from voice_app.audio.failures import EngineNotLoaded
from voice_app.audio.speech import Hearing
from voice_app.db import Database, open_database
from voice_app.jobs import Limits, queue
from voice_app.jobs.turns import whose_turn
from voice_app.models import Attempt, Response, Unheard, Utterance
from voice_app.settings import Settings

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Absent(ScriptedEars):
    """No engine, until there is one."""

    trouble: Exception | None = NoEngine("Nothing installed hears fr.")

    def hear(self, take: Path, languages) -> Hearing:
        if self.trouble is not None:
            raise self.trouble
        return super().hear(take, languages)


@pytest.fixture
def ears() -> Absent:
    return Absent()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_folder=tmp_path / "data", models_folder=tmp_path / "models", waiting_limit=3
    )


def _past_rehearsal(phone: Phone) -> None:
    phone.begin()
    while phone.turn["kind"] == "rehearse":
        phone.touch(phone.item().right)


def test_what_is_too_much_is_put_off_and_taken_later(
    phone: Phone, ears: Absent, take: bytes, new_id: str
):
    _past_rehearsal(phone)
    for _ in range(3):
        assert phone.put(take).status_code == 201
        phone.refresh()
    refused = phone.put(take, new_id)
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "15"
    assert refused.json() == {"error": "busy", "phrase": "trouble.machine"}
    assert phone.client.get(f"/utterances/{new_id}").status_code == 404
    metrics = phone.client.get("/metrics").text
    assert "voice_app_refused_uploads_total 1.0" in metrics

    ears.trouble, ears.default = None, "blabla"
    listener = phone.client.app.state.service.listener
    listener._paused.clear()
    listener.hear_all()
    assert phone.put(take, new_id).status_code == 201
    assert phone.wait_for(new_id)["state"] == "heard"


def test_the_same_answer_again_is_never_put_off(phone: Phone, take: bytes, new_id: str):
    _past_rehearsal(phone)
    assert phone.put(take, new_id).status_code == 201
    item = phone.turn["item"]["id"]
    for _ in range(2):
        phone.refresh()
        assert phone.put(take).status_code == 201
    assert phone.put(take, new_id, item=item).status_code == 200


def test_one_attempt_may_not_fill_the_queue(client: TestClient, ears: Absent, take: bytes):
    service = client.app.state.service
    service.listener.limits = Limits(all=100, attempt=2)
    phones = [Phone(TestClient(client.app, base_url="http://localhost:8000"), ears)] * 2
    for phone in phones:
        _past_rehearsal(phone)
    for expected in (201, 201, 503):
        phones[0].refresh()
        assert phones[0].put(take).status_code == expected
    other = Phone(TestClient(client.app, base_url="http://localhost:8000"), ears)
    _past_rehearsal(other)
    assert other.put(take).status_code == 201


@pytest.mark.parametrize("trouble", [NoEngine("none"), EngineNotLoaded("corrupt")])
def test_answers_wait_for_an_engine_and_cost_no_try(
    phone: Phone, ears: Absent, take: bytes, trouble: Exception
):
    ears.trouble = trouble
    _past_rehearsal(phone)
    answer = phone.put(take).json()["id"]
    listener = phone.client.app.state.service.listener
    for _ in range(3):
        listener._paused.clear()
        listener.hear_all()
    with listener.database.reading() as session:
        assert session.scalars(select(Unheard.tries)).all() == [0]
    ears.trouble, ears.default = None, "blabla"
    listener._paused.clear()
    listener.wake()
    assert phone.wait_for(answer)["state"] == "heard"


def test_tries_and_turns_outlive_a_restart(settings: Settings, take: bytes):
    ears = Absent()
    ears.trouble = RuntimeError("what was said")
    app = create_app(settings, ears=ears)
    phone = Phone(TestClient(app, base_url="http://localhost:8000"), ears)
    _past_rehearsal(phone)
    answer = phone.put(take).json()["id"]
    listener = app.state.service.listener
    taken = listener._next()
    listener._serve(taken)
    with listener.database.reading() as session:
        assert session.scalars(select(Unheard.tries)).all() == [1]
    again = create_app(settings, ears=ears)
    again.state.service.listener.hear_all()
    phone.client = TestClient(again, base_url="http://localhost:8000", cookies=phone.client.cookies)
    assert phone.wait_for(answer)["state"] == "heard"
    for one in (app, again):
        one.state.service.database.close()


def test_what_cannot_even_be_left_to_a_person_is_set_aside_until_the_next_start(
    settings: Settings, take: bytes
):
    ears = Absent()
    ears.trouble, ears.default = None, "blabla"
    app = create_app(settings, ears=ears)
    phone = Phone(TestClient(app, base_url="http://localhost:8000"), ears)
    _past_rehearsal(phone)
    answer = phone.put(take).json()["id"]
    listener = app.state.service.listener
    bank = listener.content.assessments.pop("MC3")
    listener.hear_all()
    assert listener.standing().set_aside == 1
    listener.content.assessments["MC3"] = bank
    listener.start()
    assert phone.wait_for(answer)["state"] == "heard"
    assert listener.standing().answers == 0
    listener.stop()
    listener.database.close()


def test_what_waited_before_the_table_was_made_is_in_it(tmp_path: Path):
    path = tmp_path / "old.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.isolation_level = None
        _migrate(path, "0001")
        connection.executescript(OLD_ROWS)
    database = open_database(path)
    with database.reading() as session:
        rows = session.scalars(select(Unheard)).all()
        assert [(row.utterance_id, row.attempt_id, row.tries) for row in rows] == [("new", "a", 0)]
        assert rows[0].since == NOW
    database.close()


OLD_ROWS = """
INSERT INTO attempt (id, owner_hash, assessment, employer_language, help_language,
    content_version, criteria, started_at)
VALUES ('a', 'x', 'MC3', 'fr', 'es', 'x', '{}', '2026-01-01 00:00:00');
INSERT INTO response (id, attempt_id, item, kind, plays_normal, plays_slow, takes, received_at)
VALUES ('old', 'a', 'broom', 'speech', 1, 0, 1, '2026-01-01 00:00:00.000000'),
    ('new', 'a', 'mop', 'speech', 1, 0, 1, '2026-01-01 00:00:00.000000');
INSERT INTO utterance (id, media_type, sha256, byte_size, path)
VALUES ('old', 'x', 'x', 1, 'x'), ('new', 'x', 'x', 1, 'x');
INSERT INTO hearing (utterance_id, decider, verdict, reasons, evidence, content_version, heard_at)
VALUES ('old', 'rules-1', 'right', '[]', '{}', 'x', '2026-01-01 00:00:00.000000');
"""


def _migrate(path: Path, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(voice_app.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


@pytest.fixture
def crowded(tmp_path: Path) -> Database:
    """10,000 answers of 300 attempts that wait."""
    database = open_database(tmp_path / "crowded.sqlite3")
    with database.writing.begin() as session:
        session.execute(insert(Attempt), [_attempt(number) for number in range(300)])
        session.execute(insert(Response), [_response(number) for number in range(10_000)])
        session.execute(insert(Utterance), [_utterance(number) for number in range(10_000)])
        session.execute(insert(Unheard), [_unheard(number) for number in range(10_000)])
    yield database
    database.close()


def test_ten_thousand_waiting_answers_cost_milliseconds(crowded: Database):
    began = time.perf_counter()
    for _ in range(10):
        with crowded.reading() as session:
            attempt = whose_turn(queue.lines(session), {})
            assert queue.take(session, str(attempt)).utterance_id == "0"
            assert queue.standing(session).answers == 10_000
    assert (time.perf_counter() - began) / 10 < 0.1


def _attempt(number: int) -> dict[str, object]:
    texts = ("owner_hash", "assessment", "employer_language", "help_language", "content_version")
    return {"id": f"a{number}", **dict.fromkeys(texts, "x"), "criteria": {}, "started_at": NOW}


def _response(number: int) -> dict[str, object]:
    return {
        "id": str(number),
        "attempt_id": f"a{number % 300}",
        "item": "broom",
        "kind": "speech",
        "plays_normal": 1,
        "plays_slow": 0,
        "takes": 1,
        "received_at": NOW + timedelta(seconds=number),
    }


def _utterance(number: int) -> dict[str, object]:
    texts = ("media_type", "sha256", "path")
    return {"id": str(number), **dict.fromkeys(texts, "x"), "byte_size": 1}


def _unheard(number: int) -> dict[str, object]:
    return {
        "utterance_id": str(number),
        "attempt_id": f"a{number % 300}",
        "seq": number + 1,
        "since": NOW + timedelta(seconds=number),
        "tries": 0,
    }
