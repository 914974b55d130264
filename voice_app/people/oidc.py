"""Coming in with an organization's own account: OpenID Connect, code flow with PKCE."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from voice_app.people.oidc_provider import Provider, ProviderFailed

_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_SECONDS = 10.0
_LEEWAY_SECONDS = 60
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


def depart(provider: Provider) -> Departure:
    """Begin: where the browser is sent. Raises `ProviderFailed`."""
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with _client(provider) as client:
        known = _discovered(client, provider)
        address, state = client.create_authorization_url(
            known["authorization_endpoint"], nonce=nonce, code_verifier=verifier
        )
    return Departure(address, state, nonce, verifier)


def arrive(provider: Provider, departure: Departure, *, code: str, now: datetime) -> str:
    """End: gives who it is, as "issuer subject". Raises `ProviderFailed`."""
    try:
        with _client(provider) as client:
            known = _discovered(client, provider)
            token = client.fetch_token(
                known["token_endpoint"], code=code, code_verifier=departure.verifier
            )
            keys = KeySet.import_key_set(_json(client, known["jwks_uri"]))
        claims = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS).claims
        _check(claims, provider=provider, nonce=departure.nonce, now=now)
    except (OAuthError, HTTPError, JoseError, KeyError, ValueError) as error:
        raise ProviderFailed("Your organization's service did not say who you are.") from error
    return f"{provider.issuer} {claims['sub']}"


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
    audience = claims["aud"]
    if isinstance(audience, list) and claims.get("azp") != provider.client_id:
        raise ValueError("The token was made for others too.")


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
    return told


def _json(client: OAuth2Client, address: str) -> Any:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    return answer.json()
