"""What a wrong decision costs, against one check by a person: the thresholds of a verdict."""

from dataclasses import dataclass
from typing import Literal

Profile = Literal["practice", "normal", "safety"]


@dataclass(frozen=True)
class Costs:
    """Costs in checks by a person: of a wrong accept and of a wrong reject.

    A machine decides only where its expected cost is under that of a check.
    """

    wrong_accept: float
    wrong_reject: float

    @property
    def accept_from(self) -> float:
        """Right is said where the probability of right is at least this."""
        return 1 - 1 / self.wrong_accept

    @property
    def reject_up_to(self) -> float:
        """Not right may be said where the probability of right is at most this."""
        return 1 / self.wrong_reject


COSTS: dict[Profile, Costs] = {
    "practice": Costs(wrong_accept=5, wrong_reject=10),
    "normal": Costs(wrong_accept=10, wrong_reject=20),
    "safety": Costs(wrong_accept=200, wrong_reject=1000),
}
