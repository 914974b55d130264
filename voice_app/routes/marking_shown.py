"""What an assessor is shown of one answer: what was asked, and by what it is marked."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from voice_app.dialogues import flow
from voice_app.dialogues.content import Item, Language
from voice_app.dialogues.scenario import Criterion, Scenario, ScenarioBank, Step, Telling
from voice_app.dialogues.scenario_loader import sought
from voice_app.dialogues.sentences import Kind, sound_key
from voice_app.models import Attempt
from voice_app.routes import spoken
from voice_app.routes.deps import Service

# Pages of staff are in English; the content's own sentences stand beside it.
STAFF_LANGUAGE = "en"
OFFER = "offer"
LEVEL = "level"
SHARED = "shared"
HEARD = "heard"
NONE_OF_THEM = "none"
CANNOT_TELL = "cannot-tell"
_CODE_LETTERS = 4


@dataclass(frozen=True)
class Said:
    """A sentence with its sound, None where there is none; `meaning` is it in English."""

    text: str
    audio: str | None
    meaning: str = ""


@dataclass(frozen=True)
class LevelShown:
    """A level of a criterion, as a choice of a form; `example` is what it sounds like."""

    points: int
    words: str
    example: Said | None


@dataclass(frozen=True)
class OfferShown:
    """A sentence an assessor may send; `field` names it in the form."""

    field: str
    said: Said


@dataclass(frozen=True)
class CriterionShown:
    """What is listened for; `field` names it in the form."""

    id: str
    field: str
    words: str
    levels: tuple[LevelShown, ...]
    offers: tuple[OfferShown, ...]


@dataclass(frozen=True)
class PictureShown:
    """A picture with its name in the employer language and in English."""

    id: str
    picture: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Asked:
    """What the candidate heard and saw before the answer.

    `before` is what the employer said in the steps that led there, `says` in this one.
    """

    picture: str | None
    before: tuple[Said, ...]
    says: tuple[Said, ...]
    help: str
    pictures: tuple[PictureShown, ...]


@dataclass(frozen=True)
class Marked:
    """By what an answer is marked: `criteria` of a rubric, or the `choices` of what was heard."""

    criteria: tuple[CriterionShown, ...] = ()
    choices: tuple[PictureShown, ...] = ()


@dataclass(frozen=True)
class Languages:
    """The language of the employer, of which the answer is marked, and that of the comments."""

    employer: str
    help: str


def code_of(center: str, owner_hash: str) -> str:
    """Give the number by which a center's assessors know a candidate: the same each time.

    Nobody can find the candidate by it.
    """
    digest = sha256(f"marking:{center}:{owner_hash}".encode()).digest()
    return base64.b32encode(digest).decode()[:_CODE_LETTERS]


def step_shown(here: Service, scenario: Scenario, step: Step, *, languages: Languages) -> Asked:
    """Give a step as the candidate had it."""
    place = [one.id for one in scenario.steps].index(step.id)
    earlier = scenario.steps[:place]
    return Asked(
        picture=spoken.picture_url(step.picture or scenario.picture),
        before=tuple(
            said for one in earlier for said in _says(here, scenario, one, languages=languages)
        ),
        says=tuple(_says(here, scenario, step, languages=languages)),
        help=_help(here, scenario.tellings[STAFF_LANGUAGE], step),
        pictures=tuple(_questions(here, step, languages=languages)),
    )


def _says(here: Service, scenario: Scenario, step: Step, *, languages: Languages) -> Iterable[Said]:
    for key in step.says:
        yield sentence_shown(here, scenario, key, languages=languages)


def sentence_shown(here: Service, scenario: Scenario, key: str, *, languages: Languages) -> Said:
    """Give a sentence of the employer's, with its meaning."""
    return _said(
        here,
        languages.employer,
        "scenes",
        name=f"{scenario.id}.{key}",
        text=scenario.tellings[languages.employer].says[key],
        meaning=scenario.tellings[STAFF_LANGUAGE].says[key],
    )


def rubric_shown(
    here: Service, bank: ScenarioBank, criteria: Iterable[str], *, languages: Languages
) -> Marked:
    """Give the criteria of an answer with their levels, examples and offers."""
    return Marked(
        tuple(_criterion(here, bank, bank.rubric[one], languages=languages) for one in criteria)
    )


def item_shown(here: Service, item: Item, *, languages: Languages) -> Asked:
    """Give an item as the candidate had it; its pictures are in `choices_shown`."""
    employer = here.content.languages[languages.employer]
    english = here.content.languages[STAFF_LANGUAGE]
    sounds = spoken.prompt(here.manifest, employer.code, item=item.id)["normal"]
    said = Said(
        employer.prompts[item.id],
        sounds[0] if sounds else None,
        _meaning(employer, english.prompts[item.id]),
    )
    return Asked(None, (), (said,), english.questions[item.question], ())


def choices_shown(here: Service, item: Item, attempt: Attempt) -> Marked:
    """Give the four pictures in the candidate's order; which one is right is not told."""
    order = flow.option_order(item, attempt.id)
    language = attempt.employer_language
    return Marked(choices=tuple(_picture(here, one, one, language=language) for one in order))


def _questions(here: Service, step: Step, *, languages: Languages) -> Iterable[PictureShown]:
    for one in sought(step):
        yield _picture(here, one.id, one.picture, language=languages.employer)


def _picture(here: Service, name: str, picture: str, *, language: str) -> PictureShown:
    words = {
        code: _word(here.content.languages[code], picture) for code in (language, STAFF_LANGUAGE)
    }
    meaning = "" if language == STAFF_LANGUAGE else words[STAFF_LANGUAGE]
    return PictureShown(name, spoken.picture_url(picture), words[language], meaning)


def _word(language: Language, picture: str) -> str:
    word = language.words.get(picture)
    return picture if word is None else word.name


def _criterion(
    here: Service, bank: ScenarioBank, criterion: Criterion, *, languages: Languages
) -> CriterionShown:
    levels = (
        LevelShown(
            one.points,
            one.says[STAFF_LANGUAGE],
            None
            if one.example is None
            else example_said(here, bank, one.example, language=languages.employer),
        )
        for one in criterion.levels
    )
    return CriterionShown(
        id=criterion.id,
        field=f"{LEVEL}:{criterion.id}",
        words=criterion.says[STAFF_LANGUAGE],
        levels=tuple(levels),
        offers=tuple(_offers(here, bank, criterion, language=languages.help)),
    )


def _offers(
    here: Service, bank: ScenarioBank, criterion: Criterion, *, language: str
) -> Iterable[OfferShown]:
    for key, texts in criterion.offers.items():
        name = f"{bank.micro_competence.lower()}.{criterion.id}.{key}"
        said = _said(
            here, language, "offers", name=name, text=texts[language], meaning=texts[STAFF_LANGUAGE]
        )
        yield OfferShown(f"{OFFER}:{criterion.id}.{key}", said)


def example_said(here: Service, bank: ScenarioBank, key: str, *, language: str) -> Said:
    """Give an example of the rubric as it is said in an employer language."""
    texts = bank.spoken[key]
    name = f"{bank.micro_competence.lower()}.{key}"
    return _said(here, language, "examples", name=name, text=texts[language])


def _said(
    here: Service, language: str, kind: Kind, *, name: str, text: str, meaning: str = ""
) -> Said:
    files = here.manifest.files(sound_key(language, kind, name))
    is_same = language == STAFF_LANGUAGE or meaning == text
    return Said(text, spoken.audio_url(files[0]) if files else None, "" if is_same else meaning)


def _help(here: Service, telling: Telling, step: Step) -> str:
    phrases: Mapping[str, str] = here.content.languages[STAFF_LANGUAGE].phrases
    return telling.help.get(step.help) or phrases.get(step.help, "")


def _meaning(language: Language, text: str) -> str:
    return "" if language.code == STAFF_LANGUAGE else text
