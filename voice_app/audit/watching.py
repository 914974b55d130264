"""Rows that leave an entry in the log by being added: no way of adding them can forget it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session, UOWTransaction

from voice_app.audit.chain import key_of
from voice_app.audit.writing import ACTOR, KEY, record
from voice_app.db import Database
from voice_app.models import (
    Account,
    Attempt,
    Badge,
    BadgeEvent,
    Candidate,
    CenterPolicy,
    Conflict,
    Consent,
    Control,
    License,
    Mark,
    MarkingPolicy,
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


@dataclass(frozen=True)
class Whose:
    """Whose a row is: the hash that owns it, and the center it belongs to, where it has one."""

    owner_hash: str = ""
    center: str | None = None


_NOBODYS = Whose()


def watch(database: Database, passphrase: bytes) -> None:
    """Seal what this database logs, with a key made of the passphrase of the keys."""
    database.writing.configure(info={KEY: key_of(passphrase)})
    event.listen(database.writing, "after_flush", _after_flush)


def owner_name(owner_hash: str) -> str:
    """Name the owner of attempts by the beginning of the hash that owns them."""
    return f"owner:{owner_hash[:_OWNER_DIGITS]}"


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    # What is read here comes by the connection: the session is in the middle of its flush.
    watched = [(row, *_WATCHED[type(row)]) for row in session.new if type(row) in _WATCHED]
    for row, tell, find in watched:
        whose = find(session.connection(), row)
        one = tell(row, whose)
        record(
            session,
            actor=session.info.get(ACTOR, one.actor),
            action=one.action,
            subject=one.subject,
            center=whose.center,
            after=one.after,
            at=one.at,
        )


def _attempt(row: Attempt, whose: Whose) -> Told:
    return Told(
        actor=owner_name(whose.owner_hash),
        action="attempt.begun",
        subject=f"attempt:{row.id}",
        after=f"{row.assessment}/{row.employer_language}/{row.content_version}",
        at=row.started_at,
    )


def _outcome(row: Outcome, _whose: Whose) -> Told:
    subject = f"attempt:{row.attempt_id}"
    return Told("machine:scoring", "attempt.ended", subject, row.state, row.decided_at)


def _badge(row: Badge, _whose: Whose) -> Told:
    return Told("machine:badges", "badge.issued", f"badge:{row.code}", row.key_id, row.issued_at)


def _badge_event(row: BadgeEvent, _whose: Whose) -> Told:
    actor = "holder" if row.author == _HOLDER else "command"
    return Told(actor, f"badge.{row.kind}", f"badge:{row.badge_code}", row.reason, row.at)


def _level(row: PrivateLevel, _whose: Whose) -> Told:
    return Told("holder", "level.issued", f"attempt:{row.attempt_id}", row.key_id, row.made_at)


def _consent(row: Consent, whose: Whose) -> Told:
    # A no has the sentence it answers; a yes that is taken back has none.
    was_no = "consent.withdrawn" if row.phrase is None else "consent.refused"
    action = "consent.given" if row.is_given else was_no
    subject = f"{row.purpose}:{row.subject}"
    return Told(owner_name(whose.owner_hash), action, subject, row.played_sha256, row.at)


def _stop(row: Stop, _whose: Whose) -> Told:
    action = "machine.stopped" if row.is_stopped else "machine.resumed"
    return Told(row.author, action, f"{row.scope}:{row.name}", row.reason, row.at)


def _policy(row: CenterPolicy, _whose: Whose) -> Told:
    after = f"{'+'.join(row.automatic) or 'none'}/{row.sample_percent}"
    return Told(row.author, "policy.chosen", f"center:{row.center}", after, row.at)


def _referral(row: Referral, whose: Whose) -> Told:
    is_theirs = row.why in ("contest", "appeal")
    actor = owner_name(whose.owner_hash) if is_theirs else "machine:oversight"
    return Told(actor, f"referral.{row.why}", _about(row), None, row.at)


def _ruling(row: Ruling, _whose: Whose) -> Told:
    return Told(row.author, "ruling.given", _about(row), row.verdict, row.at)


def _mark(row: Mark, _whose: Whose) -> Told:
    action = "mark.given" if row.replaces is None else "mark.taken-back"
    return Told(row.author, action, _about(row), row.reason or row.why, row.at)


def _license(row: License, _whose: Whose) -> Told:
    who = f"candidate:{row.candidate_id}" if row.account_id is None else f"account:{row.account_id}"
    subject = f"{who}/{row.micro_competence}"
    return Told(row.author, f"license.{row.state}", subject, row.reason, row.at)


def _conflict(row: Conflict, _whose: Whose) -> Told:
    action = "conflict.lifted" if row.is_over else "conflict.noted"
    return Told(row.author, action, f"account:{row.account_id}", row.kind, row.at)


def _control(row: Control, _whose: Whose) -> Told:
    action = "control.retired" if row.is_over else "control.made"
    return Told(row.author, action, _about(row), None, row.at)


def _marking(row: MarkingPolicy, _whose: Whose) -> Told:
    first = "proposal" if row.is_proposal_first else "listening"
    shares = f"{row.double_percent}/{row.control_percent}/{row.unsure_sample_percent}"
    after = f"{shares}/{first}/{row.promise_days}"
    return Told(row.author, "marking.chosen", f"center:{row.center}", after, row.at)


def _about(row: Referral | Ruling | Mark | Control) -> str:
    return f"attempt:{row.attempt_id}/{row.item}"


def _own(_connection: Connection, row: Attempt) -> Whose:
    return Whose(row.owner_hash, row.criteria.get("center"))


def _of_attempt(connection: Connection, row: Outcome | Badge | Referral | Ruling | Mark) -> Whose:
    return _whose(connection, row.attempt_id)


def _of_badge(connection: Connection, row: BadgeEvent) -> Whose:
    code = Badge.code == row.badge_code
    return _whose(connection, connection.scalar(select(Badge.attempt_id).where(code)))


def _of_person(connection: Connection, row: Consent) -> Whose:
    theirs = Candidate.owner_hash == row.owner_hash
    return Whose(row.owner_hash, connection.scalar(select(Candidate.center_id).where(theirs)))


def _of_stop(_connection: Connection, row: Stop) -> Whose:
    return Whose(center=row.name if row.scope == "center" else None)


def _of_policy(_connection: Connection, row: CenterPolicy | MarkingPolicy | Control) -> Whose:
    return Whose(center=row.center or None)


def _of_staff(connection: Connection, row: License | Conflict) -> Whose:
    theirs = Account.id == row.account_id
    return Whose(center=connection.scalar(select(Account.center_id).where(theirs)))


def _whose(connection: Connection, attempt_id: str | None) -> Whose:
    kept = select(Attempt.owner_hash, Attempt.criteria).where(Attempt.id == attempt_id)
    found = connection.execute(kept).first()
    return _NOBODYS if found is None else Whose(found.owner_hash, found.criteria.get("center"))


_WATCHED: Mapping[type[Row], tuple[Callable[..., Told], Callable[..., Whose]]] = {
    Attempt: (_attempt, _own),
    Outcome: (_outcome, _of_attempt),
    Badge: (_badge, _of_attempt),
    BadgeEvent: (_badge_event, _of_badge),
    PrivateLevel: (_level, _of_attempt),
    Consent: (_consent, _of_person),
    Stop: (_stop, _of_stop),
    CenterPolicy: (_policy, _of_policy),
    MarkingPolicy: (_marking, _of_policy),
    Mark: (_mark, _of_attempt),
    Control: (_control, _of_policy),
    License: (_license, _of_staff),
    Conflict: (_conflict, _of_staff),
    Referral: (_referral, _of_attempt),
    Ruling: (_ruling, _of_attempt),
}
