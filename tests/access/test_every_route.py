"""Every route is asked for by every role: what happens is what the table says."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from tests.access.doors import Doors, details, ended, expected, is_known, knocks
from tests.journeys.phone import hear_notice
from voice_app.access import ROLES, Role
from voice_app.access.rules import BY_ROUTE, OPEN_FOLDERS
from voice_app.routes.access import UnruledRoute, check_rules, routes_of

_METHODS = ("get", "put", "post", "patch", "delete")

# Routes that let in whom they should and then miss more than a path can name.
_LACKING = {
    "POST /attempts/{attempt_id}/level": "a center that shows levels",
    "POST /staff/candidates/{candidate_id}/pictures": "a card",
    "POST /staff/candidates/{candidate_id}/code": "the device that is meant",
    "POST /staff/candidates/{candidate_id}/corrections": "the wish that is meant",
    "POST /staff/candidates/{candidate_id}/badges": "the badge that is meant",
    "POST /staff/marking/people/conflicts": "the candidate who is meant",
    "POST /staff/oversight/word": "the attempt that is meant",
    "GET /jury/kit.json": "the key of a seat",
    "GET /jury/sending": "the key of a seat",
    "POST /staff/juries": "the candidate who is meant",
    "GET /staff/juries/new": "the candidate who is meant",
    "POST /staff/juries/{jury_id}/links": "the seat that is meant",
    "POST /staff/juries/{jury_id}/seat": "a seat of one's own",
    "GET /staff/organization": "an organization's accounts",
    "GET /staff/prove/organization": "an organization's accounts",
    "POST /staff/security/organization": "an organization's accounts",
}


def test_each_route_has_a_rule_and_each_rule_a_route(app: FastAPI):
    assert {name for name, _ in routes_of(app)} == BY_ROUTE.keys()


def test_routes_said_to_lack_something_are_there():
    assert _LACKING.keys() <= BY_ROUTE.keys()


def test_what_is_described_is_what_is_ruled(app: FastAPI):
    described = {
        f"{method.upper()} {path}"
        for path, told in app.openapi()["paths"].items()
        for method in told
        if method in _METHODS
    }
    assert described == BY_ROUTE.keys() - {"GET /openapi.json"}


def test_the_app_does_not_start_with_a_route_without_a_rule():
    app = FastAPI()

    @app.get("/new")
    def new() -> str:
        return "nobody thought about who may see this"

    with pytest.raises(UnruledRoute, match="GET /new"):
        check_rules(app)


def test_the_app_does_not_start_with_an_unknown_folder():
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.mount("/recordings", FastAPI())
    with pytest.raises(UnruledRoute, match="/recordings"):
        check_rules(app)
    assert "/recordings" not in OPEN_FOLDERS


@pytest.mark.parametrize("role", ROLES)
def test_what_happens_at_every_door_is_what_the_table_says(doors: Doors, role: Role):
    otherwise = list(_differences(doors, role))
    assert otherwise == []


def _differences(doors: Doors, role: Role) -> Iterator[tuple[object, ...]]:
    for route, rules in BY_ROUTE.items():
        for is_fresh in (True, False):
            for knock in knocks(route):
                caller = doors.caller(role, is_fresh=is_fresh)
                wanted = expected(rules, caller.actor, knock)
                answer = doors.knock(caller, knock)
                found = ended(answer)
                is_lacking = route in _LACKING or not is_known(route)
                if wanted == "let in" and found == "404" and is_lacking:
                    found = wanted
                if found != wanted or (answer.status_code >= 500 and route != "GET /readyz"):
                    yield knock, is_fresh, wanted, found, details(answer)


def test_no_secret_of_another_phone_opens_an_attempt(doors: Doors):
    one, other = doors.caller("stranger"), doors.caller("stranger")
    name = doors.thing("attempt_id", one.actor, is_theirs=True)
    assert one.client.get(f"/attempts/{name}").status_code == 200
    assert other.client.get(f"/attempts/{name}").status_code == 404
    assert other.client.get("/attempts/made-up").text == other.client.get(f"/attempts/{name}").text


def test_answers_go_into_ones_own_attempt_alone(doors: Doors):
    one, other = doors.caller("stranger"), doors.caller("candidate")
    name = doors.thing("attempt_id", one.actor, is_theirs=True)
    item = one.client.get(f"/attempts/{name}").json()["turn"]["item"]["id"]
    answer_id = "00000000-0000-4000-8000-0000000000aa"
    touched = {"attempt": name, "item": item, "option": "x"}
    assert other.client.put(f"/choices/{answer_id}", json=touched).status_code == 404
    asked = {"attempt": name, "item": item}
    spoken = other.client.put(f"/utterances/{answer_id}", params=asked, content=b"sound")
    assert spoken.status_code == 404


def test_a_candidate_begins_attempts_that_are_theirs_anywhere(doors: Doors):
    candidate = doors.caller("candidate")
    wanted = {"assessment": "MC3", "employer_language": "fr", "help_language": "es"}
    hear_notice(candidate.client)
    begun = candidate.client.post("/attempts", json=wanted)
    assert begun.status_code == 201
    assert "set-cookie" not in begun.headers
    elsewhere = doors.caller("stranger").client
    elsewhere.cookies.set("signin", candidate.client.cookies["signin"])
    assert elsewhere.get(f"/attempts/{begun.json()['id']}").status_code == 200


def test_a_cookie_that_holds_the_hash_of_an_owner_owns_nothing(doors: Doors):
    one = doors.caller("stranger")
    name = doors.thing("attempt_id", one.actor, is_theirs=True)
    thief = doors.caller("stranger")
    thief.client.cookies.set("candidate", one.actor.owner_hash or "")
    assert thief.client.get(f"/attempts/{name}").status_code == 404
