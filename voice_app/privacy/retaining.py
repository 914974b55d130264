"""Deleting what is due: by the table of rules, once a day, with a report of what was done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, Table, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from voice_app.audit import record
from voice_app.consents import recordings as consent_recordings
from voice_app.models import (
    Account,
    Attempt,
    Badge,
    BadgeEvent,
    Candidate,
    Consent,
    Hearing,
    Outcome,
    Referral,
    Response,
    RetentionRun,
    Row,
    Ruling,
    SignIn,
    Unheard,
    Utterance,
)
from voice_app.privacy.belongings import owners, parts_of, recordings
from voice_app.privacy.deleting import delete_rows, forget_inferences, has_words, silence
from voice_app.privacy.erasing import erase, finish
from voice_app.privacy.keeper import Keeping
from voice_app.privacy.rules import (
    ATTEMPT_DAYS,
    CANDIDATE_DAYS,
    NOBODYS_DAYS,
    PROOF_DAYS,
    RULES,
    VOICE_DAYS,
    VOICE_DAYS_AT_MOST,
    Rule,
)
from voice_app.privacy.sealing import seal_old
from voice_app.vault import tag_of

_ORPHAN_AGE = timedelta(days=1)
_MACHINE = "machine:retention"
# Whoever joins the staff has no account yet: all of them have one key, for some minutes.
_IN_PASSING = {"joining"}


@dataclass(frozen=True)
class Due:
    """What is due now: voices, whole attempts, old words, rows by table, and `people` by owner."""

    voices: Sequence[str]
    attempts: Sequence[str]
    words: Sequence[int]
    aged: Mapping[str, int]
    people: Sequence[str]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        found = {
            "voices": len(self.voices),
            "attempts": len(self.attempts),
            "consents": len(self.words),
            "people": len(self.people),
        }
        return {name: count for name, count in (found | dict(self.aged)).items() if count}


def due(keeping: Keeping, now: datetime) -> Due:
    """Say what would go now; deletes nothing."""
    there = keeping.store.ids()
    with keeping.database.reading.begin() as session:
        return Due(
            voices=_old_voices(session, now, there=there),
            attempts=session.scalars(_old_attempts(now)).all(),
            words=session.scalars(_old_words(now)).all(),
            aged={rule.kind: _count_aged(session, rule, now=now) for rule in RULES if rule.aged},
            people=session.scalars(_gone_people(now)).all(),
        )


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


def last_run(session: Session) -> RetentionRun | None:
    """Give the last run; None before the first."""
    return session.scalar(select(RetentionRun).order_by(RetentionRun.seq.desc()).limit(1))


def _old_voices(session: Session, now: datetime, *, there: Collection[str]) -> Sequence[str]:
    """Utterances of which the sound, or what was heard in it, is there still and is due."""
    old = _due_voices(now)
    told = select(Hearing.utterance_id).where(Hearing.utterance_id.in_(old), has_words())
    heard = set(session.scalars(told))
    return [one for one in session.scalars(old) if one in there or one in heard]


def _due_voices(now: datetime) -> Select[str]:
    """Utterances whose sound is due; what waits to be heard is not, until the year is over.

    By the machine, or by a person: a doubt, a contest, a sample or a sign-off.
    """
    decided = (
        select(func.max(Outcome.decided_at))
        .where(Outcome.attempt_id == Response.attempt_id)
        .scalar_subquery()
    )
    since = func.coalesce(decided, Response.received_at)
    waits = or_(exists().where(Unheard.utterance_id == Utterance.id), _is_with_a_person())
    is_due = or_(
        and_(since < now - timedelta(days=VOICE_DAYS), ~waits),
        Response.received_at < now - timedelta(days=VOICE_DAYS_AT_MOST),
    )
    return select(Utterance.id).join(Response, Response.id == Utterance.id).where(is_due)


def _is_with_a_person() -> ColumnElement[bool]:
    """Give the condition of answers in attempts on which a person has still to decide."""
    later = aliased(Outcome)
    is_replaced = exists().where(later.attempt_id == Outcome.attempt_id, later.seq > Outcome.seq)
    is_in_doubt = exists().where(
        Outcome.attempt_id == Response.attempt_id, Outcome.reviews > 0, ~is_replaced
    )
    is_answered = exists().where(
        Ruling.attempt_id == Referral.attempt_id, Ruling.referral_seq == Referral.seq
    )
    is_referred = exists().where(Referral.attempt_id == Response.attempt_id, ~is_answered)
    return or_(is_in_doubt, is_referred)


def _old_attempts(now: datetime) -> Select[str]:
    badge = exists().where(Badge.attempt_id == Attempt.id)
    return select(Attempt.id).where(Attempt.started_at < now - timedelta(days=ATTEMPT_DAYS), ~badge)


def _gone_people(now: datetime) -> Select[str]:
    """Candidates who have not been here for so long that they will hardly come back."""
    limit = now - timedelta(days=CANDIDATE_DAYS)
    has_begun = exists().where(
        Attempt.owner_hash == Candidate.owner_hash, Attempt.started_at >= limit
    )
    was_here = exists().where(SignIn.candidate_id == Candidate.id, SignIn.seen_at >= limit)
    return select(Candidate.owner_hash).where(Candidate.made_at < limit, ~has_begun, ~was_here)


def _old_words(now: datetime) -> Select[int]:
    """Words of long ago that something newer took the place of, or that are a no."""
    newer = aliased(Consent)
    is_replaced = exists().where(
        newer.purpose == Consent.purpose, newer.subject == Consent.subject, newer.seq > Consent.seq
    )
    names_badge = exists().where(BadgeEvent.consent_seq == Consent.seq)
    return select(Consent.seq).where(
        Consent.at < now - timedelta(days=PROOF_DAYS),
        or_(is_replaced, ~Consent.is_given),
        ~names_badge,
    )


def _delete(session: Session, wanted: Due, *, now: datetime) -> list[str]:
    """Delete the rows; returns the names of the recordings that go with them."""
    names = list(wanted.voices)
    silence(session, wanted.voices)
    forget_inferences(session, wanted.attempts)
    for attempt_id in wanted.attempts:
        names += _utterances_of(session, attempt_id)
        delete_rows(session, parts_of(attempt_id))
    for seq in wanted.words:
        word = session.get_one(Consent, seq)
        names += [word.recording] if word.recording else []
        session.delete(word)
    for rule in RULES:
        for table, is_due in _aged(rule, now=now):
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


def _aged(rule: Rule, *, now: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables of a rule whose rows go for their age alone, and which rows."""
    if rule.aged is None or rule.days is None:
        return
    for name in rule.tables:
        table = Row.metadata.tables.get(name)
        if table is not None:
            is_old = table.c[rule.aged] < now - timedelta(days=rule.days)
            yield table, is_old & ~_is_last_visit() if name == "sign_in" else is_old


def _is_last_visit() -> ColumnElement[bool]:
    """Give the condition of sign-ins that tell when a candidate was last here."""
    later = aliased(SignIn)
    is_followed = exists().where(
        later.candidate_id == SignIn.candidate_id, later.begun_at > SignIn.begun_at
    )
    return SignIn.candidate_id.is_not(None) & ~is_followed


def _count_aged(session: Session, rule: Rule, *, now: datetime) -> int:
    return sum(
        session.scalar(select(func.count()).select_from(table).where(is_due)) or 0
        for table, is_due in _aged(rule, now=now)
    )


def _sweep(keeping: Keeping, *, now: datetime) -> int:
    """Remove what an upload left that never became a row."""
    with keeping.database.reading.begin() as session:
        known = set(session.scalars(select(Utterance.id))) | consent_recordings(session)
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
        names = recordings(session, owner_hash)
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
