"""MC1 in a real browser: the employer is asked aloud, two assessors disagree, a third settles.

What is said is spoken by the shipped synthetic voices, in real time, into a virtual microphone:
how well people are heard is not shown here. Questions and advice are examples of the rubric and
of the worked example; what the employer told is said again in the employer's own sentences. The
page's own voices speak four times as fast. SCREENSHOTS=1 keeps pictures of the screens.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.browser.aloud import Speaker, Watch, answers, sound
from tests.browser.at_home import begin_by_voice, come_in, to_the_doors
from tests.browser.candidate import Candidate
from tests.browser.dispute import Dispute, promised, settle, told
from tests.browser.looks import look
from tests.browser.marking_room import MarkingRoom
from tests.browser.microphone import Microphone
from tests.browser.real_badge import assert_badge_is_real
from tests.browser.shortcuts import speak_fast
from tests.server import Server
from voice_app.dialogues.scenario import Asking, Step

pytestmark = [pytest.mark.browser, pytest.mark.engine]

# What is asked, take by take: days and hours; five questions; all six.
ASKED = (
    "scenes/example-visit.when-start",
    "examples/mc1.ex-five-questions",
    "examples/mc1.ex-six-questions",
)
RESTATED = ("home", "terms", "priority")
SAID = {
    "says-changes": ["ex-one-change", "ex-first-why"],
    "advice-products": ["ex-advice-two", "ex-reason"],
    "advice-equipment": ["ex-equipment-two"],
    "care-equipment": ["ex-care-three"],
}


# Without the third mark it would stay open; the first two give the same on everything else.
DISPUTE = Dispute(
    first={
        "six-questions": 1,
        "fits-home": 1,
        "restates": 3,
        "says-changes": 0,
        "says-first": 0,
        "advice-products": 1,
        "reasons-products": 0,
        "advice-equipment": 0,
        "care-equipment": 0,
    },
    second={
        "six-questions": 1,
        "fits-home": 1,
        "restates": 0,
        "says-changes": 1,
        "says-first": 0,
        "advice-products": 0,
        "reasons-products": 0,
        "advice-equipment": 0,
        "care-equipment": 0,
    },
    third={"restates": 2},
)
# States of the screens that are looked at.
LOOKS = {"ask-1", "ask-1-recording", "ask-1-answer", "ask-3", "say", "say-recording", "say-review"}


def test_questions_aloud_are_answered_and_three_assessors_lead_to_a_badge(
    candidate: Candidate,
    microphone: Microphone,
    marking_room: MarkingRoom,
    service: Server,
    tmp_path: Path,
) -> None:
    speak_fast(candidate)
    come_in(candidate, marking_room.link("Amina", help_language="en"))
    to_the_doors(candidate, "MC1", employer="fr", help_language="en")
    begin_by_voice(candidate, microphone)
    speaker = Speaker(candidate, microphone, says=takes, watch=watcher(candidate))
    aloud = {step.id: step for step in speaker.go_through() if step.criteria}
    asking, restating, *_ = aloud.values()
    attempt = promised(candidate)
    look(candidate.page, "71-promise")
    found = [set(take) for take in marking_room.found(attempt, asking.id)]
    fresh = [take.difference(*found[:number]) for number, take in enumerate(found)]
    assert fresh[0] == {"terms"}
    assert set().union(*fresh) == {question.id for question in asking.task.questions}
    assert speaker.answered[asking.id] == [answered(asking, take) for take in fresh]
    (restated,) = marking_room.found(attempt, restating.id)
    assert {f"heard-{one}" for one in RESTATED} <= set(restated)
    settle(marking_room, attempt, dispute=DISPUTE)
    told(candidate, help_language="en")
    assert_badge_is_real(candidate.page, service, tmp_path)
    assert (candidate.troubles, candidate.foreign) == ([], [])


def watcher(candidate: Candidate) -> Watch:
    """Look at each of the screens once, at a step that counts."""
    left = set(LOOKS)

    def watch(step: Step, name: str) -> None:
        if step.criteria and name in left:
            left.discard(name)
            look(candidate.page, f"70-{name}")

    return watch


def takes(step: Step) -> Sequence[Sequence[Path]]:
    """What is said at a step of asking or saying: takes of sounds."""
    scenario, _, name = step.id.partition(".")
    if isinstance(step.task, Asking):
        asked = [[sound(f"fr/{key}")] for key in ASKED]
        return asked if step.criteria else asked[:1]
    if name == "restate":
        told = [key for one, key in answers(scenario).items() if one in RESTATED]
        return [[sound(f"fr/scenes/{scenario}.{key}") for key in told]]
    return [[sound(f"fr/examples/mc1.{key}") for key in SAID[step.criteria[0]]]]


def answered(step: Step, asked: set[str]) -> set[str]:
    """The employer's answers to some questions of a step."""
    return {key for one, key in answers(step.id.partition(".")[0]).items() if one in asked}
