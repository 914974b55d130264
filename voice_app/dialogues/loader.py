"""The content folder → one frozen Content, or an error that names file, item and field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from voice_app.dialogues import shapes
from voice_app.dialogues.content import (
    Assessment,
    Category,
    Content,
    Example,
    Item,
    Language,
    Line,
    Option,
    Section,
    ShownItem,
    Word,
)
from voice_app.dialogues.files import ContentError, File
from voice_app.dialogues.framework import Framework, by_id, load_framework
from voice_app.dialogues.rubric_loader import resources_of
from voice_app.dialogues.scenario_loader import LoadedBank, every_scenario, load_banks, names_shown
from voice_app.dialogues.scenario_shapes import LINES
from voice_app.dialogues.versions import version_of
from voice_app.dialogues.words import places_of, words_of

__all__ = ["ContentError", "load_content"]

SHIPPED = Path(__file__).parent


@dataclass(frozen=True)
class _Bank:
    """One folder of items: its assessment, prompts and examples by employer language."""

    items: File
    assessment: Assessment
    prompts: Mapping[str, Mapping[str, str]]
    examples: Mapping[str, tuple[Example, ...]]


def load_content(folder: Path = SHIPPED) -> Content:
    """Read a folder of content; every defect of a file is a ContentError."""
    framework = load_framework(folder)
    codes = _subfolders(folder, "languages")
    banks = [_bank(folder, name) for name in _subfolders(folder, "items")]
    assessments: dict[str, Assessment] = {}
    for bank in banks:
        _refuse_strangers(bank, framework)
        _add(assessments, bank)
    situations = load_banks(folder, framework)
    languages = {
        code: _language(folder, code, banks=banks, situations=situations) for code in codes
    }
    for bank in banks:
        _refuse_silent_languages(bank, languages)
    return Content(
        framework.micro_competences,
        framework.learning_outcomes,
        assessments,
        languages,
        scenarios={one.bank.micro_competence: one.bank for one in situations},
        lines=_lines(folder),
    )


def _lines(folder: Path) -> Mapping[str, Line]:
    file = File(folder, "framework_lines.yaml")
    if not file.path.exists():
        return {}
    return by_id(file, [Line(**one.model_dump()) for one in file.read(LINES).lines])


def _subfolders(folder: Path, name: str) -> list[str]:
    found = sorted(path.name for path in (folder / name).glob("*") if path.is_dir())
    found = [one for one in found if not one.startswith(("_", "."))]
    if not found:
        raise ContentError("there is no folder here", file=name)
    return found


def _bank(folder: Path, name: str) -> _Bank:
    file = File(folder, f"items/{name}/items.yaml")
    shape = file.read(shapes.ITEMS)
    files = {code: _bank_files(folder, name, code) for code in shape.employer_languages}
    languages = sorted((folder / "languages").glob("*/words.yaml"))
    version = version_of(
        folder, [file.path, *(prompts.path for prompts, _ in files.values()), *languages]
    )
    shown, resources = (
        File(folder, f"items/{name}/{one}.yaml") for one in ("example", "resources")
    )
    assessment = replace(
        _assessment(file, shape, version),
        example=_shown(shown, shape) if shown.path.exists() else (),
        resources=resources_of(resources) if resources.path.exists() else (),
    )
    by_id(shown, assessment.everything)
    return _Bank(
        file,
        assessment,
        {code: _prompts(file, assessment, prompts) for code, (prompts, _) in files.items()},
        {code: _examples(file, assessment, examples) for code, (_, examples) in files.items()},
    )


def _bank_files(folder: Path, name: str, code: str) -> tuple[File, File]:
    return (
        File(folder, f"items/{name}/prompts.{code}.yaml"),
        File(folder, f"items/{name}/examples.{code}.yaml"),
    )


def _assessment(file: File, shape: shapes.AssessmentShape, version: str) -> Assessment:
    def item(one: shapes.ItemShape, category: Category) -> Item:
        return _item(file, one, micro_competence=shape.micro_competence, category=category)

    rehearsal = item(shape.rehearsal, shape.rehearsal.category)
    items = [item(one, part.category) for part in shape.sections for one in part.items]
    twins = [item(one, part.category) for part in shape.sections for one in part.twins]
    by_id(file, [*items, *twins, rehearsal])
    return Assessment(
        micro_competence=shape.micro_competence,
        employer_languages=shape.employer_languages,
        sections=tuple(_section(part, part.items) for part in shape.sections),
        twins=tuple(_section(part, part.twins) for part in shape.sections if part.twins),
        items={one.id: one for one in (*items, *twins)},
        rehearsal=rehearsal,
        version=version,
    )


def _item(
    file: File, shape: shapes.ItemShape, *, micro_competence: str, category: Category
) -> Item:
    _refuse_broken_choice(file, shape)
    return Item(
        id=shape.id,
        micro_competence=micro_competence,
        learning_outcome=shape.learning_outcome,
        category=category,
        task=shape.task,
        question=shape.question,
        options=tuple(map(Option, shape.options)),
        right=shape.right,
        rivals=shape.rivals,
        is_safety=shape.safety,
    )


def _section(shape: shapes.SectionShape, items: Iterable[shapes.ItemShape]) -> Section:
    return Section(shape.category, tuple(one.id for one in items))


def _shown(file: File, bank: shapes.AssessmentShape) -> tuple[ShownItem, ...]:
    def item(one: shapes.ShownShape) -> Item:
        name = bank.micro_competence
        return _item(file, one, micro_competence=name, category=one.category)

    return tuple(ShownItem(item(one), one.answer) for one in file.read(shapes.SHOWN))


def _refuse_broken_choice(file: File, item: shapes.ItemShape) -> None:
    if len(set(item.options)) < len(item.options):
        raise file.error("the same option is given twice", item=item.id, field="options")
    if item.right not in item.options:
        says = f'"{item.right}" is not among the options'
        raise file.error(says, item=item.id, field="right")
    for rival in item.rivals:
        if rival not in item.options or rival == item.right:
            says = f'"{rival}" is not one of the other options'
            raise file.error(says, item=item.id, field="rivals")


def _prompts(items: File, assessment: Assessment, file: File) -> Mapping[str, str]:
    prompts = file.read(shapes.PROMPTS)
    known = [one.id for one in assessment.everything]
    for item in known:
        if item not in prompts:
            raise file.error(f"the prompt of this item of {items.name} is missing", item=item)
    for item in prompts:
        if item not in known:
            raise file.error(f"this is not an item of {items.name}", item=item)
    return prompts


def _examples(items: File, assessment: Assessment, file: File) -> tuple[Example, ...]:
    if not file.path.exists():
        return ()
    known = {**assessment.items, assessment.rehearsal.id: assessment.rehearsal}
    examples = tuple(Example(**one.model_dump()) for one in file.read(shapes.EXAMPLES))
    for example in examples:
        item = known.get(example.item)
        if item is None:
            raise file.error(f"this is not an item of {items.name}", item=example.item)
        if example.chosen is not None and Option(example.chosen) not in item.options:
            says = f'"{example.chosen}" is not an option of this item of {items.name}'
            raise file.error(says, item=example.item, field="chosen")
    return examples


def _refuse_strangers(bank: _Bank, framework: Framework) -> None:
    key = bank.assessment.micro_competence
    if key not in framework.micro_competences:
        says = f"{key} is not in {framework.file}"
        raise bank.items.error(says, field="micro_competence")
    for item in bank.assessment.everything:
        if item.learning_outcome not in framework.micro_competences[key].learning_outcomes:
            says = f"{item.learning_outcome} is not a learning outcome of {key} in {framework.file}"
            raise bank.items.error(says, item=item.id, field="learning_outcome")


def _add(assessments: dict[str, Assessment], bank: _Bank) -> None:
    key = bank.assessment.micro_competence
    if key in assessments:
        raise bank.items.error(f"{key} has items elsewhere", field="micro_competence")
    taken = {item for other in assessments.values() for item in other.items}
    for item in bank.assessment.items:
        if item in taken:
            raise bank.items.error("another assessment has this id", item=item, field="id")
    assessments[key] = bank.assessment


def _language(
    folder: Path, code: str, *, banks: list[_Bank], situations: Iterable[LoadedBank]
) -> Language:
    words_file = File(folder, f"languages/{code}/words.yaml")
    words = words_file.read(shapes.WORDS)
    every = _all_words(code, words_of(words_file, words), situations)
    phrases = File(folder, f"languages/{code}/phrases.yaml").read(shapes.PHRASES)
    for bank in banks:
        _refuse_missing_words(words_file, words, bank)
    return Language(
        code=code,
        own_name=phrases.own_name,
        prompts=_of_all(banks, lambda bank: bank.prompts.get(code, {})),
        questions=words.questions,
        words=every,
        phrases=phrases.phrases,
        places=places_of(words_file, words),
        examples=tuple(one for bank in banks for one in bank.examples.get(code, ())),
    )


def _all_words(
    code: str, words: Mapping[str, Word], situations: Iterable[LoadedBank]
) -> Mapping[str, Word]:
    every = dict(words)
    for loaded in situations:
        for name, word in loaded.words.get(code, {}).items():
            if name in every:
                raise loaded.file.error("another file has this word", item=name, field="words")
            every[name] = word
    for loaded in situations:
        for scenario in every_scenario(loaded.bank):
            for name in names_shown(scenario):
                if name not in every:
                    says = f'the word for it is missing in "{code}"'
                    raise loaded.file.error(says, item=name, field="words")
    return every


def _of_all(banks: Iterable[_Bank], get: Callable[[_Bank], Mapping[str, str]]) -> Mapping[str, str]:
    return {key: value for bank in banks for key, value in get(bank).items()}


def _refuse_missing_words(file: File, words: shapes.WordsShape, bank: _Bank) -> None:
    for item in bank.assessment.everything:
        if item.question not in words.questions:
            says = f'the question "{item.question}" of {bank.items.name} is missing'
            raise file.error(says, item=item.id, field="questions")
        for option in item.options:
            if option.id not in words.words:
                says = f'the word for the option "{option.id}" of {bank.items.name} is missing'
                raise file.error(says, item=item.id, field="words")


def _refuse_silent_languages(bank: _Bank, languages: Mapping[str, Language]) -> None:
    for code in bank.assessment.employer_languages:
        if code not in languages:
            says = f'there is no folder "languages/{code}" with its words'
            raise bank.items.error(says, field="employer_languages")
