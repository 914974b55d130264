"""What staff prove besides a password: one-time codes of an app, and recovery codes."""

import base64
import hmac
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import scrypt
from typing import Protocol

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from voice_app.models import Account, RecoveryCode
from voice_app.vault import VaultError

log = logging.getLogger(__name__)

STEP_SECONDS = 30
RECOVERY_CODES = 10
# Phones' clocks differ: the step before and the step after are taken too.
_STEPS_APART = (0, -1, 1)
_DIGITS = 6
# 80 bits, in letters that are not mixed up when they are read from paper.
_CODE_BYTES = 10
_GROUP = 4
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}


class Seals(Protocol):
    """Keeps bytes so that the database alone does not tell them."""

    def seal(self, data: bytes, *, owner: str, about: str = "") -> bytes:
        """Seal bytes for an owner."""
        ...

    def opened(self, sealed: bytes, *, owner: str, about: str = "") -> bytes:
        """Give them again."""
        ...


def new_secret() -> str:
    """Give the secret of a new app: 160 bits in base32."""
    return pyotp.random_base32()


def address_for(secret: str, *, name: str, issuer: str) -> str:
    """Give the address in the picture that an app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def step_of(secret: str, code: str, *, now: datetime, after: int | None = None) -> int | None:
    """Give the step that a code belongs to; None when it is wrong or not later than `after`."""
    plain = "".join(code.split())
    if len(plain) != _DIGITS or not plain.isascii():
        return None
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    fits = [
        current + apart
        for apart in _STEPS_APART
        if hmac.compare_digest(totp.generate_otp(current + apart), plain)
    ]
    later = [step for step in fits if after is None or step > after]
    return max(later, default=None)


def keep_secret(account: Account, secret: str, *, seals: Seals, step: int) -> None:
    """Keep the secret of an app that just showed the code of `step`."""
    sealed = seals.seal(secret.encode(), owner=_owner(account), about="totp")
    account.totp_sealed = base64.b64encode(sealed).decode()
    account.totp_step = step


@dataclass(frozen=True)
class Shown:
    """What a code comes to, worked out before a transaction: hashing takes a while.

    `step` is that of the app whose secret was `sealed` so; `code_hash` that of a recovery code.
    """

    sealed: str | None
    step: int | None
    code_hash: str | None


@dataclass(frozen=True)
class Drawn:
    """Ten new recovery codes of an account, and what is kept of them."""

    codes: tuple[str, ...]
    hashes: tuple[str, ...]


def look_at(account: Account, code: str, *, seals: Seals, now: datetime) -> Shown:
    """Work out what a code comes to; whether it is taken, `take` decides."""
    if not _is_of_app(code):
        return Shown(None, None, _kept(account.id, code))
    sealed = account.totp_sealed
    return Shown(sealed, _step_shown(account, code, seals=seals, now=now), None)


def take(session: Session, account: Account, shown: Shown, *, now: datetime) -> bool:
    """Take a code of the account's app, or a recovery code in its place: each once."""
    if shown.code_hash is not None:
        return _take_recovery_code(session, account, shown.code_hash, now=now)
    is_late = shown.step is None or shown.step <= (account.totp_step or 0)
    if is_late or shown.sealed != account.totp_sealed:
        return False
    account.totp_step = shown.step
    return True


def draw_recovery_codes(account_id: str) -> Drawn:
    """Draw ten new codes to write down, before the transaction that keeps them."""
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    return Drawn(codes, tuple(_kept(account_id, code) for code in codes))


def keep_recovery_codes(session: Session, account: Account, drawn: Drawn, *, now: datetime) -> None:
    """Let new codes hold; the old ones are void."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.add_all(
        RecoveryCode(code_hash=one, account_id=account.id, made_at=now) for one in drawn.hashes
    )
    session.flush()


def recovery_codes_left(session: Session, account: Account) -> int:
    """How many codes are not used."""
    still = (RecoveryCode.account_id == account.id) & RecoveryCode.used_at.is_(None)
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(still)) or 0


def _new_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower()
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _is_of_app(code: str) -> bool:
    plain = "".join(code.split())
    return len(plain) == _DIGITS and plain.isascii() and plain.isdigit()


def _step_shown(account: Account, code: str, *, seals: Seals, now: datetime) -> int | None:
    """Give the step of a code of the app; None where its secret cannot be opened any more."""
    if account.totp_sealed is None:
        return None
    sealed = base64.b64decode(account.totp_sealed)
    try:
        secret = seals.opened(sealed, owner=_owner(account), about="totp").decode()
    except VaultError:
        log.exception("The app of account %s cannot be checked.", account.id)
        return None
    return step_of(secret, code, now=now)


def _take_recovery_code(
    session: Session, account: Account, code_hash: str, *, now: datetime
) -> bool:
    row = session.get(RecoveryCode, code_hash)
    if row is None or row.account_id != account.id or row.used_at is not None:
        return False
    row.used_at = now
    return True


def _kept(account_id: str, code: str) -> str:
    """Fewer than 112 bits are kept as slowly as a password, salted by whose they are."""
    plain = "".join(one for one in code.lower() if one.isalnum())[:64]
    return scrypt(plain.encode(), salt=account_id.encode(), **_SCRYPT).hex()


def _owner(account: Account) -> str:
    return f"account:{account.id}"
