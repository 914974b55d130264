"""In front of one step of a test at home: what comes before is answered as the rules want it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.browser.at_home import STEPS, right_order, wait_until_asked
from tests.browser.candidate import Candidate
from tests.browser.shortcuts import come_back, speak_fast
from voice_app.dialogues.scenario import Arranging, Choosing, Listen, Picking, Step

Answer = Callable[[Step], dict[str, Any]]


def right_answer(step: Step) -> dict[str, Any]:
    """What is sent for a step of pictures that keeps all rules."""
    match step.task:
        case Listen():
            return {"option": "understood"}
        case Choosing(_, right):
            return {"option": right}
        case Picking(_, right):
            return {"options": sorted(right)}
        case Arranging() as task:
            return {"options": right_order(task)}
        case task:
            raise AssertionError(task)


def in_front_of(
    candidate: Candidate, is_wanted: Callable[[Step], bool], *, answer: Answer = right_answer
) -> Step | None:
    """Begin an attempt at good order and go to the first step that is wanted; None without one."""
    speak_fast(candidate)
    state = _begun(candidate)
    while state["turn"]["kind"] == "task":
        step = STEPS[state["turn"]["task"]["id"]]
        if is_wanted(step):
            _open(candidate, state["id"])
            return step
        state = _sent(candidate, state["id"], item=step.id, **answer(step))
    return None


def _begun(candidate: Candidate) -> dict[str, Any]:
    request, origin = candidate.page.request, candidate.service.origin
    notice = f"{origin}/notice/en"
    told = {"version": request.get(notice).json()["version"], "was_played": True}
    assert request.post(f"{notice}/heard", data=told).status == 201
    wanted = {"assessment": "MC2", "employer_language": "fr", "help_language": "en"}
    answer = request.post(f"{origin}/attempts", data=wanted)
    assert answer.status == 201, answer.text()
    return dict(answer.json())


def _sent(candidate: Candidate, attempt: str, **body: Any) -> dict[str, Any]:
    request, origin = candidate.page.request, candidate.service.origin
    answer = request.put(f"{origin}/choices/{uuid4()}", data={"attempt": attempt, **body})
    assert answer.status == 201, answer.text()
    return dict(request.get(f"{origin}/attempts/{attempt}").json())


def _open(candidate: Candidate, attempt: str) -> None:
    """The page goes on where the attempt stands, until the employer has spoken."""
    page = candidate.page
    memory = {"attempt": attempt, "help": "en", "room": None, "isTouchOnly": False}
    page.goto(candidate.service.origin)
    page.evaluate("kept => localStorage.setItem('voice.attempt', kept)", json.dumps(memory))
    come_back(candidate)
    candidate.press("continue")
    if candidate.screen("section", "arranging") == "section":
        candidate.press("continue")
    candidate.screen("arranging")
    wait_until_asked(candidate, "arranging")
