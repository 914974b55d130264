from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.db import Database
from voice_app.models import (
    Attempt,
    AuditEntry,
    Badge,
    BadgeEvent,
    Candidate,
    Center,
    CenterPolicy,
    Consent,
    Outcome,
    Referral,
    Ruling,
    Stop,
)

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


def consent(*, is_given: bool, phrase: str | None = "share.consent") -> Consent:
    return Consent(
        purpose="show-badge",
        subject="K7",
        owner_hash="b" * 64,
        is_given=is_given,
        language="fr",
        phrase=phrase,
        text="Oui, je montre mon badge.",
        was_played=True,
        at=NOON,
    )


def badge(code: str) -> Badge:
    return Badge(
        code=code,
        attempt_id="a1",
        micro_competence="MC3",
        employer_language="fr",
        credential="{}",
        key_id="k",
        issued_at=NOON,
    )


def test_rows_leave_their_entry_by_being_added(database: Database) -> None:
    with database.writing.begin() as session:
        session.add(attempt())
        session.flush()
        session.add_all([outcome(), consent(is_given=True)])
        session.flush()
        session.add(consent(is_given=False, phrase=None))
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


def test_a_no_is_no_yes_that_is_taken_back(database: Database) -> None:
    with database.writing.begin() as session:
        session.add(consent(is_given=False))
    with database.reading.begin() as session:
        assert [one[1] for one in told(session)] == ["consent.refused"]


def test_who_contests_is_the_one_whose_answer_it_is(database: Database) -> None:
    with database.writing.begin() as session:
        session.add(attempt())
        session.flush()
        session.add(Referral(attempt_id="a1", item="i", why="contest", at=NOON))
        session.flush()
        session.add(Referral(attempt_id="a1", item="", why="sample", at=NOON))
    with database.reading.begin() as session:
        assert told(session)[1:] == [
            ("owner:" + "b" * 16, "referral.contest", "attempt:a1/i", None),
            ("machine:oversight", "referral.sample", "attempt:a1/", None),
        ]


def test_what_is_about_a_center_is_found_by_the_center(database: Database) -> None:
    rows = [
        outcome(),
        Referral(attempt_id="a1", item="i", why="contest", at=NOON),
        Ruling(attempt_id="a1", item="i", verdict="right", author="account:7", at=NOON),
        Stop(scope="center", name="c1", is_stopped=True, reason="drill", author="x", at=NOON),
        CenterPolicy(center="c1", automatic=[], sample_percent=5, author="x", at=NOON),
        consent(is_given=True),
        badge("K7"),
        BadgeEvent(badge_code="K7", kind="hidden", author="holder", at=NOON),
        Stop(scope="all", name="", is_stopped=True, reason="drill", author="x", at=NOON),
    ]
    with database.writing.begin() as session:
        session.add(Center(id="c1", name="Soleil", country="FR", made_at=NOON))
        session.flush()
        who = {"center_id": "c1", "help_language": "es", "made_at": NOON}
        session.add_all([Candidate(id="p1", owner_hash="b" * 64, **who), attempt()])
        session.flush()
        for row in rows:
            session.add(row)
            session.flush()
    with database.reading.begin() as session:
        found = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    assert len(found) == 1 + len(rows)
    others = [(one.subject, one.center) for one in found if one.center != "c1"]
    assert others == [("all:", None)]


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
