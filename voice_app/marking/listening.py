"""Whether enough of an answer was heard before it is marked, as far as the service can tell."""

from datetime import datetime

from voice_app.errors import VoiceAppError
from voice_app.models import Unmarked

# This part of what is spoken, at the highest speed that the page has.
ENOUGH, FASTEST = 0.8, 2.0
# Seconds by which what a page tells may be rounded.
_ROUNDED = 0.1


class NotHeard(VoiceAppError):
    """Nobody marks what they have not heard."""


def note_sent(task: Unmarked, *, spoken_seconds: float, at: datetime) -> None:
    """Note that the sound of an answer was sent to whoever has it on the screen; the first counts.

    `spoken_seconds` is in how much of it somebody speaks.
    """
    if task.sent_at is None:
        task.sent_at, task.spoken_seconds = at, spoken_seconds


def check_heard(task: Unmarked, *, listened_seconds: float | None, now: datetime) -> None:
    """Raise `NotHeard` where less of an answer was heard than a mark needs.

    `listened_seconds` is what the page tells, None for one without script: then what could have
    been played since the sound was sent counts. A page that fetches an answer ahead of its turn
    tells how much of it was played, so that having it is not having heard it.
    """
    if task.sent_at is None:
        raise NotHeard("Listen to the answer first.")
    most = FASTEST * (now - task.sent_at).total_seconds()
    heard = most if listened_seconds is None else min(most, listened_seconds)
    if heard + _ROUNDED < ENOUGH * (task.spoken_seconds or 0.0):
        raise NotHeard("Listen to more of the answer first: to four fifths of it.")
