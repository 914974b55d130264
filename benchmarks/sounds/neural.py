"""Sounds of Kokoro's neural voices, in their own language and in languages that are not theirs."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from scipy.signal import resample_poly

from benchmarks.sounds.accents import accented
from benchmarks.sounds.microphone import as_recorded
from benchmarks.sounds.spoken import Spoken, number_of, write
from voice_app.audio.catalog import KOKORO, KOKORO_VOICES
from voice_app.audio.engines.kokoro import Kokoro
from voice_app.audio.models import Model, installed_folder
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples
from voice_app.errors import VoiceAppError

RULES = {"en": "en-gb", "fr": "fr-fr", "es": "es", "it": "it", "pt": "pt-br", "hi": "hi"}
_RATE_HZ = 24_000
# Learners speak slower than the voices' own pace, and not all alike.
_SPEEDS = (0.8, 1.05)
_MAIN_SHARE = 0.6  # of the first of two joined voices
_CHANGED_RULES = re.compile(r"\([a-z-]+\)")  # such as (en), which the model would say
_SEED = 1  # of the noise in the model's consonants


class NoNeuralVoice(VoiceAppError):
    """The neural model or its voices are not installed."""


@dataclass(frozen=True)
class NeuralVoices:
    """Kokoro's voices, loaded at the first sound; `threads` is how many cores one may use."""

    models_folder: Path
    threads: int = 1

    def make(self, spoken: Spoken) -> None:
        """Write the sound of `spoken`, at a pace that depends on its id alone.

        Raises `NoNeuralVoice`.
        """
        dice = np.random.default_rng(number_of(spoken.id))
        signs = self.phonemes(spoken.text, spoken.language, accent=spoken.accent)
        speed = float(dice.uniform(*_SPEEDS))
        samples = self._speaker.speak(signs, voice=spoken.voice, speed=speed)
        write(spoken.path, as_recorded(samples, seed=number_of(spoken.id, "phone")))

    def phonemes(self, text: str, language: str, *, accent: str | None = None) -> str:
        """Return the signs of a text; of a strong accent with the sounds of its language.

        A gross accent reads the text by the rules of its own language.
        """
        home, _, strength = (accent or "").partition("-")
        signs = self._speaker.signs(text, RULES[home if strength == "gross" else language])
        return accented(signs, home) if strength == "strong" else signs

    @cached_property
    def _speaker(self) -> "_Speaker":
        # The noise in consonants is seeded when a model is loaded: the same seed, the same bytes.
        onnxruntime.set_seed(_SEED)
        model = self._folder(KOKORO) / "kokoro-v1.0.int8.onnx"
        voices = self._folder(KOKORO_VOICES) / "voices-v1.0.npz"
        return _Speaker(model, voices, threads=self.threads)

    def _folder(self, model: Model) -> Path:
        folder = installed_folder(model, self.models_folder)
        if folder is None:
            raise NoNeuralVoice(f"Install it: voice-app models install {model.name}")
        return folder


class _Speaker(Kokoro):
    """The product's voices, but any voice may say any signs."""

    def signs(self, text: str, rules: str) -> str:
        """Return the phonetic signs of a text by the rules of a language."""
        # Without an end mark the model breaks off the last sound.
        signs = self._tokenizer.phonemize(f"{text.rstrip('.!?')}.", rules)
        return _CHANGED_RULES.sub("", signs)

    def speak(self, signs: str, *, voice: str, speed: float) -> Samples:
        """Return signs spoken by a voice, or by one between two (`first+second`), at 16 kHz."""
        sounds = self._tokenizer.known(signs)
        first, _, second = voice.partition("+")
        style = self._voices[first][len(sounds) - 1]
        if second:
            other = self._voices[second][len(sounds) - 1]
            style = _MAIN_SHARE * style + (1 - _MAIN_SHARE) * other
        samples = self._speak(sounds, style, speed=speed)
        resampled = resample_poly(samples, SAMPLE_RATE_HZ, _RATE_HZ)
        return np.asarray(resampled, dtype=np.float32)
