"""The story of an attempt: it starts, responses come in, what was heard is added."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from uuid import UUID, uuid4

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from voice_app import oversight
from voice_app.access.signins import digest
from voice_app.dialogues import flow
from voice_app.dialogues.content import Assessment, Content, Item
from voice_app.errors import VoiceAppError
from voice_app.models import Attempt, Hearing, Response, Utterance

PASS_PERCENT = 60


class UnknownAttempt(VoiceAppError):
    """There is no such attempt, or it belongs to someone else; the two look the same."""


class UnknownChoice(VoiceAppError):
    """The assessment, language, item or option asked for does not exist."""


class ClosedTurn(VoiceAppError):
    """The item takes no response now: it has one, or its turn has not come."""


class OtherResponse(VoiceAppError):
    """The same id came before with another content; the first holds, and is the one kept."""


class OwnerHash(str):
    """What is stored of an owner's secret, where the secret itself is nobody's: a candidate's."""

    __slots__ = ()


@dataclass(frozen=True)
class Listens:
    """How often the prompt was played at each pace, and how many takes were recorded."""

    normal: int = 0
    slow: int = 0
    takes: int = 0


@dataclass(frozen=True)
class Given:
    """What every response carries: the id made on the phone, the item, and when it came."""

    id: UUID
    item: str
    listens: Listens
    at: datetime


@dataclass(frozen=True)
class Take:
    """One recorded stretch of speech as it lies in the recording store."""

    media_type: str
    sha256: str
    byte_size: int
    path: str


def start(
    session: Session,
    content: Content,
    *,
    assessment: str,
    languages: tuple[str, str],
    owner: str,
    now: datetime,
    center: str | None = None,
) -> Attempt:
    """Begin an attempt in `languages` (employer, help), by what a `center` demands now.

    Its items are those of the form that its owner met least.
    """
    bank = content.assessments.get(assessment)
    employer_language, help_language = languages
    if (
        bank is None
        or employer_language not in bank.employer_languages
        or help_language not in content.languages
    ):
        raise UnknownChoice(f"No assessment {assessment} in {employer_language}/{help_language}.")
    attempt = Attempt(
        id=str(uuid4()),
        owner_hash=hash_of(owner),
        assessment=assessment,
        employer_language=employer_language,
        help_language=help_language,
        content_version=bank.version,
        criteria={
            "percent": PASS_PERCENT,
            "items": flow.least_met(bank, _met(session, hash_of(owner), assessment)),
            **oversight.criteria(session, center=center, micro_competence=assessment),
        },
        started_at=now,
    )
    session.add(attempt)
    return attempt


def bank_of(bank: Assessment, attempt: Attempt) -> Assessment:
    """The items that an attempt began with, of a bank that has more."""
    return bank.asking(attempt.criteria["items"])


def hash_of(secret: str) -> str:
    """What is stored of an owner's secret."""
    return secret if isinstance(secret, OwnerHash) else digest(secret)


def owned(session: Session, attempt_id: str, *, owner: str) -> Attempt:
    """The attempt, if `owner` may see it; raises UnknownAttempt."""
    attempt = session.get(Attempt, attempt_id)
    if attempt is None or attempt.owner_hash != hash_of(owner):
        raise UnknownAttempt("There is no such attempt on this device.")
    return attempt


def item_of(bank: Assessment, item: str) -> Item:
    """The item of the bank, rehearsal included; raises UnknownChoice."""
    if item == bank.rehearsal.id:
        return bank.rehearsal
    if item not in bank.items:
        raise UnknownChoice(f"There is no item {item}.")
    return bank.items[item]


def responses(session: Session, attempt_id: str, *, bank: Assessment) -> list[flow.Response]:
    """The responses of an attempt in the order received, as the flow reads them."""
    rows = session.execute(
        select(Response, Hearing.verdict, Hearing.chosen)
        .outerjoin(Hearing, Hearing.seq == last_hearing())
        .where(Response.attempt_id == attempt_id)
        .order_by(Response.seq)
    )
    return [_as_flow(bank, row, verdict=verdict, chosen=chosen) for row, verdict, chosen in rows]


def last_hearing() -> ScalarSelect[int]:
    """Give, for a query of responses, the number of the hearing that holds."""
    return (
        select(func.max(Hearing.seq))
        .where(Hearing.utterance_id == Response.id)
        .correlate(Response)
        .scalar_subquery()
    )


def touch(
    session: Session, bank: Assessment, *, attempt: Attempt, given: Given, option: str
) -> bool:
    """Take a touched picture as the response; False when this very response was taken before.

    Raises UnknownChoice, ClosedTurn or OtherResponse.
    """
    if option not in [one.id for one in item_of(bank, given.item).options]:
        raise UnknownChoice(f"Item {given.item} has no option {option}.")
    return _add(session, bank, attempt=attempt, given=given, option=option)


def speak(
    session: Session, bank: Assessment, *, attempt: Attempt, given: Given, take: Take
) -> bool:
    """Take an utterance as the response; False when this very utterance was taken before.

    Raises UnknownChoice, ClosedTurn or OtherResponse.
    """
    item_of(bank, given.item)
    if not _add(session, bank, attempt=attempt, given=given, option=None):
        check_same_take(session, given, take=take)
        return False
    session.add(utterance(given, take))
    return True


def is_known(
    session: Session, bank: Assessment, *, attempt: Attempt, given: Given, option: str | None = None
) -> bool:
    """Tell whether this very response was taken before; raises ClosedTurn or OtherResponse."""
    if was_given(session, attempt, given=given, option=option):
        return True
    if not flow.is_open(bank, responses(session, attempt.id, bank=bank), given.item):
        raise ClosedTurn(f"The item {given.item} takes no response now.")
    return False


def was_given(
    session: Session,
    attempt: Attempt,
    *,
    given: Given,
    option: str | None = None,
    options: Sequence[str] | None = None,
) -> bool:
    """Tell whether this very response came before. Raises `OtherResponse` for another one."""
    earlier = session.scalar(select(Response).where(Response.id == str(given.id)))
    if earlier is None:
        return False
    same = (attempt.id, given.item, option, None if options is None else list(options))
    if (earlier.attempt_id, earlier.item, earlier.option, earlier.options) != same:
        raise OtherResponse("Another answer was sent under the same id.")
    return True


def check_same_take(session: Session, given: Given, *, take: Take) -> None:
    """See that the take that came before under this id is this one. Raises `OtherResponse`."""
    if session.get_one(Utterance, str(given.id)).sha256 != take.sha256:
        raise OtherResponse("Another recording was sent under the same id.")


def response(
    attempt: Attempt,
    given: Given,
    *,
    kind: str,
    option: str | None = None,
    options: Sequence[str] | None = None,
) -> Response:
    """Make the row of a response; `kind` is touch, speech, order or done."""
    return Response(
        id=str(given.id),
        attempt_id=attempt.id,
        item=given.item,
        kind=kind,
        option=option,
        options=None if options is None else list(options),
        plays_normal=given.listens.normal,
        plays_slow=given.listens.slow,
        takes=given.listens.takes,
        received_at=given.at,
    )


def utterance(given: Given, take: Take) -> Utterance:
    """Make the row of a recorded response."""
    return Utterance(
        id=str(given.id),
        media_type=take.media_type,
        sha256=take.sha256,
        byte_size=take.byte_size,
        path=take.path,
    )


def _met(session: Session, owner_hash: str, assessment: str) -> Counter[str]:
    """Count how often an owner was given each item."""
    mine = (Attempt.owner_hash == owner_hash) & (Attempt.assessment == assessment)
    kept = session.scalars(select(Attempt.criteria).where(mine))
    return Counter(item for criteria in kept for item in criteria["items"])


def _as_flow(
    bank: Assessment, response: Response, *, verdict: str | None, chosen: str | None
) -> flow.Response:
    if response.option is not None:
        right = item_of(bank, response.item).right
        state: flow.State = "right" if response.option == right else "wrong"
        return flow.Response(response.item, "touch", state, response.option)
    if verdict is None:
        return flow.Response(response.item, "speech", "pending")
    return flow.Response(response.item, "speech", _verdict(verdict), chosen)


def _verdict(name: str) -> flow.State:
    state: flow.State = next(one for one in get_args(flow.State) if one == name)
    return state


def _add(
    session: Session, bank: Assessment, *, attempt: Attempt, given: Given, option: str | None
) -> bool:
    if is_known(session, bank, attempt=attempt, given=given, option=option):
        return False
    kind = "speech" if option is None else "touch"
    session.add(response(attempt, given, kind=kind, option=option))
    session.flush()
    return True
