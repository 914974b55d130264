"""Speech made at test time by espeak-ng: a formant voice, the hardest to understand."""

import shutil
import subprocess
from pathlib import Path

import pytest

MODELS_HINT = "voice-app models install"
VOICES = {"fr": "fr", "es": "es", "en": "en-gb", "ko": "ko"}


def say(text: str, *, language: str, folder: Path) -> Path:
    """A WAV file of the sentence; skips the test where espeak-ng is missing."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    target = folder / "said.wav"
    voice = VOICES[language]
    subprocess.run(["espeak-ng", "-v", voice, "-s", "130", "-w", str(target), text], check=True)
    return target
