"""Touched pictures."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from voice_app import attempts, outcomes
from voice_app.routes.attempts import rehearsal_phrase
from voice_app.routes.counted import counted
from voice_app.routes.deps import Here, Owner

router = APIRouter(prefix="/choices")


class Touched(BaseModel):
    """A touched picture: which option of which item, and how often the prompt was heard."""

    attempt: str
    item: str
    option: str
    plays_normal: int = Field(default=0, ge=0, le=1000)
    plays_slow: int = Field(default=0, ge=0, le=1000)


@router.put("/{choice_id}", status_code=201, dependencies=[Depends(counted("touches"))])
def touch(
    choice_id: UUID, touched: Touched, here: Here, owner: Owner, response: Response
) -> dict[str, Any]:
    """Take a touched picture as the answer; the same one twice is taken once."""
    now = here.clock()
    given = attempts.Given(
        choice_id, touched.item, attempts.Listens(touched.plays_normal, touched.plays_slow), now
    )
    with here.database.writing.begin() as session:
        attempt = attempts.owned(session, touched.attempt, owner=owner)
        bank = here.bank(attempt)
        is_new = attempts.touch(session, bank, attempt=attempt, given=given, option=touched.option)
        outcomes.settle(session, bank, attempt=attempt, award=here.award, now=now)
        is_rehearsal = touched.item == bank.rehearsal.id
        said = attempts.responses(session, attempt.id, bank=bank) if is_rehearsal else []
    response.status_code = 201 if is_new else 200
    return {
        "id": str(choice_id),
        "phrase": rehearsal_phrase(bank, said) if is_rehearsal else None,
    }
