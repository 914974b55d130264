"""Credentials inside pictures: taken out as put in, here and elsewhere; hostile files refused."""

import io
import json
import struct
import subprocess
import time
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tests.badges.paper_cases import sheet
from tests.oracle import ORACLE
from voice_app.scoring.badges.baking import (
    LONGEST_CREDENTIAL_BYTES,
    LONGEST_IMAGE_BYTES,
    MOST_PIXELS,
    NoCredential,
    bake,
    taken_from,
)
from voice_app.scoring.badges.paper import paper
from voice_app.scoring.badges.picture import picture_png, picture_svg

CREDENTIAL = json.dumps(
    {"@context": ["https://www.w3.org/ns/credentials/v2"], "name": "é 王 ]]> & <b>"},
    ensure_ascii=False,
    indent=2,
)
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJuYW1lIjoiJCJ9.c2ln"
ASKS_ORACLE = """
import sys
from openbadgeslib.ob3.verifier import OB3Verifier
read = getattr(OB3Verifier, "extract_token_from_" + sys.argv[1])
sys.stdout.buffer.write(read(sys.stdin.buffer.read()).encode())
"""


@pytest.fixture(scope="module", params=["png", "svg"])
def form(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def picture(form) -> bytes:
    if form == "png":
        return picture_png(sheet(), language="fr")
    return picture_svg(sheet(), language="fr").encode()


def small_png(**more: object) -> bytes:
    file = io.BytesIO()
    Image.new("1", (2, 2)).save(file, "PNG", **more)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'


@pytest.mark.parametrize("credential", [CREDENTIAL, JWT])
def test_a_credential_is_taken_out_as_it_was_put_in(picture, credential):
    assert taken_from(bake(picture, credential)) == credential


@pytest.mark.parametrize("credential", [CREDENTIAL, JWT])
def test_another_implementation_takes_out_the_same(picture, form, credential):
    done = subprocess.run(
        [ORACLE, "-c", ASKS_ORACLE, form],
        input=bake(picture, credential),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.decode() == credential, done.stderr


@given(credential=st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_survives_a_png(credential):
    assert taken_from(bake(small_png(), credential)) == credential


@given(name=st.text(st.characters(codec="utf-8")))
def test_any_json_survives_an_svg(name):
    credential = json.dumps({"name": name + "]]>"})
    assert taken_from(bake(SVG, credential)) == credential


def test_the_picture_stays_the_picture(picture, form):
    if form == "png":
        before, after = (Image.open(io.BytesIO(one)) for one in (picture, bake(picture, JWT)))
        assert before.tobytes() == after.tobytes()
        assert after.text == {"openbadgecredential": JWT}
    else:
        assert bake(picture, JWT).endswith(picture.partition(b"<title>")[2])


def test_in_an_svg_the_credential_comes_first_as_the_standard_wants_it():
    baked = bake(SVG, CREDENTIAL).decode()
    assert 'viewBox="0 0 1 1" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">' in baked
    assert "><openbadges:credential><![CDATA[{" in baked


def test_in_a_png_it_is_one_chunk_that_is_not_compressed_and_is_replaced():
    baked = bake(bake(small_png(), "{}"), CREDENTIAL)
    assert baked.count(b"iTXtopenbadgecredential\0\0\0\0\0") == 1
    assert CREDENTIAL.encode() in baked


def test_an_svg_that_carries_a_badge_already_is_refused():
    with pytest.raises(NoCredential):
        bake(bake(SVG, CREDENTIAL), CREDENTIAL)


def test_what_others_compressed_is_read():
    text = PngImagePlugin.PngInfo()
    text.add_itxt("openbadgecredential", CREDENTIAL, lang="en", tkey="x", zip=True)
    assert taken_from(small_png(pnginfo=text)) == CREDENTIAL


@pytest.mark.parametrize("size", ["A5", "A6"])
def test_our_pdf_carries_its_credential(size):
    whole = replace(sheet(), credential=CREDENTIAL * 1)
    assert taken_from(paper(whole, size=size, languages=("es", "fr"))) == CREDENTIAL
    long = json.dumps({"@context": [], "name": "x" * 20_000})
    assert (
        taken_from(paper(replace(whole, credential=long), size=size, languages=("es", "fr")))
        == long
    )


def test_a_pdf_without_one_says_so():
    with pytest.raises(NoCredential, match="no badge in this file"):
        taken_from(paper(sheet(), size="A5", languages=("es", "fr")))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(*chunks: bytes, width: int = 1, height: int = 1) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def itxt(text: bytes, flags: bytes = b"\0\0") -> bytes:
    return chunk(b"iTXt", b"openbadgecredential\0" + flags + b"\0\0" + text)


BOMB = zlib.compress(b" " * (LONGEST_CREDENTIAL_BYTES * 8))
LAUGHS = b"""<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<svg xmlns="http://www.w3.org/2000/svg">&b;</svg>"""


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"", "no picture"),
        (b"hello", "no picture"),
        (b"\0" * 1000, "no picture"),
        (b"\xff\xfe<\0s\0v\0g\0", "no picture"),
        (b"<html/>", "no picture"),
        (b"<svg>", "no picture"),
        (b'<?xml version="1.0" encoding="made-up"?><svg/>', "no picture"),
        (LAUGHS, "no picture"),
        (SVG, "no badge"),
        (small_png(), "no badge"),
        (small_png()[:-3], "broken"),
        (small_png().replace(b"IDAT", b"IDAX"), "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 20, "broken"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "broken"),
        (png_of(itxt(b"{}"), width=MOST_PIXELS, height=2), "too large"),
        (png_of(itxt(BOMB, b"\1\0")), "too large"),
        (png_of(itxt(b"not zlib", b"\1\0")), "cannot be read"),
        (png_of(itxt(b"\xff\xfe")), "cannot be read"),
        (png_of(itxt(b"{}"), itxt(b"{}")), "more than one"),
        (b"x" * (LONGEST_IMAGE_BYTES + 1), "too large"),
        (b"%PDF-1.7\n<</Type/EmbeddedFile/Length 99999999>>\nstream\n{", "no badge"),
        (b"%PDF-1.7\n<</Type/EmbeddedFile/Filter/FlateDecode/Length 9>>\nstream\nxx", "no badge"),
    ],
    ids=lambda value: repr(value[:12]),
)
def test_a_file_without_a_badge_to_read_gets_a_sentence(file, sentence):
    with pytest.raises(NoCredential, match=sentence):
        taken_from(file)


@pytest.mark.parametrize("image", [b"", b"GIF89a", b"<html/>", b"<svg/>", b"\xff\xd8\xff", LAUGHS])
def test_only_png_and_svg_are_baked(image):
    with pytest.raises(NoCredential):
        bake(image, CREDENTIAL)


@given(file=st.binary(max_size=300))
def test_no_file_breaks_the_reader(file):
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"<svg ", b"%PDF-<</Type/EmbeddedFile>>stream\n"):
        with pytest.raises(NoCredential):
            taken_from(start + file)


HALF = LONGEST_IMAGE_BYTES // 2


@pytest.mark.parametrize(
    "file",
    [
        b"%PDF-1.7\n" + b"<<" * (HALF - 100),
        b"%PDF-1.7\n" + b"<</EmbeddedFile" * (HALF // 10),
        b"%PDF-1.7\n" + b"<</Type/EmbeddedFile/Length 9>>stream\n" * (HALF // 20),
        b"\x89PNG\r\n\x1a\n" + chunk(b"tEXt", b"") * (HALF // 10),
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * (HALF // 2),
        b"<svg " + b"a='' " * (HALF // 4),
        png_of(*[chunk(b"iTXt", b"openbadgecredential")] * 1000),
    ],
    ids=lambda value: repr(value[:12]),
)
def test_a_file_made_to_keep_us_busy_is_refused_soon(file):
    start = time.process_time()
    with pytest.raises(NoCredential):
        taken_from(file)
    assert time.process_time() - start < 5
