"""Sounds that are no answer: how often one is taken for one."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.decide.counting import verdict_on
from benchmarks.decide.hearing import Ear, Listened
from benchmarks.measures.shares import share
from benchmarks.sounds.others import Other, Surroundings
from voice_app.audio.speech import SpeechError
from voice_app.dialogues.choices import choice
from voice_app.dialogues.content import Content, Item
from voice_app.hearings import SLOWER
from voice_app.scoring.decide import Right, Wrong
from voice_app.scoring.match import Choice
from voice_app.scoring.sources import phrases
from voice_app.scoring.twice import is_in_doubt

HEADINGS = "lang | sounds that are no answer | n    | accepted | rejected | heard as"


def lines(language: str, content: Content, ear: Ear, *, assets: Path, seed: int) -> Iterator[str]:
    """Judge each sound as an answer to an item (an echo to its own), and count by kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    bank = content.assessments["MC3"]
    items = [bank.items[one] for one in bank.forms[0]]
    around = Surroundings(language, ear.keep.parent, assets, seed)
    for number, other in enumerate(around.all()):
        asked = _asked(content, other, items[number % len(items)])
        try:
            listened = _listened(ear, other.path, asked)
        except SpeechError:
            counts[other.kind]["unusable"] += 1
            continue
        verdict = verdict_on(asked, listened)
        name = "unusable" if listened.trouble else type(verdict).__name__.lower()
        counts[other.kind][name] += 1
    for kind, count in sorted(counts.items()):
        accepted = share(count[Right.__name__.lower()], count.total())
        rejected = share(count[Wrong.__name__.lower()], count.total())
        heard = ", ".join(f"{n} {name}" for name, n in count.most_common())
        yield (
            f"{language:4} | {kind:24} | {count.total():4} | {accepted.part:8} |"
            f" {rejected.part:8} | {heard}"
        )


def _listened(ear: Ear, sound: Path, asked: Choice) -> Listened:
    once = ear.hear(sound, phrases(asked))
    if not is_in_doubt(verdict_on(asked, once)):
        return once
    return replace(once, again=ear.hear(sound, phrases(asked), pace=SLOWER).heard)


def _asked(content: Content, other: Other, item: Item) -> Choice:
    if other.item is not None:
        items = content.assessments["MC3"].items
        item = items.get(other.item, item)
    return choice(
        content,
        item,
        order=[option.id for option in item.options],
        employer_language=other.language,
        help_language=other.language,
    )
