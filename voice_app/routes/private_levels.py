"""A level in writing, where the center allows it: made for its owner, given to nobody else."""

from http import HTTPStatus

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from voice_app import attempts, outcomes, oversight, scenes
from voice_app.badges.private_levels import (
    LevelOffice,
    UnknownLevelError,
    owned_level,
    write_level,
)
from voice_app.dialogues import flow
from voice_app.models import Attempt
from voice_app.routes.deps import Here, Owner, Service
from voice_app.scoring import marks
from voice_app.scoring.badges.level import PrivateLevel

router = APIRouter()

_PRIVATE = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}


@router.post("/attempts/{attempt_id}/level", status_code=HTTPStatus.CREATED)
def write(attempt_id: str, here: Here, owner: Owner) -> Response:
    """Put the level of a finished attempt in writing; asking again gives the same."""
    if not here.has_level_credentials:
        return _refused(HTTPStatus.NOT_FOUND, "no-levels")
    with here.database.writing.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        outcome = _ended(session, here, attempt)
        if outcome is None or outcome.level is None:
            return _refused(HTTPStatus.CONFLICT, "not-settled")
        private = PrivateLevel(outcome.level, outcome.points, outcome.maximum)
        level_office = LevelOffice(here.office, here.keys.level)
        row = write_level(session, attempt, private=private, level_office=level_office)
    address = f"/private/levels/{row.token}"
    return JSONResponse(
        {"url": address}, HTTPStatus.CREATED, headers=_PRIVATE | {"Location": address}
    )


@router.get("/private/levels/{token}")
def show(token: str, here: Here, owner: Owner) -> Response:
    """The signed level, for its owner to keep and to hand out."""
    try:
        with here.database.reading.begin() as session:
            row = owned_level(session, token, owner_hash=attempts.hash_of(owner))
    except UnknownLevelError:
        return _refused(HTTPStatus.NOT_FOUND, "unknown-level")
    return Response(row.credential, media_type="application/vc+ld+json", headers=_PRIVATE)


def _ended(session: Session, here: Service, attempt: Attempt) -> marks.Outcome | None:
    """How an attempt ended; None while it goes on."""
    home = here.home(attempt)
    if home is not None:
        has_ended = scenes.has_ended(session, attempt)
        return outcomes.found_at_home(session, home, attempt=attempt) if has_ended else None
    bank = here.bank(attempt)
    said = attempts.responses(session, attempt.id, bank=bank)
    if not isinstance(flow.next_turn(bank, said), flow.Finish):
        return None
    words = oversight.words(session, attempt.id)
    return outcomes.found(bank, attempt=attempt, said=said, words=words)


def _refused(status: HTTPStatus, error: str) -> Response:
    said = {"error": error, "phrase": "trouble.not-found"}
    return JSONResponse(said, status, headers=_PRIVATE)
