"""What an assessor said aloud to a candidate: lent to its owner alone."""

from contextlib import ExitStack

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from voice_app import attempts, marking
from voice_app.audio.store import BadUtteranceId
from voice_app.routes.deps import Here, Owner
from voice_app.vault import VaultError

router = APIRouter(prefix="/attempts/{attempt_id}/comments")


class UnknownComment(attempts.UnknownAttempt):
    """Nobody has said this about the attempt, or it is not kept any more."""


@router.get("/{seq}")
def listen(attempt_id: str, seq: int, here: Here, owner: Owner) -> Response:
    """Give the recording of one comment on an attempt."""
    with here.database.reading.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        told = marking.told(session, here.vault, attempt)
        owner_hash = attempt.owner_hash
    said = next((one.comment.recording for one in told if one.seq == seq), None)
    if said is None:
        raise UnknownComment("There is no such recording of a comment.")
    lent = ExitStack()
    try:
        path = lent.enter_context(here.store.opened(said.name, owner=owner_hash))
    except (OSError, BadUtteranceId, VaultError) as gone:
        raise UnknownComment("This recording is not kept any more.") from gone
    return FileResponse(
        path,
        media_type=said.media_type,
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
        background=BackgroundTask(lent.close),
    )
