"""What an assessor is shown of an attempt: its answers, never whose they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import attempts, audit, outcomes, oversight
from voice_app.audio.store import BadUtteranceId
from voice_app.dialogues import flow
from voice_app.dialogues.content import Item
from voice_app.marking import deciding
from voice_app.models import Attempt, Utterance
from voice_app.models import Response as ResponseRow
from voice_app.routes import oversight_scenes, spoken
from voice_app.routes.deps import Service
from voice_app.routes.oversight_shown import Answer, Choice, Take

# What an assessor hears that is none of the pictures.
NONE_OF_THEM = "none"
_LISTENED = {"sample", "doubt", "sign-off"}


@dataclass(frozen=True)
class Case:
    """An attempt of the center without a name: what waits of it, and what was decided.

    `words` are sign-off, sample and doubt where they wait; `unheard` is how many recordings
    this person must listen to before such a word.
    """

    attempt: str
    address: str
    micro_competence: str
    language: str
    language_name: str
    help_language: str
    help_language_name: str
    since: str
    answers: tuple[Answer, ...]
    decided: tuple[Answer, ...]
    words: frozenset[str]
    is_word_for_another: bool
    unheard: int


@dataclass(frozen=True)
class Chosen:
    """What an assessor says they heard in the answer to an item, before they know more."""

    item: str = ""
    heard: str = ""


def case_of(
    session: Session, here: Service, attempt: Attempt, *, author: str, chosen: Chosen
) -> Case:
    """Give what waits for a person of an attempt, as `author` may see it."""
    home = here.home(attempt)
    languages = here.content.languages
    words = oversight.waits_for_a_word(session, attempt.id)
    if home is not None:
        answers = tuple(oversight_scenes.answers(session, here, attempt, bank=home))
        decided: tuple[Answer, ...] = ()
    else:
        desk = _Desk(session, here, attempt, author=author)
        answers = tuple(desk.answers(desk.shown(words), chosen=chosen))
        decided = tuple(desk.answers(desk.decided(words), chosen=Chosen()))
    return Case(
        attempt=attempt.id,
        address=address_of(attempt.id),
        micro_competence=attempt.assessment,
        language=attempt.employer_language,
        language_name=languages[attempt.employer_language].own_name,
        help_language=attempt.help_language,
        help_language_name=languages[attempt.help_language].own_name,
        since=attempt.started_at.strftime("%d %b %Y"),
        answers=answers,
        decided=decided,
        words=words,
        is_word_for_another=oversight.is_for_another(session, attempt.id, author=author),
        unheard=len(unheard(session, here, attempt, author=author)),
    )


def address_of(attempt_id: str) -> str:
    """Give the address of the page about an attempt."""
    return f"/staff/oversight/attempts/{attempt_id}"


def markable(session: Session, here: Service, attempt: Attempt) -> frozenset[str]:
    """Give the items of an attempt that a person may mark now; steps wait in a queue of theirs."""
    if here.home(attempt) is not None:
        return frozenset()
    return _Desk(session, here, attempt, author="").markable


def unheard(
    session: Session, here: Service, attempt: Attempt, *, author: str, item: str | None = None
) -> frozenset[str]:
    """Give the last recordings, of one item or all that count, that `author` never heard."""
    if here.home(attempt) is not None:
        return frozenset()
    desk = _Desk(session, here, attempt, author=author)
    items = desk.spoken if item is None else {item} & desk.spoken
    last = (desk.takes[one][-1] for one in items)
    kept = [one.id for one in last if is_kept(here, one)]
    return audit.unheard(session, kept, by=author)


def is_kept(here: Service, utterance: Utterance) -> bool:
    """Whether a recording is still there."""
    try:
        here.store.found(utterance.id, utterance.sha256)
    except (OSError, BadUtteranceId):
        return False
    return True


class _Desk:
    """The rows of an attempt, read once."""

    def __init__(self, session: Session, here: Service, attempt: Attempt, *, author: str) -> None:
        self._session, self._here, self._attempt, self._author = session, here, attempt, author
        self._bank = here.bank(attempt)
        said = attempts.responses(session, attempt.id, bank=self._bank)
        self._words = oversight.words(session, attempt.id)
        self._standings = oversight.standings(self._bank, said, words=self._words)
        self._signs_off = "sign-off" in oversight.waits_for_a_word(session, attempt.id)
        self._touched = {one.item: one.option for one in said if one.kind == "touch"}
        self.takes = _takes(session, attempt, items=self._bank.items.keys())
        self.waiting = self._words.contested | self._in_doubt()

    @property
    def markable(self) -> frozenset[str]:
        """Items that a person may mark now; before a sign-off, every spoken answer."""
        unmarked = self.spoken - self._words.marks.keys()
        return self.waiting | (unmarked if self._signs_off else frozenset())

    @property
    def spoken(self) -> frozenset[str]:
        """Items whose last answer was spoken."""
        return frozenset(self.takes.keys() - self._touched.keys())

    def shown(self, words: Iterable[str]) -> frozenset[str]:
        """Items to look at now: where a word on the whole waits, all that was spoken."""
        return self.waiting | (self.spoken if _LISTENED.intersection(words) else frozenset())

    def decided(self, words: Iterable[str]) -> frozenset[str]:
        """Items that people have decided on."""
        return frozenset(self._words.marks) - self.shown(words)

    def answers(self, items: frozenset[str], *, chosen: Chosen) -> Iterable[Answer]:
        """Give these items as they are shown, in the order of the attempt."""
        for number, item in enumerate(self._standings, 1):
            if item in items:
                yield self._answer(self._bank.items[item], number=number, chosen=chosen)

    def _in_doubt(self) -> set[str]:
        """Items that the machine could not take for right, where they decide how it ends."""
        outcome = outcomes.latest(self._session, self._attempt.id)
        if outcome is None or not outcome.reviews:
            return set()
        return {one for one, final in self._standings.items() if final == "for_person"}

    def _answer(self, item: Item, *, number: int, chosen: Chosen) -> Answer:
        here, employer = self._here, self._here.content.languages[self._attempt.employer_language]
        prompts = spoken.prompt(here.manifest, employer.code, item=item.id)
        mark = self._words.marks.get(item.id)
        is_open = item.id in self.markable
        heard = chosen.heard if chosen.item == item.id and chosen.heard else None
        is_told = heard is not None or (mark is not None and not is_open)
        author, attempt = self._author, self._attempt.id
        is_mine = not (
            oversight.is_for_another(self._session, attempt, item=item.id, author=author)
            or deciding.has_marked(self._session, self._attempt, item=item.id, author=author)
        )
        return Answer(
            item=item.id,
            number=number,
            prompt=employer.prompts[item.id],
            sounds=tuple(prompts["normal"][:1]),
            question=employer.questions[item.question],
            takes=tuple(self._take(one) for one in self.takes.get(item.id, ())),
            choices=tuple(self._choices(item, heard=heard, is_told=is_told)),
            is_spoken=item.id in self.spoken,
            is_contested=item.id in self._words.contested,
            heard=heard,
            can_mark=is_open and is_mine,
            is_for_another=is_open and not is_mine,
            mark=None if is_open else mark,
        )

    def _choices(self, item: Item, *, heard: str | None, is_told: bool) -> Iterable[Choice]:
        languages, attempt = self._here.content.languages, self._attempt
        for option in flow.option_order(item, attempt.id):
            yield Choice(
                id=option,
                picture=spoken.picture_url(option),
                name=languages[attempt.employer_language].words[option].name,
                help_name=languages[attempt.help_language].words[option].name,
                is_expected=is_told and option == item.right,
                is_chosen=option == heard,
                was_touched=option == self._touched.get(item.id),
            )

    def _take(self, utterance: Utterance) -> Take:
        address = f"{address_of(self._attempt.id)}/recordings/{utterance.id}"
        was_heard = not audit.unheard(self._session, [utterance.id], by=self._author)
        return Take(address if is_kept(self._here, utterance) else None, was_heard)


def _takes(
    session: Session, attempt: Attempt, *, items: Iterable[str]
) -> Mapping[str, list[Utterance]]:
    rows = session.execute(
        select(ResponseRow.item, Utterance)
        .join(Utterance, Utterance.id == ResponseRow.id)
        .where(ResponseRow.attempt_id == attempt.id, ResponseRow.item.in_(list(items)))
        .order_by(ResponseRow.seq)
    )
    found: dict[str, list[Utterance]] = {}
    for item, utterance in rows:
        found.setdefault(item, []).append(utterance)
    return found
