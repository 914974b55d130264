"""The `voice-app` command: its groups, and how an expected failure ends."""

import sys
from collections.abc import Mapping
from importlib import import_module

import click

from voice_app.errors import VoiceAppError

_COMMANDS: Mapping[str, tuple[str, str]] = {
    "serve": ("serve", "serve"),
    "models": ("models", "models"),
    "content": ("content", "content"),
    "prompts": ("prompts", "prompts"),
    "hear": ("hear", "hear"),
    "match": ("match", "match"),
    "decide": ("decide", "decide_cases"),
    "badges": ("badges", "badges"),
    "keys": ("keys", "keys"),
    "backup": ("backup", "backup"),
    "privacy": ("privacy", "privacy_desk"),
    "audit": ("audit", "audit"),
    "oversight": ("oversight", "oversight"),
    "marking": ("marking", "marking"),
    "remark": ("remark", "remark"),
    "people": ("people", "people"),
    "documents": ("documents", "documents"),
}


class _Lazy(click.Group):
    """Imports a command only when it is asked for, so that each starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command = getattr(import_module(f"voice_app.commands.{module}"), name)
        return command if isinstance(command, click.Command) else None


@click.command(cls=_Lazy)
def voice_app() -> None:
    """MyCred4Home Voice: hear the employer, answer aloud or by touch, get a badge."""


def main() -> None:
    """Run a command; an expected failure is one sentence and exit code 1."""
    try:
        voice_app(prog_name="voice-app")
    except VoiceAppError as error:
        click.echo(f"{error}", err=True)
        sys.exit(1)
