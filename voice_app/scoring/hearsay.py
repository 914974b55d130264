"""What people heard in unsure answers comes to: of one, of two who agree, the majority of three."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voice_app.scoring import flips

Said = Mapping[str, Sequence[bool]]


@dataclass(frozen=True)
class Weighed:
    """By item: `decided` is whether it is right, `more` are those that one more person hears."""

    decided: Mapping[str, bool] = field(default_factory=dict)
    more: frozenset[str] = frozenset()


def weigh(said: Said, *, is_awaited: bool, right: int, maximum: int, percent: int) -> Weighed:
    """Weigh what people said of unsure answers for whom nobody else is asked at the moment.

    `right` are the points of all others, `is_awaited`: an answer that may change the end waits
    still. Two who differ want a third. What one person heard counts once all is heard, and a
    second is asked wherever the opposite would change the pass or the level.
    """
    split = frozenset(item for item, heard in said.items() if 2 * sum(heard) == len(heard))
    alone = {item: heard[0] for item, heard in said.items() if len(heard) == 1}
    agreed = {
        item: 2 * sum(heard) > len(heard)
        for item, heard in said.items()
        if item not in split and item not in alone
    }
    if is_awaited or split:
        return Weighed(agreed, split)
    total = right + sum(agreed.values()) + sum(alone.values())
    near = _near(alone, total, maximum=maximum, percent=percent)
    return Weighed(agreed, near) if near else Weighed(agreed | alone)


def _near(alone: Mapping[str, bool], total: int, *, maximum: int, percent: int) -> frozenset[str]:
    """Give the answers of which the opposite would change how the attempt ends."""
    return frozenset(
        item
        for item, is_right in alone.items()
        if flips.may_change(total - is_right, [1], maximum=maximum, percent=percent)
    )
