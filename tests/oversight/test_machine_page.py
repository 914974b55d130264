"""The operator sees how the machine is and stops engines, and sees nothing of anybody."""

import pytest

from tests.oversight.house import CALL_NAME, CANDIDATE, OWNER_HASH, House, Person
from voice_app import oversight

PAGE = "/staff/machine"
ENGINE = {"scope": "engine", "name": "scripted"}


@pytest.fixture
def operator(house: House) -> Person:
    return house.staff("operator", center=None)


def stopped(house: House) -> list[tuple[str, str, str]]:
    with house.here.database.reading.begin() as session:
        return [(one.scope, one.name, one.reason) for one in oversight.stops(session)]


def test_the_page_tells_what_readyz_knows_and_is_linked_from_home(
    house: House, operator: Person
) -> None:
    assert f'href="{PAGE}"' in operator.open("/staff").text
    page = operator.open(PAGE)
    assert page.status_code == 200
    ready = house.phone.client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert "Answers are being heard." in page.text
    assert "fr: scripted, ready" in page.text
    assert f"of {ready['waiting_limit']} at most" in page.text


def test_an_engine_is_stopped_with_a_reason_and_goes_on(house: House, operator: Person) -> None:
    assert operator.send(f"{PAGE}/stop", **ENGINE, reason="wrong-verdicts").status_code == 303
    assert stopped(house) == [("engine", "scripted", "wrong-verdicts")]
    assert "because of: wrong verdicts" in operator.open(PAGE).text
    assert operator.send(f"{PAGE}/resume", **ENGINE, reason="all-clear").status_code == 303
    assert stopped(house) == []


def test_everything_is_stopped_and_kinds_stopped_by_command_are_shown(
    house: House, operator: Person
) -> None:
    assert operator.send(f"{PAGE}/stop", scope="all", reason="drill").status_code == 303
    with house.here.database.writing.begin() as session:
        oversight.turn(
            session,
            oversight.Switch("engine", "whisper"),
            is_stopped=True,
            reason="drill",
            author="command",
            at=house.here.clock(),
        )
    assert operator.open(PAGE).text.count("<strong>Stopped</strong>") == 2
    kind = {"scope": "engine", "name": "whisper"}
    assert operator.send(f"{PAGE}/resume", **kind, reason="all-clear").status_code == 303
    assert stopped(house) == [("all", "", "drill")]


@pytest.mark.parametrize(
    "sent",
    [
        {"scope": "engine", "name": "nobody", "reason": "drill"},
        {"scope": "center", "name": "here", "reason": "drill"},
        {"scope": "engine", "name": "scripted", "reason": "because"},
        {},
    ],
)
def test_what_is_not_on_the_page_is_not_stopped(
    house: House, operator: Person, sent: dict[str, str]
) -> None:
    refused = operator.send(f"{PAGE}/stop", **sent)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert stopped(house) == []


def test_it_is_the_operators_alone_and_shows_nobody(house: House, operator: Person) -> None:
    house.phone.begin()
    for role in ("assessor", "coordinator", "owner"):
        other = house.staff(role)
        assert other.client.get(PAGE).status_code == 403
        assert other.send(f"{PAGE}/stop", **ENGINE, reason="drill").status_code == 403
        assert PAGE not in other.open("/staff").text
    told = operator.open(PAGE).text
    for secret in (CALL_NAME, CANDIDATE, OWNER_HASH, house.attempt):
        assert secret not in told
