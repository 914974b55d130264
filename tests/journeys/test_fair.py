"""Everybody is heard in turn: nobody waits behind what another person has sent."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from secrets import token_bytes

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tests.journeys.fakes import ScriptedEars, crash
from tests.journeys.phone import Phone
from voice_app.jobs.turns import Line, whose_turn

START = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = "ABCD"
# Who sends an answer, or None: one answer is heard.
EVENTS = st.lists(st.one_of(st.none(), st.sampled_from(PEOPLE)), max_size=80)


class Hall:
    """People who send answers, and one who hears them by turns; each event takes a second."""

    def __init__(self) -> None:
        self.now = START
        self.waiting: dict[str, list[datetime]] = defaultdict(list)
        self.served: dict[str, datetime] = {}
        self.heard_meanwhile: dict[str, Counter[str]] = {}

    def send(self, person: str) -> None:
        self.now += timedelta(seconds=1)
        self.waiting[person].append(self.now)
        self.heard_meanwhile.setdefault(person, Counter())

    def hear(self) -> str | None:
        self.now += timedelta(seconds=1)
        lines = [Line(person, since[0]) for person, since in self.waiting.items() if since]
        person = whose_turn(lines, self.served)
        if person is None:
            return None
        self.waiting[person].pop(0)
        self.served = {**self.served, person: self.now}
        self._note(person)
        return person

    def _note(self, person: str) -> None:
        for other in self.heard_meanwhile:
            self.heard_meanwhile[other][person] += other != person
        self.heard_meanwhile.pop(person)
        if self.waiting[person]:
            self.heard_meanwhile[person] = Counter()


@given(EVENTS)
def test_nobody_waits_for_more_than_one_answer_of_each_other_person(events: list[str | None]):
    hall = Hall()
    for event in events:
        if event is None:
            hall.hear()
        else:
            hall.send(event)
        worst = [max(others.values(), default=0) for others in hall.heard_meanwhile.values()]
        assert max(worst, default=0) <= 1


@given(EVENTS)
def test_every_answer_is_heard_and_none_twice(events: list[str | None]):
    hall = Hall()
    sent = Counter(event for event in events if event is not None)
    heard = Counter(hall.hear() for event in events if event is None or hall.send(event))
    while (person := hall.hear()) is not None:
        heard[person] += 1
    heard.pop(None, None)
    assert heard == sent


@given(st.integers(1, 30))
def test_a_stream_of_new_people_keeps_nobody_waiting(newcomers: int):
    hall = Hall()
    for person in "AAB":
        hall.send(person)
    assert [hall.hear(), hall.hear()] == ["A", "B"]
    for number in range(newcomers):
        hall.send(f"new {number}")
    assert hall.hear() == "A"


def test_an_empty_hall_is_nobodys_turn():
    assert whose_turn([], {"A": START}) is None


class Order(ScriptedEars):
    """Notes whose takes come in which order."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.names: dict[bytes, str] = {}

    def hear(self, take, languages):
        self.heard.append(self.names[take.read_bytes()])
        return super().hear(take, languages)


@pytest.fixture
def ears() -> Order:
    return Order()


@pytest.fixture
def quiet(client: TestClient) -> TestClient:
    """A service whose listener waits until the test lets it hear."""
    client.app.state.service.listener.stop()
    client.app.state.service.listener._is_stopping.clear()
    return client


def _sent(phone: Phone, answers: int, take: bytes, *, ears: Order) -> list[str]:
    phone.begin()
    while phone.turn["kind"] == "rehearse":
        phone.touch(phone.item().right)
    ids = []
    for _ in range(answers):
        own = take + token_bytes(8)
        answer = phone.put(own)
        assert answer.status_code == 201, answer.text
        ids.append(answer.json()["id"])
        ears.names[own] = ids[-1]
        phone.refresh()
    return ids


def _phones(client: TestClient, ears: Order, number: int) -> list[Phone]:
    return [Phone(_another(client), ears) for _ in range(number)]


def _another(client: TestClient) -> TestClient:
    return TestClient(client.app, base_url="http://localhost:8000")


def test_a_backlog_makes_nobody_else_wait(quiet: TestClient, ears: Order, take: bytes):
    ears.default = "blabla"
    backlog, *others = _phones(quiet, ears, 4)
    many = _sent(backlog, 6, take, ears=ears)
    few = [_sent(phone, 1, take, ears=ears)[0] for phone in others]
    quiet.app.state.service.listener.hear_all()
    assert ears.heard == [many[0], *few, *many[1:]]


def test_an_answer_that_failed_is_tried_once_more_behind_the_others(
    quiet: TestClient, ears: Order, take: bytes
):
    first, second = _phones(quiet, ears, 2)
    mine, theirs = _sent(first, 2, take, ears=ears), _sent(second, 2, take, ears=ears)
    ears.texts = [crash()]
    ears.default = "blabla"
    quiet.app.state.service.listener.hear_all()
    assert ears.heard == [mine[0], theirs[0], mine[1], theirs[1], mine[0]]
    assert first.wait_for(mine[0])["state"] == "heard"


def test_what_failed_twice_is_left_to_a_person_and_costs_nobody_else(
    quiet: TestClient, ears: Order, take: bytes
):
    first, second = _phones(quiet, ears, 2)
    (mine,), (theirs,) = _sent(first, 1, take, ears=ears), _sent(second, 1, take, ears=ears)
    ears.texts = [crash(), "blabla", KeyError("what was said")]
    quiet.app.state.service.listener.hear_all()
    assert ears.heard == [mine, theirs, mine]
    assert first.wait_for(mine)["state"] == "heard"
    assert quiet.app.state.service.listener.standing().answers == 0
