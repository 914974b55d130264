"""The badge as a picture for a CV or a message: what a paper says, in one glance."""

from html import escape

from voice_app.scoring.badges.paper import Sheet, sheet_values
from voice_app.scoring.badges.typesetting import png, svg

# Four by 2.1 inches at 300 dots an inch, and the shape that previews of links have.
WIDTH, HEIGHT = 1200, 630


def picture_png(sheet: Sheet, *, language: str, scale: float = 1.0) -> bytes:
    """Draw a badge as PNG of 1200 by 630 pixels times `scale`. Raises `PaperError`."""
    return png("picture.typ", sheet_values(sheet, language=language), dots_an_inch=72 * scale)


def picture_svg(sheet: Sheet, *, language: str) -> str:
    """Draw a badge as SVG; its letters are drawn, and its title says them. Raises `PaperError`."""
    values = sheet_values(sheet, language=language)
    said = escape(f"{values['words']['claim']} {values['words']['passed']} {values['code']}")
    start, opening, rest = svg("picture.typ", values).partition("<svg ")
    inside = rest.index(">") + 1
    root = f'{opening}role="img" {rest[:inside]}<title>{said}</title>'
    return start + root + rest[inside:]
