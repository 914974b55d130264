"""Coming in with an organization's own account: OpenID Connect, code flow with PKCE."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from voice_app.access.signins import FRESH
from voice_app.people.oidc_provider import Provider, ProviderFailed

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_SECONDS = 10.0
_LEEWAY_SECONDS = 60
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
_OF_PROVIDER = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Departure:
    """Where the browser goes, and what it must come back with."""

    address: str
    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Read it from what was kept."""
        return cls(told["address"], told["state"], told["nonce"], told["verifier"])


@dataclass(frozen=True)
class Arrival:
    """Who came, as "issuer subject"; whether they proved it there within the last minutes."""

    subject: str
    is_fresh: bool


def depart(provider: Provider, *, is_anew: bool = False) -> Departure:
    """Begin: where the browser is sent. Raises `ProviderFailed`.

    With `is_anew` the provider has to ask who is there, whoever is signed in with it.
    """
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    asked = {"prompt": "login", "max_age": "0"} if is_anew else {}
    with _client(provider) as client:
        known = _discovered(client, provider)
        address, state = client.create_authorization_url(
            known["authorization_endpoint"], nonce=nonce, code_verifier=verifier, **asked
        )
    return Departure(address, state, nonce, verifier)


def arrive(provider: Provider, departure: Departure, *, code: str, now: datetime) -> Arrival:
    """End: gives who it is. Raises `ProviderFailed`."""
    try:
        with _client(provider) as client:
            known = _discovered(client, provider)
            token = client.fetch_token(
                known["token_endpoint"], code=code, code_verifier=departure.verifier
            )
            keys = KeySet.import_key_set(_json(client, known["jwks_uri"]))
        claims = jwt.decode(token["id_token"], keys, algorithms=ALGORITHMS).claims
        _check(claims, provider=provider, nonce=departure.nonce, now=now)
    except (OAuthError, HTTPError, JoseError, KeyError, ValueError) as error:
        raise ProviderFailed("Your organization's service did not say who you are.") from error
    return Arrival(f"{provider.issuer} {claims['sub']}", _is_fresh(claims, now=now))


def _check(claims: Mapping[str, Any], *, provider: Provider, nonce: str, now: datetime) -> None:
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    registry.validate(dict(claims))
    is_ours_alone = claims["aud"] in (provider.client_id, [provider.client_id])
    given_to = claims.get("azp", provider.client_id if is_ours_alone else None)
    if given_to != provider.client_id:
        raise ValueError("The token was made for others too.")


def _is_fresh(claims: Mapping[str, Any], *, now: datetime) -> bool:
    """Tell whether the provider saw the person lately; one that does not say so did not."""
    told = claims.get("auth_time")
    if not isinstance(told, int):
        return False
    return -_LEEWAY_SECONDS <= now.timestamp() - told < FRESH.total_seconds()


def _client(provider: Provider) -> OAuth2Client:
    return OAuth2Client(
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        redirect_uri=provider.redirect_uri,
        scope="openid profile",
        code_challenge_method="S256",
        timeout=_SECONDS,
    )


def _discovered(client: OAuth2Client, provider: Provider) -> Mapping[str, str]:
    """Read what the provider says of itself; it may say so of itself alone."""
    try:
        known = _json(client, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        told = {name: str(known[name]) for name in _OF_PROVIDER}
    except (HTTPError, KeyError, ValueError) as error:
        raise ProviderFailed("Your organization's service does not answer.") from error
    if told["issuer"] != provider.issuer:
        raise ProviderFailed("Your organization's service calls itself by another name.")
    if not all(_is_private(told[name]) for name in _OF_PROVIDER):
        raise ProviderFailed("Your organization's service does not speak https.")
    return told


def _is_private(address: str) -> bool:
    """Tell whether nobody on the way can read or answer: https, or this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in _THIS_MACHINE


def _json(client: OAuth2Client, address: str) -> Any:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    return answer.json()
