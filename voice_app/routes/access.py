"""Who is asking, and whether the policy lets them: before every route, the same way."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, cast

from fastapi import Depends, FastAPI, Request
from fastapi.routing import iter_route_contexts
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount

from voice_app import attempts
from voice_app.access import Actor, Rule, Subject, may, rule_for, signins
from voice_app.access.actor import STRANGER
from voice_app.access.policy import admits
from voice_app.access.rules import BY_ROUTE, OPEN_FOLDERS
from voice_app.access.signins import REMEMBERED, Life
from voice_app.access.subjects import SUBJECTS
from voice_app.errors import VoiceAppError
from voice_app.models import SignIn
from voice_app.routes.cookies import Cookie
from voice_app.routes.deps import Service, phone_secret, service
from voice_app.routes.own_forms import page_of
from voice_app.routes.uploads import fields

TOKEN_HEADER = "x-form-token"  # nosec B105 # noqa: S105 - a name, not a secret
TOKEN_FIELD = "token"  # nosec B105 # noqa: S105 - a name too
_SIGN_IN = Cookie("signin")
_FORM = "application/x-www-form-urlencoded"


class NotSignedIn(VoiceAppError):
    """Only people who are signed in may do this."""


class NotAllowed(VoiceAppError):
    """This person's role may not do this."""


class NotFresh(VoiceAppError):
    """This needs a new proof of who is there."""


class NotTheirs(VoiceAppError):
    """There is no such thing, or it is somebody else's; the two look the same."""


class NoFormToken(VoiceAppError):
    """The form does not carry the token of its page."""


class UnruledRoute(VoiceAppError):
    """The table of rules and the routes do not match: nothing is served."""


_ANSWERS: Mapping[type[VoiceAppError], tuple[int, str]] = {
    NotSignedIn: (401, "not-signed-in"),
    NotAllowed: (403, "not-allowed"),
    NotFresh: (403, "prove-again"),
    NoFormToken: (403, "no-form-token"),
    NotTheirs: (404, "not-found"),
}


def check_rules(app: FastAPI) -> None:
    """Find a rule for every route. Raises `UnruledRoute`.

    A request knows its function, whose routes must therefore have the same rules.
    """
    routes = dict(routes_of(app))
    if missing := sorted(routes.keys() - BY_ROUTE.keys()):
        raise UnruledRoute(f"No rule in voice_app/access/rules for: {', '.join(missing)}.")
    rules: dict[tuple[object, str], tuple[Rule, ...]] = {}
    for name, endpoint in routes.items():
        key = (endpoint, name.partition(" ")[0])
        if _terms(rules.setdefault(key, BY_ROUTE[name])) != _terms(BY_ROUTE[name]):
            raise UnruledRoute(f"{name} shares its function with a route of other rules.")
    app.state.rules = rules


def _terms(rules: Iterable[Rule]) -> set[tuple[object, ...]]:
    return {(one.who, one.scope, one.needs_fresh) for one in rules}


async def allowed(request: Request) -> None:
    """Let a request through that a rule allows: the first dependency of every route.

    Raises `NotSignedIn`, `NotAllowed`, `NotFresh`, `NotTheirs` or `NoFormToken`.
    """
    here = service(request)
    who, row = await _identified(here, request)
    request.state.actor, request.state.signin = who, row
    key = (request.scope["route"].endpoint, request.method)
    rule = rule_for(request.app.state.rules[key], who.role)
    if rule is None:
        raise NotAllowed("This role may not do this.") if row else NotSignedIn("Sign in first.")
    if not admits(who, rule):
        raise NotFresh("Prove first that it is you.")
    if rule.needs_token:
        await _check_token(request, row)
    if rule.scope != "any":
        await _check_subject(here, request, rule=rule)


def actor(request: Request) -> Actor:
    """Who is asking."""
    return cast("Actor", request.state.actor)


def signin(request: Request) -> SignIn:
    """The sign-in that a request came with. Raises `NotSignedIn` where there is none."""
    row = cast("SignIn | None", request.state.signin)
    if row is None:
        raise NotSignedIn("Sign in first.")
    return row


async def sent(request: Request) -> Mapping[str, str]:
    """The fields of a short form."""
    if not hasattr(request.state, "fields"):
        is_form = request.headers.get("content-type", "").startswith(_FORM)
        request.state.fields = await fields(request) if is_form else {}
    return cast("Mapping[str, str]", request.state.fields)


Who = Annotated[Actor, Depends(actor)]
SignedIn = Annotated[SignIn, Depends(signin)]
Fields = Annotated[Mapping[str, str], Depends(sent)]


def may_touch(who: Actor, request: Request, subject: Subject) -> bool:
    """Ask the policy about a thing that a route found itself."""
    key = (request.scope["route"].endpoint, request.method)
    rule = rule_for(request.app.state.rules[key], who.role)
    return rule is not None and may(who, rule, subject)


def secret_of(request: Request) -> str:
    """Give the secret in the cookie of a sign-in; empty when there is none."""
    return _SIGN_IN.read(request, origin=service(request).origin)


def form_token(request: Request) -> str:
    """Give the token that forms of this page must carry; empty for who owns nothing here.

    It is that of the sign-in, else that of the phone.
    """
    is_in = request.state.signin is not None
    secret = secret_of(request) if is_in else phone_secret(request)
    return signins.csrf_of(secret) if secret else ""


def token_for(request: Request, owner: str) -> str:
    """Give the token of a page that goes on after this answer, which gave the phone a secret."""
    is_in = request.state.signin is not None
    return form_token(request) if is_in else signins.csrf_of(owner)


def welcome(response: Response, secret: str, *, origin: str, life: Life | None = None) -> None:
    """Give the browser the secret of a sign-in; `REMEMBERED` alone outlives the browser."""
    seconds = int(life.longest.total_seconds()) if life == REMEMBERED else None
    replace(_SIGN_IN, seconds=seconds).give(response, secret, origin=origin)


def goodbye(response: Response, *, origin: str) -> None:
    """Take the secret of a sign-in away from the browser, and what it kept of the pages."""
    _SIGN_IN.take(response, origin=origin)
    response.headers["Clear-Site-Data"] = '"cache"'


async def _identified(here: Service, request: Request) -> tuple[Actor, SignIn | None]:
    secret = secret_of(request)
    owner = phone_secret(request)
    owner_hash = attempts.hash_of(owner) if owner else None
    found = await run_in_threadpool(_found, here, secret) if secret else None
    if found is None:
        return Actor(STRANGER.role, owner_hash=owner_hash), None
    who, row = found
    return (who, row) if who.owner_hash else (_with_phone(who, owner_hash), row)


def _with_phone(who: Actor, owner_hash: str | None) -> Actor:
    """Staff may try an attempt on their own phone, as anybody may."""
    return Actor(who.role, who.center, who.account, owner_hash=owner_hash, is_fresh=who.is_fresh)


def _found(here: Service, secret: str) -> tuple[Actor, SignIn] | None:
    now = here.clock()
    with here.database.reading.begin() as session:
        row = signins.found(session, secret, now=now)
        who = None if row is None else signins.actor_of(session, row, now=now)
    if row is None or who is None:
        return None
    if now - row.seen_at >= signins.SEEN_APART:
        with here.database.writing.begin() as session:
            signins.see(session, row.id_hash, now=now)
    return who, row


async def _check_token(request: Request, row: SignIn | None) -> None:
    token = request.headers.get(TOKEN_HEADER)
    if token is None:
        token = (await sent(request)).get(TOKEN_FIELD)
    if not _is_token(request, row, token or ""):
        raise NoFormToken("This form is too old. Go back, load the page again and repeat.")


def _is_token(request: Request, row: SignIn | None, token: str) -> bool:
    if row is not None:
        return signins.has_token(row, token)
    secret = phone_secret(request)
    # Who brings no cookie acts for nobody: another site gains nothing by sending them.
    wanted = signins.digest(signins.csrf_of(secret))
    return not secret or hmac.compare_digest(wanted, signins.digest(token))


async def _check_subject(here: Service, request: Request, *, rule: Rule) -> None:
    who: Actor = request.state.actor
    named = [(SUBJECTS[one], name) for one, name in request.path_params.items() if one in SUBJECTS]
    if not named:
        # What is listed without a name is that of the center of whoever asks.
        if rule.scope == "center" and who.center is None:
            raise NotAllowed("This is for the people of a center.")
        return

    def find() -> list[Subject | None]:
        with here.database.reading.begin() as session:
            return [load(session, str(name)) for load, name in named]

    for subject in await run_in_threadpool(find):
        if subject is None or not may(who, rule, subject):
            raise NotTheirs("There is no such thing here.")


def routes_of(app: FastAPI) -> Iterable[tuple[str, object]]:
    """Give every route as its method and path template, and what answers it."""
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, Mount):
            if route.original_route.path not in OPEN_FOLDERS:
                raise UnruledRoute(f"The folder {route.original_route.path} is not in the table.")
            continue
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield f"{method} {route.path}", route.endpoint


def install(app: FastAPI) -> None:
    """Answer those who may not, in the terms of programs; the staff's pages have their own."""
    for kind in _ANSWERS:
        app.add_exception_handler(kind, refused)


def status_of(error: Exception) -> tuple[int, str]:
    """Give the HTTP status and the code of a refusal."""
    return next(told for kind, told in _ANSWERS.items() if isinstance(error, kind))


def refused(request: Request, error: Exception) -> Response:
    """Give the answer for programs; a browser that sent too old a form gets its page anew."""
    if isinstance(error, NoFormToken) and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(page_of(request.url.path), 303)
    status, code = status_of(error)
    phrase = "me.prove" if isinstance(error, NotFresh) else "trouble.not-found"
    return JSONResponse({"error": code, "phrase": phrase}, status_code=status)
