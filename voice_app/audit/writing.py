"""Adding to the log, inside the transaction that does what it tells of."""

import hmac
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text
from sqlalchemy.orm import Session

from voice_app.audit.chain import FIRST, Entry, code, mac_of
from voice_app.errors import VoiceAppError
from voice_app.models import AuditEntry

KEY = "audit-key"
ACTOR = "audit-actor"


class LogHasNoKeyError(VoiceAppError):
    """The database was opened without `audit.watch`, so nothing in it can be sealed."""


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    subject: str,
    center: str | None = None,
    before: str | None = None,
    after: str | None = None,
    at: datetime,
) -> None:
    """Add an entry. It stands when the transaction is committed, and only then.

    What is no code (a word, a name, an address) is kept as its digest alone. Raises
    `LogHasNoKeyError` where the session is not one of a database that `watch` was told of.
    """
    key = _key(session)
    connection = session.connection()
    seq, previous = _end_of(connection)
    entry = Entry(
        seq=seq + 1,
        at=at,
        actor=code(actor),
        action=code(action),
        subject=code(subject),
        center=_code(center),
        before=_code(before),
        after=_code(after),
        previous=previous,
    )
    connection.execute(insert(AuditEntry).values(_row(entry, key=key)))


def keyed_hash(session: Session, purpose: str, value: str) -> bytes:
    """Hash a value so that only the holder of the log's key can tell or repeat it: 32 bytes.

    Raises `LogHasNoKeyError`.
    """
    return hmac.digest(_key(session), f"{purpose}\n{value}".encode(), "sha256")


def acting(session: Session, actor: str) -> None:
    """Name who acts in this session, for the entries that its rows leave by themselves."""
    session.info[ACTOR] = actor


def _key(session: Session) -> bytes:
    key: bytes | None = session.info.get(KEY)
    if key is None:
        raise LogHasNoKeyError("This database was opened without its log: call audit.watch first.")
    return key


def _end_of(connection: Connection) -> tuple[int, str]:
    if connection.dialect.name == "postgresql":
        # SQLite's BEGIN IMMEDIATE lets one transaction write at a time; here only this does.
        connection.execute(text("LOCK TABLE audit_entry IN EXCLUSIVE MODE"))
    last = select(AuditEntry.seq, AuditEntry.digest).order_by(AuditEntry.seq.desc()).limit(1)
    row = connection.execute(last).first()
    return (0, FIRST) if row is None else (row.seq, row.digest)


def _row(entry: Entry, *, key: bytes) -> dict[str, Any]:
    digest = entry.digest
    return vars(entry) | {"digest": digest, "mac": mac_of(digest, key=key)}


def _code(value: str | None) -> str | None:
    return None if value is None else code(value)
