"""A badge of a running service, verified by openbadgeslib in an environment of its own."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.oracle import ask
from tests.scoring.badges.leaves import changed_at, leaves
from voice_app.models import Badge


@pytest.fixture
def published(client: TestClient, badge: Badge, tmp_path: Path) -> tuple[dict, Path]:
    issuer = tmp_path / "did.json"
    issuer.write_bytes(client.get("/.well-known/did.json").content)
    answer = client.get(f"/b/{badge.code}", headers={"Accept": "application/vc+ld+json"})
    return answer.json(), issuer


def test_a_badge_is_real_for_an_implementation_that_is_not_ours(published: tuple[dict, Path]):
    document, issuer = published
    assert ask(document, issuer) == (0, {"real": True, "issuer": "did:web:localhost%3A8000"})


@pytest.mark.parametrize("name", ["status", "narrative", "validFrom", "id"])
def test_a_changed_badge_is_not(published: tuple[dict, Path], name: str):
    document, issuer = published
    path, value = next(leaf for leaf in leaves(document) if leaf[0][-1] == name)
    other = "2020-01-01T00:00:00Z" if name == "validFrom" else f"{value}x"
    code, found = ask(changed_at(document, path, other), issuer)
    assert code == 1
    assert not found["real"]


def test_a_badge_signed_with_another_key_is_not(published: tuple[dict, Path]):
    document, issuer = published
    keys = json.loads(issuer.read_text(encoding="utf-8"))
    keys["verificationMethod"][0]["publicKeyMultibase"] = (
        "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    )
    issuer.write_text(json.dumps(keys), encoding="utf-8")
    assert ask(document, issuer).code == 1
