"""Answers among pictures that a machine could not tell: who hears them, and the word that follows.

Two who agree decide, a third where they differ; what one heard alone counts once all is heard and
the opposite would change nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from voice_app import attempts, oversight
from voice_app.dialogues.content import Assessment
from voice_app.marking.comparing import HEARD
from voice_app.marking.policies import is_drawn, policy_of
from voice_app.marking.records import (
    CONTEST,
    DOUBTS,
    SAMPLE,
    UNSURE,
    center_of,
    counted,
    open_turns,
)
from voice_app.marking.turns import ask, ask_again, is_doubled
from voice_app.models import Attempt, Mark, Unmarked
from voice_app.scoring import flips, hearsay

_RIGHT, _WRONG = "right", "wrong_by_person"


def open_answers(session: Session, attempt: Attempt, *, bank: Assessment, at: datetime) -> int:
    """Ask for the marks that unsure answers need, and say the word where there are enough.

    What an answer can no longer change is taken back. Returns how many marks are new.
    """
    here = _Answers(session, attempt, bank=bank)
    wanted = here.wanted()
    _withdraw(session, here.turns, wanted=wanted, at=at)
    turns = [
        (item, why, turn)
        for item, why in wanted.items()
        if item not in here.given
        for turn in (1, 2)
        if turn == 1 or (why in DOUBTS and is_doubled(session, attempt, item=item))
    ]
    new = sum(
        ask(session, attempt, item=item, why=why, turn=turn, at=at) for item, why, turn in turns
    )
    return new + _weighed(session, attempt, bank=bank, at=at)


def is_right(mark: Mark, *, bank: Assessment) -> bool:
    """Tell whether somebody heard the right picture."""
    return bool(mark.levels[HEARD] == bank.items[mark.item].right)


class _Answers:
    """The unsure answers of an attempt: how each stands, and what people said of it so far.

    `given` are marks that count on answers of which no word was said yet.
    """

    def __init__(self, session: Session, attempt: Attempt, *, bank: Assessment) -> None:
        bank = attempts.bank_of(bank, attempt)
        self._session, self._attempt, self._bank = session, attempt, bank
        said = attempts.responses(session, attempt.id, bank=bank)
        words = oversight.words(session, attempt.id)
        self.standings = dict(oversight.standings(bank, said, words=words))
        self.contested = words.contested
        open_items = {one for one, now in self.standings.items() if now == "for_person"}
        marks = counted(session, attempt.id, why=DOUBTS)
        self.given = {one: marks[one] for one in marks if one in open_items - self.contested}
        self.turns = open_turns(session, attempt.id)

    @property
    def right(self) -> int:
        """How many answers are right already."""
        return sum(now == _RIGHT for now in self.standings.values())

    def said(self) -> hearsay.Said:
        """Give what people said of the answers that wait for nobody else."""
        waits = {one.item for one in self.turns}
        return {
            item: [is_right(one, bank=self._bank) for one in marks]
            for item, marks in self.given.items()
            if item not in waits
        }

    def wanted(self) -> Mapping[str, str]:
        """Give by item why people are to hear it; what one heard alone is taken for true so far."""
        said = self.said()
        split = {one for one, heard in said.items() if 2 * sum(heard) == len(heard)}
        so_far = {one: _RIGHT if all(said[one]) else _WRONG for one in said.keys() - split}
        doubts = self._doubts(self.standings | so_far)
        kept = {one: self.given[one][0].why for one in sorted(split)}
        return doubts | kept | dict.fromkeys(sorted(self.contested), CONTEST)

    def _doubts(self, standings: Mapping[str, str]) -> dict[str, str]:
        unsure = {one: 1 for one, now in standings.items() if now == "for_person"}
        right = sum(now == _RIGHT for now in standings.values())
        percent = self._attempt.criteria["percent"]
        decide = flips.to_hear(right, unsure, maximum=len(standings), percent=percent)
        drawn = (one for one in sorted(unsure.keys() - decide) if self._is_drawn(one))
        return dict.fromkeys(drawn, SAMPLE) | dict.fromkeys(sorted(decide), UNSURE)

    def _is_drawn(self, item: str) -> bool:
        percent = policy_of(self._session, center_of(self._attempt)).unsure_sample_percent
        about = f"{self._attempt.id}/{item}"
        return is_drawn(self._session, "unsure sample", about=about, percent=percent)


def _withdraw(
    session: Session, turns: Iterable[Unmarked], *, wanted: Mapping[str, str], at: datetime
) -> None:
    """Take back what waits for no reason any more, unless somebody has it on the screen."""
    for row in turns:
        is_free = row.claimed_until is None or row.claimed_until < at
        if wanted.get(row.item) != row.why and is_free:
            session.delete(row)
    session.flush()


def _weighed(session: Session, attempt: Attempt, *, bank: Assessment, at: datetime) -> int:
    """Say the word on what enough people heard, and ask for one more where that is wanted."""
    here = _Answers(session, attempt, bank=bank)
    wanted = here.wanted()
    found = hearsay.weigh(
        here.said(),
        is_awaited=any(wanted.get(one.item) == UNSURE for one in here.turns),
        right=here.right,
        maximum=len(here.standings),
        percent=attempt.criteria["percent"],
    )
    for item, verdict in found.decided.items():
        author = here.given[item][-1].author
        told: oversight.Mark = "right" if verdict else "wrong"
        oversight.rule(session, attempt, item=item, verdict=told, author=author, at=at)
    return sum(ask_again(session, attempt, here.given[item], at=at) for item in sorted(found.more))
