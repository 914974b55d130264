"""gTTS: natural voices from an online service, for building sounds ahead, never for answers."""

import hashlib
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import gtts
import soundfile

from voice_app.audio.prompts import write_whole
from voice_app.audio.speech import VoiceError

_WAIT_SECONDS = 0.8
_SLOW_BELOW = 0.9  # the service knows two speeds


class Fetch(Protocol):
    """Gets the MP3 of a sentence from the service."""

    def __call__(self, text: str, *, lang: str, tld: str, slow: bool) -> bytes:
        """Return the MP3. Raises `VoiceError` when the service does not answer."""
        ...


def fetch_online(text: str, *, lang: str, tld: str, slow: bool) -> bytes:
    """Ask the service. Raises `VoiceError` when it cannot be reached or refuses."""
    sound = io.BytesIO()
    try:
        gtts.gTTS(text, lang=lang, tld=tld, slow=slow).write_to_fp(sound)
    except (gtts.gTTSError, ValueError, AssertionError) as error:
        raise VoiceError(
            f"gTTS did not answer ({error}). It needs the network: "
            "try again later, or render with --engine kokoro or pyttsx3."
        ) from error
    return sound.getvalue()


class Gtts:
    """Speaks with the service's voice of a country (`voice` is a top-level domain: `fr`, `ca`).

    Each sentence is asked for once and kept in `cache`; calls are `wait_seconds` apart, since
    the service turns away those who hurry.
    """

    def __init__(
        self,
        cache: Path,
        *,
        fetch: Fetch = fetch_online,
        wait_seconds: float = _WAIT_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._cache = cache
        self._fetch = fetch
        self._wait_seconds = wait_seconds
        self._sleep = sleep
        self._has_called = False

    def say(self, text: str, *, language: str, voice: str, speed: float, target: Path) -> None:
        """Write `text` as a mono WAV file at one of two speeds. Raises `VoiceError`."""
        is_slow = speed < _SLOW_BELOW
        kept = self._cache / f"{_name(text, language, tld=voice, is_slow=is_slow)}.mp3"
        if not kept.is_file():
            self._wait()
            write_whole(kept, self._fetch(text, lang=language, tld=voice, slow=is_slow))
        try:
            samples, rate = soundfile.read(kept, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as error:
            kept.unlink()
            raise VoiceError(f"gTTS sent something that is no sound for {text!r}.") from error
        soundfile.write(target, samples.mean(axis=1), rate, format="WAV", subtype="FLOAT")

    def _wait(self) -> None:
        if self._has_called:
            self._sleep(self._wait_seconds)
        self._has_called = True


def _name(text: str, lang: str, *, tld: str, is_slow: bool) -> str:
    parts = (text, lang, tld, "slow" if is_slow else "normal", gtts.__version__)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
