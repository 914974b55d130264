"""Every badge that the shipped content defines, as its readers and their schemas see it."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft201909Validator, Draft202012Validator

from tests.badges.awards import AWARD, CONTENT, FULL_AWARD, MADE_UP_SKILL, MOMENT, WHOLE, defined
from tests.content.fakes import FRAMEWORK, write_bank
from voice_app.dialogues.achievements import competence_of
from voice_app.dialogues.check import problems
from voice_app.dialogues.files import ContentError
from voice_app.dialogues.loader import load_content
from voice_app.scoring.badges.award import Assessed, Award, Skill
from voice_app.scoring.badges.credential import achievement, credential
from voice_app.scoring.badges.signing import UnsignableError, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SECRETS = re.compile(
    r"\b(score|points|level|niveau|nivel|puntos|puntuación|percent|appropriation|exploration|"
    r"discovery|appropriación|descubrimiento|exploración|découverte|achievedLevel)\b",
    re.IGNORECASE,
)
HERE = Path(__file__).parent / "data"
FIVE = ("MC1", "MC2", "MC3", "MC4", "FULL")
LANGUAGES = ("fr", "es", "en")
AWARDS = {
    "plain": AWARD,
    "whole": WHOLE,
    "full": FULL_AWARD,
    **{
        f"{competence}-{code}": replace(WHOLE, definition=defined(competence, code))
        for competence in FIVE
        for code in LANGUAGES
    },
}


def schemas() -> list[Path]:
    """Give our own schema, and those of 1EdTech where whoever runs the tests has them."""
    others = Path(os.environ.get("OPEN_BADGE_SCHEMAS", HERE.parents[1] / "data/cache/ob3"))
    return [HERE / "open-badge.schema.json", *sorted(others.glob("*.json"))]


def objections(document: dict, path: Path) -> list[str]:
    """Give what a schema has against a document."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    # What 1EdTech writes as its dialect is a name that libraries do not know.
    dialect = Draft202012Validator if path.parent == HERE else Draft201909Validator
    schema.pop("$schema")
    return [error.message for error in dialect(schema).iter_errors(document)]


def signed(award: Award) -> dict:
    method = "did:web:badges.example#key-1"
    return sign(credential(award), KEY, verification_method=method, created=MOMENT)


def by_kind(alignments: list[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for one in alignments:
        found.setdefault(one["targetType"], []).append(one)
    return found


@pytest.fixture(scope="module", params=AWARDS)
def award(request: pytest.FixtureRequest) -> Award:
    return AWARDS[request.param]


@pytest.mark.parametrize("path", schemas(), ids=lambda path: path.name)
def test_it_fits_the_schema(award: Award, path: Path):
    assert objections(signed(award), path) == []


def test_the_schema_objects(award: Award):
    document = signed(award)
    del document["credentialSubject"]["achievement"]["criteria"]
    assert objections(document, HERE / "open-badge.schema.json") != []


def test_it_is_signed_whole(award: Award):
    assert verify(signed(award), KEY.public_key())


def test_it_tells_nothing_private(award: Award):
    assert not SECRETS.search(json.dumps(credential(award), ensure_ascii=False))


def test_no_thing_is_described_twice(award: Award):
    """Descriptions of one id are one to a signature, so one of them could be taken away."""

    def ids(value: object):
        if isinstance(value, list):
            for one in value:
                yield from ids(one)
        elif isinstance(value, dict):
            if "id" in value:
                yield value["id"]
            for one in value.values():
                yield from ids(one)

    found = list(ids(credential(award)))
    assert len(found) == len(set(found))


def test_all_eleven_elements_are_told():
    document = credential(WHOLE)
    subject = document["credentialSubject"]
    defined_as = subject["achievement"]
    kinds = by_kind(defined_as["alignment"])
    assert subject["identifier"][0]["identityHash"] == "Ana Example"  # 1 learner
    assert document["name"] == defined_as["name"]  # 2 title
    assert document["issuer"]["address"]["addressCountryCode"] == "FR"  # 3 country
    assert document["issuer"]["name"] == subject["source"]["name"]  # 4 awarding body
    assert document["awardedDate"] == "2026-11-21T10:30:00Z"  # 5 date
    assert [one.get("targetCode") for one in kinds["ceasn:Competency"]] == ["LO6", "LO7", None]  # 6
    assert kinds["ext:NotionalWorkload"][0]["targetCode"] == "PT12H"  # 7 workload
    assert kinds["ext:EQF"][0]["targetUrl"] == "http://data.europa.eu/snb/eqf/2"  # 8 EQF
    assert kinds["ext:AssessmentType"]  # 9 type of assessment
    assert kinds["ext:ParticipationForm"]  # 10 form of participation
    assert kinds["ext:QualityAssurance"]  # 11 quality assurance
    assert kinds["ext:Stackability"]
    assert by_kind(subject["result"][0]["alignment"])["ext:Supervision"]


def test_a_skill_of_esco_goes_by_its_address():
    told = achievement(WHOLE.definition)["alignment"]
    (skill,) = [one for one in told if one["targetUrl"] == MADE_UP_SKILL.uri]
    assert skill["targetType"] == "ceasn:Competency"
    assert "ESCO" in skill["targetFramework"]


def test_a_workload_that_nobody_measured_is_not_made_up():
    (told,) = by_kind(achievement(AWARD.definition)["alignment"])["ext:NotionalWorkload"]
    assert "targetCode" not in told
    assert "non mesurées" in told["targetName"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("is_supervised", "is_checked"), [(False, False), (False, True), (True, False), (True, True)]
)
def test_supervision_is_told_as_it_was(language: str, *, is_supervised: bool, is_checked: bool):
    assessed = Assessed(is_supervised=is_supervised, is_identity_checked=is_checked)
    document = credential(replace(AWARD, definition=defined("MC3", language), assessed=assessed))
    (told,) = document["credentialSubject"]["result"][0]["alignment"]
    others = {
        Assessed(is_supervised=one, is_identity_checked=two)
        for one in (False, True)
        for two in (False, True)
    }
    words = {
        credential(replace(AWARD, definition=defined("MC3", language), assessed=other))[
            "credentialSubject"
        ]["result"][0]["alignment"][0]["targetName"]
        for other in others - {assessed}
    }
    assert told["targetName"] not in words
    assert document["evidence"][0]["narrative"].endswith(told["targetName"])


def test_the_same_competence_in_another_language_is_named():
    related = achievement(defined("MC3", "fr"))["related"]
    assert [one["id"] for one in related] == [
        "https://badges.example/achievements/MC3/es",
        "https://badges.example/achievements/MC3/en",
    ]


def test_the_full_micro_certification_points_to_its_parts():
    document = credential(FULL_AWARD)
    told = document["credentialSubject"]["achievement"]
    parts = [one["id"] for one in document["evidence"] if "id" in one]
    assert parts == list(FULL_AWARD.parts)
    assert document["evidence"][1]["name"] == "Insignia MC1"
    assert {f"https://badges.example/achievements/MC{number}/es" for number in range(1, 5)} <= {
        one["id"] for one in told["related"]
    }
    assert "ext:Stackability" not in by_kind(told["alignment"])


def test_status_names_the_list_and_the_place():
    assert credential(WHOLE)["credentialStatus"] == {
        "id": "https://badges.example/status/1/revocation#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": "https://badges.example/status/1/revocation",
    }
    both = replace(WHOLE.place, purposes=("revocation", "suspension"))
    told = credential(replace(WHOLE, place=both))["credentialStatus"]
    assert [one["statusPurpose"] for one in told] == ["revocation", "suspension"]
    assert "credentialStatus" not in credential(AWARD)


def test_a_badge_without_a_name_or_an_end_has_none():
    document = credential(AWARD)
    assert "validUntil" not in document
    assert "identifier" not in document["credentialSubject"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_competence_has_words_of_its_own(language: str):
    narratives = {achievement(defined(one, language))["criteria"]["narrative"] for one in FIVE}
    assert len(narratives) == len(FIVE)
    assert all("60 %" in one and "{" not in one for one in narratives)


@pytest.mark.parametrize(
    "uri",
    [
        "https://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000000",
        "http://data.europa.eu/esco/occupation/00000000-0000-4000-8000-000000000000",
        "http://data.europa.eu/esco/skill/cleaning",
        "http://evil.example/esco/skill/00000000-0000-4000-8000-000000000000",
    ],
)
def test_an_address_that_is_not_escos_is_refused(tmp_path: Path, uri: str):
    told = f"    esco: [{{uri: '{uri}', names: {{en: Clean, fr: Nettoyer}}}}]\nlearning_outcomes:"
    broken = FRAMEWORK.replace("learning_outcomes:\n", f"{told}\n", 1)
    assert broken != FRAMEWORK
    with pytest.raises(ContentError, match="framework"):
        load_content(write_bank(tmp_path, framework_any_yaml=broken))


def test_parts_that_the_framework_does_not_know_are_refused(tmp_path: Path):
    broken = FRAMEWORK.replace(
        "learning_outcomes: [LO6, LO7]", "learning_outcomes: [LO6, LO7]\n    parts: [MC9]"
    )
    with pytest.raises(ContentError, match="MC9"):
        load_content(write_bank(tmp_path, framework_any_yaml=broken))


def test_criteria_without_the_language_or_in_one_language_only_are_objected_to(tmp_path: Path):
    told = "learning_outcomes: [LO6, LO7]\n    criteria: {en: Passed a test.}"
    framework = FRAMEWORK.replace("learning_outcomes: [LO6, LO7]", told)
    content = load_content(write_bank(tmp_path, framework_any_yaml=framework))
    found = [
        one.says for one in problems(content, set(), lambda _: True) if one.field == "criteria"
    ]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("language", "label"), [("fr", "Nettoyer"), ("en", "Clean"), ("ko", "Clean")]
)
def test_a_skill_of_the_content_is_told_in_the_badges_language(
    tmp_path: Path, language: str, label: str
):
    told = f"esco: [{{uri: '{MADE_UP_SKILL.uri}', names: {{en: Clean, fr: Nettoyer}}}}]"
    framework = FRAMEWORK.replace("learning_outcomes:\n", f"    {told}\nlearning_outcomes:\n", 1)
    content = load_content(write_bank(tmp_path, framework_any_yaml=framework))
    (skill,) = competence_of(content, "MC3", language=language).skills
    assert skill == Skill(MADE_UP_SKILL.uri, label)


def test_no_skill_of_esco_is_shipped_that_nobody_chose():
    assert all(one.esco == () for one in CONTENT.micro_competences.values())


@settings(max_examples=60, deadline=None)
@given(name=st.text(min_size=1, max_size=40))
def test_any_name_is_signed_as_it_is_or_refused_by_name(name: str):
    try:
        document = signed(replace(WHOLE, holder_name=name))
    except UnsignableError:
        controls = {*map(chr, range(32)), "\x7f"} - {*"\t\n\r"}
        assert name.startswith("@") or any(
            "\ud800" <= letter <= "\udfff" or letter in controls for letter in name
        )
    else:
        (identity,) = document["credentialSubject"]["identifier"]
        assert identity["identityHash"] == name
        assert verify(json.loads(json.dumps(document)), KEY.public_key())
