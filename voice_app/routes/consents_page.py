"""What the pages of a person's consents show: each question, what holds now, what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from voice_app.consents import EXTRAS, Extra
from voice_app.models import Consent
from voice_app.routes import spoken
from voice_app.routes.public_pages import Frame, Said, Speaker

_CONTROLS = {
    "hear": "control.play",
    "speak": "control.speak",
    "touch": "control.touch",
    "hear-me": "control.hear-me",
    "again": "control.again",
    "no": "consent.no",
}


@dataclass(frozen=True)
class Word:
    """A question that was, or can be, answered, and what holds now.

    `sign` names the look of the state: is-yes, is-no or is-open. `voice` is where a spoken yes
    can be heard, `ask` where the question is asked, `refusal` where a yes is taken back; None
    where that does not apply.
    """

    picture: str
    question: Said
    state: Said
    sign: str
    voice: str | None
    ask: str | None
    refusal: str | None


@dataclass(frozen=True)
class ConsentsPage:
    """All that a person allows, or not."""

    frame: Frame
    title: Said
    words: tuple[Word, ...]
    hear_yes: Said
    take_back: Said
    answer: Said
    notice: Said


@dataclass(frozen=True)
class AskingPage:
    """One question alone on its page."""

    frame: Frame
    title: Said
    purpose: Extra
    picture: str
    question: Said
    free: Said
    controls: Mapping[str, Said]
    yes: Said
    no: Said


def consents_page(speaks: Speaker, words: Sequence[Consent]) -> ConsentsPage:
    """Give the page of all that a person allows, from the words that hold now."""
    last = {one.purpose: one for one in words if one.purpose in EXTRAS}
    shown = [one for one in words if one.purpose == "show-badge" and one.is_given]
    return ConsentsPage(
        frame=speaks.frame(),
        title=speaks.said("consent.title"),
        words=(
            *(_extra(speaks, one, word=last.get(one)) for one in EXTRAS),
            *(_badge(speaks, one) for one in shown),
        ),
        hear_yes=speaks.said("consent.hear-yes"),
        take_back=speaks.said("consent.take-back"),
        answer=speaks.said("consent.answer"),
        notice=speaks.said("control.notice"),
    )


def asking_page(speaks: Speaker, purpose: Extra) -> AskingPage:
    """Give the page that asks one question."""
    return AskingPage(
        frame=speaks.frame(),
        title=speaks.said("consent.title"),
        purpose=purpose,
        picture=picture_of(purpose),
        question=speaks.said(f"consent.{purpose}"),
        free=speaks.said("consent.no-harm"),
        controls={name: speaks.said(key) for name, key in _CONTROLS.items()},
        yes=speaks.said("consent.yes"),
        no=speaks.said("consent.no"),
    )


def picture_of(purpose: Extra) -> str:
    """Where the picture of a question is served."""
    return spoken.picture_url(f"ui-{purpose}")


def _extra(speaks: Speaker, purpose: Extra, *, word: Consent | None) -> Word:
    is_given = word is not None and word.is_given
    state = "is-open" if word is None else "is-yes" if is_given else "is-no"
    asking = f"/consents/{purpose}"
    return Word(
        picture=picture_of(purpose),
        question=speaks.said(f"consent.{purpose}"),
        state=speaks.said(f"consent.{state}"),
        sign=state,
        voice=_voice(word),
        ask=None if is_given else f"{asking}?{_spoken_in(speaks)}",
        refusal=f"{asking}/refusal?{_spoken_in(speaks)}" if is_given else None,
    )


def _badge(speaks: Speaker, word: Consent) -> Word:
    """A badge that is shown: the same yes, taken back where the badge is hidden."""
    return Word(
        picture=spoken.picture_url("ui-share"),
        question=speaks.said("share.consent"),
        state=speaks.said("consent.is-yes"),
        sign="is-yes",
        voice=_voice(word),
        ask=None,
        refusal=f"/share/{word.subject}/hiding?{_spoken_in(speaks)}",
    )


def _voice(word: Consent | None) -> str | None:
    has_voice = word is not None and word.is_given and word.recording is not None
    return f"/consents/voices/{word.seq}" if word is not None and has_voice else None


def _spoken_in(speaks: Speaker) -> str:
    return urlencode({"lang": speaks.language.code})
