import re
from pathlib import Path
from typing import Any

import pytest

from tests.staff.desk import PASSWORD, Desk, codes_in, letters_in
from voice_app.access import signins
from voice_app.models import Account, RecoveryCode, SignIn
from voice_app.people import second_steps

NEW, WEAK, WRONG = "tiroir mangue pluvieux violon", "password1234", "wrong"


def test_password_and_code_let_in_and_leave_ends_it(desk: Desk):
    person = desk.person()
    assert not person.is_in()
    person.sign_in()
    assert person.is_in()
    left = person.send("/staff/sign-out")
    assert left.headers["location"] == "/staff/sign-in"
    assert not person.is_in()
    assert desk.logged(person)[-1] == "sign-in.password"


def test_the_password_alone_is_not_enough(desk: Desk):
    person = desk.person()
    person.tell_password()
    assert not person.is_in()


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(desk: Desk):
    person = desk.insider()
    secret = person.client.cookies["signin"]
    person.send("/staff/sign-out")
    thief = desk.browser()
    thief.cookies.set("signin", secret)
    assert thief.get("/staff").status_code == 401


def test_a_cookie_that_was_planted_before_does_not_come_in(desk: Desk):
    person = desk.person()
    person.client.cookies.set("signin", "planted-by-somebody-else-0123456789")
    entered = person.sign_in()
    given = re.search(r"signin=([^;]+)", entered.headers["set-cookie"])
    assert given is not None
    assert given[1] != "planted-by-somebody-else-0123456789"


def test_coming_in_anew_ends_the_sign_in_that_the_browser_had(desk: Desk):
    person = desk.insider()
    before = person.client.cookies["signin"]
    person.client.cookies.delete("signin")
    person.client.cookies.set("signin", before, domain="localhost.local", path="/")
    person.sign_in()
    with desk.here.database.reading.begin() as session:
        assert signins.found(session, before, now=desk.clock.now) is None


def test_the_cookie_is_for_this_browser_alone(desk: Desk):
    entered = desk.person().sign_in()
    cookie = next(
        one for one in entered.headers.get_list("set-cookie") if one.startswith("signin=")
    )
    assert "HttpOnly" in cookie
    assert "Path=/" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "max-age" not in cookie.lower()


@pytest.mark.parametrize("who", ["wrong password", "locked", "nobody"])
def test_who_may_not_come_in_is_told_the_same(desk: Desk, who: str):
    person = desk.person(center=desk.center())
    if who == "locked":
        with desk.here.database.writing.begin() as session:
            session.get_one(Account, person.id).locked_at = desk.clock.now
    if who == "nobody":
        person.email = f"nobody{desk.number}@center.example"
    told = person.tell_password("not it at all" if who == "wrong password" else PASSWORD)
    assert told.status_code == 422
    assert "The e-mail address or the password is not right." in told.text
    assert "set-cookie" not in told.headers


def test_a_code_is_taken_once(desk: Desk):
    person = desk.person()
    person.tell_password()
    code = person.code()
    assert person.post("/staff/second-step", code=code).status_code == 303
    person.tell_password()
    assert person.post("/staff/second-step", code=code).status_code == 422


def test_a_second_step_is_over_once_it_is_taken(desk: Desk):
    person = desk.person()
    person.tell_password()
    step = person.client.cookies["step"]
    person.post("/staff/second-step", code=person.code())
    thief = desk.browser()
    thief.cookies.set("step", step)
    again = thief.post("/staff/second-step", data={"code": person.code()}, follow_redirects=False)
    assert again.headers["location"] == "/staff/sign-in"


def test_a_recovery_code_stands_in_for_the_app_once(desk: Desk):
    person = desk.insider()
    codes = codes_in(person.send("/staff/security/recovery-codes"))
    assert len(codes) == len(set(codes)) == 10
    with desk.here.database.reading.begin() as session:
        kept = {row.code_hash for row in session.query(RecoveryCode)}
    assert not kept & set(codes)
    person.tell_password()
    assert person.post("/staff/second-step", code=codes[0].upper()).status_code == 303
    person.tell_password()
    assert person.post("/staff/second-step", code=codes[0]).status_code == 422


def test_without_the_vault_an_app_lets_nobody_in_and_a_recovery_code_does(desk: Desk):
    person = desk.insider()
    codes = codes_in(person.send("/staff/security/recovery-codes"))
    desk.here.vault.forget(f"account:{person.id}")
    person.client.cookies.clear()
    person.tell_password()
    refused = person.post("/staff/second-step", code=person.code())
    assert refused.status_code == 422
    assert "This code is not right" in refused.text
    assert person.post("/staff/second-step", code=codes[0]).status_code == 303


def test_new_recovery_codes_make_the_old_ones_void(desk: Desk):
    person = desk.insider()
    old = codes_in(person.send("/staff/security/recovery-codes"))
    person.send("/staff/security/recovery-codes")
    person.tell_password()
    assert person.post("/staff/second-step", code=old[0]).status_code == 422


def test_guessing_a_password_is_slowed_per_account(desk: Desk):
    person = desk.person()
    answers = [person.tell_password("wrong").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    told = person.tell_password()
    assert told.status_code == 429
    assert int(told.headers["retry-after"]) > 0
    assert "too many tries" in told.text


def test_guessing_a_code_is_slowed_per_account_from_any_browser(desk: Desk):
    person = desk.person()
    person.tell_password()
    answers = [person.post("/staff/second-step", code="000000").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    person.client = desk.browser()
    person.tell_password()
    assert person.post("/staff/second-step", code=person.code()).status_code == 429


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/staff",
        "//evil.example",
        "/\\evil.example",
        "/staff/..//evil",
        "/staff\r\nX: y",
        "/stafff",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(desk: Desk, to: str):
    assert desk.person().sign_in(to=to).headers["location"] == "/staff"


def test_after_signing_in_the_page_that_was_asked_for_comes(desk: Desk):
    person = desk.person()
    asked = person.open("/staff/people")
    assert asked.headers["location"] == "/staff/sign-in?next=%2Fstaff%2Fpeople"
    assert person.sign_in(to="/staff/people").headers["location"] == "/staff/people"


def test_proving_anew_makes_fresh_and_a_wrong_proof_does_not(desk: Desk):
    person = desk.insider()
    desk.clock.move(minutes=6)
    stale = person.send("/staff/security/recovery-codes")
    assert stale.headers["location"] == "/staff/prove?next=%2Fstaff%2Fsecurity"
    wrong = person.send("/staff/prove", page="/staff/prove", password=WRONG, code="000000")
    assert wrong.status_code == 422
    assert person.send("/staff/security/recovery-codes").status_code == 303
    right = person.send("/staff/prove", page="/staff/prove", password=PASSWORD, code=person.code())
    assert right.status_code == 303
    assert len(codes_in(person.send("/staff/security/recovery-codes"))) == 10


def test_a_new_password_ends_all_other_sign_ins_and_holds(desk: Desk):
    person = desk.insider()
    elsewhere = desk.browser()
    with desk.here.database.writing.begin() as session:
        other = signins.begin(session, session.get_one(Account, person.id), now=desk.clock.now)
    elsewhere.cookies.set("signin", other)
    assert person.send("/staff/security/password", password=WEAK).status_code == 422
    assert person.send("/staff/security/password", password=NEW).status_code == 303
    assert person.is_in()
    assert elsewhere.get("/staff").status_code == 401
    assert person.tell_password(NEW).status_code == 303


def test_another_app_takes_over_once_its_code_was_shown(desk: Desk):
    person = desk.insider()
    assert person.send("/staff/security/app").headers["location"] == "/staff/security/app"
    shown = person.open("/staff/security/app")
    old, person.secret = person.secret, letters_in(shown)
    assert person.send("/staff/security/app/code", code="000000").status_code == 422
    assert person.send("/staff/security/app/code", code=person.code()).status_code == 303
    person.sign_in()
    person.secret = old
    person.tell_password()
    assert person.post("/staff/second-step", code=person.code()).status_code == 422


def test_one_sees_and_ends_ones_own_sign_ins_and_no_others(desk: Desk):
    person, stranger = desk.insider(), desk.insider()
    with desk.here.database.writing.begin() as session:
        session.query(SignIn).filter_by(account_id=person.id).update({"label": "Here on Linux"})
        other = signins.begin(
            session,
            session.get_one(Account, person.id),
            now=desk.clock.now,
            label="Firefox on Android",
        )
    assert "Firefox on Android" in person.open("/staff/security").text
    stranger.send("/staff/security/sign-ins/end", which=signins.digest(other))
    with desk.here.database.reading.begin() as session:
        assert signins.found(session, other, now=desk.clock.now) is not None
    person.send("/staff/security/sign-ins/end", which=signins.digest(other))
    with desk.here.database.reading.begin() as session:
        assert signins.found(session, other, now=desk.clock.now) is None
    assert person.is_in()


def test_the_shared_secret_of_an_app_lies_nowhere_in_the_clear(desk: Desk):
    person = desk.person()
    folder = Path(desk.here.database.reading.kw["bind"].url.database).parent
    kept = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert any(person.email.encode() in one for one in kept)
    assert not any(person.secret.encode() in one for one in kept)


def test_nobody_waits_while_codes_are_hashed(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """Hashing takes half a second: whoever writes meanwhile must not have to wait for it."""
    person, calls = desk.insider(), []
    real = second_steps.scrypt

    def hashing(*args: Any, **how: Any) -> bytes:
        with desk.here.database.writing.begin() as session:
            calls.append(session.query(SignIn).count())
        return real(*args, **how)

    monkeypatch.setattr(second_steps, "scrypt", hashing)
    codes = codes_in(person.send("/staff/security/recovery-codes"))
    person.tell_password()
    assert person.post("/staff/second-step", code=codes[0]).status_code == 303
    sent = person.send("/staff/prove", page="/staff/prove", password=PASSWORD, code=codes[1])
    assert sent.status_code == 303
    assert len(calls) == 12


def test_a_code_that_is_in_use_by_two_at_once_lets_in_one(desk: Desk):
    person = desk.person()
    with desk.here.database.reading.begin() as session:
        account = session.get_one(Account, person.id)
    code, now = person.code(), desk.clock.now
    shown = second_steps.look_at(account, code, seals=desk.here.vault, now=now)
    taken = []
    for _ in range(2):
        with desk.here.database.writing.begin() as session:
            row = session.get_one(Account, person.id)
            taken.append(second_steps.take(session, row, shown, now=now))
    assert taken == [True, False]


def test_a_code_of_an_app_that_was_changed_meanwhile_is_not_taken(desk: Desk):
    person = desk.person()
    with desk.here.database.writing.begin() as session:
        account = session.get_one(Account, person.id)
        now, seals = desk.clock.now, desk.here.vault
        shown = second_steps.look_at(account, person.code(), seals=seals, now=now)
        second_steps.keep_secret(account, second_steps.new_secret(), seals=seals, step=0)
        assert not second_steps.take(session, account, shown, now=now)


def test_an_app_whose_secret_is_lost_is_a_wrong_code_and_a_recovery_code_helps(desk: Desk):
    person = desk.insider()
    codes = codes_in(person.send("/staff/security/recovery-codes"))
    desk.here.vault.forget(f"account:{person.id}")
    person.tell_password()
    assert person.post("/staff/second-step", code=person.code()).status_code == 422
    assert person.post("/staff/second-step", code=codes[0]).status_code == 303
