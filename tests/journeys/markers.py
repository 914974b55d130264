"""People who mark what waits of an attempt, in a running service."""

from typing import Any

from sqlalchemy import select

from voice_app.marking import giving, queue, tasks
from voice_app.models import Attempt, Unmarked
from voice_app.routes.deps import Service
from voice_app.routes.marking_settled import bank_of, settled


def mark(here: Service, attempt_id: str, *, author: str, is_best: bool, **more: Any) -> int:
    """Give each answer of an attempt the next mark it waits for; returns how many."""
    with here.database.writing.begin() as session:
        attempt = session.get_one(Attempt, attempt_id)
        mine = select(Unmarked).where(Unmarked.attempt_id == attempt_id)
        waits = session.scalars(mine.order_by(Unmarked.turn.desc(), Unmarked.seq)).all()
        first = {one.item: one for one in waits}
        for task in first.values():
            now = here.clock()
            task.claimed_by, task.claimed_until = author, now + queue.CLAIM
            scales = tasks.scales(attempt, task.item)
            giving.give(
                session,
                task,
                bank=bank_of(here, attempt.assessment),
                author=author,
                levels={name: scale[-1 if is_best else 0] for name, scale in scales.items()},
                vault=here.vault,
                began_at=now,
                at=now,
                **more,
            )
        settled(session, here, attempt_id)
    return len(first)
