"""What the public pages share: the language they speak, their spoken sentences, their answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import HTMLResponse

from voice_app.dialogues.content import Content, Language
from voice_app.routes import spoken
from voice_app.routes.access import form_token
from voice_app.routes.deps import Service

DEFAULT_LANGUAGE = "fr"
HTML = "text/html"
DOCUMENTS = ("application/vc+ld+json", "application/vc", "application/ld+json", "application/json")
TOKENS = ("application/vc+jwt", "application/jwt")
NOT_INDEXED = {"X-Robots-Tag": "noindex"}
NEGOTIATED = {"Vary": "Accept, Accept-Language"}
# A language speaks these pages when it has this sentence: content files have all or none.
_MARK = "badge.hidden"
_DATES = {"fr": "%d/%m/%Y", "es": "%d/%m/%Y", "en": "%d %b %Y"}


@dataclass(frozen=True)
class Said:
    """A sentence and where its sound is; `audio` None when it has not been rendered."""

    text: str
    audio: str | None = None


@dataclass(frozen=True)
class LanguageLink:
    """A way to the same page in another language, under that language's own name."""

    code: str
    own_name: str
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Frame:
    """What stands around every page: its language, the way to the others, the files' version.

    `token` is what its forms carry; empty for who owns nothing here.
    """

    language: str
    languages: tuple[LanguageLink, ...]
    hear: Said
    static_version: str
    origin: str
    token: str = ""


@dataclass(frozen=True)
class Speaker:
    """Speaks the sentences of one language, to whoever has the `token` of the page's forms."""

    here: Service
    language: Language
    token: str = ""

    def said(self, key: str) -> Said:
        """Give one of the page's sentences."""
        found = spoken.phrase(self.here.manifest, self.language, key=key)
        return Said(found["text"] or "", found["audio"])

    def has(self, key: str) -> bool:
        """Whether the language has this sentence."""
        return key in self.language.phrases

    def date(self, moment: Any) -> str:
        """Write a day as people of this language do."""
        return str(moment.strftime(_DATES.get(self.language.code, "%Y-%m-%d")))

    def frame(self) -> Frame:
        """Give what stands around a page of this language."""
        return Frame(
            language=self.language.code,
            languages=_links(self.here.content, chosen=self.language.code),
            hear=self.said("badge.hear"),
            static_version=self.here.version,
            origin=self.here.origin,
            token=self.token,
        )


def speaker(here: Service, request: Request, *, preferring: str | None = None) -> Speaker:
    """Choose who speaks: `?lang=`, else `preferring`, else the browser's wishes, else French."""
    asked = request.query_params.get("lang") or preferring
    accepted = request.headers.get("accept-language", "")
    code = page_language(here.content, asked=asked, accepted=accepted)
    return Speaker(here, here.content.languages[code], form_token(request))


def page_language(content: Content, *, asked: str | None, accepted: str) -> str:
    """Choose a page's language: the one asked for, else the browser's, else French."""
    spoken_here = [code for code, one in content.languages.items() if _MARK in one.phrases]
    wishes = [asked or "", *_wishes(accepted), DEFAULT_LANGUAGE]
    return next((wish for wish in wishes if wish in spoken_here), spoken_here[0])


def preferred(accept: str) -> str:
    """Choose the media type of an answer from an Accept header; HTML unless another is wanted."""
    weights = {name: weight for name, weight in map(_weighed, accept.split(",")) if name}
    offers = (HTML, *DOCUMENTS, *TOKENS)
    best = max(offers, key=lambda offer: (_weight_of(offer, weights), -offers.index(offer)))
    return best if _weight_of(best, weights) else HTML


def answer(
    here: Service, template: str, *, page: Any, status: int = HTTPStatus.OK, language: str
) -> HTMLResponse:
    """Render one page for people; no search engine keeps it."""
    text = here.templates.get_template(template).render(page=page)
    headers = NOT_INDEXED | NEGOTIATED | {"Content-Language": language}
    return HTMLResponse(text, status_code=status, headers=headers)


def _links(content: Content, *, chosen: str) -> tuple[LanguageLink, ...]:
    return tuple(
        LanguageLink(code, one.own_name, f"?{urlencode({'lang': code})}", code == chosen)
        for code, one in content.languages.items()
        if _MARK in one.phrases
    )


def _wishes(accepted: str) -> list[str]:
    """Give the languages of an Accept-Language header, most wanted first, without regions."""
    weighed = [part.strip().partition(";q=") for part in accepted.split(",")]
    ordered = sorted(weighed, key=lambda one: -_weight(one[2]))
    return [name.strip().partition("-")[0].lower() for name, _, weight in ordered]


def _weight(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return name, float(quality)
    except ValueError:
        return name, 0.0


def _weight_of(offer: str, weights: Mapping[str, float]) -> float:
    family = f"{offer.partition('/')[0]}/*"
    return next((weights[name] for name in (offer, family, "*/*") if name in weights), 0.0)
