"""What a badge is given for, told in one language from the content."""

from collections.abc import Mapping

from voice_app.dialogues.content import Content
from voice_app.scoring.badges.award import Competence, LearningOutcome, Skill
from voice_app.scoring.badges.wording import wording_for


def competence_of(content: Content, micro_competence: str, *, language: str) -> Competence:
    """Give a micro-competence as a credential tells it to readers of `language`.

    A language that credentials have no words in is told in English, or in the first language
    of a content that has no English.
    """
    found = content.micro_competences[micro_competence]
    code = wording_for(language).language
    return Competence(
        id=found.id,
        name=_told(found.names, code),
        description=_told(found.descriptions, code),
        criteria=found.criteria.get(code),
        outcomes=_outcomes(content, found.learning_outcomes, code=code),
        eqf=found.eqf,
        workload_hours=found.workload_hours,
        assessments=found.assessments,
        skills=tuple(Skill(one.uri, _told(one.names, code)) for one in found.esco),
        parts=found.parts,
    )


def _outcomes(content: Content, keys: tuple[str, ...], *, code: str) -> tuple[LearningOutcome, ...]:
    outcomes = (content.learning_outcomes[key] for key in keys)
    return tuple(
        LearningOutcome(one.id, _told(one.names, code), _told(one.descriptions, code))
        for one in outcomes
    )


def _told(texts: Mapping[str, str], code: str) -> str:
    return texts.get(code) or next(iter(texts.values()))
