"""Print which cards are placed of an order that is said: `python -m benchmarks.tasks.orders`.

Every card of a step is named in turn ("First", the card, "Then", the next) by the shipped
synthetic voice of the page. The truth is the order in which the sounds were put together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from benchmarks.sounds.spoken import LANGUAGES
from voice_app.audio.choosing import choose_engines
from voice_app.audio.prompts import Manifest
from voice_app.audio.recordings import Decoded, decode
from voice_app.audio.room import HearingRoom
from voice_app.audio.speech import Recording
from voice_app.dialogues.content import Content, Language
from voice_app.dialogues.loader import load_content
from voice_app.dialogues.scenario import Arranging
from voice_app.dialogues.scenario_loader import every_scenario
from voice_app.dialogues.sentences import sound_key
from voice_app.scoring.ordering import order
from voice_app.settings import Settings, assets_folder


@dataclass
class Count:
    """Orders that were said, those placed whole, and their cards: said, placed, too many."""

    orders: int = 0
    whole: int = 0
    said: int = 0
    placed: int = 0
    more: int = 0


def main() -> None:
    """Say the cards of every step that puts in order, and print how many were placed."""
    content, models = load_content(), Settings().models_folder
    room = HearingRoom(models)
    print("language  orders  whole  cards  placed  too many")
    for code in LANGUAGES:
        language, count = content.languages[code], Count()
        for cards in tqdm(list(_steps(content)), desc=code):
            speech = room.transcribe(
                Decoded(_said(language, cards), is_cut=False, bad_packets=0),
                choose_engines(code, models),
            )
            text = ", ".join(one.text for one in speech.stretches or speech.others)
            forms = {card: language.words[card].accepted for card in cards}
            _add(count, cards, order(text, forms, code))
        print(
            f"{code:8}  {count.orders:6}  {count.whole:5}  {count.said:5}  {count.placed:6}"
            f"  {count.more:8}"
        )


def _steps(content: Content) -> Iterator[tuple[str, ...]]:
    for bank in content.scenarios.values():
        for scenario in every_scenario(bank):
            for step in scenario.steps:
                if isinstance(step.task, Arranging):
                    kept = step.task.kept
                    yield tuple(card.id for card in step.task.cards if card.id not in kept)


def _said(language: Language, cards: Sequence[str]) -> Recording:
    words = (
        key
        for number, card in enumerate(cards)
        for key in (
            sound_key(language.code, "phrases", "order.then" if number else "order.first"),
            sound_key(language.code, "words", card),
        )
    )
    return Recording(np.concatenate([_sound(key) for key in words]))


def _sound(key: str) -> np.ndarray:
    folder: Path = assets_folder()
    return decode(folder / Manifest.load(folder).files(key)[0]).recording.samples


def _add(count: Count, cards: Sequence[str], placed: Sequence[str]) -> None:
    """Count the cards that stand in the order in which they were said; others are too many."""
    right = _longest(cards, placed)
    count.orders += 1
    count.whole += tuple(cards) == tuple(placed)
    count.said += len(cards)
    count.placed += right
    count.more += len(placed) - right


def _longest(one: Sequence[str], other: Sequence[str]) -> int:
    """Give the length of the longest sequence that both hold in this order."""
    lengths = [0] * (len(other) + 1)
    for card in one:
        before = list(lengths)
        for at, each in enumerate(other, 1):
            lengths[at] = before[at - 1] + 1 if card == each else max(before[at], lengths[at - 1])
    return lengths[-1]


if __name__ == "__main__":
    main()
