"""What the synthetic voices say: names of the bank's options and words of a household."""

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.sounds.spoken import folded
from voice_app.dialogues.content import Content
from voice_app.dialogues.loader import load_content

_FOLDER = Path(__file__).parent / "said"
_SAYABLE = re.compile(r"[^\W\d_][^\d_]{2,}")


def phrases(language: str) -> tuple[str, ...]:
    """Return all phrases of a language, each once: the household's, then the bank's."""
    every = (*household(language), *_bank(_content(), language))
    return tuple({folded(text): text for text in every if _is_sayable(text)}.values())


@cache
def household(language: str) -> tuple[str, ...]:
    """Return our own phrases; a phrase and its near neighbor follow each other."""
    lines = (_FOLDER / f"{language}.txt").read_text("utf-8").splitlines()
    said = (line for line in lines if line and not line.startswith("#"))
    texts = (text.strip() for line in said for text in line.split("|"))
    return tuple({folded(text): text for text in texts}.values())


def chosen(language: str, *, count: int, seed: int, purpose: str) -> tuple[str, ...]:
    """Return `count` phrases in a seeded order, one of the household's for each of the bank's.

    The first phrases of a small count are the first of a large one. `purpose` makes another
    order, so that not every voice says the same.
    """
    dice = random.Random(f"{language} {seed} {purpose}")
    own = [text for text in household(language) if _is_sayable(text)]
    bank = [text for text in phrases(language) if text not in set(own)]
    dice.shuffle(own)
    dice.shuffle(bank)
    pairs = zip(own, bank, strict=False)
    return tuple(text for pair in pairs for text in dice.sample(pair, 2))[:count]


@cache
def _content() -> Content:
    return load_content()


def _bank(content: Content, language: str) -> Iterator[str]:
    """Yield the name of each option, and the shortest other way to say it."""
    for word in content.languages[language].words.values():
        yield word.name
        others = (text for text in word.accepted if text != word.name and _is_sayable(text))
        yield from sorted(others, key=len)[:1]


def _is_sayable(text: str) -> bool:
    return _SAYABLE.fullmatch(text) is not None and not text.isupper() and "WC" not in text
