"""Every picture keeps the rules of the set and is listed with its credits."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

PICTURES = Path(__file__).parents[2] / "web" / "pictures"
FILES = sorted(PICTURES.glob("*.svg"))
LISTED = json.loads((PICTURES / "pictures.json").read_text(encoding="utf-8"))

SVG = "{http://www.w3.org/2000/svg}"
OUTLINE = "#1f2933"
PALETTE = {
    "#2a9d8f",
    "#f4e1c1",
    "#8ecae6",
    "#e76f51",
    "#f4c542",
    "#b98b5e",
    "#fff",
    "#cbd5e1",
    "#f1c27d",
    "#9c6644",
}
SHAPES = {"title", "g", "path", "circle", "ellipse", "rect"}
MOST_BYTES = 2_500
MOST_COLORS = 4

each_picture = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def drawing(file: Path) -> ET.Element:
    return ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - our own drawings


def colors(file: Path) -> set[str]:
    painted = {
        element.get(attribute)
        for element in drawing(file).iter()
        for attribute in ("fill", "stroke")
    }
    return {color for color in painted if color} - {"none", OUTLINE}


def test_pictures_and_their_list_match_one_to_one():
    assert sorted(file.stem for file in FILES) == sorted(LISTED)


@each_picture
def test_a_picture_is_drawn_on_the_grid(file: Path):
    root = drawing(file)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 96 96"


@each_picture
def test_a_picture_has_the_title_of_the_list(file: Path):
    assert drawing(file).findtext(f"{SVG}title") == LISTED[file.stem]["title"]["en"]


@each_picture
def test_a_picture_is_light_enough_for_a_slow_network(file: Path):
    assert file.stat().st_size <= MOST_BYTES


@each_picture
def test_a_picture_holds_only_shapes(file: Path):
    held = {element.tag.removeprefix(SVG) for element in drawing(file).iter()} - {"svg"}
    assert held <= SHAPES


@each_picture
def test_a_picture_fetches_and_runs_nothing(file: Path):
    names = {name for element in drawing(file).iter() for name in element.attrib}
    forbidden = [name for name in names if re.search(r"href|^on|^style$|^class$", name)]
    assert not forbidden
    assert "url(" not in file.read_text(encoding="utf-8")


@each_picture
def test_a_picture_uses_few_colors_of_the_palette(file: Path):
    assert colors(file) <= PALETTE
    assert len(colors(file)) <= MOST_COLORS


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_picture_is_named_in_three_languages_and_credited(name: str):
    listed = LISTED[name]
    assert set(listed["title"]) == {"en", "fr", "es"}
    assert all(title.strip() for title in listed["title"].values())
    assert listed["source"] == "own drawing"
    assert listed["license"] == "CC BY 4.0"


def test_no_two_pictures_share_a_name():
    for language in ("en", "fr", "es"):
        names = [listed["title"][language] for listed in LISTED.values()]
        assert len(names) == len(set(names))


def test_no_two_pictures_are_the_same_drawing():
    drawn = [re.sub(r"<title>.*?</title>", "", file.read_text(encoding="utf-8")) for file in FILES]
    assert len(drawn) == len(set(drawn))
