"""After a person is forgotten nothing they said can be opened: rows, files, journal, backups."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.privacy.people import (
    NOW,
    Clock,
    days,
    enter,
    in_the_clear,
    open_house,
    openable,
)
from voice_app.models import (
    Attempt,
    AuditEntry,
    Badge,
    BadgeEvent,
    Consent,
    Erasure,
    Hearing,
    Inference,
    Outcome,
    Response,
    Ruling,
    Unheard,
    Utterance,
)
from voice_app.privacy import (
    Keeping,
    carry_out,
    erase,
    finish,
    recordings,
    replay,
    retain,
)
from voice_app.vault import KeyGone


def forget(house: Keeping, owner: str, *, scope="everything", badges="kept") -> str:
    with house.database.writing.begin() as session:
        wish = erase(session, owner, scope=scope, badges=badges, asked_by="holder", at=NOW)
    carry_out(house, wish.id)
    return wish.id


def count(house: Keeping, table: type, *where: object) -> int:
    with house.database.reading.begin() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


@pytest.mark.parametrize("scope", ["voice", "everything"])
def test_no_byte_of_speech_can_be_opened_afterwards(house: Keeping, folder: Path, scope: str):
    ana = enter(house, "ana", waits=True)
    backup = folder.parent / "backup"
    # A backup as it is told to be made: all but the folder of the keys.
    shutil.copytree(folder, backup, ignore=shutil.ignore_patterns("vault"))
    assert in_the_clear(folder) == []
    # The search itself finds what there is: three takes, a yes, two hearings.
    assert openable(folder, house.vault, [ana]) >= 6
    assert openable(backup, house.vault, [ana]) >= 6
    forget(house, ana.owner, scope=scope)
    assert openable(folder, house.vault, [ana]) == 0
    assert openable(backup, house.vault, [ana]) == 0
    assert list(folder.rglob("*.take")) == []
    assert not (folder / "voice-app.sqlite3-wal").read_bytes()
    assert all(
        ana.owner.encode() not in path.read_bytes()
        for path in (folder / "vault").iterdir()
        if path.is_file()
    )


def test_deleted_rows_leave_no_page_behind(house: Keeping, folder: Path):
    ana = enter(house, "ana")
    path = folder / "voice-app.sqlite3"
    forget(house, ana.owner)
    whole = path.read_bytes() + (folder / "voice-app.sqlite3-wal").read_bytes()
    assert ana.utterances[0].encode() not in whole
    assert ana.owner.encode() not in whole


def test_another_person_keeps_everything(house: Keeping, folder: Path):
    ana, ben = enter(house, "ana"), enter(house, "ben")
    forget(house, ana.owner)
    assert count(house, Attempt) == 1
    assert openable(folder, house.vault, [ben]) >= 5


def test_without_the_voice_marks_and_badges_stay(house: Keeping):
    ana = enter(house, "ana", has_badge=True)
    forget(house, ana.owner, scope="voice")
    assert [count(house, one) for one in (Attempt, Response, Outcome, Badge)] == [1, 2, 1, 1]
    with house.database.reading.begin() as session:
        heard = session.scalars(select(Hearing)).all()
        word = session.scalars(select(Consent)).one()
    assert [(row.verdict, set(row.evidence)) for row in heard] == [
        ("right", {"choice", "quality"})
    ] * 2
    assert word.is_given
    assert (word.recording, word.recording_sha256, word.untold) == (None, None, "deleted")


def test_what_waits_to_be_heard_is_asked_again(house: Keeping):
    ana = enter(house, "ana", waits=True, is_ended=False)
    forget(house, ana.owner, scope="voice")
    assert count(house, Unheard) == 0
    with house.database.reading.begin() as session:
        row = session.scalars(select(Hearing).where(Hearing.utterance_id == ana.waiting)).one()
    assert (row.verdict, row.trouble, row.evidence) == ("unusable", "empty", {})


def test_a_new_voice_after_the_old_one_is_kept_as_ever(house: Keeping, folder: Path):
    ana = enter(house, "ana")
    forget(house, ana.owner, scope="voice")
    again = enter(house, "ana")
    assert openable(folder, house.vault, [again]) >= 4


def test_a_badge_can_stay_good_with_nobody_behind_it(house: Keeping):
    ana = enter(house, "ana", has_badge=True)
    forget(house, ana.owner, badges="kept")
    assert [count(house, one) for one in (Badge, Response, Utterance, Hearing, Outcome)] == [
        1,
        0,
        0,
        0,
        0,
    ]
    assert count(house, BadgeEvent, BadgeEvent.kind == "revoked") == 0
    with house.database.reading.begin() as session:
        attempt = session.scalars(select(Attempt)).one()
        word = session.scalars(select(Consent)).one()
    assert ana.owner not in {attempt.owner_hash, word.owner_hash}
    assert attempt.owner_hash != word.owner_hash
    assert word.recording is None


def test_a_badge_can_be_cancelled_with_everything(house: Keeping):
    ana = enter(house, "ana", has_badge=True)
    forget(house, ana.owner, badges="cancelled")
    with house.database.reading.begin() as session:
        event = session.scalars(select(BadgeEvent).where(BadgeEvent.kind == "revoked")).one()
    assert (event.badge_code, event.reason, event.author) == (ana.badge, "holder-asked", "holder")


def test_events_of_the_machine_stay_without_a_way_back(house: Keeping):
    ana = enter(house, "ana")
    with house.database.writing.begin() as session:
        hearing = session.scalars(select(Hearing)).first()
        session.add(
            Inference(
                hearing_seq=hearing.seq,
                attempt_id=ana.attempt,
                item="broom",
                decider="logistic-2",
                content_version="1",
                input_digest="0" * 64,
                evidence_digest="0" * 64,
                thresholds={},
                verdict="right",
                at=NOW,
            )
        )
        session.add(
            Ruling(attempt_id=ana.attempt, item="broom", verdict="right", author="command", at=NOW)
        )
    forget(house, ana.owner)
    assert count(house, Ruling) == 0
    with house.database.reading.begin() as session:
        event = session.scalars(select(Inference)).one()
    assert event.attempt_id != ana.attempt
    assert event.hearing_seq < 0


def test_the_log_says_that_it_was_done_and_not_whose(house: Keeping):
    ana = enter(house, "ana")
    wish = forget(house, ana.owner)
    with house.database.reading.begin() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        row = session.get_one(Erasure, wish)
    assert (entry.action, entry.subject) == ("erased.everything", f"erasure:{wish}")
    assert row.done_at == NOW
    assert row.files == []
    assert row.counts["hearing"] == 2


def test_what_a_crash_interrupts_is_finished(house: Keeping, folder: Path):
    ana = enter(house, "ana")
    with house.database.writing.begin() as session:
        erase(session, ana.owner, scope="everything", asked_by="holder", at=NOW)
    assert openable(folder, house.vault, [ana]) >= 3
    assert [finish(house), finish(house)] == [1, 0]
    assert openable(folder, house.vault, [ana]) == 0
    assert list(folder.rglob("*.take")) == []


def test_whom_a_restored_backup_brings_back_is_forgotten_again(
    house: Keeping, folder: Path, clock: Clock
):
    ana = enter(house, "ana", has_badge=True)
    ben = enter(house, "ben")
    house.database.empty_journal()
    backup = folder.parent / "backup"
    shutil.copytree(folder, backup, ignore=shutil.ignore_patterns("vault"))
    wish = forget(house, ana.owner, badges="cancelled")
    house.database.close()
    # The restored rows and recordings, beside the folder of the keys as it is today.
    shutil.copytree(folder / "vault", backup / "vault")
    clock.now = NOW + days(3)
    restored = open_house(backup, clock)
    assert openable(backup, restored.vault, [ana]) == 0
    assert openable(backup, restored.vault, [ben]) >= 4
    assert [replay(restored), replay(restored)] == [1, 0]
    assert count(restored, Attempt, Attempt.owner_hash == ana.owner) == 0
    assert count(restored, BadgeEvent, BadgeEvent.kind == "revoked") == 1
    assert count(restored, Attempt, Attempt.owner_hash == ben.owner) == 1
    assert list(backup.rglob(f"{ana.utterances[0]}*")) == []
    with restored.database.reading.begin() as session:
        assert session.get_one(Erasure, wish).asked_by == "machine:restore"
    restored.database.close()


def test_years_after_a_wish_a_start_takes_nothing_that_came_since(house: Keeping, folder: Path):
    forget(house, enter(house, "ana").owner, scope="voice")
    again = enter(house, "ana", at=NOW + days(1900))
    retain(house, NOW + days(1901))
    assert [replay(house), finish(house)] == [0, 0]
    assert openable(folder, house.vault, [again]) >= 4


@pytest.mark.parametrize("scope", ["voice", "everything"])
def test_a_wish_that_is_done_again_takes_only_what_was_there_then(
    house: Keeping, folder: Path, scope: str
):
    old = enter(house, "ana", has_badge=True)
    wish = forget(house, old.owner, scope=scope)
    again = enter(house, "ana", at=NOW + days(1), waits=True)
    with house.database.writing.begin() as session:
        session.delete(session.get_one(Erasure, wish))
    assert replay(house) == 1
    assert openable(folder, house.vault, [again]) >= 6
    assert count(house, Unheard) == 1
    assert count(house, Attempt, Attempt.owner_hash == old.owner) == (2 if scope == "voice" else 1)
    with house.database.reading.begin() as session:
        assert len(recordings(session, old.owner)) >= 4


def test_a_wish_that_was_half_carried_out_spares_the_next_key(house: Keeping, folder: Path):
    ana = enter(house, "ana")
    with house.database.writing.begin() as session:
        wish = erase(session, ana.owner, scope="voice", asked_by="holder", at=NOW)
    carry_out(house, wish.id)
    with house.database.writing.begin() as session:
        session.get_one(Erasure, wish.id).done_at = None
    again = enter(house, "ana", at=NOW + days(1))
    assert finish(house) == 1
    assert openable(folder, house.vault, [again]) >= 4


def test_a_recording_of_the_forgotten_is_gone_for_whoever_kept_its_name(house: Keeping):
    ana = enter(house, "ana")
    kept = house.store.kept(ana.utterances[0])[0]
    sealed = kept.path.read_bytes()
    forget(house, ana.owner)
    kept.path.write_bytes(sealed)
    with pytest.raises(KeyGone):
        house.store.read(kept.path.name, owner=ana.owner)
