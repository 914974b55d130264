"""Juries of three: who sits, what they mark, and what phones without a network bring later."""

from voice_app.juries.convening import (
    FACE_TO_FACE,
    REMOTE,
    ROLES,
    JuryError,
    Seated,
    dissolve,
    face_to_face,
    jury_of,
    of_center,
    remote,
    seats_of,
    standing,
)
from voice_app.juries.links import LASTS, ClosedSeat, key_for, link_for, open_link, seat_of
from voice_app.juries.marks import SeatMark
from voice_app.juries.merging import Answer, Merged, Told, keep_take, may_record, merge
from voice_app.juries.standings import Standing, conflicts_of, standing_of

__all__ = [
    "FACE_TO_FACE",
    "LASTS",
    "REMOTE",
    "ROLES",
    "Answer",
    "ClosedSeat",
    "JuryError",
    "Merged",
    "SeatMark",
    "Seated",
    "Standing",
    "Told",
    "conflicts_of",
    "dissolve",
    "face_to_face",
    "jury_of",
    "keep_take",
    "key_for",
    "link_for",
    "may_record",
    "merge",
    "of_center",
    "open_link",
    "remote",
    "seat_of",
    "seats_of",
    "standing",
    "standing_of",
]
