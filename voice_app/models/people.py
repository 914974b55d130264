"""People: centers, their candidates and staff, and who is signed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Center(Row):
    """A place where candidates are received; `country` is two letters of ISO 3166."""

    __tablename__ = "center"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    made_at: Mapped[datetime]


class Candidate(Row):
    """A person a center knows, who has a way in of their own.

    `owner_hash` is the SHA-256 of a secret that nobody keeps: the candidate's attempts are
    those with the same `Attempt.owner_hash`. `call_name` is what they want to be called.
    """

    __tablename__ = "candidate"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    center_id: Mapped[str] = mapped_column(ForeignKey("center.id"), index=True)
    call_name: Mapped[str | None] = mapped_column(String(60))
    help_language: Mapped[str] = mapped_column(String(8))
    owner_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


class Account(Row):
    """A member of staff: assessor, coordinator or owner of a center, or operator of none.

    `email` is in small letters. `password_hash` is Argon2id; `totp_sealed` the shared secret of
    the one-time codes, encrypted; `totp_step` the 30-second step of the last code that was
    taken, so that none is taken twice. `oidc_subject` is "issuer subject" of an organization's
    own account. A locked account (`locked_at`) comes in no way.
    """

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    center_id: Mapped[str | None] = mapped_column(ForeignKey("center.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    totp_sealed: Mapped[str | None] = mapped_column(String(255))
    totp_step: Mapped[int | None]
    oidc_subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    locked_at: Mapped[datetime | None]
    made_at: Mapped[datetime]


class Passkey(Row):
    """A key that a member of staff's device keeps; `id` is its credential id in base64url."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(512), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime]


class RecoveryCode(Row):
    """A code that stands in for a lost second factor, once; only its hash is kept."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Invitation(Row):
    """A link by which one person becomes staff, or sets their ways in anew; used once.

    `account_id` names whose ways in are set anew; otherwise an account with `email` and
    `role` is made. Without a `center_id` an owner names a new center. `candidate_id` is who
    asked to become an assessor.
    """

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    center_id: Mapped[str | None] = mapped_column(ForeignKey("center.id"), index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    candidate_id: Mapped[str | None] = mapped_column(String(36), index=True)
    role: Mapped[str] = mapped_column(String(12))
    email: Mapped[str | None] = mapped_column(String(254))
    made_by: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Ceremony(Row):
    """What a page was asked to prove, until it is proven or runs out: taken once.

    `kind` is second-factor, invited, joining, passkey-new, passkey, totp-new or oidc; `told` is
    what is compared later. `id_hash` is the SHA-256 of the secret in the page's cookie.
    """

    __tablename__ = "ceremony"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    told: Mapped[dict[str, Any]]
    ends_at: Mapped[datetime]


class SignIn(Row):
    """One person who is in, on one device, until it ends; `kind` is staff, candidate or kiosk.

    `id_hash` is the SHA-256 of the secret in the cookie, `csrf_hash` that of the token in its
    forms. It ends at `ends_at`, `idle_seconds` after `seen_at`, or at `ended_at`. `fresh_at` is
    when the person last proved who they are. `label` says coarsely what they came with.
    """

    __tablename__ = "sign_in"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    candidate_id: Mapped[str | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(String(36), index=True)
    center_id: Mapped[str | None] = mapped_column(ForeignKey("center.id"), index=True)
    csrf_hash: Mapped[str] = mapped_column(String(64))
    label: Mapped[str | None] = mapped_column(String(60))
    idle_seconds: Mapped[int]
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    fresh_at: Mapped[datetime | None]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
