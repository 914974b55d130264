"""What a reader of rubrics, examples and resources would object to, and of any spoken text."""

from collections.abc import Iterator, Mapping

from voice_app.dialogues.content import Content
from voice_app.dialogues.problem import Problem, scenario_file
from voice_app.dialogues.scenario import Criterion, ScenarioBank
from voice_app.dialogues.scenario_loader import every_scenario

MOST_WORDS = 10


def rubric_problems(content: Content, bank: ScenarioBank) -> Iterator[Problem]:
    """Yield what is wrong with the rubric of a bank, its examples and its resources."""
    yield from _unused(bank)
    for criterion in bank.rubric.values():
        yield from _criterion(content, bank, criterion)
    yield from _examples(bank)
    yield from _resources(content, bank)


def speech_problems(file: str, text: str, *, item: str, field: str) -> Iterator[Problem]:
    """Yield what is wrong with a text that a voice reads aloud to a beginner."""
    for sentence in _sentences(text):
        count = sum(any(sign.isalnum() for sign in word) for word in sentence.split())
        if count > MOST_WORDS:
            yield Problem(
                file, item, field, f"{count} words are more than {MOST_WORDS}: {sentence}"
            )
    if any(sign.isdigit() for sign in text):
        yield Problem(file, item, field, "a voice would read figures aloud: write them as words")


def _unused(bank: ScenarioBank) -> Iterator[Problem]:
    steps = (step for scenario in every_scenario(bank) for step in scenario.steps)
    used = {one for step in steps for one in step.criteria}
    for name in bank.rubric.keys() - used:
        yield Problem(scenario_file(bank, "rubric"), name, None, "no step is marked by it")


def _criterion(content: Content, bank: ScenarioBank, criterion: Criterion) -> Iterator[Problem]:
    file = scenario_file(bank, "rubric")
    for field, texts in _texts_of(criterion):
        yield from _silent(file, texts, content.languages, item=criterion.id, field=field)
    for texts in criterion.offers.values():
        for text in texts.values():
            yield from speech_problems(file, text, item=criterion.id, field="offers")


def _texts_of(criterion: Criterion) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "says", criterion.says
    yield from (("levels", level.says) for level in criterion.levels)
    yield from (("offers", texts) for texts in criterion.offers.values())


def _examples(bank: ScenarioBank) -> Iterator[Problem]:
    file, wanted = scenario_file(bank, "rubric"), dict.fromkeys(bank.employer_languages)
    for key, texts in bank.spoken.items():
        yield from _silent(file, texts, wanted, item=key, field="examples")
    for key in bank.spoken.keys() | bank.references.keys():
        for says in _worth(bank, key):
            yield Problem(file, key, "references", says)


def _worth(bank: ScenarioBank, key: str) -> Iterator[str]:
    """An example is a control: what it is worth must be known for all that its step asks."""
    known = bank.references.get(key)
    if known is None or key not in bank.spoken:
        yield "an example and what it is worth stand under the same key"
        return
    steps = (one for scenario in bank.scenarios.values() for one in scenario.steps)
    asked = next((one.criteria for one in steps if one.id == known.step), ())
    if not asked or set(asked) != known.levels.keys():
        yield f'"{known.step}" is marked by {", ".join(asked) or "nothing"}: level just these'
    for name in known.levels.keys() & bank.rubric.keys():
        scale = {level.points: level.example for level in bank.rubric[name].levels}
        if known.levels[name] not in scale:
            yield f"{name} has no level of {known.levels[name]} points"
        elif key in scale.values() and scale[known.levels[name]] != key:
            yield f"{name} has it as the example of another level"


def _resources(content: Content, bank: ScenarioBank) -> Iterator[Problem]:
    file = scenario_file(bank, "resources")
    for page in bank.resources:
        yield from _silent(file, page.title, content.languages, item=page.id, field="title")
        yield from _silent(file, page.says, content.languages, item=page.id, field="says")
        for texts in page.says.values():
            for text in texts:
                yield from speech_problems(file, text, item=page.id, field="says")


def _silent(
    file: str,
    texts: Mapping[str, object],
    wanted: Mapping[str, object],
    *,
    item: str,
    field: str,
) -> Iterator[Problem]:
    for code in wanted:
        if code not in texts:
            yield Problem(file, item, field, f'the language "{code}" is missing')


def _sentences(text: str) -> list[str]:
    for sign in "!?;:":
        text = text.replace(sign, ".")
    return [one.strip() for one in text.split(".") if one.strip()]
