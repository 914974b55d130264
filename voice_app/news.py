"""What a candidate is to be told when they come again: marks are there, somebody has answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from voice_app.models import Attempt, News

OUTCOME = "news.outcome"
APPEAL = "news.appeal"
REMARK = "news.remark"


def tell(session: Session, attempt: Attempt, *, key: str, at: datetime) -> News:
    """Have the owner of an attempt told something; what they have not heard yet stays one."""
    same = (News.attempt_id == attempt.id) & (News.key == key) & News.heard_at.is_(None)
    known = session.scalar(select(News).where(same))
    if known is not None:
        return known
    row = News(owner_hash=attempt.owner_hash, attempt_id=attempt.id, key=key, at=at)
    session.add(row)
    session.flush()
    return row


def unheard(session: Session, owner_hash: str) -> Sequence[News]:
    """Give what somebody has not heard yet, the oldest first: of each attempt the last."""
    open_news = (News.owner_hash == owner_hash) & News.heard_at.is_(None)
    last = select(func.max(News.seq)).where(open_news).group_by(News.attempt_id)
    return session.scalars(select(News).where(News.seq.in_(last)).order_by(News.seq)).all()


def of_attempt(session: Session, attempt_id: str) -> News | None:
    """Give what of an attempt was not heard yet, the last; None where nothing is new."""
    mine = select(News).where(News.attempt_id == attempt_id, News.heard_at.is_(None))
    return session.scalar(mine.order_by(News.seq.desc()).limit(1))


def hear(session: Session, attempt: Attempt, *, until: int, at: datetime) -> None:
    """Note that what is new of an attempt was played, up to the number of the last of it."""
    played = (News.attempt_id == attempt.id) & (News.seq <= until) & News.heard_at.is_(None)
    session.execute(update(News).where(played).values(heard_at=at))
