"""Behind the proxies of deploy/: who is asking is what the proxy saw, and nobody can forge it."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn

from tests.tls.proxies import DEPLOY, asked, closed, headers_set, proxy, unlogged
from voice_app.access.rules import BY_ROUTE
from voice_app.commands.serve import listening
from voice_app.settings import Settings

EXAMPLES = ["nginx.conf", "Caddyfile", "Caddyfile.wifi"]
PHONE, OTHER = "127.0.0.2", "127.0.0.3"
FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}

each_example = pytest.mark.parametrize("example", EXAMPLES)


async def mirror(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    """Answers what the service is told about who is asking."""
    told = {"client": scope["client"][0], "scheme": scope["scheme"]}
    told |= {"names": sorted(name.decode() for name, _ in scope["headers"])}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})


@contextmanager
def served(trusted: str) -> Iterator[int]:
    settings = Settings(trusted_proxies=trusted)
    told = listening(settings, None, host="127.0.0.1", port=0) | {"lifespan": "off"}
    server = uvicorn.Server(uvicorn.Config(mirror, **told))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < until
        time.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def seen(port: int, **how: Any) -> dict[str, Any]:
    return json.loads(asked(port, **how).text)


@each_example
def test_the_service_learns_who_is_asking_and_that_it_was_https(example: str) -> None:
    with served("127.0.0.1") as service, proxy(example, service) as port:
        for phone in (PHONE, OTHER):
            told = seen(port, source=phone)
            assert (told["client"], told["scheme"]) == (phone, "https")


@each_example
def test_nobody_says_through_the_proxy_that_they_are_another(example: str) -> None:
    with served("127.0.0.1") as service, proxy(example, service) as port:
        told = seen(port, source=PHONE, headers=FORGED | {"Forwarded": "for=203.0.113.9"})
    assert (told["client"], told["scheme"]) == (PHONE, "https")
    assert "forwarded" not in told["names"]


@pytest.mark.parametrize("trusted", ["", "198.51.100.7", "10.0.0.0/8"])
def test_whoever_is_not_a_named_proxy_is_not_believed(trusted: str) -> None:
    with served(trusted) as service:
        told = seen(service, source=PHONE, headers=FORGED | {"X-Forwarded-Proto": "https"})
    assert (told["client"], told["scheme"]) == (PHONE, "http")


def test_a_variable_of_the_server_makes_nobody_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    with served("") as service:
        assert seen(service, source=PHONE, headers=FORGED)["client"] == PHONE


@pytest.mark.parametrize("trusted", ["*", "0.0.0.0/0", "::/0", "proxy.example.org", "10.0.0.1/8"])
def test_a_list_that_trusts_everybody_or_nobody_known_is_refused(trusted: str) -> None:
    with pytest.raises(ValueError, match=r"VOICE_APP_TRUSTED_PROXIES|trusted_proxies"):
        Settings(trusted_proxies=trusted)


def test_addresses_and_networks_are_taken_with_and_without_spaces() -> None:
    assert Settings(trusted_proxies=" 10.0.0.1, fd00::/8 ").trusted_proxies == "10.0.0.1,fd00::/8"


@each_example
def test_an_example_sets_what_the_service_reads(example: str) -> None:
    assert {"X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"} <= set(headers_set(example))
    text = (DEPLOY / example).read_text(encoding="utf-8")
    assert "VOICE_APP_TRUSTED_PROXIES=127.0.0.1" in text
    assert "127.0.0.1:8000" in text


@each_example
def test_how_the_machine_is_stays_inside(example: str) -> None:
    assert closed(example) == {"/metrics", "/readyz"}
    with served("127.0.0.1") as service, proxy(example, service) as port:
        told = {path: asked(port, path).status for path in ("/metrics", "/readyz", "/healthz")}
        assert asked(service, "/metrics").status == 200
    assert told == {"/metrics": 404, "/readyz": 404, "/healthz": 200}


def test_an_address_that_is_a_secret_is_written_into_no_log() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    templates = [name.partition(" ")[2] for name in BY_ROUTE if name.endswith("{token}")]
    secret = [one.replace("{token}", "abc") for one in templates]
    assert secret
    assert all(unlogged(text, path) for path in secret)
    assert not unlogged(text, "/staff")
    for example in ("Caddyfile", "Caddyfile.wifi"):  # Caddy logs requests only where it is told to
        assert not re.search(r"^\s*log\b", (DEPLOY / example).read_text("utf-8"), re.MULTILINE)
