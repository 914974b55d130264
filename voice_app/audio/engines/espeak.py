"""espeak-ng from its wheel: reads any words aloud at once, robotic; each text in a process."""

import ctypes
import io
import json
import subprocess  # nosec B404 # lists of arguments, no shell
import sys

import av
import espeakng_loader
import numpy as np

from voice_app.audio.speech import VoiceError

_VOICES = {"fr": "fr", "es": "es", "en": "en"}
_WORDS_A_MINUTE = 130
_TIMEOUT_SECONDS = 20
_BITS_PER_SECOND = 32_000

# Of espeak-ng's speak_lib.h.
_SYNCHRONOUS, _DO_NOT_EXIT, _RATE, _BY_CHARACTER, _UTF8 = 2, 0x8000, 1, 1, 1
_Heard = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def read_aloud(text: str, language: str) -> bytes:
    """Give words as a mono MP3 of 32 kbit/s, slowly spoken. Raises `VoiceError`.

    The library keeps one voice for a whole process, and a bad text may end it: the process that
    reads is not ours.
    """
    if language not in _VOICES:
        raise VoiceError(f"Nothing here reads {language!r} aloud.")
    try:
        process = subprocess.run(  # nosec B603 # noqa: S603 (our own module, no shell)
            [sys.executable, "-m", __name__],
            input=json.dumps({"text": text, "voice": _VOICES[language]}).encode(),
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise VoiceError("Reading aloud took too long.") from error
    if process.returncode or not process.stdout:
        raise VoiceError("These words could not be read aloud.")
    return process.stdout


def _said(text: str, voice: str) -> tuple[bytes, int]:
    """Give 16-bit samples, and how many of them make a second."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    rate_hz = library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DO_NOT_EXIT)
    if rate_hz <= 0 or library.espeak_SetVoiceByName(voice.encode()) != 0:
        sys.exit("espeak-ng cannot speak here")
    parts: list[bytes] = []

    def keep(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _: object) -> int:
        if count > 0:
            parts.append(ctypes.string_at(samples, 2 * count))
        return 0

    heard = _Heard(keep)
    library.espeak_SetSynthCallback(heard)
    library.espeak_SetParameter(_RATE, _WORDS_A_MINUTE, 0)
    words = text.encode()
    size = ctypes.c_size_t(len(words) + 1)
    library.espeak_Synth(words, size, 0, _BY_CHARACTER, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    return b"".join(parts), int(rate_hz)


def _mp3(samples: bytes, rate_hz: int) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="mp3") as container:
        stream = container.add_stream("mp3", rate=rate_hz, layout="mono")
        stream.bit_rate = _BITS_PER_SECOND
        sound = np.frombuffer(samples, np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(sound, format="s16", layout="mono")
        frame.sample_rate = rate_hz
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()


def _read_once(order: dict[str, str]) -> None:
    samples, rate_hz = _said(order["text"], order["voice"])
    if not samples:
        sys.exit("there is nothing to hear in these words")
    sys.stdout.buffer.write(_mp3(samples, rate_hz))


if __name__ == "__main__":
    _read_once(json.load(sys.stdin))
