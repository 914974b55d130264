"""Compact ways to write many phrases: `(a|b)` one of, `[a]` or nothing, `{list}` one of a list."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from voice_app.errors import VoiceAppError

_NO_LISTS: Mapping[str, Sequence[str]] = {}
_TOKEN = re.compile(r"[()\[\]{}|]|[^()\[\]{}|]+")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_SPACES = re.compile(r"\s+")


class BadTemplate(VoiceAppError):
    """A template that cannot be read, or stands for too many phrases; says at which sign."""

    def __init__(self, template: str, problem: str, *, at: int) -> None:
        super().__init__(f"In the template «{template}», at sign {at + 1}: {problem}.")
        self.template = template
        self.problem = problem
        self.at = at


def expand(
    template: str, lists: Mapping[str, Sequence[str]] = _NO_LISTS, *, most: int = 200
) -> tuple[str, ...]:
    """Return each phrase a template stands for, once, in the order written.

    What may be left out is said first, so that the first phrase is the fullest. Fillers of a
    list may be templates without lists. Raises BadTemplate where signs do not pair, a choice
    or a list is empty or unknown, or there are more than `most` phrases.
    """
    reader = _Reader(template, lists, most)
    found = (_SPACES.sub(" ", phrase).strip() for phrase in reader.read())
    phrases = tuple(dict.fromkeys(phrase for phrase in found if phrase))
    if not phrases:
        raise BadTemplate(template, "nothing is left to say", at=0)
    return phrases


@dataclass
class _Reader:
    template: str
    lists: Mapping[str, Sequence[str]]
    most: int
    tokens: list[tuple[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        tokens = ((found[0], found.start()) for found in _TOKEN.finditer(self.template))
        self.tokens = [*tokens, ("", len(self.template))]

    def read(self) -> list[str]:
        phrases = self._sequence()
        mark, at = self.tokens[0]
        if mark == "|":
            raise self._bad("«|» stands between ( and ) or between [ and ] only", at=at)
        if mark:
            raise self._bad(f"«{mark}» closes nothing", at=at)
        return phrases

    def _sequence(self) -> list[str]:
        phrases = [""]
        while self.tokens[0][0] not in {"", "|", ")", "]", "}"}:
            at = self.tokens[0][1]
            parts = self._part()
            if len(phrases) * len(parts) > self.most:
                raise self._bad(f"it stands for more than {self.most} phrases", at=at)
            phrases = [before + part for before, part in product(phrases, parts)]
        return phrases

    def _part(self) -> list[str]:
        mark, at = self.tokens.pop(0)
        if mark == "{":
            return self._list(at)
        if mark not in _CLOSING:
            return [mark]
        choices = self._choices(mark, at)
        return [*choices, ""] if mark == "[" else choices

    def _choices(self, opening: str, at: int) -> list[str]:
        choices = []
        while True:
            start = self.tokens[0][1]
            phrases = self._sequence()
            if not all(phrase.strip() for phrase in phrases):
                raise self._bad("a choice is empty", at=start)
            choices += phrases
            mark, here = self.tokens.pop(0)
            if mark == _CLOSING[opening]:
                return choices
            if mark != "|":
                problem = f"«{opening}» of sign {at + 1} is not closed"
                raise self._bad(problem, at=here)

    def _list(self, at: int) -> list[str]:
        name = self.tokens[0][0].strip()
        if [mark for mark, _ in self.tokens[1:2]] != ["}"]:
            raise self._bad("«{» is not followed by a name and «}»", at=at)
        del self.tokens[:2]
        if not self.lists.get(name):
            raise self._bad(f"there is no list «{name}» with words in it", at=at)
        fillers = (expand(each, most=self.most) for each in self.lists[name])
        return [filler for each in fillers for filler in each]

    def _bad(self, problem: str, *, at: int) -> BadTemplate:
        return BadTemplate(self.template, problem, at=at)
