"""Which of the options a text names: a closed choice among all of them and none of these."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Indel

from voice_app.scoring.echo import is_echo
from voice_app.scoring.intents import intent, is_empty, is_invention
from voice_app.scoring.lexicons import lexicon
from voice_app.scoring.meaning import is_negative, vetoes
from voice_app.scoring.normalize import Words, core, find, without_accents, words
from voice_app.scoring.sounds import sound_key

Strength = Literal["exact", "strong", "weak"]

_ALIKE = 0.78
_FAINTLY_ALIKE = 0.45
# The forms of a choice are worked out once, not for each answer to it.
_CHOICES = 512
_TEXTS = 8192
_MARGIN = 0.15
_FUZZY_LETTERS = 4


@dataclass(frozen=True)
class Candidate:
    """One option and all accepted ways to say it, each as (language, phrase).

    `scored` are those of them that an engine is asked about; none named means all.
    """

    id: str
    accepted: tuple[tuple[str, str], ...]
    scored: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Choice:
    """What is asked: `right` is the id of the candidate that is right.

    `prompt` is in `employer_language`; answers may come in either language. `foils` are
    (language, phrase) that are near an option and none. `profile` names the costs of a wrong
    decision: practice, normal or safety.
    """

    prompt: str
    employer_language: str
    help_language: str
    candidates: tuple[Candidate, ...]
    right: str
    foils: tuple[tuple[str, str], ...] = ()
    profile: Literal["practice", "normal", "safety"] = "normal"


@dataclass(frozen=True)
class Found:
    """The text names one candidate. `weak` is a likeness of spelling and needs a second source."""

    id: str
    strength: Strength
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Unclear:
    """The text says something about the candidates, but not plainly which; `id` if one is near.

    The reason `faint` alone says that a garbled text is nearer to one than to the others.
    """

    reasons: tuple[str, ...]
    id: str | None = None


@dataclass(frozen=True)
class Echoed:
    """The text says the prompt back."""


@dataclass(frozen=True)
class Nothing:
    """The text names none of the candidates: silence, an invention, a request, other words."""

    reasons: tuple[str, ...]


Match = Found | Unclear | Echoed | Nothing


@dataclass(frozen=True)
class _Form:
    id: str
    words: Words
    core: Words


@dataclass(frozen=True)
class _Span:
    id: str
    start: int
    end: int


def match(choice: Choice, text: str, language: str) -> Match:
    """Find the candidate that a text in `language` names, comparing with all of them."""
    if is_empty(text, language):
        return Nothing(("no_speech",))
    said = words(text, language)
    forms = _forms(choice, language)
    if plain := _exact(said, forms, language):
        return plain
    if reason := _no_answer(text, language):
        return Nothing((reason,))
    named = _contained(said, forms, language)
    if language == choice.employer_language and is_echo(
        said, choice.prompt, language, names_option=named is not None
    ):
        return Echoed()
    alike = _alike(said, forms, language)
    return alike if named is None or _is_misspelled(named, alike) else named


def _is_misspelled(named: Match, alike: Match) -> bool:
    """Tell whether words around an option's form are a longer form of it, spelled otherwise."""
    return (
        isinstance(named, Unclear)
        and named.reasons == ("extra_words",)
        and isinstance(alike, Found)
        and alike.id == named.id
    )


def _no_answer(text: str, language: str) -> str | None:
    if is_invention(text, language):
        return "invention"
    if meta := intent(text, language):
        return f"meta_{meta}"
    return None if words(text, language) else "no_answer"


@lru_cache(_CHOICES)
def _forms(choice: Choice, language: str) -> tuple[_Form, ...]:
    found = []
    for candidate in choice.candidates:
        for spoken_in, phrase in candidate.accepted:
            if spoken_in == language and (form := words(phrase, language)):
                found.append(_Form(candidate.id, form, core(form, language)))
    return tuple(found)


def _exact(said: Words, forms: tuple[_Form, ...], language: str) -> Match | None:
    """Compare whole texts: as they are, without articles, without accents, by their sound."""
    for reason, key in _KEYS:
        wanted = key(said, language)
        named = {form.id for form in forms if key(form.words, language) == wanted}
        if len(named) > 1:
            return Unclear(("two_named",))
        if named:
            return Found(named.pop(), "exact" if reason == "exact" else "strong", (reason,))
    return None


@lru_cache(_TEXTS)
def _plain(found: Words) -> Words:
    return tuple(without_accents(word) for word in found)


def _whole(found: Words, _language: str) -> object:
    return found


@lru_cache(_TEXTS)
def _unaccented(found: Words, language: str) -> object:
    return "".join(_plain(core(found, language)))


@lru_cache(_TEXTS)
def _sounding(found: Words, language: str) -> object:
    return sound_key(core(found, language), language)


_KEYS: tuple[tuple[str, Callable[[Words, str], object]], ...] = (
    ("exact", _whole),
    ("exact", core),
    ("spelled_alike", _unaccented),
    ("sounds_alike", _sounding),
)


def _contained(said: Words, forms: tuple[_Form, ...], language: str) -> Match | None:
    """Look for whole forms inside a longer text."""
    bare = core(said, language)
    spans = _outermost(_spans(_plain(bare), forms))
    named = {span.id for span in spans}
    if not named:
        return None
    if len(named) > 1:
        return Unclear(("two_named",))
    (found,) = named
    covered = {at for span in spans for at in range(span.start, span.end)}
    rest = tuple(word for at, word in enumerate(bare) if at not in covered)
    return _framed(found, rest, language)


def _framed(found: str, rest: Words, language: str) -> Match:
    """Judge a candidate's form by the words around it."""
    if is_negative(rest, language):
        return Unclear(("negation",), found)
    table = lexicon(language)
    if any(word not in table.frame or word in table.articles for word in rest):
        return Unclear(("extra_words",), found)
    return Found(found, "strong", ("framed",))


def _spans(said: Words, forms: tuple[_Form, ...]) -> set[_Span]:
    return {
        _Span(form.id, at, at + len(form.core))
        for form in forms
        for at in find(_plain(form.core), said)
    }


def _outermost(spans: set[_Span]) -> set[_Span]:
    return {
        span
        for span in spans
        if not any(
            other.start <= span.start
            and span.end <= other.end
            and other.end - other.start > span.end - span.start
            for other in spans
        )
    }


def _alike(said: Words, forms: tuple[_Form, ...], language: str) -> Match:
    """Compare by spelling, whole text with whole form, with a margin to the nearest other."""
    near = _nearest(said, forms, language)
    if not near or near[0][1] < _FAINTLY_ALIKE:
        return Nothing(("none_of_these",))
    (best, likeness, form), *others = near
    if reasons := vetoes(core(said, language), form.core, language):
        return Unclear(reasons, best)
    if likeness < _ALIKE:
        return Unclear(("faint",), best)
    if others and likeness - others[0][1] < _MARGIN:
        return Unclear((f"near_other:{others[0][0]}",), best)
    return Found(best, "weak", ("alike",))


def _nearest(
    said: Words, forms: tuple[_Form, ...], language: str
) -> list[tuple[str, float, _Form]]:
    """Return each candidate with its best likeness, 0 to 1, the most alike first."""
    text = _letters(_unframed(core(said, language), language))
    best: dict[str, tuple[str, float, _Form]] = {}
    if len(text) < _FUZZY_LETTERS:
        return []
    for form in forms:
        likeness = Indel.normalized_similarity(text, _letters(form.core))
        if form.id not in best or likeness > best[form.id][1]:
            best[form.id] = (form.id, likeness, form)
    return sorted(best.values(), key=lambda each: -each[1])


@lru_cache(_TEXTS)
def _letters(found: Words) -> str:
    """Return letters to compare; those of a Korean syllable one by one."""
    return unicodedata.normalize("NFD", " ".join(_plain(found)))


def _unframed(found: Words, language: str) -> Words:
    """Drop the words of a frame from both ends, never all of them."""
    frame = lexicon(language).frame
    start, end = 0, len(found)
    while start < end - 1 and found[start] in frame:
        start += 1
    while end - 1 > start and found[end - 1] in frame:
        end -= 1
    return found[start:end]
