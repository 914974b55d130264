"""Speech made at test time by espeak-ng: a formant voice, the hardest to understand."""

import subprocess
from pathlib import Path

MODELS_HINT = "voice-app models install"
VOICES = {"fr": "fr", "es": "es", "en": "en-gb", "ko": "ko"}


def say(text: str, *, language: str, folder: Path) -> Path:
    """A WAV file of the sentence."""
    target = folder / "said.wav"
    voice = VOICES[language]
    subprocess.run(["espeak-ng", "-v", voice, "-s", "130", "-w", str(target), text], check=True)
    return target
