"""The synthesizers themselves: pyttsx3 for real, gTTS over a transport of ours."""

import io
import time
from pathlib import Path

import pytest
import soundfile

from tests.audio.prompts.fakes import hum
from voice_app.audio.mp3 import encode
from voice_app.audio.plans import Assets, plan
from voice_app.audio.prompts import Sentence
from voice_app.audio.rendering import render
from voice_app.audio.speech import UnknownVoice, VoiceError
from voice_app.audio.voices import Folders, synthesizer

pytestmark = pytest.mark.engine


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(models=tmp_path / "models", cache=tmp_path / "cache")


def seconds_of(path: Path) -> float:
    return float(soundfile.info(path).duration)


def test_pyttsx3_speaks_faster_and_slower(folders, tmp_path):
    voice = synthesizer("pyttsx3", folders=folders)
    lengths = []
    for speed in (0.8, 1.2):
        target = tmp_path / f"{speed}.wav"
        voice.say("Prenez le balai.", language="fr", voice="roa/fr", speed=speed, target=target)
        lengths.append(seconds_of(target))

    assert lengths[0] > lengths[1] > 0.4


def test_pyttsx3_makes_a_prompt_at_the_right_pace_and_loudness(folders, tmp_path):
    here = Assets.load(tmp_path)
    text = "Limpie la cocina, antes que el baño."
    sentence = Sentence("es/prompts/x", "es", "prompt", text)
    tasks = plan((sentence,), here, engine="pyttsx3")

    manifest = render(tasks, here, synthesizer=lambda name: synthesizer(name, folders=folders))

    assert {e.engine for e in manifest.entries} == {"pyttsx3"}
    assert all(abs(e.lufs + 19) <= 1 and e.peak_dbtp <= -1 for e in manifest.entries)
    assert {e.pace: 80 < e.words_per_minute < 125 for e in manifest.entries} == {
        "normal": True,
        "slow": True,
    }


def test_pyttsx3_refuses_a_name_that_is_not_wav(folders, tmp_path):
    with pytest.raises(VoiceError, match="WAV"):
        synthesizer("pyttsx3", folders=folders).say(
            "Oui.", language="fr", voice="roa/fr", speed=1.0, target=tmp_path / "oui.mp3"
        )


def test_pyttsx3_that_hangs_is_ended(tmp_path):
    from voice_app.audio.engines.pyttsx3 import Pyttsx3  # noqa: PLC0415

    started = time.monotonic()
    with pytest.raises(VoiceError, match="hung"):
        Pyttsx3(timeout_seconds=0.01).say(
            "Oui.", language="fr", voice="roa/fr", speed=1.0, target=tmp_path / "oui.wav"
        )
    assert time.monotonic() - started < 5


def test_a_failing_pyttsx3_is_an_error(folders, tmp_path):
    with pytest.raises(VoiceError, match="pyttsx3 failed"):
        synthesizer("pyttsx3", folders=folders).say(
            "Oui.", language="fr", voice="no/such", speed=1.0, target=tmp_path / "oui.wav"
        )


class Transport:
    """Answers like the service, and remembers what it was asked."""

    def __init__(self, answer: bytes) -> None:
        self.asked: list[tuple[str, str, str, bool]] = []
        self._answer = answer

    def __call__(self, text: str, *, lang: str, tld: str, slow: bool) -> bytes:
        self.asked.append((text, lang, tld, slow))
        return self._answer


def test_gtts_asks_once_for_a_sentence_and_waits_between_two(tmp_path):
    from voice_app.audio.engines.gtts import Gtts  # noqa: PLC0415

    transport, waits = Transport(encode(hum(1.0))), []
    voice = Gtts(tmp_path, fetch=transport, wait_seconds=0.7, sleep=waits.append)
    for text, speed in (("Bonjour.", 1.0), ("Bonjour.", 1.0), ("Bonjour.", 0.7), ("Oui.", 1.0)):
        voice.say(text, language="fr", voice="ca", speed=speed, target=tmp_path / "x.wav")

    assert transport.asked == [
        ("Bonjour.", "fr", "ca", False),
        ("Bonjour.", "fr", "ca", True),
        ("Oui.", "fr", "ca", False),
    ]
    assert waits == [0.7, 0.7]
    assert seconds_of(tmp_path / "x.wav") == pytest.approx(1.0, abs=0.1)


def test_gtts_keeps_nothing_that_is_no_sound(tmp_path):
    from voice_app.audio.engines.gtts import Gtts  # noqa: PLC0415

    voice = Gtts(tmp_path, fetch=Transport(b"<html>no</html>"))
    with pytest.raises(VoiceError, match="no sound"):
        voice.say("Oui.", language="fr", voice="fr", speed=1.0, target=tmp_path / "x.wav")
    assert list(tmp_path.glob("*.mp3")) == []


def test_gtts_without_a_network_says_what_to_do(monkeypatch):
    from voice_app.audio.engines import gtts  # noqa: PLC0415

    def refuse(self: object, file: io.BytesIO) -> None:
        del file
        raise gtts.gtts.gTTSError(tts=self)

    monkeypatch.setattr(gtts.gtts.gTTS, "write_to_fp", refuse)
    with pytest.raises(VoiceError, match="needs the network"):
        gtts.fetch_online("Oui.", lang="fr", tld="fr", slow=False)


def test_kokoro_that_is_not_installed_says_what_to_do(folders):
    with pytest.raises(VoiceError, match="voice-app models install kokoro"):
        synthesizer("kokoro", folders=folders)


def test_there_is_no_other_voice(folders):
    with pytest.raises(UnknownVoice, match="festival"):
        synthesizer("festival", folders=folders)
