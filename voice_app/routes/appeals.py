"""A candidate does not agree with an outcome: one tap, no penalty, answered aloud."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from voice_app import appeals, attempts, outcomes
from voice_app.models import Attempt
from voice_app.routes import spoken
from voice_app.routes.deps import Here, Owner, Service
from voice_app.scoring import feedback

router = APIRouter(prefix="/attempts/{attempt_id}/appeal")

_TALK = ("why.final",)
# What is said where an outcome is told, by how far its appeal is.
_SAYS = {
    "none": (),
    "can": ("appeal.how",),
    "open": ("appeal.open",),
    "kept": ("appeal.kept", *_TALK),
    "raised": ("appeal.raised",),
}


@router.post("", status_code=HTTPStatus.CREATED)
def make(attempt_id: str, here: Here, owner: Owner, response: Response) -> dict[str, Any]:
    """Have other people look at an outcome again; a second tap says whom to talk to."""
    now = here.clock()
    with here.database.writing.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        bank = here.any_bank(attempt)
        try:
            appeals.make(session, attempt, bank=bank, at=now)
        except (appeals.AppealedBefore, appeals.NothingToAppeal):
            response.status_code = HTTPStatus.OK
            return {"say": _spoken(here, attempt, _TALK)}
        outcomes.settle(session, bank, attempt=attempt, award=here.award, now=now)
        return {"say": _spoken(here, attempt, ("appeal.thanks", "appeal.safe"))}


def told(here: Service, session: Session, attempt: Attempt) -> dict[str, Any]:
    """Give how far an appeal is, what is said of it, and where it is made; None where it is not."""
    state = appeals.state(session, attempt)
    keys = (*_SAYS[state], *_more(session, here, attempt, state=state))
    address = None if state == "none" else f"/attempts/{attempt.id}/appeal"
    return {"state": state, "address": address, "say": _spoken(here, attempt, keys)}


def _more(
    session: Session, here: Service, attempt: Attempt, *, state: appeals.State
) -> Iterator[str]:
    """Give what became better: the badge, and what the candidate shows well now."""
    if state != "raised":
        return
    last = outcomes.latest(session, attempt.id)
    if last is not None and last.state == "passed":
        yield "appeal.passed"
    home = here.home(attempt)
    if home is not None:
        raised = appeals.raised_steps(session, attempt)
        standings = outcomes.standings_at_home(session, home, attempt=attempt)
        shown = feedback.shown(standings)
        names = dict.fromkeys(one.learning_outcome for one in standings if one.step in raised)
        yield from (f"result.good.{name}" for name in names if shown[name] == "good")


def _spoken(here: Service, attempt: Attempt, keys: tuple[str, ...]) -> list[spoken.Sound]:
    language = here.content.languages[attempt.help_language]
    return [spoken.phrase(here.manifest, language, key=key) for key in keys]
