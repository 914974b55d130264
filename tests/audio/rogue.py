"""A decoder whose takes are orders to misbehave; any other take is decoded as usual."""

import os
import time
from typing import Any

from voice_app.audio import decoding_child
from voice_app.audio.recordings import Decoded, EmptyRecording, Limits, decode_bytes

_REMEMBERED: list[bytes] = []


def main(descriptor: int, deadline_seconds: float) -> None:
    decoding_child.decode_bytes = obey
    decoding_child.main(descriptor, deadline_seconds)


def obey(data: bytes, *, limits: Limits) -> Decoded:
    """Orders are carried out inside the confined process."""
    order: Any = _ORDERS.get(data)
    if order is None:
        return decode_bytes(data, limits=limits)
    order()
    raise EmptyRecording("Done.")


def _bug() -> None:
    raise RuntimeError("what was said")


def _half() -> None:
    os.write(0, b"\x00")
    os._exit(0)


def _nan() -> None:
    os.write(0, decoding_child.REPLY.pack(0, 0, 0) + b"\x00\x00\xc0\x7f" * 9000)
    os._exit(0)


def _stay() -> None:
    """Close the pipe and go on: nobody may wait for it."""
    os.close(0)
    time.sleep(60)


def _flood() -> None:
    while True:
        os.write(0, bytes(1 << 16))


def _remember() -> None:
    _REMEMBERED.append(b"what was said")


def _recall() -> None:
    if _REMEMBERED:
        os.abort()


_ORDERS = {
    b"abort": os.abort,
    b"exit": lambda: os._exit(0),
    b"bug": _bug,
    b"half": _half,
    b"nan": _nan,
    b"kill": lambda: (os.close(0), os._exit(3)),
    b"memory": lambda: bytearray(1_000_000_000),
    b"hang": lambda: time.sleep(60),
    b"stay": _stay,
    b"flood": _flood,
    b"remember": _remember,
    b"recall": _recall,
}
