"""MC2 by voice in a real browser: an order is said, seen, said back, mended by touch, confirmed.

What is said are shipped sounds of a synthetic voice, one after the other ("First.", the name of a
card, "Then.", the next), in real time into a virtual microphone, in English; the page's own voices
speak four times as fast. The page has a microphone where things are put in
order; one picture of some, or several, are touched. Rules mark every step at once, so no two
assessors mark this test and none settles between them: who does not agree has a coordinator look
at it, and hear what was said.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.browser.at_home import begin_by_voice, do, right_order, steps, to_the_doors
from tests.browser.candidate import Candidate
from tests.browser.looks import look
from tests.browser.microphone import Microphone
from tests.browser.ordering import keep_told, mend, said_back, say_order
from tests.browser.real_badge import assert_badge_is_real
from tests.browser.shortcuts import speak_fast
from tests.server import Server
from voice_app.dialogues.scenario import Arranging

pytestmark = [pytest.mark.browser, pytest.mark.engine]

# The rehearsal's, two in time, two on the way through a home; in this one two cards are said
# the other way round.
ORDERS = 5
MISTAKEN = 2
ENDED = "select state, points = maximum from outcome order by seq desc limit 1"
HEARD = """select response.item, hearing.engine, hearing.verdict, hearing.decider
  from hearing join response on response.id = hearing.utterance_id
  where response.attempt_id = (select id from attempt order by started_at desc limit 1)"""
ASKED = """select (select count(*) from unmarked where attempt_id = last.id),
  (select count(*) from mark where attempt_id = last.id)
  from (select id from attempt order by started_at desc limit 1) last"""


def test_orders_are_said_from_the_first_sound_to_the_badge(
    candidate: Candidate, microphone: Microphone, service: Server, tmp_path: Path
) -> None:
    speak_fast(candidate)
    keep_told(candidate)
    to_the_doors(candidate, "MC2", employer="fr", help_language="en")
    begin_by_voice(candidate, microphone)
    orders: list[str] = []
    for seen in steps(candidate):
        if isinstance(seen.step.task, Arranging):
            orders.append(seen.step.id)
            put_in_order(candidate, seen.step.task, microphone, is_mistaken=len(orders) == MISTAKEN)
        else:
            do(candidate, seen.step)
    assert len(orders) == ORDERS
    assert_marked_by_rules(service, orders)
    candidate.press("continue")
    candidate.screen("parts")
    candidate.press("continue")
    candidate.screen("badge")
    assert_badge_is_real(candidate.page, service, tmp_path)
    assert (candidate.troubles, candidate.foreign) == ([], [])


def put_in_order(
    candidate: Candidate, task: Arranging, microphone: Microphone, *, is_mistaken: bool
) -> None:
    """Say an order; see and hear what was understood, mend what is mistaken, confirm."""
    right = right_order(task)
    said = (right[1], right[0], *right[2:]) if is_mistaken else right
    understood = say_order(candidate, said, microphone=microphone)
    assert understood.cards == (*task.kept, *said)
    assert understood.told == said_back(understood.cards)
    look(candidate.page, "32-order-was-said" if is_mistaken else "")
    mend(candidate, (*task.kept, *right))
    candidate.press("answer")


def assert_marked_by_rules(service: Server, orders: Sequence[str]) -> None:
    """Everything is passed at once; every order was written down, and no person is asked."""
    assert service.rows(ENDED) == [("passed", 1)]
    written = ("whisper:base-int8", "prepared", "cues-2")
    assert sorted(service.rows(HEARD)) == sorted((one, *written) for one in orders)
    assert service.rows(ASKED) == [(0, 0)]
