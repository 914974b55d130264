"""A candidate does not agree with an outcome, or with how one answer was marked."""

from datetime import datetime

from sqlalchemy.orm import Session

from voice_app import attempts, marking, oversight
from voice_app.appeals.records import State, answer_of, referral, told
from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.marking import tasks
from voice_app.marking.records import APPEAL, counted
from voice_app.marking.tasks import Bank
from voice_app.marking.turns import ask
from voice_app.models import Attempt, Referral
from voice_app.oversight import WHOLE


class AppealedBefore(VoiceAppError):
    """One appeal is made for an attempt; then people talk to each other."""


class NothingToAppeal(VoiceAppError):
    """There is no outcome yet, or nothing of it could be better."""


def state(session: Session, attempt: Attempt) -> State:
    """Give how far the appeal of an attempt is."""
    row = referral(session, attempt, why=APPEAL, item=WHOLE)
    if row is not None:
        return answer_of(session, row) or "open"
    ended = told(session, attempt)
    return "none" if ended is None or ended.points >= ended.maximum else "can"


def make(session: Session, attempt: Attempt, *, bank: Bank, at: datetime) -> Referral:
    """Take the candidate's word that the outcome is not right: other people look at it.

    Its outcome is to be settled anew after it. Raises `AppealedBefore` or `NothingToAppeal`.
    """
    now = state(session, attempt)
    if now == "none":
        raise NothingToAppeal("There is nothing that could be looked at again.")
    if now != "can":
        raise AppealedBefore("Somebody looks at this outcome again, or has done so.")
    row = oversight.refer(session, attempt.id, why="appeal", at=at)
    match bank:
        case ScenarioBank():
            if attempt.criteria["rubric"]:
                marking.appeal(session, attempt, at=at)
        case Assessment():
            for item in _not_right(session, attempt, bank=bank):
                oversight.contest(session, attempt, item=item, at=at)
    return row


def contest(session: Session, attempt: Attempt, *, step: str, at: datetime) -> Referral:
    """Take the candidate's word that one spoken task is to be heard again, by somebody else.

    Again while it waits changes nothing. Raises `NotMarked` where people do not mark it, and
    `ContestedBefore`.
    """
    tasks.scales(attempt, step)
    if counted(session, attempt.id, why=APPEAL).get(step):
        raise oversight.ContestedBefore("Another person has listened to this answer.")
    row = oversight.refer(session, attempt.id, why="contest", item=step, at=at)
    ask(session, attempt, item=step, why=APPEAL, at=at)
    return row


def _not_right(session: Session, attempt: Attempt, *, bank: Assessment) -> list[str]:
    """Give the items to hear again: the spoken ones that do not count, else the touched ones."""
    said = attempts.responses(session, attempt.id, bank=bank)
    words = oversight.words(session, attempt.id)
    standings = oversight.standings(bank, said, words=words)
    spoken = {one.item for one in said if one.kind == "speech"}
    others = [
        item for item, now in standings.items() if now != "right" and item not in words.answered
    ]
    return [item for item in others if item in spoken] or others
