"""An attempt at the small bank, walked through by touch and marked by people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.dialogues.homes import bank
from voice_app import outcomes, scenes
from voice_app.attempts import Given, Listens
from voice_app.dialogues.content import Content
from voice_app.dialogues.scenario import Asking, Choosing, Listen, Picking, Saying
from voice_app.dialogues.scenes import DoStep
from voice_app.models import Attempt, Mark, Outcome, Unmarked

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
BANK = replace(bank(), employer_languages=("fr", "en"))
PICTURES = replace(bank("MC2", is_spoken=False), employer_languages=("fr", "en"))
CONTENT = Content({}, {}, {}, {}, scenarios={"MC1": BANK, "MC2": PICTURES})


class Walk:
    """One attempt; `badges` are the attempts that were given one."""

    def __init__(self, session: Session, assessment: str = "MC1") -> None:
        self.session, self.bank = session, CONTENT.scenarios[assessment]
        self.badges: list[str] = []
        self.attempt = scenes.start(
            session,
            CONTENT,
            assessment=assessment,
            languages=("fr", "en"),
            owner="secret",
            now=NOW,
        )
        session.flush()

    def to_the_end(self, *, is_right: bool = True) -> None:
        while isinstance(turn := self._turn(), DoStep):
            self._answer(turn, is_right=is_right or turn.is_rehearsal)
        self.settle()

    def settle(self) -> None:
        outcomes.settle(self.session, self.bank, attempt=self.attempt, award=self._award, now=NOW)
        self.session.flush()

    def mark(self, step: str, levels: Mapping[str, int], *, author: str = "account:1") -> None:
        """Give the next mark that a step waits for."""
        item = self.spoken(step)
        mine = (Unmarked.attempt_id == self.attempt.id) & (Unmarked.item == item)
        task = self.session.scalars(select(Unmarked).where(mine).order_by(Unmarked.turn)).first()
        assert task is not None, item
        given = Mark(
            attempt_id=self.attempt.id,
            item=item,
            why=task.why,
            turn=task.turn,
            author=author,
            levels=dict(levels),
            comment={},
            is_counted=True,
            listened_seconds=3.0,
            began_at=NOW,
            at=NOW,
        )
        self.session.add(given)
        self.session.execute(delete(Unmarked).where(Unmarked.seq == task.seq))
        self.session.flush()

    def spoken(self, step: str) -> str:
        return f"{self.attempt.criteria['scenarios'][0]}.{step}"

    def ends(self) -> list[tuple[str, int, int, int]]:
        mine = select(Outcome).where(Outcome.attempt_id == self.attempt.id).order_by(Outcome.seq)
        rows = self.session.scalars(mine).all()
        return [(one.state, one.points, one.maximum, one.reviews) for one in rows]

    def waiting(self) -> list[tuple[str, int]]:
        mine = select(Unmarked).where(Unmarked.attempt_id == self.attempt.id)
        return [(one.item, one.turn) for one in self.session.scalars(mine.order_by(Unmarked.seq))]

    def _turn(self) -> object:
        return scenes.turn(self.session, self.bank, attempt=self.attempt, now=NOW)

    def _answer(self, turn: DoStep, *, is_right: bool) -> None:
        match turn.step.task:
            case Listen():
                self._touch(turn, "understood")
            case Asking():
                self._touch(turn, "who" if turn.is_rehearsal else "done")
            case Saying():
                self._touch(turn, "cannot-speak")
            case Choosing(options, right):
                self._touch(turn, right if is_right else options[1])
            case Picking():
                self._order(turn, ["mop", "broom"] if is_right else ["sponge"])
            case _:
                self._order(turn, ["kitchen", "bathroom"] if is_right else ["office"])

    def _touch(self, turn: DoStep, option: str) -> None:
        given = Given(uuid4(), turn.step.id, Listens(), NOW)
        scenes.touch(self.session, self.bank, attempt=self.attempt, given=given, option=option)

    def _order(self, turn: DoStep, options: list[str]) -> None:
        given = Given(uuid4(), turn.step.id, Listens(), NOW)
        scenes.put_in_order(
            self.session, self.bank, attempt=self.attempt, given=given, options=options
        )

    def _award(self, _session: Session, attempt: Attempt) -> None:
        self.badges.append(attempt.id)
