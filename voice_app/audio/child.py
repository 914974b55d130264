"""The other end of a worker: hold an object, answer calls, and never outlive the parent."""

import contextlib
import importlib
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from voice_app.errors import VoiceAppError


@dataclass(frozen=True)
class Call:
    """Call a method of the object."""

    method: str
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]


@dataclass(frozen=True)
class Ready:
    """The object is made; calls may come."""


@dataclass(frozen=True)
class Answer:
    """What a method returned."""

    value: Any


@dataclass(frozen=True)
class Refused:
    """An expected error that a method, or the making of the object, raised."""

    error: VoiceAppError


@dataclass(frozen=True)
class Failed:
    """An error nobody expected; `words` name its type and place, never what was said."""

    words: str


def main(descriptor: int) -> None:
    """Serve one connection until it, or the parent, is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_die_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        _serve(Connection(descriptor))


def _die_with_parent() -> None:
    """Standard input ends when the parent does, even by kill -9."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(0)


def _serve(connection: Connection) -> None:
    factory, arguments = connection.recv()
    made = _attempt(lambda: _resolve(factory)(**arguments))
    if not isinstance(made, Answer):
        connection.send(made)
        return
    connection.send(Ready())
    while True:
        call: Call = connection.recv()
        method = getattr(made.value, call.method)
        connection.send(_attempt(lambda: method(*call.arguments, **call.keywords)))  # noqa: B023 -- called at once


def _resolve(factory: str) -> Callable[..., Any]:
    module, _, name = factory.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _attempt(action: Callable[[], Any]) -> Answer | Refused | Failed:
    try:
        return Answer(action())
    except VoiceAppError as error:
        return Refused(error)
    except Exception as error:  # noqa: BLE001 -- the outermost edge of this process
        return Failed(_words(error))


def _words(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    place = os.path.basename(trace.tb_frame.f_code.co_filename)  # noqa: PTH119 -- a name, no path
    return f"{type(error).__name__} in {place}, line {trace.tb_lineno}"
