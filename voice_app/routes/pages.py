"""The candidate's one page, and every sentence it speaks in one language."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from voice_app.access import Actor
from voice_app.attempts import UnknownChoice
from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.models import Candidate
from voice_app.routes import news, spoken
from voice_app.routes.access import Who, form_token
from voice_app.routes.deps import Here, Owner, Service
from voice_app.routes.screens_page import screens

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def show(request: Request, here: Here, who: Who, owner: Owner) -> HTMLResponse:
    """The page for the candidate, from the first touch to the badge; what is new comes first."""
    facts = {
        "employer_languages": [{"code": code} for code in _employer_languages(here)],
        "assessments": _assessments(here),
        "signed_in": _signed_in(here, who),
        "form_token": form_token(request),
        "news": news.waiting(here, owner),
    }
    return screens(here, "candidate.html", facts=facts)


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


def _assessments(here: Service) -> list[dict[str, Any]]:
    """Give every test that there is; one with doors can be seen and learned about before."""
    banks: Mapping[str, Assessment | ScenarioBank] = {
        **here.content.assessments,
        **here.content.scenarios,
    }
    return [
        {
            "code": code,
            "employer_languages": bank.employer_languages,
            "has_doors": bool(bank.example and bank.resources),
        }
        for code, bank in sorted(banks.items())
    ]


def _employer_languages(here: Service) -> list[str]:
    spoken_here = (one["employer_languages"] for one in _assessments(here))
    return list(dict.fromkeys(chain.from_iterable(spoken_here)))
