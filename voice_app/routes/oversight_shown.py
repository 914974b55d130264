"""One answer as an assessor sees it: what was asked, what was given, what is expected."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Take:
    """A recording of an answer; `address` None where it is not kept any more."""

    address: str | None
    was_heard: bool


@dataclass(frozen=True)
class Choice:
    """One of the four pictures; `is_expected` is told only after the assessor has chosen."""

    id: str
    picture: str
    name: str
    help_name: str
    is_expected: bool
    is_chosen: bool
    was_touched: bool


@dataclass(frozen=True)
class Answer:
    """One answer to look at.

    `heard` is what the assessor chose as heard, None before. `can_mark`: it waits for a mark,
    and may have this person's; `is_for_another`: somebody else must give it. `mark` is what a
    person decided, while nothing waits.
    """

    item: str
    number: int
    prompt: str
    sounds: tuple[str, ...]
    question: str
    takes: tuple[Take, ...]
    choices: tuple[Choice, ...]
    is_spoken: bool
    is_contested: bool
    heard: str | None
    can_mark: bool
    is_for_another: bool
    mark: str | None
