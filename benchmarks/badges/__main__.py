"""Print what giving and showing badges costs: `python -m benchmarks.badges --count 10000`."""

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select
from starlette.testclient import TestClient
from tqdm import tqdm

from voice_app import badges
from voice_app.app import create_app
from voice_app.badges.bulk import issue_one
from voice_app.consents import Told, Touched
from voice_app.db import Database
from voice_app.models import Attempt, Badge, Outcome
from voice_app.routes.deps import Service
from voice_app.settings import Settings

_OWNER = "0" * 64
_PAGE_VIEWS = 30
_BROWSER = {"Accept": "text/html"}


def main() -> None:
    """Give badges to a cohort in a database of its own, then look at some of them."""
    count = _arguments().count
    with tempfile.TemporaryDirectory() as folder, _service(Path(folder)) as (service, client):
        _print_conditions()
        _add_passed(service.database, count)
        _print_giving(service, count)
        _print_showing(service, client)
        _print_list(service, client)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.badges", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many badges are given")
    return parser.parse_args()


@contextmanager
def _service(folder: Path) -> Iterator[tuple[Service, TestClient]]:
    app = create_app(Settings(VOICE_APP_DATA=folder, VOICE_APP_MODELS=folder / "models"))
    service: Service = app.state.service
    yield service, TestClient(app, base_url="http://localhost:8000")
    service.database.close()


def _print_conditions() -> None:
    print(f"date     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    load = os.getloadavg()[0]
    print(f"machine  {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")
    print(f"python   {platform.python_version()}")


def _add_passed(database: Database, count: int) -> None:
    """Add attempts that were passed, as a cohort leaves them."""
    now = datetime.now(UTC)
    attempts = [
        {
            "id": f"attempt-{number:06}",
            "owner_hash": _OWNER,
            "assessment": "MC3",
            "employer_language": ("fr", "es", "en")[number % 3],
            "help_language": "es",
            "content_version": "benchmark",
            "criteria": {"percent": 60, "items": []},
            "started_at": now,
        }
        for number in range(count)
    ]
    outcomes = [
        {
            "attempt_id": one["id"],
            "state": "passed",
            "points": 30,
            "maximum": 30,
            "reviews": 0,
            "decided_at": now,
        }
        for one in attempts
    ]
    with database.writing.begin() as session:
        session.execute(insert(Attempt), attempts)
        session.execute(insert(Outcome), outcomes)


def _print_giving(service: Service, count: int) -> None:
    began, worked = time.perf_counter(), time.process_time()
    seconds = [
        _seconds(lambda one=number: _give(service, f"attempt-{one:06}"))
        for number in tqdm(range(count), unit="badge", disable=None)
    ]
    whole, work = time.perf_counter() - began, time.process_time() - worked
    print(f"sign and store   {_spread(seconds)}, {work / count * 1000:.1f} ms of processor")
    print(f"{count} badges   {whole:.0f} s, of these {work:.0f} s of processor, one process")


def _give(service: Service, attempt_id: str) -> None:
    handled = issue_one(service.database, attempt_id, office=service.office)
    if handled.done != "done":
        raise SystemExit(f"{attempt_id}: {handled.why}")


def _print_showing(service: Service, client: TestClient) -> None:
    codes = _shown(service, _PAGE_VIEWS)
    first = [_seconds(lambda one=code: _view(client, one)) for code in codes]
    again = [_seconds(lambda one=code: _view(client, one)) for code in codes]
    print(f"page, first view {_spread(first)}")
    print(f"page, later view {_spread(again)}")
    page = client.get(f"/b/{codes[0]}", headers=_BROWSER | {"Accept-Encoding": "identity"})
    print(f"page             {len(page.content) / 1000:.1f} kB of HTML, not compressed")


def _shown(service: Service, count: int) -> Sequence[str]:
    told = Told("share.consent", "Do you agree?", "en")
    with service.database.writing.begin() as session:
        codes = session.scalars(select(Badge.code).limit(count)).all()
        for code in codes:
            badges.show(
                session,
                code,
                owner_hash=_OWNER,
                told=told,
                yes=Touched("chosen"),
                office=service.office,
            )
    return codes


def _view(client: TestClient, code: str) -> None:
    client.get(f"/b/{code}", headers=_BROWSER).raise_for_status()


def _print_list(service: Service, client: TestClient) -> None:
    """A withdrawal makes the list be folded and signed anew."""

    def ask() -> None:
        client.get("/status/1/revocation").raise_for_status()

    with service.database.writing.begin() as session:
        for code in session.scalars(select(Badge.code).limit(100)).all():
            badges.withdraw(
                session,
                code,
                kind="revoked",
                reason="mistake",
                author="Benchmark",
                office=service.office,
            )
    print(f"list, 100 cancelled: signed anew {_seconds(ask) * 1000:.0f} ms, ", end="")
    print(f"kept {_seconds(ask) * 1000:.0f} ms")


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _spread(seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)
    late = ordered[int(len(ordered) * 0.95)]
    return f"{statistics.median(ordered) * 1000:.1f} ms median, {late * 1000:.1f} ms at 95 %"


if __name__ == "__main__":
    main()
