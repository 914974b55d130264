"""Hears with Whisper: a free transcript, and how likely each given phrase is."""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tokenizers
from faster_whisper.feature_extractor import FeatureExtractor
from faster_whisper.tokenizer import Tokenizer

from voice_app.audio.engines.whisper.graphs import Quantization
from voice_app.audio.engines.whisper.network import Network, Sound
from voice_app.audio.engines.whisper.reading import Reading, Rules
from voice_app.audio.loops import without_loop
from voice_app.audio.speech import (
    SAMPLE_RATE_HZ,
    EngineError,
    Evidence,
    PhraseScore,
    Recording,
    Samples,
    Stretch,
    Transcript,
)

Tidy = Callable[[Sequence[int]], Sequence[int]]

# The engine was made for windows of 30 s; longer ones do not fit.
_LONGEST_SECONDS = 30.0
# So much free speech is heard as well in the window of short answers, in a third of the time.
_SHORT_SECONDS = 6.0
# What the engine expects of a phrase without hearing it is asked of this much silence.
_NOTHING_SECONDS = 1.0
_FRAMES_PER_SECOND = 100
# More tokens a second than the fastest speaker; what goes on longer than that is a loop.
_TOKENS_PER_SECOND = 10
_FEWEST_TOKENS = 16
_MOST_PRIORS = 20_000


@dataclass(frozen=True)
class Tuning:
    """What accuracy is traded for time by; docs/adr/0008 has the measured curve.

    A take is filled up with true silence to `window_seconds`, and by `tail_seconds` at least:
    without silence after the last word the engine does not know that the sentence ended.
    """

    window_seconds: float = 12.0
    tail_seconds: float = 0.5
    quantization: Quantization = "int8"


_DEFAULT = Tuning()


class WhisperRecognizer:
    """Hears with the model in `folder` (a CTranslate2 folder; nothing is downloaded).

    All phrases are read against the sound in one pass, and the free transcript goes along with
    them as far as it agrees: it is decoded greedily without any earlier text, and no phrase ever
    changes it. There is no no-speech probability: it is only worth something with the full
    window (real digits get 0.8 with a short one), so silence must be found in the sound itself.

    The last recording's encoding is kept, so that hearing it in a second language costs only
    the reading. Not for use by two threads at once.
    """

    def __init__(self, folder: Path, *, threads: int = 2, tuning: Tuning = _DEFAULT) -> None:
        size = folder.name.removeprefix("whisper-")
        self.name = f"whisper:{size}-{tuning.quantization}"
        self._tuning = tuning
        self._network = Network(folder, threads=threads, quantization=tuning.quantization)
        self._features = FeatureExtractor()
        self._words = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._config = json.loads((folder / "config.json").read_text("utf-8"))
        self._last: tuple[Recording, tuple[Sound, ...]] | None = None
        self._nothing = self._encode(np.zeros(0, np.float32), seconds=_NOTHING_SECONDS)
        self._priors: dict[tuple[str, str], float] = {}

    def hear(self, recording: Recording, *, language: str, phrases: Sequence[str] = ()) -> Evidence:
        """Hear a recording in one language; no phrase ever influences the transcript."""
        tokenizer = self._tokenizer(language)
        texts = [_written(phrase) for phrase in phrases]
        priors = self._expected(tokenizer, texts)
        sounds = self._encoded(recording)
        readings = [self._read(sound, tokenizer, texts) for sound in sounds]
        pairs = zip(sounds, readings, strict=True)
        heard = [self._transcribe(sound, reading, tokenizer) for sound, reading in pairs]
        scores = [_scores(phrases, reading.logs(tokenizer.eot), priors) for reading in readings]
        return Evidence(
            engine=self.name,
            language=language,
            transcript=_joined(heard),
            scores=tuple(max(same, key=lambda s: s.mean) for same in zip(*scores, strict=True)),
        )

    def transcribe(self, recording: Recording, *, language: str) -> Stretch:
        """Write down free speech; in a shorter window than the full one long speech loops.

        What comes round and round all the same is written once. Raises `EngineError` for more
        than 30 seconds.
        """
        seconds = recording.duration_seconds
        if seconds > _LONGEST_SECONDS:
            raise EngineError(f"{seconds:.0f} seconds are more than Whisper's window.")
        tokenizer = self._tokenizer(language)
        is_short = seconds <= _SHORT_SECONDS
        window = self._tuning.window_seconds if is_short else _LONGEST_SECONDS
        sound = self._encode(recording.samples, seconds=window)
        reading = self._read(sound, tokenizer, ())
        heard = self._transcribe(sound, reading, tokenizer, tidy=without_loop)
        return Stretch(0.0, seconds, heard.text, heard.confidence)

    def _tokenizer(self, language: str) -> Tokenizer:
        if self._words.token_to_id(f"<|{language}|>") is None:
            raise EngineError(f"Whisper does not know the language {language}.")
        return Tokenizer(self._words, multilingual=True, task="transcribe", language=language)

    def _encoded(self, recording: Recording) -> tuple[Sound, ...]:
        if self._last is None or self._last[0] is not recording:
            sounds = tuple(
                self._encode(piece, seconds=self._window_seconds(piece))
                for piece in _pieces(recording.samples)
            )
            self._last = (recording, sounds)
        return self._last[1]

    def _window_seconds(self, samples: Samples) -> int:
        """Whole seconds of the window for a piece, so that shapes agree."""
        seconds = len(samples) / SAMPLE_RATE_HZ + self._tuning.tail_seconds
        return math.ceil(min(max(seconds, self._tuning.window_seconds), _LONGEST_SECONDS))

    def _encode(self, samples: Samples, *, seconds: float) -> Sound:
        missing = max(0, int(seconds * SAMPLE_RATE_HZ) - len(samples))
        features = self._features(np.pad(samples, (0, missing)))
        return self._network.listen(
            features[:, : int(seconds * _FRAMES_PER_SECOND)],
            seconds=len(samples) / SAMPLE_RATE_HZ,
        )

    def _read(self, sound: Sound, tokenizer: Tokenizer, texts: Sequence[str]) -> Reading:
        return Reading(
            self._network,
            sound,
            prompt=[*tokenizer.sot_sequence, tokenizer.no_timestamps],
            texts=[tokenizer.encode(f" {text}") for text in texts],
        )

    def _transcribe(
        self, sound: Sound, reading: Reading, tokenizer: Tokenizer, *, tidy: Tidy = list
    ) -> Transcript:
        never = self._config["suppress_ids"]
        first = [*never, *self._config["suppress_ids_begin"]]
        most = _FEWEST_TOKENS + int(sound.seconds * _TOKENS_PER_SECOND)
        tokens, mean = reading.free(Rules(never, first, tokenizer.eot), most=most)
        return Transcript(tokenizer.decode(tidy(tokens)).strip(), math.exp(mean))

    def _expected(self, tokenizer: Tokenizer, texts: Sequence[str]) -> list[float]:
        """The mean of each text where nothing is said; asked once of a text."""
        language = tokenizer.language_code
        new = [each for each in dict.fromkeys(texts) if (language, each) not in self._priors]
        if len(self._priors) + len(new) > _MOST_PRIORS:
            self._priors.clear()
            new = list(dict.fromkeys(texts))
        if new:
            logs = self._read(self._nothing, tokenizer, new).logs(tokenizer.eot)
            means = (sum(each) / len(each) for each in logs)
            self._priors |= {(language, one): mean for one, mean in zip(new, means, strict=True)}
        return [self._priors[language, each] for each in texts]


def _written(phrase: str) -> str:
    """Write a phrase as the engine writes: a capital, a full stop that says where it ends."""
    text = phrase.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")


def _scores(
    phrases: Sequence[str], logs: Sequence[Sequence[float]], priors: Sequence[float]
) -> Iterator[PhraseScore]:
    for phrase, heard, prior in zip(phrases, logs, priors, strict=True):
        total = sum(heard)
        yield PhraseScore(phrase, total, mean=total / len(heard), lowest=min(heard), prior=prior)


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
