"""The candidate's one page, and every sentence it speaks in one language."""

import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from voice_app.access import Actor
from voice_app.attempts import UnknownChoice
from voice_app.dialogues.sentences import OWN_NAME, sound_key
from voice_app.models import Candidate
from voice_app.routes import spoken
from voice_app.routes.access import Who, form_token
from voice_app.routes.deps import Here, Service

router = APIRouter()


@dataclass(frozen=True)
class CandidatePage:
    """What the template needs; `data_json` is safe inside a script data block."""

    data_json: str
    static_version: str


@router.get("/", response_class=HTMLResponse)
def show(request: Request, here: Here, who: Who) -> HTMLResponse:
    """The page for the candidate, from the first touch to the badge."""
    page = _page(here, help_language=_signed_in(here, who), token=form_token(request))
    return HTMLResponse(here.templates.get_template("candidate.html").render(page=page))


@router.get("/phrases/{language}")
def phrases(language: str, here: Here) -> dict[str, Any]:
    """Every sentence of a help language with its sound."""
    spoken_in = here.content.languages.get(language)
    if spoken_in is None:
        raise UnknownChoice(f"There is no help language {language}.")
    said = {key: spoken.phrase(here.manifest, spoken_in, key=key) for key in spoken_in.phrases}
    return {
        "language": language,
        "phrases": said,
        "employer_languages": {
            code: said[f"employer.{code}"] for code in _employer_languages(here)
        },
    }


def _signed_in(here: Service, who: Actor) -> str | None:
    """Give the help language of the candidate who came in; None where nobody did."""
    if who.candidate is None:
        return None
    with here.database.reading.begin() as session:
        return session.get_one(Candidate, who.candidate).help_language


def _page(here: Service, *, help_language: str | None, token: str) -> CandidatePage:
    help_languages = [
        {
            "code": code,
            "own_name": language.own_name,
            "audio": spoken.sound(
                here.manifest, sound_key(code, "phrases", OWN_NAME), text=language.own_name
            )["audio"],
        }
        for code, language in here.content.languages.items()
    ]
    employer_languages = [{"code": code} for code in _employer_languages(here)]
    data = {
        "help_languages": help_languages,
        "employer_languages": employer_languages,
        "signed_in": help_language,
        "form_token": token,
    }
    return CandidatePage(
        data_json=json.dumps(data, ensure_ascii=True).replace("<", "\\u003c"),
        static_version=here.version,
    )


def _employer_languages(here: Service) -> list[str]:
    return list(
        dict.fromkeys(
            code for bank in here.content.assessments.values() for code in bank.employer_languages
        )
    )
