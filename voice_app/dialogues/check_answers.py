"""What a spoken answer would be worth: echoes, shared names, rivals and the examples."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from voice_app.dialogues.choices import choice, foils
from voice_app.dialogues.content import Assessment, Content, Example, Item, Language
from voice_app.dialogues.problem import Problem, examples_file, language_file, prompts_file
from voice_app.scoring.decide import Right, decide, said
from voice_app.scoring.match import Candidate, Choice, Found, match
from voice_app.scoring.normalize import Words, core, without_accents, words
from voice_app.scoring.sounds import is_accent, sound_key


def answer_problems(content: Content, assessment: Assessment) -> Iterator[Problem]:
    """Yield what is wrong with the spoken answers of one assessment."""
    for item in (*assessment.items.values(), assessment.rehearsal):
        for language in content.languages.values():
            yield from _shared_forms(item, language)
            yield from _foils_that_answer(item, language)
        for code in assessment.employer_languages:
            yield from _unnamed_rivals(content, assessment, item, language=code)
            yield from _echoes(content, assessment, item, language=code)
    for code in assessment.employer_languages:
        for example in content.languages[code].examples:
            if example.item in (*assessment.items, assessment.rehearsal.id):
                yield from _example(content, assessment, example, language=code)


def runs(prompt: str) -> list[str]:
    """Return the prompt and every contiguous run of its words, the longest first."""
    found = prompt.split()
    return [
        " ".join(found[start : start + size])
        for size in range(len(found), 0, -1)
        for start in range(len(found) - size + 1)
    ]


def _shared_forms(item: Item, language: Language) -> Iterator[Problem]:
    owners: dict[str, str] = {
        key: f"place {number}"
        for number, forms in enumerate(language.places, start=1)
        for form in forms
        for key in _keys(form, language.code)
    }
    for option in item.options:
        for form in language.words[option.id].accepted:
            found = [owners.setdefault(key, option.id) for key in _keys(form, language.code)]
            owner = next((one for one in found if one != option.id), None)
            if owner:
                says = f'"{form}" is accepted for "{option.id}" and for "{owner}"'
                yield Problem(language_file(language.code, "words"), item.id, "accepted", says)


def _foils_that_answer(item: Item, language: Language) -> Iterator[Problem]:
    kept = set(foils(language, item))
    for option in item.options:
        for foil in language.words[option.id].foils:
            if foil not in kept:
                says = f'"{foil}" names or sounds like an option, so it is no foil'
                yield Problem(language_file(language.code, "words"), item.id, option.id, says)


def accent_problems(language: Language) -> Iterator[Problem]:
    """Yield the foils that an accent makes of an accepted form: an honest answer would be lost."""
    for option, word in language.words.items():
        for foil in word.foils:
            bare = _bare(foil, language.code)
            near = (
                f for f in word.accepted if is_accent(bare, _bare(f, language.code), language.code)
            )
            if form := next(near, None):
                says = f'"{foil}" is what some accents make of "{form}", so it is no foil'
                yield Problem(language_file(language.code, "words"), option, "foils", says)


def _bare(form: str, language: str) -> Words:
    return core(words(form, language), language)


@cache
def _keys(form: str, language: str) -> tuple[str, str]:
    """Return a form by its letters and by its sound: what the ear of a recognizer may swap."""
    sound = sound_key(core(words(form, language), language), language)
    return _key(form, language), f"/{sound}/"


@cache
def _key(form: str, language: str) -> str:
    return without_accents(" ".join(core(words(form, language), language)))


def _unnamed_rivals(
    content: Content, assessment: Assessment, item: Item, *, language: str
) -> Iterator[Problem]:
    if not item.rivals:
        return
    asked = _in_one_language(content, item, language)
    matches = (match(asked, run, language) for run in runs(asked.prompt))
    named = {one.id for one in matches if isinstance(one, Found) and one.strength != "weak"}
    for option in (item.right, *item.rivals):
        if option not in named:
            says = f'it should name "{option}" by an accepted form, as the item has rivals'
            yield Problem(prompts_file(assessment, language), item.id, None, says)


def _echoes(
    content: Content, assessment: Assessment, item: Item, *, language: str
) -> Iterator[Problem]:
    """Yield the echoes of a prompt that would be right, heard in any language that may listen.

    An item with rivals answers for its whole prompt only: its parts name the rivals too.
    """
    prompt = content.languages[language].prompts[item.id]
    for ear in content.languages:
        asked = _widest(content, item, language, ear=ear)
        places = {_key(form, ear) for each in content.languages[ear].places for form in each}
        echoes = [prompt] if item.rivals else _different(runs(prompt), ear)
        for echo in echoes:
            if _key(echo, ear) in places:
                continue
            if _is_right(asked, echo, ear):
                says = f'saying back "{echo}" would be right, listened to in "{ear}"'
                yield Problem(prompts_file(assessment, language), item.id, None, says)
                break


def _is_right(asked: Choice, text: str, language: str) -> bool:
    """Tell whether a text alone would be right; most name no option, which is seen sooner."""
    found = match(asked, text, language)
    if not isinstance(found, Found) or found.id != asked.right:
        return False
    return isinstance(decide(asked, [said(text, language=language)]), Right)


def _different(echoes: Iterable[str], language: str) -> Iterable[str]:
    """Return one of those that differ by small words only: the shortest, the least like an echo."""
    return {_key(echo, language): echo for echo in echoes}.values()


def _widest(content: Content, item: Item, language: str, *, ear: str) -> Choice:
    """Return the choice with the right option at all four places at once: the worst case."""
    order = [option.id for option in item.options]
    asked = choice(content, item, order=order, employer_language=language, help_language=ear)
    every = tuple((ear, form) for form in chain(*content.languages[ear].places))
    return replace(asked, candidates=tuple(_widened(asked.candidates, item.right, every=every)))


def _widened(
    candidates: Iterable[Candidate], right: str, *, every: tuple[tuple[str, str], ...]
) -> Iterator[Candidate]:
    for one in candidates:
        forms = tuple(form for form in one.accepted if form not in every)
        yield replace(one, accepted=(*forms, *every) if one.id == right else forms)


def _example(
    content: Content, assessment: Assessment, example: Example, *, language: str
) -> Iterator[Problem]:
    item = assessment.items.get(example.item, assessment.rehearsal)
    asked = _in_one_language(content, item, language)
    verdict = decide(asked, [said(example.heard, language=language)])
    name, chosen = type(verdict).__name__.lower(), getattr(verdict, "chosen", None)
    if name != example.expect or example.chosen not in (None, chosen):
        wanted = f"{example.expect} {example.chosen or ''}".strip()
        says = f'"{example.heard}" should be {wanted} and is {name} {chosen or ""}'.strip()
        yield Problem(examples_file(assessment, language), item.id, "heard", says)


def _in_one_language(content: Content, item: Item, language: str) -> Choice:
    order = [option.id for option in item.options]
    return choice(content, item, order=order, employer_language=language, help_language=language)
