"""What is new for whoever comes again: told first, and noted as heard once it was played."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app import appeals, attempts, news
from voice_app.marking.promises import Promised, days_left, phrase_of, waits_since
from voice_app.marking.records import center_of
from voice_app.models import Attempt, News
from voice_app.routes import spoken
from voice_app.routes.deps import Here, Owner, Service

router = APIRouter(prefix="/attempts/{attempt_id}/news")


@router.post("/{seq}/heard", status_code=HTTPStatus.NO_CONTENT)
def hear(attempt_id: str, seq: int, here: Here, owner: Owner) -> Response:
    """Note that the page has played what is new of an attempt."""
    with here.database.writing.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        news.hear(session, attempt, until=seq, at=here.clock())
    return Response(status_code=HTTPStatus.NO_CONTENT)


def waiting(here: Service, owner: str) -> list[dict[str, Any]]:
    """Give what somebody has not heard yet, as their first page needs it."""
    if not owner:
        return []
    with here.database.reading.begin() as session:
        rows = news.unheard(session, attempts.hash_of(owner))
        return [_entry(session.get_one(Attempt, row.attempt_id), row) for row in rows]


def told(here: Service, session: Session, attempt: Attempt) -> dict[str, Any] | None:
    """Give what is new of an attempt: its sentence, and where it is said to be heard."""
    row = news.of_attempt(session, attempt.id)
    if row is None:
        return None
    language = here.content.languages[attempt.help_language]
    said = spoken.phrase(here.manifest, language, key=row.key)
    return {"say": said, "heard": f"/attempts/{attempt.id}/news/{row.seq}/heard"}


def promise(here: Service, session: Session, attempt: Attempt) -> spoken.Sound | None:
    """Give how many working days are left of what was promised; None where nothing waits."""
    since = appeals.looked_at_since(session, attempt) or waits_since(session, attempt.id)
    if since is None:
        return None
    due = Promised(session, center_of(attempt)).due(since)
    language = here.content.languages[attempt.help_language]
    key = phrase_of(days_left(due, now=here.clock()))
    return spoken.phrase(here.manifest, language, key=key)


def _entry(attempt: Attempt, row: News) -> dict[str, Any]:
    return {
        "key": row.key,
        "attempt": attempt.id,
        "assessment": attempt.assessment,
        "employer": attempt.employer_language,
        "help": attempt.help_language,
    }
