"""A phone as a test drives it: what the page asks of the service, without the page."""

import time
import uuid
from typing import Any

from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from voice_app.dialogues.content import Item


def hear_notice(client: TestClient, language: str = "es") -> None:
    """Hear to its end what happens with a voice, as the page plays it before an attempt."""
    told = client.get(f"/notice/{language}").json()
    if told["is_heard"]:
        return
    heard = {"version": told["version"], "was_played": True}
    answer = client.post(f"/notice/{language}/heard", json=heard)
    assert answer.status_code == 201, answer.text


class Phone:
    """Takes an attempt from start to end."""

    def __init__(self, client: TestClient, ears: ScriptedEars) -> None:
        self.client = client
        self.ears = ears
        self.content = client.app.state.service.content  # type: ignore[attr-defined]
        self.state: dict[str, Any] = {}

    def begin(self, employer: str = "fr", help_language: str = "es") -> dict[str, Any]:
        wanted = {
            "assessment": "MC3",
            "employer_language": employer,
            "help_language": help_language,
        }
        hear_notice(self.client, help_language)
        answer = self.client.post("/attempts", json=wanted)
        assert answer.status_code == 201, answer.text
        self.state = answer.json()
        return self.state

    @property
    def turn(self) -> dict[str, Any]:
        return self.state["turn"]

    def item(self) -> Item:
        bank = self.content.assessments["MC3"]
        name = self.turn["item"]["id"]
        return bank.rehearsal if name == bank.rehearsal.id else bank.items[name]

    def refresh(self) -> dict[str, Any]:
        answer = self.client.get(f"/attempts/{self.state['id']}")
        assert answer.status_code == 200, answer.text
        self.state = answer.json()
        return self.state

    def touch(self, option: str, choice_id: str | None = None) -> dict[str, Any]:
        body = {
            "attempt": self.state["id"],
            "item": self.turn["item"]["id"],
            "option": option,
            "plays_normal": 1,
        }
        answer = self.client.put(f"/choices/{choice_id or uuid.uuid4()}", json=body)
        assert answer.status_code in (200, 201), answer.text
        self.refresh()
        return answer.json()

    def put(self, data: bytes, utterance_id: str | None = None, **query: Any) -> Any:
        wanted = {"attempt": self.state["id"], "item": self.turn["item"]["id"], **query}
        return self.client.put(
            f"/utterances/{utterance_id or uuid.uuid4()}",
            params=wanted,
            content=data,
            headers={"content-type": "audio/wav"},
        )

    def say(self, text: str | Exception, data: bytes) -> dict[str, Any]:
        """Speak: the ears will hear `text`. Returns what the phone is told once heard."""
        self.ears.texts.append(text)
        answer = self.put(data)
        assert answer.status_code == 201, answer.text
        told = self.wait_for(answer.json()["id"])
        self.refresh()
        return told

    def wait_for(self, utterance_id: str, seconds: float = 15.0) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            told = self.client.get(f"/utterances/{utterance_id}", params={"wait": 2}).json()
            if told["state"] != "waiting":
                return told
        raise AssertionError("nobody heard the utterance")

    def name_of(self, option: str) -> str:
        language = self.state["help_language"]
        return self.content.languages[language].words[option].name

    def a_wrong_option(self) -> str:
        item = self.item()
        return next(one.id for one in item.options if one.id != item.right)

    def outcome(self) -> dict[str, Any]:
        answer = self.client.get(f"/attempts/{self.state['id']}/outcome")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def touch_all(self, right: int) -> None:
        """Answer everything by touch, the first `right` items rightly."""
        while self.turn["kind"] == "rehearse":
            self.touch(self.item().right)
        done = 0
        while self.turn["kind"] == "ask":
            self.touch(self.item().right if done < right else self.a_wrong_option())
            done += 1
