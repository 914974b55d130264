"""Whether an assessor can be relied on: the exercise, the shadow, missed controls, agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import agreement, conflicts, licensing, taking_back
from voice_app.marking.known import Compared, compare
from voice_app.marking.records import (
    CONTROL,
    DOUBTS,
    EXERCISE,
    REAL,
    RUBRIC,
    SHADOW,
    counted,
    open_turns,
    puzzling_items,
    stands,
)
from voice_app.marking.tasks import Bank
from voice_app.marking.turns import ask_again
from voice_app.models import Attempt, License, Mark

# Of so many controls in a row so many are missed: then the license is paused.
WINDOW, MISSED = 5, 2
# So many controls in the exercise, and so many marks in shadow, with so many in a hundred near.
EXERCISES, SHADOWS, NEAR_PERCENT = 10, 10, 90
# Live agreement below this, over so many answers at least, pauses too.
LEAST_KAPPA, LEAST_ANSWERS = 0.6, 10
LEAST_MARKS = 2
_LATELY = 50
_WHOLE_PERCENT = 100


@dataclass(frozen=True)
class Progress:
    """How far somebody is: `near` of `done` marks are within tolerance, `wanted` are needed.

    `tells_apart` is false where the levels given follow those known so little that always giving
    the same level would do as well.
    """

    state: str | None
    done: int
    near: int
    wanted: int
    tells_apart: bool = True

    @property
    def is_passed(self) -> bool:
        """Whether there are enough of them, and enough are near."""
        is_near = self.near * _WHOLE_PERCENT >= NEAR_PERCENT * self.done
        return 0 < self.wanted <= self.done and is_near and self.tells_apart


def progress(session: Session, account_id: str, micro_competence: str, *, bank: Bank) -> Progress:
    """Give how far somebody is on the way to a license.

    The exercise goes in rounds: of a round that is not passed nothing counts for the next.
    """
    row = licensing.since(session, account_id, micro_competence)
    match None if row is None else row.state:
        case licensing.EXERCISE if row is not None:
            return _of_exercise(session, row, bank=bank)
        case licensing.SHADOW if row is not None:
            lately = _lately(session, row, why=(SHADOW,), limit=SHADOWS)
            near = sum(one.is_near for one in compare(session, lately, bank=bank))
            return Progress(licensing.SHADOW, len(lately), near, SHADOWS)
        case state:
            return Progress(state, 0, 0, 0)


def _of_exercise(session: Session, row: License, *, bank: Bank) -> Progress:
    given = _lately(session, row, why=(EXERCISE,), limit=None)
    of_round = compare(session, given[: (len(given) - 1) % EXERCISES + 1], bank=bank)
    near = sum(one.is_near for one in of_round)
    pairs = [pair for one in of_round for pair in one.places]
    return Progress(row.state, len(of_round), near, EXERCISES, tells_apart=_tells_apart(pairs))


def _tells_apart(pairs: Sequence[tuple[int, int]]) -> bool:
    """Tell whether levels follow what is known: who gives all the same has a kappa of nothing."""
    levels = 1 + max((max(pair) for pair in pairs), default=0)
    kappa = agreement.weighted_kappa(pairs, levels) if levels > 1 else None
    return kappa is None or kappa >= LEAST_KAPPA


def appoint(
    session: Session,
    account_id: str,
    micro_competence: str,
    *,
    bank: Bank,
    author: str,
    at: datetime,
    reason: str | None = None,
) -> License:
    """License somebody who passed exercise and shadow. Raises `LicenseError`."""
    here = progress(session, account_id, micro_competence, bank=bank)
    return licensing.appoint(
        session,
        account_id,
        micro_competence,
        is_ready=here.is_passed,
        author=author,
        at=at,
        reason=reason,
    )


def look_at_control(session: Session, mark: Mark, *, bank: Bank, micro_competence: str) -> None:
    """See what a mark on a known answer says of its author: on with the way, or a pause."""
    account_id = conflicts.account_of(mark.author)
    row = account_id and licensing.since(session, account_id, micro_competence)
    if not row or account_id is None:
        return
    match row.state:
        case licensing.EXERCISE:
            if progress(session, account_id, micro_competence, bank=bank).is_passed:
                licensing.advance(session, account_id, micro_competence, at=mark.at)
        case licensing.LICENSED if has_missed(session, row, bank=bank):
            _pause(session, account_id, micro_competence, reason="controls", at=mark.at)


def look_at_marks(
    session: Session, attempt: Attempt, *, item: str, bank: Bank, at: datetime
) -> None:
    """Pause whoever agrees too little with the others, of those who settled an answer.

    Of two who differ nobody knows who is off: a third person hears it before anybody is paused.
    """
    why = RUBRIC if isinstance(bank, ScenarioBank) else DOUBTS
    given = counted(session, attempt.id, why=why).get(item, [])
    if len(given) < LEAST_MARKS or any(one.item == item for one in open_turns(session, attempt.id)):
        return
    for mark in given:
        account_id = conflicts.account_of(mark.author)
        row = account_id and licensing.since(session, account_id, attempt.assessment)
        if not row or row.state != licensing.LICENSED or account_id is None:
            continue
        compared = _compared(session, row, bank=bank)
        if not _is_low(compared):
            continue
        if _is_low([one for one in compared if one.is_decided]):
            _pause(session, account_id, attempt.assessment, reason="agreement", at=at)
        elif _is_split(session, given):
            ask_again(session, attempt, given, at=at)


def _pause(
    session: Session, account_id: str, micro_competence: str, *, reason: str, at: datetime
) -> None:
    """Pause a license; what its holder alone marked and nobody was told, another hears too."""
    licensing.pause(session, account_id, micro_competence, reason=reason, at=at)
    author = conflicts.author_of(account_id)
    taking_back.ask_seconds(session, author, micro_competence, at=at)


def has_missed(session: Session, row: License, *, bank: Bank) -> bool:
    """Tell whether so many of the last controls were missed that the license is to pause."""
    last = _lately(session, row, why=(CONTROL,), limit=WINDOW)
    return sum(not one.is_near for one in compare(session, last, bank=bank)) >= MISSED


def _compared(session: Session, row: License, *, bank: Bank) -> list[Compared]:
    lately = _lately(session, row, why=(*REAL, CONTROL), limit=_LATELY)
    return [one for one in compare(session, lately, bank=bank) if one.known is not None]


def _is_low(compared: Sequence[Compared]) -> bool:
    """Tell whether live agreement is too low, by kappa and by AC1.

    By both, because kappa alone is low as well where nearly all answers are equally good.
    """
    if len(compared) < LEAST_ANSWERS:
        return False
    return agreement.is_below([pair for one in compared for pair in one.places], LEAST_KAPPA)


def _is_split(session: Session, given: Sequence[Mark]) -> bool:
    """Tell whether two alone marked an answer, differ, and somebody else may be asked."""
    is_pair = len(given) == LEAST_MARKS and given[0].levels != given[1].levels
    puzzling = puzzling_items(session, given[0].attempt_id, why=given[0].why)
    return is_pair and given[0].item not in puzzling


def _lately(session: Session, row: License, *, why: Sequence[str], limit: int | None) -> list[Mark]:
    """Give the last marks of a licensed account since its license, the newest first."""
    is_shipped = (Mark.attempt_id == "") & Mark.item.startswith(f"{row.micro_competence}.")
    mine = (
        select(Mark)
        .outerjoin(Attempt, Attempt.id == Mark.attempt_id)
        .where(
            Mark.author == f"account:{row.account_id}",
            Mark.why.in_(why),
            Mark.reason.is_(None),
            Mark.at >= row.at,
            or_(Attempt.assessment == row.micro_competence, is_shipped),
            stands(),
        )
    )
    newest = mine.order_by(Mark.at.desc(), Mark.seq.desc()).limit(limit)
    return list(session.scalars(newest))
