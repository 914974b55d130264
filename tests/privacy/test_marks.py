import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.privacy.people import NOW, Person, enter, openable
from voice_app.marking import comments
from voice_app.marking.comments import Comment, Recording
from voice_app.models import Conflict, License, Mark, Unmarked
from voice_app.privacy import Keeping, carry_out, due, erase, export, known_recordings, retain
from voice_app.vault import Scope

SAID = b"RIFF what an assessor said: you asked clearly"
TEXT = "You asked clearly, and thanked her."


def told(house: Keeping, person: Person) -> Recording:
    """A mark with a comment in words and aloud."""
    recording = comments.keep(house.store, SAID, media_type="audio/webm", owner=person.owner)
    mark = Mark(
        attempt_id=person.attempt,
        item="home.ask",
        why="rubric",
        turn=1,
        author="account:ana",
        levels={"clear": 2},
        comment={},
        is_counted=True,
        listened_seconds=3.0,
        began_at=NOW,
        at=NOW,
    )
    comment = Comment(text=TEXT, offers=("clear.good",), recording=recording)
    about = comments.about_of(mark)
    mark.comment = comments.closed(house.vault, comment, owner=person.owner, about=about)
    with house.database.writing.begin() as session:
        session.add(mark)
    return recording


def read(house: Keeping, person: Person) -> list[Comment]:
    with house.database.reading.begin() as session:
        marks = session.scalars(select(Mark).where(Mark.attempt_id == person.attempt)).all()
    return [comments.of_mark(house.vault, one, owner=person.owner) for one in marks]


def test_a_comment_is_kept_sealed_and_given_again(house: Keeping, folder: Path) -> None:
    ana = enter(house, "ana")
    recording = told(house, ana)
    assert read(house, ana) == [Comment(TEXT, ("clear.good",), recording)]
    assert house.store.read(recording.name, owner=ana.owner) == SAID
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any(SAID in one or TEXT.encode() in one for one in files)


@pytest.mark.parametrize("scope", ["voice", "everything"])
def test_what_was_told_to_the_forgotten_is_gone(house: Keeping, folder: Path, scope: Scope) -> None:
    ana, ben = enter(house, "ana"), enter(house, "ben")
    gone, kept = told(house, ana), told(house, ben)
    with house.database.writing.begin() as session:
        wish = erase(session, ana.owner, scope=scope, asked_by="holder", at=NOW)
    carry_out(house, wish.id)
    assert not house.store.has(gone.name)
    assert openable(folder, house.vault, [ana]) == 0
    assert read(house, ana) == ([comments.NOTHING] if scope == "voice" else [])
    assert read(house, ben) == [Comment(TEXT, ("clear.good",), kept)]


def test_a_spoken_comment_goes_when_its_answer_goes(house: Keeping) -> None:
    ana = enter(house, "ana")
    recording = told(house, ana)
    assert due(house, NOW + timedelta(days=119)).counts == {}
    later = NOW + timedelta(days=121)
    assert due(house, later).counts["comments"] == 1
    retain(house, later)
    assert not house.store.has(recording.name)
    assert due(house, later).counts == {}


def test_what_was_told_is_handed_out_opened(house: Keeping, tmp_path: Path) -> None:
    ana = enter(house, "ana")
    told(house, ana)
    export(house, ana.owner, tmp_path / "all.zip", summary=b"")
    with zipfile.ZipFile(tmp_path / "all.zip") as file:
        (mark,) = json.loads(file.read("index.json"))["rows"]["mark"]
        assert mark["comment"]["text"] == TEXT
        assert file.read(f"voice/comment-{mark['seq']}.webm") == SAID


def test_a_spoken_comment_is_no_orphan(house: Keeping) -> None:
    ana = enter(house, "ana")
    recording = told(house, ana)
    with house.database.reading.begin() as session:
        assert recording.id in known_recordings(session)
    retain(house, NOW + timedelta(days=2))
    assert house.store.has(recording.name)


def test_a_voice_that_waits_for_marks_stays(house: Keeping) -> None:
    ana = enter(house, "ana")
    waits = Unmarked(
        attempt_id=ana.attempt,
        item="home.ask",
        why="rubric",
        turn=1,
        center="c1",
        micro_competence="MC1",
        since=NOW,
    )
    with house.database.writing.begin() as session:
        session.add(waits)
    assert "voices" not in due(house, NOW + timedelta(days=200)).counts


def test_with_a_person_go_the_rows_that_people_made_about_them(house: Keeping) -> None:
    ana = enter(house, "ana")
    told(house, ana)
    conflict = Conflict(
        account_id="acc", owner_hash=ana.owner, kind="relative", is_over=False, author="x", at=NOW
    )
    license_ = License(account_id="acc", micro_competence="MC1", state="paused", author="x", at=NOW)
    with house.database.writing.begin() as session:
        session.add_all((conflict, license_))
    with house.database.writing.begin() as session:
        erase(session, ana.owner, scope="everything", asked_by="holder", at=NOW)
    with house.database.reading.begin() as session:
        assert session.scalars(select(Mark)).all() == []
        assert session.scalars(select(Conflict)).all() == []
        assert len(session.scalars(select(License)).all()) == 1
