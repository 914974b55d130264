"""A stranger's line becomes a target, or is told what is wrong with it."""

import pytest

from voice_app.scoring.cases import BadCase, heard_of, target_of
from voice_app.scoring.target import Slot
from voice_app.scoring.templates import BadTemplate


def test_templates_lists_and_other_names_are_read() -> None:
    target = target_of(
        {
            "language": "en",
            "target": "[the] (bin|trash)",
            "variants": "the {rooms} bin",
            "lists": {"rooms": ["kitchen", "hall"]},
            "foils": ["the pin", "the bin"],
            "safety": True,
            "mine": 1,
        }
    )
    assert target.accepted[0] == "the bin"
    assert "the hall bin" in target.accepted
    assert target.foils == ("the pin",)
    assert (target.task, target.is_safety) == ("restate", True)


def test_slots_are_named_listed_or_described() -> None:
    line = {"lang": "fr", "task": "restate", "target": "le salon"}
    assert target_of(line | {"slots": {"room": ["salon"]}}).slots == (Slot("room", ("salon",)),)
    assert target_of(line | {"slots": ["salon"]}).slots == (Slot("1", ("salon",)),)
    described = {"name": "room", "value": ["salon"], "siblings": ["bureau"]}
    assert target_of(line | {"slots": [described]}).slots == (
        Slot("room", ("salon",), ("bureau",)),
    )


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"lang": "fr"},
        {"lang": "fr", "target": " "},
        {"lang": "fr", "target": 3},
        {"lang": "fr", "target": "a", "task": "sing"},
        {"lang": "fr", "target": "a", "foils": 3},
        {"lang": "fr", "target": "a", "foils": [3]},
        {"lang": "fr", "target": "a", "slots": 3},
        {"lang": "fr", "target": "a", "slots": {"x": [3]}},
        {"lang": "fr", "target": "a", "lists": [1]},
    ],
)
def test_a_bad_line_is_refused(line: dict[str, object]) -> None:
    with pytest.raises(BadCase):
        target_of(line)


def test_a_bad_template_is_refused_and_silence_is_none() -> None:
    with pytest.raises(BadTemplate):
        target_of({"lang": "fr", "target": "(a"})
    assert heard_of({"heard": ""}) == ""
    with pytest.raises(BadCase):
        heard_of({})
