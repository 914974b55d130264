"""Whether the service can take an attempt, and which engines answer."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from voice_app import oversight, privacy
from voice_app.audio.sandbox import kept_from
from voice_app.audio.vitals import Vitals, processes_of
from voice_app.models import Stop
from voice_app.routes.deps import Here, Service

router = APIRouter()

_MEGABYTE = 1_000_000


@router.get("/healthz")
def health(here: Here, response: Response) -> dict[str, str]:
    """200 when an attempt can begin and answers can be kept; recognition may be away."""
    if _can_store(here):
        return {"status": "ok"}
    response.status_code = 503
    return {"status": "the database or the recordings cannot be written"}


@router.get("/readyz")
def ready(here: Here, response: Response) -> dict[str, Any]:
    """200 when answers are being heard: by which engines and processes, and how many wait.

    `stopped` says for what people have stopped the machine; answers go to a person there.
    """
    found = standing(here)
    response.status_code = 200 if found["status"] == "ready" else 503
    return found


def standing(here: Service) -> dict[str, Any]:
    """How the machine is now, as JSON-ready values."""
    engines = here.ears.status()
    waiting = here.listener.standing()
    with here.database.reading.begin() as session:
        stops = oversight.stops(session)
        retained = privacy.last_run(session)
    return {
        "status": _status(engines, is_listening=here.listener.is_running()),
        "stopped": _stopped(stops),
        "listening": here.listener.is_running(),
        "engines": engines,
        "processes": {name: _told(one) for name, one in processes_of(here.ears).items()},
        "decoding_is_kept_from": kept_from(here.ears),
        "waiting": waiting.answers,
        "waiting_people": waiting.people,
        "waiting_limit": here.listener.limits.all,
        "set_aside": waiting.set_aside,
        "oldest_waits_seconds": round(waiting.oldest_seconds(here.clock()), 1),
        "retained_at": retained and retained.at.isoformat(),
    }


def _status(engines: dict[str, Any], *, is_listening: bool) -> str:
    if not is_listening:
        return "nobody listens"
    can_hear = any(one["state"] not in {"missing", "failed", "closed"} for one in engines.values())
    return "ready" if can_hear else "no engine hears"


def _stopped(stops: Sequence[Stop]) -> dict[str, Any]:
    """Which engines, for how many centers, or everything: no center is named here."""
    return {
        "everything": any(one.scope == "all" for one in stops),
        "engines": [one.name for one in stops if one.scope == "engine"],
        "centers": sum(one.scope == "center" for one in stops),
    }


def _told(vitals: Vitals) -> dict[str, Any]:
    told = asdict(vitals)
    return told | {"resident_megabytes": round(told.pop("resident_bytes") / _MEGABYTE)}


def _can_store(here: Service) -> bool:
    try:
        with here.database.writing.begin() as session:
            session.execute(select(1))
    except OperationalError:
        return False
    return here.store.is_writable()
