"""Vosk: a free transcript, and the one phrase of a grammar that was heard."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import vosk

from voice_app.audio.grammar import Grammar, build, unknown_words
from voice_app.audio.speech import (
    SAMPLE_RATE_HZ,
    EngineError,
    Evidence,
    Recording,
    Spelled,
    Stretch,
    Transcript,
)

_CHUNK_SECONDS = 0.25
# The engine ends a result only when it hears silence: without it a last word can be lost.
_TAIL_SECONDS = 0.3
_NEEDED = ("am/final.mdl", "conf/model.conf")

vosk.SetLogLevel(-1)


class VoskRecognizer:
    """Hears one language with the model in `folder`; nothing is downloaded.

    Not for use by two threads at once. Raises `EngineError` when `folder` holds no model or
    another language is asked for.
    """

    def __init__(self, folder: Path, *, name: str, language: str) -> None:
        if not all((folder / path).is_file() for path in _NEEDED):
            raise EngineError(f"{folder.name} holds no Vosk model.")
        self.name = f"vosk:{name.removeprefix('vosk-')}"
        self._language = language
        self._model = vosk.Model(str(folder))

    def hear(self, recording: Recording, *, language: str, phrases: Sequence[str] = ()) -> Evidence:
        """Hear a recording twice: freely, and within a grammar of the phrases."""
        if language != self._language:
            raise EngineError(f"{self.name} hears {self._language}, not {language}.")
        grammar = build(phrases, knows=self._knows)
        free = _transcript(self._decode(recording))
        return Evidence(
            engine=self.name,
            language=language,
            transcript=free,
            chosen_phrase=self._choose(recording, grammar),
        )

    def transcribe(self, recording: Recording, *, language: str) -> Stretch:
        """Write down free speech; it says where each of its words is."""
        if language != self._language:
            raise EngineError(f"{self.name} hears {self._language}, not {language}.")
        results = self._decode(recording)
        free = _transcript(results)
        words = tuple(
            Spelled(str(word["word"]), float(word["start"]), float(word["end"]))
            for word in _words(results)
        )
        return Stretch(0.0, recording.duration_seconds, free.text, free.confidence, words)

    def unknown_words(self, phrases: Sequence[str]) -> tuple[str, ...]:
        """Words of the phrases that this model cannot hear."""
        return unknown_words(phrases, knows=self._knows)

    def _knows(self, word: str) -> bool:
        return bool(word) and self._model.vosk_model_find_word(word) >= 0

    def _choose(self, recording: Recording, grammar: Grammar) -> str | None:
        """The phrase heard, whole and alone: the engine may chain words of different ones."""
        if grammar.text is None:
            return None
        heard = _transcript(self._decode(recording, grammar.text))
        return grammar.spoken.get(heard.text)

    def _decode(self, recording: Recording, grammar: str | None = None) -> list[dict[str, object]]:
        given = (grammar,) if grammar is not None else ()
        engine = vosk.KaldiRecognizer(self._model, float(SAMPLE_RATE_HZ), *given)
        engine.SetWords(True)  # noqa: FBT003 -- the library's own call
        texts = [engine.Result() for chunk in _chunks(recording) if engine.AcceptWaveform(chunk)]
        return [json.loads(text) for text in (*texts, engine.FinalResult())]


def _chunks(recording: Recording) -> Iterator[bytes]:
    tail = np.zeros(int(_TAIL_SECONDS * SAMPLE_RATE_HZ), np.float32)
    samples = np.concatenate((recording.samples, tail))
    pcm = (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
    size = 2 * int(_CHUNK_SECONDS * SAMPLE_RATE_HZ)
    for start in range(0, len(pcm), size):
        yield pcm[start : start + size]


def _transcript(results: Sequence[dict[str, object]]) -> Transcript:
    """All results of one utterance as one text; the confidence is the mean of its words'."""
    texts = [str(found.get("text", "")) for found in results]
    confidences = [float(word["conf"]) for word in _words(results)]
    mean = sum(confidences) / len(confidences) if confidences else 0.0
    return Transcript(" ".join(text for text in texts if text), mean)


def _words(results: Sequence[dict[str, object]]) -> Iterator[dict[str, Any]]:
    for found in results:
        if isinstance(words := found.get("result"), list):
            yield from words
