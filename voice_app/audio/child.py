"""The other end of a worker: hold an object, answer calls, and never outlive the parent."""

import contextlib
import errno
import importlib
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from voice_app.errors import VoiceAppError

_KIBIBYTE = 1024


@dataclass(frozen=True)
class Call:
    """Call a method of the object."""

    method: str
    arguments: tuple[Any, ...] = ()
    keywords: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Start:
    """Make the object and make the calls that prepare it, within `data_bytes` of memory."""

    factory: str
    arguments: dict[str, Any]
    preparations: tuple[Call, ...]
    data_bytes: int


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


@dataclass(frozen=True)
class OutOfMemory:
    """The process asked for more memory than it may have; it ends after saying so."""


Outcome = Answer | Refused | Failed | OutOfMemory


@dataclass(frozen=True)
class Reply:
    """What came of a call, or of loading; how long it took; what memory is held after it."""

    outcome: Outcome
    resident_bytes: int
    seconds: float


def main(descriptor: int) -> None:
    """Serve one connection until it, or the parent, is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_die_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        _serve(Connection(descriptor))
    os._exit(0)  # an engine's own threads may be in no state to be waited for


def resident_bytes() -> int:
    """How much memory this process holds now; where the system does not say, its peak."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * _KIBIBYTE
    return int(pages) * resource.getpagesize()


def _die_with_parent() -> None:
    """Standard input ends when the parent does, even by kill -9."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(0)


def _serve(connection: Connection) -> None:
    start: Start = connection.recv()
    _limit_memory(start.data_bytes)
    made: list[Any] = []
    outcome = _replied(connection, lambda: made.append(_made(start)))
    while made and not isinstance(outcome, OutOfMemory):
        call: Call = connection.recv()
        outcome = _replied(connection, lambda: _called(made[0], call))  # noqa: B023 -- called at once


def _limit_memory(data_bytes: int) -> None:
    """Data and not address space: models and libraries are mapped without being held in memory."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    least = data_bytes if most == resource.RLIM_INFINITY else min(data_bytes, most)
    resource.setrlimit(resource.RLIMIT_DATA, (least, least))


def _replied(connection: Connection, action: Callable[[], Any]) -> Outcome:
    """Send what came of the action, and return it."""
    began = time.monotonic()
    outcome = _attempt(action)
    connection.send(Reply(outcome, resident_bytes(), time.monotonic() - began))
    return outcome


def _made(start: Start) -> Any:
    made = _resolve(start.factory)(**start.arguments)
    for call in start.preparations:
        _called(made, call)
    return made


def _called(made: Any, call: Call) -> Any:
    return getattr(made, call.method)(*call.arguments, **call.keywords)


def _resolve(factory: str) -> Callable[..., Any]:
    module, _, name = factory.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _attempt(action: Callable[[], Any]) -> Outcome:
    try:
        return Answer(action())
    except VoiceAppError as error:
        return Refused(error)
    except MemoryError:
        return OutOfMemory()
    except Exception as error:  # noqa: BLE001 -- the outermost edge of this process
        is_memory = isinstance(error, OSError) and error.errno == errno.ENOMEM
        return OutOfMemory() if is_memory else Failed(words_of(error))


def words_of(error: Exception) -> str:
    """An error's type and place. Its own words are left out: they may be what was said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    place = os.path.basename(trace.tb_frame.f_code.co_filename)  # noqa: PTH119 -- a name, no path
    return f"{type(error).__name__} in {place}, line {trace.tb_lineno}"
