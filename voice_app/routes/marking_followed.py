"""What the employer answered between the takes of an answer, as the candidate heard it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice_app import attempts
from voice_app.dialogues.scenario import Asking, Scenario, Step
from voice_app.models import Hearing
from voice_app.models import Response as ResponseRow
from voice_app.routes import marking_shown as shown
from voice_app.routes.deps import Service
from voice_app.routes.marking_desk import Answer
from voice_app.routes.marking_shown import Said

_PREPARED = "prepared"
_SPEECH = "speech"


@dataclass(frozen=True)
class Followed:
    """What the employer answered: `after` says to what, a take or a touch."""

    after: str
    says: tuple[Said, ...]


def followed(session: Session, here: Service, answer: Answer) -> tuple[Followed, ...]:
    """Give what the employer answered to a task of questions, in its order; else nothing.

    To what was said comes what a machine found in it: so it is shown with the proposal.
    """
    if answer.attempt is None or answer.scenario is None or answer.step is None:
        return ()
    if not isinstance(answer.step.task, Asking):
        return ()
    rows = session.execute(
        select(ResponseRow, Hearing)
        .outerjoin(Hearing, Hearing.seq == attempts.last_hearing())
        .where(ResponseRow.attempt_id == answer.attempt.id, ResponseRow.item == answer.step.id)
        .order_by(ResponseRow.seq)
    )
    told = _Told(here, answer, answer.scenario, answer.step)
    return tuple(told.each((row, hearing) for row, hearing in rows))


@dataclass(frozen=True)
class _Told:
    here: Service
    answer: Answer
    scenario: Scenario
    step: Step

    def each(self, rows: Iterator[tuple[ResponseRow, Hearing | None]]) -> Iterator[Followed]:
        takes = 0
        for row, hearing in rows:
            takes += row.kind == _SPEECH
            after = f"Take {takes}" if row.kind == _SPEECH else "A touch on a picture"
            if says := self._says(_asked(row, hearing)):
                yield Followed(after, says)

    def _says(self, asked: Collection[str]) -> tuple[Said, ...]:
        if not isinstance(self.step.task, Asking):
            return ()
        keys = [one.answer for one in self.step.task.questions if one.id in asked and one.answer]
        return tuple(
            shown.sentence_shown(self.here, self.scenario, key, languages=self.answer.languages)
            for key in keys
            if key is not None
        )


def _asked(row: ResponseRow, hearing: Hearing | None) -> Collection[str]:
    if row.kind != _SPEECH:
        return {row.option} if row.option else ()
    return hearing.reasons if hearing is not None and hearing.verdict == _PREPARED else ()
