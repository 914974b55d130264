"""What an assessor said or wrote to a candidate: to be heard by its owner alone."""

from contextlib import ExitStack

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from voice_app import attempts, marking
from voice_app.audio.engines.espeak import read_aloud
from voice_app.audio.speech import VoiceError
from voice_app.audio.store import BadUtteranceId
from voice_app.dialogues.sentences import sound_key
from voice_app.models import Attempt
from voice_app.routes import spoken
from voice_app.routes.deps import Here, Owner, Service
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


def told(here: Service, session: Session, attempt: Attempt) -> list[spoken.Sound]:
    """Give what people say of an attempt: sentences of the rubric, their own words, their voice."""
    said: list[spoken.Sound] = []
    for one in marking.told(session, here.vault, attempt):
        for offer in one.comment.offers:
            said += _offer(here, attempt, offer)
        address = f"/attempts/{attempt.id}/comments/{one.seq}"
        if one.comment.text:
            said.append({"text": one.comment.text, "audio": f"{address}/words"})
        if one.comment.recording:
            said.append({"text": "", "audio": address})
    return said


def _offer(here: Service, attempt: Attempt, offer: str) -> list[spoken.Sound]:
    bank = here.home(attempt)
    criterion, _, key = offer.rpartition(".")
    if bank is None or criterion not in bank.rubric or key not in bank.rubric[criterion].offers:
        return []
    language = attempt.help_language
    text = bank.rubric[criterion].offers[key][language]
    place = f"{bank.micro_competence.lower()}.{criterion}.{key}"
    return [spoken.sound(here.manifest, sound_key(language, "offers", place), text=text)]
