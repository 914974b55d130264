"""Why answers count and an attempt ends as they do, told to its owner; having it heard again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from voice_app import attempts, outcomes, oversight, scenes
from voice_app.dialogues import flow
from voice_app.dialogues.content import Assessment, Language
from voice_app.dialogues.sentences import sound_key
from voice_app.models import Attempt, Hearing
from voice_app.models import Response as ResponseRow
from voice_app.oversight.explaining import Line, Option, Phrase, Question
from voice_app.routes import scene_why, spoken
from voice_app.routes.deps import Here, Owner, Service
from voice_app.routes.public_pages import Frame, Said, answer, speaker

router = APIRouter(prefix="/attempts/{attempt_id}")


@dataclass(frozen=True)
class Tile:
    """An answer to ask about: the picture that was touched or heard, and where it is explained."""

    picture: str
    address: str
    number: int


@dataclass(frozen=True)
class WhyPage:
    """How an attempt ended, and every answer of it; touching one explains it.

    `whole` is where the end is explained, None before it came.
    """

    frame: Frame
    title: Said
    why: Said
    whole: str | None
    tiles: tuple[Tile, ...]
    contest: Said


@router.get("/explanation")
def explain_whole(attempt_id: str, here: Here, owner: Owner) -> Response:
    """Who decided how the attempt ended, and whether people listen to it still."""
    with here.database.reading.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        if not _is_finished(session, here, attempt):
            return _told(here, attempt, lines=(Phrase("why.later"),))
        home = here.home(attempt)
        whole = (
            _whole(session, here.bank(attempt), attempt=attempt)
            if home is None
            else scene_why.whole(session, home, attempt=attempt)
        )
        explained = oversight.explain_whole(whole)
    return _told(here, attempt, lines=explained.lines, decided_by=explained.decided_by)


@router.get("/items/{item}/explanation")
def explain(attempt_id: str, item: str, here: Here, owner: Owner) -> Response:
    """What was asked, what was heard, who decided, and how to contest; once all is answered."""
    with here.database.reading.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        if not _is_finished(session, here, attempt):
            return _told(here, attempt, lines=(Phrase("why.later"),))
        home = here.home(attempt)
        if home is not None:
            found = scene_why.standings(session, home, attempt=attempt)
            return _told_at_home(here, attempt, scene_why.of(found, item))
        cases = _cases(session, here.bank(attempt), attempt=attempt)
    explained = oversight.explain(_of(cases, item))
    return _told(
        here,
        attempt,
        lines=explained.lines,
        decided_by=explained.decided_by,
        contest=_contest_address(attempt_id, item) if explained.can_contest else None,
    )


@router.post("/items/{item}/contest", status_code=HTTPStatus.CREATED)
def contest(attempt_id: str, item: str, here: Here, owner: Owner) -> Response:
    """Hand an answer to another person; from then on nothing of the old verdict is told."""
    now = here.clock()
    with here.database.writing.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        if not _is_finished(session, here, attempt):
            raise attempts.ClosedTurn("The attempt is not finished.")
        home = here.home(attempt)
        if home is None:
            _of(_cases(session, here.bank(attempt), attempt=attempt), item)
            oversight.contest(session, attempt, item=item, at=now)
        else:
            found = scene_why.standings(session, home, attempt=attempt)
            scene_why.contest(session, attempt, scene_why.of(found, item), here=here)
        outcomes.settle(session, here.any_bank(attempt), attempt=attempt, award=here.award, now=now)
    return _told(here, attempt, lines=(Phrase("why.contested"),), status=HTTPStatus.CREATED)


@router.get("/why")
def show(attempt_id: str, request: Request, here: Here, owner: Owner) -> Response:
    """The page on which a candidate asks why, one answer after the other."""
    with here.database.reading.begin() as session:
        attempt = attempts.owned(session, attempt_id, owner=owner)
        is_finished = _is_finished(session, here, attempt)
        tiles = tuple(_tiles(session, here, attempt)) if is_finished else ()
    speaks = speaker(here, request, preferring=attempt.help_language)
    page = WhyPage(
        frame=speaks.frame(),
        title=speaks.said("result.next-practice" if is_finished else "why.later"),
        why=speaks.said("why.whole"),
        whole=f"/attempts/{attempt_id}/explanation" if is_finished else None,
        tiles=tiles,
        contest=speaks.said("why.contest"),
    )
    return answer(here, "why.html", page=page, language=speaks.language.code)


def _whole(session: Session, bank: Assessment, *, attempt: Attempt) -> oversight.Whole:
    """How an attempt stands now, and what people said about the whole of it."""
    said = attempts.responses(session, attempt.id, bank=bank)
    words = oversight.words(session, attempt.id)
    found = outcomes.found(bank, attempt=attempt, said=said, words=words)
    return oversight.Whole(
        state=found.public().state,
        waits=oversight.waits_for_a_word(session, attempt.id),
        said=oversight.last_word(session, attempt.id),
        is_marked=bool(words.marks),
    )


def _tiles(session: Session, here: Service, attempt: Attempt) -> Iterator[Tile]:
    home = here.home(attempt)
    if home is None:
        cases = _cases(session, here.bank(attempt), attempt=attempt)
        shown = {item: _picture(case) for item, case in cases.items()}
    else:
        found = scene_why.standings(session, home, attempt=attempt)
        shown = {step: one.picture for step, one in found.items()}
    for number, (item, name) in enumerate(shown.items(), 1):
        address = f"/attempts/{attempt.id}/items/{item}/explanation"
        yield Tile(spoken.picture_url(name), address, number)


def _picture(case: oversight.Case) -> str:
    shown = [line.id for line in oversight.explain(case).lines if isinstance(line, Option)]
    return shown[0] if shown else "ui-help-person" if case.is_contested else "ui-ear"


def _is_finished(session: Session, here: Service, attempt: Attempt) -> bool:
    if here.home(attempt) is not None:
        return scenes.has_ended(session, attempt)
    bank = here.bank(attempt)
    said = attempts.responses(session, attempt.id, bank=bank)
    return isinstance(flow.next_turn(bank, said), flow.Finish)


def _cases(session: Session, bank: Assessment, *, attempt: Attempt) -> Mapping[str, oversight.Case]:
    """What was kept of the last answer to each item that counts."""
    words = oversight.words(session, attempt.id)
    rows = session.execute(
        select(ResponseRow, Hearing)
        .outerjoin(Hearing, Hearing.seq == attempts.last_hearing())
        .where(ResponseRow.attempt_id == attempt.id)
        .order_by(ResponseRow.seq)
    )
    return {
        response.item: oversight.Case(
            item=response.item,
            touched=response.option,
            is_right=response.option == bank.items[response.item].right,
            verdict=None if hearing is None else hearing.verdict,
            chosen=None if hearing is None else hearing.chosen,
            mark=_mark(words, hearing, item=response.item),
            is_contested=response.item in words.contested,
            is_answered=response.item in words.answered,
        )
        for response, hearing in rows
        if response.item in bank.items
    }


def _mark(words: oversight.Words, hearing: Hearing | None, *, item: str) -> oversight.Mark | None:
    """What a person decided; a contest that only confirms a doubt takes nothing away."""
    is_spared = item in words.spared and hearing is not None and hearing.verdict == "right"
    return None if is_spared else words.marks.get(item)


def _told_at_home(here: Service, attempt: Attempt, one: scene_why.Standing) -> Response:
    address = _contest_address(attempt.id, one.step.id) if one.can_contest else None
    said = scene_why.said(here, attempt, one)
    return JSONResponse({"say": said, "decided_by": one.decided_by, "contest": address})


def _of(cases: Mapping[str, oversight.Case], item: str) -> oversight.Case:
    if item not in cases:
        raise attempts.UnknownChoice(f"There is no answer to {item}.")
    return cases[item]


def _told(
    here: Service,
    attempt: Attempt,
    *,
    lines: tuple[Line, ...],
    decided_by: str | None = None,
    contest: str | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    body = {
        "say": [said for line in lines for said in _said(here, attempt, line=line)],
        "decided_by": decided_by,
        "contest": contest,
    }
    return JSONResponse(body, status)


def _said(here: Service, attempt: Attempt, *, line: Line) -> list[Mapping[str, Any]]:
    language = here.content.languages[attempt.help_language]
    match line:
        case Phrase(key):
            return [_with_picture(spoken.phrase(here.manifest, language, key=key), None)]
        case Option(option):
            name = spoken.word(here.manifest, language, option=option)
            return [_with_picture(name, spoken.picture_url(option))]
        case Question(item):
            return _asked(here, attempt, language=language, item=item)


def _asked(
    here: Service, attempt: Attempt, *, language: Language, item: str
) -> list[Mapping[str, Any]]:
    """The employer's sentence, never its text, and the question in the help language."""
    prompt = spoken.prompt(here.manifest, attempt.employer_language, item=item)["normal"]
    asked = here.bank(attempt).items[item].question
    question = spoken.sound(
        here.manifest,
        sound_key(language.code, "questions", asked),
        text=language.questions[asked],
    )
    employer = {"text": None, "audio": prompt[0] if prompt else None, "picture": None}
    return [employer, _with_picture(question, None)]


def _with_picture(sound: spoken.Sound, picture: str | None) -> Mapping[str, Any]:
    return {**sound, "picture": picture}


def _contest_address(attempt_id: str, item: str) -> str:
    return f"/attempts/{attempt_id}/items/{item}/contest"
