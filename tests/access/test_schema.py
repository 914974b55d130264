"""Whatever is sent to any operation, by whomever: it is answered, and never by a failure.

`VOICE_APP_SCHEMA_EXAMPLES=100 python -m pytest tests/access/test_schema.py` asks for longer.
"""

import os
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from httpx2 import Response
from schemathesis import Case

from tests.access.asking import House, answer_to, drawn, filled
from tests.access.describing import Description
from tests.access.doors import Doors
from tests.journeys.fakes import ScriptedEars
from voice_app.access import Role
from voice_app.access.rules import BY_ROUTE
from voice_app.app import create_app
from voice_app.settings import Settings

# Of each way to ask, of each operation, by each caller.
EXAMPLES = int(os.environ.get("VOICE_APP_SCHEMA_EXAMPLES", "2"))
Drawn = tuple[list[Case], list[Case]]
ASKED = sorted(BY_ROUTE.keys() - {"GET /openapi.json"})
# No engine runs here, and it says so.
MAY_BE_UNABLE = "GET /readyz"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("schema")
    told = Settings(data_folder=folder / "data", models_folder=folder / "models")
    app = create_app(told, ears=ScriptedEars())
    yield House(Doors(app), Description(app))
    app.state.service.database.close()


@pytest.fixture(scope="module")
def cases(house: House) -> Callable[[str], Drawn]:
    return cache(lambda route: drawn(house.description, route, number=EXAMPLES))


def test_the_whole_description_is_asked(house: House):
    assert house.description.routes == set(ASKED)


@pytest.mark.parametrize("role", ["stranger", "candidate", "owner"])
@pytest.mark.parametrize("route", ASKED)
def test_nothing_that_is_sent_makes_the_service_fail(
    house: House, cases: Callable[[str], Drawn], route: str, role: Role
):
    caller = house.caller(role)
    allowed, broken = cases(route)
    known = house.known(caller, route)
    for case in (*allowed, *broken, *(filled(one, known) for one in allowed if known)):
        answer = answer_to(case, caller)
        check(answer, route)
        if "set-cookie" in answer.headers:
            caller = house.caller(role)


def check(answer: Response, route: str) -> None:
    """An answer, under the strict headers, that leads to no other site."""
    is_unable = answer.status_code == 503 and route == MAY_BE_UNABLE
    assert answer.status_code < 500 or is_unable, answer.text
    headers = answer.headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers.get("location", "/").startswith("/")
    assert not headers.get("location", "/").startswith("//")
    assert not answer.content or headers["content-type"]
    if headers.get("content-type", "").startswith("application/json"):
        answer.json()
