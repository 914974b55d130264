"""What the public page of a badge shows and says, put together for its template."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from voice_app.badges import Standing, shown_code
from voice_app.models import Badge
from voice_app.routes.public_pages import Frame, Said, Speaker
from voice_app.scoring.badges.alignments import supervision_address
from voice_app.scoring.badges.award import Assessed, Issuer

Sign = Literal["real", "cancelled", "paused", "expired", "hidden", "unknown", "unchecked", "intact"]

UNCHECKED = "unchecked"
_CAN_DO = ("badge.can-do.1", "badge.can-do.2", "badge.can-do.3")
_ISO_DATE = "%Y-%m-%d"


@dataclass(frozen=True)
class Day:
    """A day as people write it, and as programs do."""

    text: str
    iso: str


@dataclass(frozen=True)
class Card:
    """Which badge it is; `holder` only when the holder agreed to be named.

    `issued` and `ends` are days as they are written and in ISO 8601; `ends` is None without end.
    """

    code: str
    picture: str
    competence: str
    holder: str | None
    issued: Day
    ends: Day | None


@dataclass(frozen=True)
class Proven:
    """What is behind a badge that is real, or was; `image_address` is the preview of a real one."""

    can_do: tuple[Said, ...]
    how_tested: Said
    how_sure: tuple[Said, ...]
    criteria: str
    criteria_language: str
    proof: Said
    json_address: str
    image_address: str | None


@dataclass(frozen=True)
class Holding:
    """What the holder alone sees on top: who may see the badge, and where that is decided."""

    said: Said
    address: str


@dataclass(frozen=True)
class BadgePage:
    """The page in one language: a sign with its word, one sentence, and what may be told."""

    frame: Frame
    sign: Sign
    word: Said
    sentence: Said
    reason: Said | None
    since: str | None
    new_address: str | None
    new: Said
    card: Card | None
    proven: Proven | None
    holding: Holding | None
    who: Said
    issuer: Issuer
    contact: Said
    check: Said


def badge_page(
    speaker: Speaker, found: Standing | None, *, holding: Holding | None = None
) -> BadgePage:
    """Give the page of a badge as it stands; None when that cannot be told now."""
    sign: Sign = "unchecked" if found is None else found.state
    badge = None if found is None or sign in {"hidden", "unknown"} else found.badge
    is_withdrawn = sign in {"cancelled", "paused"}
    replaced = None if found is None or sign != "cancelled" else found.replaced_by
    return BadgePage(
        frame=speaker.frame(),
        sign=sign,
        word=speaker.said(f"badge.word.{sign}"),
        sentence=sentence(speaker, sign, badge),
        reason=_reason(speaker, found) if is_withdrawn else None,
        since=speaker.date(found.since) if is_withdrawn and found and found.since else None,
        new_address=replaced and f"/b/{replaced}",
        new=speaker.said("badge.new"),
        card=_card(speaker, badge) if badge else None,
        proven=_proven(speaker, badge, sign=sign) if badge and not is_withdrawn else None,
        holding=holding,
        who=speaker.said("badge.who"),
        issuer=speaker.here.issuer,
        contact=speaker.said("badge.contact"),
        check=speaker.said("badge.check"),
    )


def sentence(speaker: Speaker, sign: Sign, badge: Badge | None) -> Said:
    """Give the one sentence of a sign; that of a real badge says what its holder can do."""
    if sign != "real" or badge is None:
        return speaker.said(f"badge.{sign}")
    keys = (f"badge.real.{badge.micro_competence}", f"badge.real.{badge.employer_language}")
    return speaker.said(next((key for key in keys if speaker.has(key)), "badge.word.real"))


def holder_name(document: dict[str, Any]) -> str | None:
    """Give the name that a credential says, which it does only with its holder's consent."""
    for one in document["credentialSubject"].get("identifier", []):
        if one.get("identityType") == "name" and one.get("hashed") is False:
            return str(one["identityHash"])
    return None


def _reason(speaker: Speaker, found: Standing | None) -> Said | None:
    key = f"badge.reason.{found.reason if found else None}"
    return speaker.said(key) if speaker.has(key) else None


def _card(speaker: Speaker, badge: Badge) -> Card:
    competence = speaker.here.content.micro_competences[badge.micro_competence]
    names = competence.names
    return Card(
        code=shown_code(badge.code),
        picture=f"/static/badge/{badge.micro_competence.lower()}.svg",
        competence=names.get(speaker.language.code) or next(iter(names.values())),
        holder=holder_name(json.loads(badge.credential)),
        issued=_day(speaker, badge.issued_at),
        ends=None if badge.expires_at is None else _day(speaker, badge.expires_at),
    )


def _day(speaker: Speaker, moment: datetime) -> Day:
    return Day(speaker.date(moment), moment.strftime(_ISO_DATE))


def _proven(speaker: Speaker, badge: Badge, *, sign: Sign) -> Proven:
    achieved = json.loads(badge.credential)["credentialSubject"]["achievement"]
    return Proven(
        can_do=_can_do(speaker, badge, achieved),
        how_tested=speaker.said("badge.how-tested"),
        how_sure=_how_sure(speaker, badge),
        criteria=achieved["criteria"]["narrative"],
        criteria_language=achieved["inLanguage"],
        proof=speaker.said("badge.proof"),
        json_address=f"/b/{badge.code}.json",
        # Nothing is drawn of a badge that is too old.
        image_address=f"{speaker.here.origin}/b/{badge.code}.png" if sign == "real" else None,
    )


def _can_do(speaker: Speaker, badge: Badge, achieved: dict[str, Any]) -> tuple[Said, ...]:
    if badge.micro_competence == "MC3":
        return tuple(speaker.said(key) for key in _CAN_DO)
    descriptions = speaker.here.content.micro_competences[badge.micro_competence].descriptions
    return (Said(descriptions.get(speaker.language.code) or achieved["description"]),)


def _how_sure(speaker: Speaker, badge: Badge) -> tuple[Said, ...]:
    """Say who watched over the test and whether it was checked who took it, as it was signed."""
    told = [
        assessed
        for assessed in (Assessed(one, other) for one in (True, False) for other in (True, False))
        if supervision_address(assessed) in badge.credential
    ]
    known = told[0] if told else Assessed(is_supervised=False, is_identity_checked=False)
    return (
        speaker.said("badge.supervised" if known.is_supervised else "badge.unsupervised"),
        speaker.said(
            "badge.identity-checked" if known.is_identity_checked else "badge.identity-unchecked"
        ),
    )
