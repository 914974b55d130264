"""`voice-app badges` and `voice-app keys`, on a real database and real keys."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from tests.badges.made import ended
from voice_app.badges.bulk import issue_one
from voice_app.badges.standings import events_of
from voice_app.commands.badges import badges
from voice_app.commands.keys import keys
from voice_app.db import open_database
from voice_app.errors import VoiceAppError
from voice_app.models import Badge
from voice_app.settings import Settings

PERSON = ("--author", "Ana")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICE_APP_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def attempts() -> list[str]:
    """Three attempts that were passed, and one that was not."""
    database = open_database(Settings().database_path)
    for name in ("a1", "a2", "a3", "not-yet"):
        ended(database, name, "not_yet" if name == "not-yet" else "passed")
    database.close()
    return ["a1", "a2", "a3"]


def told(*arguments: object, group=badges) -> Result:
    return CliRunner().invoke(group, [str(one) for one in arguments])


def lines(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.output.splitlines() if line.startswith("{")]


def issued() -> list[str]:
    return [line["code"] for line in lines(told("issue", "--all"))]


def events(code: str) -> list[tuple[str, str | None]]:
    database = open_database(Settings().database_path)
    with database.reading.begin() as session:
        found = [(one.kind, one.reason) for one in events_of(session, code)]
    database.close()
    return found


def test_a_cohort_gets_its_badges_once(attempts: list[str]):
    first, again = told("issue", *attempts), told("issue", *attempts)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert [line["done"] for line in lines(first)] == ["done"] * 3
    assert [line["done"] for line in lines(again)] == ["kept"] * 3
    assert [line["code"] for line in lines(first)] == [line["code"] for line in lines(again)]
    assert "3 done, 0 kept, 0 refused" in first.output


def test_all_that_were_passed_and_nothing_else(attempts: list[str]):
    assert [line["id"] for line in lines(told("issue", "--all"))] == attempts


def test_what_was_not_passed_is_refused(attempts: list[str]):
    result = told("issue", "not-yet", "nobody", attempts[0])
    assert result.exit_code == 1
    assert [line["done"] for line in lines(result)] == ["refused", "refused", "done"]


@pytest.mark.usefixtures("attempts")
def test_a_file_names_attempts_and_holders(data: Path):
    (data / "cohort.txt").write_text("# course of May\na1\tAna Ejemplo\n\na2\n", encoding="utf-8")
    codes = [line["code"] for line in lines(told("issue", "--from", data / "cohort.txt"))]
    database = open_database(Settings().database_path)
    with database.reading.begin() as session:
        documents = [session.get_one(Badge, code).credential for code in codes]
    database.close()
    assert ["Ana Ejemplo" in one for one in documents] == [True, False]


@pytest.mark.usefixtures("attempts")
@pytest.mark.parametrize(("command", "kind"), [("revoke", "revoked"), ("suspend", "suspended")])
def test_a_cohort_is_withdrawn_by_a_person(command: str, kind: str):
    codes = issued()
    first = told(command, *codes, "--reason", "mistake", *PERSON)
    again = told(command, *codes, "--reason", "mistake", *PERSON)
    assert [line["done"] for line in lines(first)] == ["done"] * 3
    assert [line["done"] for line in lines(again)] == ["kept"] * 3
    assert events(codes[0]) == [(kind, "mistake")]


@pytest.mark.usefixtures("attempts")
def test_a_machine_withdraws_nothing():
    (code, *_) = issued()
    result = told("revoke", code, "--reason", "mistake", "--author", "machine")
    assert result.exit_code == 1
    assert "person" in lines(result)[0]["why"]
    assert events(code) == []


@pytest.mark.usefixtures("attempts")
def test_a_pause_ends():
    (code, *_) = issued()
    told("suspend", code, "--reason", "investigation", *PERSON)
    assert lines(told("resume", code, *PERSON))[0]["done"] == "done"
    assert lines(told("resume", code, *PERSON))[0]["done"] == "kept"


@pytest.mark.usefixtures("attempts")
def test_a_name_is_corrected(data: Path):
    (code, *_) = issued()
    (new,) = lines(told("reissue", code, "--name", "Ana Ejemplo", *PERSON))
    assert lines(told("reissue", code, *PERSON))[0]["done"] == "kept"
    told("export", new["code"], "--out", data / "out")
    assert "Ana Ejemplo" in (data / "out" / f"{new['code']}.json").read_text(encoding="utf-8")
    assert events(code)[-1] == ("revoked", "correction")


@pytest.mark.usefixtures("attempts")
def test_one_name_is_for_one_badge():
    assert told("reissue", *issued(), "--name", "Ana", *PERSON).exit_code == 2


def test_nothing_to_do_is_told():
    result = told("issue")
    assert result.exit_code == 1
    assert "--from" in result.output


@pytest.mark.usefixtures("attempts")
def test_an_export_verifies_with_nothing_else(data: Path):
    good, bad, *_ = issued()
    told("revoke", bad, "--reason", "mistake", *PERSON)
    out = data / "out"
    result = told("export", good, bad, "--out", out, "--paper", "A6", "--verifier", "--cards")
    assert result.exit_code == 0
    assert {f"{good}.pdf", "cards.pdf", "verify.html", "did.json"} <= {
        path.name for path in out.iterdir()
    }
    assert not (out / f"{bad}.pdf").exists()
    (jwk,) = out.glob("jwt-*.json")
    found = lines(
        told(
            "verify",
            *(out / f"{good}.{ending}" for ending in ("json", "jwt", "pdf")),
            out / f"{bad}.json",
            *("--did", out / "did.json", "--jwk", jwk),
            *("--status", out / "status-1-revocation.json"),
        )
    )
    assert [one["state"] for one in found] == ["real", "real", "real", "cancelled"]
    ours = told("verify", out / f"{good}.json", out / f"{bad}.json")
    assert [one["state"] for one in lines(ours)] == ["real", "cancelled"]
    assert ours.exit_code == 1


def test_samples_are_what_their_names_say(data: Path):
    out = data / "samples"
    assert told("sample", "--out", out).exit_code == 0
    assert {
        *("good.json", "good.jwt", "revoked.json", "expired.json", "did.json", "jwk.json"),
        *("status.json", "good.pdf", "good.png", "elm.json", "qr.txt"),
    } <= {path.name for path in out.iterdir()}
    names = ("good.json", "good.jwt", "good.png", "good.pdf", "qr.txt")
    found = told(
        "verify",
        *(out / name for name in (*names, "revoked.json", "suspended.json", "expired.json")),
        *("--did", out / "did.json", "--jwk", out / "jwk.json"),
        *("--status", out / "status.json", "--status", out / "suspension.json"),
    )
    states = [one["state"] for one in lines(found)]
    assert states == [*["real"] * 5, "cancelled", "paused", "expired"]


def test_without_the_list_nobody_can_tell(data: Path):
    told("sample", "--out", data)
    names = ("expired.json", "good.json", "good.jwt", "good.png", "qr.txt", "revoked.json")
    files = ("--did", data / "did.json", "--jwk", data / "jwk.json")
    found = told("verify", *(data / name for name in names), *files)
    assert [one["state"] for one in lines(found)] == ["expired", *["unchecked"] * 5]
    assert found.exit_code == 1


@pytest.mark.parametrize("name", ["did.json", "jwk.json", "status.json"])
def test_a_file_of_the_issuer_that_is_none_is_told(data: Path, name: str):
    told("sample", "--out", data)
    (data / name).write_text("[]", encoding="utf-8")
    files = (
        "--did",
        data / "did.json",
        "--jwk",
        data / "jwk.json",
        "--status",
        data / "status.json",
    )
    result = told("verify", data / "good.json", *files)
    assert result.exit_code == 1
    assert "cannot be used" in result.output


def test_a_changed_list_is_told(data: Path):
    told("sample", "--out", data)
    changed = json.loads((data / "status.json").read_text(encoding="utf-8"))
    changed["validFrom"] = "2020-01-01T00:00:00Z"
    (data / "status.json").write_text(json.dumps(changed), encoding="utf-8")
    files = ("--did", data / "did.json", "--status", data / "status.json")
    assert "was changed" in told("verify", data / "good.json", *files).output


@pytest.mark.usefixtures("attempts")
def test_a_rotated_key_keeps_its_badges_and_a_stolen_one_does_not(data: Path):
    codes = issued()
    told("export", codes[0], "--out", data / "out")
    listed = told("list", group=keys).output
    (old,) = (line.split()[1] for line in listed.splitlines() if line.startswith("badge"))
    assert "3 signed" in listed
    assert told("rotate", "badge", group=keys).exit_code == 0
    assert "retired" in told("list", group=keys).output
    assert lines(told("verify", data / "out" / f"{codes[0]}.json"))[0]["state"] == "real"
    refused = told("distrust", old, group=keys)
    assert refused.exit_code == 1
    assert f"reissue --key {old}" in refused.output
    assert len(lines(told("reissue", "--key", old, *PERSON))) == 3
    assert told("distrust", old, group=keys).exit_code == 0
    assert lines(told("verify", data / "out" / f"{codes[0]}.json"))[0]["state"] == "unknown"
    assert "distrusted" in told("list", group=keys).output


def test_keys_are_made_and_checked(data: Path):
    assert "level: key-" in told("make", "level", group=keys).output
    again = told("make", "level", group=keys)
    assert isinstance(again.exception, VoiceAppError)
    told("rotate", "level", group=keys)
    checked = told("check", group=keys)
    assert checked.exit_code == 0
    assert "whole, encrypted, signs" in checked.output
    assert "retired, whole" in checked.output
    assert "not made yet" in checked.output
    (data / "keys" / "level-key.pem").chmod(0o644)
    assert isinstance(told("check", group=keys).exception, VoiceAppError)


def test_keys_move_under_a_new_passphrase(data: Path, monkeypatch: pytest.MonkeyPatch):
    told("make", "badge", group=keys)
    new = data / "elsewhere" / "passphrase"
    for _ in range(2):  # as after an interruption
        assert told("reencrypt", "--to", new, group=keys).exit_code == 0
    assert isinstance(told("check", group=keys).exception, VoiceAppError)
    monkeypatch.setenv("VOICE_APP_KEY_PASSPHRASE_FILE", str(new))
    assert told("check", group=keys).exit_code == 0


def test_secrets_are_for_their_owner_alone(data: Path):
    told("make", "badge", group=keys)
    for path in (data / "key-passphrase", data / "keys" / "badge-key.pem"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.usefixtures("attempts")
def test_what_was_begun_goes_on(monkeypatch: pytest.MonkeyPatch):
    """Interrupted after the first badge, the same command gives the others."""
    real = issue_one

    def interrupted(database, attempt_id: str, **options: object):
        if attempt_id == "a2":
            raise KeyboardInterrupt
        return real(database, attempt_id, **options)

    monkeypatch.setattr("voice_app.commands.badges.issue_one", interrupted)
    stopped = told("issue", "a1", "a2", "a3")
    assert stopped.exit_code == 130
    assert "goes on from here" in stopped.output
    monkeypatch.setattr("voice_app.commands.badges.issue_one", real)
    assert [line["done"] for line in lines(told("issue", "a1", "a2", "a3"))] == [
        "kept",
        "done",
        "done",
    ]
    database = open_database(Settings().database_path)
    with database.reading.begin() as session:
        assert len(session.scalars(select(Badge)).all()) == 3
    database.close()
