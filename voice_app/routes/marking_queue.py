"""The first page of marking: how much waits of which kind, and what of it somebody may mark."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from voice_app.access import Actor
from voice_app.marking import leaving_out, licensing, queue

_KINDS = {
    "rubric": "spoken tasks",
    "unsure": "answers that the machine could not tell",
    "contest": "answers that a candidate contests",
    "appeal": "outcomes that a candidate does not agree with",
    "sample": "a sample of other answers that the machine could not tell",
}
_STANDINGS = {
    licensing.EXERCISE: "exercise; you mark what is known, to learn",
    licensing.SHADOW: "in shadow; your marks are compared and do not count",
    licensing.LICENSED: "licensed",
    licensing.PAUSED: "paused; talk with your coordinator, who can lift it",
    licensing.ENDED: "ended",
}
_WORKING = frozenset({licensing.EXERCISE, licensing.SHADOW, licensing.LICENSED})


@dataclass(frozen=True)
class Kind:
    """How many answers of a kind wait."""

    words: str
    count: int


@dataclass(frozen=True)
class Standing:
    """How far somebody is with marking a micro-competence, in words."""

    micro_competence: str
    words: str


@dataclass(frozen=True)
class Puzzle:
    """An answer that two could not judge; `may_leave_out` where nobody could hear it."""

    address: str
    may_leave_out: bool


@dataclass(frozen=True)
class Waiting:
    """What waits in a center, and what of it somebody may mark."""

    kinds: tuple[Kind, ...]
    standings: tuple[Standing, ...]
    may_mark: bool
    note: str | None
    is_coordinator: bool
    puzzling: tuple[Puzzle, ...]


def waiting_for(session: Session, who: Actor, *, note: str | None) -> Waiting:
    """Give what waits, for whoever asks."""
    counts = queue.waiting(session, who.center).by_kind
    standings = licensing.standing(session, who.name)
    kinds = tuple(
        Kind(f"{micro_competence}: {words}", counts[micro_competence, why])
        for why, words in _KINDS.items()
        for micro_competence in sorted({one for one, _ in counts})
        if (micro_competence, why) in counts
    )
    return Waiting(
        kinds=kinds,
        standings=tuple(
            Standing(name, _STANDINGS.get(state, state)) for name, state in standings.items()
        ),
        may_mark=not _WORKING.isdisjoint(standings.values()),
        note=note,
        is_coordinator=who.role in ("coordinator", "owner"),
        puzzling=_puzzling(session, who),
    )


def _puzzling(session: Session, who: Actor) -> tuple[Puzzle, ...]:
    """Give the pages of what so many could not judge that the owner looks."""
    if who.role != "owner":
        return ()
    return tuple(
        Puzzle(f"/staff/marking/{one.seq}", leaving_out.may_leave_out(session, one))
        for one in queue.puzzling(session, who.center)
    )
