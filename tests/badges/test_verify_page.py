"""verify.html is one file that holds what it needs and asks nobody for anything."""

import json
import re
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voice_app.scoring.badges.credential import CONTEXTS
from voice_app.scoring.badges.did import key_id
from voice_app.scoring.badges.status_list import StatusList
from voice_app.scoring.badges.verifier import MODULES, STATES, KnownIssuer, verifier_page
from voice_app.settings import web_folder

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ORIGIN = "https://badges.example"
LIST = f"{ORIGIN}/status/1/revocation"
# Measured: 287 kB, of which 197 are the JSON-LD library.
MOST_BYTES = 330_000


@pytest.fixture(scope="module")
def page() -> str:
    public_key = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key()
    known = KnownIssuer(
        did="did:web:badges.example",
        name="</script><b>Us",
        origin=ORIGIN,
        keys={key_id(public_key): public_key},
        jwks=({"kty": "RSA", "kid": f"{ORIGIN}/keys/jwt-1.json"},),
    )
    lists = {LIST: StatusList().with_set([0, 9, 131_071])}
    return verifier_page(known, lists, at=AT, folder=web_folder() / "static")


def carried(page: str) -> dict:
    found = re.search(r'<script type="application/json" data-part="known">(.*?)</script>', page)
    assert found is not None
    return json.loads(found[1])


def test_it_carries_our_keys_the_withdrawn_places_and_their_date(page: str):
    known = carried(page)
    assert known["keys"] == {"key-56475aa75463474c": "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"}
    assert known["lists"] == {LIST: [0, 9, 131_071]}
    assert known["at"] == "2026-11-22T10:00:00Z"
    assert list(known["contexts"]) == list(CONTEXTS)
    assert known["name"] == "</script><b>Us"


def test_it_is_one_file_that_may_ask_nobody(page: str):
    assert "default-src 'none'" in page
    assert not re.search(r"<(link|img|iframe|script src)", page)
    assert not re.search(r"""^(import .* from "\.|export )""", page, re.MULTILINE)
    assert page.count("<script") == 3


def test_every_module_and_sign_is_inside(page: str):
    for state in STATES:
        assert f'data-part="sign-{state}"' in page
    folder = web_folder() / "static/verify"
    assert {path.stem for path in folder.glob("*.js")} == {*MODULES, "page"}


def test_it_stays_small_enough_to_keep_on_a_phone(page: str):
    assert len(page.encode()) < MOST_BYTES
