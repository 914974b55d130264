"""Paper: what it says, in whose language, how it is tagged, and that its QR is read."""

import io
from datetime import date

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from tests.badges.paper_cases import sealed_address, sheet
from voice_app.scoring.badges.award import FULL, Assessed
from voice_app.scoring.badges.paper import contact_sheet, paper
from voice_app.scoring.badges.paper_wording import paper_wording
from voice_app.scoring.badges.picture import picture_png, picture_svg
from voice_app.scoring.badges.typesetting import PaperError

SIZES = {"A5": (148, 210), "A6": (105, 148)}
MILLIMETERS_AN_INCH, POINTS_AN_INCH = 25.4, 72
NAMES = [
    "Zoé Muñoz Ünal",
    "عبد الرحمن محمد",
    "Олександра Шевченко",
    "王小明",
    "김민수",
    "さくら",
    "ნინო ბერიძე",
    "አበበ በቀለ",
    "রহিমা খাতুন",
    "सीता देवी",
    "Nguyễn Thị Hạnh",
]
UNPRINTABLE = "ខ្មែរ"


def pages(pdf: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf)


def said(pdf: bytes) -> str:
    text = " ".join(page.get_textpage().get_text_range() for page in pages(pdf))
    return " ".join(text.split())


def photographed(pdf: bytes, *, dpi: int = 150, page: int = 0) -> Image.Image:
    """A page as a phone sees it: coarse, not sharp, and tilted by seven degrees."""
    flat = pages(pdf)[page].render(scale=dpi / POINTS_AN_INCH).to_pil().convert("L")
    tilted = flat.rotate(7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return tilted.filter(ImageFilter.GaussianBlur(1))


def tags(node: pikepdf.Object) -> list[tuple[str, pikepdf.Object]]:
    """Give every element of a structure tree with its kind."""
    if isinstance(node, pikepdf.Array):
        return [one for child in node for one in tags(child)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [(str(node.S), node), *tags(node.get("/K", pikepdf.Array()))]


@pytest.fixture(scope="module", params=SIZES)
def size(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def set_paper(size) -> bytes:
    return paper(sheet(), size=size, languages=("es", "fr"))


def test_paper_is_one_page_of_its_size(set_paper, size):
    document = pages(set_paper)
    width, height = SIZES[size]
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx(
        (width / MILLIMETERS_AN_INCH * 72, height / MILLIMETERS_AN_INCH * 72), abs=0.1
    )


@pytest.mark.parametrize(
    "text",
    [
        "Comprendre la langue de l'employeur (français)",
        "Comprender el idioma de quien le emplea (francés)",
        "Ana Example comprend un employeur qui parle français.",
        "Ana Example comprende a un empleador que habla francés.",
        "22 novembre 2026",
        "22 de noviembre de 2026",
        "7Q4K-2M9X",
        "Donné par MyCred4Home.",
        "Personne n'a surveillé le test. Personne n'a vérifié l'identité.",
        "bonjour@example.org",
    ],
)
def test_paper_says_what_an_employer_asks_in_both_languages(set_paper, text):
    assert text in said(set_paper)


def test_paper_names_where_to_type_the_code(set_paper):
    assert "badges.example.org/verify" in said(set_paper).replace("/ verify", "/verify")


def test_paper_is_tagged_and_marked_as_pdf_ua(set_paper):
    with pikepdf.open(io.BytesIO(set_paper)) as document:
        assert document.Root.Lang == "fr"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert "Comprendre la langue" in str(document.docinfo["/Title"])
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_paper_has_a_heading_pictures_with_words_and_the_second_language_marked(set_paper):
    with pikepdf.open(io.BytesIO(set_paper)) as document:
        found = tags(document.Root.StructTreeRoot.K)
        assert [kind for kind, _ in found if kind.startswith("/H")] == ["/H1"]
        figures = [str(one.get("/Alt", "")) for kind, one in found if kind == "/Figure"]
        assert figures == [
            "Image du badge : Comprendre la langue de l'employeur (français)",
            "Code QR. Il ouvre la page qui dit si le badge 7Q4K-2M9X est vrai.",
        ]
        assert "es" in {str(one.get("/Lang", "")) for _, one in found}


def test_every_font_is_embedded(set_paper):
    with pikepdf.open(io.BytesIO(set_paper)) as document:
        descriptors = [
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)


def test_the_qr_is_read_from_a_blurred_and_tilted_page(set_paper):
    [code] = zxingcpp.read_barcodes(photographed(set_paper))
    assert code.text == sealed_address()


def test_the_qr_is_at_least_forty_millimeters_wide(set_paper):
    page = pages(set_paper)[0].render(scale=300 / POINTS_AN_INCH).to_pil().convert("L")
    [code] = zxingcpp.read_barcodes(page)
    width = code.position.top_right.x - code.position.top_left.x
    assert width / 300 * MILLIMETERS_AN_INCH >= 40


def test_the_sentence_is_set_in_sixteen_points_or_more_even_when_it_is_long(size):
    long_name = "María del Carmen Fernández González Rodríguez de la Torre y Montenegro"
    expires = date(2031, 11, 22)
    made = paper(sheet(long_name, expires_on=expires), size=size, languages=("es", "fr"))
    assert len(pages(made)) == 1
    assert min(point_sizes(made, "María del Carmen")) >= 16
    assert "Valable jusqu'au 22 novembre 2031." in said(made)
    assert zxingcpp.read_barcodes(photographed(made))


def point_sizes(pdf: bytes, text: str) -> set[float]:
    """Give the sizes in points that the letters of `text` are set in."""
    page = pages(pdf)[0].get_textpage()
    start = page.get_text_range().index(text)
    return {pdfium.FPDFText_GetFontSize(page, start + place) for place in range(len(text))}


def test_a_name_that_would_fill_the_page_makes_the_sentence_smaller_and_covers_nothing(size):
    made = paper(sheet("Wxyz " * 150), size=size, languages=("es", "fr"))
    assert len(pages(made)) == 1
    assert max(point_sizes(made, "Wxyz")) < 16
    assert zxingcpp.read_barcodes(photographed(made))


def test_one_language_is_said_once(size):
    text = said(paper(sheet(), size=size, languages=("fr", "fr")))
    assert text.count("22 novembre 2026") == 1
    assert "Test passed" not in text


def test_a_language_that_is_not_written_becomes_english(size):
    korean = sheet(employer_language="ko", own_name="한국어")
    text = said(paper(korean, size=size, languages=("ar", "ko")))
    assert "Ana Example understands an employer who speaks" in text
    assert "(한국어)" in text


def test_a_competence_that_has_no_name_in_a_language_is_named_in_another(size):
    text = said(paper(sheet(names={"eu": "Hizkuntza ulertu"}), size=size, languages=("es", "fr")))
    assert "Hizkuntza ulertu (français)" in text


@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_scripts_are_printed(name):
    made = paper(sheet(name), size="A6", languages=("es", "fr"))
    assert len(pages(made)) == 1
    assert zxingcpp.read_barcodes(photographed(made))[0].text == sealed_address(name)
    assert "Nom :" not in said(made)
    assert "Cette personne" not in said(made)


def test_a_name_without_letters_to_print_gets_a_line_to_write_on(size):
    text = said(paper(sheet(UNPRINTABLE), size=size, languages=("es", "fr")))
    assert "Cette personne comprend un employeur qui parle français." in text
    assert "Nom :" in text


def test_without_consent_there_is_no_name_and_no_line_for_it(size):
    text = said(paper(sheet(None), size=size, languages=("es", "fr")))
    assert "Cette personne comprend un employeur" in text
    assert "Nom :" not in text


@given(name=st.text(st.characters(codec="utf-8"), max_size=50))
@settings(max_examples=25, deadline=None)
def test_no_name_breaks_or_changes_a_page(name):
    made = paper(sheet(name), size="A6", languages=("es", "fr"))
    assert len(pages(made)) == 1
    assert "Test réussi le 22 novembre 2026." in said(made)


@pytest.mark.parametrize("name", ['#panic("x")', "*Ana* $x$ @y", '"}], "code": "X"', "\\#"])
def test_a_name_is_never_markup(name):
    assert f"{name} comprend un employeur" in said(
        paper(sheet(name), size="A5", languages=("es", "fr"))
    )


def test_supervision_is_told_as_it_was():
    watched = sheet(assessed=Assessed(is_supervised=True, is_identity_checked=True))
    text = said(paper(watched, size="A5", languages=("es", "fr")))
    assert "Une personne a surveillé le test. Une personne a vérifié l'identité." in text


@pytest.mark.parametrize("competence", ["MC1", "MC2", "MC4", FULL, "MC9"])
def test_every_badge_has_its_sentence(competence):
    text = said(paper(sheet(competence=competence), size="A5", languages=("es", "fr")))
    assert "Ana Example" in text
    assert "{" not in text


def test_the_badge_that_rests_on_four_is_earned_not_passed():
    text = said(paper(sheet(competence=FULL), size="A5", languages=("es", "fr")))
    assert "Obtenu le 22 novembre 2026." in text
    assert "Obtenida el 22 de noviembre de 2026." in text


def test_the_first_of_a_month_is_written_as_people_write_it():
    assert paper_wording("fr").day(date(2027, 1, 1)) == "1er janvier 2027"
    assert paper_wording("es").day(date(2027, 1, 1)) == "1 de enero de 2027"
    assert paper_wording("en").day(date(2027, 12, 31)) == "31 December 2027"


def test_the_same_badge_makes_the_same_paper():
    made = [paper(sheet(), size="A5", languages=("es", "fr")) for _ in range(2)]
    assert made[0] == made[1]


def test_a_picture_that_is_none_is_told():
    with pytest.raises(PaperError):
        paper(sheet(picture=b"<svg"), size="A5", languages=("es", "fr"))


def test_cards_of_a_cohort_are_ten_a_page_each_with_name_code_and_qr():
    codes = [f"7Q4K2M{place:02}".replace("0", "Z").replace("1", "Y") for place in range(12)]
    names = [*NAMES, None]
    cards = [sheet(name, code=code) for name, code in zip(names, codes, strict=True)]
    made = contact_sheet(cards, language="fr")
    assert len(pages(made)) == 2
    for code in codes:
        assert f"{code[:4]}-{code[4:]}" in said(made)
    read = [
        one.text for page in (0, 1) for one in zxingcpp.read_barcodes(photographed(made, page=page))
    ]
    assert sorted(read) == sorted(card.address for card in cards)


def test_cards_are_tagged_too():
    with pikepdf.open(io.BytesIO(contact_sheet([sheet(), sheet(UNPRINTABLE)]))) as document:
        assert document.open_metadata()["pdfuaid:part"] == "1"
        figures = [one for kind, one in tags(document.Root.StructTreeRoot.K) if kind == "/Figure"]
        assert len(figures) == 4


def test_a_picture_has_the_shape_of_a_preview_and_its_qr_is_read():
    image = Image.open(io.BytesIO(picture_png(sheet(), language="fr")))
    assert image.size == (1200, 630)
    assert zxingcpp.read_barcodes(image)[0].text == sealed_address()


def test_a_drawn_picture_says_in_its_title_what_it_shows():
    drawn = picture_svg(sheet("A & <B>"), language="fr")
    assert drawn.startswith("<svg ")
    assert "<title>A &amp; &lt;B&gt; comprend un employeur qui parle français." in drawn
    assert "<text" not in drawn
