"""Kokoro-82M: neural voices, offline, for English, French, Spanish, Italian and Portuguese."""

from pathlib import Path

import numpy as np
import onnxruntime
import soundfile
from kokoro_onnx.tokenizer import Tokenizer
from numpy.typing import NDArray

from voice_app.audio.speech import Samples, UnknownVoice, VoiceError

_RATE_HZ = 24_000
_ACCENTS = {"a": "en-us", "b": "en-gb", "e": "es", "f": "fr-fr", "i": "it", "p": "pt-br"}
_LANGUAGES = {"en": "ab", "es": "e", "fr": "f", "it": "i", "pt": "p"}
_VOWELS = frozenset("aeiouyɑɐɒæɔəɘɚɛɜɞɤɨɪɯɵøœɶʊʉʌʏː\u0303")  # noqa: RUF001 (the phonetic alphabet)
_END_MARKS = frozenset(".!?…")

# The first sound and the last vowel are slowed no more than this, the silence around the
# sentence not at all. Drawing out the vowels alone makes the model say them twice.
_SLOWEST_FIRST_SOUND = 0.8
_SLOWEST_LAST_VOWEL = 0.65
_END_MARK_SPEED = 2.0
# A comma takes longer than the model would give it, so that it is heard as a pause.
_PAUSE_MARKS, _PAUSE_SPEED = frozenset(",;:"), 0.5
_SPEEDS = (0.5, 2.0)

# The graph's declaration of its input `speed`, an array of one number, and the same with any
# count of numbers. The graph divides the length of each phoneme by it, so it can have one for
# each; given a single slow one it makes a voiced noise of the silence before the sentence.
_ONE_SPEED = bytes.fromhex("0a057370656564120a0a08080112040a020801")
_MANY_SPEEDS = bytes.fromhex("0a057370656564120a0a08080112040a021200")


class Kokoro:
    """The voices of one Kokoro model; `threads` is how many cores a sentence may use."""

    def __init__(self, model: Path, voices: Path, *, threads: int = 1) -> None:
        self._session = _session(model, threads=threads)
        self._voices = np.load(voices)
        self._tokenizer = Tokenizer()

    def say(self, text: str, *, language: str, voice: str, speed: float, target: Path) -> None:
        """Write `text` as a 24 kHz mono WAV file; `speed` is held within 0.5 to 2.0.

        Raises `UnknownVoice` for a voice that does not speak the language, `VoiceError` for
        a text without a sound or with too many.
        """
        if voice[:1] not in _LANGUAGES.get(language, ()) or voice not in self._voices:
            raise UnknownVoice(f"Kokoro has no voice {voice!r} for {language!r}.")
        phonemes = self._tokenizer.phonemize(_closed(text), _ACCENTS[voice[0]])
        sounds = self._tokenizer.known(phonemes)
        style = self._voices[voice]
        if not any(sound.isalpha() for sound in sounds) or len(sounds) > len(style):
            raise VoiceError(f"Kokoro cannot say {text!r}: {len(sounds)} sounds.")
        samples = self._speak(sounds, style[len(sounds) - 1], speed=speed)
        soundfile.write(target, samples, _RATE_HZ, format="WAV", subtype="FLOAT")

    def _speak(self, sounds: str, style: NDArray[np.float32], *, speed: float) -> Samples:
        tokens = self._tokenizer.tokenize(sounds)
        given = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": style.astype(np.float32),
            "speed": np.array([1.0, *_speeds(sounds, speed), 1.0], dtype=np.float32),
        }
        return np.asarray(self._session.run(None, given)[0], dtype=np.float32).ravel()


def _session(model: Path, *, threads: int) -> onnxruntime.InferenceSession:
    content = model.read_bytes()
    if content.count(_ONE_SPEED) != 1:
        raise VoiceError(f"{model.name} is not the Kokoro model this program knows.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A thread that spins while it waits takes the core from whoever else runs here.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        content.replace(_ONE_SPEED, _MANY_SPEEDS), options, providers=["CPUExecutionProvider"]
    )


def _speeds(sounds: str, speed: float) -> list[float]:
    """The speed of each sound: the same for all that are spoken, but for the first and the last."""
    speed = min(max(speed, _SPEEDS[0]), _SPEEDS[1])
    speeds = [_speed_of(sound, speed) for sound in sounds]
    speeds[0] = max(speeds[0], _SLOWEST_FIRST_SOUND)
    vowels = [place for place, sound in enumerate(sounds) if sound in _VOWELS]
    if vowels:
        speeds[vowels[-1]] = max(speeds[vowels[-1]], _SLOWEST_LAST_VOWEL)
    if sounds[-1] in _END_MARKS:
        speeds[-1] = _END_MARK_SPEED
    return speeds


def _speed_of(sound: str, speed: float) -> float:
    if sound in _PAUSE_MARKS:
        return _PAUSE_SPEED
    return speed if sound.isalpha() else 1.0


def _closed(text: str) -> str:
    """A text with an end mark: without one the model breaks off the last sound."""
    text = text.strip()
    return text if text[-1:] in _END_MARKS else f"{text}."
