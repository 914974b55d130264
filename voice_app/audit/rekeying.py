"""A new passphrase gives a new key: the entry that says so holds the old one, locked by the new."""

import base64
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.audit.chain import is_sealed, key_of
from voice_app.audit.writing import KEY, record
from voice_app.models import AuditEntry

REKEYED = "audit.rekeyed"

_NONCE_BYTES = 12


def rekey(session: Session, *, old: bytes, new: bytes, at: datetime) -> bool:
    """Seal from now on with the key of the passphrase `new`; False where it is so already.

    What was sealed before can be verified on: the new key opens the old one.
    """
    newer = key_of(new)
    if old == new or _is_in_use(session, newer):
        return False
    session.info[KEY] = newer
    locked = _locked(key_of(old), by=newer)
    record(session, actor="command", action=REKEYED, subject="audit", before=locked, at=at)
    return True


def keys_of(session: Session, key: bytes) -> list[bytes | None]:
    """Give every key the log was sealed with, the one in use first; None for one that is lost."""
    keys: list[bytes | None] = [key]
    changes = (
        select(AuditEntry.before)
        .where(AuditEntry.action == REKEYED)
        .order_by(AuditEntry.seq.desc())
    )
    for locked in session.scalars(changes):
        keys.append(_opened(locked or "", by=keys[-1]))
    return keys


def _is_in_use(session: Session, key: bytes) -> bool:
    last = session.scalar(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1))
    return last is not None and is_sealed(last.digest, mac=last.mac, key=key)


def _locked(key: bytes, *, by: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(by).encrypt(nonce, key, REKEYED.encode())).decode()


def _opened(locked: str, *, by: bytes | None) -> bytes | None:
    if by is None:
        return None
    try:
        sealed = base64.b64decode(locked, validate=True)
        return AESGCM(by).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], REKEYED.encode())
    except (ValueError, InvalidTag):
        return None
