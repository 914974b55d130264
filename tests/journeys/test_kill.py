"""Killed between upload and verdict: the answer is heard and marked all the same."""

import contextlib
import os
import signal
import time
import uuid
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.journeys.phone import hear_notice
from tests.server import Server, running
from voice_app.audio.prompts import Manifest
from voice_app.dialogues.content import Item
from voice_app.dialogues.loader import load_content
from voice_app.settings import Settings, assets_folder

pytestmark = pytest.mark.engine

BANK = load_content(Settings().content_folder).assessments["MC3"]


def test_an_answer_survives_kill_9(tmp_path: Path) -> None:
    with running(tmp_path) as server, httpx2.Client(base_url=server.origin, timeout=30) as phone:
        attempt = _begin(phone)
        item = _rehearse(phone, attempt)
        while item.is_safety:  # the machine is seldom sure enough of these
            _touch(phone, attempt, item)
            item = BANK.items[_state(phone, attempt)["turn"]["item"]["id"]]
        sent = _speak(phone, attempt, item)
        server.kill()
        assert sent.status_code == 201
        assert server.rows("select count(*) from utterance") == [(1,)]
        assert server.rows("select count(*) from hearing") == [(0,)]

        server.start()
        assert _wait(phone, sent.json()["id"])["state"] == "heard"
        assert server.rows("select verdict, chosen, engine from hearing") == [
            ("right", item.right, "whisper:base-int8")
        ]
        _finish_by_touch(phone, server, attempt)


def test_no_answer_is_lost_when_the_engine_is_killed_again_and_again(tmp_path: Path) -> None:
    with running(tmp_path) as server, httpx2.Client(base_url=server.origin, timeout=30) as phone:
        attempt = _begin(phone)
        _rehearse(phone, attempt)
        spoken = []
        for _ in range(4):
            item = BANK.items[_state(phone, attempt)["turn"]["item"]["id"]]
            sent = _speak(phone, attempt, item)
            assert sent.status_code == 201
            spoken.append(sent.json()["id"])
            _kill_engine(server)
        assert {_wait(phone, one)["state"] for one in spoken} == {"heard"}
        assert server.rows("select count(*) from unheard") == [(0,)]
        verdicts = [verdict for (verdict,) in server.rows("select verdict from hearing")]
        assert len(verdicts) == 4
        assert set(verdicts) <= {"right", "unsure"}
        assert phone.get("/readyz").json()["status"] == "ready"


def _kill_engine(server: Server) -> None:
    """Kill the engine's process once it is there, maybe while it hears."""
    until = time.monotonic() + 20
    while not (children := _children(server)) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _children(server: Server) -> list[int]:
    parent = server._process
    assert parent is not None
    tasks = Path("/proc", str(parent.pid), "task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text().split()]


def _speak(phone: httpx2.Client, attempt: dict[str, Any], item: Item) -> httpx2.Response:
    return phone.put(
        f"/utterances/{uuid.uuid4()}",
        params={"attempt": attempt["id"], "item": item.id},
        content=_spoken_name(item.right),
        headers={"content-type": "audio/mpeg"},
    )


def _finish_by_touch(phone: httpx2.Client, server: Server, attempt: dict[str, Any]) -> None:
    while (turn := _state(phone, attempt)["turn"])["kind"] == "ask":
        _touch(phone, attempt, BANK.items[turn["item"]["id"]])
    outcome = phone.get(f"/attempts/{attempt['id']}/outcome").json()
    assert outcome["state"] == "passed"
    assert server.rows("select points, maximum from outcome") == [(36, 36)]
    assert phone.get(outcome["badge"]["url"]).status_code == 200


def _begin(phone: httpx2.Client) -> dict[str, Any]:
    wanted = {"assessment": "MC3", "employer_language": "en", "help_language": "en"}
    hear_notice(phone, "en")
    answer = phone.post("/attempts", json=wanted)
    phone.cookies = answer.cookies
    return answer.json()


def _rehearse(phone: httpx2.Client, attempt: dict[str, Any]) -> Item:
    _touch(phone, attempt, BANK.rehearsal)
    return BANK.items[_state(phone, attempt)["turn"]["item"]["id"]]


def _touch(phone: httpx2.Client, attempt: dict[str, Any], item: Item) -> None:
    body = {"attempt": attempt["id"], "item": item.id, "option": item.right}
    assert phone.put(f"/choices/{uuid.uuid4()}", json=body).status_code == 201


def _state(phone: httpx2.Client, attempt: dict[str, Any]) -> dict[str, Any]:
    return phone.get(f"/attempts/{attempt['id']}").json()


def _wait(phone: httpx2.Client, utterance: str) -> dict[str, Any]:
    for _ in range(30):
        told = phone.get(f"/utterances/{utterance}", params={"wait": 2}).json()
        if told["state"] != "waiting":
            return told
    raise AssertionError("nobody heard the answer")


def _spoken_name(option: str) -> bytes:
    """The option's English name by the shipped synthetic voice."""
    folder = assets_folder()
    (file,) = Manifest.load(folder).files(f"en/words/{option}")
    return (folder / file).read_bytes()
