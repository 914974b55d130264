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
from voice_app.scoring.match import Choice

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


def echoes(bank: Bank, *, assets: Path, seed: int) -> list[Trial]:
    """Return trials in which the shipped prompt itself is taken for the answer."""
    if not (assets / "manifest.json").is_file():
        return []
    manifest = Manifest.load(assets)
    items = list(bank.content.assessments[bank.assessment].items.values())
    random.Random(seed).shuffle(items)
    found = []
    for item in items:
        key = f"{bank.language}/prompts/{item.id}"
        if manifest.has(key):
            sound = assets / manifest.files(key)[0]
            asked, phrases = _asked(bank, item, employer=bank.language, helper=bank.employer)
            kind, choices = "neural voice, echo", {"echo": asked}
            found.append(Trial(item.id, kind, bank.language, sound, "", phrases, choices))
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
    asked, phrases = _asked(bank, item, employer=bank.employer, helper=bank.language)
    order = [each.id for each in item.options]
    foil = next(each for each in (item.right, *item.rivals, *order) if each != option)
    return Trial(
        id=f"{item.id}/{option}",
        kind=kind,
        language=bank.language,
        sound=sound,
        said=option,
        phrases=phrases,
        choices=with_cases(asked, said=option, foil=foil),
    )


def _asked(
    bank: Bank, item: Item, *, employer: str, helper: str
) -> tuple[Choice, dict[str, tuple[str, ...]]]:
    order = [each.id for each in item.options]
    asked = choice(
        bank.content, item, order=order, employer_language=employer, help_language=helper
    )
    phrases = {
        code: tuple(dict.fromkeys(_phrases(bank.content, code, order)))
        for code in dict.fromkeys((employer, helper))
    }
    return asked, phrases


def _phrases(content: Content, language: str, order: list[str]) -> Iterator[str]:
    """Yield what the product asks an engine about: name, shortest form and place of each."""
    spoken = content.languages[language]
    for place, option in enumerate(order):
        word = spoken.words[option]
        yield word.name
        yield from sorted(word.accepted, key=len)[:1]
        yield spoken.places[place][0]
