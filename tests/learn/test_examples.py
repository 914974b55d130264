"""A worked example: every step is heard and answered, in each language, for each test at a home."""

import pytest
from fastapi.testclient import TestClient

from voice_app.dialogues.content import Content
from voice_app.dialogues.scenario import Asking, Listen, Saying

LANGUAGES = ("fr", "es", "en")


def example(client: TestClient, code: str, *, employer: str, help_language: str):
    answer = client.get(f"/examples/{code}", params={"employer": employer, "help": help_language})
    assert answer.status_code == 200
    return answer.json()["steps"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_told_and_answered(client: TestClient, content: Content, language: str):
    assert content.scenarios
    for code, bank in content.scenarios.items():
        steps = example(client, code, employer="fr", help_language=language)
        assert [one["task"]["id"] for one in steps] == [step.id for step in bank.example.steps]
        for told, step in zip(steps, bank.example.steps, strict=True):
            assert told["task"]["help"]["text"]
            assert len(told["task"]["says"]) == len(step.says)
            if isinstance(step.task, Listen):
                continue
            is_spoken = isinstance(step.task, Asking | Saying)
            assert bool(told["shown"]["say"]) == is_spoken
            assert bool(told["shown"]["options"]) != is_spoken


def test_what_is_touched_in_an_example_is_among_its_pictures(client: TestClient, content: Content):
    for code in content.scenarios:
        for one in example(client, code, employer="es", help_language="en"):
            pictures = {option["id"] for option in one["task"]["options"]}
            assert set(one["shown"]["options"] if one["shown"] else ()) <= pictures


def test_no_text_of_the_employer_is_told(client: TestClient, content: Content):
    for code in content.scenarios:
        for one in example(client, code, employer="en", help_language="fr"):
            assert all(said["text"] is None for said in one["task"]["says"])


@pytest.mark.parametrize("employer", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_items_are_answered_aloud_and_by_touch(
    client: TestClient, content: Content, employer: str, language: str
):
    bank = content.assessments["MC3"]
    steps = example(client, "MC3", employer=employer, help_language=language)
    assert [one["task"]["id"] for one in steps] == [one.item.id for one in bank.example]
    assert {one.item.learning_outcome for one in bank.example} == {"LO6", "LO7"}
    for told, shown in zip(steps, bank.example, strict=True):
        (said,) = told["task"]["says"]
        (right,) = told["shown"]["options"]
        assert said["normal"]
        assert said["text"] is None
        assert (
            told["task"]["help"]["text"]
            == content.languages[language].questions[shown.item.question]
        )
        assert right == shown.item.right
        assert right in {option["id"] for option in told["task"]["options"]}
        assert told["shown"]["say"]["normal"][0].startswith(f"/audio/{employer}/examples/")


def test_no_test_asks_what_the_example_shows(content: Content):
    bank = content.assessments["MC3"]
    shown = {one.item.id for one in bank.example}
    assert shown
    assert not shown & {*bank.items, bank.rehearsal.id}


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("MC9", {"employer": "fr", "help": "fr"}),
        ("MC3", {"employer": "xx", "help": "fr"}),
        ("MC1", {"employer": "xx", "help": "fr"}),
        ("MC1", {"employer": "fr", "help": "xx"}),
        ("MC1", {}),
    ],
)
def test_there_is_no_other_example(client: TestClient, code: str, asked: dict[str, str]):
    assert client.get(f"/examples/{code}", params=asked).status_code == 422
