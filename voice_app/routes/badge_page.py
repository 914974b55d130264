"""What the public page of a badge shows and says, put together for its template."""

from dataclasses import dataclass
from urllib.parse import urlencode

from voice_app.badges import shown_code
from voice_app.dialogues.content import Content, Language
from voice_app.models import Badge
from voice_app.routes import spoken
from voice_app.routes.deps import Service
from voice_app.scoring.badges.credential import Issuer
from voice_app.scoring.badges.wording import wording_for

DEFAULT_LANGUAGE = "fr"
_CAN_DO = ("badge.can-do.1", "badge.can-do.2", "badge.can-do.3")
_DATES = {"fr": "%d/%m/%Y", "es": "%d/%m/%Y", "en": "%d %b %Y"}
_ISO_DATE = "%Y-%m-%d"


@dataclass(frozen=True)
class Said:
    """A sentence and where its sound is; `audio` None when it has not been rendered."""

    text: str
    audio: str | None


@dataclass(frozen=True)
class LanguageLink:
    """A way to the same page in another language, under that language's own name."""

    code: str
    own_name: str
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Proven:
    """What is behind a badge that is real."""

    code: str
    picture: str
    issued_on: str
    issued_iso: str
    can_do: tuple[Said, ...]
    how_tested: Said
    criteria: str
    criteria_language: str
    who: Said
    issuer: Issuer
    proof: Said
    json_address: str


@dataclass(frozen=True)
class BadgePage:
    """The page in one language: a sign with its word, one sentence, and `proven` when real."""

    language: str
    languages: tuple[LanguageLink, ...]
    sign: str
    word: Said
    sentence: Said
    hear: Said
    proven: Proven | None
    static_version: str


def real_page(here: Service, badge: Badge, *, language: str) -> BadgePage:
    """Give the page of a badge that is real."""
    key = f"badge.real.{badge.employer_language}"
    has_own = key in here.content.languages[language].phrases
    return _page(
        here,
        language=language,
        sign="real",
        sentence=key if has_own else "badge.word.real",
        proven=_proven(here, badge, language=here.content.languages[language]),
    )


def unknown_page(here: Service, *, language: str) -> BadgePage:
    """Give the page for a code that is not ours, or a document that was changed."""
    return _page(here, language=language, sign="unknown", sentence="badge.unknown", proven=None)


def page_language(content: Content, *, asked: str | None, accepted: str) -> str:
    """Choose the page's language: the one asked for, else the browser's, else French."""
    spoken_here = [
        code for code, one in content.languages.items() if "badge.unknown" in one.phrases
    ]
    wishes = [asked or "", *_wishes(accepted), DEFAULT_LANGUAGE]
    return next((wish for wish in wishes if wish in spoken_here), spoken_here[0])


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


def _page(
    here: Service, *, language: str, sign: str, sentence: str, proven: Proven | None
) -> BadgePage:
    spoken_in = here.content.languages[language]
    return BadgePage(
        language=language,
        languages=_links(here.content, chosen=language),
        sign=sign,
        word=_said(here, spoken_in, f"badge.word.{sign}"),
        sentence=_said(here, spoken_in, sentence),
        hear=_said(here, spoken_in, "badge.hear"),
        proven=proven,
        static_version=here.version,
    )


def _links(content: Content, *, chosen: str) -> tuple[LanguageLink, ...]:
    return tuple(
        LanguageLink(code, one.own_name, f"?{urlencode({'lang': code})}", code == chosen)
        for code, one in content.languages.items()
        if "badge.unknown" in one.phrases
    )


def _proven(here: Service, badge: Badge, *, language: Language) -> Proven:
    words = wording_for(language.code)
    heard = badge.employer_language
    own_name = here.content.languages[heard].own_name
    return Proven(
        code=shown_code(badge.code),
        picture=spoken.picture_url(f"ui-badge-{badge.micro_competence.lower()}"),
        issued_on=badge.issued_at.strftime(_DATES.get(language.code, _ISO_DATE)),
        issued_iso=badge.issued_at.strftime(_ISO_DATE),
        can_do=tuple(_said(here, language, key) for key in _CAN_DO),
        how_tested=_said(here, language, "badge.how-tested"),
        criteria=words.criteria.format(language=words.languages.get(heard, own_name)),
        criteria_language=words.language,
        who=_said(here, language, "badge.who"),
        issuer=here.issuer,
        proof=_said(here, language, "badge.proof"),
        json_address=f"/b/{badge.code}.json",
    )


def _said(here: Service, language: Language, key: str) -> Said:
    said = spoken.phrase(here.manifest, language, key=key)
    return Said(said["text"] or "", said["audio"])
