"""Deleting what is due: by the table of rules, once a day, with a report of what was done."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from voice_app.audit import record
from voice_app.consents import recordings as consent_recordings
from voice_app.models import Account, Attempt, Consent, Mark, Response, RetentionRun, Utterance
from voice_app.privacy.belongings import (
    comments,
    owners,
    parts_of,
    recordings,
    said_aloud,
)
from voice_app.privacy.deleting import delete_rows, forget_inferences, silence
from voice_app.privacy.erasing import erase, finish
from voice_app.privacy.keeper import Keeping
from voice_app.privacy.overdue import Due, aged, due
from voice_app.privacy.rules import NOBODYS_DAYS, RULES, VOICE_DAYS
from voice_app.privacy.sealing import seal_old
from voice_app.vault import tag_of

_ORPHAN_AGE = timedelta(days=1)
_MACHINE = "machine:retention"
# Whoever joins the staff has no account yet: all of them have one key, for some minutes.
_IN_PASSING = {"joining"}


def retain(keeping: Keeping, now: datetime) -> RetentionRun:
    """Delete what is due, and keep a row that tells how much.

    Before, what was asked and interrupted is finished, and what lies in the clear is sealed.
    """
    finish(keeping)
    sealed = seal_old(keeping)
    wanted = due(keeping, now)
    with keeping.database.writing.begin() as session:
        whose = _owners_of(session, wanted.voices)
        names = _delete(session, wanted, now=now)
        for owner in wanted.people:
            erase(session, owner, scope="everything", asked_by=_MACHINE, at=now)
    finish(keeping)
    counts = wanted.counts | {
        "sealed": sealed.recordings + sealed.hearings,
        "files": keeping.store.remove(*names),
        "orphans": _sweep(keeping, now=now),
    }
    there = keeping.store.ids()
    counts["keys"] = sum(_forget_empty(keeping, one, there=there, now=now) for one in whose)
    counts["keys"] += _forget_nobody(keeping, now=now)
    with keeping.database.writing.begin() as session:
        row = RetentionRun(at=now, deleted={name: n for name, n in counts.items() if n})
        session.add(row)
        session.flush()
        subject = f"retention:{row.seq}"
        record(session, actor=_MACHINE, action="retained", subject=subject, at=now)
    keeping.database.empty_journal()
    return row


def known_recordings(session: Session) -> set[str]:
    """Give the names of all recordings that a row names."""
    spoken = set(session.scalars(select(Utterance.id)))
    return spoken | consent_recordings(session) | set(session.scalars(said_aloud()))


def last_run(session: Session) -> RetentionRun | None:
    """Give the last run; None before the first."""
    return session.scalar(select(RetentionRun).order_by(RetentionRun.seq.desc()).limit(1))


def _delete(session: Session, wanted: Due, *, now: datetime) -> list[str]:
    """Delete the rows; returns the names of the recordings that go with them."""
    names = list(wanted.voices)
    silence(session, wanted.voices)
    forget_inferences(session, wanted.attempts)
    for attempt_id in wanted.attempts:
        names += _utterances_of(session, attempt_id)
        names += session.scalars(said_aloud(Mark.attempt_id == attempt_id)).all()
        delete_rows(session, parts_of(attempt_id))
    for mark in session.scalars(select(Mark).where(Mark.seq.in_(wanted.comments))):
        names.append(mark.comment["recording"]["id"])
        mark.comment = {name: part for name, part in mark.comment.items() if name != "recording"}
    for seq in wanted.words:
        word = session.get_one(Consent, seq)
        names += [word.recording] if word.recording else []
        session.delete(word)
    for rule in RULES:
        for table, is_due in aged(rule, now=now):
            session.execute(delete(table).where(is_due))
    return names


def _utterances_of(session: Session, attempt_id: str) -> Sequence[str]:
    spoken = select(Utterance.id).join(Response, Response.id == Utterance.id)
    return session.scalars(spoken.where(Response.attempt_id == attempt_id)).all()


def _owners_of(session: Session, utterance_ids: Sequence[str]) -> set[str]:
    whose = (
        select(Attempt.owner_hash)
        .join(Response, Response.attempt_id == Attempt.id)
        .where(Response.id.in_(utterance_ids))
    )
    return set(session.scalars(whose))


def _sweep(keeping: Keeping, *, now: datetime) -> int:
    """Remove what an upload left that never became a row."""
    with keeping.database.reading.begin() as session:
        known = known_recordings(session)
    return len(keeping.store.sweep(known, older_than=now - _ORPHAN_AGE))


def _forget_empty(
    keeping: Keeping, owner_hash: str, *, there: Collection[str], now: datetime
) -> bool:
    """Destroy the key of somebody of whom no recording is left, and who is long gone."""
    recent = select(Attempt.id).where(
        Attempt.owner_hash == owner_hash, Attempt.started_at > now - timedelta(days=VOICE_DAYS)
    )
    with keeping.database.reading.begin() as session:
        is_recent = session.scalar(recent.limit(1)) is not None
        names = [*recordings(session, owner_hash), *comments(session, owner_hash)]
    if is_recent or any(name in there for name in names):
        return False
    keeping.vault.forget(owner_hash)
    return True


def _forget_nobody(keeping: Keeping, *, now: datetime) -> int:
    """Destroy old keys of which no row names the owner; returns how many."""
    old = keeping.vault.tags(made_before=now - timedelta(days=NOBODYS_DAYS))
    with keeping.database.reading.begin() as session:
        staff = {f"account:{one}" for one in session.scalars(select(Account.id))}
        known = set(map(tag_of, owners(session) | staff | _IN_PASSING))
    nobodys = old - known
    for tag in nobodys:
        keeping.vault.forget_key(tag, keeping.vault.key_name(tag))
    return len(nobodys)
