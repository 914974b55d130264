"""What belongs to a person: found by the shape of the tables, so that no new table is forgotten."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Select, Table, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.schema import sort_tables

from voice_app.models import (
    Attempt,
    Badge,
    Candidate,
    Card,
    Consent,
    Correction,
    Inference,
    Mark,
    NoticeHeard,
    Response,
    Row,
    SignIn,
    Utterance,
)

Conditions = Mapping[str, ColumnElement[bool]]

OWNER = "owner_hash"
# Where a table that names owners says when a row was made.
_MADE = ("at", "made_at", "started_at")
# Columns that name a row of another table where no foreign key does.
_NAMES = {
    "attempt_id": "attempt",
    "candidate_id": "candidate",
    "utterance_id": "utterance",
    "badge_code": "badge",
}
# Kept as events without a person: see `erasing`.
_NOBODYS = frozenset({"inference"})


@dataclass(frozen=True)
class Holdings:
    """How much is kept of a person, for telling it aloud.

    `is_known` is whether there is any row of theirs. `events` are those of the machine about
    their answers; `sign_ins`, `notices` and `corrections` count what they did here.
    """

    is_known: bool
    attempts: int
    recordings: int
    badges: int
    consents: int
    has_name: bool
    has_card: bool
    is_candidate: bool
    sign_ins: int
    notices: int
    corrections: int
    events: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is kept."""
        return not self.is_known


def belongings(owner_hash: str, *, until: datetime | None = None) -> Conditions:
    """Give for each table the condition that a row belongs to a person, parents first.

    With `until`, rows that were made later, and what hangs on them, are left out.
    """
    return _under(lambda table: _owned(table, owner_hash, until=until))


def parts_of(attempt_id: str) -> Conditions:
    """Give for each table the condition that a row belongs to an attempt, parents first."""
    return _under(lambda table: table.c.id == attempt_id if table.name == "attempt" else None)


def parents_first() -> list[Table]:
    """Give all tables so that each comes after those its rows hang on."""
    tables = Row.metadata.tables.values()
    named = [(one.table, table) for table in tables for c in table.c for one in _parents(c)]
    return sort_tables(tables, extra_dependencies=[(p, t) for p, t in named if p is not t])


def owners(session: Session) -> set[str]:
    """Give every owner of whom anything is kept."""
    queries = (select(column).distinct() for column in _owner_columns())
    return {one for query in queries for one in session.scalars(query)}


def is_known(session: Session, owner_hash: str) -> bool:
    """Whether anything is kept of an owner."""
    queries = (select(column).where(column == owner_hash).limit(1) for column in _owner_columns())
    return any(session.scalar(query) is not None for query in queries)


def owner_of(session: Session, attempt_id: str) -> str | None:
    """Give the owner of an attempt; None where there is no such attempt."""
    attempt = session.get(Attempt, attempt_id)
    return None if attempt is None else attempt.owner_hash


def attempts_of(session: Session, owner_hash: str) -> list[str]:
    """Give the attempts of a person, the first one first."""
    mine = select(Attempt.id).where(Attempt.owner_hash == owner_hash)
    return list(session.scalars(mine.order_by(Attempt.started_at)))


def spoken(owner_hash: str, *, until: datetime | None = None) -> Select[str]:
    """Give the utterances of a person in their order, or those that came until then."""
    query = (
        select(Utterance.id)
        .join(Response, Response.id == Utterance.id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.owner_hash == owner_hash)
        .order_by(Response.seq)
    )
    return query if until is None else query.where(Response.received_at <= until)


def words(owner_hash: str, *, until: datetime | None = None) -> ColumnElement[bool]:
    """Give the condition of a person's consents that were said aloud."""
    mine = belongings(owner_hash, until=until)["consent"]
    return mine & Consent.recording.is_not(None)


def recordings(session: Session, owner_hash: str, *, until: datetime | None = None) -> list[str]:
    """Give the names under which a person's recordings lie in the store, or those of before."""
    said_yes = session.scalars(select(Consent.recording).where(words(owner_hash, until=until)))
    return [*session.scalars(spoken(owner_hash, until=until)), *(one for one in said_yes if one)]


def comments(session: Session, owner_hash: str, *, until: datetime | None = None) -> list[str]:
    """Give the names under which what assessors said to a person lies in the store."""
    return list(session.scalars(said_aloud(marked(owner_hash, until=until))))


def marked(owner_hash: str, *, until: datetime | None = None) -> ColumnElement[bool]:
    """Give the condition of marks on a person's answers, or of those given until then."""
    mine = belongings(owner_hash, until=until)["mark"]
    return mine if until is None else mine & (Mark.at <= until)


def said_aloud(condition: ColumnElement[bool] | None = None) -> Select[str]:
    """Give the recordings of comments, of all marks or those with a condition."""
    recording = Mark.comment["recording"]["id"].as_string()
    said = select(recording).where(recording.is_not(None))
    return said if condition is None else said.where(condition)


def takes(session: Session, owner_hash: str) -> list[str]:
    """Give the names of the files in which a person's recordings lie in the store."""
    said = select(Utterance.path).where(Utterance.id.in_(spoken(owner_hash)))
    yes = select(Consent.recording, Consent.recording_sha256).where(words(owner_hash))
    return [*session.scalars(said), *(f"{one}.{sha}.take" for one, sha in session.execute(yes))]


def holdings(session: Session, owner_hash: str, *, stored: int) -> Holdings:
    """Count what is kept of a person; `stored` of their recordings are there still."""
    mine = belongings(owner_hash)
    known = session.scalar(select(Candidate).where(mine["candidate"]))
    return Holdings(
        is_known=is_known(session, owner_hash),
        attempts=_count(session, Attempt, mine["attempt"]),
        recordings=stored,
        badges=_count(session, Badge, mine["badge"]),
        consents=_count(session, Consent, mine["consent"] & Consent.is_given),
        has_name=known is not None and known.call_name is not None,
        has_card=bool(_count(session, Card, mine["card"] & Card.closed_at.is_(None))),
        is_candidate=known is not None,
        sign_ins=_count(session, SignIn, mine["sign_in"]),
        notices=_count(session, NoticeHeard, mine["notice_heard"]),
        corrections=_count(session, Correction, mine["correction"]),
        events=_count(session, Inference, events(owner_hash)),
    )


def events(owner_hash: str) -> ColumnElement[bool]:
    """Give the condition of the machine's events about a person's answers."""
    return Inference.attempt_id.in_(select(Attempt.id).where(Attempt.owner_hash == owner_hash))


def _count(session: Session, kind: type[Row], condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(kind).where(condition)) or 0


def _owner_columns() -> list[Column[str]]:
    return [table.c[OWNER] for table in Row.metadata.tables.values() if OWNER in table.c]


def _owned(table: Table, owner_hash: str, *, until: datetime | None) -> ColumnElement[bool] | None:
    if OWNER not in table.c:
        return None
    is_mine = table.c[OWNER] == owner_hash
    made = next(table.c[name] for name in _MADE if name in table.c)
    return is_mine if until is None else is_mine & (made <= until)


def _under(root: Callable[[Table], ColumnElement[bool] | None]) -> Conditions:
    """Give the roots and, by their keys, all that hangs on them."""
    found: dict[str, ColumnElement[bool]] = {}
    for table in parents_first():
        own = root(table)
        reasons = [*([] if own is None else [own]), *_inherited(table, found)]
        if reasons and table.name not in _NOBODYS:
            found[table.name] = or_(*reasons)
    return found


def _inherited(table: Table, found: Conditions) -> Iterator[ColumnElement[bool]]:
    for column in table.c:
        for parent in _parents(column):
            if parent.table.name in found and parent.table is not table:
                yield column.in_(select(parent).where(found[parent.table.name]))


def _parents(column: Column[object]) -> Iterator[Column[object]]:
    yield from (key.column for key in column.foreign_keys)
    named = Row.metadata.tables.get(_NAMES.get(column.name, ""))
    if named is not None and not column.foreign_keys:
        yield next(iter(named.primary_key))
