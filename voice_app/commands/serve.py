"""`voice-app serve`: start the service, and say what phones need to reach it."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import uvicorn

from voice_app.app import create_app
from voice_app.commands.ca_desk import desk
from voice_app.commands.greeting import greet, greet_untrusted
from voice_app.commands.in_use import serving
from voice_app.commands.network import house_addresses, in_address
from voice_app.commands.people import say_first_link
from voice_app.commands.private_ca import Certified, certified
from voice_app.errors import VoiceAppError
from voice_app.settings import Settings

_EVERYWHERE = "0.0.0.0"  # nosec B104 # noqa: S104 - chosen below, when phones are to come in
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class ServeError(VoiceAppError):
    """The service cannot be started with these options."""


@dataclass(frozen=True)
class Encryption:
    """The files by which the service itself speaks https."""

    certificate: Path
    key: Path
    passphrase: bytes | None = None


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1; all with --private-ca]")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65534))
@click.option("--tls-cert", type=_FILE, help="Speak https with this certificate (PEM, its chain).")
@click.option("--tls-key", type=_FILE, help="The key of that certificate (PEM).")
@click.option(
    "--private-ca", is_flag=True, help="Speak https as the center's own authority vouches for."
)
@click.option("--name", "names", multiple=True, help="With --private-ca: a name, as soleil.local.")
def serve(
    *,
    host: str | None,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    private_ca: bool,
    names: tuple[str, ...],
) -> None:
    """Start the service and print its addresses."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    _check(tls_cert, tls_key, is_private=private_ca, names=names)
    told = Settings()
    listens_on = host or (_EVERYWHERE if private_ca else "127.0.0.1")
    phones = () if listens_on in _LOCAL else _phones(listens_on, names)
    vouched = _vouched(told, phones) if private_ca else None
    encryption = _encryption(tls_cert, tls_key, vouched=vouched, settings=told)
    is_named = bool(encryption) and bool(phones)
    settings = _settings(
        told,
        scheme="https" if encryption else "http",
        place=f"{in_address(phones[0]) if is_named else 'localhost'}:{port}",
    )
    with serving(settings.data_folder):
        app = create_app(settings)
        greet(settings, phones=phones, port=port, is_encrypted=encryption is not None)
        say_first_link(app.state.service.database, settings)
        with _handing_out(vouched, host=listens_on, port=port, settings=settings, phones=phones):
            uvicorn.run(app, **listening(settings, encryption, host=listens_on, port=port))


def listening(
    settings: Settings, encryption: Encryption | None, *, host: str, port: int
) -> dict[str, Any]:
    """Say how uvicorn listens; only proxies that the settings name may say who is asking."""
    return {
        "host": host,
        "port": port,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": settings.trusted_proxies.split(","),
        "ssl_certfile": encryption.certificate if encryption else None,
        "ssl_keyfile": encryption.key if encryption else None,
        "ssl_keyfile_password": _password(encryption),
    }


def _check(
    certificate: Path | None, key: Path | None, *, is_private: bool, names: tuple[str, ...]
) -> None:
    if (certificate is None) != (key is None):
        raise ServeError("A certificate needs its key: give --tls-cert and --tls-key together.")
    if certificate is not None and is_private:
        raise ServeError("Give either a certificate of your own or --private-ca, not both.")
    if names and not is_private:
        raise ServeError("--name is for --private-ca: another certificate has its names already.")


def _phones(host: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names and addresses that phones can open, the best one first."""
    is_everywhere = host in {_EVERYWHERE, "::"}
    return tuple(dict.fromkeys([*names, *(house_addresses() if is_everywhere else (host,))]))


def _vouched(settings: Settings, phones: tuple[str, ...]) -> Certified:
    names = dict.fromkeys([*phones, "localhost", "127.0.0.1"])
    return certified(
        settings.tls_folder, settings.passphrase(), names=tuple(names), now=datetime.now(UTC)
    )


def _encryption(
    certificate: Path | None, key: Path | None, *, vouched: Certified | None, settings: Settings
) -> Encryption | None:
    if vouched is not None:
        return Encryption(vouched.certificate, vouched.key, settings.passphrase())
    return None if certificate is None or key is None else Encryption(certificate, key)


def _settings(settings: Settings, *, scheme: str, place: str) -> Settings:
    if "origin" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"origin": f"{scheme}://{place}"})


def _password(encryption: Encryption | None) -> str | None:
    if encryption is None or encryption.passphrase is None:
        return None
    return encryption.passphrase.decode()


@contextmanager
def _handing_out(
    vouched: Certified | None,
    *,
    host: str,
    port: int,
    settings: Settings,
    phones: tuple[str, ...],
) -> Iterator[None]:
    """Hand the authority out beside the service, where phones have to trust it first."""
    if vouched is None:
        yield
        return
    authority, told = vouched.authority.read_bytes(), vouched.fingerprint
    with ExitStack() as open_desks:
        handed = desk(
            host, port + 1, authority=authority, fingerprint=told, address=settings.origin
        )
        try:
            at = open_desks.enter_context(handed)
        except OSError as error:
            raise ServeError(f"Port {port + 1} is taken: {error.strerror}.") from error
        greet_untrusted(vouched, phones=phones, port=at)
        yield
