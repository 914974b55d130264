"""The pages on which assessors learn to mark: fair listening, rubrics, lessons, good comments."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from voice_app.access import Actor
from voice_app.errors import VoiceAppError
from voice_app.marking import exemplary, training
from voice_app.models import GoodComment
from voice_app.routes.access import Fields, NotTheirs, Who
from voice_app.routes.deps import Here, Service
from voice_app.routes.marking_lessons import (
    comments_for,
    lesson_shown,
    rubric_of,
    training_for,
)
from voice_app.routes.staff_frame import go, page

router = APIRouter(prefix="/staff/marking/training")

COMMENTS = "/staff/marking/training/comments"
_NO_CANDIDATE = "Say that it names nobody, and repeats no words of a candidate."


@router.get("")
def show(request: Request, here: Here, who: Who) -> Response:
    """How to listen, what is marked, and how far one is oneself."""
    with here.database.reading.begin() as session:
        content = training_for(session, here, who)
    return page(request, "training.html", title="Learning to mark", content=content)


@router.get("/rubrics/{micro_competence}")
def show_rubric(
    micro_competence: str, request: Request, here: Here, who: Who, language: str = ""
) -> Response:
    """What is marked in a micro-competence, with an example of each level."""
    bank = here.content.scenarios.get(micro_competence)
    if bank is None or not bank.rubric:
        raise NotTheirs("There is no rubric of this.")
    chosen = language if language in bank.employer_languages else bank.employer_languages[0]
    with here.database.reading.begin() as session:
        content = rubric_of(session, here, bank, language=chosen, center=who.center or "")
    title = f"What is marked in {micro_competence}"
    return page(request, "training_rubric.html", title=title, content=content)


@router.get("/marks/{mark_seq}")
def show_lesson(mark_seq: int, request: Request, here: Here, who: Who) -> Response:
    """One's own mark of the exercise beside the reference."""
    try:
        with here.database.reading.begin() as session:
            lesson = training.lesson(session, mark_seq, author=who.name, content=here.content)
            content = lesson_shown(session, here, lesson, who=who)
    except training.NoLesson as error:
        raise NotTheirs(str(error)) from error
    title = "Near the reference" if content.is_near else "Not near the reference"
    return page(request, "training_lesson.html", title=title, content=content)


@router.get("/comments")
def show_comments(request: Request, here: Here, who: Who) -> Response:
    """The comments that assessors of a center share."""
    return _comments(request, here, who)


@router.post("/comments")
def propose(request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Propose a comment to the other assessors."""
    try:
        with here.database.writing.begin() as session:
            _propose(session, here, who, sent)
    except exemplary.GoodCommentError as error:
        return _comments(request, here, who, trouble=error)
    return go(COMMENTS)


@router.post("/comments/{comment_seq}")
def answer(comment_seq: int, request: Request, here: Here, who: Who, sent: Fields) -> Response:
    """Share, refuse or retire a comment."""
    try:
        with here.database.writing.begin() as session:
            row = session.get(GoodComment, comment_seq)
            if row is None or row.about is not None or row.center != (who.center or ""):
                raise NotTheirs("There is no such comment in this center.")
            exemplary.answer(session, row, sent.get("to", ""), author=who.name, at=here.clock())
    except exemplary.GoodCommentError as error:
        return _comments(request, here, who, trouble=error)
    return go(COMMENTS)


def _propose(session: Session, here: Service, who: Actor, sent: Mapping[str, str]) -> None:
    name, _, criterion = sent.get("about", "").partition(".")
    if sent.get("nobody") != "yes":
        raise exemplary.GoodCommentError(_NO_CANDIDATE)
    if name not in here.content.scenarios.keys() | here.content.assessments.keys():
        raise exemplary.GoodCommentError("Choose what the comment is about.")
    if sent.get("language") not in here.content.languages:
        raise exemplary.GoodCommentError("Choose the language of the comment.")
    exemplary.propose(
        session,
        who.center or "",
        bank=training.bank_of(here.content, name),
        criterion=criterion,
        language=sent["language"],
        text=sent.get("text", ""),
        author=who.name,
        at=here.clock(),
    )


def _comments(
    request: Request, here: Service, who: Actor, *, trouble: VoiceAppError | None = None
) -> Response:
    with here.database.reading.begin() as session:
        content = comments_for(session, here, who)
    return page(
        request,
        "training_comments.html",
        title="Comments worth sharing",
        content=content,
        trouble=None if trouble is None else str(trouble),
        status=HTTPStatus.OK if trouble is None else HTTPStatus.CONFLICT,
    )
