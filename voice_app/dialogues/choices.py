"""An item as the closed choice that scoring decides on."""

from collections.abc import Iterator, Sequence

from voice_app.dialogues.content import Content, Item, Language
from voice_app.scoring.match import Candidate, Choice
from voice_app.scoring.normalize import core, words
from voice_app.scoring.sounds import sound_key

# Each phrase costs an engine time, so an option is scored by its name and its shortest accepted
# form in both languages, and by its place as engines write it in the one it was named in.
_SHORT_FORMS = 1


def choice(
    content: Content,
    item: Item,
    *,
    order: Sequence[str],
    employer_language: str,
    help_language: str,
) -> Choice:
    """Return the item as a choice among its options in the `order` shown.

    An option is accepted by its name and its place, in the employer and in the help language.
    """
    spoken = [content.languages[c] for c in dict.fromkeys((employer_language, help_language))]
    return Choice(
        prompt=content.languages[employer_language].prompts[item.id],
        employer_language=employer_language,
        help_language=help_language,
        candidates=tuple(
            Candidate(
                option,
                accepted=tuple(_accepted(spoken, option=option, place=place)),
                scored=tuple(_scored(spoken, option=option, place=place)),
            )
            for place, option in enumerate(order)
        ),
        right=item.right,
        foils=tuple((each.code, foil) for each in spoken for foil in foils(each, item)),
        profile="safety" if item.is_safety else "normal",
    )


def foils(language: Language, item: Item) -> tuple[str, ...]:
    """Return what is near an option of the item and none, in one language.

    Those of the right option come first. A foil of one option that names or sounds like another
    option is left out: it is an answer.
    """
    others = (option.id for option in item.options if option.id != item.right)
    options = [language.words[option] for option in (item.right, *others)]
    answers = {form for word in options for form in word.accepted}
    answers |= {form for place in language.places for form in place}
    taken = {key for form in answers for key in _keys(form, language.code)}
    every = dict.fromkeys(foil for word in options for foil in word.foils)
    return tuple(foil for foil in every if taken.isdisjoint(_keys(foil, language.code)))


def _scored(languages: Sequence[Language], *, option: str, place: int) -> Iterator[tuple[str, str]]:
    for language in languages:
        word = language.words[option]
        shortest = sorted(word.accepted, key=len)[:_SHORT_FORMS]
        for phrase in dict.fromkeys((word.name, *shortest)):
            yield language.code, phrase
    named = languages[-1]
    yield named.code, min(named.places[place], key=len)


def _accepted(
    languages: Sequence[Language], *, option: str, place: int
) -> Iterator[tuple[str, str]]:
    for language in languages:
        word = language.words[option]
        for phrase in dict.fromkeys((word.name, *word.accepted, *language.places[place])):
            yield language.code, phrase


def _keys(form: str, language: str) -> tuple[str, str]:
    """Return a form by its letters and by its sound."""
    found = core(words(form, language), language)
    return " ".join(found), f"/{sound_key(found, language)}/"
