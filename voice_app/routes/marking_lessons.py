"""What the pages of training show: rubrics with their examples, lessons, comments to share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from voice_app.access import Actor
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.marking import exemplary, licensing, training, trust
from voice_app.marking.comparing import HEARD
from voice_app.marking.training import Lesson
from voice_app.models import GoodComment
from voice_app.routes.deps import Service
from voice_app.routes.marking_shown import (
    NONE_OF_THEM,
    STAFF_LANGUAGE,
    CriterionShown,
    Languages,
    LevelShown,
    Said,
    example_said,
    rubric_shown,
)

_AMONG_PICTURES = "an answer among four pictures"
_NOT_YET = "Your levels do not follow the reference yet: who gives all the same passes nothing."


@dataclass(frozen=True)
class Way:
    """How far somebody is with marking a micro-competence; `is_going` while there is more to do."""

    micro_competence: str
    words: str
    is_going: bool


@dataclass(frozen=True)
class LanguageLink:
    """A way to the same page in another employer language."""

    code: str
    name: str
    address: str
    is_here: bool


@dataclass(frozen=True)
class Training:
    """The first page of training."""

    ways: tuple[Way, ...]
    rubrics: tuple[str, ...]
    shared: int
    waiting: int
    is_coordinator: bool


@dataclass(frozen=True)
class Rubric:
    """What is marked in a micro-competence, with examples in one employer language."""

    micro_competence: str
    language: str
    languages: tuple[LanguageLink, ...]
    criteria: tuple[CriterionShown, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """A criterion of a lesson: the level that was given beside that of the reference."""

    words: str
    given: LevelShown
    known: LevelShown

    @property
    def is_same(self) -> bool:
        """Whether both are the same level."""
        return self.given.points == self.known.points


@dataclass(frozen=True)
class LessonShown:
    """A mark of the exercise beside the reference; `heard` is what was said, where it is known.

    `pictures` are the words of what was given and what is known, where pictures were marked.
    """

    micro_competence: str
    number: int
    wanted: int
    is_near: bool
    heard: Said | None
    language: str
    criteria: tuple[Compared, ...]
    pictures: tuple[str, str] | None
    after: str


@dataclass(frozen=True)
class CommentShown:
    """A comment that is shared or proposed."""

    seq: int
    about: str
    language: str
    language_name: str
    text: str
    is_own: bool


@dataclass(frozen=True)
class About:
    """Something a comment may be about, as a choice of a form."""

    value: str
    words: str


@dataclass(frozen=True)
class Comments:
    """The page of comments to share."""

    shared: tuple[CommentShown, ...]
    waiting: tuple[CommentShown, ...]
    about: tuple[About, ...]
    languages: tuple[tuple[str, str], ...]
    longest: int
    is_coordinator: bool
    may_propose: bool


def training_for(session: Session, here: Service, who: Actor) -> Training:
    """Give the first page of training, for whoever asks."""
    ways = training.ways(session, who.name, content=here.content)
    center = who.center or ""
    return Training(
        ways=tuple(_way(name, found) for name, found in ways.items()),
        rubrics=tuple(one.micro_competence for one in _marked(here)),
        shared=len(exemplary.shared(session, center)),
        waiting=len(exemplary.waiting(session, center)),
        is_coordinator=_is_coordinator(who),
    )


def rubric_of(
    session: Session, here: Service, bank: ScenarioBank, *, language: str, center: str
) -> Rubric:
    """Give the rubric of a bank, with examples in one of its languages."""
    name = bank.micro_competence
    spoken = Languages(employer=language, help=STAFF_LANGUAGE)
    return Rubric(
        micro_competence=name,
        language=language,
        languages=tuple(
            LanguageLink(
                code,
                here.content.languages[code].own_name,
                f"/staff/marking/training/rubrics/{name}?language={code}",
                code == language,
            )
            for code in bank.employer_languages
        ),
        criteria=rubric_shown(here, bank, bank.rubric, languages=spoken).criteria,
        comments=tuple(
            one.text for one in exemplary.shared(session, center, micro_competence=name)
        ),
    )


def lesson_shown(session: Session, here: Service, lesson: Lesson, *, who: Actor) -> LessonShown:
    """Give a lesson as its page shows it."""
    found = training.ways(session, who.name, content=here.content)[lesson.micro_competence]
    bank = here.content.scenarios.get(lesson.micro_competence)
    language = STAFF_LANGUAGE if lesson.example is None else lesson.example.language
    return LessonShown(
        micro_competence=lesson.micro_competence,
        number=(lesson.number - 1) % trust.EXERCISES + 1,
        wanted=trust.EXERCISES,
        is_near=lesson.is_near,
        heard=_heard(here, bank, lesson),
        language=language,
        criteria=() if bank is None else tuple(_compared(here, bank, lesson, language=language)),
        pictures=_pictures(here, lesson),
        after=_after(found),
    )


def comments_for(session: Session, here: Service, who: Actor) -> Comments:
    """Give the page of comments to share, for whoever asks."""
    center = who.center or ""
    waiting = exemplary.waiting(session, center)
    is_coordinator = _is_coordinator(who)
    mine = [one for one in waiting if is_coordinator or one.author == who.name]
    return Comments(
        shared=tuple(_comment(here, one, who) for one in exemplary.shared(session, center)),
        waiting=tuple(_comment(here, one, who) for one in mine),
        about=tuple(_choices(here)),
        languages=tuple((code, one.own_name) for code, one in here.content.languages.items()),
        longest=exemplary.LONGEST,
        is_coordinator=is_coordinator,
        may_propose=who.role in ("assessor", "owner"),
    )


def _marked(here: Service) -> Iterable[ScenarioBank]:
    return (one for one in here.content.scenarios.values() if one.rubric)


def _is_coordinator(who: Actor) -> bool:
    return who.role in ("coordinator", "owner")


def _way(name: str, found: trust.Progress) -> Way:
    words: Mapping[str | None, str] = {
        licensing.EXERCISE: f"the exercise: {found.done} of {found.wanted} marks of this round, "
        f"{found.near} near the reference. {_apart(found)}".strip(),
        licensing.SHADOW: f"in shadow: {found.done} of {found.wanted} marks, {found.near} near "
        "those that count. Then your coordinator decides.",
        licensing.LICENSED: "you mark, and your marks count.",
        licensing.PAUSED: "paused. Talk with your coordinator, who can lift it.",
        licensing.ENDED: "ended.",
    }
    is_going = found.state in (licensing.EXERCISE, licensing.SHADOW)
    return Way(name, words[found.state], is_going)


def _apart(found: trust.Progress) -> str:
    return _NOT_YET if found.done >= found.wanted and not found.tells_apart else ""


def _after(found: trust.Progress) -> str:
    """Say what comes after a mark of the exercise."""
    if found.state != licensing.EXERCISE:
        return "You passed the exercise. Now you mark in shadow: your marks do not count yet."
    if found.done < found.wanted:
        return f"{found.near} of {found.done} are near the reference so far."
    apart = _apart(found)
    return f"{found.near} of {found.done} are near. {apart} A new round begins with other answers."


def _heard(here: Service, bank: ScenarioBank | None, lesson: Lesson) -> Said | None:
    example = lesson.example
    if bank is None or example is None or example.key not in bank.spoken:
        return None
    return example_said(here, bank, example.key, language=example.language)


def _compared(
    here: Service, bank: ScenarioBank, lesson: Lesson, *, language: str
) -> Iterable[Compared]:
    names = [name for name in bank.rubric if name in lesson.known]
    spoken = Languages(employer=language, help=STAFF_LANGUAGE)
    shown = rubric_shown(here, bank, names, languages=spoken).criteria
    for name, criterion in zip(names, shown, strict=True):
        levels = {one.points: one for one in criterion.levels}
        given, known = lesson.given[name], lesson.known[name]
        if given in levels and known in levels:
            yield Compared(criterion.words, levels[given], levels[known])


def _pictures(here: Service, lesson: Lesson) -> tuple[str, str] | None:
    if HEARD not in lesson.known:
        return None
    return _word(here, lesson.given[HEARD]), _word(here, lesson.known[HEARD])


def _word(here: Service, option: str) -> str:
    if option == NONE_OF_THEM:
        return "none of the pictures"
    found = here.content.languages[STAFF_LANGUAGE].words.get(option)
    return option if found is None else found.name


def _comment(here: Service, row: GoodComment, who: Actor) -> CommentShown:
    bank = here.content.scenarios.get(row.micro_competence)
    criterion = None if bank is None else bank.rubric.get(row.criterion)
    about = _AMONG_PICTURES if criterion is None else criterion.says[STAFF_LANGUAGE]
    language = here.content.languages.get(row.language)
    return CommentShown(
        seq=row.seq,
        about=f"{row.micro_competence}: {about}",
        language=row.language,
        language_name=row.language if language is None else language.own_name,
        text=row.text,
        is_own=row.author == who.name,
    )


def _choices(here: Service) -> Iterable[About]:
    for bank in _marked(here):
        for one in bank.rubric.values():
            words = f"{bank.micro_competence}: {one.says[STAFF_LANGUAGE]}"
            yield About(f"{bank.micro_competence}.{one.id}", words)
    for name in here.content.assessments:
        yield About(f"{name}.{exemplary.AMONG_PICTURES}", f"{name}: {_AMONG_PICTURES}")
