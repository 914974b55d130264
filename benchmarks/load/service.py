"""A real service in processes of its own, and how much memory they hold."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2

_START_SECONDS = 60.0
_MEGABYTE = 1_000_000
_HEARD = """
select response.attempt_id, response.received_at, hearing.heard_at, hearing.verdict
from hearing join response on response.id = hearing.utterance_id order by hearing.heard_at
"""


@dataclass(frozen=True)
class Answer:
    """One answer that was heard: whose, when it came, when it was heard, the verdict."""

    attempt: str
    received: datetime
    heard: datetime
    verdict: str

    @property
    def waited_seconds(self) -> float:
        """From its arrival to its verdict."""
        return (self.heard - self.received).total_seconds()


@dataclass(frozen=True)
class Memory:
    """Resident megabytes of the service's own process and of its children together."""

    parent: float
    children: float

    def __str__(self) -> str:
        whole = self.parent + self.children
        return f"{whole:.0f} MB (service {self.parent:.0f}, engines {self.children:.0f})"


class Service:
    """`voice-app serve` with an empty data folder."""

    def __init__(self, data: Path) -> None:
        self._database = data / "voice-app.sqlite3"
        port = _free_port()
        self.origin = f"http://localhost:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voice_app", "serve", "--port", str(port)],
            env=os.environ | {"VOICE_APP_DATA": str(data)},
            stdout=subprocess.DEVNULL,
        )

    def ready(self) -> dict[str, Any]:
        """What /readyz tells."""
        told: dict[str, Any] = httpx2.get(f"{self.origin}/readyz").json()
        return told

    def wait_until_loaded(self) -> float:
        """Wait until the engines are ready; returns the seconds since the start."""
        began = time.monotonic()
        while time.monotonic() - began < _START_SECONDS:
            with contextlib.suppress(httpx2.TransportError):
                if all(one["state"] == "ready" for one in self.ready()["engines"].values()):
                    return time.monotonic() - began
            time.sleep(0.2)
        raise RuntimeError("the service did not start; are the models installed?")

    def memory(self) -> Memory:
        """What the processes hold now."""
        mine = self.process.pid
        children = [number for number in _processes() if _status(number, "PPid") == mine]
        held = sum(_status(number, "VmRSS") for number in children)
        return Memory(_status(mine, "VmRSS") * 1024 / _MEGABYTE, held * 1024 / _MEGABYTE)

    def answers(self) -> list[Answer]:
        """All that was heard, in that order."""
        with contextlib.closing(sqlite3.connect(self._database)) as connection:
            return [
                Answer(attempt, datetime.fromisoformat(came), datetime.fromisoformat(heard), said)
                for attempt, came, heard, said in connection.execute(_HEARD)
            ]


@contextlib.contextmanager
def running(data: Path) -> Iterator[Service]:
    """A service that has loaded its engines; ended afterwards."""
    service = Service(data)
    try:
        service.wait_until_loaded()
        yield service
    finally:
        service.process.send_signal(signal.SIGTERM)
        service.process.wait(timeout=60)


def _processes() -> Iterator[int]:
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _status(number: int, field: str) -> int:
    """A number from the process's status; 0 when the process is gone."""
    with contextlib.suppress(OSError):
        for line in Path("/proc", str(number), "status").read_text().splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1])
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
