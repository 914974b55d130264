"""What is due now by the table of rules: asked of the rows, and nothing deleted."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from voice_app.models import (
    Attempt,
    Badge,
    BadgeEvent,
    Candidate,
    Consent,
    Hearing,
    Mark,
    Outcome,
    Referral,
    Response,
    Row,
    Ruling,
    SignIn,
    Unheard,
    Unmarked,
    Utterance,
)
from voice_app.privacy.belongings import said_aloud
from voice_app.privacy.deleting import has_words
from voice_app.privacy.keeper import Keeping
from voice_app.privacy.rules import (
    ATTEMPT_DAYS,
    CANDIDATE_DAYS,
    PROOF_DAYS,
    RULES,
    VOICE_DAYS,
    VOICE_DAYS_AT_MOST,
    Rule,
)


@dataclass(frozen=True)
class Due:
    """What is due now: voices, whole attempts, old words, rows by table, and `people` by owner.

    `comments` are marks of which the spoken comment is due.
    """

    voices: Sequence[str]
    comments: Sequence[int]
    attempts: Sequence[str]
    words: Sequence[int]
    aged: Mapping[str, int]
    people: Sequence[str]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        found = {
            "voices": len(self.voices),
            "comments": len(self.comments),
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
            comments=session.scalars(_old_comments(now)).all(),
            attempts=session.scalars(_old_attempts(now)).all(),
            words=session.scalars(_old_words(now)).all(),
            aged={rule.kind: _count_aged(session, rule, now=now) for rule in RULES if rule.aged},
            people=session.scalars(_gone_people(now)).all(),
        )


def aged(rule: Rule, *, now: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables of a rule whose rows go for their age alone, and which rows."""
    if rule.aged is None or rule.days is None:
        return
    for name in rule.tables:
        table = Row.metadata.tables.get(name)
        if table is not None:
            is_old = table.c[rule.aged] < now - timedelta(days=rule.days)
            yield table, is_old & ~_is_last_visit() if name == "sign_in" else is_old


def _old_voices(session: Session, now: datetime, *, there: Collection[str]) -> Sequence[str]:
    """Utterances of which the sound, or what was heard in it, is there still and is due."""
    old = _due_voices(now)
    told = select(Hearing.utterance_id).where(Hearing.utterance_id.in_(old), has_words())
    heard = set(session.scalars(told))
    return [one for one in session.scalars(old) if one in there or one in heard]


def _old_comments(now: datetime) -> Select[int]:
    """Marks of long ago that came with a recording."""
    is_old = Mark.at < now - timedelta(days=VOICE_DAYS)
    return select(Mark.seq).where(is_old, Mark.seq.in_(said_aloud().with_only_columns(Mark.seq)))


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
    is_unmarked = exists().where(Unmarked.attempt_id == Response.attempt_id)
    return or_(is_in_doubt, is_referred, is_unmarked)


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
        for table, is_due in aged(rule, now=now)
    )
