"""The public catalog: what badges are given for, as pages for people and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from voice_app.badges.office import languages_of
from voice_app.dialogues.achievements import competence_of
from voice_app.dialogues.content import Content
from voice_app.routes.badge_files import UNKNOWN
from voice_app.routes.deps import Here, Service
from voice_app.routes.public_pages import NEGOTIATED, Frame, Said, answer, preferred, speaker
from voice_app.scoring.badges.assurance import Assurance, assurance_for
from voice_app.scoring.badges.award import Definition, LearningOutcome
from voice_app.scoring.badges.credential import achievement
from voice_app.scoring.badges.descriptors import Descriptor, descriptors
from voice_app.scoring.badges.wording import wording_for

router = APIRouter()

_OPEN = {"Access-Control-Allow-Origin": "*"}


@dataclass(frozen=True)
class Entry:
    """One achievement in the list: `is_offered` where its test can be taken today."""

    address: str
    name: str
    description: str
    language: str
    picture: str
    is_offered: bool


@dataclass(frozen=True)
class AchievementsPage:
    """Everything that badges are given for, who wrote it, and how their quality is assured."""

    frame: Frame
    title: Said
    entries: tuple[Entry, ...]
    assurance: Assurance
    contact: str | None


@dataclass(frozen=True)
class AchievementPage:
    """One achievement: its learning outcomes, and its 17 descriptors."""

    frame: Frame
    entry: Entry
    outcomes: tuple[LearningOutcome, ...]
    descriptors: tuple[Descriptor, ...]
    title: Said


@router.get("/achievements")
def show_all(request: Request, here: Here) -> Response:
    """All achievements: a page, or JSON with the 17 descriptors of each."""
    found = tuple(_definitions(here))
    if _wants_json(request):
        return _json([_told(here, one) for one in found])
    speaks = speaker(here, request)
    page = AchievementsPage(
        frame=speaks.frame(),
        title=speaks.said("achievements.title"),
        entries=_entries(here.content, found, spoken=speaks.language.code),
        assurance=assurance_for(speaks.language.code),
        contact=here.issuer.email,
    )
    language = speaks.language.code
    return answer(here, "achievements.html", page=page, language=language)


@router.get("/achievements/{micro_competence}/{employer_language}")
def show(request: Request, micro_competence: str, employer_language: str, here: Here) -> Response:
    """One achievement: a page, or the definition that credentials point to."""
    asked = (micro_competence, employer_language)
    found = next((one for one in _definitions(here) if _place(one) == asked), None)
    if found is None:
        return UNKNOWN.response()
    if _wants_json(request):
        return _json(achievement(found))
    speaks = speaker(here, request, preferring=employer_language)
    page = AchievementPage(
        frame=speaks.frame(),
        entry=_entry(here.content, found, spoken=employer_language),
        outcomes=found.competence.outcomes,
        descriptors=descriptors(found, here.issuer),
        title=speaks.said("achievements.title"),
    )
    return answer(here, "achievement.html", page=page, language=speaks.language.code)


def _definitions(here: Service) -> Iterator[Definition]:
    """Give what every micro-competence means in every employer language of this service."""
    content = here.content
    tested = {code for bank in content.assessments.values() for code in bank.employer_languages}
    spoken = [code for code in content.languages if code in tested]
    for competence in content.micro_competences:
        offered = languages_of(content, competence)
        for code in spoken:
            yield Definition(
                competence=competence_of(content, competence, language=code),
                employer_language=code,
                own_name=content.languages[code].own_name,
                origin=here.origin,
                other_languages=tuple(one for one in offered if one != code),
            )


def _entries(content: Content, found: tuple[Definition, ...], *, spoken: str) -> tuple[Entry, ...]:
    """Give the list with what can be had today first."""
    entries = (_entry(content, one, spoken=spoken) for one in found)
    return tuple(sorted(entries, key=lambda entry: not entry.is_offered))


def _place(definition: Definition) -> tuple[str, str]:
    return definition.competence.id, definition.employer_language


def _entry(content: Content, definition: Definition, *, spoken: str) -> Entry:
    """Tell what an achievement is, in the language of the page where the framework has it."""
    competence, language = _place(definition)
    framework = content.micro_competences[competence]
    written = spoken if spoken in framework.names else wording_for(language).language
    return Entry(
        address=f"/achievements/{competence}/{language}",
        name=f"{framework.names[written]} ({definition.own_name})",
        description=framework.descriptions[written],
        language=written,
        picture=f"/static/badge/{competence.lower()}.svg",
        is_offered=language in languages_of(content, competence),
    )


def _told(here: Service, definition: Definition) -> dict[str, Any]:
    competence, language = _place(definition)
    return {
        "id": definition.address,
        "is_offered": language in languages_of(here.content, competence),
        "achievement": achievement(definition),
        "descriptors": [asdict(one) for one in descriptors(definition, here.issuer)],
    }


def _wants_json(request: Request) -> bool:
    """Programs send no wish, or one for JSON; browsers name HTML."""
    accepted = request.headers.get("accept", "*/*")
    return "text/html" not in accepted or preferred(accepted) != "text/html"


def _json(said: Any) -> Response:
    return JSONResponse(said, status_code=HTTPStatus.OK, headers=_OPEN | NEGOTIATED)
