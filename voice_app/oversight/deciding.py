"""A person decides: what is handed to one, what they say, and how that stands over the machine."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app.dialogues import flow
from voice_app.dialogues.content import Assessment
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt, Referral, Ruling
from voice_app.oversight.policies import is_drawn, is_signed_off_by_a_person

Why = Literal["contest", "sample", "sign-off", "doubt", "appeal"]
Mark = Literal["right", "wrong"]
Heard = Mark | Literal["cannot-tell"]
Word = Literal["signed", "confirmed", "doubted"]
Standing = flow.Final | Literal["wrong_by_person"]

WHOLE = ""
CANNOT_TELL = "cannot-tell"
TAKEN_BACK = "taken-back"
_MARKS = frozenset({"right", "wrong"})
_ANSWERS: Mapping[str, frozenset[str]] = {
    "contest": _MARKS,
    "sample": frozenset({"confirmed", "doubted"}),
    "sign-off": frozenset({"signed"}),
    "doubt": frozenset({"confirmed", "doubted"}),
    # It has its answer once what it asks for is marked: see `appeals`.
    "appeal": frozenset(),
}
# What was decided before and is looked at again, by somebody else.
_AGAIN = frozenset({"contest", "doubt"})
# After so many could not tell, there may be nobody left to ask.
_PUZZLED = 2


class RulingError(VoiceAppError):
    """Nothing that waits for a person can be decided so, or not by this person."""


class ContestedBefore(VoiceAppError):
    """A second person has decided on it already; now people talk to each other."""


@dataclass(frozen=True)
class Words:
    """What people said about an attempt: `marks` by item, `contested` items that still wait.

    `answered` are the items of which a contest was decided. `spared` are those of them that
    count on where they counted: nobody loses by contesting. `is_signed`: a person signed it off.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)
    contested: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()
    is_signed: bool = False


NOTHING_SAID = Words()


def words(session: Session, attempt_id: str) -> Words:
    """Give what people said about an attempt so far."""
    rulings = _rulings(session, attempt_id)
    answered = {ruling.referral_seq for ruling in rulings}
    contests = [one for one in _referrals(session, attempt_id) if one.why == "contest"]
    marks, spared = _marks(rulings, contests={one.seq for one in contests})
    return Words(
        marks=marks,
        contested=frozenset(one.item for one in contests if one.seq not in answered),
        answered=frozenset(one.item for one in contests if one.seq in answered),
        spared=spared,
        is_signed=any(ruling.verdict == "signed" for ruling in rulings),
    )


def standings(
    bank: Assessment, said: Sequence[flow.Response], *, words: Words
) -> dict[str, Standing]:
    """Give by item id how each item of an attempt stands, once people have spoken."""
    return folded(flow.final_states(bank, said), words)


def folded(finals: Mapping[str, flow.Final], words: Words) -> dict[str, Standing]:
    """Give how each item stands once people have spoken: their mark wins over the machine's.

    What is contested waits for a person; what counts already goes on counting meanwhile.
    """
    return {item: _standing(item, final, words) for item, final in finals.items()}


def refer(
    session: Session, attempt_id: str, *, why: Why, at: datetime, item: str = WHOLE
) -> Referral:
    """Hand something to a person; what was handed over before stays as it is."""
    about = (Referral.attempt_id == attempt_id) & (Referral.item == item) & (Referral.why == why)
    known = session.scalar(select(Referral).where(about))
    if known is not None:
        return known
    row = Referral(attempt_id=attempt_id, item=item, why=why, at=at)
    session.add(row)
    session.flush()
    return row


def lacks_sign_off(attempt: Attempt, words: Words) -> bool:
    """Tell whether an attempt passes only with a sign-off that nobody has given yet."""
    return is_signed_off_by_a_person(attempt.criteria) and not words.is_signed


def hand_over(session: Session, attempt: Attempt, *, words: Words, at: datetime) -> None:
    """Hand an attempt with enough points to a person, where its criteria say so.

    For a sign-off where the center wants one, for the control sample where it is drawn.
    """
    if lacks_sign_off(attempt, words):
        refer(session, attempt.id, why="sign-off", at=at)
    elif not is_signed_off_by_a_person(attempt.criteria) and is_drawn(
        session, attempt.id, kept=attempt.criteria
    ):
        refer(session, attempt.id, why="sample", at=at)


def contest(session: Session, attempt: Attempt, *, item: str, at: datetime) -> Referral:
    """Take the candidate's word that an answer counts wrongly: another person decides.

    Contesting again while it waits changes nothing. Raises `ContestedBefore`.
    """
    if item in words(session, attempt.id).answered:
        raise ContestedBefore("A second person has decided on this answer.")
    return refer(session, attempt.id, why="contest", item=item, at=at)


def rule(
    session: Session,
    attempt: Attempt,
    *,
    item: str = WHOLE,
    verdict: Heard | Word,
    author: str,
    at: datetime,
    reason: str | None = None,
) -> Ruling:
    """Add what a person decided on an item, or on a whole attempt.

    Who cannot tell leaves it to somebody else, and so does who doubts what the machine passed.
    Raises `RulingError` where the verdict answers nothing, or where it takes another person.
    """
    waits = [one for one in _open(session, attempt.id) if one.item == item]
    answered = next((one for one in waits if verdict in _ANSWERS[one.why]), None)
    if answered is None and (item == WHOLE or verdict not in {*_MARKS, CANNOT_TELL}):
        raise RulingError("Nothing of this attempt waits for that decision.")
    if is_for_another(session, attempt.id, item=item, author=author):
        raise RulingError("Somebody else decides on what you have decided before.")
    row = Ruling(
        attempt_id=attempt.id,
        item=item,
        verdict=verdict,
        reason=reason,
        referral_seq=None if answered is None else answered.seq,
        author=author,
        at=at,
    )
    session.add(row)
    session.flush()
    if verdict == "doubted" and answered is not None and answered.why == "sample":
        refer(session, attempt.id, why="doubt", at=at)
    return row


def take_back(session: Session, attempt_id: str, *, item: str, author: str, at: datetime) -> None:
    """Add that somebody takes back what they decided last on an item that nobody contested.

    Raises `RulingError` where there is nothing of theirs to take back.
    """
    last = last_ruling(session, attempt_id, item=item)
    if last is None or last.author != author or last.referral_seq is not None:
        raise RulingError("There is nothing of yours to take back.")
    row = Ruling(
        attempt_id=attempt_id, item=item, verdict=TAKEN_BACK, author=author, at=at, reason=None
    )
    session.add(row)
    session.flush()


def last_ruling(session: Session, attempt_id: str, *, item: str) -> Ruling | None:
    """Give the last that was decided on an item and stands."""
    mine = [one for one in _rulings(session, attempt_id) if one.item == item]
    return mine[-1] if mine else None


def is_for_another(session: Session, attempt_id: str, *, item: str = WHOLE, author: str) -> bool:
    """Tell whether somebody else must decide on what waits now.

    So it is for whoever decided on what is looked at again, and for the first who could not
    tell; when two could not, anybody may decide.
    """
    earlier = [one for one in _rulings(session, attempt_id) if one.item == item]
    puzzled = {one.author for one in earlier if one.verdict == CANNOT_TELL}
    if author in puzzled and len(puzzled) < _PUZZLED:
        return True
    has_decided = any(one.author == author and one.verdict != CANNOT_TELL for one in earlier)
    waits = (one for one in _open(session, attempt_id) if one.item == item)
    return has_decided and any(one.why in _AGAIN for one in waits)


def last_word(session: Session, attempt_id: str) -> Word | None:
    """Give the last that a person said about the whole of an attempt."""
    whole = (one.verdict for one in _rulings(session, attempt_id) if one.item == WHOLE)
    said: list[Word] = [word for one in whole for word in get_args(Word) if word == one]
    return said[-1] if said else None


def waits_for_a_word(session: Session, attempt_id: str) -> frozenset[str]:
    """Give for which words on the whole of an attempt people are waiting: sign-off, ..."""
    waits = (one.why for one in _open(session, attempt_id) if one.item == WHOLE)
    return frozenset(waits) - {"appeal"}


def _marks(
    rulings: Sequence[Ruling], *, contests: Collection[int]
) -> tuple[Mapping[str, Mark], frozenset[str]]:
    """Give people's marks by item, and the items on which a contest only confirmed a doubt.

    A contest takes no mark away: one that was right before it stays so.
    """
    marks: dict[str, Mark] = {}
    spared: set[str] = set()
    for ruling in rulings:
        if ruling.item == WHOLE or ruling.verdict not in _MARKS:
            continue
        if ruling.verdict == "wrong" and ruling.referral_seq in contests:
            if ruling.item not in marks:
                marks[ruling.item] = "wrong"
                spared.add(ruling.item)
        else:
            marks[ruling.item] = "right" if ruling.verdict == "right" else "wrong"
            spared.discard(ruling.item)
    return marks, frozenset(spared)


def _standing(item: str, final: flow.Final, words: Words) -> Standing:
    mark = words.marks.get(item)
    now: Standing = final
    if mark is not None and not (item in words.spared and final == "right"):
        now = "right" if mark == "right" else "wrong_by_person"
    if item in words.contested and now != "right":
        return "for_person"
    return now


def _open(session: Session, attempt_id: str) -> list[Referral]:
    answered = {ruling.referral_seq for ruling in _rulings(session, attempt_id)}
    return [one for one in _referrals(session, attempt_id) if one.seq not in answered]


def _referrals(session: Session, attempt_id: str) -> Sequence[Referral]:
    mine = select(Referral).where(Referral.attempt_id == attempt_id)
    return session.scalars(mine.order_by(Referral.seq)).all()


def _rulings(session: Session, attempt_id: str) -> Sequence[Ruling]:
    """Give the rulings that stand; what takes one back is none of them."""
    mine = select(Ruling).where(Ruling.attempt_id == attempt_id)
    found: list[Ruling] = []
    for ruling in session.scalars(mine.order_by(Ruling.seq)):
        if ruling.verdict == TAKEN_BACK:
            last = max(n for n, one in enumerate(found) if one.item == ruling.item)
            del found[last]
        else:
            found.append(ruling)
    return found
