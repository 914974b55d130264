"""Touched pictures."""

from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from voice_app import attempts, begun, outcomes, scenes
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.models import Attempt
from voice_app.routes import tasks
from voice_app.routes.attempts import rehearsal_phrase
from voice_app.routes.counted import counted
from voice_app.routes.deps import Here, Owner, Service

router = APIRouter(prefix="/choices")


class Touched(BaseModel):
    """A touched picture, or several: of which item, and how often the prompt was heard.

    `option` is one picture; in a scenario it may also be understood, done or cannot-speak.
    `options` are several picked or put in order.
    """

    attempt: str
    item: str
    option: str | None = None
    options: list[Annotated[str, Field(max_length=64)]] | None = Field(default=None, max_length=60)
    plays_normal: int = Field(default=0, ge=0, le=1000)
    plays_slow: int = Field(default=0, ge=0, le=1000)


@router.put("/{choice_id}", status_code=201, dependencies=[Depends(counted("touches"))])
def touch(
    choice_id: UUID, touched: Touched, here: Here, owner: Owner, response: Response
) -> dict[str, Any]:
    """Take what was touched as the answer; the same one twice is taken once."""
    given = attempts.Given(
        choice_id,
        touched.item,
        attempts.Listens(touched.plays_normal, touched.plays_slow),
        here.clock(),
    )
    with here.database.writing.begin() as session:
        attempt = attempts.owned(session, touched.attempt, owner=owner)
        home = here.home(attempt)
        if home is None:
            taken = _of_an_item(here, session, attempt, touched=touched, given=given)
        else:
            taken = _at_home(here, session, attempt, bank=home, touched=touched, given=given)
    response.status_code = 201 if taken.is_new else 200
    return {"id": str(choice_id), "phrase": taken.phrase, "answers": taken.answers}


@dataclass(frozen=True)
class _Taken:
    """What becomes of a touch: what is said to it, and what the employer answers."""

    is_new: bool
    phrase: str | None
    answers: list[dict[str, Any]] = field(default_factory=list)


def _of_an_item(
    here: Service,
    session: Session,
    attempt: Attempt,
    *,
    touched: Touched,
    given: attempts.Given,
) -> _Taken:
    bank = here.bank(attempt)
    if touched.option is None or touched.options is not None:
        raise attempts.UnknownChoice("One picture is touched.")
    is_new = attempts.touch(session, bank, attempt=attempt, given=given, option=touched.option)
    outcomes.settle(session, bank, attempt=attempt, award=here.award, now=given.at)
    if touched.item != bank.rehearsal.id:
        return _Taken(is_new, None)
    said = attempts.responses(session, attempt.id, bank=bank)
    return _Taken(is_new, rehearsal_phrase(bank, said))


def _at_home(
    here: Service,
    session: Session,
    attempt: Attempt,
    *,
    bank: ScenarioBank,
    touched: Touched,
    given: attempts.Given,
) -> _Taken:
    match touched.option, touched.options:
        case str() as option, None:
            is_new = scenes.touch(session, bank, attempt=attempt, given=given, option=option)
        case None, list() as options:
            is_new = scenes.put_in_order(
                session, bank, attempt=attempt, given=given, options=options
            )
        case _:
            raise attempts.UnknownChoice("Either one picture is touched or several.")
    outcomes.settle(session, bank, attempt=attempt, award=here.award, now=given.at)
    said = scenes.answers(session, attempt.id)
    scenario, step = begun.step_of(bank, attempt, step=given.item)
    asked = [touched.option] if touched.option is not None else []
    return _Taken(
        is_new,
        tasks.rehearsal_phrase(bank, begun.drawn(attempt), said, step=step),
        tasks.answered(here, attempt, scenario, step=step, asked=asked),
    )
