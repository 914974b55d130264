"""A synthesizer that hums: a tone with a gap at each comma, as long as the text asks for."""

from pathlib import Path

import numpy as np
import soundfile

from voice_app.audio.speech import Samples, VoiceError

RATE_HZ = 24_000
SECONDS_A_LETTER = 0.07


def hum(seconds: float, *, hertz: float = 180.0, amplitude: float = 0.3) -> Samples:
    """A voice-like tone: a fundamental, some harmonics and a syllable's rise and fall."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    wave = sum(np.sin(2 * np.pi * hertz * n * time) / n for n in range(1, 8))
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)
    return np.asarray(amplitude * wave * swell, dtype=np.float32)


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


class HummingVoice:
    """Remembers what it was asked to say; `stops_after` files it fails, as if it were killed."""

    def __init__(self, *, stops_after: int | None = None) -> None:
        self.said: list[tuple[str, str, float]] = []
        self._stops_after = stops_after

    def say(self, text: str, *, language: str, voice: str, speed: float, target: Path) -> None:
        del language
        if self._stops_after is not None and len(self.said) >= self._stops_after:
            raise VoiceError("The voice stopped.")
        self.said.append((text, voice, speed))
        parts: list[Samples] = [quiet(0.3)]
        for number, part in enumerate(text.split(",")):
            letters = sum(character.isalpha() for character in part)
            parts += [quiet(0.12)] if number else []
            parts.append(hum(letters * SECONDS_A_LETTER / speed))
        soundfile.write(target, np.concatenate((*parts, quiet(0.4))), RATE_HZ, format="WAV")
