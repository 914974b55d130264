"""Words with their sounds, as the page receives them."""

from typing import Any

from voice_app.audio.prompts import Manifest
from voice_app.dialogues.content import Item, Language
from voice_app.dialogues.scenario import Scenario
from voice_app.dialogues.sentences import sound_key
from voice_app.models import Badge
from voice_app.scoring import marks

Sound = dict[str, str | None]


def sound(manifest: Manifest, key: str, *, text: str) -> Sound:
    """A text and the address of its sound; None when none has been rendered."""
    files = manifest.files(key)
    return {"text": text, "audio": audio_url(files[0]) if files else None}


def phrase(manifest: Manifest, language: Language, *, key: str) -> Sound:
    """One of the page's sentences."""
    return sound(manifest, sound_key(language.code, "phrases", key), text=language.phrases[key])


def word(manifest: Manifest, language: Language, *, option: str) -> Sound:
    """The spoken name of an option."""
    name = language.words[option].name
    return sound(manifest, sound_key(language.code, "words", option), text=name)


def prompt(manifest: Manifest, language: str, *, item: str) -> dict[str, list[str]]:
    """The employer's sentence at both paces, one address a voice. Never its text."""
    key = sound_key(language, "prompts", item)
    return {
        pace: [audio_url(file) for file in manifest.files(key, pace=pace)]
        for pace in ("normal", "slow")
    }


def employer(
    manifest: Manifest, scenario: Scenario, *, language: str, key: str
) -> dict[str, list[str] | None]:
    """What the employer of a scenario says, at both paces. Never its text."""
    name = sound_key(language, "scenes", f"{scenario.id}.{key}")
    paces = ("normal", "slow")
    said = {pace: [audio_url(file) for file in manifest.files(name, pace=pace)] for pace in paces}
    return said | {"text": None}


def helping(manifest: Manifest, scenario: Scenario, *, language: Language, key: str) -> Sound:
    """A sentence of a scenario in the help language: what to do, or the reason of a rule."""
    if key in language.phrases:
        return phrase(manifest, language, key=key)
    text = scenario.tellings[language.code].help[key]
    return sound(manifest, sound_key(language.code, "tasks", f"{scenario.id}.{key}"), text=text)


def option(manifest: Manifest, language: Language, *, name: str) -> dict[str, Any]:
    """A picture with its spoken name."""
    return {
        "id": name,
        "picture": picture_url(name),
        "name": word(manifest, language, option=name),
    }


def item(
    manifest: Manifest, asked: Item, *, order: tuple[str, ...], employer: str, language: Language
) -> dict[str, Any]:
    """An item as it is shown: it never says which option is right."""
    question = sound_key(language.code, "questions", asked.question)
    return {
        "id": asked.id,
        "category": asked.category,
        "prompt": prompt(manifest, employer, item=asked.id),
        "question": sound(manifest, question, text=language.questions[asked.question]),
        "options": [option(manifest, language, name=one) for one in order],
    }


def standing(outcome: marks.Outcome) -> dict[str, Any]:
    """How an attempt stands, without its points."""
    return {
        "state": outcome.public().state,
        "reviews": outcome.reviews,
        "level": outcome.level,
    }


def badge(given: Badge) -> dict[str, str]:
    """Where a badge is, and its picture."""
    picture = picture_url(f"ui-badge-{given.micro_competence.lower()}")
    return {"url": f"/b/{given.code}", "picture": picture}


def audio_url(file: str) -> str:
    """Where a rendered sound is served."""
    return f"/audio/{file}"


def picture_url(option: str) -> str:
    """Where a picture is served."""
    return f"/pictures/{option}.svg"
