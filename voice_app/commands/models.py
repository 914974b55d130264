"""`voice-app models`: which models there are, installing them, checking every byte of them."""

from pathlib import Path

import click

from voice_app.audio.catalog import CATALOG, model_named
from voice_app.audio.install import install
from voice_app.audio.models import Model, ModelError, inspect
from voice_app.settings import Settings


@click.group()
def models() -> None:
    """Models of the engines that hear and speak."""


@models.command("list")
def list_models() -> None:
    """Say of every model whether it is installed, its size, its license and its use."""
    folder = Settings().models_folder
    click.echo(f"models folder: {folder}")
    for model in CATALOG:
        click.echo(_line(model, folder))


@models.command("install")
@click.argument("names", nargs=-1)
@click.option("--default", "is_default", is_flag=True, help="The default models (also: no name).")
def install_models(names: tuple[str, ...], *, is_default: bool) -> None:
    """Install models by NAME; without a name, those that `make run` needs."""
    try:
        wanted = _wanted(names, is_default=is_default or not names)
        folder = Settings().models_folder
        for model in wanted:
            install(model, folder, report=click.echo)
            click.echo(_line(model, folder))
    except ModelError as error:
        raise click.ClickException(str(error)) from error


@models.command("check")
@click.argument("names", nargs=-1)
def check_models(names: tuple[str, ...]) -> None:
    """Compare every installed file with its pinned SHA-256; without names, all models.

    A model that is not installed is no failure unless it was asked for by name or is a default.
    """
    folder = Settings().models_folder
    try:
        wanted = _wanted(names, is_default=False) if names else CATALOG
    except ModelError as error:
        raise click.ClickException(str(error)) from error
    bad = [model for model in wanted if not _check(model, folder, is_needed=bool(names))]
    if bad:
        install_line = " ".join(model.name for model in bad)
        raise click.ClickException(f"install again with: voice-app models install {install_line}")


def _wanted(names: tuple[str, ...], *, is_default: bool) -> tuple[Model, ...]:
    default = tuple(model for model in CATALOG if model.is_default and is_default)
    named = tuple(model_named(name) for name in names)
    return tuple(dict.fromkeys((*default, *named)))


def _line(model: Model, folder: Path) -> str:
    condition = inspect(model, folder)
    problem = f" ({condition.problem})" if condition.problem else ""
    size = f"{model.download_bytes / 1e6:.0f} MB"
    words = (f"{model.name:15}", f"{condition.state}{problem}".ljust(9), f"{size:>7}")
    return "  ".join((*words, f"{model.license:10}", model.used_for))


def _check(model: Model, folder: Path, *, is_needed: bool) -> bool:
    condition = inspect(model, folder, is_thorough=True)
    click.echo(f"{model.name:15}  {condition.problem or _STATES[condition.state]}")
    return condition.state == "installed" or (
        condition.state == "missing" and not (is_needed or model.is_default)
    )


_STATES = {"installed": "whole", "missing": "not installed"}
