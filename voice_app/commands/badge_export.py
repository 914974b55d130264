"""`voice-app badges export`: badges as files, to print, to hand out and to keep for good."""

import json
from pathlib import Path
from typing import Literal

import click
from sqlalchemy import select

from voice_app.badges import StatusLists, all_bits, events_of, find, folded, sheet_of
from voice_app.badges.bulk import Handled
from voice_app.badges.lists import numbers
from voice_app.commands.badge_desk import Desk, Line, lines_of, open_desk, run
from voice_app.models import Badge
from voice_app.scoring.badges.did import did_document
from voice_app.scoring.badges.jwt import jwk, signed_jwt
from voice_app.scoring.badges.paper import contact_sheet, paper
from voice_app.scoring.badges.status_list import PURPOSES
from voice_app.scoring.badges.verifier import KnownIssuer, verifier_page
from voice_app.settings import web_folder

Size = Literal["A5", "A6"]


@click.command("export")
@click.argument("codes", nargs=-1)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--from", "files", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--all", "is_all", is_flag=True, help="Every badge there is.")
@click.option("--paper", "size", type=click.Choice(["A5", "A6"]), help="One PDF a badge.")
@click.option("--cards", "is_cards", is_flag=True, help="One PDF with ten badges a page.")
@click.option("--language", default="en", show_default=True, help="The holders' own language.")
@click.option("--verifier", "is_verifier", is_flag=True, help="verify.html, which needs nothing.")
def export(
    *,
    codes: tuple[str, ...],
    out: Path,
    files: tuple[Path, ...],
    size: Size | None,
    language: str,
    is_all: bool,
    is_cards: bool,
    is_verifier: bool,
) -> None:
    """Write badges by CODE with all that verifies them: keys, status lists, DID document.

    Paper is written only of badges that are good.
    """
    out.mkdir(parents=True, exist_ok=True)
    with open_desk() as desk:
        _write_issuer(desk, out, is_verifier=is_verifier)
        lines = lines_of(codes, files) + (_all(desk) if is_all else [])
        if is_cards:
            _write_cards(desk, out / "cards.pdf", lines, language=language)
        if lines or not is_verifier:
            run(lines, lambda line: _export(desk, out, line, size=size, language=language))


def _export(desk: Desk, out: Path, line: Line, *, size: Size | None, language: str) -> Handled:
    badge = _found(desk, line)
    if badge is None:
        return Handled(line.id, "refused", why="No badge has this code.")
    (out / f"{badge.code}.json").write_text(badge.credential, encoding="utf-8")
    (out / f"{badge.code}.jwt").write_text(_token(desk, badge), encoding="utf-8")
    if size is not None and _is_good(desk, badge):
        sheet = sheet_of(badge, office=desk.office, pictures=web_folder() / "pictures")
        printed = paper(sheet, size=size, languages=(language, badge.employer_language))
        (out / f"{badge.code}.pdf").write_bytes(printed)
    return Handled(line.id, "done", badge.code)


def _token(desk: Desk, badge: Badge) -> str:
    key = desk.keys.jwt
    kid = f"{desk.office.origin}/keys/{key.id}.json"
    return signed_jwt(json.loads(badge.credential), key.private_key, kid=kid)


def _found(desk: Desk, line: Line) -> Badge | None:
    with desk.database.reading.begin() as session:
        return find(session, line.id)


def _is_good(desk: Desk, badge: Badge) -> bool:
    with desk.database.reading.begin() as session:
        events = events_of(session, badge.code)
        return folded(badge, events, now=desk.office.clock()).is_good


def _all(desk: Desk) -> list[Line]:
    with desk.database.reading.begin() as session:
        codes = select(Badge.code).order_by(Badge.issued_at, Badge.code)
        return [Line(code) for code in session.scalars(codes)]


def _write_cards(desk: Desk, path: Path, lines: list[Line], *, language: str) -> None:
    badges = (_found(desk, line) for line in lines)
    sheets = [
        sheet_of(badge, office=desk.office, pictures=web_folder() / "pictures")
        for badge in badges
        if badge is not None and _is_good(desk, badge)
    ]
    if sheets:
        path.write_bytes(contact_sheet(sheets, language=language))


def _write_issuer(desk: Desk, out: Path, *, is_verifier: bool) -> None:
    """Write what a verifier needs besides the badges, as the service serves it."""
    office = desk.office
    files = {"did.json": json.dumps(did_document(office.issuer.did, desk.keys.published))}
    files |= {f"{one['kid'].rpartition('/')[2]}": json.dumps(one) for one in _jwks(desk)}
    lists = StatusLists(office)
    with desk.database.reading.begin() as session:
        for number in numbers(session):
            for purpose in PURPOSES:
                name = f"status-{number}-{purpose}.json"
                files[name] = lists.published(session, number, purpose=purpose)
        if is_verifier:
            files["verify.html"] = verifier_page(
                _issuer(desk),
                all_bits(session, origin=office.origin),
                at=office.clock(),
                folder=web_folder() / "static",
            )
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")


def _issuer(desk: Desk) -> KnownIssuer:
    issuer = desk.office.issuer
    keys = desk.keys.badge.public_keys
    return KnownIssuer(issuer.did, issuer.name, desk.office.origin, keys, _jwks(desk))


def _jwks(desk: Desk) -> list[dict[str, str]]:
    return [
        jwk(key, f"{desk.office.origin}/keys/{name}.json")
        for name, key in desk.keys.jwt.public_keys.items()
    ]
