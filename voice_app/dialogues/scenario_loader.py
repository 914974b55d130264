"""The files of scenarios → frozen banks, or an error that names file, step and field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voice_app.dialogues import scenario_shapes as shapes
from voice_app.dialogues.content import Word
from voice_app.dialogues.files import File
from voice_app.dialogues.framework import Framework, by_id
from voice_app.dialogues.rubric_loader import references_of, resources_of, rubric_of, spoken_of
from voice_app.dialogues.scenario import (
    Arranging,
    Asking,
    Before,
    Card,
    Choosing,
    DoneBy,
    Excludes,
    First,
    Fits,
    Includes,
    Last,
    Listen,
    NotDuring,
    Picking,
    Pool,
    Question,
    Rule,
    Saying,
    Scenario,
    ScenarioBank,
    Shown,
    Step,
    Task,
    Telling,
)
from voice_app.dialogues.versions import version_of
from voice_app.dialogues.words import expanded, words_of

FOLDER = "scenarios"
SHARED_HELP = "task."

_OF_ONE = {"includes": Includes, "excludes": Excludes, "first": First, "last": Last}


@dataclass(frozen=True)
class LoadedBank:
    """A bank, its file, and the words by language that it adds to those of all."""

    file: File
    bank: ScenarioBank
    words: Mapping[str, Mapping[str, Word]]


def load_banks(folder: Path, framework: Framework) -> tuple[LoadedBank, ...]:
    """Read every bank of `folder/scenarios`; one whose name begins with _ is left alone."""
    names = sorted(path.parent.name for path in (folder / FOLDER).glob("[!_.]*/bank.yaml"))
    banks = tuple(_bank(folder, f"{FOLDER}/{name}", framework) for name in names)
    by_id(File(folder, FOLDER), [step for loaded in banks for step in _steps(loaded.bank)])
    return banks


def names_shown(scenario: Scenario) -> Iterator[str]:
    """Give the ids of everything a scenario names aloud: options, cards, questions."""
    for step in scenario.steps:
        match step.task:
            case Asking(asked) | Saying(asked):
                yield from (one.picture for one in asked)
            case Choosing(options) | Picking(options):
                yield from options
            case Arranging(cards):
                yield from (card.id for card in cards)
            case Listen():
                pass


def sought(step: Step) -> tuple[Question, ...]:
    """Give what is looked for in what is said in a step: questions or points."""
    match step.task:
        case Asking(questions):
            return questions
        case Saying(points):
            return points
        case _:
            return ()


def every_scenario(bank: ScenarioBank) -> tuple[Scenario, ...]:
    """Give the scenarios of a bank with its rehearsal and its example."""
    return (*bank.scenarios.values(), bank.rehearsal, bank.example)


def _bank(folder: Path, name: str, framework: Framework) -> LoadedBank:
    file = File(folder, f"{name}/bank.yaml")
    shape = file.read(shapes.BANK)
    _refuse_strangers(file, shape, framework)
    drawn = tuple(dict.fromkeys(one for pool in shape.pools for one in pool.scenarios))
    codes = shape.employer_languages
    found = {
        one: _scenario(folder, f"{name}/{one}", codes)
        for one in dict.fromkeys((*drawn, shape.rehearsal, shape.example))
    }
    rubric = File(folder, f"{name}/rubric.yaml")
    bank = ScenarioBank(
        micro_competence=shape.micro_competence,
        employer_languages=codes,
        pools=tuple(Pool(one.id, one.scenarios, one.take) for one in shape.pools),
        scenarios={one: found[one] for one in drawn},
        rehearsal=found[shape.rehearsal],
        example=found[shape.example],
        rubric=rubric_of(rubric),
        spoken=spoken_of(rubric),
        references=references_of(rubric),
        resources=resources_of(File(folder, f"{name}/resources.yaml")),
        version=version_of(folder, sorted((folder / name).glob("*.yaml"))),
    )
    for scenario in every_scenario(bank):
        _refuse_loose_ends(File(folder, f"{name}/{scenario.id}.yaml"), scenario, bank)
    return LoadedBank(file, bank, {code: _words(folder, name, code) for code in codes})


def _words(folder: Path, name: str, code: str) -> Mapping[str, Word]:
    file = File(folder, f"{name}/words.{code}.yaml")
    return words_of(file, file.read(shapes.BANK_WORDS))


def _scenario(folder: Path, name: str, codes: Iterable[str]) -> Scenario:
    file = File(folder, f"{name}.yaml")
    shape = file.read(shapes.SCENARIO)
    if shape.id != Path(name).name:
        raise file.error("the id should be the name of the file", item=shape.id, field="id")
    steps = tuple(_step(one) for one in shape.steps)
    by_id(file, steps)
    for step in steps:
        if not step.id.startswith(f"{shape.id}."):
            raise file.error(f"it should begin with {shape.id}.", item=step.id, field="id")
    tellings = {code: _telling(File(folder, f"{name}.{code}.yaml")) for code in codes}
    return Scenario(shape.id, steps, tellings, picture=shape.picture, voice=shape.voice)


def _telling(file: File) -> Telling:
    shape = file.read(shapes.TELLING)
    cues = {
        key: tuple(dict.fromkeys(expanded(file, shape.lists, forms, item=key, field="cues")))
        for key, forms in shape.cues.items()
    }
    return Telling(shape.says, shape.help, cues)


def _step(shape: shapes.StepShape) -> Step:
    shown = shape.shown
    return Step(
        id=shape.id,
        learning_outcome=shape.learning_outcome,
        task=_task(shape.task),
        help=shape.help,
        says=shape.says,
        picture=shape.picture,
        points=shape.points,
        criteria=shape.criteria,
        skills=shape.skills,
        shown=None if shown is None else Shown(shown.say, shown.options),
        why=shape.why,
    )


def _task(shape: shapes.TaskShape) -> Task:
    match shape:
        case shapes.ListenShape():
            return Listen()
        case shapes.AskingShape(questions=asked):
            return Asking(tuple(_question(one) for one in asked))
        case shapes.SayingShape(points=points):
            return Saying(tuple(_question(one) for one in points))
        case shapes.ChoosingShape(options=options, right=right):
            return Choosing(options, right)
        case shapes.PickingShape(options=options, right=several):
            return Picking(options, frozenset(several))
        case shapes.ArrangingShape():
            cards = tuple(Card(one.id, one.minutes) for one in shape.cards)
            return Arranging(cards, tuple(map(_rule, shape.rules)), shape.kept, shape.plan)


def _question(shape: shapes.QuestionShape) -> Question:
    return Question(shape.id, shape.picture, shape.answer)


def _rule(shape: shapes.RuleShape) -> Rule:
    match shape:
        case shapes.OfOneShape(kind=kind):
            return _OF_ONE[kind](shape.id, shape.points, shape.card)
        case shapes.BeforeShape():
            return Before(shape.id, shape.points, shape.card, shape.other)
        case shapes.FitsShape():
            return Fits(shape.id, shape.points, shape.minutes)
        case shapes.DoneByShape():
            return DoneBy(shape.id, shape.points, shape.card, shape.minutes)
        case shapes.NotDuringShape():
            return NotDuring(shape.id, shape.points, shape.card, shape.begins, shape.ends)


def _refuse_strangers(file: File, shape: shapes.BankShape, framework: Framework) -> None:
    if shape.micro_competence not in framework.micro_competences:
        says = f"{shape.micro_competence} is not in {framework.file}"
        raise file.error(says, field="micro_competence")
    for pool in shape.pools:
        if pool.take > len(pool.scenarios):
            raise file.error("it takes more than there are", item=pool.id, field="take")


def _refuse_loose_ends(file: File, scenario: Scenario, bank: ScenarioBank) -> None:
    """Refuse what names something that is not there, so that nothing fails under a candidate."""
    for step in scenario.steps:
        for field, says in _loose_ends(step, scenario, bank):
            raise file.error(says, item=step.id, field=field)


def _loose_ends(step: Step, scenario: Scenario, bank: ScenarioBank) -> Iterator[tuple[str, str]]:
    for code, telling in scenario.tellings.items():
        for key in (*step.says, *_said_later(step)):
            if key not in telling.says:
                yield "says", f'"{key}" is missing in {scenario.id}.{code}.yaml'
        for key in _helped(step):
            if key not in telling.help:
                yield "help", f'"{key}" is missing in {scenario.id}.{code}.yaml'
    for criterion in step.criteria:
        if criterion not in bank.rubric:
            yield "criteria", f'"{criterion}" is not in rubric.yaml'
    yield from _impossible(step.task)


def _said_later(step: Step) -> Iterator[str]:
    if isinstance(step.task, Asking):
        yield from (one.answer for one in step.task.questions if one.answer is not None)
    if step.shown is not None and step.shown.say is not None:
        yield step.shown.say


def _helped(step: Step) -> Iterator[str]:
    if not step.help.startswith(SHARED_HELP):
        yield step.help
    if step.why is not None:
        yield step.why
    if isinstance(step.task, Arranging):
        yield from (rule.id for rule in step.task.rules)


def _impossible(task: Task) -> Iterator[tuple[str, str]]:
    match task:
        case Choosing(options, right) if right not in options:
            yield "right", f'"{right}" is not among the options'
        case Picking(options, several) if not several <= set(options):
            yield "right", "it names what is not among the options"
        case Arranging(cards, rules, kept):
            known = {card.id for card in cards}
            named = {*kept, *(name for rule in rules for name in cards_of(rule))}
            for name in sorted(named - known):
                yield "rules", f'"{name}" is not among the cards'
        case _:
            pass


def cards_of(rule: Rule) -> tuple[str, ...]:
    """Give the cards that a rule is about; none for one about all of them."""
    match rule:
        case Before(card=card, other=other):
            return card, other
        case Fits():
            return ()
        case Includes() | Excludes() | First() | Last() | DoneBy() | NotDuring():
            return (rule.card,)
        case _:
            raise TypeError(rule)


def _steps(bank: ScenarioBank) -> Iterator[Step]:
    for scenario in every_scenario(bank):
        yield from scenario.steps
