"""Marking by people: a queue, two or three who do not know of each other, and who may mark."""

from voice_app.marking.comments import Comment, Recording, Told, told
from voice_app.marking.comparing import NONE_OF_THEM
from voice_app.marking.controls import Example, example_of
from voice_app.marking.giving import (
    REASONS,
    MarkError,
    criteria_of,
    give,
)
from voice_app.marking.opening import appeal
from voice_app.marking.opening import open_marks as open  # noqa: A004 # as in "open a case"
from voice_app.marking.policies import DEFAULT, MarkingPolicyError, Policy, choose, policy_of
from voice_app.marking.queue import (
    Counts,
    TakenTask,
    let_go,
    next_task,
    puzzling,
    task_of,
    waiting,
)
from voice_app.marking.records import left_out
from voice_app.marking.settling import maximum, points
from voice_app.marking.tasks import Bank, NotMarked
from voice_app.marking.undoing import TooLate, take_back

__all__ = [
    "DEFAULT",
    "NONE_OF_THEM",
    "REASONS",
    "Bank",
    "Comment",
    "Counts",
    "Example",
    "MarkError",
    "MarkingPolicyError",
    "NotMarked",
    "Policy",
    "Recording",
    "TakenTask",
    "Told",
    "TooLate",
    "appeal",
    "choose",
    "criteria_of",
    "example_of",
    "give",
    "left_out",
    "let_go",
    "maximum",
    "next_task",
    "open",
    "points",
    "policy_of",
    "puzzling",
    "take_back",
    "task_of",
    "told",
    "waiting",
]
