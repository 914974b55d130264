"""A center with a candidate and three who may sit, in one writing transaction."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.dialogues.homes import bank
from voice_app import juries, outcomes
from voice_app.dialogues.content import Content
from voice_app.juries import Answer, Merged, Seated, SeatMark, Told
from voice_app.models import Account, Attempt, Candidate, Center, Jury, JurySeat, Outcome

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BANK = replace(bank(), employer_languages=("fr", "en"))
CONTENT = Content({}, {}, {}, {}, scenarios={"MC1": BANK})
OWNER = "0a" * 32
CHIEF = "account:chief"
CENTER = "c1"
ORDER = {"rooms": ("kitchen", "bathroom"), "pick": ("mop", "broom")}


class House:
    """One center with a candidate, and a jury where a test wants one."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.awarded: list[str] = []
        session.add(Center(id=CENTER, name="Center", country="FR", made_at=NOON))
        session.flush()
        for name in ("peer", "trainer", "other"):
            session.add(self._account(name))
        session.add(
            Candidate(
                id="candidate",
                center_id=CENTER,
                call_name="Amina",
                help_language="en",
                owner_hash=OWNER,
                made_at=NOON,
            )
        )
        session.flush()

    def seats(self, **changes: Seated) -> tuple[Seated, ...]:
        plain = {
            "employer": Seated("employer", name="Mme Roux"),
            "peer": Seated("peer", "peer"),
            "trainer": Seated("trainer", "trainer"),
        }
        return tuple((plain | changes).values())

    def in_one_room(self, **changes: Seated) -> Jury:
        return juries.face_to_face(
            self.session,
            CONTENT,
            self.session.get_one(Candidate, "candidate"),
            assessment="MC1",
            employer_language="fr",
            seats=self.seats(**changes),
            author=CHIEF,
            at=NOON,
        )

    def at_a_distance(self, attempt: Attempt, **changes: Seated) -> Jury:
        return juries.remote(
            self.session,
            attempt,
            seats=self.seats(**changes),
            center=CENTER,
            author=CHIEF,
            at=NOON,
        )

    def attempt(self, jury: Jury) -> Attempt:
        return self.session.get_one(Attempt, jury.attempt_id)

    def seat(self, jury: Jury, role: str) -> JurySeat:
        return next(one for one in juries.seats_of(self.session, jury) if one.role == role)

    def merge(self, jury: Jury, told: Told, *, roles: tuple[str, ...] = juries.ROLES) -> Merged:
        merged = juries.merge(
            self.session,
            BANK,
            jury,
            told=told,
            seats=[self.seat(jury, role).id for role in roles],
            author=CHIEF,
            now=NOON,
        )
        self.settle(jury)
        return merged

    def settle(self, jury: Jury) -> None:
        outcomes.settle(
            self.session,
            BANK,
            attempt=self.attempt(jury),
            award=lambda _, attempt: self.awarded.append(attempt.id),
            now=NOON,
        )

    def outcome(self, jury: Jury) -> Outcome | None:
        return outcomes.latest(self.session, jury.attempt_id)

    def answers(self, jury: Jury) -> tuple[Answer, ...]:
        """Answers to every step, by which all pictures are right."""
        talk, show = self.attempt(jury).criteria["scenarios"]
        return (
            Answer(uuid4(), f"{talk}.hello", "touch", option="understood"),
            Answer(uuid4(), f"{talk}.ask", "done"),
            Answer(uuid4(), f"{talk}.restate", "done"),
            Answer(uuid4(), f"{show}.choose", "touch", option="mop"),
            Answer(uuid4(), f"{show}.pick", "order", options=ORDER["pick"]),
            Answer(uuid4(), f"{show}.rooms", "order", options=ORDER["rooms"]),
        )

    def mark(self, jury: Jury, role: str, step: str, *, points: int) -> SeatMark:
        name = {"ask": "asks", "restate": "restates"}[step]
        talk = self.attempt(jury).criteria["scenarios"][0]
        return SeatMark(self.seat(jury, role).id, f"{talk}.{step}", {name: points})

    def marks(self, jury: Jury, *points: tuple[int, int]) -> tuple[SeatMark, ...]:
        """Marks of each seat in turn: on asking, and on restating."""
        given = zip(juries.ROLES, points, strict=False)
        return tuple(
            self.mark(jury, role, step, points=one)
            for role, pair in given
            for step, one in zip(("ask", "restate"), pair, strict=True)
        )

    def rows(self, kind: type) -> list:
        return list(self.session.scalars(select(kind)))

    def _account(self, name: str) -> Account:
        return Account(
            id=name,
            center_id=CENTER,
            role="assessor",
            name=name.title(),
            email=f"{name}@center.example",
            made_at=NOON,
        )


def again(answer: Answer, **changes: object) -> Answer:
    """The answer of another phone to the same step."""
    return replace(answer, id=uuid4(), **changes)
