"""What an assessor tells a candidate: words, sentences of the rubric, or a recording; sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.audio.store import RecordingStore
from voice_app.errors import VoiceAppError
from voice_app.marking.records import stands
from voice_app.models import Attempt, Mark
from voice_app.vault import (
    ABOUT_COMMENT,
    SEALED,
    Vault,
    VaultError,
    about_comment,
    sealed,
    unsealed,
)

LONGEST_TEXT = 600
MOST_OFFERS = 6


class CommentError(VoiceAppError):
    """A comment is short: up to 600 letters, and six sentences of the rubric."""


@dataclass(frozen=True)
class Recording:
    """A spoken comment in the store: `id` and `sha256` name its file."""

    id: str
    sha256: str
    media_type: str

    @property
    def name(self) -> str:
        """The name of its file in the store."""
        return f"{self.id}.{self.sha256}.take"


@dataclass(frozen=True)
class Comment:
    """What is told: `offers` are keys of sentences ("criterion.key") in the help language."""

    text: str = ""
    offers: tuple[str, ...] = ()
    recording: Recording | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told."""
        return not (self.text or self.offers or self.recording)


NOTHING = Comment()


@dataclass(frozen=True)
class Told:
    """A comment as its candidate gets it: `seq` is of the mark, `item` what it is about."""

    seq: int
    item: str
    comment: Comment = field(default=NOTHING)


def keep(store: RecordingStore, sound: bytes, *, media_type: str, owner: str) -> Recording:
    """Keep a spoken comment with the candidate's recordings, under the candidate's key.

    Raises `OSError` when the disk refuses.
    """
    name = str(uuid4())
    return Recording(name, store.keep(name, sound, owner=owner).sha256, media_type)


def closed(vault: Vault | None, comment: Comment, *, owner: str, about: str) -> dict[str, Any]:
    """Seal a comment for its row; of a recording only the name of its file lies open.

    Raises `CommentError`, and `ValueError` for words without a vault.
    """
    if len(comment.text) > LONGEST_TEXT or len(comment.offers) > MOST_OFFERS:
        raise CommentError("A comment is short: up to 600 letters, and six sentences.")
    row: dict[str, Any] = {}
    if comment.recording is not None:
        row["recording"] = vars(comment.recording)
    if comment.text or comment.offers:
        row[SEALED] = _sealed(vault, comment, owner=owner, about=about)
    return row


def opened(vault: Vault, row: Mapping[str, Any], *, owner: str, about: str) -> Comment:
    """Give a comment again; nothing where its key is destroyed."""
    try:
        said = unsealed(vault, row, owner=owner, about=about)
    except VaultError:
        return NOTHING
    kept = row.get("recording")
    return Comment(
        text=said.get("text", ""),
        offers=tuple(said.get("offers", ())),
        recording=None if kept is None else Recording(**kept),
    )


def told(session: Session, vault: Vault, attempt: Attempt) -> Sequence[Told]:
    """Give the comments on an attempt, in the order of its marks; only of marks that count."""
    mine = select(Mark).where(Mark.attempt_id == attempt.id, Mark.is_counted, stands())
    given = (
        Told(mark.seq, mark.item, of_mark(vault, mark, owner=attempt.owner_hash))
        for mark in session.scalars(mine.order_by(Mark.seq))
    )
    return [one for one in given if not one.comment.is_empty]


def of_mark(vault: Vault, mark: Mark, *, owner: str) -> Comment:
    """Give the comment of a mark."""
    return opened(vault, mark.comment, owner=owner, about=about_of(mark))


def about_of(mark: Mark) -> str:
    """Give what the seal of a mark's comment is bound to."""
    return about_comment({one: getattr(mark, one) for one in ABOUT_COMMENT})


def _sealed(vault: Vault | None, comment: Comment, *, owner: str, about: str) -> str:
    if vault is None:
        raise ValueError("words are kept sealed")
    words = {"text": comment.text, "offers": comment.offers}
    return sealed(vault, words, owner=owner, about=about)
