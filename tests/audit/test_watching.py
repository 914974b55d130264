from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.db import Database
from voice_app.models import Attempt, AuditEntry, Consent, Outcome

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def told(session: Session) -> list[tuple[str, str, str, str | None]]:
    rows = session.scalars(select(AuditEntry).order_by(AuditEntry.seq))
    return [(one.actor, one.action, one.subject, one.after) for one in rows]


def attempt() -> Attempt:
    return Attempt(
        id="a1",
        owner_hash="b" * 64,
        assessment="MC3",
        employer_language="fr",
        help_language="es",
        content_version="v1",
        criteria={"percent": 60, "items": [], "center": "c1"},
        started_at=NOON,
    )


def outcome() -> Outcome:
    return Outcome(attempt_id="a1", state="passed", points=1, maximum=1, reviews=0, decided_at=NOON)


def consent(*, is_given: bool) -> Consent:
    return Consent(
        purpose="show-badge",
        subject="K7",
        owner_hash="b" * 64,
        is_given=is_given,
        language="fr",
        phrase="share.consent",
        text="Oui, je montre mon badge.",
        was_played=True,
        at=NOON,
    )


def test_rows_leave_their_entry_by_being_added(database: Database) -> None:
    with database.writing.begin() as session:
        session.add(attempt())
        session.flush()
        session.add_all([outcome(), consent(is_given=True)])
        session.flush()
        session.add(consent(is_given=False))
    with database.reading.begin() as session:
        owner = "owner:" + "b" * 16
        entries = told(session)
        assert entries[0] == (owner, "attempt.begun", "attempt:a1", "MC3/fr/v1")
        assert set(entries[1:3]) == {
            ("machine:scoring", "attempt.ended", "attempt:a1", "passed"),
            (owner, "consent.given", "show-badge:K7", None),
        }
        assert entries[3] == (owner, "consent.withdrawn", "show-badge:K7", None)
        assert session.get_one(AuditEntry, 1).center == "c1"


def test_whoever_acts_is_named(database: Database) -> None:
    with database.writing.begin() as session:
        audit.acting(session, "account:7")
        session.add(attempt())
    with database.writing.begin() as session:
        session.add(outcome())
    with database.reading.begin() as session:
        assert [one[0] for one in told(session)] == ["account:7", "machine:scoring"]


def test_rows_that_are_taken_back_leave_nothing(database: Database) -> None:
    with database.writing() as session:
        session.add(attempt())
        session.flush()
        session.rollback()
    with database.reading.begin() as session:
        assert told(session) == []


def test_a_recording_that_staff_heard_is_noted(database: Database) -> None:
    with database.writing.begin() as session:
        audit.heard(session, "u1", by="account:7", center="c1", at=NOON)
    with database.reading.begin() as session:
        assert told(session) == [("account:7", "recording.heard", "recording:u1", None)]


def test_the_key_in_use_is_noted_once_and_when_it_changes(database: Database) -> None:
    for key in ("key-1", "key-1", "key-2"):
        with database.writing.begin() as session:
            audit.key_in_use(session, key, at=NOON)
    with database.reading.begin() as session:
        assert [one[3] for one in told(session)] == ["key:key-1", "key:key-2"]
