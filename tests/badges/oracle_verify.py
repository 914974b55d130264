"""Check badges with openbadgeslib, an implementation that is not ours; run by its own Python.

    .venv-oracle/bin/python tests/badges/oracle_verify.py
    .venv-oracle/bin/python tests/badges/oracle_verify.py CREDENTIAL.json DID.json [LIST.json ...]

Without files it answers lines of JSON: {"document", "known": {address: document}} gets
{"real", "set": [purposes whose bit is set], "why"}; real means the proof, the dates and the proofs
of the status lists. With files it prints what was found as one such line and exits with 0 when
the badge is real, with 1 when it is not. Nothing is fetched: what is not known is not there.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from openbadgeslib.ob3.did import resolve_verification_method
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof
from openbadgeslib.ob3.status import check_credential_status
from openbadgeslib.ob3.verifier import OB3VerificationError


def main(*paths: str) -> int:
    if not paths:
        for line in sys.stdin:
            question = json.loads(line)
            print(json.dumps(verdict(question["document"], question["known"])), flush=True)  # noqa: T201
        return 0
    document, *published = (json.loads(Path(path).read_text(encoding="utf-8")) for path in paths)
    found = verdict(document, {one["id"]: one for one in published})
    print(json.dumps(found))  # noqa: T201
    return 0 if found["real"] and not found["set"] else 1


def verdict(document: dict, known: dict) -> dict:
    download = downloads_from(known)
    try:
        credential = OB3LdpVerifier().verify(document, download=download)
        purposes = [purpose for purpose in set_bits(credential, download) if purpose]
    except OB3VerificationError as error:
        return {"real": False, "set": [], "why": str(error)}
    return {"real": True, "set": sorted(purposes), "why": None, "issuer": credential.issuer.id}


def set_bits(credential, download):
    """Give the purposes whose bit is set; a list that is not the issuer's own is an error.

    openbadgeslib verifies lists that are JWTs by itself; for a list with a Data Integrity proof
    it has the parts, which are put together here.
    """
    for entry in credential.credential_status:
        require_own_list(json.loads(download(entry["statusListCredential"])), credential, download)
        try:
            check_credential_status(replace(credential, credential_status=[entry]), download)
        except OB3VerificationError as error:
            if " is set at index " not in str(error):
                raise
            yield entry["statusPurpose"]


def require_own_list(listed: dict, credential, download) -> None:
    method = listed["proof"][0]["verificationMethod"]
    issuer = listed["issuer"] if isinstance(listed["issuer"], str) else listed["issuer"]["id"]
    if not issuer == credential.issuer.id == method.partition("#")[0]:
        raise OB3VerificationError(f"The list is by {issuer}, signed with {method}.")
    verify_data_integrity_proof(listed, resolve_verification_method(method, download))


def downloads_from(known: dict):
    served = {address_of(name): json.dumps(one).encode() for name, one in known.items()}

    def download(url: str, *_args: object, **_options: object) -> bytes:
        if url not in served:
            raise OB3VerificationError(f"{url} is not there")
        return served[url]

    return download


def address_of(name: str) -> str:
    if not name.startswith("did:web:"):
        return name
    return f"https://{unquote(name.removeprefix('did:web:'))}/.well-known/did.json"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
