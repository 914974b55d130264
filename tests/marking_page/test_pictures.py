"""An unsure answer among four pictures: what is heard is chosen, and what is right stays untold."""

from uuid import uuid4

from tests.journeys.conftest import voice_like_wav
from tests.marking_page.desk import CENTER, OWNER, PAGE, Desk
from voice_app import attempts
from voice_app.attempts import Given, Listens, Take
from voice_app.marking import opening
from voice_app.models import Attempt, Hearing, Mark, Unmarked


def unsure(desk: Desk) -> tuple[str, str]:
    """An attempt whose first item was answered aloud and left in doubt; gives both ids."""
    here = desk.here
    bank = here.content.assessments["MC3"]
    with here.database.writing.begin() as session:
        attempt = attempts.start(
            session,
            here.content,
            assessment="MC3",
            languages=("fr", "es"),
            owner=attempts.OwnerHash(OWNER),
            now=here.clock(),
            center=CENTER,
        )
        session.flush()
        rehearsal = bank.rehearsal
        given = Given(uuid4(), rehearsal.id, Listens(), here.clock())
        attempts.touch(session, bank, attempt=attempt, given=given, option=rehearsal.right)
        item = bank.sections[0].items[0]
        given = Given(uuid4(), item, Listens(), here.clock())
        kept = here.store.keep(str(given.id), voice_like_wav(), owner=OWNER)
        take = Take("audio/wav", kept.sha256, kept.byte_size, kept.path.name)
        attempts.speak(session, bank, attempt=attempt, given=given, take=take)
        session.flush()
        session.add(
            Hearing(
                utterance_id=str(given.id),
                decider="test",
                verdict="unsure",
                reasons=[],
                evidence={},
                content_version=bank.version,
                heard_at=here.clock(),
            )
        )
        opening.ask(session, attempt, item=item, why="unsure", at=here.clock())
        return attempt.id, item


def test_one_of_four_pictures_is_chosen_and_the_right_one_is_not_told(desk: Desk) -> None:
    attempt, name = unsure(desk)
    item = desk.here.content.assessments["MC3"].items[name]
    person = desk.staff()
    task = person.next()
    page = person.open(task).text
    for option in item.options:
        assert f'name="heard" value="{option.id}"' in page
    assert "Expected" not in page
    assert "checked" not in page
    assert person.send_json(task, heard=item.right).status_code == 409
    person.listen(task)
    assert person.send_json(task, heard="elephant").status_code == 409
    assert person.send_json(task, heard=item.right).status_code == 200
    with desk.here.database.reading.begin() as session:
        (mark,) = session.query(Mark).all()
        assert (mark.attempt_id, mark.levels) == (attempt, {"heard": item.right})
        assert not session.query(Unmarked).all()


def test_none_of_the_pictures_is_an_answer_too(desk: Desk) -> None:
    unsure(desk)
    person = desk.staff()
    task = person.next()
    person.listen(task)
    assert person.send(task, heard="none").headers["location"] == f"{PAGE}/next"
    with desk.here.database.reading.begin() as session:
        assert session.query(Attempt).count() == 1
        assert [one.levels for one in session.query(Mark)] == [{"heard": "none"}]
