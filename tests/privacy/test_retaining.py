"""What is due goes by the table, at its time and not before; the rest stays."""

import os
import re
import time
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from tests.privacy.people import NOW, Clock, Person, days, enter, openable
from voice_app import privacy
from voice_app.access import signins
from voice_app.jobs import Daily
from voice_app.models import (
    Attempt,
    Badge,
    Candidate,
    Card,
    Center,
    Consent,
    Erasure,
    Hearing,
    Outcome,
    Referral,
    RetentionRun,
    Row,
    Ruling,
    SignIn,
    Unheard,
    Utterance,
)
from voice_app.people import accounts
from voice_app.privacy import RULES, Keeping, due, last_run, retain, seal_old
from voice_app.routes import staff_joining
from voice_app.vault import VaultError, has_speech, tag_of

DOCS = Path(__file__).parents[2] / "docs" / "privacy.md"


def count(house: Keeping, table: type) -> int:
    with house.database.reading.begin() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_every_table_has_one_rule():
    ruled = [name for rule in RULES for name in rule.tables]
    assert len(ruled) == len(set(ruled))
    assert set(Row.metadata.tables) == set(ruled)


def test_rows_that_go_for_their_age_alone_have_that_column():
    for rule in RULES:
        for name in rule.tables if rule.aged else ():
            assert rule.days is not None
            assert rule.aged in Row.metadata.tables[name].c


def test_the_table_of_the_docs_is_that_of_the_program():
    told = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$",
        DOCS.read_text("utf-8"),
        re.MULTILINE,
    )
    assert [line for line in told if line[0] not in {"Kind", "---"}] == [
        (rule.kind, "-" if rule.days is None else str(rule.days), rule.since, rule.basis, rule.then)
        for rule in RULES
    ]


def test_a_voice_goes_after_its_time_and_the_marks_stay(house: Keeping, folder: Path):
    ana = enter(house, "ana", has_badge=True)
    assert due(house, NOW + days(119.9)).counts == {}
    later = NOW + days(120.1)
    assert due(house, later).counts == {"voices": 2}
    row = retain(house, later)
    assert row.deleted == {"voices": 2, "files": 2}
    assert [count(house, one) for one in (Attempt, Utterance, Hearing, Outcome, Badge)] == [
        1,
        2,
        2,
        1,
        1,
    ]
    with house.database.reading.begin() as session:
        assert not any(has_speech(one.evidence) for one in session.scalars(select(Hearing)))
    # The yes to the badge holds, so its voice is kept, and so is the key.
    assert openable(folder, house.vault, [ana]) == 1
    assert due(house, later).counts == {}


def test_looking_at_what_is_due_deletes_nothing(house: Keeping, folder: Path):
    ana = enter(house, "ana")
    due(house, NOW + days(3000))
    assert openable(folder, house.vault, [ana]) >= 5
    assert count(house, RetentionRun) == 0


def test_a_voice_that_waits_for_the_machine_stays_for_a_year(house: Keeping):
    enter(house, "ana", waits=True, is_ended=False)
    assert due(house, NOW + days(364)).counts == {"voices": 2}
    assert due(house, NOW + days(366)).counts["voices"] == 3


@pytest.mark.parametrize("why", ["contest", "sample", "sign-off", "doubt"])
def test_a_voice_that_a_person_has_to_hear_stays_until_they_did(house: Keeping, why: str):
    ana = enter(house, "ana")
    enter(house, "ben")
    item = "broom" if why == "contest" else ""
    with house.database.writing.begin() as session:
        referral = Referral(attempt_id=ana.attempt, item=item, why=why, at=NOW + days(80))
        session.add(referral)
    assert due(house, NOW + days(364)).counts == {"voices": 2}
    assert due(house, NOW + days(366)).counts == {"voices": 4}
    with house.database.writing.begin() as session:
        session.add(ruling(ana.attempt, item, answers=referral.seq))
    assert due(house, NOW + days(121)).counts == {"voices": 4}


def test_a_voice_in_doubt_stays_until_a_person_decided(house: Keeping):
    ana = enter(house, "ana", is_ended=False)
    with house.database.writing.begin() as session:
        session.add(ended(ana.attempt, "to_review", reviews=1))
    assert due(house, NOW + days(364)).counts == {}
    assert due(house, NOW + days(366)).counts == {"voices": 2}
    with house.database.writing.begin() as session:
        session.add(ended(ana.attempt, "passed", reviews=0))
    assert due(house, NOW + days(121)).counts == {"voices": 2}


def ruling(attempt: str, item: str, *, answers: int) -> Ruling:
    return Ruling(
        attempt_id=attempt,
        item=item,
        verdict="right" if item else "confirmed",
        referral_seq=answers,
        author="command",
        at=NOW + days(100),
    )


def ended(attempt: str, state: str, *, reviews: int) -> Outcome:
    return Outcome(
        attempt_id=attempt, state=state, points=1, maximum=2, reviews=reviews, decided_at=NOW
    )


def test_the_time_of_a_voice_begins_with_the_last_outcome(house: Keeping):
    ana = enter(house, "ana")
    with house.database.writing.begin() as session:
        session.add(
            Outcome(
                attempt_id=ana.attempt,
                state="passed",
                points=2,
                maximum=2,
                reviews=0,
                decided_at=NOW + days(60),
            )
        )
    assert due(house, NOW + days(130)).counts == {}
    assert due(house, NOW + days(181)).counts == {"voices": 2}


def test_an_attempt_without_a_badge_goes_whole(house: Keeping, folder: Path):
    enter(house, "ana")
    ben = enter(house, "ben", has_badge=True)
    retain(house, NOW + days(731))
    assert [count(house, one) for one in (Attempt, Hearing, Badge)] == [1, 2, 1]
    with house.database.reading.begin() as session:
        assert session.scalars(select(Attempt.owner_hash)).one() == ben.owner
    assert not list(folder.rglob("*-*.take")) or all(
        "yes-" in one.name for one in folder.rglob("*.take")
    )


def test_an_attempt_that_waits_goes_whole_too(house: Keeping):
    enter(house, "ana", waits=True, is_ended=False)
    retain(house, NOW + days(731))
    assert [count(house, one) for one in (Attempt, Unheard, Utterance)] == [0, 0, 0]


def test_a_word_that_was_taken_back_goes_after_three_years(house: Keeping):
    ana = enter(house, "ana")
    with house.database.writing.begin() as session:
        session.add(
            Consent(
                purpose="show-badge",
                subject="x",
                owner_hash=ana.owner,
                is_given=False,
                was_played=False,
                at=NOW + days(1),
            )
        )
    assert "consents" not in due(house, NOW + days(1094)).counts
    retain(house, NOW + days(1097))
    assert count(house, Consent) == 0
    assert house.store.kept(ana.consent_recording) == ()


def test_a_yes_that_holds_stays(house: Keeping):
    ana = enter(house, "ana", has_badge=True)
    retain(house, NOW + days(5000))
    assert count(house, Consent) == 1
    assert len(house.store.kept(ana.consent_recording)) == 1


def test_the_key_of_somebody_long_gone_goes_too(house: Keeping):
    ana = enter(house, "ana")
    house.store.remove(ana.consent_recording)
    row = retain(house, NOW + days(121))
    assert row.deleted["keys"] == 1
    assert not house.vault.has_key(ana.owner)


def test_the_service_does_it_once_a_day_and_catches_up(house: Keeping, clock: Clock):
    daily = Daily(house)
    assert [daily.look(), daily.look()] == [True, False]
    clock.now = NOW + days(1.1)
    assert [daily.look(), daily.look()] == [True, False]
    with house.database.reading.begin() as session:
        assert last_run(session).at == clock.now


def looked(house: Keeping, daily: Daily, *, times: int = 1) -> int:
    """Let the thread run until it did its work, or for five seconds."""
    daily.start()
    until = time.monotonic() + 5
    while time.monotonic() < until and count(house, RetentionRun) < times:
        time.sleep(0.01)
    daily.stop()
    return count(house, RetentionRun)


def test_a_service_that_is_on_for_half_an_hour_deletes_too(house: Keeping):
    assert looked(house, Daily(house, first_seconds=0)) == 1
    assert Daily(house).first_seconds <= 300


@pytest.mark.parametrize(
    "fault",
    [
        ValueError("canary"),
        IntegrityError("canary", None, Exception()),
        OSError("canary"),
        VaultError("canary"),
    ],
)
def test_a_fault_of_today_leaves_tomorrow_its_work(
    house: Keeping, caplog: pytest.LogCaptureFixture, fault: Exception
):
    faults = [fault]

    def clock() -> datetime:
        if faults:
            raise faults.pop()
        return NOW

    failing = Keeping(house.database, house.store, house.vault, clock)
    assert looked(house, Daily(failing, first_seconds=0, looks_seconds=0.01)) == 1
    assert type(fault).__name__ in caplog.text
    assert "canary" not in caplog.text


def test_what_is_being_heard_or_taken_along_stays_while_it_lasts(house: Keeping):
    ana = enter(house, "ana")
    kept = house.store.kept(ana.utterances[0])[0]
    with (
        house.store.opened(kept.path.name, owner=ana.owner) as take,
        house.store.scratch.folder() as packing,
    ):
        retain(house, NOW + days(121))
        assert take.exists()
        assert packing.exists()


def test_keys_of_nobody_go_after_a_month(house: Keeping, folder: Path):
    ana, ben = enter(house, "ana"), enter(house, "ben")
    with house.database.writing.begin() as session:
        account = accounts.make(
            session,
            center_id=None,
            role="operator",
            name="Rosa",
            email="rosa@center.example",
            by="command",
            now=NOW,
        )
    kept = (ana.owner, ben.owner, f"account:{account.id}", staff_joining._WAITING)
    for owner in (*kept, "stranger-1", "stranger-2"):
        house.vault.seal(b"", owner=owner)
    assert set(map(tag_of, (*kept, "stranger-1"))) <= house.vault.tags()
    made = NOW - days(29)
    age_keys(folder, made)
    retain(house, NOW)
    assert house.vault.has_key("stranger-1")
    age_keys(folder, made - days(2))
    house.vault.forget("stranger-2")
    house.vault.seal(b"", owner="stranger-2")
    assert retain(house, NOW).deleted == {"keys": 1}
    assert house.vault.tags() == set(map(tag_of, (*kept, "stranger-2")))
    assert openable(folder, house.vault, [ana, ben]) >= 10


def age_keys(folder: Path, at: datetime) -> None:
    for key in (folder / "vault" / "keys").iterdir():
        os.utime(key, (at.timestamp(), at.timestamp()))


def enrolled(house: Keeping, person: Person) -> str:
    """Make a person a candidate with a card, enrolled at NOW."""
    with house.database.writing.begin() as session:
        center = Center(id="c", name="Center", country="ES", made_at=NOW)
        one = Candidate(
            id=str(uuid4()),
            center_id="c",
            call_name="Ana",
            help_language="es",
            owner_hash=person.owner,
            made_at=NOW,
        )
        session.add(session.merge(center))
        session.flush()
        session.add(one)
        session.flush()
        card = {"id": str(uuid4()), "secret_hash": person.owner, "picture": "dog"}
        session.add(Card(candidate_id=one.id, made_at=NOW, **card))
    return one.id


def visited(house: Keeping, candidate: str, *, at: datetime) -> None:
    with house.database.writing.begin() as session:
        signins.begin(session, session.get_one(Candidate, candidate), now=at)


def test_a_candidate_who_never_came_back_is_forgotten_after_three_years(house: Keeping):
    ana = enter(house, "ana", has_badge=True)
    enrolled(house, ana)
    assert "people" not in due(house, NOW + days(1095)).counts
    later = NOW + days(1097)
    assert due(house, later).counts["people"] == 1
    assert retain(house, later).deleted["people"] == 1
    tables = (Candidate, Card, Consent, Badge)
    assert [count(house, one) for one in tables] == [0, 0, 1, 1]
    assert not house.vault.has_key(ana.owner)
    with house.database.reading.begin() as session:
        wish = session.scalars(select(Erasure)).one()
        assert ana.owner not in privacy.owners(session)
    assert (wish.scope, wish.badges, wish.asked_by) == ("everything", "kept", "machine:retention")
    assert wish.done_at
    assert retain(house, later).deleted == {}


def test_a_candidate_who_was_here_stays_and_so_does_the_day_they_were(house: Keeping):
    ana = enter(house, "ana")
    candidate = enrolled(house, ana)
    for day in (300, 600):
        visited(house, candidate, at=NOW + days(day))
    retain(house, NOW + days(1097))
    assert [count(house, one) for one in (Candidate, SignIn)] == [1, 1]
    assert "people" not in due(house, NOW + days(600 + 1095)).counts
    assert due(house, NOW + days(600 + 1097)).counts["people"] == 1


def test_an_attempt_is_a_visit(house: Keeping):
    enrolled(house, enter(house, "ana", at=NOW + days(500)))
    assert "people" not in due(house, NOW + days(500 + 1095)).counts
    assert due(house, NOW + days(500 + 1097)).counts["people"] == 1


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every look at a whole folder of recordings."""
    found: list[Path] = []
    glob = Path.glob

    def counted(folder: Path, pattern: str):
        if folder.name == "recordings":
            found.append(folder)
        return glob(folder, pattern)

    monkeypatch.setattr(Path, "glob", counted)
    return found


def test_many_people_take_no_more_looks_at_the_store_than_one(house: Keeping, looks: list[Path]):
    enter(house, "ana")
    retain(house, NOW + days(121))
    of_one = len(looks)
    for name in "bcdefg":
        enter(house, name, at=NOW + days(200))
    looks.clear()
    assert retain(house, NOW + days(321)).deleted["voices"] == 12
    assert len(looks) == of_one


def test_what_was_heard_is_not_read_to_know_what_is_due(house: Keeping):
    enter(house, "ana")
    retain(house, NOW + days(121))
    enter(house, "ben")
    read: list[Hearing] = []

    def note(row: Hearing, _context: object) -> None:
        read.append(row)

    event.listen(Hearing, "load", note)
    seal_old(house)
    assert due(house, NOW + days(121)).counts == {"voices": 2}
    event.remove(Hearing, "load", note)
    assert read == []


@pytest.mark.parametrize("seconds", [0, 1])
def test_retaining_twice_changes_nothing_more(house: Keeping, seconds: int):
    enter(house, "ana")
    later = NOW + days(800)
    retain(house, later)
    assert retain(house, later + days(seconds / 86400)).deleted == {}
