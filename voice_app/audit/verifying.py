"""Reading the log again from its first entry, and naming the first one that was bent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.audit.chain import FIRST, Entry, is_sealed
from voice_app.audit.rekeying import REKEYED, keys_of
from voice_app.models import AuditEntry

Fault = Literal["missing", "altered", "out of order", "not sealed with our key"]

_AT_ONCE = 500


@dataclass(frozen=True)
class Seen:
    """An entry that was read; `fault` says what is wrong with it, None when nothing is."""

    seq: int
    fault: Fault | None


@dataclass(frozen=True)
class Root:
    """The last entry of a day (UTC): whoever keeps it outside can tell what is cut off later."""

    day: date
    seq: int
    digest: str

    def __str__(self) -> str:
        """Give the words to print, which `audit verify --root` takes again."""
        return f"{self.day.isoformat()}:{self.seq}:{self.digest}"


def count(session: Session) -> int:
    """How many entries there are."""
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def read(session: Session, *, key: bytes) -> Iterator[Seen]:
    """Read every entry in order, up to the first that has a fault.

    `key` is the one in use now; those before it are in the entries of its changes.
    """
    keys = keys_of(session, key)
    expected, previous = 1, FIRST
    rows = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=_AT_ONCE)
    for row in session.scalars(rows):
        if row.action == REKEYED:
            keys.pop()
        fault = _fault(row, expected=expected, previous=previous, key=keys[-1])
        yield Seen(expected if fault == "missing" else row.seq, fault)
        if fault is not None:
            return
        expected, previous = row.seq + 1, row.digest


def lacks(session: Session, root: Root) -> bool:
    """Tell whether an entry that was once the last of a day is gone or another."""
    digest = session.scalar(select(AuditEntry.digest).where(AuditEntry.seq == root.seq))
    return digest != root.digest


def roots(session: Session) -> Sequence[Root]:
    """Give the root of each day, oldest first."""
    day = func.date(AuditEntry.at)
    last = select(func.max(AuditEntry.seq)).group_by(day)
    rows = session.scalars(
        select(AuditEntry).where(AuditEntry.seq.in_(last)).order_by(AuditEntry.seq)
    )
    return [Root(row.at.date(), row.seq, row.digest) for row in rows]


def parse_root(words: str) -> Root:
    """Read a root as it was printed. Raises `ValueError`."""
    day, seq, digest = words.strip().split(":")
    return Root(date.fromisoformat(day), int(seq), digest)


def _fault(row: AuditEntry, *, expected: int, previous: str, key: bytes | None) -> Fault | None:
    if row.seq != expected:
        return "missing"
    if row.previous != previous:
        return "out of order"
    if _entry(row).digest != row.digest:
        return "altered"
    is_ours = key is not None and is_sealed(row.digest, mac=row.mac, key=key)
    return None if is_ours else "not sealed with our key"


def _entry(row: AuditEntry) -> Entry:
    return Entry(**{field.name: getattr(row, field.name) for field in fields(Entry)})
