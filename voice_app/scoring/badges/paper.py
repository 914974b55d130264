"""The badge on paper: a page that a person keeps for years, and cards for a whole cohort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from voice_app.scoring.badges.award import FULL, UNSUPERVISED, Assessed
from voice_app.scoring.badges.paper_wording import PaperWording, paper_wording
from voice_app.scoring.badges.qr import qr
from voice_app.scoring.badges.statement import shown_name
from voice_app.scoring.badges.typesetting import date_values, is_printable, pdf
from voice_app.scoring.badges.wording import wording_for


@dataclass(frozen=True)
class Sheet:
    """What stands on paper about one badge. It has no place for marks and standing.

    `code` is the eight characters, `names` the micro-competence's names by language,
    `own_name` what the employer language calls itself, `address` the text of the QR,
    `check_at` where a code can be typed (such as `badges.example.org/verify`), `picture` the
    micro-competence's SVG. `holder` stands there only with consent, `contact` is an e-mail
    address or a telephone number, `credential` the signed document, carried along in the PDF.
    """

    code: str
    competence: str
    names: Mapping[str, str]
    employer_language: str
    own_name: str
    issued_on: date
    issuer: str
    address: str
    check_at: str
    picture: bytes
    holder: str | None = None
    expires_on: date | None = None
    assessed: Assessed = UNSUPERVISED
    contact: str | None = None
    credential: str | None = None


def paper(sheet: Sheet, *, size: Literal["A5", "A6"], languages: tuple[str, str]) -> bytes:
    """Set one badge as tagged PDF/UA-1; `languages` are the holder's and the employer's.

    The employer's comes first and large, the holder's under it. Languages we do not write
    become English. A name with letters no font of ours has gets a line to write it on by hand.
    Raises `PaperError`.
    """
    values = sheet_values(sheet, language=languages[1])
    holders = _second_language(sheet, languages)
    return pdf("paper.typ", values | {"size": size.lower(), "second": holders})


def contact_sheet(
    sheets: Sequence[Sheet], *, size: Literal["A4"] = "A4", language: str = "en"
) -> bytes:
    """Set many badges as cards of a wallet's size, ten a page, in the order given.

    `language` is the one of the page's own words; each card speaks its employer's language.
    Raises `PaperError`.
    """
    words = paper_wording(language)
    cards = [sheet_values(sheet, language=sheet.employer_language) for sheet in sheets]
    return pdf(
        "cards.typ",
        {
            "size": size.lower(),
            "language": words.language,
            "title": words.cards,
            "cut": words.cut,
            "date": date_values(max((sheet.issued_on for sheet in sheets), default=date.min)),
            "cards": cards,
        },
    )


def sheet_values(sheet: Sheet, *, language: str) -> dict[str, Any]:
    """Give what a template needs of a sheet, with its sentences in one language."""
    words = paper_wording(language)
    code = qr(sheet.address)
    holder = shown_name(sheet.holder)
    printable = holder if holder and is_printable(holder) else None
    return {
        "language": words.language,
        "code": f"{sheet.code[:4]}-{sheet.code[4:]}",
        "holder": printable,
        "write_name": words.write_name if holder and not printable else None,
        "date": date_values(sheet.issued_on),
        "picture": sheet.picture.decode(),
        "qr": code.svg,
        "modules": code.modules,
        "address": sheet.address,
        "credential": sheet.credential,
        "words": _sentences(sheet, words, who=printable or words.somebody),
    }


def _second_language(sheet: Sheet, languages: tuple[str, str]) -> dict[str, Any] | None:
    holders, employers = (paper_wording(language) for language in languages)
    if holders.language == employers.language:
        return None
    holder = shown_name(sheet.holder)
    who = holder if holder and is_printable(holder) else holders.somebody
    return {"language": holders.language, "words": _sentences(sheet, holders, who=who)}


def _sentences(sheet: Sheet, words: PaperWording, *, who: str) -> dict[str, str | None]:
    spoken = wording_for(words.language).languages.get(sheet.employer_language, sheet.own_name)
    name = f"{_name(sheet.names, words.language)} ({spoken})"
    claim = words.claims.get(sheet.competence, "{who}: {name}")
    passed = words.earned if sheet.competence == FULL else words.passed
    ends = sheet.expires_on
    return {
        "badge": words.badge,
        "name": name,
        "claim": claim.format(who=who, language=spoken, name=name),
        "passed": passed.format(date=words.day(sheet.issued_on)),
        "day": words.day(sheet.issued_on),
        "good_until": None if ends is None else words.good_until.format(date=words.day(ends)),
        "watched": words.watched[sheet.assessed.is_supervised],
        "identified": words.identified[sheet.assessed.is_identity_checked],
        "scan": words.scan,
        "or_type": words.or_type.format(check_at=sheet.check_at),
        "given_by": words.given_by.format(issuer=sheet.issuer),
        "contact": sheet.contact and words.contact.format(contact=sheet.contact),
        "lost": words.lost,
        "picture": words.picture.format(name=name),
        "qr": words.qr.format(code=f"{sheet.code[:4]}-{sheet.code[4:]}"),
    }


def _name(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names.get("en") or next(iter(names.values()))
