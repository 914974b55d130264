"""Clips of people: short telephone announcements of Debian's asterisk packages and their texts."""

import gzip
import re
import subprocess
import wave
from collections.abc import Iterator
from functools import cache as once
from pathlib import Path

import av

from benchmarks.sounds.spoken import Spoken, folded
from voice_app.errors import VoiceAppError

LANGUAGES = ("en", "fr")
# G.722 carries 16 kHz, the other packages' WAV files 8 kHz.
CODINGS = ("g722", "wav")
_FOLDERS = {"en": "en_US_f_Allison", "fr": "fr_CA_f_June"}
# The cache is the reader's own, where apt's sandboxed account may not write.
_DOWNLOAD = ("apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download")
_MOST_WORDS = 10
_FEWEST_LETTERS = 3
_PLAIN = re.compile(r"[\w' ,.!?-]+")
# Abbreviations and names of protocols, which are no words of a language.
_LETTER_BY_LETTER = re.compile(r"(?<![\w'])[b-df-hj-np-tv-xz](?![\w'])", re.IGNORECASE)
_PROTOCOLS = "spy-"
# In French these say something else than their text.
_OTHERWISE = {"fr": {"speed-dial-empty", "sorry-youre-having-problems"}}
_CORRECTIONS = Path(__file__).parent / "said/corrections.txt"


class NoClips(VoiceAppError):
    """The packages with the clips cannot be fetched."""


def clips(language: str, *, coding: str, cache: Path) -> tuple[Spoken, ...]:
    """Return all short clips of a language; fetches the packages at first use.

    A phrase recorded twice is taken once. Raises `NoClips`.
    """
    root = _fetched(language, coding, cache=cache)
    found: dict[str, Spoken] = {}
    for name, text in _texts(language, root):
        clip = _clip(name, text, language=language, coding=coding, root=root)
        if clip is not None and _is_usable(name, text, language=language):
            found.setdefault(folded(text), clip)
    return tuple(found.values())


def numbers(language: str, *, cache: Path) -> tuple[Spoken, ...]:
    """Return the clips of the numbers one to nine, in order. Raises `NoClips`."""
    root = _fetched(language, "g722", cache=cache)
    names = [f"digits/{digit}" for digit in range(1, 10)]
    texts = dict(_texts(language, root))
    spoken = (
        _clip(each, texts[each], language=language, coding="g722", root=root) for each in names
    )
    return tuple(clip for clip in spoken if clip is not None)


def _clip(name: str, text: str, *, language: str, coding: str, root: Path) -> Spoken | None:
    """Return a clip, or None where the package has a text but no sound."""
    sound = root / "usr/share/asterisk/sounds" / _FOLDERS[language] / f"{name}.{coding}"
    if not sound.is_file():
        return None
    return Spoken(
        id=f"person/{language}/{coding}/{name}",
        language=language,
        text=corrected(text),
        voice=_FOLDERS[language],
        kind="person",
        accent=None,
        path=sound if coding == "wav" else _as_wav(sound),
    )


def corrected(text: str) -> str:
    """Return a text spelled right, with no capital and no sign at the end, as options are."""
    plain = text.strip(" .!?").lower()
    for wrong, right in _corrections().items():
        plain = re.sub(rf"\b{re.escape(wrong)}\b", right, plain)
    return plain


@once
def _corrections() -> dict[str, str]:
    lines = _CORRECTIONS.read_text("utf-8").splitlines()
    pairs = (line.partition(" = ") for line in lines if not line.startswith("#"))
    return {wrong: right for wrong, _, right in pairs}


def _texts(language: str, root: Path) -> Iterator[tuple[str, str]]:
    name = f"asterisk-core-sounds-{language}"
    packed = root / "usr/share/doc" / name / f"core-sounds-{language}.txt.gz"
    for line in gzip.decompress(packed.read_bytes()).decode("utf-8").splitlines():
        clip, _, text = line.partition(": ")
        yield clip, text


def _is_usable(name: str, text: str, *, language: str) -> bool:
    words = text.split()
    is_short = 0 < len(words) <= _MOST_WORDS and len(text) >= _FEWEST_LETTERS
    is_plain = _PLAIN.fullmatch(text) is not None and not _LETTER_BY_LETTER.search(text)
    is_known = not name.startswith(_PROTOCOLS) and name not in _OTHERWISE.get(language, ())
    return is_short and is_plain and is_known


def _as_wav(sound: Path) -> Path:
    """Return a G.722 file as a WAV file beside it: phones record no G.722."""
    target = sound.with_suffix(".16k.wav")
    if not target.is_file():
        half = target.with_suffix(".half")
        with av.open(sound, format="g722") as source, wave.open(str(half), "wb") as written:
            written.setnchannels(1)
            written.setsampwidth(2)
            written.setframerate(16_000)
            for frame in source.decode(audio=0):
                written.writeframes(frame.to_ndarray().astype("<i2").tobytes())
        half.replace(target)
    return target


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
