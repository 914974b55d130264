"""The pages on which assessors learn to mark, and share good comments."""

from html import unescape

from sqlalchemy import select

from tests.marking_page.desk import OWNER, PAGE, Desk, Person
from tests.marking_page.trainee import exercise
from voice_app.marking import comments, controls, exemplary, training
from voice_app.models import GoodComment, Mark, Unmarked
from voice_app.routes.marking_desk import answer_of

TRAINING = f"{PAGE}/training"
COMMENTS = f"{TRAINING}/comments"
WORDS = "Repite bien las dos necesidades. Ahora diga también el límite."


def trainee(desk: Desk) -> Person:
    person = desk.staff(marks=())
    about = {"account": person.account, "micro_competence": "MC4", "step": "begin"}
    desk.staff("coordinator").send(f"{PAGE}/people/licenses", **about)
    return person


def waiting(desk: Desk) -> list[GoodComment]:
    with desk.here.database.reading.begin() as session:
        return list(exemplary.waiting(session, "here"))


def test_accents_come_first_and_the_way_is_told(desk: Desk) -> None:
    text = trainee(desk).open(TRAINING).text
    assert text.index("Accents are not errors") < text.index("How to listen fairly")
    assert "MC4: the exercise: 0 of 10 marks of this round" in text
    assert desk.staff("coordinator").open(TRAINING).status_code == 200
    assert TRAINING in desk.staff().open(PAGE).text


def test_each_level_of_a_rubric_has_its_sentence_and_its_example_in_each_language(
    desk: Desk,
) -> None:
    person = desk.staff()
    for language in desk.bank.employer_languages:
        text = unescape(person.open(f"{TRAINING}/rubrics/MC4?language={language}").text)
        for criterion in desk.bank.rubric.values():
            for level in criterion.levels:
                assert level.says["en"] in text
        assert f'<q lang="{language}">' in text
    assert person.open(f"{TRAINING}/rubrics/MC2").status_code == 404
    assert person.open(f"{TRAINING}/rubrics/MC9").status_code == 404


def test_a_lesson_sets_both_levels_beside_each_other_for_its_author_alone(desk: Desk) -> None:
    person = trainee(desk)
    lessons = [exercise(desk, person, always=0) for _ in range(4)]
    pages = [person.open(one).text for one in lessons]
    apart = [one for one in pages if "The reference: " in one]
    assert apart
    assert all("You: " in one and "What was said" in one for one in apart)
    assert "MC4, answer 4 of 10." in pages[-1]
    assert desk.staff().open(lessons[0]).status_code == 404
    assert person.open(f"{TRAINING}/marks/999").status_code == 404


def test_examples_are_in_the_languages_that_a_center_hears(desk: Desk) -> None:
    desk.answer()
    person = trainee(desk)
    heard = set()
    for _ in range(6):
        task = int(person.next().rpartition("/")[2])
        with desk.here.database.writing.begin() as session:
            row = session.get_one(Unmarked, task)
            heard.add(controls.example_of(row.item).language)
        person.send_json(f"{PAGE}/{task}/cannot", reason="noise")
    assert heard == {"fr"}


def test_every_example_is_shown_where_it_was_said_and_marked_as_a_whole(desk: Desk) -> None:
    for name in ("MC1", "MC4"):
        bank = desk.here.content.scenarios[name]
        with desk.here.database.writing.begin() as session:
            assert training.ship(session, bank, at=desk.here.clock()) >= 30
            shipped = controls.in_use(session, controls.SHIPPED)
            for row in (one for one in shipped if one.micro_competence == name):
                task = Unmarked(
                    seq=row.seq, micro_competence=name, attempt_id="", item=row.item, why="exercise"
                )
                shown = answer_of(session, desk.here, task)
                worth = bank.references[controls.example_of(row.item).key]
                assert shown.step is not None
                assert shown.step.id == worth.step
                assert set(shown.criteria) == set(shown.step.criteria) == set(row.levels)


def proposed(desk: Desk, person: Person) -> GoodComment:
    """Mark an answer with a comment that is proposed to the others."""
    given = desk.answer()
    task = person.next()
    person.listen(task)
    fields = desk.levels(given.step)
    criterion = next(iter(fields)).removeprefix("level:")
    sent = person.send_json(task, **fields, comment=WORDS, propose=criterion)
    assert sent.status_code == 200
    (row,) = waiting(desk)
    assert (row.text, row.criterion, row.language) == (WORDS, criterion, "es")
    return row


def test_a_comment_is_proposed_with_a_mark_and_shared_by_a_coordinator(desk: Desk) -> None:
    person, coordinator = desk.staff(), desk.staff("coordinator")
    row = proposed(desk, person)
    assert WORDS in coordinator.open(COMMENTS).text
    assert person.send(f"{COMMENTS}/{row.seq}", to="shared").status_code == 403
    assert coordinator.send(f"{COMMENTS}/{row.seq}", to="shared").status_code == 303
    assert waiting(desk) == []
    assert WORDS in desk.staff().open(f"{TRAINING}/rubrics/MC4").text


def test_what_is_shared_is_offered_where_it_fits_and_sent_by_somebody_else(desk: Desk) -> None:
    row = proposed(desk, desk.staff())
    desk.staff("coordinator").send(f"{COMMENTS}/{row.seq}", to="shared")
    given = desk.answer(owner="77" * 32)
    person = desk.staff()
    task = person.next()
    is_about = f"level:{row.criterion}" in desk.levels(given.step)
    assert (f'name="shared:{row.seq}"' in person.open(task).text) == is_about
    person.listen(task)
    sent = person.send_json(task, **desk.levels(given.step), **{f"shared:{row.seq}": "yes"})
    assert sent.status_code == 200
    with desk.here.database.reading.begin() as session:
        mark = session.scalars(select(Mark).where(Mark.author == person.name)).one()
    assert comments.of_mark(desk.here.vault, mark, owner="77" * 32).text == WORDS


def test_what_an_assessor_writes_is_proposed_only_where_it_names_nobody(desk: Desk) -> None:
    person = desk.staff()
    about = f"MC4.{next(iter(desk.bank.rubric))}"
    fields = {"about": about, "language": "es", "text": WORDS}
    assert person.send(COMMENTS, **fields).status_code == 409
    assert person.send(COMMENTS, **fields | {"about": "MC7.x"}, nobody="yes").status_code == 409
    assert person.send(COMMENTS, **fields | {"language": "xx"}, nobody="yes").status_code == 409
    assert waiting(desk) == []
    assert person.send(COMMENTS, **fields, nobody="yes").status_code == 303
    (row,) = waiting(desk)
    assert WORDS in person.open(COMMENTS).text
    assert WORDS not in desk.staff().open(COMMENTS).text
    stranger = desk.staff("coordinator", center="there")
    assert stranger.send(f"{COMMENTS}/{row.seq}", to="shared").status_code == 404
    coordinator = desk.staff("coordinator")
    assert coordinator.send(f"{COMMENTS}/{row.seq}", to="refused").status_code == 303
    assert WORDS not in coordinator.open(COMMENTS).text
    assert coordinator.send(f"{COMMENTS}/{row.seq}", to="shared").status_code == 409


def test_a_proposed_comment_that_is_too_long_keeps_the_mark_back(desk: Desk) -> None:
    given = desk.answer(owner=OWNER)
    person = desk.staff()
    task = person.next()
    person.listen(task)
    fields = desk.levels(given.step)
    criterion = next(iter(fields)).removeprefix("level:")
    told = person.send_json(task, **fields, comment="a" * 300, propose=criterion)
    assert told.status_code == 409
    assert "1 to 240 letters" in told.json()["trouble"]
    assert person.send_json(task, **fields, comment="a" * 300).status_code == 200
