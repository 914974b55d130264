"""How a center has answers marked: how often twice, how many controls, and what is promised."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.errors import VoiceAppError
from voice_app.models import MarkingPolicy

_DRAWS = 10_000
_WHOLE_PERCENT = 100
_MOST_CONTROLS = 50
_MOST_DAYS = 30


class MarkingPolicyError(VoiceAppError):
    """A way of marking that no center may choose."""


@dataclass(frozen=True)
class Policy:
    """How answers are marked; shares in a hundred.

    `double_percent` of spoken tasks get two independent marks, `control_percent` of what an
    assessor is given are controls, `unsure_sample_percent` of the unsure answers that change
    nothing are heard all the same. `is_proposal_first`: what the machine found is shown before
    the first listening. `promise_days` are working days.
    """

    double_percent: int = 100
    control_percent: int = 10
    unsure_sample_percent: int = 10
    is_proposal_first: bool = False
    promise_days: int = 5


DEFAULT = Policy()


def choose(
    session: Session, center: str | None, *, policy: Policy, author: str, at: datetime
) -> None:
    """Set how answers are marked that come from now on. Raises `MarkingPolicyError`."""
    _check(policy)
    session.add(MarkingPolicy(center=center or "", **vars(policy), author=author, at=at))
    session.flush()


def policy_of(session: Session, center: str | None) -> Policy:
    """Give how a center has answers marked now."""
    last = select(MarkingPolicy).where(MarkingPolicy.center == (center or ""))
    row = session.scalar(last.order_by(MarkingPolicy.seq.desc()).limit(1))
    if row is None:
        return DEFAULT
    return Policy(**{name: getattr(row, name) for name in vars(DEFAULT)})


def is_drawn(session: Session, purpose: str, *, about: str, percent: int) -> bool:
    """Tell whether something is drawn: `percent` of all are, and nobody can guess which.

    With the key of the log it is drawn the same again.
    """
    return number(session, purpose, about=about) % _DRAWS < percent * (_DRAWS // _WHOLE_PERCENT)


def number(session: Session, purpose: str, *, about: str) -> int:
    """Give a number of 64 bits that nobody without the key of the log can guess."""
    return int.from_bytes(audit.keyed_hash(session, purpose, about)[:8], "big")


def _check(policy: Policy) -> None:
    shares = (policy.double_percent, policy.unsure_sample_percent)
    if not all(0 <= share <= _WHOLE_PERCENT for share in shares):
        raise MarkingPolicyError("A share is 0 to 100 of a hundred.")
    if not 0 <= policy.control_percent <= _MOST_CONTROLS:
        raise MarkingPolicyError("At most half of what an assessor hears are controls.")
    if not 1 <= policy.promise_days <= _MOST_DAYS:
        raise MarkingPolicyError("The promise is 1 to 30 working days.")
