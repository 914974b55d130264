"""Taking rows out: what was heard, what hangs on an attempt or a person, traces in events."""

from collections.abc import Callable, Collection
from uuid import uuid4

from sqlalchemy import ColumnElement, Table, delete, func, or_, select, update
from sqlalchemy.orm import Session

from voice_app.models import Hearing, Row
from voice_app.privacy.belongings import Conditions, parents_first
from voice_app.vault import SEALED, SPOKEN, has_speech, without_speech

BADGE_TABLES = frozenset({"badge", "badge_event", "badge_part"})


def silence(session: Session, utterance_ids: Collection[str]) -> int:
    """Take what was heard in utterances out of the rows; verdicts stay. Returns how many."""
    told = [
        row
        for utterance_id in utterance_ids
        for row in session.scalars(select(Hearing).where(Hearing.utterance_id == utterance_id))
        if has_speech(row.evidence)
    ]
    for row in told:
        row.evidence = without_speech(row.evidence)
    return len(told)


def has_words() -> ColumnElement[bool]:
    """Give the condition of hearings that hold what somebody said, sealed or not."""
    return or_(
        func.json_type(Hearing.evidence, f"$.{SEALED}").is_not(None),
        *(func.json_array_length(Hearing.evidence, f"$.{name}") > 0 for name in SPOKEN),
    )


def delete_rows(
    session: Session, mine: Conditions, *, before_attempts: Callable[[], None] = lambda: None
) -> dict[str, int]:
    """Delete children before their parents, but for badges; returns how many of each table.

    `before_attempts` is called when only the attempts and what they hang on are left.
    """
    counts: dict[str, int] = {}
    for table in reversed(parents_first()):
        if table.name == "attempt":
            before_attempts()
        if table.name in mine and table.name not in BADGE_TABLES:
            counts[table.name] = _deleted(session, table, mine[table.name])
    session.expire_all()
    return {name: count for name, count in counts.items() if count}


def forget_inferences(session: Session, attempt_ids: Collection[str]) -> None:
    """Keep the machine's events, which are digests, and cut the way back to the attempts.

    Numbers of deleted hearings are given again: those of the events must not be in their way.
    """
    table = Row.metadata.tables.get("inference")
    if table is None:
        return
    for attempt_id in attempt_ids:
        session.execute(
            update(table)
            .where(table.c.attempt_id == attempt_id)
            .values(attempt_id=str(uuid4()), hearing_seq=-table.c.seq)
        )


def _deleted(session: Session, table: Table, condition: ColumnElement[bool]) -> int:
    gone = delete(table).where(condition).returning(*table.primary_key)
    return len(session.execute(gone).all())
