"""Why an answer counts, and why an attempt ends, as it does: pure, in sentences to speak."""

from dataclasses import dataclass
from typing import Literal

from voice_app.oversight.deciding import Mark, Word

Decider = Literal["machine", "person", "touch", "nobody-yet"]


@dataclass(frozen=True)
class Phrase:
    """A sentence of the content files."""

    key: str


@dataclass(frozen=True)
class Question:
    """The item as it was asked: the employer's sentence and the question."""

    item: str


@dataclass(frozen=True)
class Option:
    """A picture with its spoken name."""

    id: str


Line = Phrase | Question | Option


@dataclass(frozen=True)
class Case:
    """What was kept of one answer.

    `touched` is the option that was touched, None where the answer was spoken; `is_right` says
    of a touched one whether it is the option asked for. `verdict` (right, unsure, wrong, echo,
    unusable, stopped) and `chosen` are the machine's on a spoken one. `mark` is a person's.
    `is_contested`: it waits for another person; `is_answered`: that person has decided.
    """

    item: str
    touched: str | None = None
    is_right: bool = False
    verdict: str | None = None
    chosen: str | None = None
    mark: Mark | None = None
    is_contested: bool = False
    is_answered: bool = False


@dataclass(frozen=True)
class Whole:
    """How an attempt ended, and what people said about the whole of it.

    `state` is that of its outcome. `waits` are the words on it that are waited for: sign-off,
    sample, doubt. `said` is the last that was said: signed, confirmed or doubted. `is_marked`:
    a person marked one of its answers at least.
    """

    state: Literal["passed", "not_yet", "to_review"]
    waits: frozenset[str] = frozenset()
    said: Word | None = None
    is_marked: bool = False


@dataclass(frozen=True)
class Explanation:
    """What is said, who decided, and whether the candidate may have it looked at again."""

    lines: tuple[Line, ...]
    decided_by: Decider
    can_contest: bool


def explain(case: Case) -> Explanation:
    """Tell what was asked, what was heard, who decided, and how to contest.

    While it is contested, nothing of the earlier verdict is told.
    """
    decided_by = _decider(case)
    can_contest = not (case.is_contested or case.is_answered) and decided_by != "nobody-yet"
    lines = (
        Phrase("why.asked"),
        Question(case.item),
        *_heard(case),
        *_decided(case, decided_by),
        *_next(case, can_contest=can_contest),
    )
    return Explanation(lines, decided_by, can_contest)


def explain_whole(whole: Whole) -> Explanation:
    """Tell who decided how an attempt ended, and whether people still listen to it."""
    match whole.state:
        case "passed":
            is_persons = whole.said == "signed" or whole.is_marked
            lines = (_whole("signed" if is_persons else "machine"), *_after_a_pass(whole))
            return Explanation(lines, "person" if is_persons else "machine", can_contest=False)
        case "to_review":
            key = "sign-off" if "sign-off" in whole.waits else "review"
            return Explanation((_whole(key),), "nobody-yet", can_contest=False)
        case "not_yet":
            by: Decider = "person" if whole.is_marked else "touch"
            return Explanation((_whole("not-yet"),), by, can_contest=False)


def _after_a_pass(whole: Whole) -> tuple[Line, ...]:
    if "doubt" in whole.waits:
        return (_whole("doubted"),)
    if "sample" in whole.waits:
        return (_whole("sample"),)
    if whole.said == "confirmed":
        return (_whole("confirmed"),)
    return (_whole("twice"),) if whole.said == "doubted" else ()


def _whole(key: str) -> Phrase:
    return Phrase(f"why.whole-{key}")


def _heard(case: Case) -> tuple[Line, ...]:
    if case.touched is not None:
        return (Phrase("why.touched"), Option(case.touched), Phrase("why.no-machine"))
    spoke = Phrase("why.spoke")
    if case.is_contested:
        return (spoke,)
    if case.verdict in (None, "stopped"):
        return (spoke, Phrase("why.no-machine"))
    if case.verdict in ("right", "wrong") and case.chosen is not None:
        return (spoke, Phrase("why.heard"), Option(case.chosen))
    return (spoke, Phrase("why.unheard"))


def _decider(case: Case) -> Decider:
    if case.is_contested:
        return "nobody-yet"
    if case.mark is not None:
        return "person"
    if case.touched is not None:
        return "touch"
    return "machine" if case.verdict == "right" else "nobody-yet"


def _decided(case: Case, decided_by: Decider) -> tuple[Line, ...]:
    match decided_by:
        case "person":
            is_right = case.mark == "right"
            return (Phrase("why.by-person-right" if is_right else "why.by-person-other"),)
        case "touch":
            return (Phrase("why.by-touch-right" if case.is_right else "why.by-touch-other"),)
        case "machine":
            return (Phrase("why.by-machine"),)
        case "nobody-yet":
            return (Phrase("why.contested" if case.is_contested else "why.waits"),)


def _next(case: Case, *, can_contest: bool) -> tuple[Line, ...]:
    if can_contest:
        return (Phrase("why.contest"), Phrase("why.contest-next"))
    return (Phrase("why.final"),) if case.is_answered else ()
