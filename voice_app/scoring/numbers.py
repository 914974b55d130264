"""Numbers, ordinals and clock times: words and digits to one form."""

import re
from collections.abc import Callable
from itertools import groupby

from text_to_num import alpha2digit

from voice_app.scoring.lexicons import Lexicon, lexicon

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def with_digits(text: str, language: str) -> str:
    """Write the numbers and times of a text in digits: `10` and `10h30`, ordinals `3th`.

    `text` is casefolded words with single spaces between them.
    """
    words = lexicon(language)
    if words.text_to_num:
        text = str(alpha2digit(text, words.text_to_num))
    text = _small_numbers(text, words)
    text = _ORDINAL.sub(r"\1th", text)
    for pattern, written in (*_TIMES.get(language.casefold()[:2], ()), *_HALVES):
        text = pattern.sub(written, text)
    return text


def in_figures(text: str, language: str) -> str:
    """Write the numbers of a text in digits as the language does: `3rd`, `3e`, `3º`."""
    of_language = _ORDINALS_WRITTEN.get(language.casefold()[:2], _english_ordinal)
    return _CANONICAL.sub(of_language, with_digits(text, language))


def _english_ordinal(found: re.Match[str]) -> str:
    number = found[1]
    teens = number[-2:] in {"11", "12", "13"}
    return number + ("th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th"))


def joined_digits(found: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Write three or more digits said one by one as one number: "nine one one" is 911.

    One digit again and again before something else is a hesitation, not a number.
    """
    digits = _DIGITS.get(language.casefold()[:2], {})
    kept: list[str] = []
    for is_digit, run in groupby(enumerate(found), lambda each: _digit(each[1], digits) != ""):
        places, mine = zip(*run, strict=True)
        number = "".join(_digit(word, digits) for word in mine)
        is_number = len(set(mine)) > 1 or places[-1] == len(found) - 1
        if is_digit and len(mine) >= _FEWEST_DIGITS and is_number:
            kept.append(number)
        else:
            kept += mine
    return tuple(kept)


def _digit(word: str, digits: dict[str, str]) -> str:
    return word if len(word) == 1 and word in "0123456789" else digits.get(word, "")


def _small_numbers(text: str, words: Lexicon) -> str:
    tokens = text.split()
    return " ".join(
        "1" if _is_one(tokens, at, words=words) else words.small_numbers.get(token, token)
        for at, token in enumerate(tokens)
    )


def _is_one(tokens: list[str], at: int, *, words: Lexicon) -> bool:
    if tokens[at] not in words.ones:
        return False
    after = tokens[at + 1 : at + 2]
    if after:
        return after[0] in words.after_one or after[0] in words.articles
    before = [token for token in tokens[:at] if token not in words.articles]
    return not before or before[-1] in words.counters | words.frame


def _clock(hour: int, minute: int) -> str:
    minutes = hour * 60 + minute
    return f"{minutes // 60}h{minutes % 60:02d}"


def _at(minute: int) -> Callable[[re.Match[str]], str]:
    return lambda found: _clock(int(found[1]), minute)


def _later(found: re.Match[str]) -> str:
    """Read a time after noon; twelve is noon itself."""
    hour = int(found[1]) % 12 + 12
    return _clock(hour, int(found[2] or 0))


def _earlier(found: re.Match[str]) -> str:
    return _clock(int(found[1]) % 12, int(found[2] or 0))


def _before(found: re.Match[str]) -> str:
    return _clock(int(found[1]), -int(found[2]))


def _past(found: re.Match[str]) -> str:
    return _clock(int(found[2]), int(found[1]))


def _short_of(found: re.Match[str]) -> str:
    return _clock(int(found[2]), -int(found[1]))


def _half(found: re.Match[str]) -> str:
    return f"{found[1]}d5"


def _read(found: re.Match[str]) -> str:
    return _clock(int(found[1]), int(found[2] or 0))


def _rules(*rules: tuple[str, Callable[[re.Match[str]], str]]) -> tuple[_Rule, ...]:
    return tuple((re.compile(rf"\b{pattern}\b"), hour) for pattern, hour in rules)


_FEWEST_DIGITS = 3
_DIGITS = {
    language: dict(zip(said.split(), "0123456789", strict=True))
    for language, said in {
        "fr": "zéro un deux trois quatre cinq six sept huit neuf",
        "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "en": "zero one two three four five six seven eight nine",
    }.items()
}
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th|er|ère|ere|re|e|ème|eme|nde|o|a|º|ª)\b")
_CANONICAL = re.compile(r"\b(\d+)th\b")
_ORDINALS_WRITTEN: dict[str, Callable[[re.Match[str]], str]] = {
    "fr": lambda found: f"{found[1]}e",
    "es": lambda found: f"{found[1]}º",
}
_H = r"([01]?\d|2[0-4])"
_M = r"([0-5]\d)"
_TIMES = {
    "fr": _rules(
        (rf"{_H} (?:heures?|h) et demie?", _at(30)),
        (rf"{_H} (?:heures?|h) et quart", _at(15)),
        (rf"{_H} (?:heures?|h) moins (?:le )?quart", _at(-15)),
        (rf"{_H} (?:heures?|h) moins {_M}", _before),
        (rf"{_H} ?(?:heures?|h)(?: ?{_M})?", _read),
        (r"(1?\d)h(\d\d) (?:du soir|de l après midi)", _later),
    ),
    "es": _rules(
        (rf"(?:las|la) {_H} y media", _at(30)),
        (rf"(?:las|la) {_H} y (?:cuarto|4th)", _at(15)),
        (rf"(?:las|la) {_H} menos (?:cuarto|4th)", _at(-15)),
        (rf"(?:las|la) {_H}(?: y)? {_M}", _read),
        (rf"(?:las|la) {_H} menos {_M}", _before),
        (rf"las {_H}()(?: horas| h| en punto)?", _read),
        (rf"{_H} ?h(?:oras?)?(?: ?{_M})?", _read),
        (r"(1?\d)h(\d\d) de la (?:tarde|noche)", _later),
    ),
    "en": _rules(
        (rf"half past {_H}", _at(30)),
        (rf"(?:a )?quarter past {_H}", _at(15)),
        (rf"(?:a )?quarter (?:to|2) {_H}", _at(-15)),
        (rf"{_H}(?:[ h]{_M})? ?(?:[o0] clock )?(?:pm|p m)", _later),
        (rf"{_H}(?:[ h]{_M})? ?(?:[o0] clock )?(?:am|a m)", _earlier),
        (rf"(5|10|20|25) (?:minutes )?past {_H}", _past),
        (rf"(5|10|20|25) (?:minutes )?to {_H}(?! (?:minutes|hours|days|degrees))", _short_of),
        (rf"{_H}() ?(?:[o0] clock|oclock)", _read),
        (rf"{_H} {_M}", _read),
        (r"(1?\d)h(\d\d) (?:in the (?:evening|afternoon)|at night)", _later),
        (rf"{_H} ?h(?: ?{_M})?", _read),
    ),
}
_HALVES = _rules((r"(\d+) (?:et demie?|y medi[oa]|and (?:a )?half)", _half))
