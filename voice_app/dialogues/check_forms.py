"""What a reader of a bank of items would object to beside its items: twins, example, resources."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from voice_app.dialogues.check_rubrics import speech_problems
from voice_app.dialogues.content import Assessment, Content, Item
from voice_app.dialogues.problem import Problem, bank_file, items_file


def form_problems(
    content: Content, assessment: Assessment, pictures: AbstractSet[str]
) -> Iterator[Problem]:
    """Yield what is wrong; `pictures` are the ids that are drawn."""
    yield from _twins(content, assessment)
    yield from _example(assessment)
    yield from _resources(content, assessment, pictures)


def _twins(content: Content, assessment: Assessment) -> Iterator[Problem]:
    """Object to a twin that measures something else, or that is the same question again."""
    if not assessment.twins:
        return
    ones, twins = assessment.forms
    if len(ones) != len(twins):
        says = f"{len(twins)} twins cannot stand for {len(ones)} items"
        yield Problem(items_file(assessment), None, "twins", says)
        return
    for one, twin in zip(ones, twins, strict=True):
        item, other = assessment.items[one], assessment.items[twin]
        if _measured(item) != _measured(other):
            says = f"it should be as {one} in learning outcome, category, rivals and safety"
            yield Problem(items_file(assessment), twin, "twins", says)
        for code in assessment.employer_languages:
            prompts = content.languages[code].prompts
            if prompts[one] == prompts[twin]:
                says = f'in "{code}" {one} has the same prompt'
                yield Problem(items_file(assessment), twin, "twins", says)


def _measured(item: Item) -> tuple[str, str, int, bool]:
    return item.learning_outcome, item.category, len(item.rivals), item.is_safety


def _example(assessment: Assessment) -> Iterator[Problem]:
    file = bank_file(assessment, "example")
    for shown in assessment.example:
        for code in assessment.employer_languages:
            if code not in shown.answer:
                says = f'the language "{code}" is missing'
                yield Problem(file, shown.item.id, "answer", says)


def _resources(
    content: Content, assessment: Assessment, pictures: AbstractSet[str]
) -> Iterator[Problem]:
    file = bank_file(assessment, "resources")
    for page in assessment.resources:
        for name in (page.picture, *page.pictures):
            if name not in pictures:
                yield Problem(file, page.id, "picture", f'there is no picture for "{name}"')
        said: Mapping[str, Mapping[str, object]] = {"title": page.title, "says": page.says}
        for field, texts in said.items():
            for code in content.languages.keys() - texts.keys():
                yield Problem(file, page.id, field, f'the language "{code}" is missing')
        for text in (text for texts in page.says.values() for text in texts):
            yield from speech_problems(file, text, item=page.id, field="says")
