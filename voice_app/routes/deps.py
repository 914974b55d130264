"""What a route is handed: the service it belongs to, and who is asking."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Protocol, cast

from fastapi import Depends, Request
from jinja2 import Environment
from starlette.responses import Response

from voice_app import attempts, begun, outcomes
from voice_app.access import Actor
from voice_app.audio.prompts import Manifest
from voice_app.audio.recordings import Decoded
from voice_app.audio.speech import Hears
from voice_app.audio.store import RecordingStore
from voice_app.badge_keys import BadgeKey, KeyRing
from voice_app.badges import Office, StatusLists
from voice_app.db import Database
from voice_app.dialogues.content import Assessment, Content
from voice_app.dialogues.scenario import ScenarioBank
from voice_app.jobs import Listener
from voice_app.models import Attempt
from voice_app.notices import Basis
from voice_app.people.pins import Hashing
from voice_app.privacy import Keeping
from voice_app.routes.cookies import Cookie
from voice_app.routes.drawings import Drawings
from voice_app.routes.rates import Rates
from voice_app.routes.turnstile import Turnstile
from voice_app.scoring.badges.credential import Issuer
from voice_app.vault import Vault

OWNER_COOKIE = "candidate"
_OWNER = Cookie(OWNER_COOKIE, seconds=60 * 60 * 24 * 60)


class EngineRoom(Hears, Protocol):
    """Hears, says which engine answers for which language, and can be made ready and closed."""

    def decode(self, take: bytes) -> Decoded:
        """Decode a take where it can do no harm; raises `SpeechError`. From any thread."""
        ...

    def warm_up(self) -> None:
        """Load the engines; may take seconds."""
        ...

    def status(self) -> Any:
        """JSON-ready values."""
        ...

    def close(self) -> None:
        """End what runs for it."""
        ...


@dataclass(frozen=True)
class Service:
    """Everything a running service consists of, put together once in `create_app`.

    `checks` counts the files that an address has checked, `takes` the spoken consents it left,
    `knocks` how often it tried to come in, `rates` what phones begin, answer and say.
    `hashing` compares the pictures of candidates.
    """

    database: Database
    content: Content
    manifest: Manifest
    store: RecordingStore
    vault: Vault
    listener: Listener
    ears: EngineRoom
    templates: Environment
    keys: KeyRing
    issuer: Issuer
    origin: str
    office: Office
    lists: StatusLists
    pictures: Path
    sounds: Path
    has_level_credentials: bool
    legal_basis: Basis
    checks: Turnstile
    takes: Turnstile
    knocks: Turnstile
    rates: Rates
    hashing: Hashing
    drawings: Drawings
    award: outcomes.Award
    clock: Callable[[], datetime]
    version: str

    @property
    def key(self) -> BadgeKey:
        """The key that signs badges."""
        return self.keys.badge

    @property
    def keeping(self) -> Keeping:
        """Where people's data lie."""
        return Keeping(self.database, self.store, self.vault, self.clock)

    def bank(self, attempt: Attempt) -> Assessment:
        """The items an attempt is about. Raises `UnknownChoice` for one at scenarios."""
        bank = self.content.assessments.get(attempt.assessment)
        if bank is None:
            raise attempts.UnknownChoice(f"{attempt.assessment} has no bank of items.")
        return attempts.bank_of(bank, attempt)

    def home(self, attempt: Attempt) -> ScenarioBank | None:
        """The scenarios an attempt is about; None for one at a bank of items."""
        bank = self.content.scenarios.get(attempt.assessment)
        return None if bank is None else begun.whole(bank, attempt)

    def any_bank(self, attempt: Attempt) -> Assessment | ScenarioBank:
        """What an attempt is about, items or scenarios."""
        return self.home(attempt) or self.bank(attempt)


def service(request: Request) -> Service:
    """The service this request came to."""
    return cast("Service", request.app.state.service)


def owner(request: Request) -> str:
    """Whose attempts are asked for: a signed-in candidate's, else those of this phone.

    The secret in the phone's cookie; empty when there is none, which owns nothing.
    """
    who: Actor | None = getattr(request.state, "actor", None)
    if who is not None and who.candidate is not None and who.owner_hash is not None:
        return attempts.OwnerHash(who.owner_hash)
    return phone_secret(request)


def phone_secret(request: Request) -> str:
    """Give the secret of the phone; empty when there is none."""
    return _OWNER.read(request, origin=service(request).origin)


def remember_owner(response: Response, secret: str, *, origin: str) -> None:
    """Give the phone the secret that owns its attempts; a candidate's are theirs anywhere."""
    if not isinstance(secret, attempts.OwnerHash):
        _OWNER.give(response, secret, origin=origin)


def forget_owner(response: Response, *, origin: str) -> None:
    """Take the secret from the phone again."""
    _OWNER.take(response, origin=origin)


def new_secret() -> str:
    """256 bits that nobody can guess."""
    return secrets.token_urlsafe(32)


Here = Annotated[Service, Depends(service)]
Owner = Annotated[str, Depends(owner)]
