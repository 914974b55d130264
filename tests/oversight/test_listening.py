"""What the listener does where people have stopped an engine, and the events it leaves."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.journeys.conftest import voice_like_wav
from tests.journeys.fakes import ScriptedEars
from tests.oversight.house import ORIGIN, OWNER_HASH, House
from voice_app import attempts, hearings, oversight
from voice_app.app import create_app
from voice_app.audio.speech import (
    EngineError,
    EngineStopped,
    Evidence,
    Hearing,
    PhraseScore,
    Quality,
    Transcript,
    is_named,
)
from voice_app.dialogues import flow
from voice_app.models import Inference
from voice_app.oversight import Switch, evidence_digest
from voice_app.oversight.inferring import hearing_of
from voice_app.settings import Settings

QUALITY = Quality(1.0, 0.5, -20.0, 0.0, -60.0)


class Pair(ScriptedEars):
    """Two engines that hear `text`; `asked` says which ones were asked, `before` comes first."""

    def __init__(self) -> None:
        super().__init__()
        self.engines: tuple[str, ...] = ("vosk:small-fr", "whisper:base-int8")
        self.text = ""
        self.slowed: str | None = None
        self.quality = QUALITY
        self.asked: list[tuple[str, ...]] = []
        self.before: Callable[[], None] = lambda: None
        self.failures: list[EngineError] = []

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        del take
        return self._hear(self.engines, languages, pace=pace)

    def without(self, engines: Collection[str]) -> "Left":
        return Left(self, tuple(one for one in self.engines if not is_named(one, engines)))

    def _hear(
        self, engines: tuple[str, ...], languages: Mapping[str, Sequence[str]], *, pace: float
    ) -> Hearing:
        self.asked.append(engines)
        self.before()
        if self.failures:
            raise self.failures.pop()
        if not engines:
            raise EngineStopped("Stopped.")
        if self.quality.trouble is not None:
            return Hearing(self.quality, 1.0)
        told = [
            Evidence(one, language, Transcript(text, 0.9), scores, chosen)
            for language, phrases in languages.items()
            for one in engines
            for text, scores, chosen in [self._said(phrases, pace=pace)]
        ]
        return Hearing(self.quality, 1.0, tuple(told))

    def _said(
        self, phrases: Sequence[str], *, pace: float
    ) -> tuple[str, tuple[PhraseScore, ...], str | None]:
        """What one engine makes of it; with `slowed`, it is clear in the slowed take alone."""
        if self.slowed is None:
            return self.text, (), self.text
        is_clear = pace != 1.0
        scores = tuple(
            _score(one, (-0.1 if is_clear else -1.4) if one == self.slowed else -3.5)
            for one in phrases
        )
        return (self.slowed if is_clear else "zigzag"), scores, None


def _score(phrase: str, mean: float) -> PhraseScore:
    return PhraseScore(phrase, 4 * mean, mean, 2 * mean, -6.0)


class Left:
    """Those of the two that go on."""

    def __init__(self, pair: Pair, engines: tuple[str, ...]) -> None:
        self._pair, self._engines = pair, engines

    def hear(
        self, take: Path, languages: Mapping[str, Sequence[str]], *, pace: float = 1.0
    ) -> Hearing:
        del take
        return self._pair._hear(self._engines, languages, pace=pace)


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


def begin(house: House) -> str:
    """Come to the first question; gives the right answer to it."""
    phone = house.phone
    phone.begin()
    while phone.turn["kind"] == "rehearse":
        phone.touch(phone.item().right)
    return phone.name_of(phone.item().right)


def say(house: House, pair: Pair) -> None:
    """Say the right answer to the first question."""
    pair.text = begin(house)
    house.phone.say(pair.text, voice_like_wav())


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


def test_a_second_listening_is_in_the_event(house: House, pair: Pair) -> None:
    pair.slowed = begin(house)
    house.phone.say("", voice_like_wav())
    assert len(pair.asked) == 2
    (event,) = events(house)
    assert event.engine == "vosk:small-fr+whisper:base-int8"
    with house.here.database.reading.begin() as session:
        hearing = hearing_of(session, event)
        assert hearing is not None
        assert event.verdict == hearing.verdict
        assert event.evidence_digest == evidence_digest(hearing.evidence)
        assert hearings.evidence_of(hearing, house.here.vault, owner=OWNER_HASH)["again"]


def test_three_unusable_takes_leave_events_and_end_with_a_person(house: House, pair: Pair) -> None:
    begin(house)
    item = house.phone.item().id
    pair.quality = replace(QUALITY, trouble="too-quiet")
    for _ in range(2):
        house.phone.say("", voice_like_wav())
        assert house.phone.turn == {**house.phone.turn, "kind": "ask_again", "reason": "unusable"}
        assert house.phone.item().id == item
    house.phone.say("", voice_like_wav())
    assert house.phone.turn["kind"] == "ask"
    while house.phone.turn["kind"] == "ask":
        house.phone.touch(house.phone.item().right)
    assert house.phone.item().id == item
    house.phone.say("", voice_like_wav())
    house.phone.touch_all(40)
    assert [(one.engine, one.verdict) for one in events(house)] == [(None, "unusable")] * 4
    with house.here.database.reading.begin() as session:
        bank = house.phone.content.assessments["MC3"]
        said = attempts.responses(session, house.attempt, bank=bank)
    assert flow.final_states(bank, said)[item] == "for_person"


def test_tries_in_which_an_engine_fails_leave_events_too(house: House, pair: Pair) -> None:
    right = begin(house)
    pair.failures = [EngineError("The engine's process ended.")]
    pair.text = right
    house.phone.say("", voice_like_wav())
    failed, heard = events(house)
    assert (failed.engine, failed.verdict, heard.verdict) == (None, oversight.FAILED, "right")
    assert failed.input_digest == heard.input_digest
    assert failed.hearing_seq < 0


def test_an_answer_on_which_engines_fail_to_the_end_is_a_persons(house: House, pair: Pair) -> None:
    begin(house)
    pair.failures = [EngineError("One."), EngineError("Two.")]
    house.phone.say("", voice_like_wav())
    assert [one.verdict for one in events(house)] == ["failed", "failed", "unsure"]
    with house.here.database.reading.begin() as session:
        told = list(oversight.events(session, attempt_id=house.attempt))
        assert not any(oversight.is_bent(session, one.inference) for one in told)


def test_a_stop_while_it_is_heard_is_in_the_event_and_nothing_that_was_heard(
    house: House, pair: Pair
) -> None:
    pair.text = begin(house)
    pair.before = lambda: stop(house, Switch("all"))
    house.phone.say(pair.text, voice_like_wav())
    (event,) = events(house)
    assert (event.engine, event.verdict) == ("vosk:small-fr+whisper:base-int8", "stopped")
    with house.here.database.reading.begin() as session:
        hearing = hearing_of(session, event)
        assert hearing is not None
        assert (hearing.evidence, hearing.chosen) == ({}, None)


def test_one_engine_stopped_while_it_is_heard_takes_the_verdict_of_both(
    house: House, pair: Pair
) -> None:
    pair.text = begin(house)
    pair.before = lambda: stop(house, Switch("engine", "vosk"))
    house.phone.say(pair.text, voice_like_wav())
    assert [one.verdict for one in events(house)] == ["stopped"]
