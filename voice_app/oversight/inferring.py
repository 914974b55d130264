"""An event for every verdict of the machine: what gave it, by which rules, on what evidence."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.models import Attempt, Hearing, Inference, Response, Ruling, Utterance
from voice_app.oversight.deciding import CANNOT_TELL, TAKEN_BACK
from voice_app.scoring.costs import COSTS
from voice_app.vault import has_speech

FAILED = "failed"


@dataclass(frozen=True)
class Event:
    """An inference, and what a person made of it later; None where nobody changed it."""

    inference: Inference
    change: Ruling | None


def note(session: Session, hearing: Hearing, *, model_digest: str | None) -> Inference:
    """Add the event of a hearing that was added in this transaction.

    Where the machine was stopped while it heard, the event says so, and who heard.
    """
    heard = _Heard(
        hearing_seq=hearing.seq,
        engine=hearing.engine,
        model_digest=model_digest,
        decider=hearing.decider,
        content_version=hearing.content_version,
        evidence=hearing.evidence,
        verdict=hearing.verdict,
        at=hearing.heard_at,
    )
    return _added(session, hearing.utterance_id, heard)


def note_failure(
    session: Session, utterance_id: str, *, code: str, decider: str, at: datetime
) -> Inference:
    """Add the event of a try in which an engine failed, so that nothing was heard.

    No hearing belongs to it: `hearing_seq` is negative, as where a hearing was deleted.
    """
    response = _response(session, utterance_id)
    heard = _Heard(
        hearing_seq=-1 - (session.scalar(select(func.max(Inference.seq))) or 0),
        engine=None,
        model_digest=None,
        decider=decider,
        content_version=session.get_one(Attempt, response.attempt_id).content_version,
        evidence={"error": code},
        verdict=FAILED,
        at=at,
    )
    return _added(session, utterance_id, heard)


def hearing_of(session: Session, event: Inference) -> Hearing | None:
    """Give the hearing that an event is about; None once it was deleted."""
    return session.get(Hearing, event.hearing_seq)


def is_bent(session: Session, event: Inference) -> bool:
    """Tell whether the evidence is another than what was decided on.

    What was deleted, as its owner may wish, is not bent.
    """
    hearing = hearing_of(session, event)
    if hearing is None or not has_speech(hearing.evidence):
        return False
    return evidence_digest(hearing.evidence) != event.evidence_digest


def evidence_digest(evidence: Mapping[str, Any]) -> str:
    """Give the SHA-256 of evidence in canonical JSON, in hex."""
    written = json.dumps(evidence, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(written.encode()).hexdigest()


def events(session: Session, *, attempt_id: str | None = None) -> Iterator[Event]:
    """Give the events in order, of one attempt or all, each with the last word of a person."""
    wanted = select(Inference).order_by(Inference.seq)
    if attempt_id is not None:
        wanted = wanted.where(Inference.attempt_id == attempt_id)
    for inference in session.scalars(wanted):
        about = (
            (Ruling.attempt_id == inference.attempt_id)
            & (Ruling.item == inference.item)
            & Ruling.verdict.not_in((CANNOT_TELL, TAKEN_BACK))
        )
        last = select(Ruling).where(about).order_by(Ruling.seq.desc()).limit(1)
        yield Event(inference, session.scalar(last))


@dataclass(frozen=True)
class _Heard:
    """What an event says of one try to hear an utterance."""

    hearing_seq: int
    engine: str | None
    model_digest: str | None
    decider: str
    content_version: str
    evidence: Mapping[str, Any]
    verdict: str
    at: datetime


def _added(session: Session, utterance_id: str, heard: _Heard) -> Inference:
    response = _response(session, utterance_id)
    event = Inference(
        hearing_seq=heard.hearing_seq,
        attempt_id=response.attempt_id,
        item=response.item,
        engine=heard.engine,
        model_digest=heard.model_digest,
        decider=heard.decider,
        calibration=heard.evidence.get("calibration"),
        content_version=heard.content_version,
        input_digest=session.get_one(Utterance, utterance_id).sha256,
        evidence_digest=evidence_digest(heard.evidence),
        thresholds=_thresholds(heard.evidence),
        verdict=heard.verdict,
        at=heard.at,
    )
    session.add(event)
    session.flush()
    return event


def _response(session: Session, utterance_id: str) -> Response:
    return session.scalars(select(Response).where(Response.id == utterance_id)).one()


def _thresholds(evidence: Mapping[str, Any]) -> dict[str, Any]:
    profile = evidence.get("choice", {}).get("profile")
    if profile is None:
        return {}
    costs = COSTS[profile]
    return {
        "profile": profile,
        "accept_from": costs.accept_from,
        "reject_up_to": costs.reject_up_to,
    }
