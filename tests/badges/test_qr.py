"""The QR: a clean drawing that any reader reads."""

import re

import pytest
import segno
import typst
import zxingcpp
from PIL import Image

from tests.badges.paper_cases import sealed_address
from voice_app.scoring.badges.qr import QUIET_MODULES, qr


@pytest.mark.parametrize("text", ["https://badges.example.org/b/7Q4K2M9X", sealed_address()])
def test_a_qr_is_read_back(text):
    assert zxingcpp.read_barcodes(drawn(qr(text)))[0].text == text


@pytest.mark.parametrize(("holder", "modules"), [("Ana Example", 57), ("Олександра Шевченко", 61)])
def test_a_statement_fits_modules_that_are_large_enough_on_paper(holder, modules):
    code = qr(sealed_address(holder))
    assert code.modules == modules
    assert 40 / code.modules >= 0.62  # millimeters


def test_error_correction_is_at_least_m():
    code = segno.make(sealed_address(), error="m", micro=False)
    assert code.error in {"M", "Q", "H"}
    assert f"0 0 {code.symbol_size(border=0)[0]} " in qr(sealed_address()).svg


def drawn(code) -> Image.Image:
    """Paint the drawing's own rectangles, eight pixels a module."""
    side = code.modules + 2 * QUIET_MODULES
    image = Image.new("L", (side, side), 255)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v", code.svg):
        for step in range(int(width)):
            image.putpixel((int(x) + step + QUIET_MODULES, int(y) + QUIET_MODULES), 0)
    return image.resize((8 * side, 8 * side), Image.Resampling.NEAREST)


def test_the_drawing_is_svg_that_a_typesetter_takes():
    source = f'#set page(margin: 4pt)\n#image(bytes({_quoted(qr("x").svg)}), format: "svg")'
    assert typst.compile(source.encode(), format="png").startswith(b"\x89PNG")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
