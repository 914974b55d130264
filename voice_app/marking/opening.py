"""What people are asked to mark: spoken tasks, unsure answers that may change it, and doubts."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import attempts, oversight
from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import tasks
from voice_app.marking.policies import is_drawn, policy_of
from voice_app.marking.records import (
    APPEAL,
    CONTEST,
    RUBRIC,
    SAMPLE,
    UNSURE,
    center_of,
    has_jury,
    marks_of,
    open_turns,
)
from voice_app.marking.tasks import Bank
from voice_app.models import Attempt, Unmarked
from voice_app.scoring import flips


def open_marks(session: Session, attempt: Attempt, *, bank: Bank, at: datetime) -> int:
    """Ask people for the marks that a finished attempt needs; returns how many are new.

    Done again it adds only what is missing, and takes back what an unsure answer can no longer
    change.
    """
    match bank:
        case ScenarioBank():
            return _open_tasks(session, attempt, at=at)
        case Assessment():
            return _open_answers(session, attempt, bank=bank, at=at)


def appeal(session: Session, attempt: Attempt, *, at: datetime) -> int:
    """Have every spoken task marked by one more person; it never lowers what counts.

    Returns how many are new: none where it was asked before.
    """
    known = _known(session, attempt, why=APPEAL)
    missing = [step for step in tasks.spoken(attempt) if step not in known]
    return sum(ask(session, attempt, item=step, why=APPEAL, at=at) for step in missing)


def ask(
    session: Session, attempt: Attempt, *, item: str, why: str, turn: int = 1, at: datetime
) -> bool:
    """Ask for one more mark on an answer; False where it is asked for already."""
    about = (Unmarked.attempt_id == attempt.id) & (Unmarked.item == item)
    same = about & (Unmarked.why == why) & (Unmarked.turn == turn)
    if session.scalar(select(Unmarked.seq).where(same)) is not None:
        return False
    row = Unmarked(
        attempt_id=attempt.id,
        item=item,
        why=why,
        turn=turn,
        center=center_of(attempt),
        micro_competence=attempt.assessment,
        since=at,
    )
    session.add(row)
    session.flush()
    return True


def _open_tasks(session: Session, attempt: Attempt, *, at: datetime) -> int:
    if has_jury(session, attempt.id):
        return 0
    known = _known(session, attempt, why=RUBRIC)
    percent = policy_of(session, center_of(attempt)).double_percent
    turns = [
        (step, turn)
        for step in tasks.spoken(attempt)
        if step not in known
        for turn in (1, 2)
        if turn == 1 or _is_doubled(session, attempt, step=step, percent=percent)
    ]
    return sum(
        ask(session, attempt, item=step, why=RUBRIC, turn=turn, at=at) for step, turn in turns
    )


def _is_doubled(session: Session, attempt: Attempt, *, step: str, percent: int) -> bool:
    about = f"{attempt.id}/{step}"
    return is_drawn(session, "double mark", about=about, percent=percent)


def _known(session: Session, attempt: Attempt, *, why: str) -> set[str]:
    """Give the answers that were marked for a reason, or wait for it."""
    marked = {mark.item for mark in marks_of(session, attempt.id) if mark.why == why}
    return marked | {one.item for one in open_turns(session, attempt.id) if one.why == why}


def _open_answers(session: Session, attempt: Attempt, *, bank: Assessment, at: datetime) -> int:
    said = attempts.responses(session, attempt.id, bank=bank)
    words = oversight.words(session, attempt.id)
    standings = oversight.standings(bank, said, words=words)
    wanted = _wanted(session, attempt, standings=standings, contested=words.contested)
    _withdraw(session, attempt, wanted=wanted)
    return sum(ask(session, attempt, item=item, why=why, at=at) for item, why in wanted.items())


def _wanted(
    session: Session,
    attempt: Attempt,
    *,
    standings: Mapping[str, oversight.Standing],
    contested: Iterable[str],
) -> Mapping[str, str]:
    """Give by item why a person is to hear it."""
    contests = frozenset(contested)
    unsure = {one: 1 for one, now in standings.items() if now == "for_person"}
    right = sum(now == "right" for now in standings.values())
    percent = attempt.criteria["percent"]
    decide = flips.to_hear(right, unsure, maximum=len(standings), percent=percent)
    share = policy_of(session, center_of(attempt)).unsure_sample_percent
    drawn = {
        one
        for one in unsure.keys() - decide
        if is_drawn(session, "unsure sample", about=f"{attempt.id}/{one}", percent=share)
    }
    return (
        dict.fromkeys(sorted(drawn), SAMPLE)
        | dict.fromkeys(sorted(decide), UNSURE)
        | dict.fromkeys(sorted(contests), CONTEST)
    )


def _withdraw(session: Session, attempt: Attempt, *, wanted: Mapping[str, str]) -> None:
    """Take back what waits for no reason any more, unless somebody has it on the screen."""
    for row in open_turns(session, attempt.id):
        if wanted.get(row.item) != row.why and row.claimed_by is None:
            session.delete(row)
    session.flush()
