"""An organization's account: what is not right in a claim, a signature or a way back."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx2 import Response
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.staff.desk import PAGES, Desk, Person, token_in
from tests.staff.provider import BACK, CLIENT, SECRET, Claims, Organization, running

HERE = "/staff/security"


@pytest.fixture
def organization(desk: Desk) -> Iterator[Organization]:
    before = desk.app.state.reception
    with running(Organization(desk.clock)) as organization:
        desk.app.state.reception = replace(before, provider=organization.provider)
        yield organization
    desk.app.state.reception = before


@pytest.fixture
def linked(desk: Desk, organization: Organization) -> Person:
    """Somebody whose account is linked, and who is not in."""
    person = desk.person()
    _link(desk, person, f"{organization.issuer} ana")
    return person


def _link(desk: Desk, person: Person, subject: str) -> None:
    with desk.here.database.writing.begin() as session:
        session.merge(desk.account(person)).oidc_subject = subject


def _leave(person: Person, path: str = "/staff/organization?next=/staff/people") -> str:
    left = person.open(path)
    assert left.status_code == 303, left.text
    return left.headers["location"]


def _back(person: Person, brought: dict[str, str]) -> Response:
    address = "/staff/organization/back"
    return person.client.get(address, params=brought, headers=PAGES, follow_redirects=False)


def _come_in(person: Person, organization: Organization) -> Response:
    return _back(person, organization.visit(_leave(person)))


def test_an_organizations_account_lets_in_and_leads_to_the_page_that_was_asked_for(
    desk: Desk, linked: Person, organization: Organization
):
    entered = _come_in(linked, organization)
    assert entered.headers["location"] == "/staff/people"
    assert linked.is_in()
    assert desk.logged(linked)[-1] == "sign-in.organization"


def test_what_is_asked_for_is_a_code_with_a_proof_key_for_this_client_alone(
    linked: Person,
):
    asked = [dict(parse_qsl(urlsplit(_leave(linked)).query)) for _ in range(2)]
    assert asked[0]["response_type"] == "code"
    assert asked[0]["code_challenge_method"] == "S256"
    assert asked[0]["redirect_uri"] == BACK
    assert asked[0]["client_id"] == CLIENT
    assert "openid" in asked[0]["scope"].split()
    assert SECRET not in json.dumps(asked)
    for once in ("state", "nonce", "code_challenge"):
        assert len(asked[0][once]) >= 30
        assert asked[0][once] != asked[1][once]


def _without(name: str) -> Any:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def _with(**values: Any) -> Any:
    return lambda claims: claims | values


def _later(name: str, seconds: int) -> Any:
    return lambda claims: claims | {name: claims["iat"] + seconds}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_with(iss="https://evil.example"), id="another issuer"),
        pytest.param(_without("iss"), id="no issuer"),
        pytest.param(_with(aud="another-app"), id="made for another"),
        pytest.param(_with(aud=["another-app"]), id="made for others"),
        pytest.param(_with(aud=[CLIENT, "another-app"]), id="made for others too"),
        pytest.param(_with(aud=[CLIENT, "another-app"], azp="another-app"), id="given to another"),
        pytest.param(_with(aud=CLIENT, azp="another-app"), id="given to another alone"),
        pytest.param(_without("aud"), id="made for nobody"),
        pytest.param(_with(nonce="of another try"), id="another nonce"),
        pytest.param(_without("nonce"), id="no nonce"),
        pytest.param(_without("sub"), id="nobody"),
        pytest.param(_with(sub=""), id="an empty name"),
        pytest.param(_with(sub=["ana"]), id="a list of names"),
        pytest.param(_without("exp"), id="without end"),
        pytest.param(_later("exp", -61), id="over"),
        pytest.param(_without("iat"), id="without a beginning"),
        pytest.param(_later("iat", 3600), id="made tomorrow"),
        pytest.param(_with(sub="somebody else"), id="somebody who is not known here"),
    ],
)
def test_a_claim_that_is_not_right_lets_in_nobody(
    linked: Person, organization: Organization, change: Any
):
    organization.change = change
    refused = _come_in(linked, organization)
    assert refused.status_code == 422, refused.headers
    assert not linked.is_in()
    assert len(organization.redeemed) == 1


def _unsigned(_of: Organization, claims: Claims) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return (
        ".".join(urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts)
        + "."
    )


def _by_another(_of: Organization, claims: Claims) -> str:
    thief = RSAKey.generate_key(2048, {"kid": "one"})
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, thief)


def _with_public_key(of: Organization, claims: Claims) -> str:
    public = of.key.as_pem(private=False)
    return jwt.encode(
        {"alg": "HS256"}, claims, OctKey.import_key(public.hex()), algorithms=["HS256"]
    )


def _with_secret(_of: Organization, claims: Claims) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET), algorithms=["HS256"])


def _changed_after(of: Organization, claims: Claims) -> str:
    head, _, signature = of.signed(claims | {"sub": "bob"}).split(".")
    body = urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{head}.{body}.{signature}"


def _key_in_token(_of: Organization, claims: Claims) -> str:
    thief = RSAKey.generate_key(2048)
    head = {"alg": "RS256", "jwk": thief.as_dict(private=False)}
    return jwt.encode(head, claims, thief)


@pytest.mark.parametrize(
    "forge",
    [
        _unsigned,
        _by_another,
        _with_public_key,
        _with_secret,
        _changed_after,
        _key_in_token,
        pytest.param(lambda _of, _claims: "no token", id="no token"),
    ],
)
def test_a_signature_that_is_not_the_organizations_lets_in_nobody(
    linked: Person, organization: Organization, forge: Any
):
    organization.forge = forge
    assert _come_in(linked, organization).status_code == 422
    assert not linked.is_in()
    assert len(organization.redeemed) == 1


def test_another_of_its_keys_and_algorithms_is_taken(linked: Person, organization: Organization):
    organization.forge = lambda of, claims: jwt.encode(
        {"alg": "ES256", "kid": "two"}, claims, of.other
    )
    _come_in(linked, organization)
    assert linked.is_in()


def test_a_way_back_is_gone_once(linked: Person, organization: Organization):
    brought = organization.visit(_leave(linked))
    step = linked.client.cookies["step"]
    assert _back(linked, brought).status_code == 303
    linked.send("/staff/sign-out")
    linked.client.cookies.set("step", step)
    assert _back(linked, brought).status_code == 422
    assert not linked.is_in()


@pytest.mark.parametrize("state", ["", "of another try", "\N{LATIN SMALL LETTER E WITH ACUTE}"])
def test_a_state_of_another_try_lets_in_nobody(
    linked: Person, organization: Organization, state: str
):
    brought = organization.visit(_leave(linked)) | {"state": state}
    assert _back(linked, brought).status_code == 422
    assert organization.redeemed == []


def test_what_another_browser_began_ends_in_no_other(
    desk: Desk, linked: Person, organization: Organization
):
    """A thief sends their own way back to somebody, who would be in as the thief."""
    brought = organization.visit(_leave(linked))
    linked.client = desk.browser()
    assert _back(linked, brought).status_code == 422
    assert organization.redeemed == []


def test_a_code_of_another_try_has_another_proof_key(
    desk: Desk, linked: Person, organization: Organization
):
    thief = Person(linked.id, linked.email, linked.secret, desk.browser(), desk.clock)
    stolen = organization.visit(_leave(linked))
    own = organization.visit(_leave(thief))
    assert _back(thief, own | {"code": stolen["code"]}).status_code == 422
    assert organization.redeemed == []


def test_a_try_lasts_ten_minutes(desk: Desk, linked: Person, organization: Organization):
    brought = organization.visit(_leave(linked))
    desk.clock.move(minutes=10)
    assert _back(linked, brought).status_code == 422
    assert organization.redeemed == []


def test_a_locked_account_comes_in_no_way(desk: Desk, linked: Person, organization: Organization):
    with desk.here.database.writing.begin() as session:
        session.merge(desk.account(linked)).locked_at = desk.clock.now
    assert _come_in(linked, organization).status_code == 422
    assert not linked.is_in()


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "http://evil.example/keys"},
        {"authorization_endpoint": "http://evil.example/"},
    ],
)
def test_a_service_that_is_another_or_speaks_in_the_clear_is_not_used(
    linked: Person, organization: Organization, told: dict[str, str]
):
    organization.told = told
    assert linked.open("/staff/organization").status_code == 502


def test_a_service_that_does_not_answer_is_named_in_words(desk: Desk, organization: Organization):
    organization.told = {"issuer": ""}
    said = desk.person().open("/staff/organization")
    assert "Your organization" in said.text
    assert "set-cookie" not in said.headers


def test_without_a_service_nobody_is_sent_anywhere(desk: Desk):
    assert desk.person().open("/staff/organization").status_code == 404


def test_linking_takes_the_token_of_the_page(desk: Desk, organization: Organization):
    person = desk.insider()
    assert person.open("/staff/security/organization").status_code == 405
    assert person.post("/staff/security/organization").status_code == 403
    assert organization.asked == []


def test_one_adds_ones_own_account_and_comes_in_by_it(desk: Desk, organization: Organization):
    person = desk.insider()
    organization.asks_seconds_ago = 3
    shown = person.send("/staff/security/organization")
    assert shown.status_code == 200
    done = _back(person, organization.visit(_address_in(shown)))
    assert done.headers["location"] == HERE
    assert desk.logged(person)[-1] == "organization.linked"
    person.client = desk.browser()
    _come_in(person, organization)
    assert person.is_in()


def test_nobody_adds_an_account_that_is_somebody_elses(desk: Desk, organization: Organization):
    person, other = desk.insider(), desk.person()
    _link(desk, other, f"{organization.issuer} ana")
    organization.asks_seconds_ago = 3
    shown = person.send("/staff/security/organization")
    refused = _back(person, organization.visit(_address_in(shown)))
    assert "Somebody else here has this account." in refused.text
    assert desk.account(person).oidc_subject is None


def test_what_one_began_to_add_is_not_added_to_another(desk: Desk, organization: Organization):
    thief, person = desk.insider(), desk.insider()
    organization.asks_seconds_ago = 3
    brought = organization.visit(_address_in(thief.send("/staff/security/organization")))
    person.client.cookies.set("step", thief.client.cookies["step"])
    assert _back(person, brought).status_code == 422
    assert desk.account(person).oidc_subject is None


def test_to_prove_anew_the_service_is_told_to_ask(linked: Person, organization: Organization):
    organization.asks_seconds_ago = 3
    _come_in(linked, organization)
    organization.visit(_leave(linked, "/staff/prove/organization?next=/staff/people"))
    entered, proven = organization.asked
    assert (proven["prompt"], proven["max_age"]) == ("login", "0")
    assert "prompt" not in entered


@pytest.mark.parametrize("ago", [None, 301, 3600, -3600])
def test_a_service_that_did_not_ask_anew_proves_nothing(
    linked: Person, organization: Organization, ago: int | None
):
    _come_in(linked, organization)
    organization.asks_seconds_ago = ago
    back = _back(linked, organization.visit(_leave(linked, "/staff/prove/organization")))
    assert "did not ask you anew" in back.text
    assert _is_asked_to_prove(linked)


def test_a_service_that_asked_anew_proves_it_for_five_minutes(
    desk: Desk, linked: Person, organization: Organization
):
    _come_in(linked, organization)
    assert _is_asked_to_prove(linked)
    organization.asks_seconds_ago = 3
    brought = organization.visit(_leave(linked, "/staff/prove/organization?next=/staff/people"))
    assert _back(linked, brought).headers["location"] == "/staff/people"
    assert not _is_asked_to_prove(linked)
    desk.clock.move(minutes=6)
    assert _is_asked_to_prove(linked)


def test_coming_in_by_an_account_that_was_open_anyway_is_no_fresh_proof(
    linked: Person, organization: Organization
):
    organization.asks_seconds_ago = 3600
    _come_in(linked, organization)
    assert linked.is_in()
    assert _is_asked_to_prove(linked)


def test_another_persons_account_proves_nothing(desk: Desk, organization: Organization):
    other = desk.insider()
    _link(desk, other, f"{organization.issuer} bob")
    _link(desk, desk.person(), f"{organization.issuer} ana")
    desk.clock.move(minutes=6)
    organization.asks_seconds_ago = 3
    back = _back(other, organization.visit(_leave(other, "/staff/prove/organization")))
    assert "another person" in back.text
    assert _is_asked_to_prove(other)


def _is_asked_to_prove(person: Person) -> bool:
    sent = person.send("/staff/security/recovery-codes")
    return sent.headers.get("location", "").startswith("/staff/prove")


def _address_in(shown: Response) -> str:
    assert token_in(shown)
    _, _, rest = shown.text.partition('class="button" href="')
    return rest.partition('"')[0].replace("&amp;", "&")
