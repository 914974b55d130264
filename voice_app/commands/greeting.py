"""What `voice-app serve` says at its start: where phones find it, and what they still lack."""

import io
from collections.abc import Sequence

import click
import segno

from voice_app.commands.network import in_address
from voice_app.commands.private_ca import Certified
from voice_app.settings import Settings

_NEEDS_HTTPS = (
    "Phones give a page their microphone only under https://. Under these addresses people "
    "answer by touch alone. For phones that the center owns start with --private-ca; for any "
    "phone put the service behind https (docs/https.md). Staff sign in on this computer alone: "
    "over http their passwords could be read on the Wi-Fi."
)
_ALONE = (
    "Only this computer can open it. For phones on the same Wi-Fi: --private-ca (phones that the "
    "center owns), or https in front of it (docs/https.md)."
)


def greet(settings: Settings, *, phones: Sequence[str], port: int, is_encrypted: bool) -> None:
    """Say where the service is open, and who can speak there."""
    click.echo(f"MyCred4Home Voice: open {settings.origin} (Ctrl-C stops it)")
    click.echo(f"Recordings, badges and keys: {settings.data_folder}")
    if is_encrypted:
        _show("https", phones, port=port)
    elif settings.origin.startswith("https://"):
        click.echo("Https comes from what stands in front of it, at that address.")
        _warn_of_nobody(settings)
    elif phones:
        _show("http", phones, port=port)
        click.echo(_NEEDS_HTTPS)
    else:
        click.echo(_ALONE)


def greet_untrusted(vouched: Certified, *, phones: Sequence[str], port: int) -> None:
    """Say where phones fetch the center's own authority, and how to know that it is the one."""
    place = in_address(phones[0]) if phones else "localhost"
    click.echo(f"Phones trust this center once they have its file: http://{place}:{port}")
    click.echo(f"The file is also here, to carry it by cable: {vouched.authority}")
    click.echo(f"Fingerprint (SHA-256) to compare on the phone: {vouched.fingerprint}")
    click.echo(
        f"The certificate ends on {vouched.ends_at:%Y-%m-%d}; a start in its last month renews it."
    )


def _show(scheme: str, phones: Sequence[str], *, port: int) -> None:
    if not phones:
        return
    addresses = [f"{scheme}://{in_address(one)}:{port}" for one in phones]
    click.echo(f"Phones on the same Wi-Fi open: {'  '.join(addresses)}")
    click.echo(_qr(addresses[0]))


def _qr(address: str) -> str:
    drawn = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()


def _warn_of_nobody(settings: Settings) -> None:
    if not settings.trusted_proxies:
        click.echo(
            "VOICE_APP_TRUSTED_PROXIES is not set: everybody seems to come from one address, "
            "and shares its limits. Set it to the address of the reverse proxy."
        )
