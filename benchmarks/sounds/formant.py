"""Sounds of espeak-ng, a formant voice: native, and foreign by another language's rules."""

import random
import subprocess
import tempfile
from pathlib import Path

from benchmarks.sounds.microphone import as_recorded
from benchmarks.sounds.spoken import Spoken, number_of, read, write

_SPEEDS = (120, 160)  # words a minute


def make(spoken: Spoken) -> None:
    """Write the sound of `spoken`, at a pace and level that depend on its id alone."""
    dice = random.Random(number_of(spoken.id))
    speak(spoken.text, voice=spoken.voice, speed=dice.randint(*_SPEEDS), target=spoken.path)


def speak(text: str, *, voice: str, speed: int, target: Path) -> None:
    """Write a text in the voice of any language espeak-ng has; `speed` in words a minute."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.wav"
        command = ["espeak-ng", "-v", voice, "-s", str(speed), "-w", str(raw), text]
        subprocess.run(command, check=True)
        write(target, as_recorded(read(raw), seed=number_of(target.name)))
