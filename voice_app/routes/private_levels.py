"""A level in writing, where the center allows it: made for its owner, given to nobody else."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from voice_app import attempts, outcomes, oversight
from voice_app.badges.private_levels import (
    LevelOffice,
    UnknownLevelError,
    owned_level,
    write_level,
)
from voice_app.dialogues import flow
from voice_app.routes.deps import Here, Owner
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
        bank = here.bank(attempt)
        said = attempts.responses(session, attempt_id, bank=bank)
        words = oversight.words(session, attempt_id)
        outcome = outcomes.found(bank, attempt=attempt, said=said, words=words)
        is_finished = isinstance(flow.next_turn(bank, said), flow.Finish)
        if outcome.level is None or not is_finished:
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


def _refused(status: HTTPStatus, error: str) -> Response:
    said = {"error": error, "phrase": "trouble.not-found"}
    return JSONResponse(said, status, headers=_PRIVATE)
