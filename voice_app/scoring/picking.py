"""Points for pictures picked out of some: right ones, less those too many."""

from collections.abc import Collection, Sequence

from voice_app.errors import VoiceAppError


class ImpossiblePick(VoiceAppError):
    """A pick of what is not there, or of the same thing twice."""


def points(right: Collection[str], picked: Sequence[str], *, options: Collection[str]) -> int:
    """Give a point for each right one, less one for each too many; never fewer than none.

    Raises `ImpossiblePick`.
    """
    if strangers := set(picked) - set(options):
        raise ImpossiblePick(f"There is no picture {', '.join(sorted(strangers))}.")
    if len(set(picked)) < len(picked):
        raise ImpossiblePick("A picture was picked more than once.")
    hits = sum(one in right for one in picked)
    return max(0, hits - (len(picked) - hits))
