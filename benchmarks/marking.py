"""Print how fast the queue of marking is: `python -m benchmarks.marking --waiting 100000`.

Answers wait in a real database. The assessor has marked the first turn of the oldest ones, so
that their second turn stands in the way. Ends with 1 where a middle time is over the limit.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from voice_app import marking
from voice_app.access import signins
from voice_app.app import create_app
from voice_app.marking import conflicts, licensing
from voice_app.models import Account, Attempt, Center, Mark, Unmarked
from voice_app.routes.deps import Service
from voice_app.settings import Settings

_LIMIT_MS = 200
_RUNS = 15
_STEPS = ("home.ask", "home.restate", "home.advise", "home.limits")
_TURNS = (1, 2)
_CENTER, _WHO = "c1", "ana"
_PAGE = "/staff/marking"
_KNOWN = 20


def main() -> int:
    """Fill a database, then take times of what opens the queue; 1 where it takes too long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.marking", description=__doc__)
    parser.add_argument("--waiting", type=int, default=100_000, help="answers that wait")
    parser.add_argument("--marked", type=int, default=2_000, help="marks of the assessor before")
    asked = parser.parse_args()
    _print_conditions(asked)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(VOICE_APP_DATA=folder, VOICE_APP_MODELS=Path(folder) / "m"))
        service: Service = app.state.service
        secret = _filled(service, waiting=asked.waiting, marked=asked.marked)
        client = TestClient(app, base_url="http://localhost:8000")
        client.cookies.set("signin", secret)
        times = dict(_times(service, client))
        service.database.close()
    for name, taken in times.items():
        wall, cpu = (list(one) for one in zip(*taken, strict=True))
        print(
            f"{name:<20}{statistics.median(wall):7.1f} ms, longest {max(wall):7.1f} ms; "
            f"of the processor {statistics.median(cpu):7.1f} ms"
        )
    middle = [statistics.median(wall for wall, _ in taken) for taken in times.values()]
    return int(max(middle) > _LIMIT_MS)


def _print_conditions(asked: argparse.Namespace) -> None:
    print(f"date     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    load = os.getloadavg()[0]
    print(f"machine  {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")
    print(f"waiting  {asked.waiting}; marked before by the assessor: {asked.marked}")


def _filled(service: Service, *, waiting: int, marked: int) -> str:
    now = service.clock()
    whole = waiting // (len(_STEPS) * len(_TURNS))
    with service.database.writing.begin() as session:
        secret = _staff(session, now=now)
        session.execute(insert(Attempt), [_attempt(n, now=now) for n in range(whole)])
        session.execute(insert(Unmarked), list(_waiting(whole, now=now, marked=marked)))
        session.execute(insert(Mark), [_mark(n, now=now) for n in range(marked)])
        for n in range(_KNOWN):
            owner = f"{n:064x}"
            conflicts.note(
                session, _WHO, owner_hash=owner, kind="trainee", author="account:boss", at=now
            )
    return secret


def _staff(session: Session, *, now: datetime) -> str:
    session.add(Center(id=_CENTER, name="Center", country="FR", made_at=now))
    session.flush()
    account = Account(
        id=_WHO,
        center_id=_CENTER,
        role="assessor",
        name="Ana",
        email="ana@center.example",
        made_at=now,
    )
    session.add(account)
    session.flush()
    for one in ("MC1", "MC4"):
        licensing.appoint(
            session, _WHO, one, is_ready=True, author="account:boss", at=now, reason="founding"
        )
    return signins.begin(session, account, now=now)


def _attempt(number: int, *, now: datetime) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "owner_hash": f"{number:064x}",
        "assessment": "MC1" if number % 2 else "MC4",
        "employer_language": "fr",
        "help_language": "es",
        "content_version": "v",
        "criteria": {"percent": 60, "center": _CENTER, "scenarios": [], "steps": {}, "rubric": {}},
        "started_at": now - timedelta(days=10),
    }


def _waiting(whole: int, *, now: datetime, marked: int) -> Iterator[dict[str, Any]]:
    since = now - timedelta(days=9)
    for number in range(whole):
        for place, step in enumerate(_STEPS):
            for turn in _TURNS:
                if turn == 1 and number * len(_STEPS) + place < marked:
                    continue
                yield {
                    "attempt_id": f"a{number}",
                    "item": step,
                    "why": "rubric",
                    "turn": turn,
                    "center": _CENTER,
                    "micro_competence": "MC1" if number % 2 else "MC4",
                    "since": since + timedelta(seconds=number),
                }


def _mark(number: int, *, now: datetime) -> dict[str, Any]:
    return {
        "attempt_id": f"a{number // len(_STEPS)}",
        "item": _STEPS[number % len(_STEPS)],
        "why": "rubric",
        "turn": 1,
        "author": f"account:{_WHO}",
        "levels": {"clear": 2},
        "comment": {},
        "is_counted": True,
        "listened_seconds": 20.0,
        "began_at": now - timedelta(days=1),
        "at": now - timedelta(days=1),
    }


def _times(service: Service, client: TestClient) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    yield "the next answer", _measured(lambda: _next(service))
    yield "how much waits", _measured(lambda: _counts(service))
    yield f"GET {_PAGE}", _measured(lambda: _opened(client))


def _measured(act: Callable[[], object]) -> list[tuple[float, float]]:
    """Give how long each run took, by the clock and of the processor, in milliseconds."""
    act()
    taken = []
    for _ in range(_RUNS):
        began, worked = time.perf_counter(), time.process_time()
        act()
        wall, cpu = time.perf_counter() - began, time.process_time() - worked
        taken.append((wall * 1000, cpu * 1000))
    return taken


def _next(service: Service) -> None:
    author, now = f"account:{_WHO}", service.clock()
    with service.database.writing() as session:
        found = marking.next_task(session, author, center=_CENTER, now=now)
        if found is None or found.claimed_by != author:
            raise RuntimeError("nothing was found")
        session.rollback()


def _counts(service: Service) -> None:
    with service.database.reading.begin() as session:
        marking.waiting(session, _CENTER)


def _opened(client: TestClient) -> None:
    page = client.get(_PAGE, headers={"accept": "text/html"})
    if page.status_code != 200:
        raise RuntimeError(f"the page said {page.status_code}")


if __name__ == "__main__":
    sys.exit(main())
