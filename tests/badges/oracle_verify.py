"""Check a badge with openbadgeslib, an implementation that is not ours; run by its own Python.

    .venv-oracle/bin/python tests/badges/oracle_verify.py CREDENTIAL.json DID.json

Prints what was found as one JSON line. Exit code 0 when the badge is real, 1 when it is not.
openbadgeslib would fetch the DID document of did:web from the network. Only that download is
given another source here (its own `download` parameter): the DID document as a file.
"""

import json
import sys
from pathlib import Path
from urllib.parse import unquote

from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError


def main(credential_path: str, did_path: str) -> int:
    document = json.loads(Path(credential_path).read_text(encoding="utf-8"))
    try:
        credential = OB3LdpVerifier().verify(document, download=served_from(Path(did_path)))
    except OB3VerificationError as error:
        print(json.dumps({"real": False, "why": str(error)}))  # noqa: T201
        return 1
    print(json.dumps({"real": True, "issuer": credential.issuer.id}))  # noqa: T201
    return 0


def served_from(path: Path):
    content = path.read_bytes()
    host = unquote(json.loads(content)["id"].removeprefix("did:web:"))
    address = f"https://{host}/.well-known/did.json"

    def download(url: str, *_args: object, **_options: object) -> bytes:
        if url != address:
            raise OB3VerificationError(f"{url} was asked for, only {address} is known")
        return content

    return download


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
