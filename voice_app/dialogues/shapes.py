"""The shapes of the content files for items, prompts, words, phrases and examples."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from voice_app.dialogues.content import Category, Task
from voice_app.dialogues.files import Code, Id, Key, Shape, Text


class ItemShape(Shape):
    """An item in items.yaml; its category stands on the section."""

    id: Id
    learning_outcome: Key
    task: Task = "choose"
    question: Id
    options: tuple[Id, ...] = Field(min_length=2)
    right: Id
    rivals: tuple[Id, ...] = ()
    safety: bool = False


class RehearsalShape(ItemShape):
    """The rehearsal belongs to no section, so it may name a category of its own."""

    category: Category = "home_context"


class SectionShape(Shape):
    """A section in items.yaml; `twins` stand for the items in another attempt, one for each."""

    category: Category
    items: tuple[ItemShape, ...] = Field(min_length=1)
    twins: tuple[ItemShape, ...] = ()


class AssessmentShape(Shape):
    """The whole of items.yaml."""

    micro_competence: Key
    employer_languages: tuple[Code, ...] = Field(min_length=1)
    sections: tuple[SectionShape, ...] = Field(min_length=1)
    rehearsal: RehearsalShape


class ShownShape(RehearsalShape):
    """An item of the worked example, and what somebody answers, by employer language."""

    answer: dict[Code, Text]


class WordShape(Shape):
    """What an option is called; the name itself is always accepted.

    `accepted` and `foils` are templates: `(a|b)` one of, `[a]` or nothing, `{list}` one of it.
    """

    name: Text
    accepted: tuple[Text, ...] = ()
    foils: tuple[Text, ...] = ()


Forms = Annotated[tuple[Text, ...], Field(min_length=1)]


class WordsShape(Shape):
    """The whole of words.yaml; `lists` are the fillers that templates name in braces."""

    lists: dict[Id, Forms] = Field(default_factory=dict)
    places: Annotated[tuple[Forms, ...], Field(min_length=4, max_length=4)]
    questions: dict[Id, Text]
    words: dict[Id, WordShape]


PhraseKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$")]


class PhrasesShape(Shape):
    """The whole of phrases.yaml."""

    own_name: Text
    phrases: dict[PhraseKey, Text]


class ExampleShape(Shape):
    """One entry of examples.<language>.yaml."""

    item: Id
    heard: Text
    expect: Literal["right", "unsure", "wrong", "echo"]
    chosen: Id | None = None


ITEMS = TypeAdapter(AssessmentShape)
SHOWN = TypeAdapter(tuple[ShownShape, ...])
PROMPTS = TypeAdapter(dict[Id, Text])
WORDS = TypeAdapter(WordsShape)
PHRASES = TypeAdapter(PhrasesShape)
EXAMPLES = TypeAdapter(tuple[ExampleShape, ...])
