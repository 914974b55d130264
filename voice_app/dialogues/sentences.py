"""Every sentence the content speaks, with the key under which its sound is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from voice_app.dialogues.content import Assessment, Content, Language
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.dialogues.scenario_loader import every_scenario

Kind = Literal[
    "prompts", "questions", "words", "phrases", "scenes", "tasks", "examples", "offers", "resources"
]

OWN_NAME = "own-name"


@dataclass(frozen=True)
class Sentence:
    """One sentence to be spoken. `key` is `<language>/<kind>/<name>`, such as `fr/words/broom`.

    Prompts and scenes are said by an employer, at two paces; examples by somebody who answers;
    the other kinds are the page's own voice. `voice` is its place among the language's, where
    only one of them says it.
    """

    key: str
    language: str
    text: str
    kind: Kind
    voice: int = 0


def sentences(content: Content) -> Iterator[Sentence]:
    """Yield all sentences, each key once."""
    for language in content.languages.values():
        for kind, texts in _texts(language).items():
            for name, text in texts.items():
                yield _sentence(language.code, kind, name, text=text)
    for assessment in content.assessments.values():
        yield from _answers(assessment)
        yield from _resources(assessment)
    for bank in content.scenarios.values():
        yield from _scenes(bank)
        yield from _examples(bank)
        yield from _offers(bank)
        yield from _resources(bank)


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


def _answers(bank: Assessment) -> Iterator[Sentence]:
    for shown in bank.example:
        for code, text in shown.answer.items():
            name = f"{_place(bank)}.{shown.item.id}"
            yield _sentence(code, "examples", name, text=text, voice=1)


def _scenes(bank: ScenarioBank) -> Iterator[Sentence]:
    for scenario in every_scenario(bank):
        shown = {step.shown.say for step in scenario.steps if step.shown is not None}
        for code, telling in scenario.tellings.items():
            for key, text in telling.says.items():
                voice = scenario.voice + (key in shown)
                yield _sentence(code, "scenes", f"{scenario.id}.{key}", text=text, voice=voice)
            for key, text in telling.help.items():
                yield _sentence(code, "tasks", f"{scenario.id}.{key}", text=text)


def _examples(bank: ScenarioBank) -> Iterator[Sentence]:
    for key, texts in bank.spoken.items():
        for code, text in texts.items():
            yield _sentence(code, "examples", f"{_place(bank)}.{key}", text=text, voice=1)


def _offers(bank: ScenarioBank) -> Iterator[Sentence]:
    for criterion in bank.rubric.values():
        for key, texts in criterion.offers.items():
            for code, text in texts.items():
                yield _sentence(code, "offers", f"{_place(bank)}.{criterion.id}.{key}", text=text)


def _resources(bank: Assessment | ScenarioBank) -> Iterator[Sentence]:
    for page in bank.resources:
        for code, texts in page.says.items():
            for number, text in enumerate((page.title[code], *texts)):
                yield _sentence(code, "resources", f"{_place(bank)}.{page.id}.{number}", text=text)


def _place(bank: Assessment | ScenarioBank) -> str:
    return bank.micro_competence.lower()


def _sentence(code: str, kind: Kind, name: str, *, text: str, voice: int = 0) -> Sentence:
    return Sentence(sound_key(code, kind, name), code, text, kind, voice)
