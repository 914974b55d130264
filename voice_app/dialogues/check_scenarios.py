"""What a reader of the scenarios would object to: forms that differ, gaps, texts too long."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from voice_app.dialogues.check_rubrics import rubric_problems, speech_problems
from voice_app.dialogues.content import Content
from voice_app.dialogues.problem import Problem, scenario_file
from voice_app.dialogues.scenario import (
    Arranging,
    Asking,
    Choosing,
    Listen,
    Picking,
    Saying,
    Scenario,
    ScenarioBank,
    Step,
    Telling,
)
from voice_app.dialogues.scenario_loader import SHARED_HELP, every_scenario, names_shown, sought

FORMS = 2
OPTIONS = 4
# These have items of their own, counted elsewhere.
_BY_ITEMS = ("LO6", "LO7")


def scenario_problems(
    content: Content, bank: ScenarioBank, pictures: AbstractSet[str]
) -> Iterator[Problem]:
    """Yield what is wrong with one bank; `pictures` are the ids that are drawn."""
    yield from _forms(bank)
    yield from _sections(content, bank)
    for scenario in every_scenario(bank):
        for step in scenario.steps:
            yield from _step(content, bank, scenario=scenario, step=step)
        yield from _telling(content, bank, scenario)
    yield from rubric_problems(content, bank)
    yield from _shown(bank)
    for place, picture in _pictures(bank):
        if picture not in pictures:
            yield Problem(place, None, "picture", f'there is no picture for "{picture}"')


def coverage_problems(content: Content) -> Iterator[Problem]:
    """Yield the lines of the framework that nothing asks for, and citations of none."""
    if not content.lines:
        return
    cited = {skill for bank in content.scenarios.values() for skill in citations(bank)}
    for skill in sorted(cited - content.lines.keys()):
        yield Problem("framework_lines.yaml", skill, None, "it is cited and is no line")
    for line in content.lines.values():
        is_asked = line.why_not is None
        outcome = line.learning_outcome
        owner = content.learning_outcomes.get(outcome)
        is_loaded = owner is not None and owner.micro_competence in content.scenarios
        if is_asked and is_loaded and outcome not in _BY_ITEMS and line.id not in cited:
            yield Problem(
                "framework_lines.yaml", line.id, None, "no step and no criterion cites it"
            )


def citations(bank: ScenarioBank) -> Mapping[str, tuple[str, ...]]:
    """Give by line of the framework the scenarios of a bank that ask for it."""
    found: dict[str, list[str]] = {}
    for scenario in bank.scenarios.values():
        for step in scenario.steps:
            of_criteria = (bank.rubric[one].skills for one in step.criteria)
            for skill in (*step.skills, *(one for skills in of_criteria for one in skills)):
                found.setdefault(skill, []).append(scenario.id)
    return {skill: tuple(dict.fromkeys(ids)) for skill, ids in found.items()}


def points_of(bank: ScenarioBank, scenario: Scenario) -> int:
    """Give the most that a scenario gives: by its pictures, and by the rubric."""
    return sum(step_points(bank, step) for step in scenario.steps)


def step_points(bank: ScenarioBank, step: Step) -> int:
    """Give the most that a step gives."""
    return step.points + sum(bank.rubric[one].points for one in step.criteria)


def _forms(bank: ScenarioBank) -> Iterator[Problem]:
    place = scenario_file(bank, "bank")
    for pool in bank.pools:
        if len(pool.scenarios) < FORMS * pool.take:
            yield Problem(place, pool.id, "scenarios", "a second attempt would be the first again")
        points = {one: points_of(bank, bank.scenarios[one]) for one in pool.scenarios}
        if len(set(points.values())) > 1:
            told = ", ".join(f"{one} {count}" for one, count in points.items())
            yield Problem(place, pool.id, "scenarios", f"they give different points: {told}")


def _sections(content: Content, bank: ScenarioBank) -> Iterator[Problem]:
    """What is said before a home is entered has its phrase."""
    for code, language in content.languages.items():
        for scenario in bank.scenarios.values():
            if scenario.section not in language.phrases:
                says = f'the phrase {scenario.section} is missing in "{code}"'
                yield Problem(scenario_file(bank, scenario.id), None, "learning_outcome", says)


def _step(
    content: Content, bank: ScenarioBank, *, scenario: Scenario, step: Step
) -> Iterator[Problem]:
    file = scenario_file(bank, scenario.id)
    owner = content.learning_outcomes.get(step.learning_outcome)
    if owner is None or owner.micro_competence != bank.micro_competence:
        says = f"{step.learning_outcome} is no learning outcome of {bank.micro_competence}"
        yield Problem(file, step.id, "learning_outcome", says)
    if step.help.startswith(SHARED_HELP):
        for code, language in content.languages.items():
            if step.help not in language.phrases:
                yield Problem(file, step.id, "help", f'the phrase is missing in "{code}"')
    if scenario.id in bank.scenarios:
        for field, says in _worth(step):
            yield Problem(file, step.id, field, says)
        if not bank.rubric and step.points and step.why is None and not _has_rules(step):
            yield Problem(file, step.id, "why", "nobody comments on it, and no reason is told")


def _has_rules(step: Step) -> bool:
    return isinstance(step.task, Arranging)


def _worth(step: Step) -> Iterator[tuple[str, str]]:
    yield from _too_easy(step)
    wanted = _wanted(step)
    if step.points != wanted:
        yield "points", f"there should be {wanted} and not {step.points}"


def _wanted(step: Step) -> int:
    match step.task:
        case Listen() | Asking() | Saying():
            return 0
        case Choosing():
            return max(1, step.points)
        case Picking(_, several):
            return len(several)
        case Arranging(_, rules):
            return sum(rule.points for rule in rules)


def _too_easy(step: Step) -> Iterator[tuple[str, str]]:
    match step.task:
        case Asking() | Saying() if not step.criteria:
            yield "criteria", "nobody could mark what is said"
        case Choosing(options) if len(options) < OPTIONS:
            yield "options", f"there should be {OPTIONS} at least"
        case Picking(options, several) if len(options) < OPTIONS or len(several) == len(options):
            yield "options", "touching all of them should not be right"
        case _:
            pass


def _telling(content: Content, bank: ScenarioBank, scenario: Scenario) -> Iterator[Problem]:
    for code in content.languages:
        file = scenario_file(bank, f"{scenario.id}.{code}")
        telling = scenario.tellings.get(code)
        if telling is None:
            yield Problem(file, None, None, "the file is missing")
            continue
        yield from _cues(file, scenario, telling)
        for field, texts in (("says", telling.says), ("help", telling.help)):
            for key, text in texts.items():
                yield from speech_problems(file, text, item=key, field=field)


def _cues(file: str, scenario: Scenario, telling: Telling) -> Iterator[Problem]:
    asked = {one.id for step in scenario.steps for one in sought(step)}
    for key in sorted(asked - telling.cues.keys()):
        yield Problem(file, key, "cues", "there is no phrase to find it by")
    for key in sorted(telling.cues.keys() - asked):
        yield Problem(file, key, "cues", "nothing asks for it")


def _shown(bank: ScenarioBank) -> Iterator[Problem]:
    for step in bank.example.steps:
        if not isinstance(step.task, Listen) and step.shown is None:
            says = "the example does not show what somebody answers"
            yield Problem(scenario_file(bank, bank.example.id), step.id, "shown", says)


def _pictures(bank: ScenarioBank) -> Iterator[tuple[str, str]]:
    for scenario in every_scenario(bank):
        file = scenario_file(bank, scenario.id)
        yield file, scenario.picture
        yield from ((file, name) for name in names_shown(scenario))
        for step in scenario.steps:
            plan = step.task.plan if isinstance(step.task, Arranging) else None
            yield from ((file, name) for name in (step.picture, plan) if name is not None)
    for page in bank.resources:
        shown = (page.picture, *page.pictures)
        yield from ((scenario_file(bank, "resources"), name) for name in shown)
