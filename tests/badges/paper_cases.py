"""Badges to be set on paper, as tests need them."""

from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voice_app.scoring.badges.did import key_id
from voice_app.scoring.badges.paper import Sheet
from voice_app.scoring.badges.statement import Statement, address, seal

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PICTURES = Path(__file__).parents[2] / "web" / "pictures"
ISSUED = date(2026, 11, 22)


def sealed_address(holder: str | None = "Ana Example", *, code: str = "7Q4K2M9X") -> str:
    statement = Statement(
        code=code,
        competence="MC3",
        language="fr",
        holder=holder,
        issued_on=ISSUED,
        expires_on=None,
        index=4711,
        key_id=key_id(KEY.public_key()),
    )
    return address("https://badges.example.org", seal(statement, KEY))


def sheet(holder: str | None = "Ana Example", *, code: str = "7Q4K2M9X", **more: object) -> Sheet:
    values = {
        "code": code,
        "competence": "MC3",
        "names": {
            "en": "Understand the employer's language",
            "fr": "Comprendre la langue de l'employeur",
            "es": "Comprender el idioma de quien le emplea",
        },
        "employer_language": "fr",
        "own_name": "français",
        "issued_on": ISSUED,
        "issuer": "MyCred4Home",
        "address": sealed_address(holder, code=code),
        "check_at": "badges.example.org/verify",
        "picture": (PICTURES / "ui-badge-mc3.svg").read_bytes(),
        "holder": holder,
        "contact": "bonjour@example.org",
    }
    return Sheet(**(values | more))
