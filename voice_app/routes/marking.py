"""The assessor's page: what waits, one answer after the other, a mark, and taking it back."""

import re
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from voice_app.access import Actor
from voice_app.errors import VoiceAppError
from voice_app.marking import (
    comments,
    exemplary,
    giving,
    listening,
    policies,
    queue,
    undoing,
)
from voice_app.marking.records import EXERCISE
from voice_app.models import Mark, Unmarked, Utterance
from voice_app.routes import (
    marking_applications,
    marking_comments,
    marking_found,
    marking_people,
    marking_sound,
    marking_training,
)
from voice_app.routes.access import Fields, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.marking_desk import Task, answer_of, held, task_shown
from voice_app.routes.marking_followed import followed
from voice_app.routes.marking_form import Form, form_of
from voice_app.routes.marking_queue import waiting_for
from voice_app.routes.marking_settled import bank_of, settled
from voice_app.routes.marking_sharing import commented, propose_own
from voice_app.routes.staff_frame import go, page

_marking = APIRouter(prefix="/staff/marking")
router = APIRouter()

QUEUE = "/staff/marking"
_DONE = "Nothing waits for you now."
_TROUBLES = (
    giving.MarkError,
    undoing.TooLate,
    queue.TakenTask,
    comments.CommentError,
    exemplary.GoodCommentError,
    listening.NotHeard,
)


@_marking.get("")
def show(request: Request, here: Here, who: Who, note: str = "") -> Response:
    """See what waits, and how far one is with marking it."""
    return _queue(request, here, who, note=_DONE if note == "done" else None)


@_marking.get("/next")
def begin(
    here: Here, who: Who, after: Annotated[list[int] | None, Query(max_length=5)] = None
) -> Response:
    """Go to the oldest answer that is one's own to mark, but for those `after` which it comes."""
    with here.database.writing.begin() as session:
        task = queue.next_task(
            session,
            who.name,
            center=who.center,
            now=here.clock(),
            after=after or (),
            phone=who.owner_hash,
        )
    return go(QUEUE, note="done") if task is None else go(_address(task))


@_marking.get("/{task_seq}")
def hear(task_seq: int, request: Request, here: Here, who: Who) -> Response:
    """Show one answer to hear and to mark."""
    return _task(task_seq, request, here, who=who)


@_marking.get("/{task_seq}/proposal")
def propose(
    task_seq: int,
    request: Request,
    here: Here,
    who: Who,
    listened: Annotated[float | None, Query(ge=0)] = None,
) -> Response:
    """Show what the machine found; only after enough was heard, unless the center chose so."""
    try:
        told = _proposal(task_seq, here, who, listened_seconds=listened)
    except _TROUBLES as error:
        return _task(task_seq, request, here, who=who, trouble=error)
    return page(request, "marking_proposal.html", title="What the machine found", content=told)


@_marking.post("/leave")
def leave(here: Here, who: Who, sent: Fields) -> Response:
    """Give back what one has on the screen, but for the answer to `keep`: others get it at once."""
    kept = re.fullmatch("[0-9]{1,9}", sent.get("keep", ""))
    with here.database.writing.begin() as session:
        but = () if kept is None else (int(kept[0]),)
        queue.let_go(session, who.name, now=here.clock(), but=but)
    return go(QUEUE)


@_marking.post("/undo")
def undo(request: Request, here: Here, who: Who) -> Response:
    """Take one's last mark back, and have the answer again."""

    def act(session: Session) -> str:
        return _address(undoing.take_back(session, who.name, at=here.clock()))

    return _answered(request, here, who, act=act)


@_marking.post("/{task_seq}")
def mark(task_seq: int, request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Give a mark: a level of each criterion, or the picture that was heard."""
    form = form_of(sent, now=here.clock())

    def act(session: Session) -> str | None:
        task = held(session, here, task_seq, who=who)
        takes = marking_sound.takes_of(session, here, task)
        listened = form.listened_seconds if form.is_told else None
        marking_sound.check_heard(here, task, takes, listened_seconds=listened)
        given = _give(session, here, task, who=who, form=form, reason=None)
        return f"{QUEUE}/training/marks/{given.seq}" if given.why == EXERCISE else None

    return _answered(request, here, who, act=act, task_seq=task_seq)


@_marking.post("/{task_seq}/cannot")
def refuse(task_seq: int, request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Say why one cannot judge an answer: somebody else gets it."""
    form = form_of(sent, now=here.clock())

    def act(session: Session) -> None:
        task = held(session, here, task_seq, who=who)
        _give(session, here, task, who=who, form=form, reason=sent.get("reason", ""))

    return _answered(request, here, who, act=act, task_seq=task_seq)


def _proposal(
    task_seq: int, here: Service, who: Actor, *, listened_seconds: float | None
) -> marking_found.Proposal:
    with here.database.writing.begin() as session:
        task = held(session, here, task_seq, who=who)
        takes = marking_sound.takes_of(session, here, task)
        kept = marking_sound.kept(here, takes)
        if not policies.policy_of(session, task.center).is_proposal_first:
            marking_sound.check_heard(here, task, takes, listened_seconds=listened_seconds)
        answer = answer_of(session, here, task)
        sought = task_shown(session, here, task, takes=(len(takes), len(kept))).asked.pictures
        address = _address(task)
    offsets = [begin for begin, _ in marking_sound.wave_of(here, kept).takes]
    with here.database.reading.begin() as session:
        heard = marking_found.prepared(session, here, kept, offsets=offsets)
        told = followed(session, here, answer)
    return marking_found.proposal(answer, heard, sought=sought, followed=told, address=address)


def _give(
    session: Session, here: Service, task: Unmarked, *, who: Actor, form: Form, reason: str | None
) -> Mark:
    attempt_id = task.attempt_id
    is_read = reason is None and attempt_id
    comment = commented(session, task, form) if is_read else comments.NOTHING
    given = giving.give(
        session,
        task,
        bank=bank_of(here, task.micro_competence),
        author=who.name,
        levels=form.levels if reason is None and form.heard is None else None,
        heard=form.heard if reason is None else None,
        reason=reason,
        comment=_checked(session, here, comment),
        vault=here.vault,
        listened_seconds=form.listened_seconds,
        began_at=form.began_at,
        at=here.clock(),
    )
    propose_own(session, here, given, form=form)
    settled(session, here, attempt_id)
    return given


def _checked(session: Session, here: Service, comment: comments.Comment) -> comments.Comment:
    """Leave out a recording that is not there, or is no comment."""
    told = comment.recording
    if told is None:
        return comment
    is_comment = session.get(Utterance, told.id) is None and here.store.has(told.name)
    return comment if is_comment else replace(comment, recording=None)


def _answered(
    request: Request,
    here: Service,
    who: Actor,
    *,
    act: Callable[[Session], str | None],
    task_seq: int | None = None,
) -> Response:
    """Do what a form asks and go on; what cannot be done is said where the form stands."""
    is_page = "application/json" not in request.headers.get("accept", "")
    try:
        with here.database.writing.begin() as session:
            to = act(session)
    except _TROUBLES as error:
        if is_page:
            return _task(task_seq, request, here, who=who, trouble=error)
        return JSONResponse({"trouble": str(error)}, status_code=HTTPStatus.CONFLICT)
    return go(to or f"{QUEUE}/next") if is_page else JSONResponse({"next": to})


def _task(
    task_seq: int | None,
    request: Request,
    here: Service,
    *,
    who: Actor,
    trouble: VoiceAppError | None = None,
) -> Response:
    """Show an answer, or the queue where it is not on this person's screen."""
    try:
        with here.database.writing.begin() as session:
            content = _content(session, here, task_seq, who=who)
    except queue.TakenTask as taken:
        return _queue(request, here, who, trouble=trouble or taken)
    return page(
        request,
        "marking_task.html",
        title=f"Mark an answer, {content.micro_competence}",
        content=content,
        trouble=None if trouble is None else str(trouble),
        status=HTTPStatus.OK if trouble is None else HTTPStatus.CONFLICT,
    )


def _content(session: Session, here: Service, task_seq: int | None, *, who: Actor) -> Task:
    if task_seq is None:
        raise queue.TakenTask("There is no mark of yours that could be taken back.")
    task = held(session, here, task_seq, who=who)
    takes = marking_sound.takes_of(session, here, task)
    return task_shown(session, here, task, takes=(len(takes), len(marking_sound.kept(here, takes))))


def _queue(
    request: Request,
    here: Service,
    who: Actor,
    *,
    note: str | None = None,
    trouble: VoiceAppError | None = None,
) -> Response:
    with here.database.reading.begin() as session:
        content = waiting_for(session, who, note=note)
    return page(
        request,
        "marking.html",
        title="Marking",
        content=content,
        trouble=None if trouble is None else str(trouble),
        status=HTTPStatus.OK if trouble is None else HTTPStatus.CONFLICT,
    )


def _address(task: Unmarked) -> str:
    return f"{QUEUE}/{task.seq}"


# The other pages stand before those of answers, whose address would take them all.
for part in (
    marking_applications.router,
    marking_people.router,
    marking_training.router,
    _marking,
    marking_comments.router,
    marking_sound.router,
):
    router.include_router(part)
