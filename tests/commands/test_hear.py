"""`voice-app hear` prints one JSON line a file; a bad file does not stop the others."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from voice_app.audio.recordings import NotAudio
from voice_app.audio.speech import Evidence, Hearing, PhraseScore, Quality, Transcript
from voice_app.commands.hear import describe, hear

GOOD = Quality(1.0, 0.5, -20.0, 0.0, -60.0)


class ScriptedEars:
    def hear(self, take: Path, languages: Mapping[str, Sequence[str]]) -> Hearing:
        if take.name == "bad.webm":
            raise NotAudio("The file is not a sound this program can read.")
        if take.name == "quiet.webm":
            return Hearing(Quality(0.0, 0.0, -70.0, 0.0, -80.0, "too-quiet"), 2.0)
        ((language, phrases),) = languages.items()
        scores = tuple(PhraseScore(phrase, -1.23456, -0.6, -1.0, -5.0) for phrase in phrases)
        heard = Evidence(
            "fake:1", language, Transcript("la cuisine", 0.91234), scores, "la cuisine"
        )
        return Hearing(GOOD, 1.5, (heard,))


def _line(name: str, *phrases: str) -> dict[str, object]:
    return describe(ScriptedEars(), Path(name), language="fr", phrases=phrases)


def test_a_line_says_what_was_heard_and_by_whom():
    line = _line("a.webm", "la cuisine")
    assert line.pop("work_seconds") is not None
    assert line == {
        "file": "a.webm",
        "text": "la cuisine",
        "engine": "fake:1",
        "confidence": 0.912,
        "chosen_phrase": "la cuisine",
        "scores": [
            {"phrase": "la cuisine", "total": -1.235, "mean": -0.6, "lowest": -1.0, "prior": -5.0}
        ],
        "audio_seconds": 1.5,
    }


def test_an_unusable_take_has_its_trouble():
    line = _line("quiet.webm")
    assert (line["text"], line["trouble"], line["engine"]) == ("", "too-quiet", None)


def test_a_file_that_is_no_sound_has_an_error():
    assert _line("bad.webm")["code"] == "not-audio"


def test_without_a_model_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("VOICE_APP_MODELS", str(tmp_path))
    told = CliRunner().invoke(hear, ["a.webm", "--language", "fr"])
    assert told.exit_code == 1
    assert "voice-app models install whisper-base" in told.output
    with pytest.raises(json.JSONDecodeError):
        json.loads(told.output)
