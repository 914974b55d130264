"""The standard elements of the EU recommendation that an Open Badge has no field for."""

from typing import Any

from voice_app.scoring.badges.award import FULL, Assessed, Definition, achievement_address
from voice_app.scoring.badges.wording import Wording

EU = "http://data.europa.eu/snb"
ASSESSMENTS = {
    "oral": f"{EU}/assessment/d30284d7df",
    "practical": f"{EU}/assessment/6a4db9f11d",
    "quiz": f"{EU}/assessment/b1b68f6735",
}
ONLINE = f"{EU}/learning-assessment/920fbb3cbe"
# Europe's list has no address that we could prove for a supervised test without a look at a
# document: the list itself stands for it, and the name says what was done.
_SUPERVISION = {
    (False, False): f"{EU}/supervision-verification/c598449d64",
    (False, True): f"{EU}/supervision-verification/df2880c5cb",
    (True, False): f"{EU}/supervision-verification/25831c2",
    (True, True): f"{EU}/supervision-verification/70be69aaf9",
}
_ESCO = "European Skills, Competences, Qualifications and Occupations (ESCO)"
FRAMEWORK = "MyCred4Home"

Alignment = dict[str, Any]


def alignments(definition: Definition, words: Wording) -> list[Alignment]:
    """Give what holds for every badge of a definition: outcomes, skills and EU elements."""
    return [
        *_outcomes(definition),
        *_skills(definition),
        _eqf(definition, words),
        _workload(definition, words),
        *_assessments(definition, words),
        _alignment("ext:ParticipationForm", ONLINE, words.participation),
        _alignment("ext:QualityAssurance", quality_address(definition.origin), words.quality),
        *_stackability(definition, words),
    ]


def supervision(assessed: Assessed, words: Wording) -> Alignment:
    """Give what holds for one test alone: who watched over it, and whether it was checked who."""
    key = (assessed.is_supervised, assessed.is_identity_checked)
    return _alignment("ext:Supervision", supervision_address(assessed), words.supervision[key])


def supervision_address(assessed: Assessed) -> str:
    """Give the address in Europe's list of ways to supervise and to verify identity."""
    return _SUPERVISION[assessed.is_supervised, assessed.is_identity_checked]


def quality_address(origin: str) -> str:
    """Give the address of the page that tells how the quality of badges is assured."""
    return f"{origin}/achievements#quality"


def eqf_address(level: int) -> str:
    """Give the address of a level of the European Qualifications Framework."""
    return f"{EU}/eqf/{level}"


def _outcomes(definition: Definition) -> list[Alignment]:
    return [
        _alignment("ceasn:Competency", f"{definition.address}#{one.code}", one.name)
        | {
            "targetCode": one.code,
            "targetDescription": one.description,
            "targetFramework": FRAMEWORK,
        }
        for one in definition.competence.outcomes
    ]


def _skills(definition: Definition) -> list[Alignment]:
    return [
        _alignment("ceasn:Competency", skill.uri, skill.name) | {"targetFramework": _ESCO}
        for skill in definition.competence.skills
    ]


def _eqf(definition: Definition, words: Wording) -> Alignment:
    code = str(definition.competence.eqf)
    address = eqf_address(definition.competence.eqf)
    name = words.eqf.replace("{eqf}", code)
    return _alignment("ext:EQF", address, name) | {"targetCode": code}


def _workload(definition: Definition, words: Wording) -> Alignment:
    hours = definition.competence.workload_hours
    address = f"{definition.address}#workload"
    if hours is None:
        return _alignment("ext:NotionalWorkload", address, words.workload_unknown)
    name = words.workload.replace("{hours}", str(hours))
    return _alignment("ext:NotionalWorkload", address, name) | {"targetCode": f"PT{hours}H"}


def _assessments(definition: Definition, words: Wording) -> list[Alignment]:
    return [
        _alignment("ext:AssessmentType", ASSESSMENTS[kind], words.assessments[kind])
        for kind in definition.competence.assessments
    ]


def _stackability(definition: Definition, words: Wording) -> list[Alignment]:
    if definition.competence.id == FULL:
        return []
    address = achievement_address(
        definition.origin, FULL, employer_language=definition.employer_language
    )
    return [_alignment("ext:Stackability", address, words.stackability)]


def _alignment(kind: str, url: str, name: str) -> Alignment:
    return {"type": ["Alignment"], "targetType": kind, "targetUrl": url, "targetName": name}
