"""Comments worth sharing: an assessor proposes one, a coordinator offers it to the center."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from voice_app import audit
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.errors import VoiceAppError
from voice_app.marking.tasks import Bank
from voice_app.models import GoodComment

LONGEST = 240
AMONG_PICTURES = ""
PROPOSED, SHARED, REFUSED, RETIRED = "proposed", "shared", "refused", "retired"
Answer = Literal["shared", "refused", "retired"]

_AFTER = {PROPOSED: (SHARED, REFUSED), SHARED: (RETIRED,)}


class GoodCommentError(VoiceAppError):
    """A comment to share is short, about a criterion, and waits for a coordinator's answer."""


def propose(
    session: Session,
    center: str,
    *,
    bank: Bank,
    criterion: str,
    language: str,
    text: str,
    author: str,
    at: datetime,
) -> GoodComment:
    """Propose a comment to the other assessors of a center. Raises `GoodCommentError`.

    What waits or is shared with the same words is not proposed again.
    """
    words = " ".join(text.split())
    if not 0 < len(words) <= LONGEST:
        raise GoodCommentError(f"A comment to share has 1 to {LONGEST} letters.")
    if criterion not in _criteria(bank):
        raise GoodCommentError("Choose what the comment is about.")
    known = _same(session, center, bank.micro_competence, criterion=criterion, text=words)
    if known is not None:
        return known
    row = GoodComment(
        about=None,
        center=center,
        micro_competence=bank.micro_competence,
        criterion=criterion,
        language=language,
        text=words,
        state=PROPOSED,
        author=author,
        at=at,
    )
    return _added(session, row)


def answer(
    session: Session, proposal: GoodComment, to: str, *, author: str, at: datetime
) -> GoodComment:
    """Share, refuse or retire a comment. Raises `GoodCommentError`.

    Nobody shares their own. What is refused keeps no words.
    """
    if to not in _AFTER.get(state_of(session, proposal), ()):
        raise GoodCommentError("This comment has its answer.")
    if to == SHARED and author == proposal.author:
        raise GoodCommentError("Somebody else shares what you proposed.")
    if to == REFUSED:
        proposal.text = ""
    row = GoodComment(
        about=proposal.seq,
        center=proposal.center,
        micro_competence=proposal.micro_competence,
        criterion=proposal.criterion,
        language=proposal.language,
        text="",
        state=to,
        author=author,
        at=at,
    )
    return _added(session, row)


def waiting(session: Session, center: str) -> Sequence[GoodComment]:
    """Give what is proposed in a center and has no answer, the first first."""
    return session.scalars(_standing(PROPOSED).where(GoodComment.center == center)).all()


def shared(
    session: Session,
    center: str,
    *,
    micro_competence: str | None = None,
    criteria: Collection[str] | None = None,
    language: str | None = None,
) -> Sequence[GoodComment]:
    """Give what a center offers to its assessors: all, or what fits an answer."""
    found = _standing(SHARED).where(GoodComment.center == center)
    if micro_competence is not None:
        found = found.where(GoodComment.micro_competence == micro_competence)
    if criteria is not None:
        found = found.where(GoodComment.criterion.in_(criteria))
    if language is not None:
        found = found.where(GoodComment.language == language)
    return session.scalars(found).all()


def state_of(session: Session, proposal: GoodComment) -> str:
    """Give how a proposal stands."""
    later = select(GoodComment.state).where(GoodComment.about == proposal.seq)
    return session.scalar(later.order_by(GoodComment.seq.desc()).limit(1)) or proposal.state


def _standing(state: str) -> Select[GoodComment]:
    """Give the proposals whose last row says this."""
    later = aliased(GoodComment)
    number = select(func.max(later.seq)).where(later.about == GoodComment.seq).scalar_subquery()
    last = aliased(GoodComment)
    now = select(last.state).where(last.seq == func.coalesce(number, GoodComment.seq))
    is_so = now.scalar_subquery() == state
    return select(GoodComment).where(GoodComment.about.is_(None), is_so).order_by(GoodComment.seq)


def _same(
    session: Session, center: str, micro_competence: str, *, criterion: str, text: str
) -> GoodComment | None:
    for row in (*waiting(session, center), *shared(session, center)):
        about = (row.micro_competence, row.criterion, row.text)
        if about == (micro_competence, criterion, text):
            return row
    return None


def _criteria(bank: Bank) -> Collection[str]:
    """Give what a comment may be about; an answer among pictures is of one kind."""
    return bank.rubric.keys() if isinstance(bank, ScenarioBank) else (AMONG_PICTURES,)


def _added(session: Session, row: GoodComment) -> GoodComment:
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=row.author,
        action=f"comment.{row.state}",
        subject=f"comment:{row.about or row.seq}",
        center=row.center or None,
        at=row.at,
    )
    return row
