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

# The engine was made for windows of 30 s; longer ones do not fit.
_LONGEST_SECONDS = 30.0
# What the engine expects of a phrase without hearing it is asked of this much silence.
_NOTHING_SECONDS = 1.0
_FRAMES_PER_SECOND = 100
# More tokens a second than the fastest speaker; what goes on longer than that is a loop.
_TOKENS_PER_SECOND = 10
_FEWEST_TOKENS = 16
_PHRASES_AT_ONCE = 16
_LEAST_PROBABILITY = 1e-10
_MOST_PRIORS = 20_000


@dataclass(frozen=True)
class Tuning:
    """What accuracy is traded for time by; docs/adr/0008 has the measured curve.

    A take is filled up with true silence to `window_seconds`, and by `tail_seconds` at least:
    without silence after the last word the engine does not know that the sentence ended.
    `quantization` is a compute type of CTranslate2.
    """

    window_seconds: float = 10.0
    tail_seconds: float = 0.5
    beams: int = 1
    quantization: str = "int8"


@dataclass(frozen=True)
class _Window:
    """One encoded window: `states` has shape (1, window frames / 2, width).

    `frames` are those of the take. All states are attended to, those of the silence after the
    take too: without them the engine does not know where an answer ends.
    """

    states: StorageView
    frames: int

    @property
    def seconds(self) -> float:
        return self.frames / _FRAMES_PER_SECOND


_DEFAULT = Tuning()


class WhisperRecognizer:
    """Hears with the model in `folder` (a CTranslate2 folder; nothing is downloaded).

    Greedy decoding without any earlier text: five beams cost more and heard no better. There is
    no no-speech probability: it is only worth something with the full window (real digits get
    0.8 with a short one), so silence must be found in the sound itself.

    The last recording's encoding is kept, so that hearing it in a second language costs only
    the decoding. Not for use by two threads at once.
    """

    def __init__(self, folder: Path, *, threads: int = 2, tuning: Tuning = _DEFAULT) -> None:
        size = folder.name.removeprefix("whisper-")
        self.name = f"whisper:{size}-{tuning.quantization}"
        self._tuning = tuning
        self._model = WhisperModel(
            str(folder), device="cpu", compute_type=tuning.quantization, cpu_threads=threads
        )
        self._last: tuple[Recording, tuple[_Window, ...]] | None = None
        self._nothing = self._encode(np.zeros(0, np.float32), seconds=_NOTHING_SECONDS)
        self._priors: dict[tuple[str, str], float] = {}

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
            windows = tuple(
                self._encode(piece, seconds=self._window_seconds(piece))
                for piece in _pieces(recording.samples)
            )
            self._last = (recording, windows)
        return self._last[1]

    def _window_seconds(self, samples: Samples) -> int:
        """Whole seconds of the window for a piece, so that shapes agree."""
        seconds = len(samples) / SAMPLE_RATE_HZ + self._tuning.tail_seconds
        return math.ceil(min(max(seconds, self._tuning.window_seconds), _LONGEST_SECONDS))

    def _encode(self, samples: Samples, *, seconds: float) -> _Window:
        missing = max(0, int(seconds * SAMPLE_RATE_HZ) - len(samples))
        features = self._model.feature_extractor(np.pad(samples, (0, missing)))
        states = self._model.encode(features[:, : int(seconds * _FRAMES_PER_SECOND)])
        return _Window(states, len(samples) * _FRAMES_PER_SECOND // SAMPLE_RATE_HZ)

    def _transcribe(self, window: _Window, tokenizer: Tokenizer) -> Transcript:
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        most = _FEWEST_TOKENS + int(window.seconds * _TOKENS_PER_SECOND)
        found = self._model.model.generate(
            window.states,
            [prompt],
            beam_size=self._tuning.beams,
            max_length=min(len(prompt) + most, self._model.max_length),
            return_scores=True,
        )[0]
        text = tokenizer.decode(found.sequences_ids[0]).strip()
        return Transcript(text, math.exp(found.scores[0]))

    def _score(
        self, window: _Window, tokenizer: Tokenizer, phrases: Sequence[str]
    ) -> tuple[PhraseScore, ...]:
        """Score phrases by how likely their own tokens are where the sound is given."""
        texts = [_written(phrase) for phrase in phrases]
        heard = self._logs(window, tokenizer, texts)
        priors = self._expected(tokenizer, texts)
        found = zip(phrases, heard, priors, strict=True)
        return tuple(_phrase_score(phrase, logs, prior=prior) for phrase, logs, prior in found)

    def _expected(self, tokenizer: Tokenizer, texts: Sequence[str]) -> list[float]:
        """The mean of each text where nothing is said; asked once of a text."""
        language = tokenizer.language_code
        new = [each for each in dict.fromkeys(texts) if (language, each) not in self._priors]
        if len(self._priors) + len(new) > _MOST_PRIORS:
            self._priors.clear()
            new = list(dict.fromkeys(texts))
        logs = self._logs(self._nothing, tokenizer, new)
        means = (sum(each) / len(each) for each in logs)
        self._priors |= {(language, one): mean for one, mean in zip(new, means, strict=True)}
        return [self._priors[language, each] for each in texts]

    def _logs(
        self, window: _Window, tokenizer: Tokenizer, texts: Sequence[str]
    ) -> list[list[float]]:
        """The natural logarithms of the probabilities of each text's tokens."""
        found: list[list[float]] = []
        for start in range(0, len(texts), _PHRASES_AT_ONCE):
            found.extend(self._align(window, tokenizer, texts[start : start + _PHRASES_AT_ONCE]))
        return found

    def _align(
        self, window: _Window, tokenizer: Tokenizer, texts: Sequence[str]
    ) -> Iterator[list[float]]:
        same = np.repeat(np.asarray(window.states), len(texts), axis=0)
        aligned = self._model.model.align(
            StorageView.from_array(np.ascontiguousarray(same)),
            tokenizer.sot_sequence,
            [tokenizer.encode(f" {text}") for text in texts],
            [max(1, window.frames)] * len(texts),
        )
        for one in aligned:
            yield [math.log(max(p, _LEAST_PROBABILITY)) for p in one.text_token_probs]


def _written(phrase: str) -> str:
    """Write a phrase as the engine writes: a capital, a full stop that says where it ends."""
    text = phrase.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")


def _phrase_score(phrase: str, logs: Sequence[float], *, prior: float) -> PhraseScore:
    total = sum(logs)
    return PhraseScore(phrase, total, mean=total / len(logs), lowest=min(logs), prior=prior)


def _pieces(samples: Samples) -> Iterator[Samples]:
    length = int(_LONGEST_SECONDS * SAMPLE_RATE_HZ)
    for start in range(0, len(samples), length):
        yield samples[start : start + length]


def _joined(transcripts: Sequence[Transcript]) -> Transcript:
    """One transcript of consecutive windows, as sure as its least sure part."""
    return Transcript(
        text=" ".join(t.text for t in transcripts if t.text),
        confidence=min((t.confidence for t in transcripts), default=0.0),
    )
