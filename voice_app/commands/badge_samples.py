"""`voice-app badges sample`: badges good and bad, signed by throw-away keys, for any verifier."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voice_app.badge_keys import BadgeKey, TokenKey
from voice_app.badge_keys.purposes import id_of, new_rsa
from voice_app.badges import Details, Office, list_address, sheet_of, statement_address
from voice_app.badges.giving import NOTHING_MORE, Draft, award_of, signed
from voice_app.dialogues.content import Content
from voice_app.dialogues.loader import load_content
from voice_app.models import Badge
from voice_app.scoring.badges.award import Issuer
from voice_app.scoring.badges.baking import bake
from voice_app.scoring.badges.credential import Document
from voice_app.scoring.badges.did import did_document, did_web, verification_method
from voice_app.scoring.badges.european import european
from voice_app.scoring.badges.jwt import jwk, signed_jwt
from voice_app.scoring.badges.paper import paper
from voice_app.scoring.badges.picture import picture_png
from voice_app.scoring.badges.signing import sign
from voice_app.scoring.badges.status_list import Purpose, StatusList, list_credential
from voice_app.settings import Settings, web_folder

_HOLDER = "urn:uuid:6f1d3a52-9f0e-4d0b-8a57-2c1f7f3f1b11"
_LANGUAGE = "fr"
_INDEXES = {"good": 4217, "revoked": 90_001, "suspended": 63_500, "expired": 11}
_CODES = {
    "good": "22222222",
    "revoked": "33333333",
    "suspended": "44444444",
    "expired": "55555555",
}
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Sampler:
    """An office with keys of its own that are forgotten afterwards."""

    office: Office
    token_key: TokenKey
    pictures: Path

    def draft(self, name: str) -> Draft:
        """Give the draft of a sample by name."""
        expires = self.office.clock() - timedelta(days=1) if name == "expired" else None
        return Draft(
            code=_CODES[name],
            place=(1, _INDEXES[name]),
            holder_id=_HOLDER,
            attempt_id="sample",
            micro_competence="MC3",
            employer_language=_LANGUAGE,
            details=NOTHING_MORE if expires is None else Details(expires_at=expires),
        )

    def badge(self, name: str) -> Badge:
        """Give a sample by name, signed; an expired one was given two years ago."""
        if name != "expired":
            return signed(self.draft(name), office=self.office)
        then = self.office.clock() - 2 * _YEAR
        return signed(self.draft(name), office=_at(self.office, then))


@click.command("sample")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--origin", default="https://badges.example", show_default=True)
def sample(out: Path, origin: str) -> None:
    """Write badges that are good, cancelled, paused and too old into --out, and their keys."""
    settings = Settings()
    sampler = _sampler(load_content(settings.content_folder), settings, origin=origin)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in _files(sampler).items():
        (out / name).write_bytes(content)
        click.echo(out / name)


def _sampler(content: Content, settings: Settings, *, origin: str) -> Sampler:
    did = did_web(origin)
    issuer = Issuer(did, settings.issuer_name, origin, settings.issuer_country)
    now = datetime.now(UTC).replace(microsecond=0)
    office = Office(content, _badge_key(), issuer, origin, lambda: now)
    return Sampler(office, _token_key(), web_folder() / "pictures")


def _badge_key() -> BadgeKey:
    private = Ed25519PrivateKey.generate()
    name = id_of(private.public_key())
    return BadgeKey(name, private, {name: private.public_key()})


def _token_key() -> TokenKey:
    private = new_rsa()
    name = id_of(private.public_key())
    return TokenKey(name, private, {name: private.public_key()})


def _at(office: Office, moment: datetime) -> Office:
    return Office(office.content, office.key, office.issuer, office.origin, lambda: moment)


def _files(sampler: Sampler) -> Mapping[str, bytes]:
    office = sampler.office
    good = sampler.badge("good")
    sheet = sheet_of(good, office=office, pictures=sampler.pictures)
    kid = f"{office.origin}/keys/{sampler.token_key.id}.json"
    award = award_of(sampler.draft("good"), office=office, now=office.clock())
    documents: dict[str, Document] = {
        "did.json": did_document(office.issuer.did, office.key.public_keys),
        "jwk.json": jwk(sampler.token_key.private_key.public_key(), kid),
        "status.json": _list(office, "revocation", names=("revoked", "suspended")),
        "suspension.json": _list(office, "suspension", names=("suspended",)),
        "elm.json": european(award),
    }
    token = signed_jwt(json.loads(good.credential), sampler.token_key.private_key, kid=kid)
    return {
        **{f"{name}.json": _credential(sampler, name, good=good) for name in _CODES},
        **{name: json.dumps(one, indent=2).encode() for name, one in documents.items()},
        "good.jwt": token.encode(),
        "good.pdf": paper(sheet, size="A5", languages=("es", _LANGUAGE)),
        "good.png": bake(picture_png(sheet, language=_LANGUAGE), good.credential),
        "qr.txt": statement_address(good, office=office).encode(),
    }


def _credential(sampler: Sampler, name: str, *, good: Badge) -> bytes:
    badge = good if name == "good" else sampler.badge(name)
    return badge.credential.encode()


def _list(office: Office, purpose: Purpose, *, names: tuple[str, ...]) -> Document:
    """Sign the list in which these samples are withdrawn."""
    now = office.clock()
    document = list_credential(
        list_address(office.origin, 1),
        StatusList().with_set(_INDEXES[name] for name in names),
        purpose=purpose,
        issuer=office.issuer,
        at=now,
    )
    method = verification_method(office.issuer.did, office.key.id)
    return sign(document, office.key.private_key, verification_method=method, created=now)
