"""Clips of people: short telephone announcements of Debian's asterisk packages and their texts."""

import gzip
import random
import re
import subprocess
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
from rapidfuzz import process
from rapidfuzz.distance import Indel

from benchmarks.decide.trials import Trial, with_cases
from voice_app.errors import VoiceAppError
from voice_app.scoring.match import Candidate, Choice
from voice_app.scoring.normalize import normalize, without_accents

KINDS = {"g722": "person, 16 kHz telephone", "wav": "person, 8 kHz telephone"}
FOLDERS = {"en": "en_US_f_Allison", "fr": "fr_CA_f_June"}
# The cache is the reader's own, where apt's sandboxed account may not write.
_DOWNLOAD = ("apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download")
_MOST_WORDS = 8
_RANDOM_OTHERS = 3
_FEWEST_LETTERS = 3
_PLAIN = re.compile(r"[\w' ,.!?-]+")


class NoClips(VoiceAppError):
    """The packages with the clips cannot be fetched."""


@dataclass(frozen=True)
class Clip:
    """One recorded phrase of a person."""

    name: str
    text: str
    sound: Path


def trials(language: str, *, coding: str, cache: Path, seed: int) -> list[Trial]:
    """Return the trials of a language, in a seeded order; fetches the packages at first use.

    Each choice has what is said, its nearest neighbor by spelling and others at random.
    Raises `NoClips`.
    """
    clips = list(_clips(language, coding=coding, root=_fetched(language, coding, cache=cache)))
    dice = random.Random(seed)
    found = [_trial(clip, clips, language=language, coding=coding, dice=dice) for clip in clips]
    dice.shuffle(found)
    return found


def _fetched(language: str, coding: str, *, cache: Path) -> Path:
    """Return the folder in which the packages are unpacked; nothing is installed."""
    root = cache / "asterisk"
    root.mkdir(parents=True, exist_ok=True)
    base = f"asterisk-core-sounds-{language}"
    for package in (base, f"{base}-{coding}"):
        if not (root / "usr/share/doc" / package).is_dir():
            _unpack(package, root)
    return root


def _unpack(package: str, root: Path) -> None:
    try:
        subprocess.run([*_DOWNLOAD, package], cwd=root, check=True)
        (archive,) = root.glob(f"{package}_*.deb")
        subprocess.run(["dpkg-deb", "-x", archive.name, "."], cwd=root, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoClips(f"The Debian package {package} cannot be fetched: {error}") from error
    archive.unlink()


def _clips(language: str, *, coding: str, root: Path) -> Iterator[Clip]:
    texts = root / f"usr/share/doc/asterisk-core-sounds-{language}/core-sounds-{language}.txt.gz"
    sounds = root / "usr/share/asterisk/sounds" / FOLDERS[language]
    seen: set[str] = set()
    for line in gzip.decompress(texts.read_bytes()).decode("utf-8").splitlines():
        name, _, text = line.partition(": ")
        sound = sounds / f"{name}.{coding}"
        # Written as the names of options are: no capital, no sign at the end.
        plain = without_accents(normalize(text, language))
        if sound.is_file() and _is_usable(text) and plain not in seen:
            seen.add(plain)
            spoken = text.strip(" .!?").lower()
            yield Clip(name, spoken, sound if coding == "wav" else _as_wav(sound))


def _as_wav(sound: Path) -> Path:
    """Return a G.722 file as a WAV file beside it: phones record no G.722."""
    target = sound.with_suffix(".16k.wav")
    if not target.is_file():
        with av.open(sound, format="g722") as source, wave.open(str(target), "wb") as written:
            written.setnchannels(1)
            written.setsampwidth(2)
            written.setframerate(16_000)
            for frame in source.decode(audio=0):
                written.writeframes(frame.to_ndarray().astype("<i2").tobytes())
    return target


def _is_usable(text: str) -> bool:
    words = text.split()
    is_short = 0 < len(words) <= _MOST_WORDS and len(text) >= _FEWEST_LETTERS
    return is_short and _PLAIN.fullmatch(text) is not None


def _trial(
    clip: Clip, clips: Sequence[Clip], *, language: str, coding: str, dice: random.Random
) -> Trial:
    texts = [other.text for other in clips if other is not clip]
    nearest, *_ = process.extractOne(clip.text, texts, scorer=Indel.normalized_similarity)
    others = dice.sample([text for text in texts if text != nearest], _RANDOM_OTHERS)
    phrases = (clip.text, nearest, *others)
    candidates = tuple(Candidate(text, ((language, text),)) for text in phrases)
    choice = Choice("", language, language, candidates, clip.text)
    return Trial(
        id=clip.name,
        kind=KINDS[coding],
        language=language,
        sound=clip.sound,
        said=clip.text,
        phrases={language: phrases},
        choices=with_cases(choice, said=clip.text, foil=nearest),
    )
