"""The rubric's examples as things to say: who says them, and what is to be found in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sounds.spoken import Kind, Spoken
from benchmarks.sounds.voices import ESPEAK_NATIVE, NATIVE
from voice_app.dialogues.content import Content
from voice_app.dialogues.scenario import Asking, Saying, Scenario, ScenarioBank, Step
from voice_app.scoring.finding import Said, found

Cues = Mapping[str, Sequence[str]]

# A voice of another language with some of its sounds, as learners speak; two languages of origin.
ACCENTS = {
    "fr": [("ef_dora", "es-strong"), ("pf_dora", "pt-strong")],
    "es": [("if_sara", "it-strong"), ("ff_siwis", "fr-strong")],
    "en": [("ef_dora", "es-strong"), ("hf_alpha", "hi-strong")],
}
_RECIPE = 1


@dataclass(frozen=True)
class Example:
    """A text, the cues of the step it answers, and those that its written words show."""

    key: str
    language: str
    text: str
    cues: Cues
    shown: frozenset[str]


def examples(content: Content, language: str) -> Iterator[Example]:
    """Yield the spoken examples of all rubrics in which anything is to be found."""
    for bank in content.scenarios.values():
        for criterion in bank.rubric.values():
            steps = _steps(bank, criterion.id)
            for level in criterion.levels:
                if level.example and steps:
                    text = bank.spoken[level.example][language]
                    yield from _fitting(level.example, text, steps=steps, language=language)


def voiced(one: Example, *, cache: Path) -> Iterator[tuple[str, Spoken]]:
    """Yield the sounds of an example by kind of voice: native, accent, formant."""
    native = NATIVE[one.language][0]
    yield "native", _spoken(one, native, kind="neural", accent=None, cache=cache)
    at = sum(map(ord, one.key)) % len(ACCENTS[one.language])
    voice, accent = ACCENTS[one.language][at]
    yield "accent", _spoken(one, voice, kind="neural", accent=accent, cache=cache)
    formant = ESPEAK_NATIVE[one.language][0]
    yield "formant", _spoken(one, formant, kind="formant", accent=None, cache=cache)


def _steps(bank: ScenarioBank, criterion: str) -> list[tuple[Scenario, Step]]:
    return [
        (scenario, step)
        for scenario in bank.scenarios.values()
        for step in scenario.steps
        if criterion in step.criteria and isinstance(step.task, Asking | Saying)
    ]


def _fitting(
    key: str, text: str, *, steps: Sequence[tuple[Scenario, Step]], language: str
) -> Iterator[Example]:
    """Yield the example with the step of which its words show most; none where they show none."""
    told = []
    for scenario, step in steps:
        cues = _cues(scenario, step, language)
        ids = frozenset(one.id for one in found((Said(0.0, 1.0, text),), cues, language))
        told.append((len(ids), Example(key, language, text, cues, ids)))
    most, example = max(told, key=lambda one: one[0])
    if most:
        yield example


def _cues(scenario: Scenario, step: Step, language: str) -> Cues:
    match step.task:
        case Asking(looked_for) | Saying(looked_for):
            return {one.id: scenario.tellings[language].cues[one.id] for one in looked_for}
        case _:
            return {}


def _spoken(one: Example, voice: str, *, kind: Kind, accent: str | None, cache: Path) -> Spoken:
    name = f"{one.language}-{one.key}-{voice}-{_RECIPE}".replace("+", "-")
    path = cache / "tasks" / f"{name}.wav"
    return Spoken(name, one.language, one.text, voice, kind, accent, path)
