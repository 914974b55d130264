"""Who marks questions hears what the employer answered to them, once they have listened."""

from html import unescape
from uuid import uuid4

from tests.journeys.conftest import voice_like_wav
from tests.marking_page.desk import CENTER, OWNER, Desk
from voice_app import attempts, begun, scenes
from voice_app.dialogues.scenario import Asking, Scenario, Step
from voice_app.marking import opening
from voice_app.models import Attempt, Hearing, Response

FOUND = {"stretches": [], "found": [], "order": []}
SAID = "What the employer answered"


def asking(desk: Desk, attempt: Attempt) -> tuple[Scenario, Step]:
    bank = desk.here.content.scenarios["MC1"]
    drawn = (bank.scenarios[name] for name in begun.drawn(attempt))
    every = ((one, step) for one in drawn for step in one.steps)
    return next((one, step) for one, step in every if isinstance(step.task, Asking))


def asked(desk: Desk) -> list[str]:
    """Somebody asks one thing aloud, then touches another; gives what the employer answered."""
    here = desk.here
    with here.database.writing.begin() as session:
        attempt = scenes.start(
            session,
            here.content,
            assessment="MC1",
            languages=("fr", "es"),
            owner=attempts.OwnerHash(OWNER),
            now=here.clock(),
            center=CENTER,
        )
        session.flush()
        scenario, step = asking(desk, attempt)
        assert isinstance(step.task, Asking)
        aloud, touched, *_ = [one for one in step.task.questions if one.answer]
        sound = (str(uuid4()), voice_like_wav())
        desk._keep(session, attempt, step=step.id, sound=sound, evidence=FOUND)
        session.query(Hearing).one().reasons = [aloud.id]
        row = Response(
            id=str(uuid4()),
            attempt_id=attempt.id,
            item=step.id,
            kind="touch",
            option=touched.id,
            plays_normal=1,
            plays_slow=0,
            takes=0,
            received_at=here.clock(),
        )
        session.add(row)
        opening.ask(session, attempt, item=step.id, why="rubric", at=here.clock())
        says = scenario.tellings["fr"].says
        return [says[one.answer] for one in (aloud, touched) if one.answer]


def test_what_the_employer_answered_is_told_in_its_order_and_heard(desk: Desk) -> None:
    answers = asked(desk)
    assessor = desk.staff(marks=("MC1",))
    task = assessor.next()
    assert SAID not in assessor.open(task).text
    assert SAID not in assessor.open(f"{task}/proposal").text
    assert assessor.listen(task).status_code == 200
    told = unescape(assessor.open(f"{task}/proposal?listened=5").text)
    places = [told.index(one) for one in ("Take 1, then:", *answers[:1], "A touch on a picture")]
    assert places == sorted(places)
    assert told.index(answers[1]) > places[-1]
    heard = [one for one in told.split('"') if one.endswith(".mp3")]
    assert len(heard) == 2
    assert all(assessor.client.get(one).status_code == 200 for one in heard)


def test_of_other_tasks_nothing_follows(desk: Desk) -> None:
    desk.answer(evidence=FOUND)
    assessor = desk.staff()
    task = assessor.next()
    assessor.listen(task)
    assert SAID not in assessor.open(f"{task}/proposal?listened=5").text
