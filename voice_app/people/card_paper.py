"""A candidate's card on paper: printed once, with what nobody keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from voice_app.dialogues.content import Language
from voice_app.people.pins import Pictures
from voice_app.scoring.badges.qr import qr
from voice_app.scoring.badges.typesetting import date_values, pdf

_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "title": "Carte pour entrer",
        "picture": "L'image de cette carte",
        "qr": "Code QR qui ouvre la page",
        "keep": "La personne garde cette carte.",
        "apart": "Couper ici. La personne garde ses cinq images loin de la carte.",
    },
    "es": {
        "title": "Tarjeta para entrar",
        "picture": "La imagen de esta tarjeta",
        "qr": "Código QR que abre la página",
        "keep": "La persona guarda esta tarjeta.",
        "apart": "Cortar aquí. La persona guarda sus cinco imágenes lejos de la tarjeta.",
    },
    "en": {
        "title": "Card to come in",
        "picture": "The picture of this card",
        "qr": "QR code that opens the page",
        "keep": "The person keeps this card.",
        "apart": "Cut here. The person keeps the five pictures apart from the card.",
    },
}


@dataclass(frozen=True)
class CardSheet:
    """What stands on a card: `address` is the text of its QR, `picture` what tells it apart."""

    address: str
    picture: str
    tools: Pictures
    printed_on: date


def card_pdf(sheet: CardSheet, *, language: Language, pictures: Path) -> bytes:
    """Set a card as tagged PDF/UA-1, A5; `pictures` is the folder of the SVGs.

    The few words on it are for who cuts it. Raises `PaperError`.
    """
    words = _WORDS.get(language.code, _WORDS["en"])
    code = qr(sheet.address)
    tools = [{"picture": _svg(pictures, one), "name": _name(language, one)} for one in sheet.tools]
    return pdf(
        "candidate_card.typ",
        {
            "language": language.code if language.code in _WORDS else "en",
            "date": date_values(sheet.printed_on),
            "words": dict(words),
            "picture": _svg(pictures, sheet.picture),
            "qr": code.svg,
            "modules": code.modules,
            "tools": tools,
        },
    )


def _name(language: Language, tool: str) -> str:
    word = language.words.get(tool)
    return word.name if word else tool


def _svg(folder: Path, name: str) -> str:
    return (folder / f"{name}.svg").read_text(encoding="utf-8")
