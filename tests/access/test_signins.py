from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from voice_app.access import signins
from voice_app.db import Database, open_database
from voice_app.models import Account, Candidate, Center, SignIn

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(tmp_path_factory.mktemp("data") / "people.sqlite3")
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        session.add(Center(id="c1", name="Center", country="FR", made_at=NOW))
        session.flush()
        yield session
        session.rollback()


@pytest.fixture
def account(session: Session) -> Account:
    row = Account(
        id="a1", center_id="c1", role="coordinator", name="Ana", email="a@c.test", made_at=NOW
    )
    session.add(row)
    session.flush()
    return row


@pytest.fixture
def candidate(session: Session) -> Candidate:
    row = Candidate(id="p1", center_id="c1", help_language="es", owner_hash="f" * 64, made_at=NOW)
    session.add(row)
    session.flush()
    return row


def is_in(session: Session, secret: str, at: datetime) -> bool:
    return signins.found(session, secret, now=at) is not None


def test_no_row_holds_the_secret_or_the_token(session: Session, account: Account):
    secret = signins.begin(session, account, now=NOW)
    row = signins.found(session, secret, now=NOW)
    assert row is not None
    kept = {str(getattr(row, column.key)) for column in SignIn.__table__.columns}
    assert secret not in kept
    assert signins.csrf_of(secret) not in kept
    assert len(secret) >= 43


def test_every_sign_in_has_a_secret_of_its_own(session: Session, account: Account):
    assert len({signins.begin(session, account, now=NOW) for _ in range(5)}) == 5


def test_staff_are_out_after_a_quarter_of_an_hour_without_a_sign(
    session: Session, account: Account
):
    secret = signins.begin(session, account, now=NOW)
    assert is_in(session, secret, NOW + 14 * MINUTE)
    assert not is_in(session, secret, NOW + 15 * MINUTE)


def test_staff_are_out_after_eight_hours_whatever_they_do(session: Session, account: Account):
    secret = signins.begin(session, account, now=NOW)
    for minutes in range(0, 8 * 60, 10):
        at = NOW + minutes * MINUTE
        assert is_in(session, secret, at)
        signins.see(session, signins.digest(secret), now=at)
        session.expire_all()
    assert not is_in(session, secret, NOW + 8 * 60 * MINUTE)


def test_a_proof_is_fresh_for_five_minutes_and_can_be_given_anew(
    session: Session, account: Account
):
    secret = signins.begin(session, account, now=NOW)
    row = signins.found(session, secret, now=NOW)
    assert row is not None
    later = NOW + 5 * MINUTE
    before = signins.actor_of(session, row, now=NOW)
    after = signins.actor_of(session, row, now=later)
    assert before is not None
    assert after is not None
    assert (before.is_fresh, after.is_fresh) == (True, False)
    signins.refresh(session, row.id_hash, now=later)
    session.expire_all()
    again = signins.actor_of(session, row, now=later)
    assert again is not None
    assert again.is_fresh


def test_what_was_ended_stays_ended(session: Session, account: Account):
    one, other, third = (signins.begin(session, account, now=NOW) for _ in range(3))
    signins.end(session, signins.digest(one), now=NOW)
    session.expire_all()
    assert [is_in(session, secret, NOW) for secret in (one, other, third)] == [False, True, True]
    signins.end_all(session, now=NOW, account_id="a1", but=signins.digest(third))
    session.expire_all()
    assert [is_in(session, secret, NOW) for secret in (one, other, third)] == [False, False, True]
    assert [row.id_hash for row in signins.open_of(session, "a1", now=NOW)] == [
        signins.digest(third)
    ]


def test_ending_all_needs_somebody_named(session: Session):
    with pytest.raises(ValueError, match="whose"):
        signins.end_all(session, now=NOW)


def test_a_locked_account_is_nobody(session: Session, account: Account):
    row = signins.found(session, signins.begin(session, account, now=NOW), now=NOW)
    assert row is not None
    account.locked_at = NOW
    assert signins.actor_of(session, row, now=NOW) is None


def test_a_candidate_owns_what_their_hash_says_and_a_kiosk_forgets_them_sooner(
    session: Session, candidate: Candidate
):
    own = signins.begin(session, candidate, now=NOW)
    kiosk = signins.begin(session, candidate, now=NOW, device_id="d1")
    row = signins.found(session, kiosk, now=NOW)
    assert row is not None
    actor = signins.actor_of(session, row, now=NOW)
    assert actor is not None
    assert (actor.role, actor.owner_hash, actor.device) == ("candidate", "f" * 64, "d1")
    assert is_in(session, own, NOW + 31 * MINUTE)
    assert not is_in(session, kiosk, NOW + 31 * MINUTE)


def test_an_empty_or_made_up_secret_is_nobody(session: Session):
    assert not is_in(session, "", NOW)
    assert not is_in(session, "made-up", NOW)


def test_the_token_of_one_sign_in_is_not_that_of_another(session: Session, account: Account):
    one, other = (signins.begin(session, account, now=NOW) for _ in range(2))
    row = signins.found(session, one, now=NOW)
    assert row is not None
    assert signins.has_token(row, signins.csrf_of(one))
    assert not signins.has_token(row, signins.csrf_of(other))
    assert not signins.has_token(row, "")
