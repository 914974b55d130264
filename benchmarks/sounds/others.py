"""Sounds that are no answer: nobody speaks, or nobody speaks to the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

import numpy as np

from benchmarks.sounds import formant, music, people
from benchmarks.sounds.conditions import apply
from benchmarks.sounds.levels import at_level
from benchmarks.sounds.noise import babble
from benchmarks.sounds.spoken import Spoken, number_of, read, write
from voice_app.audio.prompts import Manifest
from voice_app.audio.speech import SAMPLE_RATE_HZ, Samples

_SENTENCES = Path(__file__).parent / "said/unrelated.txt"
_COUNTING = {
    "en": "one, two, three, four, five, six, seven, eight, nine",
    "fr": "un, deux, trois, quatre, cinq, six, sept, huit, neuf",
    "es": "uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve",
}
_CLIPS_OF_A_KIND = 12
_LONG_SECONDS = 30
_PAUSE = np.zeros(int(0.3 * SAMPLE_RATE_HZ), dtype=np.float32)
_SENTENCE_WORDS = 5
_SPEED = 150  # words a minute


@dataclass(frozen=True)
class Other:
    """One sound that answers nothing, to be heard as a take in `language`.

    `kind` is one of `music.MAKERS`, or `babble`, `other-language`, `unrelated`, `counting`,
    `long-speech`, `echo`, `echo-room`. `text` is what is said in it, empty where nobody speaks;
    `item` is the item whose prompt an echo is, else None.
    """

    id: str
    kind: str
    language: str
    text: str
    path: Path
    item: str | None = None


@dataclass(frozen=True)
class Surroundings:
    """What there is around a take in one language, made into a cache at first use.

    `assets` is the folder of the shipped sounds, for the echoes of prompts. Where the clips of
    people can be had they speak, but for Spanish; else a formant voice does.
    """

    language: str
    cache: Path
    assets: Path
    seed: int = 1

    def all(self) -> Iterator[Other]:
        """Yield every sound that is no answer."""
        yield from self._unspoken()
        yield from self._unrelated()
        yield from self._foreign()
        yield from self._joined()
        yield from self._echoes()

    def _unspoken(self) -> Iterator[Other]:
        for kind, maker in music.MAKERS.items():
            for number in range(music.count_of(kind)):
                target = self._target(kind, str(number))
                if not target.is_file():
                    dice = np.random.default_rng(number_of(kind, number, self.seed))
                    write(target, maker(dice))
                yield self._other(kind, str(number), path=target)

    def _unrelated(self) -> Iterator[Other]:
        for spoken in _sentences(self.language, self.cache)[:_CLIPS_OF_A_KIND]:
            name = spoken.id.replace("/", "-")
            yield self._other("unrelated", name, path=spoken.path, text=spoken.text)

    def _foreign(self) -> Iterator[Other]:
        for language in (*_COUNTING, *_languages()):
            if language != self.language:
                for spoken in _sentences(language, self.cache)[: _CLIPS_OF_A_KIND // 4]:
                    name = spoken.id.replace("/", "-")
                    yield self._other("other-language", name, path=spoken.path, text=spoken.text)

    def _joined(self) -> Iterator[Other]:
        sentences = _sentences(self.language, self.cache)
        yield self._join("counting", _counted(self.language, self.cache))
        yield self._join("long-speech", sentences, least_seconds=_LONG_SECONDS)
        target = self._target("babble", "0")
        if not target.is_file():
            dice = np.random.default_rng(number_of("babble", self.seed))
            crowd = [read(each.path) for each in sentences[:_CLIPS_OF_A_KIND]]
            write(target, at_level(babble(5 * SAMPLE_RATE_HZ, crowd, dice=dice), -38.0))
        yield self._other("babble", "0", path=target)

    def _join(self, kind: str, clips: Sequence[Spoken], *, least_seconds: float = 0) -> Other:
        target = self._target(kind, "0")
        pieces, texts = _pieces(clips, least_seconds=least_seconds)
        if not target.is_file():
            write(target, np.concatenate(pieces))
        return self._other(kind, "0", path=target, text=" ".join(texts))

    def _echoes(self) -> Iterator[Other]:
        if not (self.assets / "manifest.json").is_file():
            return
        for entry in Manifest.load(self.assets).entries:
            if (entry.language, entry.kind, entry.pace) == (self.language, "prompt", "normal"):
                path, item = self.assets / entry.path, entry.key.rpartition("/")[2]
                name = f"{item}-{entry.voice}"
                yield self._other("echo", name, path=path, text=entry.text, item=item)
                room = apply(path, "room-0.5", seed=self.seed, cache=self.cache)
                yield self._other("echo-room", name, path=room, text=entry.text, item=item)

    def _other(
        self, kind: str, name: str, *, path: Path, text: str = "", item: str | None = None
    ) -> Other:
        return Other(f"{kind}/{self.language}/{name}", kind, self.language, text, path, item)

    def _target(self, kind: str, name: str) -> Path:
        language = "any" if kind in music.MAKERS else self.language
        return self.cache / "others" / f"{kind}-{language}-{name}-{self.seed}.wav"


def _pieces(clips: Sequence[Spoken], *, least_seconds: float) -> tuple[list[Samples], list[str]]:
    """Return the sounds of clips with pauses, and their texts; again from the first if needed."""
    pieces: list[Samples] = []
    texts: list[str] = []
    length = 0.0
    while not texts or length < least_seconds:
        for clip in clips:
            pieces += [at_level(read(clip.path), -22.0), _PAUSE]
            texts.append(clip.text)
            length += (len(pieces[-2]) + len(_PAUSE)) / SAMPLE_RATE_HZ
            if least_seconds and length >= least_seconds:
                break
    return pieces, texts


def _counted(language: str, cache: Path) -> tuple[Spoken, ...]:
    if language in people.LANGUAGES:
        try:
            return people.numbers(language, cache=cache)
        except people.NoClips:
            pass
    return (_said(_COUNTING[language], language, cache=cache),)


@once
def _sentences(language: str, cache: Path) -> tuple[Spoken, ...]:
    """Sentences of five words or more: of people where there are clips, else a formant voice."""
    if language in people.LANGUAGES:
        try:
            clips = people.clips(language, coding="g722", cache=cache)
        except people.NoClips:
            clips = ()
        long = [each for each in clips if len(each.text.split()) >= _SENTENCE_WORDS]
        if long:
            return tuple(sorted(long, key=lambda each: number_of(each.id)))
    lines = _SENTENCES.read_text("utf-8").splitlines()
    texts = [line.partition(": ")[2] for line in lines if line.startswith(f"{language}: ")]
    return tuple(_said(text, language, cache=cache) for text in texts)


def _languages() -> tuple[str, ...]:
    lines = _SENTENCES.read_text("utf-8").splitlines()
    found = dict.fromkeys(line.partition(": ")[0] for line in lines if not line.startswith("#"))
    return tuple(language for language in found if language not in _COUNTING)


def _said(text: str, language: str, *, cache: Path) -> Spoken:
    """Return a sentence in espeak-ng's voice of the language."""
    name = f"{language}-{number_of(text) % 16**8:08x}"
    target = cache / "others" / "formant" / f"{name}.wav"
    if not target.is_file():
        formant.speak(text, voice=language, speed=_SPEED, target=target)
    return Spoken(f"formant/{name}", language, text, language, "formant", None, target)
