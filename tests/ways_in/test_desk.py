import re
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from fastapi.testclient import TestClient

from tests.ways_in.desk import ORIGIN, Desk, browser, show
from voice_app.access.signins import digest
from voice_app.models import AuditEntry, Candidate, Card


def test_the_printed_qr_holds_the_secret_behind_the_hash(desk: Desk, phone: TestClient):
    answer = desk.post("candidates", language="fr", name="")
    assert answer.headers["content-disposition"] == 'attachment; filename="card.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    page = pypdfium2.PdfDocument(answer.content)[0]
    (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    address, _, secret = found.text.rpartition(".")
    assert address == "http://localhost:8000/card#fr"
    with desk.service.database.reading.begin() as session:
        (card,) = session.query(Card).join(Candidate).filter_by(center_id=desk.center).all()
    assert card.secret_hash == digest(secret)
    assert show(phone, secret, ["key"] * 5).json()["error"] == "other-pictures"


def test_the_five_pictures_stand_on_the_paper_in_their_order(desk: Desk, phone: TestClient):
    answer = desk.post("candidates", language="en", name="")
    words = desk.service.content.languages["en"].words
    names = {words[tool].name: tool for tool in words}
    pictures = [names[one] for one in alts(answer.content) if one in names]
    page = pypdfium2.PdfDocument(answer.content)[0]
    (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert len(pictures) == 5
    assert show(phone, found.text.rpartition(".")[2], pictures).status_code == 201


def test_a_center_sees_its_own_candidates_alone(desk: Desk):
    card = desk.candidate()
    neighbor = Desk(desk.app)
    assert "Ana" in desk.client.get("/staff/candidates").text
    assert "Ana" not in neighbor.client.get("/staff/candidates").text
    for doing in ("card", "pictures", "code", "link"):
        assert neighbor.post(f"candidates/{card.candidate}/{doing}").status_code == 404
    desk.device()
    (device,) = desk.devices()
    assert neighbor.post(f"devices/{device}/end").status_code == 404
    other = neighbor.candidate()
    assert neighbor.post(f"candidates/{other.candidate}/code", device=device).status_code == 404


@pytest.mark.parametrize("role", ["assessor", "operator"])
def test_only_the_desk_enrolls(desk: Desk, role: str):
    someone = Desk(desk.app, role=role, center=desk.center)
    assert someone.post("candidates", language="fr").status_code == 403
    assert someone.client.get("/staff/candidates").status_code == 403


def test_a_form_without_its_token_does_nothing(desk: Desk):
    bare = TestClient(desk.app, base_url=ORIGIN, cookies=desk.client.cookies)
    answer = bare.post("/staff/candidates", data={"language": "fr"})
    assert answer.status_code == 403
    with desk.service.database.reading.begin() as session:
        assert session.query(Candidate).filter_by(center_id=desk.center).count() == 0


def test_a_name_cannot_write_into_the_page(desk: Desk):
    desk.post("candidates", language="fr", name="<script>alert(1)</script>")
    page = desk.client.get("/staff/candidates").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_language_that_is_none_enrolls_nobody(desk: Desk):
    assert desk.post("candidates", language="xx").status_code == 422


def test_the_log_says_who_came_in_how_and_never_what_opened(desk: Desk, phone: TestClient):
    card = desk.candidate()
    desk.post(f"candidates/{card.candidate}/link")
    show(phone, card.secret, card.pictures)
    with desk.service.database.reading.begin() as session:
        log = [
            (one.actor.partition(":")[0], one.action)
            for one in session.query(AuditEntry)
            .filter_by(center=desk.center)
            .order_by(AuditEntry.seq)
        ]
        words = str([vars(one) for one in session.query(AuditEntry)])
    wanted = [("account", "enroll"), ("account", "card-issued"), ("account", "link-made")]
    assert [one for one in log if one in wanted] == wanted
    assert ("candidate", "card-opened") in log
    assert card.secret not in words


@pytest.mark.parametrize("page", ["/card", "/link", "/kiosk"])
def test_the_pages_of_the_ways_in_are_for_anybody_and_know_nobody(app: Any, page: str):
    answer = browser(app).get(page)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r"\son\w+=|\sstyle=|<style", answer.text)


def alts(document: bytes) -> list[str]:
    """What the paper says of its drawings, in their order."""
    with pikepdf.open(BytesIO(document)) as pdf:
        return [str(one.Alt) for one in pdf.objects if _is_drawing(one)]


def _is_drawing(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
