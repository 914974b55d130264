"""An objection to the content, and the names of the files it may stand in."""

from dataclasses import dataclass

from voice_app.dialogues.content import Assessment
from voice_app.dialogues.scenario import ScenarioBank


@dataclass(frozen=True)
class Problem:
    """What is wrong, at which field of which item of which file."""

    file: str
    item: str | None
    field: str | None
    says: str


def bank_file(assessment: Assessment, name: str) -> str:
    """Return the name of a file of a bank of items."""
    return f"items/{assessment.micro_competence.lower()}/{name}.yaml"


def items_file(assessment: Assessment) -> str:
    """Return the name of the file that holds the items."""
    return bank_file(assessment, "items")


def prompts_file(assessment: Assessment, language: str) -> str:
    """Return the name of the file with the prompts of one employer language."""
    return bank_file(assessment, f"prompts.{language}")


def examples_file(assessment: Assessment, language: str) -> str:
    """Return the name of the file with the examples of one employer language."""
    return bank_file(assessment, f"examples.{language}")


def language_file(language: str, name: str) -> str:
    """Return the name of a language's file of `words` or `phrases`."""
    return f"languages/{language}/{name}.yaml"


def scenario_file(bank: ScenarioBank, name: str) -> str:
    """Return the name of a file of a bank of scenarios."""
    return f"scenarios/{bank.micro_competence.lower()}/{name}.yaml"
