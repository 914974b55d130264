"""`voice-app people`: who works here, by the commands an operator types, and the first link."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from tests.journeys.fakes import ScriptedEars
from voice_app.access.page import roles_page
from voice_app.app import create_app
from voice_app.commands.people import people, say_first_link
from voice_app.errors import VoiceAppError
from voice_app.models import Account, AuditEntry, Center, Invitation
from voice_app.people import accounts, invitations, passwords
from voice_app.routes.deps import Service
from voice_app.settings import Settings

PASSWORD = "glacier mandolin turnip octave"  # noqa: S105 - of somebody who exists in tests alone
LINK = re.compile(r"^http://localhost:8000/staff/(setup|invite)#([\w-]{43})$", re.MULTILINE)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("VOICE_APP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VOICE_APP_MODELS", str(tmp_path / "models"))
    monkeypatch.delenv("VOICE_APP_ORIGIN", raising=False)
    return Settings()


@pytest.fixture
def app(settings: Settings) -> Iterator[Any]:
    app = create_app(settings, ears=ScriptedEars())
    yield app
    app.state.service.database.close()


@pytest.fixture
def here(app: Any) -> Service:
    return app.state.service


def run(*words: str) -> Result:
    return CliRunner().invoke(people, words)


def said(*words: str) -> str:
    told = run(*words)
    assert told.exit_code == 0, told.output
    return told.output


def link_in(text: str) -> tuple[str, str]:
    (found,) = LINK.findall(text)
    return found


def opens(app: Any, secret: str) -> int:
    client = TestClient(app, base_url="http://localhost:8000")
    told = client.post("/staff/invite", data={"secret": secret}, headers={"accept": "text/html"})
    return told.status_code


def owner(here: Service, *, email: str = "rosa@center.example") -> str:
    """Somebody who owns a center and has a password; gives the center."""
    with here.database.writing.begin() as session:
        now = here.clock()
        center = accounts.make_center(session, name="Soleil", country="FR", by="command", now=now)
        account = accounts.make(
            session,
            center_id=center.id,
            role="owner",
            name="Rosa",
            email=email,
            by="command",
            now=now,
        )
        account.password_hash = passwords.hash_of(PASSWORD)
    return center.id


def account(here: Service, email: str) -> Account:
    with here.database.reading.begin() as session:
        return accounts.needed(session, email)


def test_the_first_start_prints_a_link_that_opens(
    app: Any, here: Service, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    say_first_link(here.database, settings)
    kind, secret = link_in(capsys.readouterr().out)
    assert kind == "setup"
    assert opens(app, secret) == 200


def test_of_several_starts_the_newest_link_alone_opens(
    app: Any, here: Service, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    secrets = []
    for _ in range(3):
        say_first_link(here.database, settings)
        secrets.append(link_in(capsys.readouterr().out)[1])
    assert [opens(app, one) for one in secrets] == [410, 410, 200]


def test_once_somebody_works_here_a_start_prints_no_link(
    here: Service, settings: Settings, capsys: pytest.CaptureFixture[str]
):
    owner(here)
    say_first_link(here.database, settings)
    assert capsys.readouterr().out == ""
    with here.database.reading.begin() as session:
        assert session.query(Invitation).count() == 0


def test_nobody_is_there_before_the_first_link_is_used(here: Service):
    with here.database.reading.begin() as session:
        assert session.query(Account).count() == session.query(Center).count() == 0
        assert invitations.is_first_start(session)


def test_setup_prints_a_link_for_another_center(app: Any, here: Service):
    owner(here)
    kind, secret = link_in(said("setup"))
    assert (kind, opens(app, secret)) == ("setup", 200)


def test_invite_prints_a_link_for_one_person_of_one_center(app: Any, here: Service):
    center = owner(here)
    told = said("invite", "ana@center.example", "--role", "assessor", "--center", center)
    kind, secret = link_in(told)
    assert (kind, opens(app, secret)) == ("invite", 200)
    with here.database.reading.begin() as session:
        (row,) = session.query(Invitation).all()
        (entry,) = session.query(AuditEntry).filter_by(action="invitation.made").all()
    assert (row.email, row.role, row.center_id) == ("ana@center.example", "assessor", center)
    assert entry.actor == "command"
    assert secret not in str(vars(row)) + str(vars(entry))


def test_an_operator_is_invited_to_no_center(here: Service):
    owner(here)
    link_in(said("invite", "op@machine.example", "--role", "operator"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("invite", "ana@center.example", "--role", "assessor"), "Name the center"),
        (
            ("invite", "ana@center.example", "--role", "assessor", "--center", "none"),
            "no center none",
        ),
        (("invite", "no address", "--role", "operator"), "Write an e-mail address"),
        (("invite", "rosa@center.example", "--role", "operator"), "already has an account"),
        (("lock", "nobody@center.example"), "Nobody has the address"),
        (("unlock", "nobody@center.example"), "Nobody has the address"),
        (("reset", "nobody@center.example"), "Nobody has the address"),
        (("lock", "rosa@center.example"), "only owner"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    here: Service, words: tuple[str, ...], sentence: str
):
    owner(here)
    told = run(*words)
    assert told.exit_code != 0
    assert isinstance(told.exception, VoiceAppError)
    assert sentence in str(told.exception)
    with here.database.reading.begin() as session:
        assert session.query(Invitation).count() == 0
    assert account(here, "rosa@center.example").locked_at is None


def test_a_role_that_is_none_is_not_taken(here: Service):
    assert here
    assert run("invite", "ana@center.example", "--role", "admin").exit_code == 2


def test_list_names_centers_and_people_and_nothing_that_opens(here: Service):
    center = owner(here)
    told = said("list")
    assert f"center       {center}  Soleil (FR)" in told
    assert re.search(r"^owner +rosa@center.example  Rosa$", told, re.MULTILINE)
    assert "argon2" not in told


def test_lock_shuts_and_unlock_opens(here: Service):
    owner(here)
    owner(here, email="otto@center.example")
    with here.database.writing.begin() as session:
        both = session.query(Account).all()
        for one in both:
            one.center_id = both[0].center_id
    assert said("lock", "otto@center.example") == "otto@center.example is locked.\n"
    assert account(here, "otto@center.example").locked_at is not None
    assert "otto@center.example  Rosa  locked" in said("list")
    said("unlock", "otto@center.example")
    assert account(here, "otto@center.example").locked_at is None
    assert account(here, "otto@center.example").password_hash is not None


def test_reset_takes_the_ways_in_and_gives_a_link_that_sets_them_anew(app: Any, here: Service):
    owner(here)
    _, secret = link_in(said("reset", "rosa@center.example"))
    assert account(here, "rosa@center.example").password_hash is None
    assert opens(app, secret) == 200


def test_roles_prints_the_page_of_the_documentation(here: Service, tmp_path: Path):
    assert here
    assert said("roles") == roles_page()
    said("roles", "--out", str(tmp_path / "roles.md"))
    assert (tmp_path / "roles.md").read_text(encoding="utf-8") == roles_page()
