"""Whether the service can take an attempt, and which engines answer."""

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from voice_app.hearings import is_unheard
from voice_app.models import Utterance
from voice_app.routes.deps import Here, Service

router = APIRouter()


@router.get("/healthz")
def health(here: Here, response: Response) -> dict[str, str]:
    """200 when an attempt can begin and answers can be kept; recognition may be away."""
    if _can_store(here):
        return {"status": "ok"}
    response.status_code = 503
    return {"status": "the database or the recordings cannot be written"}


@router.get("/readyz")
def ready(here: Here, response: Response) -> dict[str, Any]:
    """200 when answers are being heard: which engine for which language, how many wait."""
    is_ready = here.listener.is_running()
    response.status_code = 200 if is_ready else 503
    return {
        "status": "ready" if is_ready else "nobody listens",
        "engines": here.ears.status(),
        "waiting": _waiting(here),
    }


def _can_store(here: Service) -> bool:
    try:
        with here.database.writing.begin() as session:
            session.execute(select(1))
    except OperationalError:
        return False
    return here.store.is_writable()


def _waiting(here: Service) -> int:
    with here.database.reading.begin() as session:
        unheard = select(func.count(Utterance.id)).where(is_unheard())
        return session.scalar(unheard) or 0
