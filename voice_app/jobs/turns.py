"""Whose answer is heard next: everybody in turn, however much one person has sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """The waiting answers of one attempt; the oldest has waited since `since`."""

    attempt_id: str
    since: datetime


def whose_turn(lines: Iterable[Line], served: Mapping[str, datetime]) -> str | None:
    """The attempt whose answer is heard next, or None when nobody waits.

    `served` says when an attempt's last answer was heard. An attempt has waited for its turn
    since then, or since its oldest answer came, if that was later; who has waited longest is
    next. So nobody waits for more than one answer of each other person, and no stream of new
    people keeps anybody waiting forever.
    """
    waiting = ((max(line.since, served.get(line.attempt_id, line.since)), line) for line in lines)
    first = min(waiting, key=lambda one: (one[0], one[1].since, one[1].attempt_id), default=None)
    return None if first is None else first[1].attempt_id
