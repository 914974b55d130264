"""Forged origins, tokens of others, oversized bodies, path tricks, header injection."""

import pytest
from fastapi.testclient import TestClient

from tests.access.doors import Doors
from tests.journeys.phone import hear_notice
from voice_app.access import Role
from voice_app.routes.access import TOKEN_HEADER
from voice_app.routes.gatekeeper import MOST_BYTES, MOST_WORDS_BYTES
from voice_app.routes.staff_frame import Gates

BEGIN = {"assessment": "MC3", "employer_language": "fr", "help_language": "es"}


@pytest.fixture
def client(doors: Doors) -> TestClient:
    return doors.caller("stranger").client


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:8000.evil.example"},
        {"origin": "http://localhost:8001"},
        {"origin": "http://evil.example/http://localhost:8000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost:8000"},
    ],
)
def test_another_sites_page_changes_nothing(client: TestClient, headers: dict[str, str]):
    answer = client.post("/attempts", json=BEGIN, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (403, "foreign")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://localhost:8000"},
        {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"},
        {"origin": "https://center.example", "sec-fetch-site": "same-origin"},
    ],
)
def test_ones_own_page_and_programs_are_served(client: TestClient, headers: dict[str, str]):
    hear_notice(client)
    assert client.post("/attempts", json=BEGIN, headers=headers).status_code == 201


@pytest.mark.parametrize("way", ["none", "another's", "in the address"])
def test_a_form_without_its_pages_token_changes_nothing(doors: Doors, way: str):
    owner, other = doors.caller("owner"), doors.caller("owner")
    address, headers = "/staff/security/recovery-codes", {}
    if way == "another's":
        headers = {TOKEN_HEADER: other.token}
    if way == "in the address":
        address += f"?token={owner.token}"
    answer = owner.client.post(address, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (403, "no-form-token")
    answer = owner.client.post(address, headers={TOKEN_HEADER: owner.token})
    assert answer.status_code == 200


def test_a_form_may_carry_the_token_as_a_field(doors: Doors):
    owner = doors.caller("owner")
    answer = owner.client.post("/staff/security/recovery-codes", data={"token": owner.token})
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", ""])
def test_a_body_of_words_has_an_end(client: TestClient, kind: str):
    headers = {"content-type": kind} if kind else {}
    answer = client.post("/attempts", content=b"x" * (MOST_WORDS_BYTES + 1), headers=headers)
    assert answer.status_code == 413


def test_a_body_that_lies_about_its_length_has_an_end_too(client: TestClient):
    def endless():
        for _ in range(MOST_WORDS_BYTES // 65_536 + 2):
            yield b"x" * 65_536

    headers = {"content-type": "application/json"}
    answer = client.post("/attempts", content=endless(), headers=headers)
    assert answer.status_code in {400, 413}


def test_a_length_beyond_all_is_refused_before_a_byte_is_read(client: TestClient):
    answer = client.put(
        "/utterances/00000000-0000-4000-8000-000000000001",
        params={"attempt": "x", "item": "y"},
        content=b"short",
        headers={"content-length": str(MOST_BYTES + 1), "content-type": "audio/webm"},
    )
    assert (answer.status_code, answer.json()["error"]) == (413, "too-large")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..%2f..%2fpyproject.toml",
        "/audio/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/pictures/..%5c..%5cpyproject.toml",
        "/static//etc/passwd",
        "/static/staff/%00",
        "/attempts/..%2f..%2fetc%2fpasswd",
        "/b/%2e%2e%2f.json",
        "/utterances/%2e%2e",
    ],
)
def test_no_path_leads_out_of_the_folders(client: TestClient, path: str):
    answer = client.get(path)
    assert answer.status_code in {404, 405, 422}
    assert "requires-python" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "field", ["next=%2Fstaff%0d%0aX-Evil:%201", "next=/staff%0aSet-Cookie:a=b"]
)
def test_no_field_becomes_a_header(client: TestClient, field: str):
    page = client.get(f"/staff/sign-in?{field}")
    assert "x-evil" not in page.headers
    assert "set-cookie" not in page.headers
    assert 'name="next" value="/staff"' in page.text


def test_every_answer_carries_the_strict_headers(client: TestClient):
    for path in ("/", "/staff/sign-in", "/nothing-here", "/static/style.css"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert "microphone=(self)" in headers["permissions-policy"]


def test_pages_of_staff_are_kept_by_no_cache_and_told_to_no_other_page(doors: Doors):
    headers = doors.caller("owner").client.get("/staff/security").headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_staff_pages_have_no_script_or_style_of_their_own(doors: Doors):
    text = doors.caller("owner").client.get("/staff/security").text
    assert "<style" not in text
    assert " style=" not in text
    assert " on" + "click" not in text
    assert all("src=" in one.partition(">")[0] for one in text.split("<script")[1:])


def test_one_address_tries_to_come_in_thirty_times_a_minute():
    gate = Gates().address
    waits = [gate.wait_seconds("a") for _ in range(31)]
    assert waits[:30] == [0] * 30
    assert waits[30] > 0


OWN_FORMS = (
    "/me/correction",
    "/me/voice",
    "/me/everything",
    "/consents/follow-up",
    "/consents/follow-up/refusal",
    "/signins/end",
)


@pytest.mark.parametrize("role", ["candidate", "stranger"])
def test_what_is_a_persons_own_changes_only_by_their_own_pages(doors: Doors, role: Role):
    one, other = doors.caller(role), doors.caller(role)
    for address in OWN_FORMS:
        strange = {TOKEN_HEADER: "\xe9".encode("latin-1")}
        for headers in ({}, {TOKEN_HEADER: other.token}, {TOKEN_HEADER: ""}, strange):
            answer = one.client.post(address, headers=headers)
            assert (answer.status_code, answer.json()["error"]) == (403, "no-form-token"), address
        assert one.client.post(f"{address}?token={one.token}").status_code == 403
        in_form = {"token": other.token, "badges": "kept"}
        assert one.client.post(address, data=in_form).status_code == 403


@pytest.mark.parametrize("role", ["candidate", "stranger"])
def test_the_pages_of_what_is_ones_own_carry_the_token(doors: Doors, role: Role):
    one, other = doors.caller(role), doors.caller(role)
    hear_notice(one.client)
    assert one.token != other.token
    for page in ("/me", "/me/voice", "/me/everything", "/consents", "/consents/follow-up", "/"):
        text = one.client.get(page).text
        assert one.token in text, page
        assert other.token not in text
    assert (
        "form-token" not in TestClient(doors.app, base_url="http://localhost:8000").get("/me").text
    )
    answer = one.client.post("/me/correction", data={"token": one.token}, follow_redirects=False)
    assert answer.status_code == 303


def test_a_phone_gets_its_token_with_its_secret(doors: Doors):
    phone = TestClient(doors.app, base_url="http://localhost:8000")
    version = phone.get("/notice/es").json()["version"]
    told = phone.post("/notice/es/heard", json={"version": version}).json()
    headers = {TOKEN_HEADER: told["form_token"]}
    refused = phone.post("/consents/follow-up/refusal", follow_redirects=False)
    assert refused.status_code == 403
    taken = phone.post("/consents/follow-up/refusal", headers=headers, follow_redirects=False)
    assert taken.status_code == 303


@pytest.mark.parametrize(
    ("form", "page"),
    [
        ("/me/correction", "/me"),
        ("/me/voice", "/me/voice"),
        ("/consents/follow-up/refusal", "/consents"),
        ("/share/ABCD2345/hiding", "/share/ABCD2345"),
        ("/signins/end", "/"),
    ],
)
def test_a_browser_with_too_old_a_form_gets_its_page_anew(doors: Doors, form: str, page: str):
    one = doors.caller("candidate")
    answer = one.client.post(form, headers={"accept": "text/html"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, page)
