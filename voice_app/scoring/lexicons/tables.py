"""The tables under this folder as they are written: headings, lines, small words."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from voice_app.scoring.lexicons.lexicon import Phrase, words_of
from voice_app.scoring.normalize import spelled


class Small:
    """Small words and phrases by heading."""

    def __init__(self, language: str) -> None:
        self.words: dict[str, frozenset[str]] = {}
        self.phrases: dict[str, tuple[Phrase, ...]] = {}
        self.instead: tuple[tuple[Phrase, Phrase], ...] = ()
        self.apart: frozenset[frozenset[str]] = frozenset()
        self.ordinals: dict[str, str] = {}
        for heading, lines in sections(language, "small"):
            if heading == "apart":
                self.apart = frozenset(_apart(lines))
                continue
            if heading == "ordinals":
                self.ordinals = dict(_ordinals(lines))
                continue
            if heading == "instead":
                self.instead = tuple(_instead(lines))
                continue
            phrases = {tuple(each.split()) for line in lines for each in line.split("|")}
            self.phrases[heading] = tuple(sorted(phrases, key=lambda each: (-len(each), each)))
            self.words[heading] = frozenset(word for phrase in phrases for word in phrase)
        self.words["known"] = frozenset().union(*self.words.values())

    def content(self, text: str, language: str) -> Phrase:
        """Return the words of a name that are no articles."""
        words = spelled(text, language)
        return tuple(word for word in words if word not in _ARTICLES[language]) or words


_ARTICLES = {
    "fr": words_of("le la les l un une des du de d à au aux en"),
    "es": words_of("el la los las un una de del a al en"),
    "en": words_of("the a an of to"),
}


def _apart(lines: list[str]) -> Iterator[frozenset[str]]:
    for line in lines:
        ones, _, others = line.partition("|")
        yield from (frozenset(pair) for pair in product(ones.split(), others.split()))


def _ordinals(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        said, _, meant = line.partition("=")
        yield from ((word, meant.strip()) for word in said.split())


def _instead(lines: list[str]) -> Iterator[tuple[Phrase, Phrase]]:
    for each in (each for line in lines for each in line.split("|")):
        before, _, after = each.partition("=")
        yield tuple(before.split()), tuple(after.split())


def parts(line: str, sign: str) -> list[str]:
    """Return what stands between the signs of a line."""
    return [each.strip() for each in line.split(sign) if each.strip()]


def sections(language: str, kind: str) -> list[tuple[str, list[str]]]:
    """Return a table's headings with the lines under each, comments left out."""
    text = (Path(__file__).parent / f"{language}.{kind}.txt").read_text("utf-8")
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line[1:].strip()
            found.append((heading if kind == "verbs" else heading.split(":")[0], []))
        elif line.strip() and not line.startswith(";"):
            found[-1][1].append(line.strip())
    return found
