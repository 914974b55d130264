"""`voice-app badges verify`: what a file is, checked without any network."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from voice_app.badge_keys import KeyRing
from voice_app.badges import Office, standing
from voice_app.commands.badge_desk import Desk, open_desk
from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.checking import Checked, OurKeys, check
from voice_app.scoring.badges.credential import Document
from voice_app.scoring.badges.did_keys import key_in, key_of_jwk
from voice_app.scoring.badges.signing import verify
from voice_app.scoring.badges.statement import opened
from voice_app.scoring.badges.status_list import ENTRIES, StatusList, decoded

_STATES = {"suspension": "paused", "revocation": "cancelled"}
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@dataclass(frozen=True)
class Known:
    """Whose keys are trusted, and the lists that were given, by address."""

    ours: OurKeys
    lists: Mapping[str, StatusList]


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--did", type=_FILE, help="An issuer's DID document, instead of our own keys.")
@click.option("--jwk", "jwks", multiple=True, type=_FILE, help="A key that signs its tokens.")
@click.option("--status", "lists", multiple=True, type=_FILE, help="A status list of the issuer.")
def verify_files(
    *, files: tuple[Path, ...], did: Path | None, jwks: tuple[Path, ...], lists: tuple[Path, ...]
) -> None:
    """Say of FILES (JSON, token, PNG, SVG, PDF, text of a QR) whether the badge in them is real.

    One JSON line each; exit code 1 when one of them is not. Nothing is ever fetched.
    """
    said = _by_ourselves(files) if did is None else _by_files(files, did, jwks=jwks, lists=lists)
    for line in said:
        click.echo(json.dumps(line, ensure_ascii=False))
    if any(line["state"] not in {"real", "intact"} for line in said):
        raise SystemExit(1)


def _by_ourselves(files: Sequence[Path]) -> list[dict[str, Any]]:
    with open_desk() as desk:
        ours = _our_keys(desk.keys, desk.office)
        return [_told(one, ours, desk=desk) for one in files]


def _our_keys(keys: KeyRing, office: Office) -> OurKeys:
    tokens = {
        f"{office.origin}/keys/{name}.json": key for name, key in keys.jwt.public_keys.items()
    }
    return OurKeys(office.issuer.did, keys.badge.public_keys, tokens)


def _told(file: Path, ours: OurKeys, *, desk: Desk) -> dict[str, Any]:
    """Tell what a file is; of a badge of ours, how it stands in our rows."""
    now = desk.office.clock()
    checked = _checked(file, ours, now)
    if isinstance(checked, str):
        return {"file": str(file), "state": "unknown", "why": checked}
    if checked.verdict != "ours" or checked.code is None:
        return _line(file, checked, state=checked.verdict)
    with desk.database.reading.begin() as session:
        found = standing(session, checked.code, office=desk.office, now=now, is_holder=True)
    return _line(file, checked, state=found.state) | _why(found.reason)


def _by_files(
    files: Sequence[Path], did: Path, *, jwks: Sequence[Path], lists: Sequence[Path]
) -> list[dict[str, Any]]:
    """Check with nothing but the files that were given."""
    now = datetime.now(UTC)
    known = _known(_read(did), [_read(one) for one in jwks], [_read(one) for one in lists])
    return [_told_of_file(one, known, now) for one in files]


def _told_of_file(file: Path, known: Known, now: datetime) -> dict[str, Any]:
    checked = _checked(file, known.ours, now)
    if isinstance(checked, str):
        return {"file": str(file), "state": "unknown", "why": checked}
    if checked.verdict != "ours":
        return _line(file, checked, state=checked.verdict)
    if checked.document is None:
        return _line(file, checked, state=_state_of_statement(file, known, now))
    return _line(file, checked, state=_state_of_document(checked.document, known, now))


def _checked(file: Path, ours: OurKeys, now: datetime) -> Checked | str:
    try:
        return check(file.read_bytes(), ours=ours, now=now)
    except VoiceAppError as error:
        return str(error)


def _line(file: Path, checked: Checked, *, state: str) -> dict[str, Any]:
    told = {"code": checked.code, "name": checked.name, "issuer": checked.issuer}
    kept = {name: value for name, value in told.items() if value is not None}
    return {"file": str(file), "state": state, **kept, **_why(checked.why)}


def _why(why: str | None) -> dict[str, str]:
    return {} if why is None else {"why": why}


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise click.ClickException(f"{path} is no JSON.") from error


def _known(did: Any, jwks: Sequence[Any], lists: Sequence[Any]) -> Known:
    try:
        keys = {
            str(one["id"]).partition("#")[2]: key_in(f"did:key:{one['publicKeyMultibase']}")
            for one in did["verificationMethod"]
        }
        trusted = {n: key for n, key in keys.items() if isinstance(key, Ed25519PublicKey)}
        tokens = {str(one["kid"]): key_of_jwk(one) for one in jwks}
        signers = {n: key for n, key in tokens.items() if isinstance(key, RSAPublicKey)}
        ours = OurKeys(str(did["id"]), trusted, signers)
        return Known(ours, dict(_list(one, trusted) for one in lists))
    except (KeyError, TypeError, VoiceAppError) as error:
        raise click.ClickException(f"The issuer's files cannot be used: {error}") from error


def _list(document: Any, keys: Mapping[str, Ed25519PublicKey]) -> tuple[str, StatusList]:
    name = str(document["proof"][0]["verificationMethod"]).partition("#")[2]
    if not verify(document, keys[name]):
        raise click.ClickException(f"{document['id']} was changed, or is not this issuer's.")
    return str(document["id"]), decoded(str(document["credentialSubject"]["encodedList"]))


def _state_of_document(document: Document, known: Known, now: datetime) -> str:
    named = document.get("credentialStatus", [])
    until = document.get("validUntil")
    is_old = until is not None and datetime.fromisoformat(until) <= now
    for entry in named if isinstance(named, list) else [named]:
        folder = str(entry["statusListCredential"]).rpartition("/")[0]
        state = _listed(folder, int(entry["statusListIndex"]), known)
        if state != "real":
            return _aged(state, is_old=is_old)
    return _aged("real", is_old=is_old)


def _state_of_statement(file: Path, known: Known, now: datetime) -> str:
    statement = opened(file.read_text(encoding="utf-8"), known.ours.keys)
    is_old = statement.expires_on is not None and statement.expires_on < now.date()
    if statement.index is None:
        return _aged("real", is_old=is_old)
    number, index = divmod(statement.index, ENTRIES)
    folders = (address.rpartition("/")[0] for address in known.lists)
    folder = next((one for one in folders if one.endswith(f"/status/{number}")), "")
    return _aged(_listed(folder, index, known), is_old=is_old)


def _aged(state: str, *, is_old: bool) -> str:
    """Give the state of a badge that may be too old, which no list is needed for."""
    return "expired" if is_old and state in {"real", "unchecked"} else state


def _listed(folder: str, index: int, known: Known) -> str:
    """Give the state that the lists in one folder say; a paused badge stands in both.

    Without the list of what is withdrawn nobody can tell.
    """
    for purpose, state in _STATES.items():
        bits = known.lists.get(f"{folder}/{purpose}")
        if bits is not None and bits.is_set(index):
            return state
    return "real" if f"{folder}/revocation" in known.lists else "unchecked"
