"""Whisper through CTranslate2: a free transcript, and how likely each given phrase is."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ctranslate2 import StorageView
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer

from voice_app.audio.speech import (
    SAMPLE_RATE_HZ,
    EngineError,
    Evidence,
    PhraseScore,
    Recording,
    Samples,
    Transcript,
)

# The engine was made for windows of 30 s; longer ones do not fit, shorter ones cost in
# proportion. Measured on 60 short English telephone phrases of one speaker, one thread, 30 s
# against 10 s: same words 65 % and 62 %; the right one of eight phrases found 58 of 60 times in
# both; encoding 0.90 and 0.16 s, scoring eight phrases 0.90 and 0.18 s. At 8 s the same words
# fall to 57 %. In French 35 % and 32 %, and 51 of 60 in both.
WINDOW_SECONDS = 30.0
SHORTEST_WINDOW_SECONDS = 10.0
# Silence after the last word: without it the engine does not know that the sentence ended.
_TAIL_SECONDS = 0.5
_FRAMES_PER_SECOND = 100
# More tokens a second than the fastest speaker; what goes on longer than that is a loop.
_TOKENS_PER_SECOND = 10
_FEWEST_TOKENS = 16
_PHRASES_AT_ONCE = 16
_LEAST_PROBABILITY = 1e-10


@dataclass(frozen=True)
class _Window:
    """One encoded window: `states` has shape (1, frames / 2, width)."""

    states: StorageView
    frames: int

    @property
    def seconds(self) -> float:
        return self.frames / _FRAMES_PER_SECOND


class WhisperRecognizer:
    """Hears with the model in `folder` (a CTranslate2 folder; nothing is downloaded).

    Greedy decoding without any earlier text: five beams cost more and heard no better. There is
    no no-speech probability: it is only worth something with the full window (real digits get
    0.8 with a short one), so silence must be found in the sound itself.

    The last recording's encoding is kept, so that hearing it in a second language costs only
    the decoding. Not for use by two threads at once.
    """

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        self.name = f"whisper:{folder.name.removeprefix('whisper-')}-int8"
        self._model = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=threads
        )
        self._last: tuple[Recording, tuple[_Window, ...]] | None = None

    def hear(self, recording: Recording, *, language: str, phrases: Sequence[str] = ()) -> Evidence:
        """Hear a recording in one language; no phrase ever influences the transcript."""
        tokenizer = self._tokenizer(language)
        windows = self._encoded(recording)
        texts = [self._transcribe(window, tokenizer) for window in windows]
        scores = [self._score(window, tokenizer, phrases) for window in windows]
        return Evidence(
            engine=self.name,
            language=language,
            transcript=_joined(texts),
            scores=tuple(max(same, key=lambda s: s.mean) for same in zip(*scores, strict=True)),
        )

    def _tokenizer(self, language: str) -> Tokenizer:
        if language not in self._model.supported_languages:
            raise EngineError(f"Whisper does not know the language {language}.")
        return Tokenizer(
            self._model.hf_tokenizer, multilingual=True, task="transcribe", language=language
        )

    def _encoded(self, recording: Recording) -> tuple[_Window, ...]:
        if self._last is None or self._last[0] is not recording:
            windows = tuple(self._encode(piece) for piece in _pieces(recording.samples))
            self._last = (recording, windows)
        return self._last[1]

    def _encode(self, samples: Samples) -> _Window:
        length = _window_length(len(samples))
        silence = np.zeros(length - len(samples), np.float32)
        features = self._model.feature_extractor(np.concatenate((samples, silence)))
        states = self._model.encode(features[:, : length * _FRAMES_PER_SECOND // SAMPLE_RATE_HZ])
        return _Window(states, len(samples) * _FRAMES_PER_SECOND // SAMPLE_RATE_HZ)

    def _transcribe(self, window: _Window, tokenizer: Tokenizer) -> Transcript:
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        most = _FEWEST_TOKENS + int(window.seconds * _TOKENS_PER_SECOND)
        found = self._model.model.generate(
            window.states,
            [prompt],
            beam_size=1,
            max_length=min(len(prompt) + most, self._model.max_length),
            return_scores=True,
        )[0]
        text = tokenizer.decode(found.sequences_ids[0]).strip()
        return Transcript(text, math.exp(found.scores[0]))

    def _score(
        self, window: _Window, tokenizer: Tokenizer, phrases: Sequence[str]
    ) -> tuple[PhraseScore, ...]:
        """Score phrases by how likely their own tokens are where the sound is given."""
        scores: list[PhraseScore] = []
        for start in range(0, len(phrases), _PHRASES_AT_ONCE):
            some = phrases[start : start + _PHRASES_AT_ONCE]
            scores.extend(self._score_at_once(window, tokenizer, some))
        return tuple(scores)

    def _score_at_once(
        self, window: _Window, tokenizer: Tokenizer, phrases: Sequence[str]
    ) -> Iterator[PhraseScore]:
        same = np.repeat(np.asarray(window.states), len(phrases), axis=0)
        aligned = self._model.model.align(
            StorageView.from_array(np.ascontiguousarray(same)),
            tokenizer.sot_sequence,
            [tokenizer.encode(f" {_sentence(phrase)}") for phrase in phrases],
            [max(1, window.frames)] * len(phrases),
        )
        for phrase, one in zip(phrases, aligned, strict=True):
            yield _phrase_score(phrase, one.text_token_probs)


def _sentence(phrase: str) -> str:
    """Write a phrase as the engine writes: a capital, a full stop. It ranks them better so."""
    text = phrase.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")


def _phrase_score(phrase: str, probabilities: Sequence[float]) -> PhraseScore:
    logs = [math.log(max(p, _LEAST_PROBABILITY)) for p in probabilities]
    return PhraseScore(phrase, total=sum(logs), mean=sum(logs) / len(logs), lowest=min(logs))


def _pieces(samples: Samples) -> Iterator[Samples]:
    length = int(WINDOW_SECONDS * SAMPLE_RATE_HZ)
    for start in range(0, len(samples), length):
        yield samples[start : start + length]


def _window_length(sample_count: int) -> int:
    """Samples of the window for a piece, a multiple of a frame pair so that shapes agree."""
    seconds = sample_count / SAMPLE_RATE_HZ + _TAIL_SECONDS
    whole = math.ceil(min(max(seconds, SHORTEST_WINDOW_SECONDS), WINDOW_SECONDS))
    return whole * SAMPLE_RATE_HZ


def _joined(transcripts: Sequence[Transcript]) -> Transcript:
    """One transcript of consecutive windows, as sure as its least sure part."""
    return Transcript(
        text=" ".join(t.text for t in transcripts if t.text),
        confidence=min((t.confidence for t in transcripts), default=0.0),
    )
