"""Every answer carries the headers that keep its page shut, refusals and breakdowns too."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from voice_app.access import rules
from voice_app.routes.access import UnruledRoute, check_rules
from voice_app.routes.gatekeeper import MOST_BYTES, Gatekeeper
from voice_app.routes.guard import Guard

ORIGIN = "https://voice.center.example"
EVIL = "https://evil.example"


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A service that breaks where it is asked to, behind the guards of ours."""
    app = FastAPI()

    @app.post("/break")
    def broken() -> None:
        raise RuntimeError("nobody expected this")

    @app.get("/fine")
    def fine() -> dict[str, str]:
        return {}

    app.add_middleware(Gatekeeper, origin=ORIGIN)
    app.add_middleware(Guard, is_https=True)
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        pytest.param("/break", {}, 500, id="broken"),
        pytest.param("/break", {"sec-fetch-site": "cross-site"}, 403, id="foreign by its site"),
        pytest.param("/break", {"origin": EVIL}, 403, id="foreign by its origin"),
        pytest.param("/break", {"content-length": str(MOST_BYTES + 1)}, 413, id="too large"),
        pytest.param("/nowhere", {}, 404, id="not there"),
    ],
)
def test_a_refusal_is_guarded_as_any_answer(
    client: TestClient, path: str, headers: dict[str, str], status: int
):
    good = client.get("/fine")
    refused = client.post(path, headers=headers)
    assert refused.status_code == status
    for name in (
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "strict-transport-security",
        "cache-control",
    ):
        assert refused.headers[name] == good.headers[name]


def test_what_broke_is_told_to_whoever_looks_after_the_service_and_to_nobody_else(
    client: TestClient,
):
    told = client.post("/break")
    assert told.json() == {"error": "error", "phrase": "trouble.machine"}
    loud = TestClient(client.app, base_url=ORIGIN)
    with pytest.raises(RuntimeError, match="nobody expected this"):
        loud.post("/break")


def test_one_function_under_two_rules_does_not_start():
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/staff/people")
    @app.get("/healthz")
    def both() -> None:
        return

    assert {"GET /staff/people", "GET /healthz"} <= rules.BY_ROUTE.keys()
    with pytest.raises(UnruledRoute, match="shares its function"):
        check_rules(app)
