"""An organization's service of its own: real keys, real HTTP, on a thread of this machine."""

import base64
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from voice_app.people.oidc_provider import Provider

CLIENT, SECRET = "voice-app", "of the tests & : only"
BACK = "http://localhost:8000/staff/organization/back"

Claims = dict[str, Any]
Change = Callable[[Claims], Claims | None]


@dataclass
class Organization:
    """Says who `subject` is, as the standard says; a test changes one thing of it.

    `change` alters the claims before they are signed, `forge` makes the token itself from them,
    `told` is laid over what it says of itself.
    """

    clock: Callable[[], datetime]
    subject: str = "ana"
    asks_seconds_ago: int | None = None
    change: Change | None = None
    forge: Callable[["Organization", Claims], str] | None = None
    told: dict[str, str] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    other: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "two"}))
    issuer: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    redeemed: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def provider(self) -> Provider:
        return Provider(self.issuer, CLIENT, SECRET, BACK, "Soleil's account")

    def visit(self, address: str) -> dict[str, str]:
        """Do what its page does: look at what was asked, give what the browser brings back."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        asked = dict(parse_qsl(parts.query, strict_parsing=True))
        self.asked.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: Mapping[str, str], client: str) -> tuple[int, Any]:
        """Answer one request of the service."""
        if path == "/.well-known/openid-configuration":
            return 200, self._of_itself()
        if path == "/keys":
            keys = [self.key.as_dict(private=False), self.other.as_dict(private=False)]
            return 200, {"keys": keys}
        if path == "/token":
            return self._token(form, client)
        return 404, {}

    def claims(self, asked: Mapping[str, str]) -> Claims:
        now = int(self.clock().timestamp())
        told: Claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        if self.asks_seconds_ago is not None:
            told["auth_time"] = now - self.asks_seconds_ago
        return (self.change(told) or told) if self.change else told

    def signed(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def _of_itself(self) -> dict[str, str]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.told

    def _token(self, form: Mapping[str, str], client: str) -> tuple[int, Any]:
        asked = self.codes.pop(form.get("code", ""), None)
        is_known = client == f"{CLIENT}:{SECRET}"
        if asked is None or not is_known or not _fits(form, asked):
            return 400, {"error": "invalid_grant"}
        self.redeemed.append(form["code"])
        claims = self.claims(asked)
        token = self.forge(self, claims) if self.forge else self.signed(claims)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


@contextmanager
def running(organization: Organization) -> Iterator[Organization]:
    """Serve it on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(organization.answer(urlsplit(self.path).path, {}, ""))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(sent).items()}
            self._say(organization.answer(self.path, form, self._client()))

        def log_message(self, *_: Any) -> None:
            return

        def _client(self) -> str:
            told = self.headers.get("authorization", "").removeprefix("Basic ")
            return base64.b64decode(told).decode()

        def _say(self, said: tuple[int, Any]) -> None:
            body = json.dumps(said[1]).encode()
            self.send_response(said[0])
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        organization.issuer = f"http://127.0.0.1:{server.server_port}"
        try:
            yield organization
        finally:
            server.shutdown()
            thread.join()


def _fits(form: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    """Whether who redeems a code is who asked for it: PKCE, and the same way back."""
    digest = sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    same = challenge == asked["code_challenge"] and asked["code_challenge_method"] == "S256"
    return same and form.get("redirect_uri") == asked["redirect_uri"] == BACK
