"""Passwords of staff: which will do, how they are kept, and checking one that may not exist."""

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from threading import Semaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from voice_app.errors import VoiceAppError

SHORTEST = 12
LONGEST = 128
# What 10^12 tries would find is no password: a stolen hash is tried some thousand times a second.
LEAST_BITS = 40.0

# 64 MiB each: two at a time, whatever is asked of the service.
_AT_ONCE = Semaphore(2)
_HASHER = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65536, parallelism=1),))
_WORD_BITS = 7.0
_LETTER_BITS = 4.7
_RUN_BITS = 5.0
# What stands between words is guessed with them.
_JOINT_BITS = 1.0
_JOINTS = frozenset(" -_.")
_YEAR_BITS = 6.0
_LEET = str.maketrans("@4301!5$7", "aaeoiisst")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
)
_SHORTEST_RUN = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_REPEATED = re.compile(r"(.{1,8}?)\1+")


class WeakPassword(VoiceAppError):
    """The password would be guessed; the sentence says what to do."""


def hash_of(password: str, *, known: Iterable[str] = ()) -> str:
    """Give what is kept of a password: an Argon2id hash. Raises `WeakPassword`.

    `known` are words that others know of the person: name, e-mail address, center.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(f"Take at least {SHORTEST} characters; several words are fine.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Take at most {LONGEST} characters.")
    if bits_of(password, known=known) < LEAST_BITS:
        raise WeakPassword(
            "This is too easy to guess. Take four or more words that have nothing to do with "
            "each other, with you or with your center."
        )
    with _AT_ONCE:
        return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Check a password; where none is kept the same work is done, and it is never right."""
    with _AT_ONCE:
        is_same = _HASHER.verify(password[:LONGEST], kept or _nobodys())
    return is_same and kept is not None


def bits_of(password: str, *, known: Iterable[str] = ()) -> float:
    """Estimate how many guesses find a password, as a power of two.

    The cheapest way to put it together: from common or known words, years, runs on the
    keyboard or in the alphabet, repeated parts, and single characters.
    """
    text = password.lower()
    words = {**_common(), **dict.fromkeys(_parts(known), 1.0)}
    return min(_cheapest(text, words), _cheapest(_without_repeats(text), words))


def _cheapest(text: str, words: Mapping[str, float]) -> float:
    best = [0.0] + [math.inf] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 24), end):
            best[end] = min(best[end], best[start] + _cost(text[start:end], words))
    return best[-1]


def _cost(piece: str, words: Mapping[str, float]) -> float:
    if len(piece) == 1:
        return _JOINT_BITS if piece in _JOINTS else _LETTER_BITS
    known = min(words.get(piece, math.inf), words.get(piece.translate(_LEET), math.inf))
    if _YEAR.fullmatch(piece):
        return min(known, _YEAR_BITS)
    return min(known, _RUN_BITS) if _is_run(piece) else known


def _is_run(piece: str) -> bool:
    return len(piece) >= _SHORTEST_RUN and any(piece in row or piece in row[::-1] for row in _ROWS)


def _without_repeats(text: str) -> str:
    """Say a part that is repeated once, and that it is: one character more."""
    return _REPEATED.sub(lambda found: found[1] + "*", text)


def _parts(known: Iterable[str]) -> set[str]:
    return {part for one in known for part in re.findall(r"\w{3,}", one.lower())}


@cache
def _common() -> Mapping[str, float]:
    lines = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split("\n")
    told = (line for line in lines if line and not line.startswith("#"))
    return {word: _WORD_BITS for line in told for word in line.split()}


@cache
def _nobodys() -> str:
    """A hash that no password fits: checking against it takes as long as against any."""
    return _HASHER.hash("nobody has this one; its hash is here for the time it takes")
