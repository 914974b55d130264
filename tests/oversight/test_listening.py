"""What the listener does where people have stopped an engine, and the events it leaves."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.journeys.conftest import voice_like_wav
from tests.journeys.fakes import ScriptedEars
from tests.oversight.house import ORIGIN, House
from voice_app import oversight
from voice_app.app import create_app
from voice_app.audio.speech import EngineStopped, Evidence, Hearing, Quality, Transcript, is_named
from voice_app.models import Inference
from voice_app.oversight import Switch
from voice_app.settings import Settings

QUALITY = Quality(1.0, 0.5, -20.0, 0.0, -60.0)


class Pair(ScriptedEars):
    """Two engines that hear `text`; `asked` says which ones were asked, `before` comes first."""

    def __init__(self) -> None:
        super().__init__()
        self.engines: tuple[str, ...] = ("vosk:small-fr", "whisper:base-int8")
        self.text = ""
        self.asked: list[tuple[str, ...]] = []
        self.before: Callable[[], None] = lambda: None

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        del take, pace
        return self._hear(self.engines, languages)

    def without(self, engines: Collection[str]) -> "Left":
        return Left(self, tuple(one for one in self.engines if not is_named(one, engines)))

    def _hear(self, engines: tuple[str, ...], languages: Mapping[str, Sequence[str]]) -> Hearing:
        self.asked.append(engines)
        self.before()
        if not engines:
            raise EngineStopped("Stopped.")
        heard = Transcript(self.text, 0.9)
        return Hearing(
            QUALITY,
            1.0,
            tuple(
                Evidence(one, language, heard, (), self.text)
                for language in languages
                for one in engines
            ),
        )


class Left:
    """Those of the two that go on."""

    def __init__(self, pair: Pair, engines: tuple[str, ...]) -> None:
        self._pair, self._engines = pair, engines

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        del take, pace
        return self._pair._hear(self._engines, languages)


@pytest.fixture
def pair() -> Pair:
    return Pair()


@pytest.fixture
def house(tmp_path: Path, pair: Pair) -> Iterator[House]:
    settings = Settings(data_folder=tmp_path / "data", models_folder=tmp_path / "models")
    app = create_app(settings, ears=pair)
    with TestClient(app, base_url=ORIGIN):
        yield House(app, pair)


def stop(house: House, switch: Switch) -> None:
    with house.here.database.writing.begin() as session:
        oversight.turn(
            session,
            switch,
            is_stopped=True,
            reason="drill",
            author="command",
            at=house.here.clock(),
        )


def say(house: House, pair: Pair) -> str:
    """Say the right answer to the first question; gives what it is told to be."""
    phone = house.phone
    phone.begin()
    while phone.turn["kind"] == "rehearse":
        phone.touch(phone.item().right)
    pair.text = phone.name_of(phone.item().right)
    return str(phone.say(pair.text, voice_like_wav())["state"])


def events(house: House) -> list[Inference]:
    with house.here.database.reading.begin() as session:
        return [one.inference for one in oversight.events(session, attempt_id=house.attempt)]


def test_a_stopped_engine_hears_no_voice_and_the_healthy_one_goes_on(
    house: House, pair: Pair
) -> None:
    stop(house, Switch("engine", "vosk"))
    say(house, pair)
    assert pair.asked == [("whisper:base-int8",)]
    assert [(one.engine, one.verdict) for one in events(house)] == [("whisper:base-int8", "right")]


def test_where_all_engines_are_stopped_no_voice_is_heard_and_a_person_decides(
    house: House, pair: Pair
) -> None:
    stop(house, Switch("engine", "vosk"))
    stop(house, Switch("engine", "whisper:base-int8"))
    say(house, pair)
    assert pair.asked == [()]
    assert events(house) == []
