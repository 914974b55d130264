"""The marks that stand: what was taken back is left out, and so is what could not be judged."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from voice_app.models import Attempt, Jury, JuryNote, Mark, Ruling, Unmarked

RUBRIC = "rubric"
UNSURE = "unsure"
CONTEST = "contest"
APPEAL = "appeal"
SAMPLE = "sample"
CONTROL = "control"
EXERCISE = "exercise"
SHADOW = "shadow"
JURY = "jury"

# What a candidate waits for; the others are about assessors.
REAL = (RUBRIC, UNSURE, CONTEST, APPEAL, SAMPLE)
# What a machine could not take for right: two who agree decide, or the majority of three.
DOUBTS = (UNSURE, SAMPLE)
ABOUT_ASSESSORS = (CONTROL, EXERCISE, SHADOW)

# What is decided on a spoken task that counts no more.
LEFT_OUT = "left-out"
# Why an assessor says they cannot judge: from then on nothing of this person is theirs.
KNOWN_PERSON = "known-person"
# After so many could not judge an answer, the owner of the center looks at it.
PUZZLED = 2


def stands(mark: type[Mark] = Mark) -> ColumnElement[bool]:
    """Give the condition of marks that were not taken back and take nothing back."""
    later = aliased(Mark)
    return mark.replaces.is_(None) & ~exists().where(later.replaces == mark.seq)


def marks_of(session: Session, attempt_id: str) -> Sequence[Mark]:
    """Give the marks of an attempt that stand, as they were given; some could not judge."""
    mine = select(Mark).where(Mark.attempt_id == attempt_id, stands())
    return session.scalars(mine.order_by(Mark.seq)).all()


def counted(
    session: Session, attempt_id: str, *, why: str | Collection[str] = RUBRIC
) -> Mapping[str, list[Mark]]:
    """Give the marks of an attempt that count, by item, in the order of their turns."""
    whys = {why} if isinstance(why, str) else why
    found: dict[str, list[Mark]] = {}
    for mark in marks_of(session, attempt_id):
        if mark.is_counted and mark.why in whys and mark.reason is None:
            found.setdefault(mark.item, []).append(mark)
    return {item: sorted(some, key=lambda one: one.turn) for item, some in found.items()}


def open_turns(session: Session, attempt_id: str) -> Sequence[Unmarked]:
    """Give what of an attempt waits for marks that count."""
    mine = select(Unmarked).where(Unmarked.attempt_id == attempt_id, Unmarked.why.in_(REAL))
    return session.scalars(mine.order_by(Unmarked.seq)).all()


def puzzling_items(session: Session, attempt_id: str, *, why: str = RUBRIC) -> frozenset[str]:
    """Give the answers of an attempt that so many could not judge that one mark must do."""
    refused = Counter(
        one.item
        for one in marks_of(session, attempt_id)
        if one.reason not in (None, KNOWN_PERSON) and one.why == why
    )
    return frozenset(item for item, times in refused.items() if times >= PUZZLED)


def left_out(session: Session, attempt_id: str) -> frozenset[str]:
    """Give the spoken tasks of an attempt that count no more, as nobody could hear them."""
    mine = (Ruling.attempt_id == attempt_id) & (Ruling.verdict == LEFT_OUT)
    return frozenset(session.scalars(select(Ruling.item).where(mine)))


def has_jury(session: Session, attempt_id: str) -> bool:
    """Tell whether a jury marks an attempt: then nobody else does."""
    is_over = exists().where(JuryNote.jury_id == Jury.id, JuryNote.kind == "dissolved")
    standing = select(Jury.id).where(Jury.attempt_id == attempt_id, ~is_over)
    return session.scalar(standing.limit(1)) is not None


def center_of(attempt: Attempt) -> str:
    """Give the center of an attempt, empty where it has none."""
    return attempt.criteria.get("center") or ""


def micro_competence_of(session: Session, mark: Mark) -> str:
    """Give what a mark is about: an example of the content says so in its name."""
    attempt = session.get(Attempt, mark.attempt_id)
    return mark.item.partition(".")[0] if attempt is None else attempt.assessment
