"""pyttsx3 (espeak-ng): any language, offline, robotic; each file in a process of its own."""

import json
import subprocess  # nosec B404 # lists of arguments, no shell
import sys
from pathlib import Path

import pyttsx3

from voice_app.audio.speech import VoiceError

_OWN_RATE = 170  # words a minute: pyttsx3's own 200 is hurried
_TIMEOUT_SECONDS = 60


class Pyttsx3:
    """Speaks through a fresh process and a fresh engine for every file.

    In one process the library loses the first of two files, overwrites a finished one, hangs
    and crashes with threads; a process that ends after one file can do none of it.
    """

    def __init__(self, *, timeout_seconds: float = _TIMEOUT_SECONDS) -> None:
        self._timeout_seconds = timeout_seconds

    def say(self, text: str, *, language: str, voice: str, speed: float, target: Path) -> None:
        """Write `text` as a 22,050 Hz mono WAV file. Raises `VoiceError`."""
        if target.suffix != ".wav":
            raise VoiceError(f"pyttsx3 writes WAV whatever the name says, not {target.name}.")
        order = {
            "text": text,
            "voice": voice,
            "rate": round(_OWN_RATE * speed),
            "target": str(target),
        }
        target.unlink(missing_ok=True)
        self._run(json.dumps(order), language=language)
        if not target.is_file() or not target.read_bytes().startswith(b"RIFF"):
            raise VoiceError(f"pyttsx3 wrote no sound for {text!r}.")

    def _run(self, order: str, *, language: str) -> None:
        try:
            process = subprocess.run(  # nosec B603 # noqa: S603 (our own module, no shell)
                [sys.executable, "-m", __name__],
                input=order,
                capture_output=True,
                text=True,
                timeout=self._timeout_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise VoiceError(f"pyttsx3 hung on a sentence in {language!r}.") from error
        if process.returncode:
            reason = (process.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise VoiceError(
                f"pyttsx3 failed on a sentence in {language!r} ({reason}). Is espeak-ng installed?"
            )


def _speak_once(order: dict[str, str]) -> None:
    engine = pyttsx3.init("espeak")
    # The library speaks on with another voice when it does not know one.
    if order["voice"] not in {voice.id for voice in engine.getProperty("voices")}:
        sys.exit(f"there is no voice {order['voice']}")
    engine.setProperty("voice", order["voice"])
    engine.setProperty("rate", int(order["rate"]))
    engine.save_to_file(order["text"], order["target"])
    engine.runAndWait()


if __name__ == "__main__":
    _speak_once(json.load(sys.stdin))
