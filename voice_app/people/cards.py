"""Cards: a secret in a QR, five pictures to open it, five tries, and a new one for a lost one."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from voice_app import audit
from voice_app.access import signins
from voice_app.access.signins import digest
from voice_app.errors import VoiceAppError
from voice_app.models import Candidate, Card, CardPin, CardTry
from voice_app.people.candidates import named
from voice_app.people.pins import Hashing, Pictures, new_pin

MOST_TRIES = 5
# Animals and persons: none of them is among the pictures of a PIN.
FACES = ("dog", "cat", "fish", "bird", "rabbit", "child", "elderly-woman", "elderly-man")

_SECRET_BYTES = 20


class ClosedCard(VoiceAppError):
    """The card opens nothing: unknown, replaced, or tried too often; they look the same."""


class OtherPictures(VoiceAppError):
    """These are not the pictures of this card."""


@dataclass(frozen=True)
class Drawn:
    """What a new card opens with, drawn before the transaction: hashing takes a while.

    `secret` and `pictures` are printed once and kept nowhere.
    """

    secret: str
    pictures: Pictures
    pin_hash: str


@dataclass(frozen=True)
class Try:
    """One try, counted already. Without a `seq` the card opens nothing, whatever was touched."""

    seq: int | None
    pin_hash: str | None


def draw(hashing: Hashing) -> Drawn:
    """Draw 160 bits for the QR, and five pictures."""
    pictures = new_pin()
    return Drawn(secrets.token_urlsafe(_SECRET_BYTES), pictures, hashing.hashed(pictures))


def issue(session: Session, candidate: Candidate, *, drawn: Drawn, by: str, at: datetime) -> Card:
    """Give a candidate a card. An earlier one is dead at once, and so is who is in with it."""
    _close(session, candidate, at=at)
    card = Card(
        id=str(uuid4()),
        candidate_id=candidate.id,
        secret_hash=digest(drawn.secret),
        picture=secrets.choice(FACES),
        made_at=at,
        closed_at=None,
    )
    session.add(card)
    session.flush()
    session.add(CardPin(card_id=card.id, pin_hash=drawn.pin_hash, made_at=at))
    session.flush()
    _log(session, candidate, action="card-issued", by=by, at=at)
    return card


def reset(session: Session, candidate: Candidate, *, by: str, at: datetime) -> None:
    """Let new pictures wait for the candidate, who hears them alone on a device of the center.

    The old ones open nothing from now on. Raises `ClosedCard` where there is no card.
    """
    card = card_of(session, candidate.id)
    if card is None:
        raise ClosedCard("This candidate has no card yet. Print one first.")
    session.add(CardPin(card_id=card.id, pin_hash=None, made_at=at))
    session.flush()
    _log(session, candidate, action="pictures-reset", by=by, at=at)


def awaits_pictures(session: Session, candidate_id: str) -> bool:
    """Tell whether new pictures wait to be told to a candidate."""
    card = card_of(session, candidate_id)
    pin = _pin_of(session, card)
    return pin is not None and pin.pin_hash is None


def renew(session: Session, candidate: Candidate, *, drawn: Drawn, at: datetime) -> None:
    """Take new pictures that are told to the candidate now. Raises `ClosedCard` if none wait."""
    card = card_of(session, candidate.id)
    if card is None or not awaits_pictures(session, candidate.id):
        raise ClosedCard("No new pictures wait. Ask the center.")
    session.add(CardPin(card_id=card.id, pin_hash=drawn.pin_hash, made_at=at))
    session.flush()
    _log(session, candidate, action="pictures-told", by=named(candidate), at=at)


def begin_try(session: Session, secret: str, *, at: datetime) -> Try:
    """Count a try before it is looked at, so that tries at once are counted as well.

    An unknown or closed card costs the same work: of its tries the last alone is kept.
    """
    card = session.scalar(select(Card).where(Card.secret_hash == digest(secret)))
    pin = _pin_of(session, card)
    is_open = _is_open(session, card, pin)
    if pin is None or not is_open:
        session.execute(delete(CardTry).where(CardTry.pin_seq.is_(None)))
    row = CardTry(pin_seq=pin.seq if pin and is_open else None, is_right=False, at=at)
    session.add(row)
    session.flush()
    return Try(row.seq if is_open else None, pin.pin_hash if pin else None)


def finish_try(session: Session, one: Try, *, is_right: bool, at: datetime) -> Candidate:
    """Give whose card it is. Raises `OtherPictures`, or `ClosedCard` when it opens nothing."""
    card = _tried(session, one)
    if card is None or card.closed_at is not None:
        raise ClosedCard("This card opens nothing. The center gives a new one.")
    candidate = session.get_one(Candidate, card.candidate_id)
    if not is_right:
        raise OtherPictures("These are not the pictures of this card.")
    session.execute(update(CardTry).where(CardTry.seq == one.seq).values(is_right=True))
    _log(session, candidate, action="card-opened", by=named(candidate), at=at)
    return candidate


def card_of(session: Session, candidate_id: str) -> Card | None:
    """Give the card of a candidate that is not closed."""
    return session.scalar(
        select(Card).where(Card.candidate_id == candidate_id, Card.closed_at.is_(None))
    )


def is_locked(session: Session, card: Card) -> bool:
    """Tell whether a card was tried too often, or waits for new pictures."""
    return not _is_open(session, card, _pin_of(session, card))


def _close(session: Session, candidate: Candidate, *, at: datetime) -> None:
    still = (Card.candidate_id == candidate.id) & Card.closed_at.is_(None)
    session.execute(update(Card).where(still).values(closed_at=at))
    signins.end_all(session, now=at, candidate_id=candidate.id)


def _pin_of(session: Session, card: Card | None) -> CardPin | None:
    if card is None:
        return None
    pins = select(CardPin).where(CardPin.card_id == card.id)
    return session.scalar(pins.order_by(CardPin.seq.desc()).limit(1))


def _is_open(session: Session, card: Card | None, pin: CardPin | None) -> bool:
    if card is None or card.closed_at is not None or pin is None or pin.pin_hash is None:
        return False
    return _missed(session, pin) < MOST_TRIES


def _missed(session: Session, pin: CardPin) -> int:
    """Count the tries since the pictures were made, or since they were last touched rightly."""
    of_pin = CardTry.pin_seq == pin.seq
    last_right = select(func.max(CardTry.seq)).where(of_pin, CardTry.is_right).scalar_subquery()
    since = CardTry.seq > func.coalesce(last_right, 0)
    return session.scalar(select(func.count()).select_from(CardTry).where(of_pin, since)) or 0


def _tried(session: Session, one: Try) -> Card | None:
    """Give the card of a try, if the pictures it was about still hold."""
    row = None if one.seq is None else session.get(CardTry, one.seq)
    pin = None if row is None else session.get(CardPin, row.pin_seq)
    if pin is None:
        return None
    card = session.get_one(Card, pin.card_id)
    last = _pin_of(session, card)
    return card if last is not None and last.seq == pin.seq else None


def _log(session: Session, candidate: Candidate, *, action: str, by: str, at: datetime) -> None:
    center = candidate.center_id
    audit.record(session, actor=by, action=action, subject=named(candidate), center=center, at=at)
