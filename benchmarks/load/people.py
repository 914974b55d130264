"""People who answer as fast as they are heard, and one who sends everything at once."""

import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from voice_app.audio.prompts import Manifest
from voice_app.dialogues.content import Assessment, Item

# As often as 40 phones may ask without their questions being the load.
_POLL_SECONDS = 1.0
_PUT_OFF = frozenset({429, 503})


@dataclass(frozen=True)
class Sounds:
    """The shipped sounds of the option names, by language."""

    folder: Path
    manifest: Manifest

    def name(self, option: str, language: str) -> bytes:
        """The name of an option, spoken."""
        (file,) = self.manifest.files(f"{language}/words/{option}")
        return (self.folder / file).read_bytes()


@dataclass
class Person:
    """Takes one attempt after the other, speaking the right answer, until `stop` is set.

    With a backlog all answers of an attempt are sent before the first verdict is looked at, as
    a phone does that was without a network. `attempts` names those taken, `put_off` counts the
    uploads that the service was too busy for.
    """

    origin: str
    bank: Assessment
    sounds: Sounds
    languages: tuple[str, str]
    has_backlog: bool
    stop: threading.Event
    attempts: list[str] = field(default_factory=list)
    put_off: int = 0

    def run(self) -> None:
        """Answer until stopped."""
        with httpx2.Client(base_url=self.origin, timeout=60) as phone:
            self._hear_notice(phone)
            while not self.stop.is_set():
                self._take_attempt(phone)

    def _hear_notice(self, phone: httpx2.Client) -> None:
        notice = f"/notice/{self.languages[1]}"
        told = {"version": phone.get(notice).json()["version"], "was_played": True}
        phone.post(f"{notice}/heard", json=told).raise_for_status()

    def _take_attempt(self, phone: httpx2.Client) -> None:
        employer, own = self.languages
        wanted = {
            "assessment": self.bank.micro_competence,
            "employer_language": employer,
            "help_language": own,
        }
        state = phone.post("/attempts", json=wanted).json()
        self.attempts.append(state["id"])
        turn = state["turn"]
        while turn["kind"] != "finish" and not self.stop.is_set():
            self._answer(phone, turn)
            turn = phone.get(f"/attempts/{state['id']}").json()["turn"]

    def _answer(self, phone: httpx2.Client, turn: dict[str, Any]) -> None:
        if turn["kind"] == "wait":
            time.sleep(_POLL_SECONDS)
            return
        item = self._item(turn["item"]["id"])
        if turn["kind"] == "rehearse":
            self._touch(phone, item)
        else:
            self._speak(phone, item)

    def _item(self, name: str) -> Item:
        return self.bank.rehearsal if name == self.bank.rehearsal.id else self.bank.items[name]

    def _touch(self, phone: httpx2.Client, item: Item) -> None:
        body = {"attempt": self.attempts[-1], "item": item.id, "option": item.right}
        phone.put(f"/choices/{uuid.uuid4()}", json=body).raise_for_status()

    def _speak(self, phone: httpx2.Client, item: Item) -> None:
        utterance = f"/utterances/{uuid.uuid4()}"
        sound = self.sounds.name(item.right, self.languages[1])
        asked = {"attempt": self.attempts[-1], "item": item.id}
        while phone.put(utterance, params=asked, content=sound).status_code in _PUT_OFF:
            self.put_off += 1
            if self.stop.wait(_POLL_SECONDS):
                return
        while not self.has_backlog and phone.get(utterance).json()["state"] == "waiting":
            if self.stop.wait(_POLL_SECONDS):
                return
