"""verify.html: one file that checks badges without a server and without a network."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from voice_app.scoring.badges.credential import CONTEXTS
from voice_app.scoring.badges.status_list import StatusList

# In the order in which each finds what it needs above it.
MODULES = ("bytes", "signatures", "statement", "document", "token", "files", "verdict", "words")
STATES = ("real", "cancelled", "paused", "expired", "unknown", "unchecked")

_CONTEXT_FILES = dict(
    zip(CONTEXTS, ("credentials-v2.json", "ob-3.0.3.json", "ob-extensions.json"), strict=True)
)
_IMPORT = re.compile(r'^import .*? from "[^"]+";$\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async |function|const|class))", re.MULTILINE)
_EXPORTED = re.compile(r"^export (\{[^}]*\});$", re.MULTILINE)
_PLACE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True)
class KnownIssuer:
    """Whom the file knows: us, with every public key of ours, the retired ones too.

    `keys` by key id sign credentials and statements; `jwks` are JWKs that sign tokens, each
    with its `kid`. `origin` is the service's address without a slash at its end.
    """

    did: str
    name: str
    origin: str
    keys: Mapping[str, Ed25519PublicKey]
    jwks: Sequence[Mapping[str, Any]] = ()


def verifier_page(
    known: KnownIssuer, lists: Mapping[str, StatusList], *, at: datetime, folder: Path
) -> str:
    """Give the whole file as HTML.

    `lists` by the address of their credential (`…/status/0/revocation`) as they stood at the
    aware time `at`; `folder` is `web/static`, which holds the parts.
    """
    carried = _carried(known, lists, at=at)
    parts = {
        "look": _read(folder / "verify/look.css"),
        "signs": "\n".join(_sign(folder, state) for state in STATES),
        "known": json.dumps(carried, ensure_ascii=False, separators=(",", ":")).replace(
            "<", "\\u003c"
        ),
        "jsonld": _read(folder / "verify/vendor/jsonld.min.js"),
        "modules": _modules(folder / "verify"),
    }
    return _PLACE.sub(lambda place: parts[place[1]], _read(folder / "verify/page.html"))


def _carried(
    known: KnownIssuer, lists: Mapping[str, StatusList], *, at: datetime
) -> dict[str, Any]:
    return {
        "did": known.did,
        "name": known.name,
        "origin": known.origin,
        "keys": {name: _base64(key) for name, key in known.keys.items()},
        "jwks": [dict(one) for one in known.jwks],
        "contexts": {url: _context(name) for url, name in _CONTEXT_FILES.items()},
        "lists": {address: _places(bits) for address, bits in lists.items()},
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _context(name: str) -> Any:
    return json.loads((files("voice_app.scoring.badges") / "contexts" / name).read_bytes())


def _base64(key: Ed25519PublicKey) -> str:
    return urlsafe_b64encode(key.public_bytes_raw()).decode().rstrip("=")


def _places(bits: StatusList) -> list[int]:
    """Give the withdrawn places; few badges ever are, so this is shorter than the bits."""
    set_bytes = ((at, byte) for at, byte in enumerate(bits.bits) if byte)
    return [at * 8 + bit for at, byte in set_bytes for bit in range(8) if byte & 0x80 >> bit]


def _sign(folder: Path, state: str) -> str:
    drawing = _read(folder / f"badge/sign-{state}.svg").strip()
    return f'<template data-part="sign-{state}">{drawing}</template>'


def _modules(folder: Path) -> str:
    """Put the modules one after the other into one: no import reaches a file from a file."""
    library = _EXPORTED.sub(r"return \1;", _read(folder / "vendor/noble-ed25519.js"))
    own = (_read(folder / f"{name}.js") for name in (*MODULES, "page"))
    return f"const noble = (() => {{\n{library}\n}})();\n" + "\n".join(map(_joinable, own))


def _joinable(module: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", module))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
