"""What a badge is on paper and as a picture: its sheet, with the signed statement for the QR."""

from pathlib import Path

from voice_app.badges.correcting import details_of
from voice_app.badges.office import Office
from voice_app.models import Badge
from voice_app.scoring.badges.paper import Sheet
from voice_app.scoring.badges.statement import Statement, address, seal
from voice_app.scoring.badges.status_list import ENTRIES

_ANY_PICTURE = "ui-badge-mc3.svg"


def sheet_of(badge: Badge, *, office: Office, pictures: Path) -> Sheet:
    """Give the sheet of a badge; `pictures` is the folder of the micro-competences' SVGs."""
    details = details_of(badge)
    return Sheet(
        code=badge.code,
        competence=badge.micro_competence,
        names=office.content.micro_competences[badge.micro_competence].names,
        employer_language=badge.employer_language,
        own_name=office.content.languages[badge.employer_language].own_name,
        issued_on=badge.issued_at.date(),
        issuer=office.issuer.name,
        address=statement_address(badge, office=office),
        check_at=f"{office.origin.partition('://')[2]}/verify",
        picture=_picture(pictures, badge.micro_competence),
        holder=details.holder_name,
        expires_on=None if badge.expires_at is None else badge.expires_at.date(),
        contact=office.issuer.email,
        credential=badge.credential,
    )


def statement_address(badge: Badge, *, office: Office) -> str:
    """Give the text of a badge's QR: its address, and behind `#` what proves it offline.

    The statement is sealed with the key in use, also when the badge is older than that key.
    """
    sealed = seal(_statement(badge, key_id=office.key.id), office.key.private_key)
    return address(office.origin, sealed)


def _statement(badge: Badge, *, key_id: str) -> Statement:
    return Statement(
        code=badge.code,
        competence=badge.micro_competence,
        language=badge.employer_language,
        holder=details_of(badge).holder_name,
        issued_on=badge.issued_at.date(),
        expires_on=None if badge.expires_at is None else badge.expires_at.date(),
        index=_index(badge),
        key_id=key_id,
    )


def _index(badge: Badge) -> int | None:
    """Give the place among all status lists, as one number."""
    if badge.list_number is None or badge.list_index is None:
        return None
    return badge.list_number * ENTRIES + badge.list_index


def _picture(folder: Path, micro_competence: str) -> bytes:
    own = folder / f"ui-badge-{micro_competence.lower()}.svg"
    return (own if own.exists() else folder / _ANY_PICTURE).read_bytes()
