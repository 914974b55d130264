"""The page on security has the figures of the code; no way in, key or connection is left out."""

import ast
import re
from pathlib import Path

import pytest

from voice_app.access import signins
from voice_app.access.roles import EVERYONE
from voice_app.access.rules import staff, ways_in
from voice_app.audio import recordings, sandbox
from voice_app.audio.catalog import VOSK_SITE
from voice_app.badge_keys import purposes
from voice_app.jobs import Limits
from voice_app.models import Row
from voice_app.people import cards, invitations, kiosk, links, passwords, pins, second_steps
from voice_app.routes.gatekeeper import MOST_WORDS_BYTES
from voice_app.routes.rates import generous, weight
from voice_app.routes.staff_frame import Gates
from voice_app.routes.uploads import MOST_BYTES, MOST_RECORDING_BYTES
from voice_app.scoring.badges.checking import MOST_BYTES as MOST_BADGE_BYTES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
# What opens a connection to elsewhere; `socket` alone is used to look at one's own addresses.
_CLIENTS = {"urllib.request", "http.client", "httpx", "httpx2", "authlib", "requests", "gtts"}
_CLIENTS |= {"smtplib", "ftplib", "aiohttp", "websockets", "urllib3"}


def line_of(begin: str) -> str:
    return next(line for line in PAGE.splitlines() if line.startswith(f"| {begin}"))


def minutes(life: signins.Life) -> tuple[float, float]:
    return life.idle.total_seconds() / 60, life.longest.total_seconds() / 60


def test_figures_of_the_page_are_those_of_the_code():
    lives = {
        "staff |": signins.LIVES["staff"],
        "candidate at a kiosk": signins.LIVES["kiosk"],
        "candidate on a phone": signins.LIVES["candidate"],
        "candidate who asked": signins.REMEMBERED,
    }
    factors = {"minutes": 1, "hours": 60, "days": 1440}
    for begin, life in lives.items():
        told = re.findall(r"(\d+) (minutes|hours|days)", line_of(begin))
        assert tuple(int(number) * factors[unit] for number, unit in told) == minutes(life), begin
    take = recordings.Limits()
    assert MOST_RECORDING_BYTES == take.max_bytes == MOST_BADGE_BYTES == 2_000_000
    assert f"2 MB, its first {take.max_seconds:.0f} seconds" in line_of("a recording")
    assert "2 MB" in line_of("a file to check")
    assert f"{MOST_WORDS_BYTES // 1_000_000} MB" in line_of("any other body")
    assert MOST_BYTES == MOST_BADGE_BYTES
    assert f"| {cards.MOST_TRIES} tries" in line_of("pictures of a card")
    assert f"| {kiosk.MOST_TRIES} tries" in line_of("a code at a kiosk")
    waiting = Limits()
    assert f"| {waiting.all} (" in line_of("answers that wait")
    assert f"{waiting.attempt} of one attempt" in line_of("answers that wait")
    mega, seconds = sandbox.MEMORY_BYTES // 1_000_000, sandbox.CPU_SECONDS[1]
    assert f"{mega} MB,\n{seconds} seconds" in PAGE
    assert f"within the last {signins.FRESH.total_seconds() / 60:.0f} minutes" in PAGE


def test_tries_are_counted_as_the_page_says():
    for gate, begin in ((Gates().account, "a password"), (Gates().code, "a code of an app")):
        most, within = map(int, re.findall(r"(\d+) (?:tries|minutes)", line_of(begin)))
        waits = [gate.wait_seconds("a") for _ in range(most + 1)]
        assert waits[:most] == [0] * most
        assert 0 < waits[most] <= within * 60 / most
    most = int(re.findall(r"\d+", line_of("trying to come in"))[0])
    waits = [Gates().address.wait_seconds("a")] + [0] * (most - 1)
    gate = Gates().address
    assert [gate.wait_seconds("a") for _ in range(most)] == waits
    assert gate.wait_seconds("a") > 0


def test_phones_may_do_as_much_as_the_page_says():
    rates = generous()
    for begin, limit, seconds in (
        ("attempts begun", rates.attempts, 600),
        ("pictures touched", rates.touches, 60),
        ("answers spoken", rates.takes, 60),
        ("other words", rates.words, 60),
    ):
        told = line_of(begin)
        for gate, most in (
            (limit.owner, re.search(r"\| (\d+) (?:in|a)", told)),
            (limit.address, re.search(r", (\d+) from one address", told)),
        ):
            assert most is not None, begin
            assert gate._seconds == seconds
            assert gate._seconds / gate._apart == pytest.approx(int(most[1])), begin
    assert [weight(200_000 - 1), weight(200_000)] == [1, 2]


def test_ways_in_are_as_strong_as_the_page_says():
    assert (pins.PIN_LENGTH, len(pins.TOOLS)) == (5, 16)
    assert "five pictures of sixteen" in line_of("card")
    assert (pins.CODE_LENGTH, len(pins.KIOSK_TOOLS)) == (4, 32)
    assert "four pictures of thirty-two" in line_of("code at a kiosk")
    assert f"{links.LASTS.seconds // 60} minutes, once" in line_of("link")
    assert f"{kiosk.LASTS.seconds // 60} minutes, once" in line_of("code at a kiosk")
    assert f"{invitations.LASTS.days} days, once" in line_of("invitation")
    assert f"at least {passwords.SHORTEST} characters" in line_of("password and code")
    assert f"one of {second_steps.RECOVERY_CODES} recovery codes" in line_of("password and code")


def test_every_way_in_of_the_rules_is_on_the_page():
    open_to_all = {
        rule.route.partition(" ")[2]
        for rule in (*ways_in.RULES, *staff.RULES)
        if rule.who == EVERYONE
    }
    assert len(open_to_all) > 10
    assert [path for path in open_to_all if f"`{path}`" not in PAGE] == []


def test_every_kind_of_key_is_on_the_page():
    for purpose, kind in purposes.PURPOSES.items():
        assert f"| {kind.name}" in line_of(f"`{purpose}`")
    for place in ("`vault`", "`pictures-pepper`", "`tls`"):
        assert place in PAGE


def test_every_connection_is_on_the_page():
    found = {
        file.relative_to(ROOT / "voice_app").as_posix()
        for file in (ROOT / "voice_app").rglob("*.py")
        if clients_of(file)
    }
    told = set(re.findall(r"\| `([a-z_/]+\.py)` \|", PAGE))
    assert found == told
    assert VOSK_SITE.split("/")[2] in PAGE


def clients_of(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        if isinstance(node, ast.ImportFrom):
            names |= {node.module or ""}
            names |= {f"{node.module}.{one.name}" for one in node.names}
    return {one for one in names if any(f"{one}.".startswith(f"{each}.") for each in _CLIENTS)}


def test_every_log_is_on_the_page():
    for table in ("audit_entry", "inference", "retention_run"):
        assert table in Row.metadata.tables
        assert f"table `{table}`" in PAGE
    writers = re.compile(r"FileHandler|SysLogHandler|SocketHandler|HTTPHandler|dictConfig")
    source = (file.read_text("utf-8") for file in (ROOT / "voice_app").rglob("*.py"))
    assert not any(writers.search(text) for text in source)
