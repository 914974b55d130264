"""A center with assessors, as a test drives it: attempts end, answers are marked, time passes."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from voice_app import marking
from voice_app.dialogues.scenario import (
    Criterion,
    Level,
    Listen,
    Pool,
    Question,
    Reference,
    Saying,
    Scenario,
    ScenarioBank,
    Step,
    Telling,
)
from voice_app.marking import licensing, queue
from voice_app.models import Account, Attempt, Center, Mark, Unmarked

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CENTER = "c1"
OWNER = "0a" * 32
SAY = "home.restate"
ADVISE = "home.advise"
BEST = {"clear": 2, "whole": 2}
COORDINATOR = "account:boss"


def author(name: str) -> str:
    return f"account:{name}"


def criterion(name: str, *points: int) -> Criterion:
    levels = tuple(Level(one, {}, example=f"ex-{name}-{one}") for one in points)
    return Criterion(name, "LO1", says={"en": name}, levels=levels)


def said(name: str, *criteria: str) -> Step:
    task = Saying((Question("who", "mop"),))
    return Step(name, "LO1", task, help="task.explain", criteria=criteria)


def bank(micro_competence: str = "MC1") -> ScenarioBank:
    telling = {"fr": Telling({}, {}, {})}
    home = Scenario("home", (said(SAY, "clear", "whole"), said(ADVISE, "kind")), telling, "mop")
    rubric = (criterion("clear", 0, 1, 2), criterion("whole", 0, 1, 2), criterion("kind", 0, 1, 2))
    alone = Scenario("alone", (Step("alone.hello", "LO1", Listen(), help="x"),), telling, "mop")
    return ScenarioBank(
        micro_competence=micro_competence,
        employer_languages=("fr",),
        pools=(Pool("homes", ("home",)),),
        scenarios={"home": home},
        rehearsal=alone,
        example=alone,
        rubric={one.id: one for one in rubric},
        spoken={level.example or "": {"fr": "oui"} for one in rubric for level in one.levels},
        references={
            f"ex-{one.id}-{level.points}": worth(one.id, level.points)
            for one in rubric
            for level in one.levels
        },
        resources=(),
        version="v",
    )


def worth(name: str, points: int) -> Reference:
    """Give an example the same level of all that its step asks."""
    step, criteria = (ADVISE, ("kind",)) if name == "kind" else (SAY, ("clear", "whole"))
    return Reference(step, dict.fromkeys(criteria, points))


class Desk:
    """One center; `now` is told to everything that is done."""

    def __init__(self, session: Session) -> None:
        self.session, self.now, self.bank = session, NOON, bank()
        session.add(Center(id=CENTER, name=CENTER, country="FR", made_at=NOON))
        session.flush()
        for name in ("ana", "ben", "cleo", "boss"):
            self.hire(name)
        for name in ("ana", "ben", "cleo"):
            self.license(name)

    def hire(self, name: str, role: str = "assessor") -> str:
        self.session.add(
            Account(
                id=name,
                center_id=CENTER,
                role=role,
                name=name,
                email=f"{name}@example.org",
                made_at=NOON,
            )
        )
        self.session.flush()
        return author(name)

    def license(self, name: str, micro_competence: str = "MC1") -> None:
        licensing.appoint(
            self.session,
            name,
            micro_competence,
            is_ready=True,
            author=licensing.COMMAND,
            at=self.now,
            reason="founding",
        )

    def policy(self, *, double: int = 100, control: int = 0) -> None:
        policy = marking.Policy(double_percent=double, control_percent=control)
        marking.choose(self.session, CENTER, policy=policy, author=COORDINATOR, at=self.now)

    def attempt(
        self, name: str = "a1", owner: str = OWNER, steps: tuple[str, ...] = (SAY,)
    ) -> Attempt:
        """An attempt that has ended, whose spoken tasks wait for marks."""
        row = self.begun(name, owner=owner, steps=steps)
        marking.open(self.session, row, bank=self.bank, at=self.now)
        return row

    def begun(self, name: str, *, owner: str = OWNER, steps: tuple[str, ...] = (SAY,)) -> Attempt:
        home = {one.id: one for one in self.bank.scenarios["home"].steps}
        names = {name for step in steps for name in home[step].criteria}
        rubric = {
            name: {
                "steps": [step for step in steps if name in home[step].criteria],
                "points": self.bank.rubric[name].points,
                "levels": [level.points for level in self.bank.rubric[name].levels],
            }
            for name in sorted(names)
        }
        points = {
            step: sum(self.bank.rubric[one].points for one in home[step].criteria) for step in steps
        }
        row = Attempt(
            id=name,
            owner_hash=owner,
            assessment="MC1",
            employer_language="fr",
            help_language="es",
            content_version="v",
            criteria={
                "percent": 60,
                "center": CENTER,
                "scenarios": ["home"],
                "steps": points,
                "rubric": rubric,
            },
            started_at=self.now,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def next(self, name: str, after: tuple[int, ...] = ()) -> Unmarked | None:
        return marking.next_task(
            self.session, author(name), center=CENTER, now=self.now, after=after
        )

    def give(self, name: str, task: Unmarked, **levels: int) -> Mark:
        """Mark with the best levels but for those named."""
        names = marking.criteria_of(self.session, task, bank=self.bank)
        best = {one: self.bank.rubric[one].points for one in names}
        return self.put(name, task, levels=best | levels)

    def put(self, name: str, task: Unmarked, **given: object) -> Mark:
        began_at = self.now - timedelta(seconds=20)
        return marking.give(
            self.session,
            task,
            bank=self.bank,
            author=author(name),
            began_at=began_at,
            at=self.now,
            **given,  # type: ignore[arg-type]
        )

    def mark(self, name: str, **levels: int) -> Mark:
        """Take the next answer and mark it."""
        task = self.next(name)
        assert task is not None
        return self.give(name, task, **levels)

    def pass_time(self, **by: float) -> None:
        self.now += timedelta(**by)

    def turns(self, attempt: str = "a1") -> list[tuple[str, str, int]]:
        rows = self.session.query(Unmarked).filter_by(attempt_id=attempt).order_by(Unmarked.seq)
        return [(row.item, row.why, row.turn) for row in rows]

    def marks(self) -> list[Mark]:
        return list(self.session.query(Mark).order_by(Mark.seq))

    def state(self, name: str, micro_competence: str = "MC1") -> str | None:
        return licensing.standing(self.session, author(name)).get(micro_competence)

    def waiting(self) -> queue.Counts:
        return marking.waiting(self.session, CENTER)
