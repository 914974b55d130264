"""The bill of what the service is made of is whole, valid, and the same each time."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def _sbom() -> Any:
    told = importlib.util.spec_from_file_location("sbom", ROOT / ".ci" / "sbom.py")
    assert told is not None
    assert told.loader is not None
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


sbom = _sbom()


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return sbom.bill()


def of_kind(bill: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in bill["components"] if one["bom-ref"].startswith(kind)]


def digests(component: dict[str, Any]) -> list[str]:
    """Every SHA-256 said of a component: its own, its archives', its files'."""
    links = component.get("externalReferences", ())
    own = [*component.get("hashes", ()), *(d for one in links for d in one.get("hashes", ()))]
    told = [one["content"] for one in own if one["alg"] == "SHA-256"]
    return told + [one for file in component.get("components", ()) for one in digests(file)]


def test_every_locked_package_is_on_it_with_its_hashes(bill: dict[str, Any]):
    text = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    locked = re.findall(r"^(\S+?)==(\S+)((?: \\\n +--hash=sha256:\w+)+)", text, re.MULTILINE)
    wanted = {
        (name, version): set(re.findall(r"\w{64}", hashes)) for name, version, hashes in locked
    }
    found = {
        (re.sub(r"[-_.]+", "-", one["name"]).lower(), one["version"]): set(digests(one))
        for one in bill["components"]
        if one.get("purl", "").startswith("pkg:pypi/")
    }
    assert found == wanted


def test_libraries_in_pages_and_models_are_on_it(bill: dict[str, Any]):
    vendored = (ROOT / "web/static/verify/vendor").glob("*.js")
    assert len(of_kind(bill, "npm:")) == len(list(vendored)) > 0
    assert len(of_kind(bill, "model:")) == len(sbom.CATALOG)


def test_every_component_has_hashes_and_a_license(bill: dict[str, Any]):
    bare = [
        one["bom-ref"] for one in bill["components"] if not digests(one) or not one.get("licenses")
    ]
    assert bare == []


def test_it_says_what_needs_what(bill: dict[str, Any]):
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert any(one.startswith("fastapi==") for one in needs["root-component"])
    assert all(ref in needs for refs in needs.values() for ref in refs)
    assert not any(one.startswith("pytest==") for one in needs)


def test_it_is_valid_and_an_invalid_one_is_seen(bill: dict[str, Any]):
    sbom.check(json.dumps(bill))
    broken = bill | {"components": [{"type": "spoon", "name": "one"}]}
    with pytest.raises(sbom.Unclear, match="spoon"):
        sbom.check(json.dumps(broken))


def test_the_same_tree_gives_the_same_bytes_that_name_no_machine(bill: dict[str, Any]):
    assert json.dumps(sbom.bill()) == json.dumps(bill)
    assert str(ROOT) not in json.dumps(bill)


def test_what_is_locked_and_not_installed_is_said():
    locked = {"name": "spoon", "version": "1.0"}
    with pytest.raises(sbom.Unclear, match=r"spoon 1\.0 is locked and not installed"):
        sbom._package(locked, {})
