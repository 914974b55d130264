"""Whether an assessor can be relied on: the exercise, the shadow, missed controls, agreement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import agreement, conflicts, controls, licensing, tasks
from voice_app.marking.comparing import HEARD, is_within, middle
from voice_app.marking.records import (
    CONTROL,
    EXERCISE,
    REAL,
    SHADOW,
    counted,
    micro_competence_of,
    stands,
)
from voice_app.marking.tasks import Bank
from voice_app.models import Attempt, License, Mark
from voice_app.scoring.rubric import Scales

# Of so many controls in a row so many are missed: then the license is paused.
WINDOW, MISSED = 5, 2
# So many controls in the exercise, and so many marks in shadow, with so many in a hundred near.
EXERCISES, SHADOWS, NEAR_PERCENT = 10, 10, 90
# Live agreement below this, over so many answers at least, pauses too.
LEAST_KAPPA, LEAST_ANSWERS = 0.6, 10
_LATELY = 50
_WHOLE_PERCENT = 100


@dataclass(frozen=True)
class Progress:
    """How far somebody is: `near` of `done` marks are within tolerance, `wanted` are needed."""

    state: str | None
    done: int
    near: int
    wanted: int

    @property
    def is_passed(self) -> bool:
        """Whether there are enough of them, and enough are near."""
        is_near = self.near * _WHOLE_PERCENT >= NEAR_PERCENT * self.done
        return 0 < self.wanted <= self.done and is_near


def progress(session: Session, account_id: str, micro_competence: str, *, bank: Bank) -> Progress:
    """Give how far somebody is on the way to a license."""
    row = licensing.since(session, account_id, micro_competence)
    wanted = {licensing.EXERCISE: EXERCISES, licensing.SHADOW: SHADOWS}
    if row is None or row.state not in wanted:
        return Progress(None if row is None else row.state, 0, 0, 0)
    why = EXERCISE if row.state == licensing.EXERCISE else SHADOW
    lately = _lately(session, row, why=(why,))[: wanted[row.state]]
    near = sum(is_near(session, mark, bank=bank) for mark in lately)
    return Progress(row.state, len(lately), near, wanted[row.state])


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
            licensing.pause(session, account_id, micro_competence, reason="controls", at=mark.at)


def look_at_marks(
    session: Session, attempt: Attempt, *, item: str, bank: ScenarioBank, at: datetime
) -> None:
    """Pause whoever agrees too little with the others, of those who marked an answer."""
    for mark in counted(session, attempt.id).get(item, []):
        account_id = conflicts.account_of(mark.author)
        row = account_id and licensing.since(session, account_id, attempt.assessment)
        if not row or row.state != licensing.LICENSED or account_id is None:
            continue
        if is_apart(session, row, bank=bank):
            licensing.pause(session, account_id, attempt.assessment, reason="agreement", at=at)


def has_missed(session: Session, row: License, *, bank: Bank) -> bool:
    """Tell whether so many of the last controls were missed that the license is to pause."""
    last = _lately(session, row, why=(CONTROL,))[:WINDOW]
    return sum(not is_near(session, one, bank=bank) for one in last) >= MISSED


def is_apart(session: Session, row: License, *, bank: ScenarioBank) -> bool:
    """Tell whether live agreement is too low, by kappa and by AC1.

    By both, because kappa alone is low as well where nearly all answers are equally good.
    """
    pairs = [
        pair
        for mark in _lately(session, row, why=(*REAL, CONTROL))
        for pair in _pairs(session, mark, bank=bank)
    ]
    answers = {(pair.attempt_id, pair.item) for pair in pairs}
    if len(answers) < LEAST_ANSWERS:
        return False
    places = [(pair.given, pair.known) for pair in pairs]
    return agreement.is_below(places, LEAST_KAPPA)


@dataclass(frozen=True)
class Pair:
    """One criterion of one answer: the place of the level given, and of the one that is known."""

    attempt_id: str
    item: str
    criterion: str
    given: int
    known: int


def is_near(session: Session, mark: Mark, *, bank: Bank) -> bool:
    """Tell whether a mark is within tolerance of what is known of the answer."""
    known = known_of(session, mark)
    return known is not None and is_within(mark.levels, known, _scales(session, mark, bank=bank))


def known_of(session: Session, mark: Mark) -> dict[str, object] | None:
    """Give what is known of an answer besides this mark: the reference, or the others' middle.

    None while there is nothing.
    """
    if mark.why in (CONTROL, EXERCISE):
        row = controls.reference(session, attempt_id=mark.attempt_id, item=mark.item)
        return None if row is None else row.levels
    given = [
        one.levels
        for why in REAL
        for one in counted(session, mark.attempt_id, why=why).get(mark.item, [])
        if len(one.levels) and (one.seq != mark.seq)
    ]
    if not given:
        return None
    # Of three the middle one says more than the mean of the two others.
    return middle([*given, mark.levels] if mark.is_counted and len(given) > 1 else given)


def _pairs(session: Session, mark: Mark, *, bank: ScenarioBank) -> Iterable[Pair]:
    known = known_of(session, mark)
    if known is None or HEARD in known:
        return
    for name, scale in _scales(session, mark, bank=bank).items():
        places = list(scale).index
        given, other = places(mark.levels[name]), places(int(str(known[name])))
        yield Pair(mark.attempt_id, mark.item, name, given, other)


def _scales(session: Session, mark: Mark, *, bank: Bank) -> Scales:
    if not isinstance(bank, ScenarioBank):
        return {}
    if not mark.attempt_id:
        return tasks.scales_of(bank, tuple(mark.levels))
    return tasks.scales(session.get_one(Attempt, mark.attempt_id), mark.item)


def _lately(session: Session, row: License, *, why: Sequence[str]) -> list[Mark]:
    """Give the last marks of a licensed account since its license, the newest first."""
    mine = select(Mark).where(
        Mark.author == f"account:{row.account_id}",
        Mark.why.in_(why),
        Mark.reason.is_(None),
        Mark.at >= row.at,
        stands(),
    )
    found = session.scalars(mine.order_by(Mark.at.desc(), Mark.seq.desc()).limit(4 * _LATELY))
    same = row.micro_competence
    return [one for one in found if micro_competence_of(session, one) == same][:_LATELY]
