"""MC4 in a real browser: said again and explained aloud, two assessors disagree, a third settles.

What is said is spoken by the shipped synthetic voices, in real time, into a virtual microphone:
how well people are heard is not shown here. What the employer told is said again in the
employer's own sentences; what is impossible is explained with the examples of the rubric, which
may be about another home than the one that is drawn. The page's own voices speak four times as
fast.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.browser.aloud import Speaker, sound
from tests.browser.at_home import begin_by_voice, come_in, to_the_doors
from tests.browser.candidate import Candidate
from tests.browser.dispute import Dispute, promised, settle, told
from tests.browser.marking_room import MarkingRoom
from tests.browser.microphone import Microphone
from tests.browser.real_badge import assert_badge_is_real
from tests.browser.shortcuts import speak_fast
from tests.server import Server
from voice_app.dialogues.scenario import Saying, Step

pytestmark = [pytest.mark.browser, pytest.mark.engine]

EXPLAINED = {
    "LO8": ("ex-needs-limit-all", "ex-needs-agreement-all"),
    "LO9": ("ex-instructions-limit-all", "ex-instructions-agreement-all"),
}
# Without the third mark it would stay open; the first two give the same on everything else.
DISPUTE = Dispute(
    first={
        "restates-needs": 2,
        "restates-expectations": 1,
        "needs-limit": 2,
        "needs-proposal": 2,
        "needs-agreement": 2,
        "restates-instructions": 1,
        "restates-details": 0,
        "instructions-limit": 1,
        "instructions-proposal": 0,
        "instructions-agreement": 1,
    },
    second={
        "restates-needs": 1,
        "restates-expectations": 2,
        "needs-limit": 0,
        "needs-proposal": 0,
        "needs-agreement": 1,
        "restates-instructions": 1,
        "restates-details": 0,
        "instructions-limit": 0,
        "instructions-proposal": 1,
        "instructions-agreement": 1,
    },
    third={"needs-limit": 1, "needs-proposal": 1, "needs-agreement": 1},
)


def test_restating_and_explaining_aloud_and_three_assessors_lead_to_a_badge(
    candidate: Candidate,
    microphone: Microphone,
    marking_room: MarkingRoom,
    service: Server,
    tmp_path: Path,
) -> None:
    speak_fast(candidate)
    come_in(candidate, marking_room.link("Amina", help_language="es"))
    to_the_doors(candidate, "MC4", employer="en", help_language="es")
    begin_by_voice(candidate, microphone)
    aloud = Speaker(candidate, microphone, says=takes).go_through()
    attempt = promised(candidate)
    for step in aloud:
        (found,) = marking_room.found(attempt, step.id)
        assert isinstance(step.task, Saying)
        points = {point.id for point in step.task.points}
        # The example may give the reason of another home, and a word may be misheard.
        assert len(points & set(found)) >= len(points) / 2, (step.id, found)
    settle(marking_room, attempt, dispute=DISPUTE)
    told(candidate, help_language="es")
    assert_badge_is_real(candidate.page, service, tmp_path)
    assert (candidate.troubles, candidate.foreign) == ([], [])


def takes(step: Step) -> Sequence[Sequence[Path]]:
    """What is said at a step: one take of sounds."""
    scenario, _, name = step.id.partition(".")
    if name == "restate":
        assert isinstance(step.task, Saying)
        return [[sound(f"en/scenes/{scenario}.{point.id}") for point in step.task.points]]
    return [[sound(f"en/examples/mc4.{key}") for key in EXPLAINED[step.learning_outcome]]]
