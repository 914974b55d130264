"""What a machine made of an answer: to help who marks it find the places, and never a mark."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import hearings
from voice_app.models import Hearing
from voice_app.routes.deps import Service
from voice_app.routes.marking_desk import Answer
from voice_app.routes.marking_followed import Followed
from voice_app.routes.marking_shown import PictureShown
from voice_app.routes.marking_sound import Take
from voice_app.vault import VaultError

_FAINT = 0.5


@dataclass(frozen=True)
class Stretch:
    """Words that were understood together; `is_faint`: the engine itself is not sure of them."""

    text: str
    is_faint: bool


@dataclass(frozen=True)
class Found:
    """Something that was looked for and found: from `start` to `end`, in seconds of the whole."""

    words: str
    phrase: str
    start: float
    end: float

    @property
    def clock(self) -> str:
        """When it begins, in minutes and seconds."""
        return f"{int(self.start) // 60}:{int(self.start) % 60:02d}"


@dataclass(frozen=True)
class TakeHeard:
    """What was understood in one take; `certainty` of the words is 0 to 100, None if not told."""

    number: int
    stretches: tuple[Stretch, ...]
    found: tuple[Found, ...]
    engine: str | None
    certainty: int | None


@dataclass(frozen=True)
class Proposal:
    """All that a machine prepared of an answer; `missing` is what it looked for and missed.

    `followed` is what the employer answered, by what it had found or what was touched.
    """

    address: str
    language: str
    takes: tuple[TakeHeard, ...]
    missing: tuple[str, ...]
    followed: tuple[Followed, ...]


@dataclass(frozen=True)
class Prepared:
    """The evidence of a take and where the take begins in the whole sound, in seconds."""

    number: int
    offset: float
    engine: str | None
    evidence: Mapping[str, Any]


def prepared(
    session: Session, here: Service, takes: Sequence[Take], *, offsets: Sequence[float]
) -> list[Prepared]:
    """Give what is kept of what machines heard in these takes."""
    found = []
    for number, (take, offset) in enumerate(zip(takes, offsets, strict=True), 1):
        row = _last(session, take)
        if row is not None:
            evidence = _evidence(here, row, owner=take.owner)
            found.append(Prepared(number, offset, row.engine, evidence))
    return found


def proposal(
    answer: Answer,
    heard: Iterable[Prepared],
    *,
    sought: Sequence[PictureShown],
    followed: tuple[Followed, ...],
    address: str,
) -> Proposal:
    """Give what is shown of it; `sought` are the questions or points that are looked for."""
    names = {one.id: one.meaning or one.name for one in sought}
    takes = tuple(_take(one, names) for one in heard)
    there = {one.words for take in takes for one in take.found}
    missing = tuple(name for name in names.values() if name not in there) if takes else ()
    return Proposal(address, answer.languages.employer, takes, missing, followed)


def _last(session: Session, take: Take) -> Hearing | None:
    if take.utterance_id is None:
        return None
    mine = select(Hearing).where(Hearing.utterance_id == take.utterance_id)
    return session.scalar(mine.order_by(Hearing.seq.desc()).limit(1))


def _evidence(here: Service, row: Hearing, *, owner: str) -> Mapping[str, Any]:
    try:
        return hearings.evidence_of(row, here.vault, owner=owner)
    except VaultError:
        return {}


def _take(one: Prepared, names: Mapping[str, str]) -> TakeHeard:
    stretches = _stretches(one.evidence)
    told = [confidence for _, confidence in stretches]
    return TakeHeard(
        number=one.number,
        stretches=tuple(Stretch(text, confidence < _FAINT) for text, confidence in stretches),
        found=tuple(_found(each, one.offset, names) for each in one.evidence.get("found", ())),
        engine=one.engine,
        certainty=round(100 * sum(told) / len(told)) if told else None,
    )


def _stretches(evidence: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Give what was understood with the engine's own certainty: of free speech, or of an item."""
    free = [(one["text"], float(one["confidence"])) for one in evidence.get("stretches", ())]
    whole = [
        (one["transcript"]["text"], float(one["transcript"]["confidence"]))
        for one in evidence.get("engines", ())
        if one["transcript"] is not None
    ]
    return [(text, certainty) for text, certainty in (*free, *whole) if text]


def _found(one: Mapping[str, Any], offset: float, names: Mapping[str, str]) -> Found:
    return Found(
        words=names.get(one["id"], one["id"]),
        phrase=one.get("phrase", ""),
        start=round(offset + float(one["start"]), 2),
        end=round(offset + float(one["end"]), 2),
    )
