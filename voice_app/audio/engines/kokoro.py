"""Kokoro-82M: neural voices, offline, for English, French, Spanish, Italian and Portuguese."""

from pathlib import Path

import kokoro_onnx
import onnxruntime
import soundfile

from voice_app.audio.voices import UnknownVoice, VoiceError

_ACCENTS = {"a": "en-us", "b": "en-gb", "e": "es", "f": "fr-fr", "i": "it", "p": "pt-br"}
_LANGUAGES = {"en": "ab", "es": "e", "fr": "f", "it": "i", "pt": "p"}
_SPEEDS = (0.5, 2.0)


class Kokoro:
    """The voices of one Kokoro model; `threads` is how many cores a sentence may use."""

    def __init__(self, model: Path, voices: Path, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A thread that spins while it waits takes the core from whoever else runs here.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._kokoro = kokoro_onnx.Kokoro.from_session(session, str(voices))

    def say(self, text: str, *, language: str, voice: str, speed: float, target: Path) -> None:
        """Write `text` as a 24 kHz mono WAV file; `speed` is held within 0.5 to 2.0.

        Raises `UnknownVoice` for a voice that does not speak the language, `VoiceError` for
        a text without a sound.
        """
        if voice[:1] not in _LANGUAGES.get(language, ()) or voice not in self._kokoro.voices:
            raise UnknownVoice(f"Kokoro has no voice {voice!r} for {language!r}.")
        try:
            samples, rate = self._kokoro.create(
                _closed(text),
                voice,
                speed=min(max(speed, _SPEEDS[0]), _SPEEDS[1]),
                lang=_ACCENTS[voice[0]],
                trim=False,
            )
        except ValueError as error:
            raise VoiceError(f"Kokoro cannot say {text!r}: {error}") from error
        soundfile.write(target, samples, rate, format="WAV", subtype="FLOAT")


def _closed(text: str) -> str:
    """A text with an end mark: without one the model breaks off the last sound."""
    text = text.strip()
    return text if text[-1:] in {".", "!", "?", "…"} else f"{text}."
