"""A supervised process of its own for engines: a crash or a hang costs one answer."""

import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe
from types import TracebackType
from typing import Any, Literal, Self

from voice_app.audio.child import Answer, Call, Failed, Ready, Refused
from voice_app.audio.speech import EngineError, Evidence, Recording

State = Literal["asleep", "loading", "ready", "busy", "closed"]


class EngineCrashed(EngineError):
    """The engine's process died while it worked; a new one takes its place."""

    code = "engine-crashed"


class EngineTimedOut(EngineError):
    """The engine did not answer in time; its process was ended and replaced."""

    code = "engine-timed-out"


@dataclass(frozen=True)
class Spec:
    """What the process holds: `factory` is "module:callable", called there with `arguments`."""

    factory: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Child:
    process: "subprocess.Popen[bytes]"
    connection: Connection


class Worker:
    """One process that holds one object and answers calls of its methods, one at a time.

    The process starts with the first call (or `start`) and ends with this object's `close`, or
    with this process, however that ends. After `recycle_after` answers it is replaced, because
    engines grow. Calls may come from any thread; they wait for each other.
    """

    def __init__(
        self,
        spec: Spec,
        *,
        deadline_seconds: float = 30.0,
        load_seconds: float = 120.0,
        recycle_after: int = 500,
    ) -> None:
        self._spec = spec
        self._deadline_seconds = deadline_seconds
        self._load_seconds = load_seconds
        self._recycle_after = recycle_after
        self._lock = threading.RLock()
        self._child: _Child | None = None
        self._answers = 0
        self._state: State = "asleep"

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        child = self._child
        return child is not None and child.process.poll() is None

    @property
    def process_id(self) -> int | None:
        """The process's number while it runs."""
        child = self._child
        return child.process.pid if child is not None and self.is_alive else None

    def status(self) -> State:
        """What the worker is doing; never waits."""
        if self._state in {"asleep", "closed"} or self.is_alive:
            return self._state
        return "asleep"

    def start(self) -> None:
        """Start the process if it does not run, and wait until it is ready."""
        with self._lock:
            self._ready_child()

    def call(self, method: str, /, *arguments: Any, **keywords: Any) -> Any:
        """Call a method of the object in the process.

        Waits for the answer until the worker's deadline. Raises `EngineCrashed`,
        `EngineTimedOut`, `EngineError`, or the `SpeechError` that the method raised.
        """
        with self._lock:
            child = self._ready_child()
            self._state = "busy"
            reply = self._exchange(child, Call(method, arguments, keywords))
            self._state = "ready"
            self._count_answer()
        match reply:
            case Answer(value):
                return value
            case Refused(error):
                raise error
            case Failed(words):
                raise EngineError(f"The engine failed: {words}.")
            case _:
                raise EngineError("The engine's process answered out of turn.")

    def close(self) -> None:
        """End the process; a later call is an error."""
        with self._lock:
            self._end()
            self._state = "closed"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _ready_child(self) -> _Child:
        if self._state == "closed":
            raise EngineError("The engine was closed.")
        if self._child is not None and not self.is_alive:
            self._end()
        if self._child is None:
            self._child = self._spawn()
        if self._state == "loading":
            self._await_ready(self._child)
        return self._child

    def _spawn(self) -> _Child:
        """Start the process without waiting; its standard input is its lifeline."""
        ours, theirs = Pipe()
        number = theirs.fileno()
        with theirs:
            process = subprocess.Popen(  # noqa: S603 -- this program itself
                [sys.executable, "-P", "-c", _PROGRAM.format(number)],
                stdin=subprocess.PIPE,
                pass_fds=(number,),
            )
        ours.send((self._spec.factory, self._spec.arguments))
        self._state = "loading"
        self._answers = 0
        return _Child(process, ours)

    def _await_ready(self, child: _Child) -> None:
        reply = self._receive(child, seconds=self._load_seconds, is_replaced=False)
        if isinstance(reply, Ready):
            self._state = "ready"
            return
        self._end()
        if isinstance(reply, Refused):
            raise reply.error
        words = reply.words if isinstance(reply, Failed) else "no reason was given"
        raise EngineError(f"The engine could not be loaded: {words}.")

    def _exchange(self, child: _Child, call: Call) -> object:
        try:
            child.connection.send(call)
        except OSError as error:
            raise self._crashed(child, is_replaced=True) from error
        return self._receive(child, seconds=self._deadline_seconds, is_replaced=True)

    def _receive(self, child: _Child, *, seconds: float, is_replaced: bool) -> object:
        try:
            if child.connection.poll(seconds):
                reply: object = child.connection.recv()
                return reply
        except (EOFError, OSError) as error:
            raise self._crashed(child, is_replaced=is_replaced) from error
        self._end()
        if is_replaced:
            self._child = self._spawn()
        raise EngineTimedOut(f"The engine did not answer within {seconds:.0f} seconds.")

    def _crashed(self, child: _Child, *, is_replaced: bool) -> EngineCrashed:
        self._end()
        if is_replaced:
            self._child = self._spawn()
        return EngineCrashed(f"The engine's process died ({_ending(child.process.returncode)}).")

    def _count_answer(self) -> None:
        self._answers += 1
        if self._answers >= self._recycle_after:
            self._end()
            self._child = self._spawn()

    def _end(self) -> None:
        child, self._child = self._child, None
        self._state = "asleep"
        if child is None:
            return
        child.connection.close()
        if child.process.stdin is not None:
            child.process.stdin.close()
        child.process.kill()
        child.process.wait()


_PROGRAM = "from voice_app.audio.child import main; main({})"


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {-code}"
    return f"exit code {code}"


class SupervisedRecognizer:
    """A `Recognizer` in a process of its own; see `Worker` for the limits."""

    def __init__(
        self, spec: Spec, *, deadline_seconds: float = 30.0, recycle_after: int = 500
    ) -> None:
        self.worker = Worker(spec, deadline_seconds=deadline_seconds, recycle_after=recycle_after)

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.worker.is_alive

    def status(self) -> State:
        """What the worker is doing."""
        return self.worker.status()

    def hear(self, recording: Recording, *, language: str, phrases: Sequence[str] = ()) -> Evidence:
        """Hear a recording in the process; raises as `Worker.call` does."""
        heard = self.worker.call("hear", recording, language=language, phrases=phrases)
        if not isinstance(heard, Evidence):
            raise EngineError("The engine gave no evidence.")
        return heard

    def close(self) -> None:
        """End the process."""
        self.worker.close()
