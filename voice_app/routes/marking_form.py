"""The form of a mark, read: levels, a picture, a comment, how long it took."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from voice_app.marking.comments import Comment, Recording
from voice_app.routes.marking_shown import HEARD, LEVEL, OFFER, SHARED

_LONGEST_SECONDS = 24 * 60 * 60
_RECORDING = re.compile(r"([0-9a-f-]{36}) ([0-9a-f]{64}) ([\w/+;=., -]{1,80})")
_NUMBER = re.compile(r"[0-9]{1,3}")
_KEY = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Form:
    """What somebody sent about an answer; `heard` is a picture, None where levels are given.

    `is_told` is false for a page without script, which does not say how much was listened to.

    `shared` are comments of the center that go with it, `proposes` is the criterion for which
    the comment is proposed to other assessors, empty where it is not.
    """

    levels: Mapping[str, int]
    heard: str | None
    comment: Comment
    listened_seconds: float
    is_told: bool
    began_at: datetime
    shared: tuple[int, ...] = ()
    proposes: str = ""


def form_of(sent: Mapping[str, str], *, now: datetime) -> Form:
    """Read the fields of a form; what makes no sense is left out."""
    levels = {
        name: int(value) for name, value in _under(LEVEL, sent).items() if _NUMBER.fullmatch(value)
    }
    return Form(
        levels=levels,
        heard=sent.get(HEARD) or None,
        comment=Comment(
            text=sent.get("comment", "").strip(),
            offers=tuple(_under(OFFER, sent)),
            recording=_recording(sent.get("recording", "")),
        ),
        listened_seconds=_seconds(sent.get("listened", "")),
        is_told=bool(sent.get("listened")),
        began_at=now - timedelta(seconds=_seconds(sent.get("spent", ""))),
        shared=tuple(int(one) for one in _under(SHARED, sent) if _KEY.fullmatch(one)),
        proposes=sent.get("propose", ""),
    )


def recording_field(recording: Recording) -> str:
    """Give a recording as the field of a form names it."""
    return f"{recording.id} {recording.sha256} {recording.media_type}"


def _under(kind: str, sent: Mapping[str, str]) -> Mapping[str, str]:
    return {
        name.removeprefix(f"{kind}:"): value
        for name, value in sent.items()
        if name.startswith(f"{kind}:")
    }


def _recording(told: str) -> Recording | None:
    found = _RECORDING.fullmatch(told)
    return None if found is None else Recording(found[1], found[2], found[3])


def _seconds(told: str) -> float:
    try:
        seconds = float(told or 0)
    except ValueError:
        return 0.0
    return min(max(0.0, seconds), _LONGEST_SECONDS) if math.isfinite(seconds) else 0.0
