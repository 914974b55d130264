"""What `voice-app badges sample` writes for anybody's verifier, given to these."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.oracles.asking import Verifier
from voice_app.commands.badge_samples import sample


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    done = CliRunner().invoke(sample, ["--out", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def known(samples: Path) -> dict:
    published = [read(samples, name) for name in ("did.json", "status.json", "suspension.json")]
    return {document["id"]: document for document in published}


@pytest.mark.parametrize(
    ("name", "withdrawn"),
    [("good", []), ("revoked", ["revocation"]), ("suspended", ["revocation"])],
)
def test_a_sample_is_what_its_name_says(
    verifier: Verifier, samples: Path, known: dict, *, name: str, withdrawn: list[str]
):
    found = verifier.judge(read(samples, f"{name}.json"), known)
    assert found["real"], found["why"]
    assert found["set"] == withdrawn


def test_the_expired_sample_is_refused(verifier: Verifier, samples: Path, known: dict):
    found = verifier.judge(read(samples, "expired.json"), known)
    assert not found["real"]
    assert "validUntil" in found["why"]


def test_the_token_is_good_with_the_key_beside_it(jose: Verifier, samples: Path):
    text = (samples / "good.jwt").read_text(encoding="utf-8")
    issuer = read(samples, "did.json")["id"]
    found = jose.ask(text=text.strip(), jwk=read(samples, "jwk.json"), issuer=issuer)
    assert found["real"], found["why"]
    assert found["payload"]["jti"] == read(samples, "good.json")["id"]


def read(folder: Path, name: str) -> dict:
    return json.loads((folder / name).read_text(encoding="utf-8"))
