"""A center's own authority: believed by phones that have its file, for its own house alone."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from voice_app.commands import private_ca
from voice_app.commands.network import house_addresses, in_address, is_of_house
from voice_app.commands.private_ca import Certified, PrivateAuthorityError, certified

PASSPHRASE = b"correct horse battery staple"
NOW = datetime.now(UTC)
NAMES = ("soleil.local", "192.168.7.20", "fd00::7")


def made(folder: Path, *names: str, now: datetime = NOW) -> Certified:
    return certified(folder, PASSPHRASE, names=names or NAMES, now=now)


@contextmanager
def shop(chain: Path, key: Path, password: bytes | None) -> Iterator[int]:
    """A server that shakes hands with whoever believes it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key, password)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(30)

    def serve() -> None:
        try:
            while True:
                connection, _ = listener.accept()
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except (ssl.SSLError, OSError):
                    connection.close()
        except OSError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def shake(port: int, name: str, *, authority: Path) -> None:
    phone = ssl.create_default_context(cafile=authority)
    phone.verify_flags |= ssl.VERIFY_X509_STRICT
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        phone.wrap_socket(line, server_hostname=name).close()


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_that_has_the_file_believes_the_server(tmp_path: Path, *, name: str):
    here = made(tmp_path / "tls")
    with shop(here.certificate, here.key, PASSPHRASE) as port:
        shake(port, name, authority=here.authority)


def test_it_believes_it_under_no_other_name(tmp_path: Path):
    here = made(tmp_path / "tls")
    with shop(here.certificate, here.key, PASSPHRASE) as port:
        for name in ("other.local", "192.168.7.21"):
            with pytest.raises(ssl.SSLCertVerificationError):
                shake(port, name, authority=here.authority)


@pytest.mark.parametrize("name", ["bank.example.org", "203.0.113.4"])
def test_even_a_stolen_authority_vouches_for_nothing_of_the_internet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, name: str
):
    here = made(tmp_path / "tls")
    monkeypatch.setattr(private_ca, "is_of_house", lambda _name: True)
    forged = made(tmp_path / "tls", name)
    with (
        shop(forged.certificate, forged.key, PASSPHRASE) as port,
        pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"),
    ):
        shake(port, name, authority=here.authority)


@pytest.mark.parametrize("name", ["center.example.org", "8.8.8.8", "2001:db8::1", "local.org"])
def test_a_name_of_the_internet_is_refused_with_a_way_out(tmp_path: Path, *, name: str):
    with pytest.raises(PrivateAuthorityError, match="--tls-cert"):
        made(tmp_path / "tls", "soleil.local", name)
    assert not (tmp_path / "tls").exists()


def test_keys_are_encrypted_and_nobody_elses_to_read(tmp_path: Path):
    here = made(tmp_path / "tls")
    assert (tmp_path / "tls").stat().st_mode & 0o077 == 0
    for key in (here.key, tmp_path / "tls/center-ca.key"):
        assert key.stat().st_mode & 0o077 == 0
        with pytest.raises(TypeError):
            load_pem_private_key(key.read_bytes(), None)
        assert load_pem_private_key(key.read_bytes(), PASSPHRASE)


def test_another_passphrase_is_told_and_replaces_nothing(tmp_path: Path):
    here = made(tmp_path / "tls")
    before = here.authority.read_bytes()
    with pytest.raises(PrivateAuthorityError, match="passphrase"):
        certified(tmp_path / "tls", b"another passphrase", names=NAMES, now=NOW)
    assert here.authority.read_bytes() == before


def test_the_same_names_later_are_the_same_certificate(tmp_path: Path):
    first = made(tmp_path / "tls")
    kept = first.certificate.read_bytes()
    again = made(tmp_path / "tls", *NAMES[:2], now=NOW + timedelta(days=300))
    assert (again.fingerprint, again.certificate.read_bytes()) == (first.fingerprint, kept)


@pytest.mark.parametrize(
    ("names", "days"),
    [((*NAMES, "192.168.7.99"), 0), (NAMES, 397 - 29), (NAMES, 800)],
    ids=["moved", "last month", "ended"],
)
def test_a_new_address_or_an_end_renews_it_and_phones_need_nothing_new(
    tmp_path: Path, *, names: tuple[str, ...], days: int
):
    first = made(tmp_path / "tls")
    kept = first.certificate.read_bytes()
    again = made(tmp_path / "tls", *names, now=NOW + timedelta(days=days))
    assert again.certificate.read_bytes() != kept
    assert again.fingerprint == first.fingerprint
    assert again.ends_at > NOW + timedelta(days=days + 390)


def test_no_phone_refuses_it_for_lasting_too_long(tmp_path: Path):
    here = made(tmp_path / "tls")
    server = x509.load_pem_x509_certificate(here.certificate.read_bytes())
    assert server.not_valid_after_utc - server.not_valid_before_utc <= timedelta(days=398)
    assert server.not_valid_before_utc < NOW


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("soleil.local", True),
        ("a.b.home.arpa", True),
        ("localhost", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("172.32.0.1", False),
        ("fd00::1", True),
        ("2001:4860::1", False),
        ("notlocal", False),
        ("local.example.org", False),
    ],
)
def test_what_belongs_to_a_house(name: str, *, is_ours: bool):
    assert is_of_house(name) is is_ours


def test_this_machine_has_no_address_that_only_it_can_open():
    found = house_addresses()
    assert len(found) == len(set(found))
    assert not [one for one in found if one.startswith(("127.", "fe80", "::1"))]


def test_long_addresses_stand_in_brackets():
    assert (in_address("fd00::7"), in_address("10.0.0.1")) == ("[fd00::7]", "10.0.0.1")
