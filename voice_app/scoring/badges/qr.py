"""A QR as a drawing: one path, no seams between its rows, read by any phone."""

from dataclasses import dataclass

import segno

# Rows overlap by a fiftieth of a module: viewers would else show hairlines between them.
_ROW_HEIGHT = 1.02
# White that readers need on every side.
QUIET_MODULES = 4


@dataclass(frozen=True)
class Qr:
    """A QR without its white border: `svg` is drawn one unit a module, `modules` units wide."""

    svg: str
    modules: int


def qr(text: str) -> Qr:
    """Draw `text` at error correction M, or better where that costs no room.

    Raises `ValueError` for more than about 2,300 bytes.
    """
    code = segno.make(text, error="m", micro=False)
    modules = len(code.matrix)
    path = "".join(_row(y, row) for y, row in enumerate(code.matrix))
    return Qr(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {modules} {modules}">'
        f'<path d="{path}"/></svg>',
        modules,
    )


def _row(y: int, row: bytearray) -> str:
    """Draw one row as a rectangle for each run of dark modules."""
    parts, start = [], None
    for x, is_dark in enumerate([*row, 0]):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            parts.append(f"M{start} {y}h{x - start}v{_ROW_HEIGHT}H{start}z")
            start = None
    return "".join(parts)
