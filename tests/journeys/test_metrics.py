"""What operators see: processes, queue and verdicts, and nothing of a person."""

import os
import re
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.audio.until import until
from tests.journeys.fakes import ScriptedEars, crash
from tests.journeys.phone import Phone
from voice_app.app import create_app
from voice_app.audio.speech import Hearing
from voice_app.audio.vitals import Vitals
from voice_app.audio.workers import Spec, Worker
from voice_app.settings import Settings

SAMPLE = re.compile(r"^(?P<name>\w+)(?:\{(?P<labels>.*)\})? (?P<value>\S+)$")


class WorkingEars(ScriptedEars):
    """Scripted, but a call goes to a real process before each answer."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = Worker(Spec("tests.audio.misbehaving:Greedy"), memory_limit_bytes=300_000_000)
        self.orders: list[tuple[Any, ...]] = []

    def hear(self, take: Path, languages: Mapping[str, Sequence[str]]) -> Hearing:
        self.worker.call(*(self.orders.pop(0) if self.orders else ("process_id",)))
        return super().hear(take, languages)

    def warm_up(self) -> None:
        self.worker.start()

    def status(self) -> dict[str, Any]:
        return {"fr": {"engine": "scripted", "state": self.worker.status()}}

    def processes(self) -> Mapping[str, Vitals]:
        return {"ears": self.worker.vitals()}

    def close(self) -> None:
        self.worker.close()


@pytest.fixture
def ears() -> WorkingEars:
    return WorkingEars()


def _samples(client: TestClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = [SAMPLE.match(line) for line in answer.text.splitlines() if not line.startswith("#")]
    return {f"{one['name']}{{{one['labels'] or ''}}}": float(one["value"]) for one in found if one}


def _past_rehearsal(phone: Phone) -> None:
    phone.begin()
    while phone.turn["kind"] == "rehearse":
        phone.touch(phone.item().right)


def test_verdicts_and_their_seconds_are_counted(phone: Phone, take: bytes):
    _past_rehearsal(phone)
    phone.say(phone.name_of(phone.item().right), take)
    phone.say("blabla", take)
    seen = _samples(phone.client)
    assert seen['voice_app_answers_total{engine="scripted",verdict="right"}'] == 1
    assert seen["voice_app_verdict_seconds_count{}"] == 2
    assert seen["voice_app_work_seconds_count{}"] == 2
    assert seen["voice_app_waiting_answers{}"] == 0
    assert seen["voice_app_oldest_waiting_seconds{}"] == 0
    assert seen['voice_app_process_resident_bytes{process="ears"}'] > 10_000_000


def test_a_take_that_cannot_be_judged_is_counted_by_its_reason(phone: Phone):
    _past_rehearsal(phone)
    phone.say("", b"this is no sound")
    assert _samples(phone.client)['voice_app_unusable_takes_total{reason="not-audio"}'] == 1


@pytest.mark.parametrize(
    ("order", "kind", "code"),
    [
        (("crash",), "died", "engine-crashed"),
        (("swell", 2_000_000_000), "out-of-memory", "engine-out-of-memory"),
    ],
)
def test_a_crash_costs_a_try_and_is_seen(
    phone: Phone, ears: WorkingEars, take: bytes, order: tuple[Any, ...], kind: str, code: str
):
    _past_rehearsal(phone)
    ears.orders = [order]
    assert phone.say("blabla", take)["state"] == "heard"
    seen = _samples(phone.client)
    assert seen[f'voice_app_process_crashes_total{{kind="{kind}",process="ears"}}'] == 1
    assert seen[f'voice_app_failed_tries_total{{kind="{code}"}}'] == 1
    process = phone.client.get("/readyz").json()["processes"]["ears"]
    assert process["crashes"][kind] == 1
    assert process["starts"] == 2
    assert process["state"] == "ready"
    assert process["seconds_since_answer"] < 10
    assert process["resident_megabytes"] > 10


def test_a_process_killed_from_outside_costs_nobody_anything(
    phone: Phone, ears: WorkingEars, take: bytes
):
    _past_rehearsal(phone)
    phone.say("blabla", take)
    os.kill(ears.worker.process_id or 0, signal.SIGKILL)
    assert phone.say("blabla", take)["state"] == "heard"


def test_no_label_tells_of_a_person(phone: Phone, ears: WorkingEars, take: bytes):
    _past_rehearsal(phone)
    ears.texts = [crash()]
    answer = phone.put(take).json()["id"]
    phone.wait_for(answer)
    phone.refresh()
    phone.say("what nobody may read", take)
    shown = phone.client.get("/metrics").text + phone.client.get("/readyz").text
    for secret in (phone.state["id"], answer, "nobody may read", "broom", "MC3"):
        assert secret not in shown


def test_what_waits_is_seen(phone: Phone, take: bytes):
    _past_rehearsal(phone)
    phone.client.app.state.service.listener.stop()
    phone.put(take)
    time.sleep(0.2)
    ready = phone.client.get("/readyz")
    assert ready.status_code == 503
    told = ready.json()
    assert told["status"] == "nobody listens"
    assert (told["waiting"], told["waiting_people"], told["waiting_limit"]) == (1, 1, 500)
    assert told["oldest_waits_seconds"] >= 0.2
    assert _samples(phone.client)["voice_app_waiting_answers{}"] == 1


def test_two_services_count_apart(settings: Settings, phone: Phone, take: bytes):
    _past_rehearsal(phone)
    phone.say("blabla", take)
    other = settings.model_copy(update={"data_folder": settings.data_folder / "other"})
    with TestClient(create_app(other, ears=ScriptedEars())) as another:
        assert _samples(another)["voice_app_verdict_seconds_count{}"] == 0


class Corrupt(WorkingEars):
    """Its model cannot be loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = Worker(Spec("tests.audio.misbehaving:corrupt"))


@pytest.fixture
def corrupt(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings, ears=Corrupt())) as client:
        yield client


def test_a_model_that_cannot_be_loaded_is_seen_and_tried_with_pauses(corrupt: TestClient):
    until(lambda: corrupt.get("/readyz").status_code == 503)
    told = corrupt.get("/readyz").json()
    assert told["status"] == "no engine hears"
    assert told["processes"]["ears"]["state"] == "failed"
    assert "There is no model" in told["processes"]["ears"]["trouble"]
    assert told["processes"]["ears"]["starts"] <= 2
    assert corrupt.get("/healthz").status_code == 200
