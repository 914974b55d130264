"""Attempts: begin one, see where it stands, hear how it ended."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from voice_app import attempts, scenes
from voice_app.dialogues import flow
from voice_app.dialogues.content import Assessment, Language
from voice_app.marking import conflicts
from voice_app.models import Attempt
from voice_app.routes import spoken, tasks
from voice_app.routes.access import Who, token_for
from voice_app.routes.counted import counted
from voice_app.routes.deps import Here, Owner, Service, new_secret, remember_owner
from voice_app.routes.notice import check_is_told

router = APIRouter(prefix="/attempts")

AGAIN = {"unsure": "ask-again.unsure", "echo": "ask-again.echo", "unusable": "ask-again.unusable"}


class NewAttempt(BaseModel):
    """Which assessment, in which employer's language, with help in which language."""

    assessment: str
    employer_language: str
    help_language: str


@router.post("", status_code=201, dependencies=[Depends(counted("attempts"))])
def begin(
    wanted: NewAttempt, request: Request, here: Here, who: Who, owner: Owner, response: Response
) -> dict[str, Any]:
    """Begin an attempt; the cookie given with it owns it.

    Voices are recorded in practice too: whoever begins heard before what happens with theirs.
    """
    secret = owner or new_secret()
    start = scenes.start if wanted.assessment in here.content.scenarios else attempts.start
    with here.database.writing.begin() as session:
        attempt = start(
            session,
            here.content,
            assessment=wanted.assessment,
            languages=(wanted.employer_language, wanted.help_language),
            owner=secret,
            now=here.clock(),
            center=who.center,
        )
        check_is_told(here, session, wanted.help_language, owner=secret)
        if who.account is not None:
            _note_own(session, attempt, account_id=who.account)
    remember_owner(response, secret, origin=here.origin)
    home = here.home(attempt)
    state = (
        _state(here, attempt, said=[]) if home is None else tasks.just_begun(here, attempt, home)
    )
    return state | {"form_token": token_for(request, secret)}


@router.get("/{attempt_id}")
def show(attempt_id: str, here: Here, owner: Owner) -> dict[str, Any]:
    """Where an attempt stands and what comes next."""
    with here.database.reading.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        home = here.home(attempt)
        if home is not None:
            state, is_due = tasks.state(here, session, attempt, bank=home)
        else:
            said = attempts.responses(session, attempt_id, bank=here.bank(attempt))
    if home is not None:
        if is_due:
            tasks.end(here, attempt_id)
        return state
    return _state(here, attempt, said=said)


def rehearsal_phrase(bank: Assessment, said: Sequence[flow.Response]) -> str:
    """What to say to the last answer of the rehearsal: the one place where right is told."""
    states = [one.state for one in said if one.item == bank.rehearsal.id]
    if states[-1] == "right":
        return "rehearsal.right"
    is_again = isinstance(flow.next_turn(bank, said), flow.Rehearse)
    return "rehearsal.other" if is_again else "rehearsal.heard"


def _note_own(session: Session, attempt: Attempt, *, account_id: str) -> None:
    """Staff who try a test never mark what they answered, on whatever phone they mark."""
    conflicts.note(
        session,
        account_id,
        owner_hash=attempt.owner_hash,
        kind="own",
        author=conflicts.author_of(account_id),
        at=attempt.started_at,
    )


def _state(here: Service, attempt: Attempt, *, said: list[flow.Response]) -> dict[str, Any]:
    bank = here.bank(attempt)
    language = here.content.languages[attempt.help_language]
    return {
        "id": attempt.id,
        "employer_language": attempt.employer_language,
        "help_language": attempt.help_language,
        "sections": [_section(here, language, part) for part in flow.progress(bank, said)],
        "turn": _turn(here, attempt, turn=flow.next_turn(bank, said)),
    }


def _section(here: Service, language: Language, part: flow.Progress) -> dict[str, Any]:
    return {
        "category": part.category,
        "name": spoken.phrase(here.manifest, language, key=f"section.{part.category}"),
        "items": part.items,
        "answered": part.answered,
    }


def _turn(here: Service, attempt: Attempt, *, turn: flow.Turn) -> dict[str, Any]:
    match turn:
        case flow.Rehearse(item):
            return _asking(here, attempt, kind="rehearse", item=item)
        case flow.Ask(item):
            return _asking(here, attempt, kind="ask", item=item)
        case flow.AskAgain(item, reason):
            asking = _asking(here, attempt, kind="ask_again", item=item)
            return asking | {"reason": reason, "phrase": AGAIN[reason]}
        case flow.Wait():
            return _nothing_to_ask("wait")
        case flow.Finish():
            return _nothing_to_ask("finish")


def _nothing_to_ask(kind: str) -> dict[str, Any]:
    return {"kind": kind, "reason": None, "phrase": None, "item": None}


def _asking(here: Service, attempt: Attempt, *, kind: str, item: str) -> dict[str, Any]:
    bank: Assessment = here.bank(attempt)
    asked = attempts.item_of(bank, item)
    shown = spoken.item(
        here.manifest,
        asked,
        order=flow.option_order(asked, attempt.id),
        employer=attempt.employer_language,
        language=here.content.languages[attempt.help_language],
    )
    return _nothing_to_ask(kind) | {"item": shown}
