"""What is good to know for a micro-competence: pictures and sentences, one page after the other."""

from dataclasses import dataclass
from itertools import repeat
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from voice_app.attempts import UnknownChoice
from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ResourcePage, ScenarioBank
from voice_app.dialogues.sentences import sound_key
from voice_app.routes import spoken
from voice_app.routes.deps import Here, Service
from voice_app.routes.public_pages import Frame, Said, Speaker, answer, speaker

router = APIRouter(prefix="/learn")


@dataclass(frozen=True)
class Door:
    """A way on: a picture to touch, what it is called, where it leads."""

    picture: str
    said: Said
    address: str


@dataclass(frozen=True)
class Line:
    """A sentence, and the address of the picture beside it; None where there is none."""

    said: Said
    picture: str | None


@dataclass(frozen=True)
class LearnPage:
    """One page: its sentences, how many pages there are, the ways on.

    `picture` is None where each sentence has its own.
    """

    frame: Frame
    title: Said
    picture: str | None
    lines: tuple[Line, ...]
    hear: Said
    number: int
    numbers: tuple[int, ...]
    doors: tuple[Door, ...]


@dataclass(frozen=True)
class _Place:
    """Where somebody is: which page of which bank, and the employer's language they chose."""

    bank: Assessment | ScenarioBank
    number: int
    employer: str

    @property
    def shown(self) -> ResourcePage:
        return self.bank.resources[self.number - 1]


@router.get("/{micro_competence}")
def show(
    micro_competence: str,
    request: Request,
    here: Here,
    page: Annotated[int, Query(ge=1)] = 1,
    employer: str = "",
) -> Response:
    """One page of what is good to know; `employer` goes along, back to where one came from."""
    content = here.content
    bank = content.scenarios.get(micro_competence) or content.assessments.get(micro_competence)
    if bank is None or page > len(bank.resources):
        raise UnknownChoice(f"There is no page {page} about {micro_competence}.")
    speaks = speaker(here, request)
    place = _Place(bank, page, employer)
    said = _said(here, place, language=speaks.language.code)
    shown = LearnPage(
        frame=speaks.frame(),
        title=said[0],
        picture=None if place.shown.pictures else spoken.picture_url(place.shown.picture),
        lines=_lines(place, said[1:]),
        hear=speaks.said("control.play"),
        number=page,
        numbers=tuple(range(1, len(bank.resources) + 1)),
        doors=_doors(speaks, place),
    )
    return answer(here, "learn.html", page=shown, language=speaks.language.code)


def _said(here: Service, place: _Place, *, language: str) -> tuple[Said, ...]:
    """Give the title of a page, then its sentences."""
    page = place.shown
    name = f"{place.bank.micro_competence.lower()}.{page.id}"
    texts = (page.title[language], *page.says[language])
    found = (
        spoken.sound(here.manifest, sound_key(language, "resources", f"{name}.{number}"), text=text)
        for number, text in enumerate(texts)
    )
    return tuple(Said(one["text"] or "", one["audio"]) for one in found)


def _lines(place: _Place, sentences: tuple[Said, ...]) -> tuple[Line, ...]:
    drawn = place.shown.pictures
    pictures = map(spoken.picture_url, drawn) if drawn else repeat(None)
    return tuple(Line(said, picture) for said, picture in zip(sentences, pictures, strict=False))


def _doors(speaks: Speaker, place: _Place) -> tuple[Door, ...]:
    """Give the ways to the page before, to the next one, and back to where one came from."""
    code = speaks.language.code
    wanted = {"help": code, "employer": place.employer}
    begin = "/?" + urlencode({**wanted, "assessment": place.bank.micro_competence})
    ways = {
        ("ui-again", "control.back"): place.number > 1 and _address(place, -1, language=code),
        ("ui-next", "control.continue"): (
            place.number < len(place.bank.resources) and _address(place, 1, language=code)
        ),
        ("ui-start", "control.start"): begin,
    }
    return tuple(
        Door(spoken.picture_url(picture), speaks.said(key), address)
        for (picture, key), address in ways.items()
        if address
    )


def _address(place: _Place, step: int, *, language: str) -> str:
    asked = {"lang": language, "page": place.number + step, "employer": place.employer}
    return f"?{urlencode(asked)}"
