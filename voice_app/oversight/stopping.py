"""The stop switch: while it is off, the machine decides nothing and answers go to a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voice_app.audio.speech import is_named
from voice_app.errors import VoiceAppError
from voice_app.models import Stop

Scope = Literal["all", "center", "engine"]

REASONS = ("wrong-verdicts", "complaint", "maintenance", "drill", "all-clear")


class StopError(VoiceAppError):
    """The switch is about everything, a center or an engine, and takes one of our reasons."""


@dataclass(frozen=True)
class Switch:
    """What is stopped or goes on: `name` is a center's id or an engine's name, empty for all.

    An engine may be named whole (vosk:small-fr) or by its kind (vosk).
    """

    scope: Scope
    name: str = ""


def turn(
    session: Session, switch: Switch, *, is_stopped: bool, reason: str, author: str, at: datetime
) -> bool:
    """Stop the machine or let it go on; False where it stands so already. Raises `StopError`."""
    if (switch.scope == "all") != (switch.name == ""):
        raise StopError("Name the center or the engine; everything has no name.")
    if reason not in REASONS:
        raise StopError(f"Give one of these reasons: {', '.join(REASONS)}.")
    if _is_on(session, switch) == is_stopped:
        return False
    session.add(
        Stop(
            scope=switch.scope,
            name=switch.name,
            is_stopped=is_stopped,
            reason=reason,
            author=author,
            at=at,
        )
    )
    session.flush()
    return True


def stops(session: Session) -> Sequence[Stop]:
    """Give what is stopped now."""
    newest = select(func.max(Stop.seq)).group_by(Stop.scope, Stop.name)
    held = select(Stop).where(Stop.seq.in_(newest), Stop.is_stopped.is_(True))
    return session.scalars(held.order_by(Stop.seq)).all()


def stopped_engines(session: Session) -> frozenset[str]:
    """Give the engines that are stopped now, by whole names or kinds."""
    return frozenset(stop.name for stop in stops(session) if stop.scope == "engine")


def is_stopped(session: Session, *, center: str | None, engine: str | None = None) -> bool:
    """Tell whether the machine may not decide for a center, or with these engines (a+b)."""
    return any(_is_about(stop, center=center, engine=engine) for stop in stops(session))


def _is_about(stop: Stop, *, center: str | None, engine: str | None) -> bool:
    if stop.scope == "engine":
        return any(is_named(one, [stop.name]) for one in (engine or "").split("+"))
    return stop.scope == "all" or stop.name == center


def _is_on(session: Session, switch: Switch) -> bool:
    return any((stop.scope, stop.name) == (switch.scope, switch.name) for stop in stops(session))
