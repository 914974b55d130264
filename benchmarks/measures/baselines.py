"""Plain judges of a transcript, as other programs have them: equal spelling and similarity."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from benchmarks.measures.curves import equal_error, fewest_errors
from benchmarks.measures.shares import Share, share

Judge = Callable[[str, str], float]
EQUAL = 100.0
_SIGNS = re.compile(r"[^\w\s]|_")


def exact(heard: str, target: str) -> float:
    """Return 100 for texts that are equal in lower case without signs, else 0: as H5P judges."""
    return EQUAL if _plain(heard) == _plain(target) else 0.0


def ratio(heard: str, target: str) -> float:
    """Return the likeness of two texts letter by letter, 0 to 100."""
    return fuzz.ratio(heard, target, processor=utils.default_process)


def weighted_ratio(heard: str, target: str) -> float:
    """Return rapidfuzz's own mixture of likenesses (`WRatio`), 0 to 100."""
    return fuzz.WRatio(heard, target, processor=utils.default_process)


JUDGES: Mapping[str, Judge] = {"exact": exact, "ratio": ratio, "WRatio": weighted_ratio}


@dataclass(frozen=True)
class Judged:
    """A transcript against one target, and whether the target was really said."""

    heard: str
    target: str
    is_right: bool


def likeness(judge: Judge, heard: str, target: str) -> float:
    """Return what a judge gives; 0 for silence, which is like nothing."""
    return judge(heard, target) if _plain(heard) else 0.0


def best_threshold(judge: Judge, judged: Sequence[Judged]) -> float:
    """Return the lowest likeness to accept that makes the fewest errors: use the part `dev`."""
    right = [likeness(judge, each.heard, each.target) for each in judged if each.is_right]
    wrong = [likeness(judge, each.heard, each.target) for each in judged if not each.is_right]
    return fewest_errors(right, wrong)


@dataclass(frozen=True)
class Verification:
    """How a judge does on the part `report` with the threshold that is best on the part `dev`.

    The judge of equal spelling has no threshold to choose: equal is accepted.

    `equal_error` is that of the part `report` itself, at the threshold where its errors meet.
    """

    threshold: float
    equal_error: float
    wrong_accepts: Share
    wrong_rejects: Share


def verify(judge: Judge, *, dev: Sequence[Judged], report: Sequence[Judged]) -> Verification:
    """Return a judge's errors in telling right targets from wrong ones."""
    threshold = EQUAL if judge is exact else best_threshold(judge, dev)
    right = [likeness(judge, each.heard, each.target) for each in report if each.is_right]
    wrong = [likeness(judge, each.heard, each.target) for each in report if not each.is_right]
    return Verification(
        threshold=threshold,
        equal_error=equal_error(right, wrong).value,
        wrong_accepts=share(sum(each >= threshold for each in wrong), len(wrong)),
        wrong_rejects=share(sum(each < threshold for each in right), len(right)),
    )


def choice(judge: Judge, heard: str, options: Sequence[str]) -> str | None:
    """Return the option most like a transcript; None if none is like it at all.

    Of several it is the first in the alphabet: the order of the options tells nothing.
    """
    likenesses = {option: likeness(judge, heard, option) for option in sorted(options)}
    best = max(likenesses, key=likenesses.__getitem__, default=None)
    return best if best is not None and likenesses[best] > 0 else None


def _plain(text: str) -> str:
    """Return a text in lower case without signs; accents stay, as they do in H5P."""
    return " ".join(_SIGNS.sub("", text.casefold()).split())
