import pyotp
import pytest
from httpx2 import Response

from tests.staff.desk import PAGES, PASSWORD, Desk, codes_in, letters_in
from voice_app.models import Account, Invitation
from voice_app.people import accounts

NEW = "tiroir mangue pluvieux violon"

WEAK = "passwordpassword"


class Newcomer:
    """Somebody with a link and a browser."""

    def __init__(self, desk: Desk, secret: str) -> None:
        self.desk = desk
        self.secret = secret
        self.client = desk.browser()

    def look(self) -> Response:
        return self.client.post("/staff/invite", data={"secret": self.secret}, headers=PAGES)

    def tell(self, **fields: str) -> Response:
        told = {"name": "Ana Test", "password": PASSWORD, **fields}
        self.look()
        return self.client.post("/staff/welcome", data=told, headers=PAGES, follow_redirects=False)

    def show_code(self) -> Response:
        page = self.client.get("/staff/join", headers=PAGES)
        code = pyotp.TOTP(letters_in(page)).at(self.desk.clock.now)
        return self.client.post("/staff/join", data={"code": code}, headers=PAGES)


def test_the_first_owner_makes_a_center_and_is_in(desk: Desk):
    newcomer = Newcomer(desk, desk.invitation())
    email = f"owner{desk.number}@center.example"
    assert newcomer.tell(email=email, center="Soleil").headers["location"] == "/staff/join"
    shown = newcomer.show_code()
    assert len(codes_in(shown)) == 10
    home = newcomer.client.get("/staff", headers=PAGES)
    assert "Soleil" in home.text
    assert "Owner of the center" in home.text


def test_a_weak_password_costs_nothing_that_was_typed(desk: Desk):
    newcomer = Newcomer(desk, desk.invitation())
    email = f"owner{desk.number}@center.example"
    again = newcomer.tell(email=email, center="Soleil & Fils", password=WEAK)
    assert again.status_code == 422
    assert 'value="Soleil &amp; Fils"' in again.text
    assert f'value="{email}"' in again.text
    assert WEAK not in again.text


def test_seeing_a_link_does_not_use_it_and_using_it_does(desk: Desk):
    center = desk.center()
    email = f"new{desk.number}@center.example"
    secret = desk.invitation(center_id=center, role="assessor", email=email)
    assert [Newcomer(desk, secret).look().status_code for _ in range(3)] == [200] * 3
    newcomer = Newcomer(desk, secret)
    newcomer.tell()
    assert newcomer.show_code().status_code == 200
    again = Newcomer(desk, secret)
    assert again.look().status_code == 410
    assert again.tell().status_code == 410


def test_the_address_and_role_of_an_invitation_cannot_be_changed(desk: Desk):
    center = desk.center()
    email = f"kept{desk.number}@center.example"
    secret = desk.invitation(center_id=center, role="assessor", email=email)
    newcomer = Newcomer(desk, secret)
    newcomer.tell(email="other@center.example", role="owner", center="Other")
    newcomer.show_code()
    with desk.here.database.reading.begin() as session:
        account = accounts.needed(session, email)
    assert (account.role, account.center_id) == ("assessor", center)


@pytest.mark.parametrize("page", ["/staff/setup", "/staff/invite"])
def test_the_page_of_a_link_asks_for_its_secret_and_has_none_in_its_address(desk: Desk, page: str):
    shown = desk.browser().get(page, headers=PAGES)
    assert shown.status_code == 200
    assert 'name="secret"' in shown.text
    assert desk.browser().get(f"{page}/{desk.invitation()}", headers=PAGES).status_code == 404


def test_a_link_that_was_opened_is_open_in_this_browser_alone_and_for_ten_minutes(desk: Desk):
    newcomer = Newcomer(desk, desk.invitation())
    assert newcomer.look().status_code == 200
    assert desk.browser().get("/staff/welcome", headers=PAGES).status_code == 410
    desk.clock.move(minutes=10)
    assert newcomer.client.get("/staff/welcome", headers=PAGES).status_code == 410
    assert newcomer.look().status_code == 200


def test_a_link_lives_seven_days(desk: Desk):
    secret = desk.invitation()
    desk.clock.move(days=7)
    assert Newcomer(desk, secret).look().status_code == 410


def test_a_made_up_link_is_as_dead_as_a_used_one(desk: Desk):
    assert Newcomer(desk, "made-up").look().status_code == 410


def test_nothing_is_made_before_the_code_fits(desk: Desk):
    email = f"half{desk.number}@center.example"
    newcomer = Newcomer(desk, desk.invitation())
    newcomer.tell(email=email, center="Soleil")
    wrong = newcomer.client.post("/staff/join", data={"code": "000000"}, headers=PAGES)
    assert wrong.status_code == 422
    with desk.here.database.reading.begin() as session:
        assert accounts.by_email(session, email) is None


def test_the_link_is_kept_as_its_digest_alone(desk: Desk):
    secret = desk.invitation()
    with desk.here.database.reading.begin() as session:
        kept = [str(vars(row)) for row in session.query(Invitation)]
    assert not [row for row in kept if secret in row]


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "password1234"},
        {"email": "no address"},
        {"email": "a@b.example\r\nBcc: x@y.example"},
        {"name": "  "},
        {"name": "x" * 81},
        {"center": ""},
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_lost(desk: Desk, fields: dict[str, str]):
    newcomer = Newcomer(desk, desk.invitation())
    told = newcomer.tell(**{"email": "a@b.example", "center": "Soleil", **fields})
    assert told.status_code == 422
    assert 'role="alert"' in told.text
    assert newcomer.look().status_code == 200


def test_names_are_shown_as_text(desk: Desk):
    center = desk.center('<script>alert("x")</script>')
    owner = desk.insider(center=center)
    page = owner.open("/staff").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_owner_invites_locks_opens_and_resets(desk: Desk):
    center = desk.center()
    owner, helper = desk.insider(center=center), desk.insider("coordinator", center=center)
    people = "/staff/people"
    invited = owner.send(
        f"{people}/invitations",
        page=people,
        email=f"x{desk.number}@center.example",
        role="assessor",
    )
    assert "/staff/invite#" in invited.text
    assert owner.send(f"{people}/{helper.id}/lock", page=people).status_code == 303
    assert not helper.is_in()
    assert helper.tell_password().status_code == 422
    owner.send(f"{people}/{helper.id}/unlock", page=people)
    helper.sign_in()
    again = owner.send(f"{people}/{helper.id}/reset", page=people)
    assert "/staff/invite#" in again.text
    assert not helper.is_in()
    assert helper.tell_password().status_code == 422


def test_a_reset_keeps_the_account_and_gives_it_new_ways_in(desk: Desk):
    center = desk.center()
    owner, helper = desk.insider(center=center), desk.person("coordinator", center=center)
    answer = owner.send(f"/staff/people/{helper.id}/reset", page="/staff/people")
    secret = answer.text.split("<code>http://localhost:8000/staff/invite#")[1].split("</code>")[0]
    newcomer = Newcomer(desk, secret)
    newcomer.tell(password=NEW)
    assert newcomer.show_code().status_code == 200
    with desk.here.database.reading.begin() as session:
        account = session.get_one(Account, helper.id)
    assert (account.email, account.role) == (helper.email, "coordinator")
    assert helper.tell_password(NEW).status_code == 303


def test_the_last_owner_cannot_be_locked(desk: Desk):
    owner = desk.insider()
    told = owner.send(f"/staff/people/{owner.id}/lock", page="/staff/people")
    assert told.status_code == 422
    assert "only owner" in told.text
    assert owner.is_in()
