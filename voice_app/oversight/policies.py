"""How far a center lets the machine decide, copied onto each attempt when it begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.errors import VoiceAppError
from voice_app.models import CenterPolicy

# In these every item has one right option. Whatever takes judgment is signed off by a person.
MAY_BE_AUTOMATIC = ("MC2", "MC3")

_DRAWS = 10_000
_WHOLE_PERCENT = 100


class PolicyError(VoiceAppError):
    """A policy that no center may choose."""


@dataclass(frozen=True)
class Policy:
    """`automatic` micro-competences pass without a sign-off; `sample_percent` of them are heard.

    The control sample is drawn from automatic passes, 0 to 100 in a hundred.
    """

    automatic: tuple[str, ...] = MAY_BE_AUTOMATIC
    sample_percent: int = 5


DEFAULT = Policy()


def choose(
    session: Session, center: str | None, *, policy: Policy, author: str, at: datetime
) -> None:
    """Set the policy for attempts that begin from now on. Raises `PolicyError`."""
    if others := set(policy.automatic) - set(MAY_BE_AUTOMATIC):
        raise PolicyError(f"A person signs off {', '.join(sorted(others))}.")
    if not 0 <= policy.sample_percent <= _WHOLE_PERCENT:
        raise PolicyError("The control sample is 0 to 100 of a hundred.")
    session.add(
        CenterPolicy(
            center=center or "",
            automatic=list(policy.automatic),
            sample_percent=policy.sample_percent,
            author=author,
            at=at,
        )
    )
    session.flush()


def policy_of(session: Session, center: str | None) -> Policy:
    """Give the policy that holds now."""
    last = select(CenterPolicy).where(CenterPolicy.center == (center or ""))
    row = session.scalar(last.order_by(CenterPolicy.seq.desc()).limit(1))
    return DEFAULT if row is None else Policy(tuple(row.automatic), row.sample_percent)


def criteria(session: Session, *, center: str | None, micro_competence: str) -> dict[str, Any]:
    """Give what is copied onto an attempt: its center, who passes it, the control sample."""
    policy = policy_of(session, center)
    by = "machine" if micro_competence in policy.automatic else "person"
    return {"center": center, "passed_by": by, "sample_percent": policy.sample_percent}


def is_signed_off_by_a_person(kept: Mapping[str, Any]) -> bool:
    """Tell whether an attempt with these criteria passes only with a person's sign-off."""
    return kept.get("passed_by") == "person"


def is_drawn(session: Session, attempt_id: str, *, kept: Mapping[str, Any]) -> bool:
    """Tell whether an attempt is in the control sample.

    Nobody without the key can guess it, and with the key it is drawn the same again.
    """
    percent = int(kept.get("sample_percent", 0))
    if percent == 0:
        return False
    drawn = audit.keyed_hash(session, "control sample", attempt_id)
    return int.from_bytes(drawn[:8], "big") % _DRAWS < percent * (_DRAWS // _WHOLE_PERCENT)
