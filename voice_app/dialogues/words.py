"""The words of a language: templates of its file → every phrase they stand for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from voice_app.dialogues.content import Word
from voice_app.dialogues.files import ContentError, File
from voice_app.dialogues.shapes import Forms, WordShape, WordsShape
from voice_app.scoring.templates import BadTemplate, expand


class HasWords(Protocol):
    """Words, and the lists that their templates name in braces."""

    @property
    def lists(self) -> Mapping[str, Forms]:
        """The fillers of lists, by name."""
        ...

    @property
    def words(self) -> Mapping[str, WordShape]:
        """The words, by option."""
        ...


def words_of(file: File, shape: HasWords) -> Mapping[str, Word]:
    """Return the words by option id; a template that cannot be read is a ContentError."""
    found = {}
    for option, word in shape.words.items():
        forms = (
            word.name,
            *expanded(file, shape.lists, word.accepted, item=option, field="accepted"),
        )
        foils = expanded(file, shape.lists, word.foils, item=option, field="foils")
        found[option] = Word(word.name, tuple(dict.fromkeys(forms)), tuple(dict.fromkeys(foils)))
        _refuse_own_foils(file, found[option], option)
    return found


def places_of(file: File, shape: WordsShape) -> tuple[tuple[str, ...], ...]:
    """Return the accepted forms of each place; a bad template is a ContentError."""
    return tuple(
        tuple(
            dict.fromkeys(expanded(file, shape.lists, forms, item=None, field=f"places.{number}"))
        )
        for number, forms in enumerate(shape.places, start=1)
    )


def expanded(
    file: File,
    lists: Mapping[str, Forms],
    templates: Iterable[str],
    *,
    item: str | None,
    field: str,
) -> Iterator[str]:
    """Yield every phrase that templates of a file stand for; a bad one is a ContentError."""
    for template in templates:
        try:
            yield from expand(template, lists)
        except BadTemplate as error:
            raise _explained(file, error, item=item, field=field) from None


def _explained(file: File, error: BadTemplate, *, item: str | None, field: str) -> ContentError:
    says = f'the template "{error.template}" has at sign {error.at + 1}: {error.problem}'
    return file.error(says, item=item, field=field)


def _refuse_own_foils(file: File, word: Word, option: str) -> None:
    for foil in word.foils:
        if foil in word.accepted:
            raise file.error(f'"{foil}" is accepted and a foil', item=option, field="foils")
