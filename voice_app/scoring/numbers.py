"""Numbers, ordinals and clock times: words and digits to one form."""

import re
from collections.abc import Callable

from text_to_num import alpha2digit

from voice_app.scoring.lexicons import Lexicon, lexicon

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def with_digits(text: str, language: str) -> str:
    """Write the numbers and times of a text in digits: `10` and `10h30`, ordinals `3th`.

    `text` is casefolded words with single spaces between them.
    """
    words = lexicon(language)
    text = _small_numbers(text, words)
    if words.text_to_num:
        text = str(alpha2digit(text, words.text_to_num))
    text = _ORDINAL.sub(r"\1th", text)
    for pattern, hour in _TIMES.get(language.casefold()[:2], ()):
        text = pattern.sub(hour, text)
    return text


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


def _read(found: re.Match[str]) -> str:
    return _clock(int(found[1]), int(found[2] or 0))


def _rules(*rules: tuple[str, Callable[[re.Match[str]], str]]) -> tuple[_Rule, ...]:
    return tuple((re.compile(rf"\b{pattern}\b"), hour) for pattern, hour in rules)


_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th|er|ère|ere|re|e|ème|eme|nde|o|a|º|ª)\b")
_H = r"([01]?\d|2[0-4])"
_M = r"([0-5]\d)"
_TIMES = {
    "fr": _rules(
        (rf"{_H} (?:heures?|h) et demie?", _at(30)),
        (rf"{_H} (?:heures?|h) et quart", _at(15)),
        (rf"{_H} (?:heures?|h) moins (?:le )?quart", _at(-15)),
        (rf"{_H} ?(?:heures?|h) ?{_M}?", _read),
    ),
    "es": _rules(
        (rf"(?:las|la) {_H} y media", _at(30)),
        (rf"(?:las|la) {_H} y (?:cuarto|4th)", _at(15)),
        (rf"(?:las|la) {_H} menos (?:cuarto|4th)", _at(-15)),
        (rf"(?:las|la) {_H}(?: y)? {_M}", _read),
        (rf"las {_H}()(?: horas| en punto)?", _read),
        (rf"{_H} ?h(?:oras?)? ?{_M}?", _read),
    ),
    "en": _rules(
        (rf"half past {_H}", _at(30)),
        (rf"(?:a )?quarter past {_H}", _at(15)),
        (rf"(?:a )?quarter (?:to|2) {_H}", _at(-15)),
        (rf"{_H}() ?(?:[o0] clock|oclock|am|pm|a m|p m)", _read),
        (rf"{_H} {_M}", _read),
        (rf"{_H} ?h ?{_M}?", _read),
    ),
}
