# ruff: noqa: INP001 - a program, not a part of a package
"""What the service is made of, as CycloneDX JSON: packages, libraries in pages, models.

python .ci/sbom.py FILE: the locked packages with their hashes (requirements/run.txt) and the
licenses they declare (the environment in .venv). The same tree gives the same bytes.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator

from voice_app.audio.catalog import CATALOG
from voice_app.audio.models import Model, NodePackage, Package, ZipArchive

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "web" / "static" / "verify" / "vendor" / "CREDITS.md"
# What these wheels do not say in a form that can be read by a program.
SAID_ELSEWHERE = {"espeakng-loader": "GPL-3.0-or-later", "protobuf": "BSD-3-Clause"}
_VENDORED = re.compile(
    r"npm `(?P<name>[^`]+)` (?P<version>[\d.]+),.*`(?P<digest>\w{64})` \| (.+) \|$"
)

Json = dict[str, Any]


class Unclear(Exception):
    """The bill would not be whole."""


def bill() -> Json:
    """Give the whole bill. Raises `Unclear` when a locked package is not installed as locked."""
    locked = _made_by("requirements", str(ROOT / "requirements" / "run.txt"))
    installed = _made_by("environment", sys.prefix)
    known = {_key(one): one for one in installed["components"]}
    packages = [_package(one, known) for one in locked["components"]]
    whole = installed | {"components": packages}
    whole["dependencies"] = list(_dependencies(installed, packages))
    whole["components"] = sorted(
        [*packages, *_vendored(), *map(_model, CATALOG)], key=lambda one: one["bom-ref"].lower()
    )
    return whole


def check(words: str) -> None:
    """Raise `Unclear` unless these words are a valid bill of the version they name."""
    validator = make_schemabased_validator(OutputFormat.JSON, SchemaVersion.V1_6)
    if error := validator.validate_str(words):
        raise Unclear(str(error))


def _made_by(*words: str) -> Json:
    program = Path(sys.executable).with_name("cyclonedx-py")
    project = ("--pyproject", str(ROOT / "pyproject.toml"))
    done = subprocess.run(  # noqa: S603 - a program of this environment
        [str(program), words[0], *project, "--output-reproducible", "--no-validate", *words[1:]],
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def _key(component: Json) -> tuple[str, str]:
    return re.sub(r"[-_.]+", "-", component["name"]).lower(), component["version"]


def _package(locked: Json, known: Mapping[tuple[str, str], Json]) -> Json:
    key = _key(locked)
    if key not in known:
        raise Unclear(f"{key[0]} {key[1]} is locked and not installed: run `make install-dev`")
    found = known[key]
    spoken = [_license(SAID_ELSEWHERE[key[0]])] if key[0] in SAID_ELSEWHERE else []
    if not (licenses := found.get("licenses", spoken)):
        raise Unclear(f"{key[0]} does not say its license: look, and add it to SAID_ELSEWHERE")
    archives = locked["externalReferences"]
    return found | {"externalReferences": archives, "licenses": licenses, "scope": "required"}


def _dependencies(installed: Json, packages: list[Json]) -> Iterator[Json]:
    kept = {one["bom-ref"] for one in packages}
    for one in installed["dependencies"]:
        if one["ref"] in kept or one["ref"] == "root-component":
            needs = [ref for ref in one.get("dependsOn", ()) if ref in kept]
            yield {"ref": one["ref"]} | ({"dependsOn": needs} if needs else {})


def _vendored() -> Iterator[Json]:
    for line in VENDOR.read_text("utf-8").splitlines():
        if found := _VENDORED.search(line):
            name, version = found["name"], found["version"]
            yield {
                "type": "library",
                "bom-ref": f"npm:{name}@{version}",
                "name": name,
                "version": version,
                "purl": f"pkg:npm/{name.replace('@', '%40')}@{version}",
                "hashes": [_digest(found["digest"])],
                "licenses": [_license(found[4])],
            }


def _model(model: Model) -> Json:
    told: Json = {
        "type": "machine-learning-model",
        "bom-ref": f"model:{model.name}",
        "name": model.name,
        "description": model.used_for,
        "scope": "required" if model.is_default else "optional",
        "licenses": [_license(model.license)],
        "components": [
            {
                "type": "file",
                "bom-ref": f"model:{model.name}/{file.path}",
                "name": file.path,
                "hashes": [_digest(file.sha256)],
            }
            for file in model.files
        ],
    }
    if archive := _archive(model):
        told["hashes"] = [_digest(archive)]
    return told


def _archive(model: Model) -> str | None:
    match model.source:
        case ZipArchive(sha256=digest) | NodePackage(package=Package(sha256=digest)):
            return digest
        case _:
            return None


def _digest(sha256: str) -> Json:
    return {"alg": "SHA-256", "content": sha256}


def _license(name: str) -> Json:
    return {"license": {"id": name}}


def main(target: Path) -> None:
    """Write the bill into `target`."""
    words = json.dumps(bill(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    check(words)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
