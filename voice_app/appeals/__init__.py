"""A candidate does not agree: other people look again, nothing is lost, and it is answered."""

from voice_app.appeals.answering import answer, raised_steps
from voice_app.appeals.making import AppealedBefore, NothingToAppeal, contest, make, state
from voice_app.appeals.pictures import REASONS, AppealError, by_rule, decide, promises, waiting
from voice_app.appeals.records import State, is_for_coordinators, looked_at_since

__all__ = [
    "REASONS",
    "AppealError",
    "AppealedBefore",
    "NothingToAppeal",
    "State",
    "answer",
    "by_rule",
    "contest",
    "decide",
    "is_for_coordinators",
    "looked_at_since",
    "make",
    "promises",
    "raised_steps",
    "state",
    "waiting",
]
