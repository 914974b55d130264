"""`voice-app serve`: says what phones need, and speaks https when it is asked to."""

import os
import re
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest
from click.testing import CliRunner
from fastapi import FastAPI

from tests.journeys.phone import hear_notice
from tests.tls.proxies import free_port
from voice_app.commands import serve as command
from voice_app.commands.ca_desk import FILE, desk
from voice_app.commands.in_use import InUseError, alone
from voice_app.settings import Settings

FILES = ("--tls-cert", __file__, "--tls-key", __file__)


class Heard:
    """Stands where the service would start: what it was given to listen with."""

    def __init__(self) -> None:
        self.listens: dict[str, object] = {}
        self.origin = ""

    def create_app(self, settings: Settings) -> FastAPI:
        self.origin = settings.origin
        app = FastAPI()
        app.state.service = SimpleNamespace(database=None)
        return app

    def say_first_link(self, *_told: object) -> None:
        pass

    def run(self, _app: FastAPI, **listens: object) -> None:
        self.listens = listens
        with pytest.raises(InUseError), alone(Settings().data_folder):
            pass


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    monkeypatch.setenv("VOICE_APP_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("VOICE_APP_ORIGIN", raising=False)
    monkeypatch.setattr(command, "create_app", heard.create_app)
    monkeypatch.setattr(command, "say_first_link", heard.say_first_link)
    monkeypatch.setattr(command.uvicorn, "run", heard.run)
    monkeypatch.setattr(command, "house_addresses", lambda: ("192.168.7.20", "fd00::7"))
    return heard


def said(*options: str) -> str:
    told = CliRunner().invoke(command.serve, ["--port", str(free_port()), *options])
    if told.exception is not None:
        raise told.exception
    return told.output


def test_alone_it_says_that_phones_cannot_reach_it_and_how_they_could(heard: Heard):
    told = said()
    assert "Only this computer" in told
    assert "--private-ca" in told
    assert heard.listens["host"] == "127.0.0.1"
    assert heard.origin.startswith("http://localhost:")


def test_on_the_wifi_without_https_it_names_the_addresses_and_what_they_lack(heard: Heard):
    told = said("--host", "0.0.0.0")  # noqa: S104 - as in a center
    assert f"http://192.168.7.20:{heard.listens['port']}" in told
    assert f"http://[fd00::7]:{heard.listens['port']}" in told
    assert "microphone only under https" in told


def test_a_center_of_its_own_needs_two_words(heard: Heard, tmp_path: Path):
    told = said("--private-ca", "--name", "soleil.local")
    port = heard.listens["port"]
    assert heard.listens["host"] == "0.0.0.0"  # noqa: S104 - compared
    assert heard.origin == f"https://soleil.local:{port}"
    assert f"https://soleil.local:{port}  https://192.168.7.20:{port}" in told
    assert re.search(r"http://soleil\.local:\d+", told)
    assert re.search(r"([0-9A-F]{2}:){31}[0-9A-F]{2}", told)
    assert heard.listens["ssl_certfile"] == tmp_path / "data/tls/server.crt"
    assert heard.listens["ssl_keyfile_password"] == Settings().passphrase().decode()


def test_an_address_that_was_set_stays(heard: Heard, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VOICE_APP_ORIGIN", "https://center.example.org")
    told = said()
    assert heard.origin == "https://center.example.org"
    assert "VOICE_APP_TRUSTED_PROXIES" in told
    monkeypatch.setenv("VOICE_APP_TRUSTED_PROXIES", "127.0.0.1")
    assert "VOICE_APP_TRUSTED_PROXIES" not in said()
    assert heard.listens["forwarded_allow_ips"] == ["127.0.0.1"]


def test_a_certificate_of_ones_own_is_given_on(heard: Heard):
    said(*FILES)
    assert heard.listens["ssl_certfile"] == Path(__file__)
    assert heard.origin.startswith("https://localhost:")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (FILES[:2], "together"),
        ((*FILES, "--private-ca"), "not both"),
        (("--name", "soleil.local"), "--private-ca"),
        (("--private-ca", "--name", "center.example.org"), "--tls-cert"),
    ],
)
def test_options_that_do_not_go_together_are_one_sentence(
    heard: Heard, *, options: tuple[str, ...], why: str
):
    with pytest.raises(command.VoiceAppError, match=why):
        said(*options)
    assert heard.listens == {}


def test_the_desk_hands_out_the_authority_and_nothing_else():
    told = {"authority": b"a file", "fingerprint": "AB:CD", "address": "https://soleil.local"}
    with desk("127.0.0.1", 0, **told) as port:
        at = f"http://127.0.0.1:{port}"
        answer = httpx2.get(f"{at}{FILE}")
        assert (answer.content, answer.headers["content-type"]) == (
            b"a file",
            "application/x-x509-ca-cert",
        )
        page = httpx2.get(at).text
        assert "AB:CD" in page
        assert FILE in page
        for path in ("/center-ca.key", "/server.key", "/../center-ca.key", "/etc/passwd"):
            assert httpx2.get(f"{at}{path}").status_code == 404
        assert httpx2.post(at).status_code == 501
    assert not [one for one in threading.enumerate() if one.name == "ca-desk"]


@contextmanager
def real(data: Path, *options: str, **environment: str) -> Iterator[int]:
    port = free_port()
    line = [sys.executable, "-m", "voice_app", "serve", "--port", str(port), *options]
    told = os.environ | {"VOICE_APP_DATA": str(data)} | environment
    process = subprocess.Popen(line, env=told, stdout=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def believing(authority: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authority)


def answered(address: str, authority: Path) -> httpx2.Response:
    until = time.monotonic() + 120
    while True:
        try:
            return httpx2.get(address, verify=believing(authority))
        except (httpx2.TransportError, OSError):
            assert time.monotonic() < until, "the service did not start"
            time.sleep(0.2)


def test_the_real_service_is_believed_and_keeps_to_https(tmp_path: Path):
    data = tmp_path / "data"
    authority = data / "tls/center-ca.crt"
    with real(data, "--private-ca", "--name", "localhost", "--host", "127.0.0.1") as port:
        at = f"https://localhost:{port}"
        assert answered(f"{at}/healthz", authority).status_code == 200
        handed_out = httpx2.get(f"http://127.0.0.1:{port + 1}{FILE}")
        assert handed_out.content == authority.read_bytes()
        wanted = {"assessment": "MC3", "employer_language": "fr", "help_language": "es"}
        with httpx2.Client(base_url=at, verify=believing(authority)) as phone:
            hear_notice(phone)
            begun = phone.post("/attempts", json=wanted)
    assert begun.status_code == 201
    assert begun.headers["strict-transport-security"] == "max-age=31536000"
    cookie = begun.headers["set-cookie"].lower()
    assert cookie.startswith("__host-candidate=")
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= set(cookie.split("; "))
    assert "domain=" not in cookie
