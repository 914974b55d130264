"""An attempt at planning, said aloud and answered badly, whose candidate does not agree."""

from uuid import uuid4

from sqlalchemy.orm import Session

from tests.journeys.conftest import voice_like_wav
from tests.marking_page.desk import CENTER, OWNER, Desk
from voice_app import appeals, attempts, outcomes, scenes
from voice_app.dialogues import pictured
from voice_app.dialogues.scenario import Arranging, Choosing, Listen, Picking, ScenarioBank
from voice_app.dialogues.scenes import DoStep
from voice_app.models import Attempt


def appealed(desk: Desk) -> str:
    """An attempt at planning that nobody answered well, whose candidate does not agree."""
    here, now = desk.here, desk.here.clock()
    bank = here.content.scenarios["MC2"]
    with here.database.writing.begin() as session:
        attempt = scenes.start(
            session,
            here.content,
            assessment="MC2",
            languages=("fr", "es"),
            owner=attempts.OwnerHash(OWNER),
            now=now,
            center=CENTER,
        )
        session.flush()
        while isinstance(turn := scenes.turn(session, bank, attempt=attempt, now=now), DoStep):
            if isinstance(turn.step.task, Arranging):
                say(session, desk, attempt, turn)
            answer(session, bank, attempt, turn)
        outcomes.settle(session, bank, attempt=attempt, award=here.award, now=now)
        appeals.make(session, attempt, bank=bank, at=now)
        return attempt.id


def say(session: Session, desk: Desk, attempt: Attempt, turn: DoStep) -> None:
    """Say an order aloud, before one is confirmed by touch."""
    given = attempts.Given(uuid4(), turn.step.id, attempts.Listens(), attempt.started_at)
    name = str(given.id)
    stored = desk.here.store.keep(name, voice_like_wav(), owner=attempt.owner_hash)
    take = attempts.Take("audio/wav", stored.sha256, stored.byte_size, stored.path.name)
    bank = desk.here.content.scenarios["MC2"]
    scenes.speak(session, bank, attempt=attempt, given=given, take=take)


def answer(session: Session, bank: ScenarioBank, attempt: Attempt, turn: DoStep) -> None:
    given = attempts.Given(uuid4(), turn.step.id, attempts.Listens(), attempt.started_at)
    match turn.step.task:
        case Listen():
            scenes.touch(session, bank, attempt=attempt, given=given, option="understood")
        case Choosing(options, right):
            wrong = next(one for one in options if one != right)
            option = right if turn.is_rehearsal else wrong
            scenes.touch(session, bank, attempt=attempt, given=given, option=option)
        case Picking(options, several):
            wrong = [one for one in options if one not in several]
            chosen = sorted(several) if turn.is_rehearsal else wrong
            scenes.put_in_order(session, bank, attempt=attempt, given=given, options=chosen)
        case Arranging() as task:
            cards = [one.id for one in task.cards if one.id not in task.kept]
            least = min(cards, key=lambda one: pictured.points(turn.step, [one]))
            scenes.put_in_order(session, bank, attempt=attempt, given=given, options=[least])
