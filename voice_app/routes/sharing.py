"""The pages of the holder: who sees a badge, how it is handed on; and the four slots."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app import attempts, badges
from voice_app.badges import Slot, UnknownBadgeError, shown_code
from voice_app.marking import becoming
from voice_app.models import Attempt, Badge
from voice_app.routes import consenting
from voice_app.routes.badge_page import badge_page
from voice_app.routes.deps import Here, Owner, Service
from voice_app.routes.public_pages import Frame, Said, Speaker, answer, speaker
from voice_app.scoring.badges.award import FULL

router = APIRouter()

_CONTROLS = {
    "hear": "control.play",
    "speak": "control.speak",
    "touch": "control.touch",
    "hear-me": "control.hear-me",
    "again": "control.again",
}
_OFFERS: Mapping[becoming.Offer, str] = {"open": "assess.offer", "asked": "assess.asked"}
_HOLDERS = {"Vary": "Cookie, Accept-Language"}


@dataclass(frozen=True)
class Way:
    """One way to hand a badge on: `kind` names its picture."""

    kind: str
    said: Said
    address: str


@dataclass(frozen=True)
class SharePage:
    """Who sees a badge, what the holder can do about it, and the ways to hand it on."""

    frame: Frame
    title: Said
    code: str
    picture: str
    is_shown: bool
    state: Said
    consent: Said
    controls: Mapping[str, Said]
    yes: Said
    hide: Said
    link: Said
    address: str
    ways: tuple[Way, ...]
    lost: Said
    stack: Said
    kept: Said


@dataclass(frozen=True)
class SlotShown:
    """One of the slots: its picture, what is said of it, and the badge's page when filled.

    `ask` is where its holder asks to become an assessor, `offer` what is said of that.
    """

    picture: str
    said: Said
    address: str | None
    ask: str | None = None
    offer: Said | None = None


@dataclass(frozen=True)
class StackPage:
    """The four slots of a holder, and the fifth; `touch` is said where one may ask."""

    frame: Frame
    title: Said
    slots: tuple[SlotShown, ...]
    touch: Said | None


@router.get("/share/{code}")
def show_sharing(request: Request, code: str, here: Here, owner: Owner) -> Response:
    """The page where the holder alone decides who sees a badge."""
    try:
        with here.database.reading.begin() as session:
            badge = badges.owned(session, code, owner_hash=attempts.hash_of(owner))
            attempt = session.get_one(Attempt, badge.attempt_id)
            is_shown = badges.is_shown(badges.events_of(session, badge.code))
    except UnknownBadgeError:
        return _unknown(speaker(here, request))
    speaks = speaker(here, request, preferring=attempt.help_language)
    page = _share_page(speaks, badge, is_shown=is_shown)
    return _answer(speaks, "share.html", page=page)


@router.get("/stack")
def show_stack(request: Request, here: Here, owner: Owner, employer: str = "") -> Response:
    """The holder's four badges, filled or empty, each one explained aloud."""
    newest = (
        select(Attempt)
        .where(Attempt.owner_hash == attempts.hash_of(owner))
        .order_by(Attempt.started_at.desc())
    )
    with here.database.reading.begin() as session:
        attempt = session.scalar(newest.limit(1))
        slots = _slots(here, session, attempt, employer_language=employer)
        offers = becoming.offers(session, attempts.hash_of(owner))
    speaks = speaker(here, request, preferring=attempt.help_language if attempt else None)
    shown = tuple(_slot(speaks, slot, offers=offers) for slot in slots)
    touch = speaks.said("assess.touch") if offers else None
    page = StackPage(speaks.frame(), speaks.said("stack.title"), shown, touch)
    return _answer(speaks, "stack.html", page=page)


def _slots(
    here: Service, session: Session, attempt: Attempt | None, *, employer_language: str
) -> tuple[Slot, ...]:
    """Give the slots of whoever made an attempt; all empty for who made none.

    Content without a full micro-certification has nothing that stacks.
    """
    if FULL not in here.content.micro_competences:
        return ()
    return badges.slots(
        session,
        attempt.owner_hash if attempt else "",
        employer_language=employer_language or (attempt.employer_language if attempt else ""),
        office=here.office,
        now=here.clock(),
    )


def linkedin_address(here: Service, badge: Badge, *, name: str) -> str:
    """Give the address that adds a badge to a LinkedIn profile, filled in."""
    ends = badge.expires_at
    details: Mapping[str, object] = {
        "startTask": "CERTIFICATION_NAME",
        "name": name,
        "organizationName": here.issuer.name,
        "issueYear": badge.issued_at.year,
        "issueMonth": badge.issued_at.month,
        **({} if ends is None else {"expirationYear": ends.year, "expirationMonth": ends.month}),
        "certUrl": f"{here.origin}/b/{badge.code}",
        "certId": shown_code(badge.code),
    }
    return f"https://www.linkedin.com/profile/add?{urlencode(details)}"


def _share_page(speaks: Speaker, badge: Badge, *, is_shown: bool) -> SharePage:
    address = f"{speaks.here.origin}/b/{badge.code}"
    return SharePage(
        frame=speaks.frame(),
        title=speaks.said("share.title"),
        code=shown_code(badge.code),
        picture=_picture(badge.micro_competence),
        is_shown=is_shown,
        state=speaks.said("share.shown" if is_shown else "share.hidden"),
        consent=speaks.said(consenting.PHRASE),
        controls={name: speaks.said(key) for name, key in _CONTROLS.items()},
        yes=speaks.said("share.yes"),
        hide=speaks.said("share.hide"),
        link=speaks.said("share.link"),
        address=address,
        ways=_ways(speaks, badge, address=address) if is_shown else (),
        lost=speaks.said("share.lost"),
        stack=speaks.said("stack.title"),
        kept=speaks.said("me.title"),
    )


def _ways(speaks: Speaker, badge: Badge, *, address: str) -> tuple[Way, ...]:
    text = f"{speaks.said('share.text').text} {address}"
    names = speaks.here.content.micro_competences[badge.micro_competence].names
    name = names.get(badge.employer_language) or next(iter(names.values()))
    page = f"/b/{badge.code}"
    spoken = urlencode({"lang": speaks.language.code})
    ways = {
        "whatsapp": ("share.message", f"https://wa.me/?{urlencode({'text': text})}"),
        "sms": ("share.message", f"sms:?&{urlencode({'body': text}).replace('+', '%20')}"),
        "paper": ("share.paper", f"{page}.pdf?{spoken}"),
        "picture": ("share.picture", f"{page}.png?{spoken}"),
        "wallet": ("share.wallet", f"{page}.json"),
        "linkedin": ("share.linkedin", linkedin_address(speaks.here, badge, name=name)),
    }
    return tuple(Way(kind, speaks.said(key), to) for kind, (key, to) in ways.items())


def _slot(speaks: Speaker, slot: Slot, *, offers: Mapping[str, becoming.Offer]) -> SlotShown:
    has = "has" if slot.badge else "lacks"
    key = f"stack.{slot.micro_competence}.{has}"
    names = speaks.here.content.micro_competences[slot.micro_competence].names
    unsaid = Said(names.get(speaks.language.code) or next(iter(names.values())))
    offer = offers.get(slot.micro_competence)
    return SlotShown(
        picture=_picture(slot.micro_competence),
        said=speaks.said(key) if speaks.has(key) else unsaid,
        address=f"/b/{slot.badge.code}" if slot.badge else None,
        ask=f"/applications/{slot.micro_competence}" if offer == "open" else None,
        offer=speaks.said(_OFFERS[offer]) if offer else None,
    )


def _picture(micro_competence: str) -> str:
    return f"/static/badge/{micro_competence.lower()}.svg"


def _unknown(speaks: Speaker) -> Response:
    page = badge_page(speaks, badges.Standing("unknown", None))
    return _answer(speaks, "badge.html", page=page, status=HTTPStatus.NOT_FOUND)


def _answer(
    speaks: Speaker, template: str, *, page: object, status: int = HTTPStatus.OK
) -> Response:
    language = speaks.language.code
    response = answer(speaks.here, template, page=page, status=status, language=language)
    response.headers.update(_HOLDERS)
    return response
