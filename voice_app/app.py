"""The one composition root: settings in, a running service out."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import select
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from voice_app import audit, consents, privacy
from voice_app.audio.digests import ModelDigests
from voice_app.audio.ears import Ears
from voice_app.audio.prompts import Manifest
from voice_app.audio.store import RecordingStore
from voice_app.audio.vitals import processes_of
from voice_app.badge_keys import BadgeKey, KeyRing
from voice_app.badges import Office, StatusLists, award_for
from voice_app.db import open_database
from voice_app.dialogues.content import Content
from voice_app.dialogues.loader import load_content
from voice_app.jobs import Busy, Daily, Limits, Listener, Sweep
from voice_app.models import Utterance
from voice_app.people.pins import hashing_with
from voice_app.privacy import belongings
from voice_app.routes import (
    access,
    appeals,
    attempts,
    badge_files,
    badges,
    becoming,
    choices,
    comments,
    enroll,
    errors,
    examples,
    explanations,
    health,
    juries,
    juries_seat,
    learn,
    marking,
    marking_left_out,
    metrics,
    my_consents,
    my_data,
    news,
    notice,
    outcomes,
    oversight,
    pages,
    private_levels,
    proof,
    staff,
    utterances,
    ways_in,
    ways_in_pages,
)
from voice_app.routes.counted import TooMany, too_many
from voice_app.routes.deps import EngineRoom, Service
from voice_app.routes.drawings import Drawings
from voice_app.routes.gatekeeper import Gatekeeper
from voice_app.routes.guard import Guard
from voice_app.routes.rates import generous
from voice_app.routes.staff_frame import open_reception
from voice_app.routes.turnstile import Turnstile
from voice_app.scoring.badges.credential import Issuer
from voice_app.scoring.badges.did import did_web
from voice_app.settings import Settings, assets_folder, web_folder
from voice_app.vault import Vault

_GZIP_FROM_BYTES = 800
_ORPHAN_AGE = timedelta(days=1)
# A class of candidates, or an agency, may stand behind one address.
_CHECKS_A_MINUTE = 60
_CONSENTS_A_MINUTE = 300
_KNOCKS_A_MINUTE = 30
# The files of a badge stand before its page, whose address would take them all.
_RESOURCES = (
    pages,
    attempts,
    outcomes,
    comments,
    appeals,
    news,
    explanations,
    oversight,
    marking,
    marking_left_out,
    juries,
    juries_seat,
    choices,
    utterances,
    badge_files,
    badges,
    becoming,
    private_levels,
    notice,
    learn,
    examples,
    my_consents,
    my_data,
    proof,
    ways_in_pages,
    ways_in,
    enroll,
    staff,
    health,
    metrics,
)


def create_app(settings: Settings, *, ears: EngineRoom | None = None) -> FastAPI:
    """Put the service together; `ears` replaces the engines."""
    service = _service(settings, ears=ears or Ears(settings.models_folder))
    app = FastAPI(
        title="MyCred4Home Voice",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(service),
        routes=_routes(),
    )
    app.state.service = service
    errors.install(app)
    access.install(app)
    open_reception(app, provider=settings.provider())
    app.add_exception_handler(Busy, utterances.busy)
    app.add_exception_handler(TooMany, too_many)
    _mount_files(app)
    access.check_rules(app)
    app.add_middleware(GZipMiddleware, minimum_size=_GZIP_FROM_BYTES)
    app.add_middleware(Gatekeeper, origin=settings.origin)
    app.add_middleware(Guard, is_https=settings.origin.startswith("https:"))
    return app


def office_of(settings: Settings, *, content: Content, key: BadgeKey) -> Office:
    """Give the office that gives badges in the name of these settings."""
    issuer = Issuer(
        did=did_web(settings.origin),
        name=settings.issuer_name,
        url=settings.origin,
        country=settings.issuer_country,
        email=settings.issuer_email,
    )
    return Office(content, key, issuer, settings.origin, _now)


@cache
def _routes() -> list[BaseRoute]:
    """Give every route; FastAPI takes longer to work them out than all the rest of a start."""
    router = APIRouter(dependencies=[Depends(access.allowed)])
    for resource in _RESOURCES:
        router.include_router(resource.router)
    return router.routes


def _service(settings: Settings, *, ears: EngineRoom) -> Service:
    database = open_database(settings.database_path)
    audit.watch(database, settings.passphrase())
    content = load_content(settings.content_folder)
    keys = KeyRing(settings.keys_folder, settings.passphrase())
    vault = Vault(settings.vault_folder, settings.passphrase())
    store = RecordingStore(settings.recordings_folder, vault)
    office = office_of(settings, content=content, key=keys.badge)
    with database.writing.begin() as session:
        audit.key_in_use(session, keys.badge.id, at=_now())
    award = award_for(office)
    listener = Listener(
        database=database,
        content=content,
        ears=ears,
        award=award,
        clock=_now,
        store=store,
        vault=vault,
        warm_up=ears.warm_up,
        limits=Limits(all=settings.waiting_limit),
        digest_of=ModelDigests(settings.models_folder).of,
    )
    listener.meters.watch(listener.standing, lambda: processes_of(ears), clock=_now)
    return Service(
        database=database,
        content=content,
        manifest=Manifest.load(assets_folder()),
        store=store,
        vault=vault,
        listener=listener,
        ears=ears,
        templates=_templates(),
        keys=keys,
        issuer=office.issuer,
        origin=settings.origin,
        office=office,
        lists=StatusLists(office),
        pictures=web_folder() / "pictures",
        sounds=assets_folder(),
        has_level_credentials=settings.level_credentials,
        legal_basis=settings.legal_basis,
        checks=Turnstile(_CHECKS_A_MINUTE, seconds=60),
        takes=Turnstile(_CONSENTS_A_MINUTE, seconds=60),
        knocks=Turnstile(_KNOCKS_A_MINUTE, seconds=60),
        rates=generous(),
        hashing=hashing_with(settings.pepper_file, keys_folder=settings.keys_folder),
        drawings=Drawings(),
        award=award,
        clock=_now,
        version=_version_of(web_folder() / "static"),
    )


def _lifespan(service: Service) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        privacy.replay(service.keeping)
        privacy.finish(service.keeping)
        _sweep(service)
        service.listener.start()
        daily = Daily(service.keeping, sweep=_left_behind(service).run)
        daily.start()
        yield
        daily.stop()
        service.listener.stop()
        service.ears.close()
        service.database.close()

    return lifespan


def _left_behind(service: Service) -> Sweep:
    return Sweep(
        service.database, service.content, service.award, service.clock, since=service.clock()
    )


def _sweep(service: Service) -> None:
    """Remove what an upload left that never became a row, and what a killed service had lent."""
    service.store.scratch.sweep()
    with service.database.reading.begin() as session:
        said = set(session.scalars(select(Utterance.id)))
        told = set(session.scalars(belongings.said_aloud()))
        known = said | told | consents.recordings(session)
    service.store.sweep(known, older_than=service.clock() - _ORPHAN_AGE)


def _mount_files(app: FastAPI) -> None:
    app.mount("/static", StaticFiles(directory=web_folder() / "static"))
    app.mount("/pictures", StaticFiles(directory=web_folder() / "pictures"))
    app.mount("/audio", StaticFiles(directory=assets_folder()))


def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(web_folder() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )


def _version_of(folder: Path) -> str:
    digest = sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _now() -> datetime:
    return datetime.now(UTC)
