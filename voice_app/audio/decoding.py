"""Decodes takes in processes that can reach nothing: what a take does there harms nobody else."""

import os
import struct
import subprocess  # nosec B404 # lists of arguments, no shell
import sys
import threading
import time
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import numpy as np

from voice_app.audio.decoding_child import (
    DIED,
    END,
    LATE,
    OUT_OF_MEMORY,
    REPLIED,
    REPLY,
    REQUEST,
    TRIED,
)
from voice_app.audio.failures import EngineNotLoaded
from voice_app.audio.recordings import (
    REFUSALS,
    Decoded,
    EmptyRecording,
    Limits,
    NotAudio,
    TooSlow,
    check_size,
    read_take,
)
from voice_app.audio.sandbox import Confinement
from voice_app.audio.speech import Recording, SpeechError
from voice_app.audio.vitals import Counts, Crash, State, Vitals

DEADLINE_SECONDS = 11.5
_LOAD_SECONDS = 60.0
_GRACE_SECONDS = 3.0
_PROGRAM = "from voice_app.audio.decoding_child import main; main({}, {})"
_WORDS = {
    NotAudio: "The file is not a sound this program can read.",
    EmptyRecording: "There is no sound in the file.",
    TooSlow: "Decoding took too long.",
}


class Undecodable(NotAudio):
    """The process that decoded the take died of it, or asked for too much."""

    code = "undecodable"
    told = "not-audio"


class Decoder:
    """Decodes takes, each in a process forked for it and confined before it looks.

    `vitals().resident_bytes` is the most that the last of these processes held, `work_seconds`
    what it took of a core.

    One process waits with everything imported, so that a take costs a fork and no start. Calls
    may come from any thread; they wait for each other. `deadline_seconds` bounds one take.
    """

    def __init__(
        self, limits: Limits | None = None, *, deadline_seconds: float = DEADLINE_SECONDS
    ) -> None:
        self._limits = limits or Limits()
        self._deadline_seconds = deadline_seconds
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._confinement: Confinement | None = None
        self._counts = Counts()
        self._state: State = "asleep"
        self.work_seconds = 0.0

    def decode(self, take: Path | bytes) -> Decoded:
        """Decode a take from its file or its bytes.

        Raises `NotAudio`, `EmptyRecording`, `TooLarge`, `TooSlow`, `Unreadable` or
        `Undecodable`, and `EngineNotLoaded` when no process can be had.
        """
        data = self._bytes_of(take)
        with self._lock:
            connection = self._ready()
            self._state = "busy"
            try:
                return self._understood(self._asked(connection, data))
            finally:
                self._state = "ready"
                self._counts.answers += 1
                self._counts.answered_at = time.monotonic()

    def start(self) -> None:
        """Start the process that waits, unless it runs; raises `EngineNotLoaded`."""
        with self._lock:
            self._ready()

    def confinement(self) -> Confinement | None:
        """What decoding processes are kept from; None before the first was started."""
        return self._confinement

    def vitals(self) -> Vitals:
        """How the process fares; never waits."""
        process = self._process
        number = process.pid if process is not None and process.poll() is None else None
        state = self._state if number or self._state in {"failed", "closed"} else "asleep"
        return self._counts.vitals(state, number, now=time.monotonic())

    def close(self) -> None:
        """End the process; a later call is an error."""
        with self._lock:
            self._end()
            self._state = "closed"

    def _bytes_of(self, take: Path | bytes) -> bytes:
        if isinstance(take, Path):
            return read_take(take, limits=self._limits)
        check_size(take, limits=self._limits)
        return take

    def _ready(self) -> Connection:
        if self._state == "closed":
            raise EngineNotLoaded("The decoder was closed.")
        if self._process is not None and self._process.poll() is not None:
            self._note("died", "The decoder's process ended while it waited.")
            self._end()
        return self._connection or self._started()

    def _started(self) -> Connection:
        began = time.monotonic()
        self._state = "loading"
        self._counts.starts += 1
        ours, theirs = Pipe()
        self._connection = ours
        with theirs:
            self._process = _spawned(theirs.fileno(), self._deadline_seconds)
        try:
            said = self._receive(ours, seconds=_LOAD_SECONDS)
            self._confinement = Confinement(*TRIED.unpack(said[END.size :]))
        except (EOFError, OSError, struct.error) as error:
            raise self._not_loaded() from error
        self._counts.load_seconds = round(time.monotonic() - began, 2)
        self._state = "ready"
        return ours

    def _not_loaded(self) -> EngineNotLoaded:
        self._end()
        self._state = "failed"
        self._counts.load_failures += 1
        return EngineNotLoaded("The decoder could not be started.")

    def _asked(self, connection: Connection, data: bytes) -> bytes:
        limits = self._limits
        head = REQUEST.pack(limits.max_seconds, limits.max_work_seconds)
        try:
            connection.send_bytes(head + data)
            return self._receive(connection, seconds=self._deadline_seconds + _GRACE_SECONDS)
        except TimeoutError:
            self._end()
            return END.pack(LATE, 0, 0)
        except (EOFError, OSError):
            self._end()
            return END.pack(DIED, 0, 0)

    @staticmethod
    def _receive(connection: Connection, *, seconds: float) -> bytes:
        if not connection.poll(seconds):
            raise TimeoutError
        return connection.recv_bytes()

    def _understood(self, said: bytes) -> Decoded:
        kind, self._counts.resident_bytes, self.work_seconds = END.unpack_from(said)
        if kind == LATE:
            raise self._failed("timed-out", TooSlow(_WORDS[TooSlow]))
        try:
            return _unpacked(kind, said[END.size :])
        except (struct.error, ValueError, IndexError) as error:
            failed = Undecodable("Decoding the file ended its process.")
            raise self._failed("died", failed) from error
        except MemoryError as error:
            failed = Undecodable("Decoding the file asked for too much memory.")
            raise self._failed("out-of-memory", failed) from error

    def _failed(self, kind: Crash, error: SpeechError) -> SpeechError:
        self._note(kind, str(error))
        return error

    def _note(self, kind: Crash, words: str) -> None:
        self._counts.crashes[kind] += 1
        self._counts.trouble = words
        self._counts.failed_at = time.monotonic()

    def _end(self) -> None:
        process, self._process = self._process, None
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.wait()


def _spawned(descriptor: int, deadline_seconds: float) -> "subprocess.Popen[bytes]":
    """This program itself, with one thread, so that it can fork."""
    return subprocess.Popen(  # nosec B603 # noqa: S603 -- this program itself
        [sys.executable, "-P", "-c", _PROGRAM.format(descriptor, deadline_seconds)],
        stdin=subprocess.DEVNULL,
        pass_fds=(descriptor,),
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )


def _unpacked(kind: bytes, said: bytes) -> Decoded:
    """What was decoded, out of plain numbers; raises the refusal, or what shows a bad reply."""
    if kind != REPLIED:
        raise ValueError("The process died.")
    refusal, is_cut, bad_packets = REPLY.unpack_from(said)
    if refusal == OUT_OF_MEMORY:
        raise MemoryError
    if refusal:
        refused = REFUSALS[refusal - 1]
        raise refused(_WORDS[refused])
    samples = np.frombuffer(said, "<f4", offset=REPLY.size)
    if not np.isfinite(samples).all():
        raise ValueError("These are no samples.")
    return Decoded(Recording(samples.astype(np.float32)), bool(is_cut), bad_packets)
