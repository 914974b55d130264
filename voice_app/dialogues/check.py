"""What a reader of the content would object to: counts, references, pictures, sounds, answers."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

from voice_app.dialogues.check_answers import accent_problems, answer_problems
from voice_app.dialogues.check_forms import form_problems
from voice_app.dialogues.check_scenarios import coverage_problems, scenario_problems
from voice_app.dialogues.content import (
    Assessment,
    Category,
    Content,
    LearningOutcome,
    MicroCompetence,
)
from voice_app.dialogues.neighbors import Neighbors, neighbors
from voice_app.dialogues.problem import Problem, items_file, language_file, prompts_file
from voice_app.dialogues.sentences import sentences

__all__ = ["COUNTS", "Neighbors", "Problem", "neighbors", "problems"]

COUNTS: Mapping[str, Mapping[Category, int]] = {
    "MC3": {
        "product": 6,
        "material": 6,
        "context": 9,
        "instruction": 5,
        "home_context": 5,
        "need": 5,
    }
}
CATEGORIES: Mapping[str, AbstractSet[Category]] = {
    "LO6": frozenset({"product", "material", "context"}),
    "LO7": frozenset({"instruction", "home_context", "need"}),
}
OPTIONS = 4
PHRASE = "LO7"
PHRASE_WORDS = 8


def problems(
    content: Content, pictures: AbstractSet[str], sounds: Callable[[str], bool]
) -> list[Problem]:
    """Return every objection.

    `pictures` are the ids that are drawn; `sounds` tells whether a key has a sound.
    """
    found = [
        _framework(content),
        _credentials(content),
        _phrases(content),
        _sounds(content, sounds),
    ]
    found += map(accent_problems, content.languages.values())
    for assessment in content.assessments.values():
        found += [
            _counts(assessment),
            form_problems(content, assessment, pictures),
            _references(content, assessment),
            _choices(assessment),
            _pictures(assessment, pictures),
            _lengths(content, assessment),
            answer_problems(content, assessment),
        ]
    for bank in content.scenarios.values():
        found.append(scenario_problems(content, bank, pictures))
    found.append(coverage_problems(content))
    return list(chain.from_iterable(found))


def _framework(content: Content) -> Iterator[Problem]:
    named: list[MicroCompetence | LearningOutcome] = [
        *content.micro_competences.values(),
        *content.learning_outcomes.values(),
    ]
    for one in named:
        for field, texts in (("names", one.names), ("descriptions", one.descriptions)):
            for code in content.languages:
                if code not in texts:
                    yield Problem("framework", one.id, field, f'the language "{code}" is missing')


def _credentials(content: Content) -> Iterator[Problem]:
    """Object to what a credential could not say in every language that badges are written in."""
    for one in content.micro_competences.values():
        told = [("criteria", one.criteria)] if one.criteria else []
        told += [("esco", skill.names) for skill in one.esco]
        for field, texts in told:
            for code in content.languages:
                if code not in texts:
                    yield Problem("framework", one.id, field, f'the language "{code}" is missing')
        for text in one.criteria.values():
            if "{language}" not in text:
                says = 'the words "{language}", for the language of the employer, are missing'
                yield Problem("framework", one.id, "criteria", says)


def _phrases(content: Content) -> Iterator[Problem]:
    every = dict.fromkeys(
        key for language in content.languages.values() for key in language.phrases
    )
    for language in content.languages.values():
        for key in every:
            if key not in language.phrases:
                says = "other languages have this phrase, this one has not"
                yield Problem(language_file(language.code, "phrases"), None, key, says)


def _sounds(content: Content, sounds: Callable[[str], bool]) -> Iterator[Problem]:
    for sentence in sentences(content):
        if not sounds(sentence.key):
            yield Problem("audio_assets", None, sentence.key, "there is no sound for it")


def _counts(assessment: Assessment) -> Iterator[Problem]:
    wanted = COUNTS.get(assessment.micro_competence, {})
    for field, form in zip(("sections", "twins"), assessment.forms, strict=False):
        have = Counter(assessment.items[item].category for item in form)
        for category, count in wanted.items():
            if have[category] != count:
                says = f"{category} should have {count} items and has {have[category]}"
                yield Problem(items_file(assessment), None, field, says)


def _references(content: Content, assessment: Assessment) -> Iterator[Problem]:
    for item in assessment.everything:
        key = item.learning_outcome
        if key not in content.learning_outcomes:
            says = f"{key} is not in the framework"
            yield Problem(items_file(assessment), item.id, "learning_outcome", says)
        elif item.id in assessment.items and item.category not in CATEGORIES.get(
            key, {item.category}
        ):
            says = f"{key} does not fit the category {item.category}"
            yield Problem(items_file(assessment), item.id, "learning_outcome", says)


def _choices(assessment: Assessment) -> Iterator[Problem]:
    for item in assessment.everything:
        options = [option.id for option in item.options]
        if len(set(options)) != OPTIONS or len(options) != OPTIONS:
            says = f"there should be {OPTIONS} different options"
            yield Problem(items_file(assessment), item.id, "options", says)
        if options.count(item.right) != 1:
            says = "exactly one option should be right"
            yield Problem(items_file(assessment), item.id, "right", says)
        if not set(item.rivals) <= set(options) - {item.right}:
            says = "a rival should be one of the other options"
            yield Problem(items_file(assessment), item.id, "rivals", says)


def _pictures(assessment: Assessment, pictures: AbstractSet[str]) -> Iterator[Problem]:
    for item in assessment.everything:
        for option in item.options:
            if option.id not in pictures:
                says = f'there is no picture for "{option.id}"'
                yield Problem(items_file(assessment), item.id, "options", says)


def _lengths(content: Content, assessment: Assessment) -> Iterator[Problem]:
    for code in assessment.employer_languages:
        for item in assessment.items.values():
            prompt = content.languages[code].prompts[item.id]
            count = sum(any(sign.isalnum() for sign in word) for word in prompt.split())
            if item.learning_outcome == PHRASE and count > PHRASE_WORDS:
                says = f"{count} words are more than {PHRASE_WORDS}"
                yield Problem(prompts_file(assessment, code), item.id, None, says)
