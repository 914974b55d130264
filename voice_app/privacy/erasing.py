"""Forgetting: the rows go in one transaction, then the key, the files and the traces on the disk.

What a crash interrupts is finished at the next start, and what a restored backup brings back is
forgotten again, because the ledger of wishes lies outside of the backup.
"""

import logging
import secrets
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Literal
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voice_app.audit import record
from voice_app.models import (
    Attempt,
    Badge,
    BadgeEvent,
    Consent,
    Erasure,
    Hearing,
    Mark,
    Unheard,
)
from voice_app.privacy.belongings import (
    Conditions,
    belongings,
    comments,
    marked,
    owners,
    recordings,
    spoken,
    words,
)
from voice_app.privacy.deleting import delete_rows, forget_inferences, silence
from voice_app.privacy.keeper import Keeping
from voice_app.vault import Forgotten, Scope, tag_of

log = logging.getLogger(__name__)

# Whether badges stay good, with nobody behind them, or are cancelled for good.
Badges = Literal["kept", "cancelled"]

ERASED = "erased"
_HOLDER = "holder"


def erase(
    session: Session,
    owner_hash: str,
    *,
    scope: Scope,
    badges: Badges = "kept",
    asked_by: str,
    at: datetime,
    again: Forgotten | None = None,
) -> Erasure:
    """Delete a person's rows: what holds their voice, or everything. `carry_out` does the rest.

    Marks and outcomes stay with `voice`. With `everything` badges remain, as they were signed,
    without a way back to the person; `badges` says whether they are good. `again` is the wish
    that is fulfilled again: what came after it stays.
    """
    until = again.at if again else None
    files = recordings(session, owner_hash, until=until)
    files += comments(session, owner_hash, until=until)
    match scope:
        case "everything":
            mine = belongings(owner_hash, until=until)
            counts = _everything(session, mine, badges=badges, at=at)
        case "voice":
            counts = _voice(session, owner_hash, until=until, at=at)
    row = Erasure(
        id=again.id if again else str(uuid4()),
        tag=again.tag if again else tag_of(owner_hash),
        scope=scope,
        badges=badges,
        asked_by=asked_by,
        counts=counts,
        files=files,
        at=at,
    )
    session.add(row)
    session.flush()
    record(session, actor=asked_by, action=f"erased.{scope}", subject=f"erasure:{row.id}", at=at)
    return row


def carry_out(keeping: Keeping, erasure_id: str) -> None:
    """Finish a wish whose rows are gone: note it in the ledger, destroy the key, remove the files.

    May be done again. When it returns nothing that was sealed for the person can be opened.
    """
    with keeping.database.reading.begin() as session:
        row = session.get_one(Erasure, erasure_id)
    scope: Scope = "everything" if row.scope == "everything" else "voice"
    key = keeping.vault.key_name(row.tag)
    wish = Forgotten(row.id, row.tag, scope, row.at, row.badges, key)
    keeping.vault.forget_key(row.tag, keeping.vault.ledger.add(wish).key)
    keeping.store.remove(*row.files)
    with keeping.database.writing.begin() as session:
        session.execute(
            update(Erasure)
            .where(Erasure.id == erasure_id)
            .values(done_at=keeping.clock(), files=[])
        )
    keeping.database.empty_journal()


def finish(keeping: Keeping) -> int:
    """Carry out what an earlier run was asked and did not end; returns how many wishes.

    One that the ledger does not know is not ended: an older copy of the vault was put back.
    """
    noted = {wish.id for wish in keeping.vault.ledger.all()}
    with keeping.database.reading.begin() as session:
        rows = session.execute(select(Erasure.id, Erasure.done_at)).all()
    left = [one for one, done_at in rows if done_at is None or one not in noted]
    for erasure_id in left:
        carry_out(keeping, erasure_id)
    return len(left)


def replay(keeping: Keeping) -> int:
    """Forget again whom the ledger names and the database does not: it was restored.

    What a person gave after their wish stays. Returns how many wishes were
    done again. Raises `VaultError` for a spoiled ledger.
    """
    wishes = list(keeping.vault.ledger.all())
    with keeping.database.reading.begin() as session:
        known = set(session.scalars(select(Erasure.id)))
    again = [wish for wish in wishes if wish.id not in known]
    for wish in again:
        _again(keeping, wish)
    if again:
        log.warning("%d people were forgotten again after a restore.", len(again))
    return len(again)


def _again(keeping: Keeping, wish: Forgotten) -> None:
    """Forget one person again, if the restored rows know them."""
    with keeping.database.writing.begin() as session:
        owner = next((one for one in owners(session) if tag_of(one) == wish.tag), "")
        badges: Badges = "cancelled" if wish.badges == "cancelled" else "kept"
        erase(
            session,
            owner,
            scope=wish.scope,
            badges=badges,
            asked_by="machine:restore",
            at=wish.at,
            again=wish,
        )
    carry_out(keeping, wish.id)


def _voice(
    session: Session, owner_hash: str, *, until: datetime | None, at: datetime
) -> dict[str, int]:
    mine = spoken(owner_hash, until=until)
    counts = {"hearing": silence(session, session.scalars(mine).all())}
    waiting = session.scalars(select(Unheard).where(Unheard.utterance_id.in_(mine))).all()
    for one in waiting:
        session.add(_never_heard(session, one, at=at))
        session.delete(one)
    # What assessors told them lies under the same key.
    told = update(Mark).where(marked(owner_hash, until=until)).values(comment={})
    session.execute(told)
    silenced = update(Consent).where(words(owner_hash, until=until)).values(_WITHOUT_VOICE)
    said = session.execute(silenced.returning(Consent.seq)).all()
    return counts | {"unheard": len(waiting), "consent": len(said)}


def _never_heard(session: Session, waiting: Unheard, *, at: datetime) -> Hearing:
    """The question is asked again, as after a take without sound."""
    attempt = session.get_one(Attempt, waiting.attempt_id)
    return Hearing(
        utterance_id=waiting.utterance_id,
        decider=ERASED,
        verdict="unusable",
        trouble="empty",
        reasons=[ERASED],
        evidence={},
        content_version=attempt.content_version,
        heard_at=at,
    )


def _everything(
    session: Session, mine: Conditions, *, badges: Badges, at: datetime
) -> dict[str, int]:
    awarded = session.scalars(select(Badge).where(mine["badge"])).all()
    for badge in awarded:
        _part_from(session, badge, badges=badges, at=at)
    attempts = session.scalars(select(Attempt.id).where(mine["attempt"])).all()
    forget_inferences(session, attempts)
    kept = {badge.attempt_id for badge in awarded}
    return delete_rows(session, mine, before_attempts=lambda: _disown(session, kept))


def _part_from(session: Session, badge: Badge, *, badges: Badges, at: datetime) -> None:
    """Let a badge stand without its holder: the word it is shown by stays, the voice goes."""
    shown = update(Consent).where(
        Consent.seq.in_(
            select(BadgeEvent.consent_seq).where(
                BadgeEvent.badge_code == badge.code, BadgeEvent.consent_seq.is_not(None)
            )
        )
    )
    session.execute(shown.values(_WITHOUT_VOICE | {"owner_hash": _nobody()}))
    is_revoked = select(BadgeEvent.seq).where(
        BadgeEvent.badge_code == badge.code, BadgeEvent.kind == "revoked"
    )
    if badges == "cancelled" and session.scalar(is_revoked) is None:
        session.add(
            BadgeEvent(
                badge_code=badge.code,
                kind="revoked",
                reason="holder-asked",
                author=_HOLDER,
                at=at,
            )
        )
        session.flush()


def _disown(session: Session, attempt_ids: Collection[str]) -> None:
    """Badges stand on their attempts: these are nobody's from now on."""
    for attempt_id in attempt_ids:
        values = {"owner_hash": _nobody()}
        session.execute(update(Attempt).where(Attempt.id == attempt_id).values(values))


def _nobody() -> str:
    """Make an owner's hash to which nobody has the secret."""
    return sha256(secrets.token_bytes(32)).hexdigest()


_WITHOUT_VOICE: dict[str, str | None] = {
    "recording": None,
    "recording_sha256": None,
    "recording_bytes": None,
    "media_type": None,
    "untold": "deleted",
}
