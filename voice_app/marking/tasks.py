"""Which answers of an attempt people mark, and by which criteria, as copied when it began."""

from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt
from voice_app.scoring.rubric import Scales

Bank = Assessment | ScenarioBank


class NotMarked(VoiceAppError):
    """Nobody marks this by a rubric: there is no such spoken task in the attempt."""


def spoken(attempt: Attempt) -> tuple[str, ...]:
    """Give the steps of an attempt that people mark, in their order."""
    rubric = attempt.criteria["rubric"].values()
    marked = {step for one in rubric for step in one["steps"]}
    return tuple(step for step in attempt.criteria["steps"] if step in marked)


def scales(attempt: Attempt, step: str) -> Scales:
    """Give the points of the levels of each criterion of a step. Raises `NotMarked`."""
    rubric = attempt.criteria.get("rubric", {})
    found = {name: one["levels"] for name, one in rubric.items() if step in one["steps"]}
    if not found:
        raise NotMarked(f"No spoken task {step} belongs to this attempt.")
    return found


def scales_of(bank: ScenarioBank, criteria: tuple[str, ...]) -> Scales:
    """Give the points of the levels of some criteria now, each from the lowest."""
    return {one: [level.points for level in bank.rubric[one].levels] for one in criteria}
