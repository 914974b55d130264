"""Sounds of Kokoro's neural voices, in their own language and in languages that are not theirs."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from kokoro_onnx import Kokoro
from kokoro_onnx.config import SAMPLE_RATE
from scipy.signal import resample_poly

from benchmarks.sounds.accents import accented
from benchmarks.sounds.microphone import as_recorded
from benchmarks.sounds.spoken import Spoken, number_of, write
from voice_app.audio.catalog import KOKORO, KOKORO_VOICES
from voice_app.audio.models import Model, installed_folder
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples
from voice_app.errors import VoiceAppError

RULES = {"en": "en-gb", "fr": "fr-fr", "es": "es", "it": "it", "pt": "pt-br", "hi": "hi"}
# Learners speak slower than the voices' own pace, and not all alike.
_SPEEDS = (0.75, 1.0)
_MAIN_SHARE = 0.6  # of the first of two joined voices
_CHANGED_RULES = re.compile(r"\([a-z-]+\)")  # such as (en), which the model would say
_SEED = 1  # of the noise in the model's consonants


class NoNeuralVoice(VoiceAppError):
    """The neural model or its voices are not installed."""


@dataclass(frozen=True)
class NeuralVoices:
    """Kokoro's voices, loaded at the first sound."""

    models_folder: Path
    threads: int = 1

    def make(self, spoken: Spoken) -> None:
        """Write the sound of `spoken`, at a pace that depends on its id alone.

        Raises `NoNeuralVoice`.
        """
        dice = np.random.default_rng(number_of(spoken.id))
        signs = self.phonemes(spoken.text, spoken.language, accent=spoken.accent)
        samples = self.speak(signs, voice=spoken.voice, speed=float(dice.uniform(*_SPEEDS)))
        write(spoken.path, as_recorded(samples, seed=number_of(spoken.id, "phone")))

    def phonemes(self, text: str, language: str, *, accent: str | None = None) -> str:
        """Return the signs of a text; of a strong accent with the sounds of its language.

        A gross accent reads the text by the rules of its own language.
        """
        home, _, strength = (accent or "").partition("-")
        rules = RULES[home if strength == "gross" else language]
        # Without an end mark the model breaks off the last sound.
        signs = self._kokoro.tokenizer.phonemize(f"{text.rstrip('.!?')}.", rules)
        signs = _CHANGED_RULES.sub("", signs)
        return accented(signs, home) if strength == "strong" else signs

    def speak(self, signs: str, *, voice: str, speed: float) -> Samples:
        """Return signs spoken by a voice, or by one between two (`first+second`), at 16 kHz."""
        first, _, second = voice.partition("+")
        style = self._kokoro.get_voice_style(first)
        if second:
            other = self._kokoro.get_voice_style(second)
            style = (_MAIN_SHARE * style + (1 - _MAIN_SHARE) * other).astype(np.float32)
        samples, _ = self._kokoro.create(signs, voice=style, speed=speed, is_phonemes=True)
        resampled = resample_poly(samples, SAMPLE_RATE_HZ, SAMPLE_RATE)
        return np.asarray(resampled, dtype=np.float32)

    @cached_property
    def _kokoro(self) -> Kokoro:
        # The noise in consonants is seeded when a model is loaded: the same seed, the same bytes.
        onnxruntime.set_seed(_SEED)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        model = self._file(KOKORO, "kokoro-v1.0.int8.onnx")
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        voices = self._file(KOKORO_VOICES, "voices-v1.0.npz")
        kokoro: Kokoro = Kokoro.from_session(session, voices)
        return kokoro

    def _file(self, model: Model, name: str) -> str:
        folder = installed_folder(model, self.models_folder)
        if folder is None:
            raise NoNeuralVoice(f"Install it: voice-app models install {model.name}")
        return str(folder / name)
