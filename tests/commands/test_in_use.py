"""A passphrase is changed only while no service runs, and for every key that it opens."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from voice_app.commands.in_use import InUseError, alone, serving
from voice_app.commands.keys import keys
from voice_app.commands.private_ca import PrivateAuthorityError, certified
from voice_app.settings import Settings

NOW = datetime.now(UTC)
_HOLDS = """
import sys, time
from pathlib import Path
from voice_app.commands.in_use import serving
with serving(Path(sys.argv[1])):
    print("serving", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("VOICE_APP_DATA", str(tmp_path / "data"))
    return Settings()


def reencrypted(tmp_path: Path):
    return CliRunner().invoke(keys, ["reencrypt", "--to", str(tmp_path / "new")])


def test_while_a_service_runs_no_key_is_changed(settings: Settings, tmp_path: Path):
    CliRunner().invoke(keys, ["make", "badge"])
    key = (settings.keys_folder / "badge-key.pem").read_bytes()
    with serving(settings.data_folder), serving(settings.data_folder):
        told = reencrypted(tmp_path)
    assert isinstance(told.exception, InUseError)
    assert "Stop it first" in str(told.exception)
    assert (settings.keys_folder / "badge-key.pem").read_bytes() == key
    assert not (tmp_path / "new").exists()
    assert reencrypted(tmp_path).exit_code == 0


def test_while_keys_are_changed_no_service_starts(settings: Settings):
    with alone(settings.data_folder):
        for kind in (serving, alone):
            with pytest.raises(InUseError), kind(settings.data_folder):
                pass
    with serving(settings.data_folder):
        pass


def test_a_service_that_was_killed_is_in_nobodys_way(settings: Settings):
    command = [sys.executable, "-c", _HOLDS, str(settings.data_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "serving\n"
        with pytest.raises(InUseError), alone(settings.data_folder):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
    with alone(settings.data_folder):
        pass


def test_a_centers_authority_moves_along(settings: Settings, tmp_path: Path):
    names, folder = ("soleil.local",), settings.tls_folder
    old = settings.passphrase()
    before = certified(folder, old, names=names, now=NOW)
    for _ in range(2):  # as after an interruption
        told = reencrypted(tmp_path)
        assert told.exit_code == 0, told.output
        assert "tls/center-ca.key is under" in told.output
        assert "tls/server.key is under" in told.output
    new = (tmp_path / "new").read_text().strip().encode()
    assert certified(folder, new, names=names, now=NOW) == before
    with pytest.raises(PrivateAuthorityError):
        certified(folder, old, names=names, now=NOW)
    assert {path.stat().st_mode & 0o077 for path in folder.glob("*.key")} == {0}
