"""What an answer given in pictures comes to, in points and in reasons."""

from collections.abc import Sequence

from voice_app.dialogues.scenario import Arranging, Asking, Choosing, Picking, Saying, Step, Task
from voice_app.scoring import arranging, picking


def is_spoken(task: Task) -> bool:
    """Tell whether a task is answered aloud."""
    return isinstance(task, Asking | Saying)


def is_scored(step: Step) -> bool:
    """Tell whether a step gives points, by rule or by people."""
    return step.points > 0 or bool(step.criteria)


def points(step: Step, answer: Sequence[str]) -> int:
    """Give the points of a step for the pictures chosen, in their order; 0 for other tasks.

    Raises `ImpossiblePick` or `ImpossibleOrder`.
    """
    match step.task:
        case Choosing(right=right):
            return step.points if tuple(answer) == (right,) else 0
        case Picking(options, several):
            return picking.points(several, answer, options=options)
        case Arranging() as task:
            return arranging.marked(task, answer).points
        case _:
            return 0


def is_right(step: Step, answer: Sequence[str]) -> bool:
    """Tell whether nothing is to be said against an answer, whether it gives points or not.

    Raises `ImpossiblePick` or `ImpossibleOrder`.
    """
    match step.task:
        case Choosing(right=right):
            return tuple(answer) == (right,)
        case Picking(right=several):
            return several == set(answer)
        case Arranging() as task:
            return not arranging.marked(task, answer).broken
        case _:
            return True


def reasons(step: Step, answer: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the keys of the reasons told at the end: of what was good, and of what was not.

    An order has one for each of its rules, other pictures have the step's. Raises `ImpossiblePick`
    or `ImpossibleOrder`.
    """
    if isinstance(step.task, Arranging):
        found = arranging.marked(step.task, answer)
        return found.kept, found.broken
    told = () if step.why is None else (step.why,)
    return (told, ()) if is_right(step, answer) else ((), told)
