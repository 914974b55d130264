"""A center for a service in a process of its own: its candidates, and assessors who listen.

Who they are and what they may mark is written into the database of the service, and what became
of it is read there. Marks are given on the assessor's page alone, by keys, after listening.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.looks import LAPTOP
from tests.server import Server
from voice_app import audit, hearings
from voice_app.access import signins
from voice_app.db import open_database
from voice_app.marking import licensing, policies
from voice_app.models import Account, Attempt, Center, Hearing, Outcome, Response, Utterance
from voice_app.people import candidates, links
from voice_app.settings import Settings
from voice_app.vault import Vault

PATIENCE_MS = 60_000
# The length of the sound is known: the page has it whole.
_LOADED = re.compile(r"of (?!0:00)")
_TASK = re.compile(r"/staff/marking/\d+$")

# Which level of a criterion an assessor chooses, by its number on the page.
Choose = Callable[[str], int]


# An answer that was offered: the criteria it is marked by.
Seen = tuple[str, ...]


class MarkingRoom:
    """One center of a running service; every answer gets two marks, none is a control.

    It is a new one, or `center`.
    """

    def __init__(self, service: Server, browser: Browser, *, center: str = "") -> None:
        self.service, self.browser = service, browser
        settings = Settings(data_folder=service.data)
        self.database = open_database(settings.database_path)
        audit.watch(self.database, settings.passphrase())
        self.vault = Vault(settings.vault_folder, settings.passphrase())
        self.center = center or str(uuid4())
        self.names: list[str] = []
        now = _now()
        with self.database.writing.begin() as session:
            if not center:
                session.add(Center(id=self.center, name="Soleil", country="FR", made_at=now))
                session.flush()
            policy = policies.Policy(control_percent=0)
            policies.choose(session, self.center, policy=policy, author="command", at=now)

    def link(self, name: str, *, help_language: str) -> str:
        """Enroll a candidate; the address that the center sends to their phone."""
        self.names.append(name)
        with self.database.writing.begin() as session:
            enrolled = candidates.enroll(
                session,
                center_id=self.center,
                help_language=help_language,
                call_name=name,
                by="command",
                at=_now(),
            )
            secret = links.make(session, enrolled, by="command", at=_now())
        return f"{self.service.origin}/link#{help_language}.{secret}"

    @contextmanager
    def assessor(self, name: str, *, micro_competence: str) -> Iterator["Assessor"]:
        """Somebody who is licensed, signed in on a laptop."""
        self.names.append(name)
        with self.database.writing.begin() as session:
            account = self._account(session, name, micro_competence=micro_competence)
            secret = signins.begin(session, account, now=_now())
        context = self.browser.new_context(viewport=LAPTOP)
        context.add_cookies([{"name": "signin", "value": secret, "url": self.service.origin}])
        yield Assessor(context.new_page(), self, name=name)
        context.close()

    def found(self, attempt_id: str, step: str) -> list[list[str]]:
        """What the machine found in each take of a spoken task, from its sealed evidence."""
        takes = (
            select(Hearing, Attempt.owner_hash)
            .join(Utterance, Utterance.id == Hearing.utterance_id)
            .join(Response, Response.id == Utterance.id)
            .join(Attempt, Attempt.id == Response.attempt_id)
            .where(Attempt.id == attempt_id, Response.item == step)
            .order_by(Response.seq)
        )
        with self.database.reading.begin() as session:
            told = [
                hearings.evidence_of(hearing, self.vault, owner=owner)["found"]
                for hearing, owner in session.execute(takes)
            ]
        return [[one["id"] for one in take] for take in told]

    def attempt(self, attempt_id: str) -> Attempt:
        """An attempt, with what it is marked by."""
        with self.database.reading.begin() as session:
            return session.get_one(Attempt, attempt_id)

    def outcome(self, attempt_id: str) -> Outcome:
        """How an attempt stands."""
        mine = select(Outcome).where(Outcome.attempt_id == attempt_id)
        with self.database.reading.begin() as session:
            return session.scalars(mine.order_by(Outcome.seq.desc()).limit(1)).one()

    def close(self) -> None:
        self.database.close()

    def _account(self, session: Session, name: str, *, micro_competence: str) -> Account:
        now = _now()
        account = Account(
            id=str(uuid4()),
            center_id=self.center,
            role="assessor",
            name=name,
            email=f"{uuid4()}@center.example",
            made_at=now,
        )
        session.add(account)
        session.flush()
        licensing.appoint(
            session,
            account.id,
            micro_competence,
            is_ready=True,
            author="command",
            at=now,
            reason=licensing.FOUNDING,
        )
        return account


class Assessor:
    """Marks one answer after the other on the page, by keys, at double speed."""

    def __init__(self, page: Page, room: MarkingRoom, *, name: str) -> None:
        self.page, self._room, self._name = page, room, name
        self._troubles: list[str] = []
        self._foreign: list[str] = []
        page.on("pageerror", lambda error: self._troubles.append(str(error)))
        page.on("console", self._listen)
        page.on("request", self._watch)

    def mark_all(self, choose: Choose) -> Iterator[Seen]:
        """Mark what is offered until nothing waits; gives each answer when it begins to play."""
        self.page.goto(f"{self._room.service.origin}/staff/marking")
        self.page.get_by_role("link", name="Start marking").click()
        self.page.wait_for_url(lambda url: not url.endswith("/staff/marking"))
        is_first = True
        while self._is_offered():
            self._assert_blind()
            self._play(is_first=is_first)
            criteria = self._criteria()
            yield criteria
            self._mark(criteria, choose)
            is_first = False

    def is_offered_anything(self) -> bool:
        """Ask for the next answer."""
        self.page.goto(f"{self._room.service.origin}/staff/marking/next")
        return self._is_offered()

    def assert_well(self) -> None:
        """Nothing went wrong in this browser, and nothing came from elsewhere."""
        assert not self._troubles, self._troubles
        assert not self._foreign, self._foreign

    def _is_offered(self) -> bool:
        return _TASK.search(self.page.url) is not None

    def _mark(self, criteria: Seen, choose: Choose) -> None:
        page, address = self.page, self.page.url
        heard = page.locator("[data-part=heard-words]")
        expect(heard).to_have_text("Heard: you can mark.", timeout=PATIENCE_MS)
        for name in criteria:
            page.keyboard.press(str(choose(name)))
        expect(page.locator("[data-criterion] input:checked")).to_have_count(len(criteria))
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != address, timeout=PATIENCE_MS)

    def _assert_blind(self) -> None:
        """Neither the candidate nor who else marks is named on the page."""
        shown = self.page.content()
        assert not [one for one in self._room.names if one != self._name and one in shown]

    def _play(self, *, is_first: bool) -> None:
        """Have it played at double speed; what was chosen once holds afterwards."""
        page = self.page
        if is_first:
            expect(page.locator("[data-part=clock]")).to_have_text(_LOADED)
            for _ in range(4):
                page.keyboard.press(".")
            # A browser that wants a gesture first has not begun by itself.
            if page.locator("[data-part=audio]").evaluate("one => one.paused"):
                page.keyboard.press(" ")
        expect(page.locator("[data-part=speed]")).to_have_value("2")

    def _criteria(self) -> Seen:
        """The criteria on the page, in their order."""
        names = self.page.eval_on_selector_all(
            "[data-criterion] input[type=radio]", "all => all.map(one => one.name)"
        )
        return tuple(dict.fromkeys(name.partition(":")[2] for name in names))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._troubles.append(f"{message.text} {message.location['url']}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self._room.service.origin, "data:", "blob:")):
            self._foreign.append(request.url)


def taking_turns(*work: Iterator[Seen]) -> list[list[Seen]]:
    """Have several people mark side by side; gives what each of them was offered."""
    offered: list[list[Seen]] = [[] for _ in work]
    waits = list(zip(work, offered, strict=True))
    while waits:
        for one, seen in tuple(waits):
            if (task := next(one, None)) is None:
                waits.remove((one, seen))
            else:
                seen.append(task)
    return offered


def _now() -> datetime:
    return datetime.now(UTC)
