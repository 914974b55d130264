"""The phones of words as espeak-ng says them, through the library of its wheel."""
# ruff: noqa: RUF001 - the phones are written in IPA, whose letters look like others

import ctypes
from functools import cached_property, lru_cache
from threading import Lock

import espeakng_loader

Phones = tuple[str, ...]

_VOICES = {"fr": "fr", "es": "es-419", "en": "en"}
_NO_SOUND = 1
_UTF8 = 1
_IPA_WITH_BARS = 0x02 | (ord("_") << 8)
_DO_NOT_EXIT = 0x8000
_UNHEARD = str.maketrans("", "", "ˈˌː-ˑ͡ʲ\u200d.()")
_WORDS = 32768
# What nearly all speakers of the language, or the engine's own rules, say alike.
_MERGED = {
    "fr": {"ɑ": "a", "œ̃": "ɛ̃", "ʀ": "ʁ"},
    "es": {"β": "b", "ð": "d", "ɣ": "g", "ɡ": "g", "ʎ": "ʝ", "θ": "s", "ŋ": "n", "j": "ʝ"},
    "en": {"ɐ": "ə", "ɹ": "r", "aɪə": "aɪɚ", "aɪʊ": "aɪɚ", "aʊə": "aʊɚ", "oː": "ɔ", "ɡ": "g"},
}


class _Espeak:
    """One copy of the library: it holds one voice at a time, so one thread at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._voice = ""

    @cached_property
    def _library(self) -> ctypes.CDLL | None:
        try:
            library = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError:
            return None
        data = espeakng_loader.get_data_path().encode()
        if library.espeak_Initialize(_NO_SOUND, 0, data, _DO_NOT_EXIT) < 0:
            return None
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        library.espeak_Info.restype = ctypes.c_char_p
        return library

    def version(self) -> str | None:
        """Return the library's version; None where it cannot be loaded."""
        with self._lock:
            if self._library is None:
                return None
            version: bytes = self._library.espeak_Info(None)
        return version.decode("ascii", "replace")

    def ipa(self, text: str, language: str) -> str | None:
        """Return the phones of a text, `_` between them; None where nothing can say it."""
        voice = _VOICES.get(language)
        with self._lock:
            if voice is None or self._library is None or not self._speaks(voice):
                return None
            return self._read(text)

    def _speaks(self, voice: str) -> bool:
        if voice != self._voice:
            library = self._library
            if library is None or library.espeak_SetVoiceByName(voice.encode()) != 0:
                return False
            self._voice = voice
        return True

    def _read(self, text: str) -> str:
        buffer = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_void_p(ctypes.addressof(buffer))
        found = []
        while rest.value and self._library is not None:
            read: bytes | None = self._library.espeak_TextToPhonemes(
                ctypes.byref(rest), _UTF8, _IPA_WITH_BARS
            )
            found.append((read or b"").decode("utf-8", "replace"))
        return " ".join(found)


_ESPEAK = _Espeak()


def version() -> str | None:
    """Return the version of the library that says words; None where there is none."""
    return _ESPEAK.version()


@lru_cache(_WORDS)
def phones(word: str, language: str) -> Phones | None:
    """Return the phones of one word, stress and length left out; None where nobody knows."""
    ipa = _ESPEAK.ipa(word, language)
    if ipa is None:
        return None
    merged = _MERGED.get(language, {})
    bare = (each.translate(_UNHEARD) for each in ipa.replace(" ", "_").split("_"))
    found = [merged.get(each, each) for each in bare if each]
    return tuple(p for at, p in enumerate(found) if at == 0 or p != found[at - 1])
