"""Whatever happens to badges, the public sees what a small model says, and so do verifiers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from tests.badges import made
from tests.badges.made import TOLD, TOUCHED
from tests.oracles import asking
from tests.oracles.asking import Verifier
from tests.oracles.issuing import DID, MOMENT, ORIGIN, House
from voice_app import badges
from voice_app.badge_keys import BadgeKey
from voice_app.badges import REASONS, Details, Office, UnknownBadgeError, WithdrawalError
from voice_app.badges.correcting import reissue
from voice_app.badges.lists import StatusLists, numbers
from voice_app.db import open_database
from voice_app.dialogues.content import Content
from voice_app.dialogues.loader import load_content
from voice_app.models import Attempt, Badge
from voice_app.scoring.badges.did import did_document, key_id
from voice_app.scoring.badges.status_list import PURPOSES, decoded

# A badge names the list of revocations alone, so a paused one stands there too.
KINDS = {"revocation": {"cancelled", "paused"}, "suspension": {"paused"}}


@dataclass
class Told:
    """What the model knows of a badge; `state` is real, paused or cancelled."""

    attempt_id: str
    owner: str
    details: Details
    state: str = "real"
    reason: str | None = None
    is_shown: bool = False
    replaced_by: str | None = None

    def holder_sees(self, now: datetime) -> str:
        ends = self.details.expires_at
        return "expired" if self.state == "real" and ends and ends <= now else self.state

    def public_sees(self, now: datetime) -> str:
        return self.holder_sees(now) if self.is_shown else "hidden"

    def take_back(self, state: str, reason: str) -> None:
        if self.state not in {state, "cancelled"}:
            self.state, self.reason = state, reason


class Badges(RuleBasedStateMachine):
    """Badges of two candidates, in a database of their own; `content` and `verifier` are lent."""

    content: Content
    verifier: Verifier
    codes = Bundle("codes")
    reasons = st.sampled_from(REASONS)
    details = st.builds(
        Details,
        holder_name=st.sampled_from([None, "Ana Ejemplo"]),
        # Never at the very moment of a look: verifiers allow clocks to differ by minutes.
        expires_at=st.sampled_from([None, *(MOMENT + timedelta(days=day) for day in (2.5, 30.5))]),
    )

    def __init__(self) -> None:
        super().__init__()
        self.now = MOMENT
        self.told: dict[str, Told] = {}
        self.folder = TemporaryDirectory()
        self.database = open_database(Path(self.folder.name) / "badges.sqlite")
        self.keys: list[Ed25519PrivateKey] = []
        self.rotate()

    def teardown(self) -> None:
        try:
            self.verifiers_agree()
        finally:
            self.database.close()
            self.folder.cleanup()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.database.writing.begin() as session:
            yield session

    @rule()
    def rotate(self) -> None:
        self.keys.append(Ed25519PrivateKey.from_private_bytes(bytes([len(self.keys)]) * 32))
        public = {key_id(key.public_key()): key.public_key() for key in reversed(self.keys)}
        key = BadgeKey(next(iter(public)), self.keys[-1], public)
        self.office = Office(self.content, key, House().issuer, ORIGIN, lambda: self.now)
        self.lists = StatusLists(self.office)

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(target=codes, owner=st.sampled_from(["1" * 64, "2" * 64]), details=details)
    def give(self, owner: str, details: Details) -> str:
        attempt = made.attempt(str(uuid4()), owner_hash=owner)
        with self.writing() as session:
            session.add(attempt)
            session.flush()
            code = badges.issue(session, attempt, office=self.office, details=details).code
        assert code not in self.told
        self.told[code] = Told(attempt.id, owner, details)
        return code

    @rule(code=codes)
    def give_twice(self, code: str) -> None:
        last = code
        while self.told[last].replaced_by:
            last = self.told[last].replaced_by
        with self.writing() as session:
            attempt = session.get_one(Attempt, self.told[code].attempt_id)
            assert badges.issue(session, attempt, office=self.office).code == last

    @rule(code=codes, reason=reasons)
    def revoke(self, code: str, reason: str) -> None:
        self.withdraw(code, "revoked", reason)
        self.told[code].take_back("cancelled", reason)

    @rule(code=codes, reason=reasons)
    def suspend(self, code: str, reason: str) -> None:
        with self.refused_if(is_refused=self.told[code].state == "cancelled"):
            self.withdraw(code, "suspended", reason)
        self.told[code].take_back("paused", reason)

    @rule(code=codes)
    def resume(self, code: str) -> None:
        told = self.told[code]
        with self.refused_if(is_refused=told.state == "cancelled"), self.writing() as session:
            badges.resume(session, code, author="Ana", office=self.office)
        if told.state == "paused":
            told.state, told.reason = "real", None

    @rule(code=codes, kind=st.sampled_from(["revoked", "suspended"]))
    def a_machine_withdraws(self, code: str, kind: str) -> None:
        with self.refused_if(is_refused=True):
            self.withdraw(code, kind, "mistake", author="machine")

    @rule(code=codes)
    def show(self, code: str) -> None:
        owner = self.told[code].owner
        with self.writing() as session:
            badges.show(session, code, owner_hash=owner, told=TOLD, yes=TOUCHED, office=self.office)
        self.told[code].is_shown = True

    @rule(code=codes)
    def hide(self, code: str) -> None:
        with self.writing() as session:
            badges.hide(session, code, owner_hash=self.told[code].owner, office=self.office)
        self.told[code].is_shown = False

    @rule(code=codes)
    def a_stranger_shows(self, code: str) -> None:
        with pytest.raises(UnknownBadgeError), self.writing() as session:
            badges.show(
                session, code, owner_hash="3" * 64, told=TOLD, yes=TOUCHED, office=self.office
            )

    @rule(target=codes, code=codes, details=st.none() | details)
    def correct(self, code: str, details: Details | None) -> object:
        old = self.told[code]
        is_refused = old.state != "real" and old.replaced_by is None
        with self.refused_if(is_refused=is_refused), self.writing() as session:
            new = reissue(session, code, author="Ana", office=self.office, details=details).code
        if is_refused:
            return multiple()
        if old.replaced_by:
            assert new == old.replaced_by
            return multiple()
        self.told[new] = self.corrected(old, details or old.details)
        old.take_back("cancelled", "correction")
        old.replaced_by = new
        return new

    def corrected(self, old: Told, details: Details) -> Told:
        tells_more = details.holder_name and not old.details.holder_name
        return Told(old.attempt_id, old.owner, details, is_shown=old.is_shown and not tells_more)

    @invariant()
    def everybody_sees_what_is_so(self) -> None:
        with self.database.reading.begin() as session:
            for code, told in self.told.items():
                public = self.standing(session, code, is_holder=False)
                holder = self.standing(session, code, is_holder=True)
                assert public.state == told.public_sees(self.now)
                assert holder.state == told.holder_sees(self.now)
                assert (holder.reason, holder.replaced_by) == (told.reason, told.replaced_by)
                assert public == holder or (public.state, public.reason) == ("hidden", None)

    @invariant()
    def lists_say_who_is_withdrawn(self) -> None:
        for purpose in PURPOSES:
            bits = decoded(self.published(purpose)["credentialSubject"]["encodedList"])
            for code, told in self.told.items():
                is_set = bits.is_set(self.badge(code).list_index)
                assert is_set == (told.state in KINDS[purpose])

    def verifiers_agree(self) -> None:
        known = {DID: did_document(DID, self.office.key.public_keys)}
        known |= {one["id"]: one for one in map(self.published, PURPOSES)}
        now = self.now.isoformat()
        for code, told in self.told.items():
            document = json.loads(self.badge(code).credential)
            found = self.verifier.judge(document, known, now=now)
            ends = told.details.expires_at
            assert found["real"] == (ends is None or ends > self.now), found["why"]
            if found["real"]:
                assert bool(found["set"]) == (told.state in KINDS["revocation"])

    def standing(self, session: Session, code: str, *, is_holder: bool) -> badges.Standing:
        return badges.standing(session, code, office=self.office, now=self.now, is_holder=is_holder)

    def withdraw(self, code: str, kind: str, reason: str, author: str = "Ana") -> None:
        with self.writing() as session:
            badges.withdraw(
                session, code, kind=kind, reason=reason, author=author, office=self.office
            )

    def published(self, purpose: str) -> dict:
        with self.database.reading.begin() as session:
            assert list(numbers(session)) == [1]
            return json.loads(self.lists.published(session, 1, purpose=purpose))

    def badge(self, code: str) -> Badge:
        with self.database.reading.begin() as session:
            return session.get_one(Badge, code)

    @contextmanager
    def refused_if(self, *, is_refused: bool) -> Iterator[None]:
        if not is_refused:
            yield
            return
        with pytest.raises(WithdrawalError):
            yield


def test_the_public_and_verifiers_see_what_happened_to_badges():
    with asking.digital_bazaar() as verifier:
        lent = {"content": load_content(), "verifier": verifier}
        run_state_machine_as_test(
            type("LentBadges", (Badges,), lent),
            settings=settings(
                max_examples=12,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
