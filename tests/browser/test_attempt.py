"""A whole MC3 attempt in a real browser: by voice, and by touch with the microphone refused.

The answers are spoken by a synthetic voice (the shipped names of the pictures) into a virtual
microphone, in real time; the page's own voices speak four times as fast.
"""

from pathlib import Path

import pytest

from tests.browser.candidate import Candidate, spoken_name
from tests.browser.microphone import Microphone
from tests.browser.real_badge import assert_badge_is_real
from tests.browser.shortcuts import speak_fast
from tests.server import Server
from voice_app.dialogues.content import Item

pytestmark = [pytest.mark.browser, pytest.mark.engine]

MC3_ITEMS = 36


def test_by_voice_from_the_first_touch_to_a_badge_that_others_verify(
    candidate: Candidate, microphone: Microphone, service: Server, tmp_path: Path
) -> None:
    speak_fast(candidate)
    candidate.open(employer="fr", help_language="en")
    candidate.try_the_microphone(microphone)
    candidate.refuse_extras()

    def say(item: Item) -> None:
        candidate.speak(spoken_name(item.right, "en"), microphone=microphone)

    asked = [item.id for item in candidate.answer_all(say)]
    assert len(set(asked)) >= MC3_ITEMS

    heard = service.rows(
        """select count(distinct response.item), min(hearing.engine), max(utterance.media_type)
           from hearing join utterance on utterance.id = hearing.utterance_id
           join response on response.id = utterance.id"""
    )
    assert heard == [(MC3_ITEMS + 1, "whisper:base-int8", "audio/webm;codecs=opus")]
    assert service.rows("select state from outcome order by seq desc limit 1") == [("passed",)]
    assert_badge_is_real(candidate.page, service, tmp_path)
    assert candidate.troubles == []
    assert candidate.foreign == []


def test_by_touch_with_the_microphone_refused(
    touching_candidate: Candidate, service: Server
) -> None:
    candidate = touching_candidate
    speak_fast(candidate)
    candidate.open(employer="es", help_language="fr")
    candidate.press("microphone")
    candidate.recorder("blocked")
    candidate.press("touch")
    candidate.refuse_extras()
    asked = [item.id for item in candidate.answer_all(candidate.touch)]
    assert len(asked) == MC3_ITEMS + 1
    assert service.rows("select state, points from outcome order by seq desc limit 1") == [
        ("passed", MC3_ITEMS)
    ]
    candidate.press("continue")
    candidate.screen("badge")
    assert candidate.troubles == []
    assert candidate.foreign == []
