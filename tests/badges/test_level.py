"""Public and private apart: by type, by import, by key, by address, by what they say."""

import ast
import json
import typing
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from mypy import api

import voice_app
from tests.badges.awards import AWARD, CONTENT, MOMENT, ORIGIN, WHOLE, defined
from voice_app.scoring.badges.award import Award, Definition
from voice_app.scoring.badges.credential import achievement, credential
from voice_app.scoring.badges.european import european
from voice_app.scoring.badges.level import (
    LEVELS,
    LevelAward,
    PrivateLevel,
    level_address,
    level_credential,
)
from voice_app.scoring.badges.signing import sign, verify
from voice_app.scoring.marks import Level

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LEVEL_AWARD = LevelAward(
    token="x" * 43,
    holder_id="urn:uuid:0d6f4a10-8f0a-4a86-9d77-3a6ad2b1c002",
    definition=defined("MC3", "fr"),
    private=PrivateLevel("exploration", points=17, maximum=36),
    told_at=MOMENT,
    issuer=AWARD.issuer,
)
PRIVATE_MODULES = {"voice_app.scoring.marks", "voice_app.scoring.badges.level"}
PUBLIC_MODULES = (
    "award",
    "wording",
    "alignments",
    "credential",
    "signing",
    "jwt",
    "european",
    "european_lists",
)


def reached(kind: object, seen: set | None = None) -> set:
    """Give every type that a value of this type can hold."""
    seen = set() if seen is None else seen
    if kind in seen:
        return seen
    seen.add(kind)
    for one in typing.get_args(kind):
        reached(one, seen)
    if is_dataclass(kind):
        for one in typing.get_type_hints(kind).values():
            reached(one, seen)
    return seen


def imported(module: str, seen: set[str] | None = None) -> set[str]:
    """Give all of our modules that a module imports, through any number of others."""
    seen = set() if seen is None else seen
    path = Path(voice_app.__file__).parent.parent / (module.replace(".", "/") + ".py")
    if module in seen or not path.exists():
        return seen
    seen.add(module)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("voice_app"):
            imported(str(node.module), seen)
            for name in node.names:
                imported(f"{node.module}.{name.name}", seen)
        if isinstance(node, ast.Import):
            for name in node.names:
                imported(name.name, seen)
    return seen


def test_no_public_type_can_hold_a_level_or_points():
    for kind in (Award, Definition):
        held = reached(kind)
        assert not held & {Level, PrivateLevel, LevelAward, *LEVELS}
    assert {Level, *LEVELS} <= reached(LevelAward)


def test_the_only_numbers_of_a_public_type_are_not_of_the_person():
    def numbers(kind: type) -> set[str]:
        hints = typing.get_type_hints(kind)
        return {
            field.name
            for field in fields(kind)
            if {int, float} & {hints[field.name], *typing.get_args(hints[field.name])}
        }

    kinds = [one for one in reached(Award) if is_dataclass(one)]
    assert set().union(*map(numbers, kinds)) == {"eqf", "workload_hours", "index"}


@pytest.mark.parametrize("name", PUBLIC_MODULES)
def test_no_public_module_imports_what_is_private(name: str):
    assert not imported(f"voice_app.scoring.badges.{name}") & PRIVATE_MODULES


def test_the_import_test_sees_what_it_looks_for():
    assert "voice_app.scoring.marks" in imported("voice_app.scoring.badges.level")


def test_the_type_checker_refuses_to_make_a_badge_of_a_level(tmp_path: Path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "from voice_app.scoring.badges.award import Award, Competence\n"
        "from voice_app.scoring.badges.credential import credential\n"
        "from voice_app.scoring.badges.european import european\n"
        "from voice_app.scoring.badges.level import LevelAward, PrivateLevel\n"
        "def badge(given: LevelAward, award: Award, private: PrivateLevel) -> None:\n"
        "    credential(given)\n"
        "    european(given)\n"
        "    Award(**vars(award), level=private)\n"
        "    Competence('MC3', private, private.level, workload_hours=private)\n",
        encoding="utf-8",
    )
    said, _, code = api.run(
        ["--strict", "--cache-dir", str(tmp_path), "--follow-imports", "silent", str(wrong)]
    )
    lines = {int(line.split(":")[1]) for line in said.splitlines() if ": error:" in line}
    assert code == 1
    assert lines == {6, 7, 8, 9}, said


def test_a_badge_cannot_be_made_of_a_level_at_run_time_either():
    with pytest.raises(AttributeError):
        credential(LEVEL_AWARD)
    with pytest.raises(TypeError):
        replace(AWARD, level="exploration")


def test_a_badge_says_nothing_of_the_private_address():
    for document in (credential(WHOLE), achievement(WHOLE.definition), european(WHOLE)):
        assert "/private/" not in json.dumps(document)


def test_a_level_says_nothing_of_the_badge():
    said = json.dumps(level_credential(LEVEL_AWARD))
    assert "/b/" not in said
    assert "/achievements/" not in said
    assert AWARD.holder_id not in said


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_a_level_is_named_and_its_points_are_not(level: Level, language: str):
    private = PrivateLevel(level, points=9173, maximum=9999)
    award = replace(LEVEL_AWARD, private=private, definition=defined("MC3", language))
    document = level_credential(award)
    (result,) = document["credentialSubject"]["result"]
    assert result["achievedLevel"].endswith(f"MC3-{language}-{level}")
    assert "9173" not in json.dumps(document)
    assert "9999" not in json.dumps(document)


def test_it_is_no_open_badge_and_can_be_signed():
    document = level_credential(LEVEL_AWARD)
    assert document["type"] == ["VerifiableCredential"]
    assert document["credentialSubject"]["achievement"]["achievementType"] == "ext:PrivateLevel"
    signed = sign(document, KEY, verification_method="did:web:badges.example#level", created=MOMENT)
    assert verify(signed, KEY.public_key())


def test_it_has_an_address_of_its_own():
    assert level_credential(LEVEL_AWARD)["id"] == level_address(ORIGIN, "x" * 43)
    assert level_address(ORIGIN, "abc") == "https://badges.example/private/levels/abc"


def test_every_micro_competence_has_a_name_for_its_level():
    for competence in ("MC1", "MC2", "MC3", "MC4"):
        award = replace(LEVEL_AWARD, definition=defined(competence, "es"))
        name = CONTENT.micro_competences[competence].names["es"]
        assert level_credential(award)["name"] == f"Nivel privado: {name}"
