"""What a room full of phones may cost in memory: it is shared, whichever thread serves them."""

import contextlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
from sqlalchemy import text

from tests.server import Server, running
from voice_app.db import open_database

PHONES = 12
_ARENA_ALIGNMENT = 64 << 20
WANTED = {"assessment": "MC3", "employer_language": "en", "help_language": "fr"}


def test_a_thread_a_phone_shares_the_arenas_of_all(tmp_path: Path) -> None:
    with running(tmp_path, VOICE_APP_MODELS=str(tmp_path)) as server:
        with ThreadPoolExecutor(PHONES) as phones, _nobody_can_write(server):
            for _ in range(PHONES):
                phones.submit(_begin, server)
            _wait_until(lambda: _threads(server) > PHONES)
        assert _arenas(server) <= 2


def test_no_connection_keeps_more_than_half_a_megabyte_of_pages(tmp_path: Path) -> None:
    database = open_database(tmp_path / "voice-app.sqlite3")
    with contextlib.closing(database):
        for sessions in (database.reading, database.writing):
            with sessions.begin() as session:
                pages = session.scalar(text("PRAGMA cache_size"))
                assert -512 <= pages < 0  # negative: kibibytes


def _begin(server: Server) -> None:
    httpx2.post(f"{server.origin}/attempts", json=WANTED, timeout=60)


@contextlib.contextmanager
def _nobody_can_write(server: Server) -> Iterator[None]:
    """Meanwhile each request that writes keeps the thread that serves it."""
    path = server.data / "voice-app.sqlite3"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        yield
        lock.execute("ROLLBACK")


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until, "the requests were not served side by side"
        time.sleep(0.05)


def _threads(server: Server) -> int:
    return len(list((_process(server) / "task").iterdir()))


def _arenas(server: Server) -> int:
    """Those besides the first, which is the heap: glibc aligns each."""
    maps = (_process(server) / "maps").read_text(encoding="utf-8")
    starts = re.findall(r"^([0-9a-f]+)-\S+ rw-p 00000000 00:00 0\s*$", maps, re.MULTILINE)
    return sum(int(start, 16) % _ARENA_ALIGNMENT == 0 for start in starts)


def _process(server: Server) -> Path:
    """What the system tells of the process that serves this port."""
    (found,) = (
        folder
        for folder in Path("/proc").glob("[0-9]*")
        if f"serve\0--port\0{server.port}\0" in _command(folder)
    )
    return found


def _command(process: Path) -> str:
    with contextlib.suppress(OSError):  # it has ended
        return (process / "cmdline").read_text(encoding="utf-8")
    return ""
