"""An item as the closed choice that scoring decides on."""

from collections.abc import Iterator, Sequence

from voice_app.dialogues.content import Content, Item, Language
from voice_app.scoring.match import Candidate, Choice


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
    languages = dict.fromkeys((employer_language, help_language))
    spoken = [content.languages[code] for code in languages]
    return Choice(
        prompt=content.languages[employer_language].prompts[item.id],
        employer_language=employer_language,
        help_language=help_language,
        candidates=tuple(
            Candidate(option, tuple(_accepted(spoken, option=option, place=place)))
            for place, option in enumerate(order)
        ),
        right=item.right,
    )


def _accepted(
    languages: Sequence[Language], *, option: str, place: int
) -> Iterator[tuple[str, str]]:
    for language in languages:
        word = language.words[option]
        for phrase in dict.fromkeys((word.name, *word.accepted, *language.places[place])):
            yield language.code, phrase
