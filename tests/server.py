"""A real service in a process of its own, with real engines, that a test may kill."""

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2


class Server:
    """`voice-app serve` on a free port; `data` is its data folder."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = _free_port()
        self._environment = os.environ | {"VOICE_APP_DATA": str(data), **environment}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "voice_app", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(command, env=self._environment)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(httpx2.TransportError):
                if httpx2.get(f"{self.origin}/healthz").status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("the service did not start")

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=60)

    def rows(self, query: str) -> list[Any]:
        database = self.data / "voice-app.sqlite3"
        with contextlib.closing(sqlite3.connect(database)) as connection:
            return connection.execute(query).fetchall()


@contextlib.contextmanager
def running(data: Path, **environment: str) -> Iterator[Server]:
    server = Server(data, **environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
