"""How a center's assessors agree and how long they take, from their marks: for its coordinators."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import agreement, known
from voice_app.marking.agreement import LEAST, Figures
from voice_app.marking.comparing import HEARD
from voice_app.marking.records import stands
from voice_app.marking.tasks import Bank
from voice_app.models import Attempt, Mark

_SEVERAL = 2
_YES_OR_NO = 2


@dataclass(frozen=True)
class Line:
    """How the marks by one criterion agree: those of an `author` with the others', or of all."""

    author: str | None
    criterion: str
    figures: Figures


@dataclass(frozen=True)
class Pace:
    """How many seconds an assessor takes for an answer, and beyond its sound: each in the middle.

    `n` marks are counted: those that were given where one answer is marked after the other.
    """

    author: str
    n: int
    task_seconds: float
    overhead_seconds: float


def lines(session: Session, center: str | None, *, bank: Bank) -> Iterator[Line]:
    """Give how each assessor of a center agrees by each criterion, then how all do together.

    Among pictures there is one criterion, named `HEARD`: whether the right one was heard.
    """
    marks = _counted(session, center, micro_competence=bank.micro_competence)
    for author in sorted({mark.author for mark in marks}):
        mine = [mark for mark in marks if mark.author == author]
        yield from _of_author(session, author, mine, bank=bank)
    yield from _of_all(marks, bank=bank)


def paces(session: Session, center: str | None) -> list[Pace]:
    """Give how long the assessors of a center take for an answer, by author."""
    by_author: dict[str, list[Mark]] = {}
    for mark in _counted(session, center):
        if mark.at > mark.began_at:
            by_author.setdefault(mark.author, []).append(mark)
    return [_pace(author, marks) for author, marks in sorted(by_author.items())]


def _pace(author: str, marks: Sequence[Mark]) -> Pace:
    whole = [(mark.at - mark.began_at).total_seconds() for mark in marks]
    heard = [mark.listened_seconds for mark in marks]
    beyond = [max(0.0, one - sound) for one, sound in zip(whole, heard, strict=True)]
    return Pace(author, len(marks), median(whole), median(beyond))


def _of_author(
    session: Session, author: str, marks: Sequence[Mark], *, bank: Bank
) -> Iterator[Line]:
    pairs: dict[str, list[tuple[int, int]]] = {}
    for one in known.compare(session, marks, bank=bank):
        for criterion, pair in one.by_criterion.items():
            pairs.setdefault(criterion, []).append(pair)
    for criterion, found in sorted(pairs.items()):
        levels = _levels(bank, criterion, found)
        yield Line(author, criterion, agreement.figures(found, levels))


def _of_all(marks: Sequence[Mark], *, bank: Bank) -> Iterator[Line]:
    """Every mark on an answer, however many gave one: exact where all give the same."""
    for criterion, units in sorted(_units(marks, bank=bank).items()):
        several = [unit for unit in units if len(unit) >= _SEVERAL]
        if len(several) < LEAST:
            yield Line(None, criterion, Figures(len(several)))
            continue
        same = sum(len(set(unit)) == 1 for unit in several) / len(several)
        found = agreement.alpha(several, _levels(bank, criterion, several))
        yield Line(None, criterion, Figures(len(several), exact=same, alpha=found))


def _units(marks: Sequence[Mark], *, bank: Bank) -> Mapping[str, list[list[int]]]:
    found: dict[str, dict[tuple[str, str], list[int]]] = {}
    for mark in marks:
        for criterion, place in _places(mark, bank=bank).items():
            units = found.setdefault(criterion, {})
            units.setdefault((mark.attempt_id, mark.item), []).append(place)
    return {criterion: list(units.values()) for criterion, units in found.items()}


def _places(mark: Mark, *, bank: Bank) -> Mapping[str, int]:
    """Give by criterion the place of the level that was given, as far as the content has it."""
    match bank:
        case ScenarioBank():
            scales = {
                name: [level.points for level in one.levels] for name, one in bank.rubric.items()
            }
            levels = mark.levels.items()
            return {name: scales[name].index(points) for name, points in levels if name in scales}
        case Assessment():
            item = bank.items.get(mark.item)
            return {} if item is None else {HEARD: int(mark.levels.get(HEARD) == item.right)}


def _levels(bank: Bank, criterion: str, found: Sequence[Sequence[int]]) -> int:
    """How many levels there are, or were when the marks were given."""
    now = _YES_OR_NO
    if isinstance(bank, ScenarioBank):
        now = len(bank.rubric[criterion].levels) if criterion in bank.rubric else 0
    return max(now, 1 + max(place for unit in found for place in unit))


def _counted(
    session: Session, center: str | None, *, micro_competence: str | None = None
) -> Sequence[Mark]:
    here = Attempt.criteria["center"].as_string() == center
    given = (
        select(Mark)
        .join(Attempt, Attempt.id == Mark.attempt_id)
        .where(here, Mark.is_counted, Mark.reason.is_(None), stands())
        .order_by(Mark.seq)
    )
    if micro_competence is not None:
        given = given.where(Attempt.assessment == micro_competence)
    return session.scalars(given).all()
