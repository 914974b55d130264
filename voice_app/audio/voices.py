"""Which voices speak which language, and the one way to get a synthesizer by its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voice_app.audio.pace import syllables
from voice_app.audio.prompts import Sentence
from voice_app.audio.speech import Synthesizer, UnknownVoice, VoiceError


@dataclass(frozen=True)
class Folders:
    """Where the engines find their models and keep what they fetched."""

    models: Path
    cache: Path


VOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kokoro": {
        "fr": ("ff_siwis",),
        "es": ("ef_dora", "em_alex"),
        "en": ("bf_emma", "bm_george"),
        "it": ("if_sara", "im_nicola"),
        "pt": ("pf_dora", "pm_alex"),
    },
    "pyttsx3": {
        "fr": ("roa/fr",),
        "es": ("roa/es",),
        "en": ("gmw/en",),
        "it": ("roa/it",),
        "pt": ("roa/pt",),
        "ko": ("ko",),
    },
    "gtts": {
        "fr": ("fr",),
        "es": ("es",),
        "en": ("co.uk",),
        "it": ("com",),
        "pt": ("pt",),
        "ko": ("com",),
    },
}

# What a voice needs at speed 1.0, in seconds: for a sound, and for any sentence. Measured on
# prompts and words; where the search for the right speed begins.
_NEEDS: Mapping[str, tuple[float, float]] = {
    "ff_siwis": (0.051, 0.41),
    "ef_dora": (0.070, 0.24),
    "em_alex": (0.080, 0.17),
    "bf_emma": (0.076, 0.31),
    "bm_george": (0.095, 0.15),
}
_USUAL_NEEDS = (0.07, 0.1)
# The seconds a sentence takes go with this power of 1 / speed: not every sound is slowed alike.
SPEED_POWER = 0.72


def voices_for(engine: str, sentence: Sentence) -> tuple[str, ...]:
    """The voices that say a sentence: all of its language for a prompt, else the one at its place.

    A language with fewer voices begins again with its first. Raises `UnknownVoice`.
    """
    if engine not in VOICES:
        raise UnknownVoice(f"There is no voice engine {engine!r}, only {', '.join(VOICES)}.")
    voices = VOICES[engine].get(sentence.language)
    if voices is None:
        says = f"{engine} has no voice for {sentence.language!r}: choose another --engine."
        raise UnknownVoice(says)
    return voices if sentence.kind == "prompt" else (voices[sentence.voice % len(voices)],)


def speed_for(text: str, *, voice: str, seconds: float) -> float:
    """The speed at which a voice says a text in about that many seconds, without pauses."""
    sound, start = _NEEDS.get(voice, _USUAL_NEEDS)
    letters = sum(character.isalpha() for character in text)
    sounds = (letters + 2.5 * syllables(text)) / 2
    return float(((sound * sounds + start) / seconds) ** (1 / SPEED_POWER))


def synthesizer(name: str, *, folders: Folders, threads: int = 1) -> Synthesizer:
    """The engine of that name, imported only now. Raises `UnknownVoice` or `VoiceError`.

    `threads` is how many cores a neural voice may use.
    """
    match name:
        case "kokoro":
            return _kokoro(folders.models, threads=threads)
        case "pyttsx3":
            from voice_app.audio.engines.pyttsx3 import Pyttsx3  # noqa: PLC0415 (when chosen)

            return Pyttsx3()
        case "gtts":
            from voice_app.audio.engines.gtts import Gtts  # noqa: PLC0415 (when chosen)

            return Gtts(folders.cache / "gtts")
        case _:
            raise UnknownVoice(f"There is no voice engine {name!r}, only {', '.join(VOICES)}.")


def _kokoro(models: Path, *, threads: int) -> Synthesizer:
    model = models / "kokoro" / "kokoro-v1.0.int8.onnx"
    voices = models / "kokoro-voices" / "voices-v1.0.npz"
    if not (model.is_file() and voices.is_file()):
        raise VoiceError(
            f"Kokoro is not in {models}: run voice-app models install kokoro kokoro-voices"
        )
    from voice_app.audio.engines.kokoro import Kokoro  # noqa: PLC0415 (when chosen)

    return Kokoro(model, voices, threads=threads)
