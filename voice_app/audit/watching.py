"""Rows that leave an entry in the log by being added: no way of adding them can forget it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from voice_app.audit.chain import key_of
from voice_app.audit.writing import ACTOR, KEY, record
from voice_app.db import Database
from voice_app.models import (
    Attempt,
    Badge,
    BadgeEvent,
    CenterPolicy,
    Consent,
    Outcome,
    PrivateLevel,
    Referral,
    Row,
    Ruling,
    Stop,
)

_OWNER_DIGITS = 16
_HOLDER = "holder"


@dataclass(frozen=True)
class Told:
    """What a row tells the log: who by default, what, about what, and its state after it."""

    actor: str
    action: str
    subject: str
    after: str | None
    at: datetime
    center: str | None = None


def watch(database: Database, passphrase: bytes) -> None:
    """Seal what this database logs, with a key made of the passphrase of the keys."""
    database.writing.configure(info={KEY: key_of(passphrase)})
    event.listen(database.writing, "after_flush", _after_flush)


def owner_name(owner_hash: str) -> str:
    """Name the owner of attempts by the beginning of the hash that owns them."""
    return f"owner:{owner_hash[:_OWNER_DIGITS]}"


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    told = [_TELLS[type(row)](row) for row in session.new if type(row) in _TELLS]
    for one in told:
        record(
            session,
            actor=session.info.get(ACTOR, one.actor),
            action=one.action,
            subject=one.subject,
            center=one.center,
            after=one.after,
            at=one.at,
        )


def _attempt(row: Attempt) -> Told:
    return Told(
        actor=owner_name(row.owner_hash),
        action="attempt.begun",
        subject=f"attempt:{row.id}",
        after=f"{row.assessment}/{row.employer_language}/{row.content_version}",
        at=row.started_at,
        center=row.criteria.get("center"),
    )


def _outcome(row: Outcome) -> Told:
    subject = f"attempt:{row.attempt_id}"
    return Told("machine:scoring", "attempt.ended", subject, row.state, row.decided_at)


def _badge(row: Badge) -> Told:
    return Told("machine:badges", "badge.issued", f"badge:{row.code}", row.key_id, row.issued_at)


def _badge_event(row: BadgeEvent) -> Told:
    actor = "holder" if row.author == _HOLDER else "command"
    return Told(actor, f"badge.{row.kind}", f"badge:{row.badge_code}", row.reason, row.at)


def _level(row: PrivateLevel) -> Told:
    return Told("holder", "level.issued", f"attempt:{row.attempt_id}", row.key_id, row.made_at)


def _consent(row: Consent) -> Told:
    action = "consent.given" if row.is_given else "consent.withdrawn"
    subject = f"{row.purpose}:{row.subject}"
    return Told(owner_name(row.owner_hash), action, subject, row.played_sha256, row.at)


def _stop(row: Stop) -> Told:
    action = "machine.stopped" if row.is_stopped else "machine.resumed"
    center = row.name if row.scope == "center" else None
    return Told(row.author, action, f"{row.scope}:{row.name}", row.reason, row.at, center)


def _policy(row: CenterPolicy) -> Told:
    after = f"{'+'.join(row.automatic) or 'none'}/{row.sample_percent}"
    return Told(
        row.author, "policy.chosen", f"center:{row.center}", after, row.at, row.center or None
    )


def _referral(row: Referral) -> Told:
    return Told("machine:oversight", f"referral.{row.why}", _about(row), None, row.at)


def _ruling(row: Ruling) -> Told:
    return Told(row.author, "ruling.given", _about(row), row.verdict, row.at)


def _about(row: Referral | Ruling) -> str:
    return f"attempt:{row.attempt_id}/{row.item}"


_TELLS: Mapping[type[Row], Callable[..., Told]] = {
    Attempt: _attempt,
    Outcome: _outcome,
    Badge: _badge,
    BadgeEvent: _badge_event,
    PrivateLevel: _level,
    Consent: _consent,
    Stop: _stop,
    CenterPolicy: _policy,
    Referral: _referral,
    Ruling: _ruling,
}
