"""How far a jury is: what each seat has marked, and of what two phones told different things."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import begun
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.juries.convening import seats_of
from voice_app.juries.marks import author_of
from voice_app.marking import tasks
from voice_app.marking.records import JURY, marks_of
from voice_app.models import Attempt, Jury, JuryNote, JurySeat, Response


@dataclass(frozen=True)
class Standing:
    """What has come in: `answered` of `steps` tasks, and per seat how many marks of `marks`."""

    answered: int
    steps: int
    seats: tuple[tuple[JurySeat, int], ...]
    marks: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is waited for."""
        return self.answered == self.steps and all(n == self.marks for _, n in self.seats)


def standing_of(session: Session, jury: Jury, *, bank: ScenarioBank) -> Standing:
    """Give how far a jury is."""
    attempt = session.get_one(Attempt, jury.attempt_id)
    named = attempt.criteria["scenarios"]
    scenarios = begun.whole(bank, attempt).scenarios
    steps = {step.id for name in named for step in scenarios[name].steps}
    answered = session.scalars(
        select(Response.item).where(Response.attempt_id == attempt.id).distinct()
    )
    given = [one.author for one in marks_of(session, attempt.id) if one.why == JURY]
    seats = seats_of(session, jury)
    return Standing(
        answered=len(steps & set(answered)),
        steps=len(steps),
        seats=tuple((seat, given.count(author_of(seat))) for seat in seats),
        marks=len(tasks.spoken(attempt)),
    )


def conflicts_of(session: Session, jury: Jury) -> Sequence[JuryNote]:
    """Give what two phones told differently, as it came."""
    told = select(JuryNote).where(JuryNote.jury_id == jury.id, JuryNote.kind == "conflict")
    return session.scalars(told.order_by(JuryNote.seq)).all()
