"""Every sentence the content speaks, with the key under which its sound is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from voice_app.dialogues.content import Content, Language

Kind = Literal["prompts", "questions", "words", "phrases"]

OWN_NAME = "own-name"


@dataclass(frozen=True)
class Sentence:
    """One sentence to be spoken. `key` is `<language>/<kind>/<name>`, such as `fr/words/broom`.

    Prompts are said by the employer, at two paces; the other kinds are the page's own voice.
    """

    key: str
    language: str
    text: str
    kind: Kind


def sentences(content: Content) -> Iterator[Sentence]:
    """Yield all sentences, language by language, each key once."""
    for language in content.languages.values():
        for kind, texts in _texts(language).items():
            for name, text in texts.items():
                yield Sentence(sound_key(language.code, kind, name), language.code, text, kind)


def sound_key(language: str, kind: Kind, /, name: str) -> str:
    """Return the key of a sentence's sound, as the audio manifest has it."""
    return f"{language}/{kind}/{name}"


def _texts(language: Language) -> Mapping[Kind, Mapping[str, str]]:
    return {
        "prompts": language.prompts,
        "questions": language.questions,
        "words": {option: word.name for option, word in language.words.items()},
        "phrases": {OWN_NAME: language.own_name, **language.phrases},
    }
