"""What `voice-app badges sample` writes for anybody's verifier, given to these."""

import json
from base64 import urlsafe_b64decode
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from PIL import Image

from tests.badges import test_credential, test_european
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


def test_every_file_is_there(samples: Path):
    assert {path.name for path in samples.iterdir()} == {
        *("good.json", "revoked.json", "suspended.json", "expired.json"),
        *("good.jwt", "good.pdf", "good.png", "qr.txt", "elm.json"),
        *("did.json", "jwk.json", "status.json", "suspension.json"),
    }


@pytest.mark.parametrize("path", test_credential.schemas(), ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["good", "revoked", "suspended", "expired"])
def test_a_sample_fits_the_schemas(samples: Path, path: Path, name: str):
    assert test_credential.objections(read(samples, f"{name}.json"), path) == []


@pytest.mark.parametrize("model", test_european.MODELS)
def test_the_european_copy_conforms(samples: Path, model: str):
    """Only what a seal would add is missing, the seal's identifier: this copy is not sealed."""
    document = read(samples, "elm.json")
    context, shapes = test_european.MODELS[model]
    assert len(test_european.graph(document, context)) >= test_european.LEAST_TRIPLES - 2
    found = test_european.objections(document, context, shapes)
    assert found == [test_european.SEAL, "issuer"]


def test_the_picture_carries_the_good_badge_as_anybody_reads_it(samples: Path):
    with Image.open(samples / "good.png") as picture:
        picture.load()
        assert picture.text["openbadgecredential"] == text(samples, "good.json")


def test_the_paper_is_tagged_and_carries_the_good_badge(samples: Path):
    with pikepdf.open(samples / "good.pdf") as paper:
        assert str(paper.Root.Lang) == "fr"
        assert paper.Root.MarkInfo.Marked
        assert str(paper.docinfo.Title)
        (attached,) = paper.attachments.values()
        assert attached.get_file().read_bytes().decode() == text(samples, "good.json")


def test_the_square_on_the_paper_is_the_text_beside_it(samples: Path):
    with pypdfium2.PdfDocument(samples / "good.pdf") as paper:
        page = paper[0].render(scale=150 / 72).to_pil()
    (square,) = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    assert square.text == text(samples, "qr.txt").strip()


def test_the_text_of_the_square_is_signed_by_the_key_beside_it(samples: Path):
    """Read as docs/badge-statement.md says, with nothing of ours."""
    address, _, sealed = text(samples, "qr.txt").strip().partition("#v1.")
    assert address == read(samples, "good.json")["id"]
    whole = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    body, signature = whole[:-64], whole[-64:]
    (method,) = read(samples, "did.json")["verificationMethod"]
    assert method["id"].endswith(f"#key-{body[:8].hex()}")
    key = Ed25519PublicKey.from_public_bytes(_decoded(method["publicKeyMultibase"])[2:])
    key.verify(signature, b"MyCred4Home badge statement v1\n" + body)
    assert address.endswith(body[8:16].decode())


def _decoded(multibase: str) -> bytes:
    """Base58 as Bitcoin writes it, behind a `z`."""
    letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = sum(
        letters.index(letter) * 58**place for place, letter in enumerate(reversed(multibase[1:]))
    )
    return number.to_bytes(34)


def text(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def read(folder: Path, name: str) -> dict:
    return json.loads((folder / name).read_text(encoding="utf-8"))
