"""Foreign accents on phonetic signs: the sounds a speaker's first language puts for others.

The tables replace signs of English, French or Spanish (as espeak-ng writes them) by the nearest
sounds of another language, as descriptions of learners' speech give them. A stand-in for an
accent, not a model of any person.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "said/accents.yaml"
_VOWELS = "aeiouɑɒɔəɛɜɪɯʊʌyøœɐæ"  # noqa: RUF001 (the phonetic alphabet)
_NASALS = {"ɑ\u0303": "a", "ɔ\u0303": "o", "ɛ\u0303": "e", "œ\u0303": "o"}  # noqa: RUF001
_NO_CONSONANTS = r"\W\u0303ːˈˌʰ"  # noqa: RUF001
# Japanese has a vowel after every consonant but n, and a glide before a vowel.
_BARE = re.compile(rf"([^{_VOWELS}{_NO_CONSONANTS}nɴjw])(?![ˈˌ]?[{_VOWELS}ːjw])")  # noqa: RUF001
_ADDED = "ɯ"  # noqa: RUF001


def accented(phonemes: str, accent: str) -> str:
    """Return phonetic signs with the sounds that speakers of another language put for them.

    Longer signs go before shorter ones, and nothing is replaced twice. Raises `KeyError`
    for a language without a table.
    """
    table = tables()[accent]
    signs = "|".join(map(re.escape, sorted(table, key=len, reverse=True)))
    found = re.sub(signs, lambda match: table[match.group()], phonemes)
    return _BARE.sub(rf"\1{_ADDED}", found) if accent == "ja" else found


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Return for each language of origin the sounds it puts for signs."""
    document = yaml.safe_load(_FILE.read_text("utf-8"))
    return {home: _table(given) for home, given in document.items()}


def _table(given: Mapping[str, str]) -> dict[str, str]:
    found = {sign: vowel + given["nasals"] for sign, vowel in _NASALS.items()}
    for pair in given["sounds"].split():
        sign, _, sound = pair.partition(">")
        found[sign] = sound
    return found
