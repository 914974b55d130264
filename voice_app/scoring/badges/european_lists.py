"""Entries of Europe's lists of countries, languages and kinds, as linked data names them."""

from typing import Any

from voice_app.errors import VoiceAppError
from voice_app.scoring.badges.alignments import EU

Concept = dict[str, Any]

_AUTHORITY = "http://publications.europa.eu/resource/authority"
# Europe's lists end in the three letters of ISO 3166; badges are issued with two.
_COUNTRIES = {
    code[:2]: code[3:]
    for code in """
AT:AUT BE:BEL BG:BGR CH:CHE CY:CYP CZ:CZE DE:DEU DK:DNK EE:EST ES:ESP FI:FIN FR:FRA GB:GBR
GR:GRC HR:HRV HU:HUN IE:IRL IS:ISL IT:ITA LI:LIE LT:LTU LU:LUX LV:LVA MT:MLT NL:NLD NO:NOR
PL:POL PT:PRT RO:ROU SE:SWE SI:SVN SK:SVK
""".split()  # noqa: SIM905 - a list of so many codes is read as a table
}
_LANGUAGES = {"en": "ENG", "es": "SPA", "fr": "FRA"}


class UnknownCountryError(VoiceAppError):
    """Europe's list of countries has no such entry that this service knows."""


def country(code: str) -> Concept:
    """Give a country by its two letters. Raises `UnknownCountryError`."""
    if code not in _COUNTRIES:
        raise UnknownCountryError(f"{code} is not a country that European credentials come from.")
    return _of_authority("country", _COUNTRIES[code])


def language(code: str) -> Concept | None:
    """Give a language by its two letters, or None for one that badges are not written in."""
    return _of_authority("language", _LANGUAGES[code]) if code in _LANGUAGES else None


def file_type(name: str) -> Concept:
    """Give a type of file, such as PNG."""
    return _of_authority("file-type", name)


def entry(address: str, label: str | None = None, *, written_in: str = "en") -> Concept:
    """Give an entry of a list of the Europass model; `address` is under .../snb/LIST/."""
    scheme = address.rsplit("/", 1)[0]
    return _concept(address, f"{scheme}/25831c2") | _labeled(label, written_in)


def skill(address: str, label: str, *, written_in: str) -> Concept:
    """Give a skill of ESCO."""
    scheme = "http://data.europa.eu/esco/concept-scheme/skills"
    return _concept(address, scheme) | _labeled(label, written_in)


GENERIC_PROFILE = f"{EU}/credential/e34929035b"
BASE64 = f"{EU}/encoding/6146cde7dd"
NON_FORMAL = f"{EU}/learning-setting/e207a81fc7"


def _of_authority(name: str, code: str) -> Concept:
    concept = _concept(f"{_AUTHORITY}/{name}/{code}", f"{_AUTHORITY}/{name}")
    return concept | {"notation": name}


def _concept(address: str, scheme: str) -> Concept:
    return {
        "id": address,
        "type": "Concept",
        "inScheme": {"id": scheme, "type": "ConceptScheme"},
    }


def _labeled(label: str | None, written_in: str) -> Concept:
    return {} if label is None else {"prefLabel": {written_in: label}}
