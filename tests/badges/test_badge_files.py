import json
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from tests.badges.made import given, show, withdraw
from voice_app import badges
from voice_app.models import Badge
from voice_app.routes.deps import OWNER_COOKIE, Service
from voice_app.scoring.badges.baking import taken_from
from voice_app.scoring.badges.jwt import opened_jwt, token_key_id
from voice_app.scoring.badges.signing import verify
from voice_app.scoring.badges.statement import opened
from voice_app.scoring.badges.status_list import decoded

COOKIE = "the holder's own"
KINDS = {
    "json": "application/json",
    "jwt": "text/plain",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
}


@pytest.fixture
def held(service: Service) -> Badge:
    """A badge of a holder whose phone has its secret."""
    owner_hash = sha256(COOKIE.encode()).hexdigest()
    name = "55555555-5555-4555-8555-555555555555"
    return given(service, name, is_shown=False, owner_hash=owner_hash)


@pytest.fixture
def shown(service: Service, held: Badge) -> Badge:
    return show(service, held)


@pytest.mark.parametrize("ending", list(KINDS))
def test_a_shown_badge_is_had_as_a_file(client: TestClient, shown: Badge, ending: str):
    answer = client.get(f"/b/{shown.code}.{ending}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == KINDS[ending]
    assert answer.headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize("ending", list(KINDS))
def test_a_hidden_badge_is_had_by_its_holder_alone(client: TestClient, held: Badge, ending: str):
    answer = client.get(f"/b/{held.code}.{ending}")
    assert (answer.status_code, answer.json()["error"]) == (403, "hidden-badge")
    client.cookies.set(OWNER_COOKIE, COOKIE)
    assert client.get(f"/b/{held.code}.{ending}").status_code == 200


@pytest.mark.parametrize("ending", list(KINDS))
def test_an_unknown_code_has_no_files(client: TestClient, ending: str):
    answer = client.get(f"/b/22222222.{ending}")
    assert (answer.status_code, answer.json()["error"]) == (404, "unknown-badge")


@pytest.mark.parametrize("ending", ["pdf", "png", "svg"])
def test_no_paper_of_what_is_withdrawn(
    client: TestClient, service: Service, shown: Badge, *, ending: str
):
    withdraw(service, shown, "suspended")
    answer = client.get(f"/b/{shown.code}.{ending}")
    assert (answer.status_code, answer.json()["phrase"]) == (410, "badge.word.paused")


def test_verifiers_read_what_is_cancelled_and_find_it_in_the_list(
    client: TestClient, service: Service, shown: Badge
):
    withdraw(service, shown, "revoked")
    document = client.get(f"/b/{shown.code}.json").json()
    status = document["credentialStatus"]
    answer = client.get(status["statusListCredential"].removeprefix(service.origin))
    assert answer.headers["access-control-allow-origin"] == "*"
    published = answer.json()
    assert verify(published, service.key.public_keys[service.key.id])
    bits = decoded(published["credentialSubject"]["encodedList"])
    assert bits.is_set(int(status["statusListIndex"]))


def test_a_token_names_the_address_of_its_key(client: TestClient, service: Service, shown: Badge):
    token = client.get(f"/b/{shown.code}.jwt").text
    kid = token_key_id(token)
    assert client.get(kid.removeprefix(service.origin)).json()["kid"] == kid
    key = service.keys.jwt
    document = json.loads(shown.credential)
    del document["proof"]
    assert opened_jwt(token, key.public_keys[key.id]) == document


def test_the_picture_carries_the_credential(client: TestClient, shown: Badge):
    for ending in ("png", "svg", "pdf"):
        assert taken_from(client.get(f"/b/{shown.code}.{ending}").content) == shown.credential


def test_the_statement_on_paper_is_signed(service: Service, shown: Badge):
    said = opened(badges.statement_address(shown, office=service.office), service.key.public_keys)
    assert (said.code, said.competence, said.language) == (shown.code, "MC3", "fr")
    assert said.index == 131_072 + shown.list_index


@pytest.mark.parametrize(
    "address", ["/status/0/revocation", "/status/9/revocation", "/keys/x.json"]
)
def test_what_is_not_there_is_not_found(client: TestClient, address: str):
    assert client.get(address).status_code == 404


def test_a_purpose_that_is_none_is_refused(client: TestClient):
    assert client.get("/status/1/refresh").status_code == 422


@pytest.mark.parametrize("ending", ["pdf", "png", "svg"])
def test_a_file_is_drawn_once_for_each_language(
    client: TestClient, service: Service, shown: Badge, *, ending: str
):
    address = f"/b/{shown.code}.{ending}"
    first = client.get(address, params={"lang": "es"}).content
    size = service.drawings.byte_size
    assert size == len(first)
    for language in ("es", "ES!", "tlh"):  # the last two are drawn in English
        client.get(address, params={"lang": language})
    again = client.get(address, params={"lang": "en"}).content
    assert again != first
    assert service.drawings.byte_size == size + len(again)
    assert client.get(address, params={"lang": "es"}).content == first


def test_what_is_kept_is_not_given_out_once_the_badge_is_withdrawn_or_hidden(
    client: TestClient, service: Service, shown: Badge
):
    address = f"/b/{shown.code}.png"
    assert client.get(address).status_code == 200
    withdraw(service, shown, "suspended")
    assert client.get(address).status_code == 410


def test_a_corrected_name_is_drawn_anew(client: TestClient, service: Service, shown: Badge):
    before = client.get(f"/b/{shown.code}.pdf").content
    with service.database.writing.begin() as session:
        details = badges.Details(holder_name="Ana Ejemplo")
        new = badges.reissue(
            session, shown.code, author="Rosa", office=service.office, details=details
        )
    show(service, new)
    after = client.get(f"/b/{new.code}.pdf").content
    assert b"Ana Ejemplo" in taken_from(after).encode()
    assert after != before
