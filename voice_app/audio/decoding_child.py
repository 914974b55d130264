"""The other end of a decoder: one process for every take, which ends with it.

This process imports once and waits; it never looks into a take. For each it forks a process that
gives up everything but its memory and one pipe, decodes, and writes plain numbers into the pipe.
Nothing that comes back is ever unpickled.
"""

import contextlib
import gc
import io
import os
import select
import signal
import struct
import sys
import time
import wave
from multiprocessing.connection import Connection
from resource import struct_rusage
from typing import NoReturn

from voice_app.audio import sandbox
from voice_app.audio.recordings import REFUSALS, Decoded, Limits, decode_bytes
from voice_app.audio.speech import SAMPLE_RATE_HZ, SpeechError

# A request: the most seconds of sound and of work, then the take's bytes.
REQUEST = struct.Struct("<dd")
# A reply: 0 or the number of a refusal, is it cut, bad packets; then float32 samples.
REPLY = struct.Struct("<BBI")
OUT_OF_MEMORY = 255
# How it ended, the most memory it held in bytes, its seconds of work; then its reply, if any.
END = struct.Struct("<cQd")
REPLIED, LATE, DIED = b"R", b"L", b"D"
# Taken away from a decoding process, tested there: files, network, processes.
TRIED = struct.Struct("<???")

_PIPE = 0
_CHUNK_BYTES = 1 << 18
_FAREWELL_SECONDS = 1.0
_MOMENT_SECONDS = 0.0005
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_MOST_BAD_PACKETS = 2**32 - 1


def main(descriptor: int, deadline_seconds: float) -> None:
    """Serve one connection until it is gone."""
    # A service that is told to stop ends its decoder itself, after the take in hand.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _rehearse()
    gc.freeze()
    connection = Connection(descriptor)
    with contextlib.suppress(EOFError, OSError):
        connection.send_bytes(_forked(None, Limits(), deadline_seconds=deadline_seconds))
        while True:
            request = connection.recv_bytes()
            limits = Limits(0, *REQUEST.unpack_from(request))
            take = request[REQUEST.size :]
            connection.send_bytes(_forked(take, limits, deadline_seconds=deadline_seconds))


def _rehearse() -> None:
    """Decode a sound of our own, so that everything is imported before files are out of reach."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE_HZ)
        sound.writeframes(bytes(SAMPLE_RATE_HZ))
    decode_bytes(file.getvalue(), limits=Limits())


def _forked(take: bytes | None, limits: Limits, *, deadline_seconds: float) -> bytes:
    """What a process of its own makes of a take; without a take, what is out of its reach."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _work(theirs, take, limits)
    os.close(theirs)
    most = REPLY.size + 4 * int(limits.max_seconds * SAMPLE_RATE_HZ + 1)
    try:
        said = _read(ours, most=most, seconds=deadline_seconds)
    finally:
        os.close(ours)
    status, used = _ended(child, seconds=0 if said is None else _FAREWELL_SECONDS)
    kind = LATE if said is None else DIED if status else REPLIED
    end = END.pack(kind, used.ru_maxrss * _PEAK_UNIT, used.ru_utime + used.ru_stime)
    return end + said if kind == REPLIED and said else end


def _read(pipe: int, *, most: int, seconds: float) -> bytes | None:
    """All that is written until the other end closes; None when that takes too long."""
    deadline = time.monotonic() + seconds
    waiting = select.poll()
    waiting.register(pipe, select.POLLIN)
    said = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        if not waiting.poll(left * 1000):
            return None
        piece = os.read(pipe, _CHUNK_BYTES)
        said += piece
        if not piece or len(said) > most:
            return bytes(said[:most])
    return None


def _ended(child: int, *, seconds: float) -> tuple[int, struct_rusage]:
    """A process's status and what it used; it is made to end, if it must."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found, status, used = os.wait4(child, os.WNOHANG)
        if found:
            return status, used
        time.sleep(_MOMENT_SECONDS)
    os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    return status, used


def _work(pipe: int, take: bytes | None, limits: Limits) -> NoReturn:
    """Decode, in the process that was made for it. Whatever happens here, it ends."""
    status = 1
    try:
        os.dup2(pipe, _PIPE)
        os.closerange(_PIPE + 1, os.sysconf("SC_OPEN_MAX"))
        sandbox.confine()
        _write(_tried() if take is None else _reply(take, limits))
        status = 0
    finally:
        os._exit(status)


def _tried() -> bytes:
    found = sandbox.tried()
    return TRIED.pack(found.files, found.network, found.processes)


def _reply(take: bytes, limits: Limits) -> bytes:
    try:
        decoded = decode_bytes(take, limits=limits)
    except SpeechError as error:
        return REPLY.pack(REFUSALS.index(type(error)) + 1, 0, 0)
    except MemoryError:
        return REPLY.pack(OUT_OF_MEMORY, 0, 0)
    return _packed(decoded)


def _packed(decoded: Decoded) -> bytes:
    head = REPLY.pack(0, decoded.is_cut, min(decoded.bad_packets, _MOST_BAD_PACKETS))
    return head + decoded.recording.samples.astype("<f4", copy=False).tobytes()


def _write(said: bytes) -> None:
    left = memoryview(said)
    while left:
        left = left[os.write(_PIPE, left) :]
