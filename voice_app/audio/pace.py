"""How fast a sentence is to be said: words, syllables and the seconds it should take."""

import re
import unicodedata
from dataclasses import dataclass

from voice_app.audio.prompts import Kind, Pace

# "Slow" is this much of the normal rate: spoken slower by the voice, with longer pauses.
SLOW = 0.83
LONGEST_PAUSE_SECONDS = 0.7

_MARK = re.compile(r"(?<=\w)\s?([,;:.!?…])+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouyœæ]+")
_SILENT_END = re.compile(r"(?<=[^aeiouy\W])(?:e|es|ed)$")
# Fewer words than this say little about a rate: "It is locked" at 100 words a minute would
# be two syllables a second. Such a sentence is paced by its syllables.
_FEW_WORDS, _BRISKER = 4, 1.15
_SLOWEST = 0.5  # of a voice's own speed: slower than this a recognizer hears syllables twice
_DRAWL = 2.4  # syllables a second: slower than this the normal pace sounds unnatural


@dataclass(frozen=True)
class Band:
    """The rates aimed at, and how far from the seconds aimed at a take may be.

    `words_per_minute` holds from four words on, `few_words_per_minute` for fewer; within
    them `syllables_per_second` decides.
    """

    words_per_minute: tuple[float, float]
    few_words_per_minute: tuple[float, float]
    syllables_per_second: float
    tolerance: float
    speeds: tuple[float, float]
    pause_seconds: tuple[float, float]


# `pause_seconds`: after a comma, after the end of a sentence. `speeds`: the voice's own, held
# where it still sounds like a person taking care, neither drawling nor hurrying.
_PROMPT = Band((106, 114), (100, 150), 3.4, 0.055, (0.58, 0.95), (0.45, 0.6))
_HELP = Band((119, 128), (110, 180), 3.8, 0.12, (0.72, 1.0), (0.4, 0.6))


def band(kind: Kind) -> Band:
    """The rates of what an employer says, or of everything said in a help language."""
    return _PROMPT if kind in ("prompt", "scene") else _HELP


def speeds(kind: Kind, pace: Pace) -> tuple[float, float]:
    """The slowest and the fastest speed a voice may be asked for."""
    lowest, highest = band(kind).speeds
    return (max(_SLOWEST, lowest * SLOW), highest * SLOW) if pace == "slow" else (lowest, highest)


def pauses(text: str, *, kind: Kind, pace: Pace) -> tuple[tuple[float, float], ...]:
    """Every pause inside a sentence: (how much of its syllables is said by then, seconds)."""
    total = syllables(text) or 1
    comma, stop = band(kind).pause_seconds
    longer = 1.25 if pace == "slow" else 1.0
    marks = [m for m in _MARK.finditer(text) if re.search(r"\w", text[m.end() :])]
    return tuple(
        (
            syllables(text[: m.start()]) / total,
            min(LONGEST_PAUSE_SECONDS, longer * (stop if m.group(1) in ".!?…" else comma)),
        )
        for m in marks
    )


def goal_seconds(text: str, *, kind: Kind, pace: Pace) -> float:
    """Seconds the speech should take, with its pauses, without the quiet around it.

    The syllable rate decides, held within the words a minute of the band; but words of one
    syllable are not drawled to keep to them.
    """
    rates = band(kind)
    is_long = words(text) >= _FEW_WORDS
    lowest, highest = rates.words_per_minute if is_long else rates.few_words_per_minute
    by_syllables = syllables(text) / (rates.syllables_per_second * (1 if is_long else _BRISKER))
    shortest, longest = words(text) * 60 / highest, words(text) * 60 / lowest
    drawled = max(by_syllables, syllables(text) / _DRAWL)
    seconds = min(max(by_syllables, shortest), longest, drawled)
    return seconds / SLOW if pace == "slow" else seconds


def words(text: str) -> int:
    """How many words a text has; "l'eau" is one, and so is a number in figures."""
    return len([word for word in text.split() if re.search(r"\w", word)])


def syllables(text: str) -> int:
    """How many syllables a text has, about: its groups of vowels, silent endings left out."""
    return sum(_word_syllables(word) for word in re.findall(r"[^\W\d_]+|\d+", text.lower()))


def _word_syllables(word: str) -> int:
    # Hangul letters are a syllable each.
    hangul = sum("가" <= letter <= "힣" for letter in word)
    if hangul:
        return hangul
    stressed_end = word[-1:] in "éèêáíóú"
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    if not stressed_end and len(_VOWELS.findall(plain)) > 1:
        plain = _SILENT_END.sub("", plain)
    return max(1, len(_VOWELS.findall(plain)))
