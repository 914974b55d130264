"""openbadgeslib, an implementation of Open Badges that is not ours, in its own environment."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
ORACLE = ROOT / ".venv-oracle" / "bin" / "python"


class Verdict(NamedTuple):
    code: int
    found: dict


def ask(document: dict, *published: Path) -> Verdict:
    """Ask about a badge; `published` are the issuer's DID document and its status lists."""
    path = published[0].with_name("credential.json")
    path.write_text(json.dumps(document), encoding="utf-8")
    script = ROOT / "tests" / "badges" / "oracle_verify.py"
    done = subprocess.run(
        [str(ORACLE), str(script), str(path), *map(str, published)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout, done.stderr
    return Verdict(done.returncode, json.loads(done.stdout))
