"""What a running service publishes, judged by verifiers that are not ours and get nothing else."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from tests.badges.made import given
from tests.oracles import asking
from tests.oracles.asking import Verifier
from tests.scoring.badges.leaves import changed_at, leaves
from voice_app import badges
from voice_app.models import Badge
from voice_app.routes.deps import Service

DID = "did:web:localhost%3A8000"
Known = Callable[[dict], dict]


@pytest.fixture(scope="module", params=[asking.digital_bazaar, asking.openbadgeslib])
def verifier(request: pytest.FixtureRequest) -> Iterator[Verifier]:
    with request.param() as running:
        yield running


@pytest.fixture(scope="module")
def jose() -> Iterator[Verifier]:
    with asking.jose() as running:
        yield running


@pytest.fixture
def document(client: TestClient, badge: Badge) -> dict:
    return client.get(f"/b/{badge.code}", headers={"Accept": "application/vc+ld+json"}).json()


@pytest.fixture
def known(client: TestClient) -> Known:
    def look_up(document: dict) -> dict:
        """Give what a verifier would download for a badge, from where it would."""
        entries = document["credentialStatus"]
        entries = entries if isinstance(entries, list) else [entries]
        lists = [entry["statusListCredential"] for entry in entries]
        found = {address: had(client, address) for address in lists}
        return found | {DID: had(client, "/.well-known/did.json")}

    return look_up


def had(client: TestClient, address: str) -> dict:
    answer = client.get(urlsplit(address).path)
    assert answer.status_code == 200, address
    return answer.json()


def test_a_badge_is_good(verifier: Verifier, document: dict, known: Known):
    found = verifier.judge(document, known(document))
    assert found["real"], found["why"]
    assert found["set"] == []


@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_every_employer_language_has_a_good_badge(
    verifier: Verifier, client: TestClient, service: Service, known: Known, *, language: str
):
    badge = given(service, "55555555-5555-4555-8555-555555555555", employer_language=language)
    document = had(client, f"/b/{badge.code}.json")
    assert verifier.is_good(document, known(document))


@pytest.mark.parametrize("name", ["status", "narrative", "validFrom", "id"])
def test_a_changed_badge_is_not_real(
    verifier: Verifier, document: dict, known: Known, *, name: str
):
    path, value = next(leaf for leaf in leaves(document) if leaf[0][-1] == name)
    other = "2020-01-01T00:00:00Z" if name == "validFrom" else f"{value}x"
    assert not verifier.judge(changed_at(document, path, other), known(document))["real"]


def test_a_badge_signed_with_another_key_is_not_real(
    verifier: Verifier, document: dict, known: Known
):
    found = known(document)
    found[DID]["verificationMethod"][0]["publicKeyMultibase"] = (
        "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    )
    assert not verifier.judge(document, found)["real"]


def test_a_cancelled_badge_is_found_in_its_list(
    verifier: Verifier, service: Service, badge: Badge, *, document: dict, known: Known
):
    assert verifier.is_good(document, known(document))
    withdraw(service, badge, "revoked")
    assert verifier.judge(document, known(document))["set"] == ["revocation"]


def test_a_paused_badge_is_good_again_afterwards(
    verifier: Verifier, service: Service, badge: Badge, *, document: dict, known: Known
):
    withdraw(service, badge, "suspended")
    assert not verifier.is_good(document, known(document))
    with service.database.writing.begin() as session:
        badges.resume(session, badge.code, author="Ana", office=service.office)
    assert verifier.is_good(document, known(document))


def test_the_badge_as_a_token_is_good_for_jose(
    jose: Verifier, client: TestClient, badge: Badge, document: dict
):
    text = client.get(f"/b/{badge.code}.jwt").text
    header = json.loads(asking.decoded(text.split(".")[0]))
    assert header == {"alg": "RS256", "typ": "JWT", "kid": header["kid"]}
    key = had(client, header["kid"])
    assert (key["kty"], key["kid"]) == ("RSA", header["kid"])
    assert "keys" not in key
    found = jose.ask(text=text, jwk=key, issuer=DID)
    assert found["real"], found["why"]
    bare = {name: one for name, one in document.items() if name != "proof"}
    claims = {name: found["payload"].pop(name) for name in ("iss", "jti", "sub", "nbf")}
    assert found["payload"] == bare
    assert (claims["iss"], claims["jti"]) == (DID, document["id"])
    assert claims["sub"] == document["credentialSubject"]["id"]


def withdraw(service: Service, badge: Badge, kind: str) -> None:
    with service.database.writing.begin() as session:
        badges.withdraw(
            session, badge.code, kind=kind, reason="mistake", author="Ana", office=service.office
        )
