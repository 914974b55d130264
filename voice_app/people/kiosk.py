"""Devices of a center, and the pictures that let one candidate in on one device, once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.access import signins
from voice_app.access.signins import digest
from voice_app.errors import VoiceAppError
from voice_app.models import Candidate, Device, KioskCode
from voice_app.people.candidates import named
from voice_app.people.pins import Hashing, Pictures, new_code

LASTS = timedelta(minutes=10)
MOST_TRIES = 5
LONGEST_NAME = 80


class ClosedCode(VoiceAppError):
    """The code opens nothing: there is none, or it was used, tried too often or is too old."""


class OtherCode(VoiceAppError):
    """These are not the pictures of this device's code."""


class UnknownDevice(VoiceAppError):
    """There is no such device of this center, or it was taken out of service."""


@dataclass(frozen=True)
class Code:
    """A code drawn before the transaction; its pictures are shown once and kept nowhere."""

    pictures: Pictures
    code_hash: str


@dataclass(frozen=True)
class Try:
    """One try, counted already. Without a `seq` there is nothing to open."""

    seq: int | None
    code_hash: str | None


def enlist(
    session: Session, *, center_id: str, name: str, by: str, at: datetime
) -> tuple[Device, str]:
    """Make a device one of the center; gives it with the secret for its cookie, 256 bits."""
    secret = secrets.token_urlsafe(32)
    device = Device(
        id=str(uuid4()),
        center_id=center_id,
        name=name.strip()[:LONGEST_NAME],
        secret_hash=digest(secret),
        made_at=at,
        ended_at=None,
    )
    session.add(device)
    session.flush()
    _log(session, device, action="device-enlisted", by=by, at=at)
    return device, secret


def known(session: Session, secret: str) -> Device | None:
    """Give the device of a cookie, if it is in service."""
    if not secret:
        return None
    its = (Device.secret_hash == digest(secret)) & Device.ended_at.is_(None)
    return session.scalar(select(Device).where(its))


def of_center(session: Session, center_id: str) -> Sequence[Device]:
    """Give the devices of a center that are in service, the newest first."""
    its = (Device.center_id == center_id) & Device.ended_at.is_(None)
    return session.scalars(select(Device).where(its).order_by(Device.made_at.desc())).all()


def dismiss(
    session: Session, device_id: str, *, center_id: str | None, by: str, at: datetime
) -> None:
    """Take a device out of service, with whoever is signed in on it. Raises `UnknownDevice`."""
    device = _of(session, device_id, center_id=center_id)
    device.ended_at = at
    signins.end_all(session, now=at, device_id=device.id)
    _log(session, device, action="device-dismissed", by=by, at=at)


def draw(hashing: Hashing) -> Code:
    """Draw four pictures of thirty-two."""
    pictures = new_code()
    return Code(pictures, hashing.hashed(pictures))


def give(
    session: Session, candidate: Candidate, device_id: str, *, code: Code, by: str, at: datetime
) -> None:
    """Let a candidate in on one device of their center; a code given before is dead.

    Raises `UnknownDevice`.
    """
    device = _of(session, device_id, center_id=candidate.center_id)
    session.add(
        KioskCode(
            device_id=device.id,
            candidate_id=candidate.id,
            code_hash=code.code_hash,
            made_at=at,
            tries=0,
            used_at=None,
        )
    )
    session.flush()
    audit.record(
        session,
        actor=by,
        action="code-given",
        subject=named(candidate),
        center=candidate.center_id,
        after=f"device:{device.id}",
        at=at,
    )


def begin_try(session: Session, device: Device, *, at: datetime) -> Try:
    """Count a try at the device's last code before it is looked at."""
    codes = select(KioskCode).where(KioskCode.device_id == device.id)
    code = session.scalar(codes.order_by(KioskCode.seq.desc()).limit(1))
    if code is None or not _is_open(code, at):
        return Try(None, code.code_hash if code else None)
    code.tries += 1
    session.flush()
    return Try(code.seq, code.code_hash)


def finish_try(session: Session, one: Try, *, is_right: bool, at: datetime) -> Candidate:
    """Give whose code it is, once. Raises `OtherCode`, or `ClosedCode` when it opens nothing."""
    code = None if one.seq is None else session.get(KioskCode, one.seq)
    if code is None or code.used_at is not None:
        raise ClosedCode("There is no code for this device. Ask for a new one.")
    if not is_right:
        raise OtherCode("These are not the pictures that were shown.")
    code.used_at = at
    candidate = session.get_one(Candidate, code.candidate_id)
    audit.record(
        session,
        actor=named(candidate),
        action="code-used",
        subject=named(candidate),
        center=candidate.center_id,
        after=f"device:{code.device_id}",
        at=at,
    )
    return candidate


def _is_open(code: KioskCode, at: datetime) -> bool:
    is_young = timedelta(0) <= at - code.made_at < LASTS
    return code.used_at is None and is_young and code.tries < MOST_TRIES


def _of(session: Session, device_id: str, *, center_id: str | None) -> Device:
    device = session.get(Device, device_id)
    if device is None or device.ended_at is not None or device.center_id != center_id:
        raise UnknownDevice("There is no such device in this center.")
    return device


def _log(session: Session, device: Device, *, action: str, by: str, at: datetime) -> None:
    audit.record(
        session,
        actor=by,
        action=action,
        subject=f"device:{device.id}",
        center=device.center_id,
        at=at,
    )
