"""Candidates' ways in: cards with their pictures, devices of centers, codes and links."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from voice_app.models.base import Row


class Card(Row):
    """A card with a QR; of a candidate's cards the last one opens, until `closed_at`.

    `secret_hash` is the SHA-256 of the 160 bits in the QR. `picture` tells cards apart.
    """

    __tablename__ = "card"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    picture: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class CardPin(Row):
    """The pictures that open a card; the last row of a card holds, and its tries begin with it.

    `pin_hash` is None while new pictures wait to be told to the candidate at the center.
    """

    __tablename__ = "card_pin"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    card_id: Mapped[str] = mapped_column(ForeignKey("card.id"), index=True)
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    made_at: Mapped[datetime]


class CardTry(Row):
    """One try at the pictures of a card, counted before it is looked at.

    `pin_seq` is None for a card that opens nothing; of those the last alone is kept.
    """

    __tablename__ = "card_try"
    __table_args__ = (Index("ix_card_try_pin", "pin_seq", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    pin_seq: Mapped[int | None] = mapped_column(ForeignKey("card_pin.seq"))
    is_right: Mapped[bool]
    at: Mapped[datetime]


class Device(Row):
    """A phone, tablet or laptop of a center, known by the secret in its cookie."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    center_id: Mapped[str] = mapped_column(ForeignKey("center.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class KioskCode(Row):
    """Pictures that sign one candidate in on one device, once; a device's last code holds."""

    __tablename__ = "kiosk_code"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), index=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id"))
    code_hash: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class SignInLink(Row):
    """A link that a center sends to a candidate itself; opens once."""

    __tablename__ = "sign_in_link"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
