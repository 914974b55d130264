"""A supervised process of its own for engines: a crash or a hang costs one answer."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from voice_app.audio.child import Answer, Call, Failed, OutOfMemory, Refused, Reply, Start
from voice_app.audio.failures import (
    EngineCrashed,
    EngineNotLoaded,
    EngineOutOfMemory,
    EngineTimedOut,
)
from voice_app.audio.processes import Died, NoReply, NotLoaded, Process
from voice_app.audio.speech import EngineError
from voice_app.audio.vitals import Counts, Crash, State, Vitals

__all__ = [
    "EngineCrashed",
    "EngineNotLoaded",
    "EngineOutOfMemory",
    "EngineTimedOut",
    "Spec",
    "State",
    "Vitals",
    "Worker",
]

MEMORY_LIMIT_BYTES = 1_000_000_000
_LONGEST_PAUSE_SECONDS = 60.0
# Engines reserve up to twice what they use (Vosk's Korean model: 543 MB used, 1.1 GB reserved).
_RESERVED = 3
# So that a limit under what the models need costs a little work, not all of it.
_FEWEST_ANSWERS = 10


@dataclass(frozen=True)
class Spec:
    """What the process holds: `factory` is "module:callable", called there with `arguments`."""

    factory: str
    arguments: dict[str, Any] = field(default_factory=dict)


class Worker:
    """One process that holds one object and answers calls of its methods, one at a time.

    The process starts with the first call (or `start`) and ends with this object's `close`, or
    with this process, however that ends. Calls may come from any thread; they wait for each
    other. After `recycle_after` answers, or when it holds more than `memory_limit_bytes`, the
    process is replaced, because engines grow: the new one loads beside it, and nobody waits.
    Three times that memory, reserved parts included, is all it is ever given. What cannot be
    loaded is tried again after pauses, from a second to a minute, that `clock` measures.
    """

    def __init__(
        self,
        spec: Spec,
        *,
        deadline_seconds: float = 30.0,
        load_seconds: float = 120.0,
        recycle_after: int = 500,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._spec = spec
        self._deadline_seconds = deadline_seconds
        self._load_seconds = load_seconds
        self._recycle_after = recycle_after
        self._memory_limit_bytes = memory_limit_bytes
        self._clock = clock
        self._lock = threading.RLock()
        self._preparations: tuple[Call, ...] = ()
        self._process: Process | None = None
        self._fresh: Process | None = None
        self._answers_of_process = 0
        self._counts = Counts()
        self._failures_in_a_row = 0
        self._retry_at = 0.0
        self._is_busy = False
        self._is_closed = False

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process_id is not None

    @property
    def process_id(self) -> int | None:
        """The process's number while it runs."""
        process = self._process
        return process.number if process is not None and process.is_running else None

    def status(self) -> State:
        """What the worker is doing; never waits."""
        if self._is_closed:
            return "closed"
        process = self._process
        if process is None or not process.is_running:
            return "failed" if self._failures_in_a_row else "asleep"
        if not process.is_loaded:
            return "loading"
        return "busy" if self._is_busy else "ready"

    def vitals(self) -> Vitals:
        """What the worker has counted so far; never waits."""
        return self._counts.vitals(self.status(), self.process_id, now=self._clock())

    def start(self) -> None:
        """Start the process if it does not run, and wait until it is ready.

        Raises `EngineNotLoaded`.
        """
        with self._lock:
            self._ready()

    def prepare(self, method: str, /, *arguments: Any, **keywords: Any) -> None:
        """Call a method now, and in each later process before that one counts as loaded.

        Raises `EngineNotLoaded` when the method fails.
        """
        call = Call(method, arguments, keywords)
        with self._lock:
            if call in self._preparations:
                return
            process = self._ready()
            self._preparations += (call,)
            self._drop_fresh()
            self._load(process, call)

    def call(self, method: str, /, *arguments: Any, **keywords: Any) -> Any:
        """Call a method of the object in the process.

        Waits for the answer until the worker's deadline. Raises `EngineNotLoaded`,
        `EngineCrashed`, `EngineTimedOut`, `EngineError`, or the `SpeechError` that the
        method raised.
        """
        return self.call_within(self._deadline_seconds, Call(method, arguments, keywords))

    def call_within(self, deadline_seconds: float, call: Call) -> Any:
        """Make one call with a deadline of its own; see `call`."""
        with self._lock:
            process = self._ready()
            self._is_busy = True
            try:
                reply = self._ask(process, call, deadline_seconds=deadline_seconds)
            finally:
                self._is_busy = False
            self._count_answer(reply)
        match reply.outcome:
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
            self._is_closed = True
            self._drop_fresh()
            if self._process is not None:
                self._process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _ready(self) -> Process:
        if self._is_closed:
            raise EngineError("The engine was closed.")
        self._take_over()
        process = self._process
        if process is not None and process.is_loaded and not process.is_running:
            self._crashed("died", "The engine's process died while it was idle")
        if self._process is None:
            self._check_pause()
            self._process = self._spawn()
        if not self._process.is_loaded:
            self._load(self._process)
        return self._process

    def _check_pause(self) -> None:
        if self._clock() < self._retry_at:
            raise EngineNotLoaded(f"{self._counts.trouble} It is tried again after a pause.")

    def _spawn(self) -> Process:
        """Start a process without waiting for it."""
        self._counts.starts += 1
        spec, limit = self._spec, self._memory_limit_bytes
        start = Start(spec.factory, spec.arguments, self._preparations, _RESERVED * limit)
        self._answers_of_process = 0
        return Process(start)

    def _load(self, process: Process, preparation: Call | None = None) -> None:
        """Wait until a process is loaded; raises `EngineNotLoaded`, and the next try waits."""
        try:
            said = process.load(preparation, seconds=self._load_seconds)
        except NotLoaded as trouble:
            if self._process is process:
                self._process = None
            raise self._not_loaded(trouble) from trouble
        self._failures_in_a_row = 0
        self._counts.load_seconds = round(process.load_seconds, 2)
        self._counts.resident_bytes = said.resident_bytes

    def _not_loaded(self, trouble: NotLoaded) -> EngineNotLoaded:
        pause = min(2.0**self._failures_in_a_row, _LONGEST_PAUSE_SECONDS)
        self._retry_at = self._clock() + pause
        self._failures_in_a_row += 1
        self._counts.load_failures += 1
        words = f"The engine could not be loaded: {trouble}."
        self._note(words)
        return EngineNotLoaded(words)

    def _ask(self, process: Process, call: Call, *, deadline_seconds: float) -> Reply:
        try:
            reply = process.ask(call, seconds=deadline_seconds)
        except Died as death:
            words = f"The engine's process died ({death})"
            raise EngineCrashed(self._replaced("died", words)) from death
        except NoReply as late:
            words = f"The engine did not answer within {deadline_seconds:.0f} seconds"
            raise EngineTimedOut(self._replaced("timed-out", words)) from late
        if isinstance(reply.outcome, OutOfMemory):
            words = "The engine asked for more memory than it may have"
            raise EngineOutOfMemory(self._replaced("out-of-memory", words))
        return reply

    def _replaced(self, kind: Crash, words: str) -> str:
        """Count a crash and begin to load the next process; returns the words."""
        self._crashed(kind, words)
        if not self._is_closed:
            self._process = self._spawn()
        return f"{words}."

    def _crashed(self, kind: Crash, words: str) -> None:
        if self._process is not None:
            self._process.end()
        self._process = None
        self._counts.crashes[kind] += 1
        self._note(f"{words}.")

    def _note(self, trouble: str) -> None:
        self._counts.trouble = trouble
        self._counts.failed_at = self._clock()

    def _count_answer(self, reply: Reply) -> None:
        self._counts.answers += 1
        self._counts.answered_at = self._clock()
        self._counts.resident_bytes = reply.resident_bytes
        self._answers_of_process += 1
        if self._is_due(reply.resident_bytes):
            self._fresh = self._spawn()
            threading.Thread(target=self._recycle, args=(self._fresh,), daemon=True).start()

    def _is_due(self, resident_bytes: int) -> bool:
        """Whether the process is to be replaced now, and no other is on its way."""
        if self._fresh is not None or self._clock() < self._retry_at:
            return False
        is_large = resident_bytes > self._memory_limit_bytes
        most = min(_FEWEST_ANSWERS, self._recycle_after) if is_large else self._recycle_after
        return self._answers_of_process >= most

    def _recycle(self, fresh: Process) -> None:
        """Load a fresh process beside the one that works, then let it take over."""
        if not fresh.has_reply(seconds=self._load_seconds):
            fresh.kill()
        with self._lock:
            self._take_over()

    def _drop_fresh(self) -> None:
        """End the process that loads beside: it was not told of all that is to be prepared."""
        fresh, self._fresh = self._fresh, None
        if fresh is not None:
            fresh.end()

    def _take_over(self) -> None:
        """Put the fresh process in its place, once it is loaded; also before the next call."""
        fresh = self._fresh
        if fresh is None or self._is_closed or not fresh.has_reply():
            return
        self._fresh = None
        try:
            self._load(fresh)
        except EngineNotLoaded:
            return
        if self._process is not None:
            self._process.end()
        self._process = fresh
        self._counts.recycles += 1
