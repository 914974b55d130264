"""What staff prove besides a password: one-time codes of an app, and recovery codes."""

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import scrypt
from typing import Protocol

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from voice_app.models import Account, RecoveryCode

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


def take_code(account: Account, code: str, *, seals: Seals, now: datetime) -> bool:
    """Take a code of the account's app, once."""
    if account.totp_sealed is None:
        return False
    sealed = base64.b64decode(account.totp_sealed)
    secret = seals.opened(sealed, owner=_owner(account), about="totp").decode()
    step = step_of(secret, code, now=now, after=account.totp_step)
    if step is None:
        return False
    account.totp_step = step
    return True


def new_recovery_codes(session: Session, account: Account, *, now: datetime) -> Sequence[str]:
    """Give ten new codes to write down; the old ones are void."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(code_hash=_kept(account, code), account_id=account.id, made_at=now)
        for code in codes
    )
    session.flush()
    return codes


def take_recovery_code(session: Session, account: Account, code: str, *, now: datetime) -> bool:
    """Take a recovery code, once."""
    row = session.get(RecoveryCode, _kept(account, code))
    if row is None or row.account_id != account.id or row.used_at is not None:
        return False
    row.used_at = now
    return True


def recovery_codes_left(session: Session, account: Account) -> int:
    """How many codes are not used."""
    still = (RecoveryCode.account_id == account.id) & RecoveryCode.used_at.is_(None)
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(still)) or 0


def _new_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower()
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def _kept(account: Account, code: str) -> str:
    """Fewer than 112 bits are kept as slowly as a password, salted by whose they are."""
    plain = "".join(one for one in code.lower() if one.isalnum())[:64]
    return scrypt(plain.encode(), salt=account.id.encode(), **_SCRYPT).hex()


def _owner(account: Account) -> str:
    return f"account:{account.id}"
