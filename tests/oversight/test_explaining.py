from dataclasses import replace
from itertools import product

import pytest

from voice_app.dialogues.loader import load_content
from voice_app.oversight.explaining import (
    Case,
    Option,
    Phrase,
    Question,
    Whole,
    explain,
    explain_whole,
)
from voice_app.settings import Settings

SPOKEN = Case("locked", verdict="right", chosen="key")
EVERY_CASE = [
    Case("locked", touched, is_right, verdict, "key" if verdict else None, mark, one, other)
    for touched, is_right, verdict, mark, one, other in product(
        (None, "lamp"),
        (True, False),
        (None, "right", "unsure", "wrong", "echo", "unusable", "stopped"),
        (None, "right", "wrong"),
        (True, False),
        (True, False),
    )
]

EVERY_WHOLE = [
    Whole(state, frozenset(waits), said, is_marked)
    for state, waits, said, is_marked in product(
        ("passed", "not_yet", "to_review"),
        ((), ("sign-off",), ("sample",), ("doubt",)),
        (None, "signed", "confirmed", "doubted"),
        (True, False),
    )
]


def ends(whole: Whole) -> list[str]:
    return [line.key for line in explain_whole(whole).lines if isinstance(line, Phrase)]


def keys(case: Case) -> list[str]:
    return [line.key for line in explain(case).lines if isinstance(line, Phrase)]


def test_the_machine_says_what_it_heard_and_that_it_decided() -> None:
    told = explain(SPOKEN)
    assert told.lines == (
        Phrase("why.asked"),
        Question("locked"),
        Phrase("why.spoke"),
        Phrase("why.heard"),
        Option("key"),
        Phrase("why.by-machine"),
        Phrase("why.contest"),
        Phrase("why.contest-next"),
    )
    assert told.decided_by == "machine"


@pytest.mark.parametrize("verdict", ["wrong", "unsure", "unusable", "stopped", None])
def test_the_machine_never_decides_that_speech_fails(verdict: str | None) -> None:
    told = explain(replace(SPOKEN, verdict=verdict, chosen="lamp"))
    assert told.decided_by == "nobody-yet"
    assert Phrase("why.waits") in told.lines


def test_while_contested_nothing_of_the_old_verdict_is_told() -> None:
    first = explain(replace(SPOKEN, is_contested=True))
    assert first == explain(
        replace(SPOKEN, is_contested=True, verdict="wrong", chosen="lamp", mark="wrong")
    )
    assert keys(replace(SPOKEN, is_contested=True)) == ["why.asked", "why.spoke", "why.contested"]
    assert not first.can_contest


def test_a_person_is_named_as_the_one_who_decided() -> None:
    told = explain(replace(SPOKEN, verdict="wrong", mark="right"))
    assert told.decided_by == "person"
    assert Phrase("why.by-person-right") in told.lines


def test_a_touch_is_told_as_one() -> None:
    told = explain(Case("locked", touched="lamp", is_right=False))
    assert told.decided_by == "touch"
    assert Option("lamp") in told.lines
    assert Phrase("why.by-touch-other") in told.lines


def test_after_a_second_person_people_talk_to_each_other() -> None:
    told = explain(replace(SPOKEN, mark="wrong", is_answered=True))
    assert not told.can_contest
    assert told.lines[-1] == Phrase("why.final")


def test_every_case_is_told_in_sentences_that_exist_in_every_language() -> None:
    languages = load_content(Settings().content_folder).languages.values()
    said = {key for case in EVERY_CASE for key in keys(case)}
    said |= {key for whole in EVERY_WHOLE for key in ends(whole)}
    assert len(said) > 10
    for language in languages:
        assert said <= language.phrases.keys()


def test_every_case_names_the_question_and_one_who_decides() -> None:
    for case in EVERY_CASE:
        told = explain(case)
        assert told.lines[:2] == (Phrase("why.asked"), Question("locked"))
        assert not (told.can_contest and case.is_contested)
        if told.decided_by == "machine":
            assert case.verdict == "right"


def test_how_it_ended_is_told_with_who_decided_and_who_still_listens() -> None:
    signed = explain_whole(Whole("passed", said="signed"))
    assert signed.lines == (Phrase("why.whole-signed"),)
    assert signed.decided_by == "person"
    assert explain_whole(Whole("passed")).decided_by == "machine"
    assert explain_whole(Whole("passed", is_marked=True)).decided_by == "person"
    for whole, last in (
        (Whole("passed"), "machine"),
        (Whole("passed", frozenset({"sample"})), "sample"),
        (Whole("passed", said="confirmed"), "confirmed"),
        (Whole("passed", frozenset({"doubt"}), said="doubted"), "doubted"),
        (Whole("passed", said="doubted"), "twice"),
        (Whole("to_review", frozenset({"sign-off"})), "sign-off"),
        (Whole("to_review"), "review"),
        (Whole("not_yet"), "not-yet"),
    ):
        assert ends(whole)[-1] == f"why.whole-{last}"


def test_no_end_without_a_badge_is_told_as_the_machines_decision() -> None:
    for whole in EVERY_WHOLE:
        if whole.state != "passed":
            assert explain_whole(whole).decided_by != "machine"
            assert "why.whole-machine" not in ends(whole)
