"""The pages of what is kept about a person: sentences with pictures, and large things to touch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from voice_app.privacy import Holdings
from voice_app.routes.public_pages import Frame, Said, Speaker

_PLACES = 4
_COUNTED = 10


@dataclass(frozen=True)
class Card:
    """One thing that is said: its picture, and one or two sentences."""

    picture: str
    sentences: tuple[Said, ...]


@dataclass(frozen=True)
class Way:
    """One thing to touch: a page to go to or, where `does` is a form's value, a thing to do.

    `sign` is go, do or danger.
    """

    sign: str
    picture: str
    said: Said
    address: str
    field: tuple[str, str] | None = None


@dataclass(frozen=True)
class MePage:
    """One page: what is said, then what can be touched."""

    frame: Frame
    title: Said
    hear: Said
    cards: tuple[Card, ...]
    ways: tuple[Way, ...]


def choices(
    speaks: Speaker, *, has_asked: bool, is_answered: bool, news: Sequence[tuple[str, str]] = ()
) -> MePage:
    """Give the four things a person can do about what is kept, after what is new.

    `has_asked`: they asked for a person just now. `is_answered`: one looked at what they asked.
    `news` are the sentences, each with the micro-competence it is about.
    """
    key = "me.wrong-sent" if has_asked else "me.looked" if is_answered else None
    thanks = (_card(speaks, "ui-help-person", key),) if key else ()
    ways = (
        *(_go(speaks, f"ui-badge-{about.lower()}", said, "/") for said, about in news),
        _go(speaks, "ui-ear", "me.hear", "/me/kept"),
        _go(speaks, "suitcase", "me.take", "/me/file"),
        _go(speaks, "ui-microphone-blocked", "me.delete-voice", "/me/voice", sign="danger"),
        _go(speaks, "letter-bin", "me.delete-all", "/me/everything", sign="danger"),
    )
    return _page(speaks, "me.title", thanks, ways)


def kept(speaks: Speaker, holdings: Holdings) -> MePage:
    """Tell how much is kept, why and how long; whoever finds a fault asks for a person."""
    cards = tuple(_told(speaks, holdings))
    if holdings.is_empty:
        return _page(speaks, "me.hear", cards, (_start(speaks),))
    wrong = _do(speaks, "ui-help-person", "me.wrong", "/me/correction")
    return _page(speaks, "me.hear", cards, (wrong, _back(speaks)))


def taking(speaks: Speaker, holdings: Holdings) -> MePage:
    """Tell what is in the file, and how to treat it."""
    if holdings.is_empty:
        return kept(speaks, holdings)
    cards = (
        _card(speaks, "suitcase", "me.take-what"),
        _card(speaks, "ui-padlock", "me.take-care"),
    )
    take = _do(speaks, "suitcase", "me.take", "/me/file")
    return _page(speaks, "me.take", cards, (take, _back(speaks)))


def deleting_voice(speaks: Speaker) -> MePage:
    """Tell what goes with the voice, before the second touch."""
    cards = (
        _card(speaks, "ui-microphone-blocked", "me.voice-what", "me.voice-open"),
        _card(speaks, "letter-bin", "me.never-back", "me.sure"),
    )
    yes = _do(speaks, "ui-microphone-blocked", "me.voice-yes", "/me/voice", sign="danger")
    return _page(speaks, "me.delete-voice", cards, (_back(speaks, "me.no"), yes))


def deleting_all(speaks: Speaker, holdings: Holdings) -> MePage:
    """Tell what goes, before the second touch; with badges, their holder says what becomes."""
    cards = [
        _card(speaks, "letter-bin", "me.all-what"),
        _card(speaks, "ui-no", "me.never-back", "me.sure"),
    ]
    does = ("me.all-yes", "ui-no", ("badges", "kept"))
    ways = [_do(speaks, does[1], does[0], "/me/everything", sign="danger", field=does[2])]
    if holdings.has_card:
        cards.insert(1, _card(speaks, "ui-card", "me.all-card"))
    if holdings.badges:
        cards.insert(1, _card(speaks, "ui-badge-full", "me.all-badges"))
        ways = [
            _do(
                speaks,
                picture,
                key,
                "/me/everything",
                sign="danger",
                field=("badges", badges),
            )
            for picture, key, badges in (
                ("ui-badge-full", "me.all-keep", "kept"),
                ("ui-no", "me.all-cancel", "cancelled"),
            )
        ]
    return _page(speaks, "me.delete-all", tuple(cards), (_back(speaks, "me.no"), *ways))


def done(speaks: Speaker, key: str) -> MePage:
    """Tell that it is done."""
    return _page(speaks, key, (_card(speaks, "ui-done", key),), (_start(speaks),))


def summary_sounds(speaks: Speaker, holdings: Holdings) -> Iterator[str]:
    """Give the files that tell aloud what is kept, in order; those that were never rendered lack.

    Paths are relative to the folder of sounds.
    """
    cards = (
        *_told(speaks, holdings),
        _card(speaks, "suitcase", "me.take-what"),
        _card(speaks, "ui-padlock", "me.take-care"),
    )
    for card in cards:
        for said in card.sentences:
            if said.audio:
                yield said.audio.removeprefix("/audio/")


def number(count: int) -> str:
    """Give the phrase that says a number; counting ends at ten."""
    if count <= _PLACES:
        return f"place.{count}"
    return f"number.{count}" if count <= _COUNTED else "number.more"


def _told(speaks: Speaker, holdings: Holdings) -> Iterator[Card]:
    if holdings.is_empty:
        yield _card(speaks, "ui-yes", "me.nothing")
        return
    counted = (
        ("ui-start", "me.attempts", holdings.attempts),
        ("ui-microphone", "me.recordings", holdings.recordings),
        ("ui-badge-full", "me.badges", holdings.badges),
        ("ui-hand-touch", "me.consents", holdings.consents),
    )
    for picture, key, count in counted:
        if count:
            yield _card(speaks, picture, key, number(count))
    if not holdings.recordings:
        yield _card(speaks, "ui-microphone-blocked", "me.no-recordings")
    for picture, key, is_kept in _noted(holdings):
        if is_kept:
            yield _card(speaks, picture, key)
    yield _card(speaks, "ui-wait", "me.why", "me.how-long")
    if holdings.is_candidate:
        yield _card(speaks, "ui-notice-time", "me.ends")


def _noted(holdings: Holdings) -> tuple[tuple[str, str, bool], ...]:
    """What is kept besides answers: a picture, a sentence, and whether it is."""
    return (
        ("ui-notice-people", "me.name", holdings.has_name),
        ("ui-card", "me.card", holdings.has_card),
        ("ui-door", "me.sign-ins", bool(holdings.sign_ins)),
        ("ui-ear", "me.notices", bool(holdings.notices)),
        ("ui-help-person", "me.corrections", bool(holdings.corrections)),
        ("ui-notice-computer", "me.events", bool(holdings.events)),
    )


def _card(speaks: Speaker, picture: str, *keys: str) -> Card:
    return Card(_picture(picture), tuple(speaks.said(key) for key in keys))


def _go(speaks: Speaker, picture: str, key: str, address: str, *, sign: str = "go") -> Way:
    query = urlencode({"lang": speaks.language.code})
    return Way(sign, _picture(picture), speaks.said(key), f"{address}?{query}")


def _do(
    speaks: Speaker,
    picture: str,
    key: str,
    address: str,
    *,
    sign: str = "do",
    field: tuple[str, str] | None = ("sure", "yes"),
) -> Way:
    query = urlencode({"lang": speaks.language.code})
    return Way(sign, _picture(picture), speaks.said(key), f"{address}?{query}", field)


def _back(speaks: Speaker, key: str = "control.back") -> Way:
    return _go(speaks, "ui-next", key, "/me", sign="back")


def _start(speaks: Speaker) -> Way:
    return Way("go", _picture("ui-start"), speaks.said("control.start"), "/")


def _page(speaks: Speaker, title: str, cards: tuple[Card, ...], ways: tuple[Way, ...]) -> MePage:
    return MePage(speaks.frame(), speaks.said(title), speaks.said("badge.hear"), cards, ways)


def _picture(name: str) -> str:
    return f"/pictures/{name}.svg"
