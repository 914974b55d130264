"""`voice-app serve`: start the service."""

import logging

import click
import uvicorn

from voice_app.app import create_app
from voice_app.settings import Settings

_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Start the service and print its address."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = _settings(port)
    app = create_app(settings)
    _greet(host, settings)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def _settings(port: int) -> Settings:
    settings = Settings()
    if "origin" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"origin": f"http://localhost:{port}"})


def _greet(host: str, settings: Settings) -> None:
    click.echo(f"MyCred4Home Voice: open {settings.origin} (Ctrl-C stops it)")
    click.echo(f"Recordings, badges and keys: {settings.data_folder}")
    if host not in _LOCAL and settings.origin.startswith("http://"):
        click.echo(
            "Phones give a page their microphone only under https:// or on localhost. "
            "Others who open this address can answer by touch alone; put the service behind "
            "https and set VOICE_APP_ORIGIN to that address."
        )
