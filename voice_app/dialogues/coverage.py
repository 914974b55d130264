"""Which items and scenarios ask for which line of the framework, as a page in Markdown."""

from collections.abc import Iterator

from voice_app.dialogues.check_scenarios import citations, points_of
from voice_app.dialogues.content import Assessment, Content, LearningOutcome, Line
from voice_app.dialogues.scenario import ScenarioBank

_HEAD = """# What the tests ask for

Written by `voice-app content coverage`; the content check refuses a line that nothing asks for.
K is knowledge, S a skill, R responsibility; the lines are ours, in our own words, one for each of
the framework's. An attempt draws one scenario (or as many as it says) of each pool."""


def coverage_page(content: Content) -> Iterator[str]:
    """Yield the lines of the page."""
    yield _HEAD
    for outcome in content.learning_outcomes.values():
        yield from _outcome(content, outcome)
    for bank in content.scenarios.values():
        yield from _bank(bank)


def _outcome(content: Content, outcome: LearningOutcome) -> Iterator[str]:
    yield f"\n## {outcome.id} {outcome.names['en']} ({outcome.micro_competence})\n"
    items = content.assessments.get(outcome.micro_competence)
    if items is not None:
        yield _counted(items, outcome)
        return
    bank = content.scenarios.get(outcome.micro_competence)
    cited = {} if bank is None else citations(bank)
    yield "| line | what | asked in |"
    yield "|---|---|---|"
    for line in content.lines.values():
        if line.learning_outcome == outcome.id:
            yield f"| {line.id} | {line.says['en']} | {_where(line, cited.get(line.id, ()))} |"


def _where(line: Line, scenarios: tuple[str, ...]) -> str:
    if scenarios:
        return ", ".join(scenarios)
    return f"not here: {line.why_not['en']}" if line.why_not else ""


def _counted(items: Assessment, outcome: LearningOutcome) -> str:
    form = (items.items[name] for name in items.forms[0])
    mine = [one for one in form if one.learning_outcome == outcome.id]
    kinds = dict.fromkeys(one.category for one in mine)
    told = (f"{sum(one.category == kind for one in mine)} {kind}" for kind in kinds)
    forms = "Two forms, each" if items.twins else "One form"
    return f"{forms} of {len(mine)} items: {', '.join(told)}. An attempt has the form met least."


def _bank(bank: ScenarioBank) -> Iterator[str]:
    yield f"\n## The scenarios of {bank.micro_competence}\n"
    yield "| pool | an attempt takes | scenario | steps | points |"
    yield "|---|---|---|---|---|"
    for pool in bank.pools:
        for name in pool.scenarios:
            scenario = bank.scenarios[name]
            steps, points = len(scenario.steps), points_of(bank, scenario)
            yield f"| {pool.id} | {pool.take} | {name} | {steps} | {points} |"
