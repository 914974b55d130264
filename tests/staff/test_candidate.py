"""What the desk does for one candidate: answer, hand over, delete, and see to their badges."""

import io
import json
import zipfile
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

import pytest
from httpx2 import Response

from tests.badges.made import given
from tests.staff.desk import PAGES, Desk, Person
from voice_app import badges
from voice_app.access import signins
from voice_app.models import AuditEntry, Badge, BadgeEvent, Candidate, SignIn
from voice_app.people import candidates
from voice_app.privacy.corrections import ask_correction, is_looked_at

_numbers = count(1)
_LIST = "/staff/candidates"


@dataclass
class House:
    """A center with a candidate who has a badge, and somebody at its desk."""

    desk: Desk
    center: str
    candidate: Candidate
    badge: Badge

    @property
    def page(self) -> str:
        return f"{_LIST}/{self.candidate.id}"

    def send(self, person: Person, doing: str, **fields: str) -> Response:
        return person.send(f"{self.page}/{doing}", **fields)

    def see_to(self, person: Person, does: str, *, reason: str = "mistake") -> Response:
        return self.send(person, "badges", badge=self.badge.code, does=does, reason=reason)

    def state(self) -> str:
        with self.desk.here.database.reading.begin() as session:
            events = badges.events_of(session, self.badge.code)
            return badges.folded(self.badge, events, now=self.desk.clock.now).state

    def ask_correction(self) -> int:
        with self.desk.here.database.writing.begin() as session:
            whose = self.candidate.owner_hash
            return ask_correction(session, whose, at=self.desk.clock.now).seq

    def is_there(self) -> bool:
        with self.desk.here.database.reading.begin() as session:
            return session.get(Candidate, self.candidate.id) is not None

    def logged(self, action: str) -> list[AuditEntry]:
        with self.desk.here.database.reading.begin() as session:
            return session.query(AuditEntry).filter_by(action=action, center=self.center).all()


@pytest.fixture
def house(desk: Desk) -> House:
    center = desk.center()
    with desk.here.database.writing.begin() as session:
        candidate = candidates.enroll(
            session,
            center_id=center,
            help_language="es",
            call_name=f"Ana {next(_numbers)}",
            by="command",
            at=desk.clock.now,
        )
    badge = given(desk.here, str(uuid4()), owner_hash=candidate.owner_hash)
    return House(desk, center, candidate, badge)


@pytest.fixture
def coordinator(house: House) -> Person:
    return house.desk.insider("coordinator", center=house.center)


@pytest.fixture
def owner(house: House) -> Person:
    return house.desk.insider("owner", center=house.center)


def test_the_list_leads_to_the_page_of_each(house: House, coordinator: Person):
    assert f'href="{house.page}"' in coordinator.open(_LIST).text
    shown = coordinator.open(house.page).text
    assert house.candidate.call_name in shown
    assert house.badge.code in shown
    assert house.candidate.owner_hash not in shown


@pytest.mark.parametrize("doing", ["", "/export", "/erasure", "/corrections", "/badges"])
def test_another_center_finds_nobody(house: House, doing: str):
    stranger = house.desk.insider("owner")
    path = f"{house.page}{doing}"
    found = stranger.send(path, asked="yes", scope="everything") if doing else stranger.open(path)
    assert found.status_code == 404
    assert house.is_there()


@pytest.mark.parametrize("doing", ["export", "erasure", "badges"])
def test_what_cannot_be_undone_is_asked_anew_and_leads_back(
    house: House, owner: Person, doing: str
):
    with house.desk.here.database.writing.begin() as session:
        session.query(SignIn).filter_by(account_id=owner.id).update({"fresh_at": None})
    sent = house.send(owner, doing, asked="yes", scope="everything", does="revoked")
    assert sent.headers["location"] == f"/staff/prove?next={house.page.replace('/', '%2F')}"
    assert house.is_there()
    assert house.state() == "real"


def test_the_file_of_a_candidate_is_made_for_them(house: House, coordinator: Person):
    sent = house.send(coordinator, "export", asked="yes")
    assert sent.headers["content-type"] == "application/zip"
    assert sent.headers["cache-control"] == "no-store"
    file = zipfile.ZipFile(io.BytesIO(sent.content))
    assert f"badges/{house.badge.code}.json" in file.namelist()
    assert len(file.read("listen-first.mp3")) > 1000
    assert json.loads(file.read("index.json"))["rows"]["candidate"][0]["id"] == house.candidate.id
    assert house.desk.here.store.scratch.left() == []
    (entry,) = house.logged("exported")
    assert entry.actor == f"account:{coordinator.id}"
    assert entry.subject == f"candidate:{house.candidate.id}"


@pytest.mark.parametrize("doing", ["export", "erasure"])
def test_only_the_candidates_own_wish_counts(house: House, coordinator: Person, doing: str):
    sent = house.send(coordinator, doing, scope="everything")
    assert sent.status_code == 422
    assert "own wish" in sent.text
    assert house.is_there()


def test_nothing_is_deleted_that_was_not_named(house: House, coordinator: Person):
    assert house.send(coordinator, "erasure", asked="yes", scope="all").status_code == 422
    assert house.is_there()


def test_the_voice_goes_and_the_person_stays(house: House, coordinator: Person):
    sent = house.send(coordinator, "erasure", asked="yes", scope="voice", badges="cancelled")
    assert sent.headers["location"] == house.page
    assert house.is_there()
    assert house.state() == "real"
    (entry,) = house.logged("erasure.voice")
    assert entry.actor == f"account:{coordinator.id}"


@pytest.mark.parametrize(("kept", "state"), [("kept", "real"), ("cancelled", "cancelled")])
def test_everything_goes_and_badges_as_the_person_says(
    house: House, coordinator: Person, kept: str, state: str
):
    sent = house.send(coordinator, "erasure", asked="yes", scope="everything", badges=kept)
    assert sent.headers["location"] == _LIST
    assert not house.is_there()
    assert house.state() == state
    assert coordinator.open(house.page).status_code == 404


def test_an_owner_pauses_a_badge_and_gives_it_back(house: House, owner: Person):
    assert house.see_to(owner, "suspended", reason="investigation").status_code == 303
    assert house.state() == "paused"
    assert "because of: investigation" in owner.open(house.page).text
    house.see_to(owner, "resumed")
    assert house.state() == "real"
    with house.desk.here.database.reading.begin() as session:
        events = session.query(BadgeEvent).filter_by(badge_code=house.badge.code)
        authors = {one.author for one in events if one.kind in {"suspended", "resumed"}}
        entries = session.query(AuditEntry).filter_by(subject=f"badge:{house.badge.code}")
        actors = {one.actor for one in entries if one.action.endswith(("suspended", "resumed"))}
    assert authors == actors == {f"account:{owner.id}"}


def test_a_cancelled_badge_stays_so(house: House, owner: Person):
    house.see_to(owner, "revoked", reason="other-person")
    assert house.state() == "cancelled"
    back = house.see_to(owner, "resumed")
    assert "cancelled for good" in back.text
    assert house.state() == "cancelled"
    assert "Cancel it for good" not in owner.open(house.page).text


@pytest.mark.parametrize(
    ("does", "reason"), [("revoked", "because"), ("suspended", ""), ("", "mistake"), ("shown", "")]
)
def test_a_badge_is_withdrawn_for_a_reason_we_have_words_for(
    house: House, owner: Person, does: str, reason: str
):
    assert house.see_to(owner, does, reason=reason).status_code == 422
    assert house.state() == "real"


@pytest.mark.parametrize("role", ["coordinator", "assessor", "operator"])
def test_only_an_owner_withdraws_a_badge(house: House, role: str):
    person = house.desk.insider(role, center=house.center)
    assert house.see_to(person, "revoked").status_code == 403
    assert house.state() == "real"


def test_nobody_withdraws_a_badge_of_another_candidate(house: House, owner: Person):
    other = given(house.desk.here, str(uuid4()), owner_hash="9" * 64)
    sent = house.send(owner, "badges", badge=other.code, does="revoked", reason="mistake")
    assert sent.status_code == 404
    with house.desk.here.database.reading.begin() as session:
        assert badges.folded(
            other, badges.events_of(session, other.code), now=house.desk.clock.now
        ).is_good


def test_a_wish_for_a_correction_is_seen_counted_and_answered(house: House, coordinator: Person):
    number = house.ask_correction()
    assert "1 asked for a person" in coordinator.open(_LIST).text
    assert "Asks for a person" in coordinator.open(house.page).text
    with house.desk.here.database.reading.begin() as session:
        assert not is_looked_at(session, house.candidate.owner_hash)
    sent = house.send(coordinator, "corrections", wish=str(number))
    assert sent.headers["location"] == house.page
    assert "asked for a person" not in coordinator.open(_LIST).text
    with house.desk.here.database.reading.begin() as session:
        assert is_looked_at(session, house.candidate.owner_hash)
    (entry,) = house.logged("correction.answered")
    assert entry.actor == f"account:{coordinator.id}"
    assert house.send(coordinator, "corrections", wish=str(number)).status_code == 404


def test_a_wish_of_another_candidate_is_not_answered(house: House, coordinator: Person):
    with house.desk.here.database.writing.begin() as session:
        number = ask_correction(session, "8" * 64, at=house.desk.clock.now).seq
    for wish in (str(number), "", "x", "0"):
        assert house.send(coordinator, "corrections", wish=wish).status_code == 404


def test_another_center_does_not_see_who_asks(house: House):
    house.ask_correction()
    stranger = house.desk.insider("coordinator")
    assert "asked for a person" not in stranger.open(_LIST).text


def test_the_candidate_hears_that_a_person_looked(house: House, coordinator: Person):
    number = house.ask_correction()
    phone = house.desk.browser()
    with house.desk.here.database.writing.begin() as session:
        candidate = session.get_one(Candidate, house.candidate.id)
        secret = signins.begin(session, candidate, now=house.desk.clock.now)
    phone.cookies.set("signin", secret)
    looked = house.desk.here.content.languages["es"].phrases["me.looked"]
    assert looked not in phone.get("/me?lang=es", headers=PAGES).text
    house.send(coordinator, "corrections", wish=str(number))
    assert looked in phone.get("/me?lang=es", headers=PAGES).text
    house.ask_correction()
    assert looked not in phone.get("/me?lang=es", headers=PAGES).text
