"""Why each task at a home counts as it does, told to its owner; having one heard again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from voice_app import appeals, attempts, begun, marking, outcomes, oversight, scenes
from voice_app.dialogues import pictured
from voice_app.dialogues.content import Language
from voice_app.dialogues.scenario import Arranging, Scenario, ScenarioBank, Step
from voice_app.marking.records import APPEAL, counted, open_turns
from voice_app.models import Attempt
from voice_app.oversight.explaining import Decider
from voice_app.routes import spoken
from voice_app.routes.deps import Service
from voice_app.scoring import feedback

_SPOKEN = "ui-microphone"


@dataclass(frozen=True)
class Standing:
    """How one task stands: `given` are the pictures chosen, in their order.

    `is_again`: another person is to hear it; `is_raised`: one did, and it counts more.
    `is_left_out`: nobody could hear it, and it does not count.
    """

    scenario: Scenario
    step: Step
    given: tuple[str, ...]
    is_settled: bool
    is_full: bool
    is_again: bool
    was_again: bool
    is_raised: bool
    is_left_out: bool = False

    @property
    def is_spoken(self) -> bool:
        """Whether people mark it."""
        return pictured.is_spoken(self.step.task)

    @property
    def can_contest(self) -> bool:
        """Whether its candidate may have it heard by somebody else."""
        is_open = self.is_again or self.was_again or self.is_full
        return self.is_spoken and self.is_settled and not is_open

    @property
    def decided_by(self) -> Decider:
        """Who decided."""
        if not self.is_spoken:
            return "touch"
        return "person" if self.is_settled and not self.is_again else "nobody-yet"

    @property
    def picture(self) -> str:
        """What stands for it: where somebody waits a person, else what it shows."""
        if self.is_again:
            return "ui-help-person"
        plan = self.step.task.plan if isinstance(self.step.task, Arranging) else None
        shown = self.given[0] if self.given else _SPOKEN if self.is_spoken else "ui-done"
        return self.step.picture or plan or shown


def standings(session: Session, bank: ScenarioBank, *, attempt: Attempt) -> Mapping[str, Standing]:
    """Give how each task that gives points stands, in their order."""
    given = scenes.last_answers(session, attempt)
    marks = {one.step: one for one in outcomes.standings_at_home(session, bank, attempt=attempt)}
    left = marking.left_out(session, attempt.id)
    marks |= {step: feedback.StepMark(step, "", points_x2=0, maximum_x2=0) for step in left}
    again = {one.item for one in open_turns(session, attempt.id) if one.why == APPEAL}
    was_again = counted(session, attempt.id, why=APPEAL)
    raised = appeals.raised_steps(session, attempt)
    return {
        step.id: Standing(
            scenario=begun.step_of(bank, attempt, step=step.id)[0],
            step=step,
            given=given.get(step.id, ()),
            is_settled=not marks[step.id].is_open,
            is_full=marks[step.id].points_x2 >= marks[step.id].maximum_x2,
            is_again=step.id in again,
            was_again=step.id in was_again,
            is_raised=step.id in raised,
            is_left_out=step.id in left,
        )
        for step in begun.steps(bank, attempt)
    }


def whole(session: Session, bank: ScenarioBank, *, attempt: Attempt) -> oversight.Whole:
    """Give how an attempt stands now, and what people said about the whole of it."""
    found = outcomes.found_at_home(session, bank, attempt=attempt)
    return oversight.Whole(
        state=found.public().state,
        waits=oversight.waits_for_a_word(session, attempt.id),
        said=oversight.last_word(session, attempt.id),
        is_marked=begun.is_spoken(bank, attempt),
    )


def of(found: Mapping[str, Standing], step: str) -> Standing:
    """Give how one task stands. Raises `UnknownChoice`."""
    if step not in found:
        raise attempts.UnknownChoice(f"There is no task {step} that gives points.")
    return found[step]


def contest(session: Session, attempt: Attempt, one: Standing, *, here: Service) -> None:
    """Have a spoken task heard by another person. Raises `UnknownChoice`."""
    if not one.is_spoken or not one.is_settled or one.is_left_out:
        raise attempts.UnknownChoice("Nobody listens to this task again.")
    appeals.contest(session, attempt, step=one.step.id, at=here.clock())


def said(here: Service, attempt: Attempt, one: Standing) -> list[dict[str, Any]]:
    """Tell what the task was, what was answered, who decided, and how to have it heard again."""
    language = here.content.languages[attempt.help_language]
    told = _Told(here, attempt, language, one)
    return [*told.asked(), *told.answered(), *told.decided(), *told.reasons()]


@dataclass(frozen=True)
class _Told:
    """The sentences about one task."""

    here: Service
    attempt: Attempt
    language: Language
    one: Standing

    def asked(self) -> Iterator[dict[str, Any]]:
        """What the employer said, never its text, and what was to be done."""
        yield self._phrase("why.task")
        scenario, step = self.one.scenario, self.one.step
        for key in step.says:
            files = spoken.employer(
                self.here.manifest, scenario, language=self.attempt.employer_language, key=key
            )["normal"]
            yield {"text": None, "audio": files[0] if files else None, "picture": None}
        yield self._help(step.help)

    def answered(self) -> Iterator[dict[str, Any]]:
        """What was chosen in pictures, or that somebody spoke."""
        if self.one.is_spoken:
            yield self._phrase("why.spoke")
            return
        yield self._phrase("why.touched")
        for name in self.one.given:
            word = spoken.word(self.here.manifest, self.language, option=name)
            yield {**word, "picture": spoken.picture_url(name)}

    def decided(self) -> Iterator[dict[str, Any]]:
        """Who decided, and what can be done about it."""
        one = self.one
        if not one.is_spoken:
            keys: tuple[str, ...] = ("why.by-rule",)
        elif one.is_left_out:
            keys = ("result.left-out",)
        elif one.is_again:
            keys = ("why.contested",)
        elif not one.is_settled:
            keys = ("why.waits",)
        elif one.is_raised:
            keys = ("why.by-people-more", "why.final")
        elif one.was_again:
            keys = ("why.by-people", "why.final")
        else:
            keys = ("why.by-people", *(("appeal.how",) if one.can_contest else ()))
        yield from map(self._phrase, keys)

    def reasons(self) -> Iterator[dict[str, Any]]:
        """What was good in pictures and what to practice, with the reasons."""
        good, other = pictured.reasons(self.one.step, self.one.given)
        for key, reasons in (("result.order-good", good), ("result.order-practice", other)):
            if reasons:
                yield self._phrase(key)
            yield from map(self._help, reasons)

    def _help(self, key: str) -> dict[str, Any]:
        manifest, scenario, language = self.here.manifest, self.one.scenario, self.language
        return {
            **spoken.helping(manifest, scenario, language=language, key=key),
            "picture": None,
        }

    def _phrase(self, key: str) -> dict[str, Any]:
        return {**spoken.phrase(self.here.manifest, self.language, key=key), "picture": None}
