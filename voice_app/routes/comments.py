"""What an assessor said or wrote to a candidate: to be heard by its owner alone."""

from contextlib import ExitStack

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from voice_app import attempts, marking
from voice_app.audio.engines.espeak import read_aloud
from voice_app.audio.speech import VoiceError
from voice_app.audio.store import BadUtteranceId
from voice_app.routes.deps import Here, Owner
from voice_app.vault import VaultError

router = APIRouter(prefix="/attempts/{attempt_id}/comments")


class UnknownComment(attempts.UnknownAttempt):
    """Nobody has said this about the attempt, or it is not kept any more."""


_HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@router.get("/{seq}/words")
def listen_to_words(attempt_id: str, seq: int, here: Here, owner: Owner) -> Response:
    """Read the written words of one comment aloud, in the candidate's help language."""
    with here.database.reading.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        told = marking.told(session, here.vault, attempt)
        language = attempt.help_language
    words = next((one.comment.text for one in told if one.seq == seq), "")
    if not words:
        raise UnknownComment("There are no such words of a comment.")
    try:
        sound = read_aloud(words, language)
    except VoiceError as silent:
        raise UnknownComment("These words cannot be read aloud here.") from silent
    return Response(sound, media_type="audio/mpeg", headers=_HEADERS)


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
        headers=_HEADERS,
        background=BackgroundTask(lent.close),
    )
