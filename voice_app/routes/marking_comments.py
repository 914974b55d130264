"""What an assessor says to a candidate beside a mark, kept until the mark is sent."""

from hashlib import sha256
from http import HTTPStatus
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from voice_app.access import Actor
from voice_app.marking import TakenTask, comments
from voice_app.models import Attempt
from voice_app.routes.access import NotTheirs, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.errors import StorageFailed
from voice_app.routes.marking_desk import held
from voice_app.routes.marking_form import recording_field
from voice_app.routes.uploads import recording

router = APIRouter(prefix="/staff/marking")


@router.post("/{task_seq}/comments", status_code=HTTPStatus.CREATED)
async def say(task_seq: int, request: Request, here: Here, who: Who) -> dict[str, str]:
    """Keep a spoken comment, under the key of the candidate whom it is for."""
    sound = await recording(request)
    told = request.headers.get("content-type", "").partition(",")[0][:80]
    kept = await run_in_threadpool(_kept, here, task_seq, who=who, sound=(sound, told))
    return {"recording": recording_field(kept)}


def _kept(
    here: Service, task_seq: int, *, who: Actor, sound: tuple[bytes, str]
) -> comments.Recording:
    data, media_type = sound
    try:
        with here.database.writing.begin() as session:
            attempt = session.get(Attempt, held(session, here, task_seq, who=who).attempt_id)
    except TakenTask as taken:
        raise NotTheirs(str(taken)) from taken
    if attempt is None:
        # Said to an example of the content, which nobody hears: it looks like any other answer.
        return comments.Recording(str(uuid4()), sha256(data).hexdigest(), media_type)
    try:
        return comments.keep(here.store, data, media_type=media_type, owner=attempt.owner_hash)
    except OSError as error:
        raise StorageFailed(f"The comment could not be stored: {error}.") from error
