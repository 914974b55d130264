"""Passkeys of staff: keys that their devices keep, opened there by a finger, a face or a PIN."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from voice_app import audit
from voice_app.errors import VoiceAppError
from voice_app.models import Account, Passkey
from voice_app.people.accounts import plain_name

_NAME = re.compile(r"[A-Za-z0-9_-]{1,512}")
_NEEDED = UserVerificationRequirement.REQUIRED


class BadPasskey(VoiceAppError):
    """What the device answered proves nothing here."""


@dataclass(frozen=True)
class Place:
    """Where passkeys hold: the service's address and its name."""

    origin: str
    name: str

    @property
    def host(self) -> str:
        """The host that a passkey is bound to."""
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True)
class Asked:
    """What a device is asked: `options` for the browser, `challenge` to compare with, as text."""

    options: Mapping[str, Any]
    challenge: str


def ask_for_new(place: Place, account: Account, *, has: Sequence[Passkey]) -> Asked:
    """Ask a device to make a passkey, which it keeps together with whose it is."""
    options = generate_registration_options(
        rp_id=place.host,
        rp_name=place.name,
        user_name=account.email,
        user_display_name=account.name,
        user_id=account.id.encode(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_NEEDED
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in has
        ],
    )
    return Asked(json.loads(options_to_json(options)), bytes_to_base64url(options.challenge))


def ask_to_prove(place: Place) -> Asked:
    """Ask whoever is there to prove who they are; the device says whose passkey it was."""
    options = generate_authentication_options(rp_id=place.host, user_verification=_NEEDED)
    return Asked(json.loads(options_to_json(options)), bytes_to_base64url(options.challenge))


def add(
    session: Session,
    place: Place,
    *,
    account: Account,
    challenge: str,
    answer: Mapping[str, Any],
    name: str,
    now: datetime,
) -> Passkey:
    """Keep a new passkey. Raises `BadPasskey`."""
    try:
        made = verify_registration_response(
            credential=dict(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise BadPasskey("The device's answer could not be taken. Try again.") from error
    key_id = bytes_to_base64url(made.credential_id)
    if session.get(Passkey, key_id) is not None:
        raise BadPasskey("This passkey is known already.")
    row = Passkey(
        id=key_id,
        account_id=account.id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=plain_name(name or "Passkey")[:60],
        made_at=now,
    )
    session.add(row)
    _logged(session, account, action="passkey.added", now=now)
    return row


def prove(session: Session, place: Place, *, challenge: str, answer: Mapping[str, Any]) -> Account:
    """Give whose passkey answered. Raises `BadPasskey`, the same for any reason."""
    row = _named(session, answer)
    if row is None:
        raise BadPasskey("This passkey is not known here.")
    try:
        proven = verify_authentication_response(
            credential=dict(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise BadPasskey("The device's answer could not be taken. Try again.") from error
    row.sign_count = proven.new_sign_count
    account = session.get_one(Account, row.account_id)
    if account.locked_at is not None:
        raise BadPasskey("This passkey is not known here.")
    return account


def refuse(session: Session, answer: Mapping[str, Any], *, now: datetime) -> None:
    """Note a proof that failed, of whose passkey it claims to be: a copy shows itself so."""
    row = _named(session, answer)
    account = None if row is None else session.get(Account, row.account_id)
    audit.record(
        session,
        actor="stranger",
        action="sign-in.refused",
        subject=f"account:{account.id}" if account else "nobody",
        center=account.center_id if account else None,
        at=now,
    )


def of(session: Session, account: Account) -> Sequence[Passkey]:
    """Give the passkeys of an account, the oldest first."""
    about = Passkey.account_id == account.id
    return session.scalars(select(Passkey).where(about).order_by(Passkey.made_at)).all()


def remove(session: Session, account: Account, key_id: str, *, now: datetime) -> None:
    """Forget a passkey of an account; one of another's stays."""
    session.execute(delete(Passkey).where(Passkey.id == key_id, Passkey.account_id == account.id))
    _logged(session, account, action="passkey.removed", now=now)


def _named(session: Session, answer: Mapping[str, Any]) -> Passkey | None:
    """Find the passkey that an answer names, in base64url; half a character is no name."""
    name = str(answer.get("id", ""))
    return session.get(Passkey, name) if _NAME.fullmatch(name) else None


def _logged(session: Session, account: Account, *, action: str, now: datetime) -> None:
    name = f"account:{account.id}"
    audit.record(session, actor=name, action=action, subject=name, center=account.center_id, at=now)
