"""Synthetic answers to the shipped items: the sounds of the option names, and espeak-ng."""

import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.decide.trials import Trial, with_cases
from voice_app.audio.prompts import Manifest
from voice_app.dialogues.choices import choice
from voice_app.dialogues.content import Content, Item

# Who answers in a language hears an employer of another one: both languages are heard.
EMPLOYERS = {"fr": "es", "es": "fr", "en": "fr", "ko": "ko"}
ESPEAK_VOICES = {"fr": "fr-fr", "es": "es", "en": "en-gb", "ko": "ko"}


@dataclass(frozen=True)
class Bank:
    """The items to answer and the pair of languages."""

    content: Content
    assessment: str
    language: str

    @property
    def employer(self) -> str:
        """The language of the prompts."""
        return EMPLOYERS[self.language]


def shipped(bank: Bank, *, assets: Path, seed: int) -> list[Trial]:
    """Return trials on the shipped option names, a neural voice; none where none is rendered."""
    if not (assets / "manifest.json").is_file():
        return []
    manifest = Manifest.load(assets)
    found = []
    for item, option in _answers(bank, seed=seed):
        key = f"{bank.language}/words/{option}"
        if manifest.has(key):
            sound = assets / manifest.files(key)[0]
            found.append(_trial(bank, item, option, kind="neural voice", sound=sound))
    return found


def formant(bank: Bank, *, cache: Path, seed: int) -> list[Trial]:
    """Return trials spoken by espeak-ng, a formant voice."""
    voice = ESPEAK_VOICES[bank.language]
    found = []
    for item, option in _answers(bank, seed=seed):
        sound = cache / "espeak" / f"{voice}-{option}.wav"
        if not sound.is_file():
            sound.parent.mkdir(parents=True, exist_ok=True)
            name = bank.content.languages[bank.language].words[option].name
            subprocess.run(["espeak-ng", "-v", voice, "-s", "140", "-w", sound, name], check=True)
        found.append(_trial(bank, item, option, kind="formant voice", sound=sound))
    return found


def _answers(bank: Bank, *, seed: int) -> Iterator[tuple[Item, str]]:
    """Yield every item with every option of its own to be said, in a seeded order."""
    items = bank.content.assessments[bank.assessment].items.values()
    answers = [(item, option.id) for item in items for option in item.options]
    random.Random(seed).shuffle(answers)
    yield from answers


def _trial(bank: Bank, item: Item, option: str, *, kind: str, sound: Path) -> Trial:
    order = [each.id for each in item.options]
    asked = choice(
        bank.content,
        item,
        order=order,
        employer_language=bank.employer,
        help_language=bank.language,
    )
    foil = next(each for each in (item.right, *item.rivals, *order) if each != option)
    return Trial(
        id=f"{item.id}/{option}",
        kind=kind,
        language=bank.language,
        sound=sound,
        said=option,
        phrases={
            code: tuple(dict.fromkeys(_phrases(bank.content, code, order)))
            for code in dict.fromkeys((bank.employer, bank.language))
        },
        choices=with_cases(asked, said=option, foil=foil),
    )


def _phrases(content: Content, language: str, order: list[str]) -> Iterator[str]:
    """Yield what the product asks an engine about: name, shortest form and place of each."""
    spoken = content.languages[language]
    for place, option in enumerate(order):
        word = spoken.words[option]
        yield word.name
        yield from sorted(word.accepted, key=len)[:1]
        yield spoken.places[place][0]
