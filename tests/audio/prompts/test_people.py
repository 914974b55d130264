"""A recording by a person takes the place of the synthetic voices."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.audio.prompts.fakes import RATE_HZ, hum, quiet
from voice_app.audio.mp3 import UnreadableSound
from voice_app.audio.people import UncreditedRecording
from voice_app.audio.prompts import Sentence

BROOM = Sentence("en/prompts/broom", "en", "prompt", "Take the broom, please.")


def record(assets: Path, name: str, *, amplitude: float = 0.02) -> None:
    path = assets / "people" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    sound = np.concatenate((quiet(1.0), hum(1.5, amplitude=amplitude), quiet(2.0)))
    soundfile.write(path, sound, RATE_HZ)


def credit(assets: Path) -> None:
    (assets / "people").mkdir(exist_ok=True)
    (assets / "people" / "CREDITS.yaml").write_text('en/prompts/*: "A speaker, CC BY 4.0"')


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".ogg", ".mp3"])
def test_a_recording_replaces_every_voice_of_its_pace(rendered, assets, suffix):
    rendered(BROOM)
    credit(assets)
    record(assets, f"en/prompts/broom.normal{suffix}")

    manifest = rendered(BROOM)

    normal = [e for e in manifest.entries if e.pace == "normal" and e.voice == "person"]
    assert len(normal) == 1
    assert len(manifest.files("en/prompts/broom", "slow")) == 2


def test_a_recording_is_trimmed_and_leveled_like_the_rest(rendered, assets):
    credit(assets)
    record(assets, "en/prompts/broom.normal.wav")

    entry = next(e for e in rendered(BROOM).entries if e.voice == "person")

    assert abs(entry.lufs + 19) <= 1
    assert entry.peak_dbtp <= -1
    assert 1.7 < entry.duration_seconds < 2.2


def test_a_new_recording_is_rendered_again(rendered, assets):
    credit(assets)
    record(assets, "en/prompts/broom.normal.wav")
    first = next(e for e in rendered(BROOM).entries if e.voice == "person")
    record(assets, "en/prompts/broom.normal.wav", amplitude=0.2)

    second = next(e for e in rendered(BROOM).entries if e.voice == "person")

    assert first.fingerprint != second.fingerprint


def test_a_recording_without_a_credit_is_refused(rendered, assets):
    record(assets, "en/prompts/broom.normal.wav")

    with pytest.raises(UncreditedRecording, match=r"broom\.normal\.wav"):
        rendered(BROOM)


def test_a_file_that_is_no_sound_is_named(rendered, assets):
    credit(assets)
    path = assets / "people/en/prompts/broom.slow.wav"
    path.parent.mkdir(parents=True)
    path.write_text("not a sound")

    with pytest.raises(UnreadableSound, match=r"broom\.slow\.wav"):
        rendered(BROOM)
