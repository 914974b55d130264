"""What the engines heard in the rendered names of the options: kept beside the content."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

from voice_app.dialogues.choices import choice
from voice_app.dialogues.content import Assessment, Content, Item
from voice_app.dialogues.files import File
from voice_app.dialogues.sentences import sound_key
from voice_app.scoring.decide import Heard, Score
from voice_app.scoring.match import Choice
from voice_app.scoring.sources import phrases

HEARD_NAME = "heard.json"
_DIGITS = 3
_VERSION = 1
_NUMBERS = tuple(field.name for field in fields(Score) if field.name != "phrase")


@dataclass(frozen=True)
class Spoken:
    """The rendered name of one option of an item, with all that is listened for meanwhile.

    `sound` is the SHA-256 of the file's bytes; `phrases` are those of every option alike and
    the foils.
    """

    item: str
    option: str
    language: str
    sound: str
    choice: Choice
    phrases: tuple[str, ...]

    def key(self, engines: str) -> str:
        """Return the name under which what engines heard is kept: it changes with all of it."""
        parts = "\n".join((self.sound, self.language, *self.phrases, engines))
        return sha256(parts.encode()).hexdigest()


@dataclass(frozen=True)
class Kept:
    """What was heard so far, by key: the engines together, and what each of them made of it."""

    entries: Mapping[str, Mapping[str, Any]]

    @property
    def engines(self) -> tuple[str, ...]:
        """The engines that heard together, such as `vosk:ko+whisper:base-int8`, sorted."""
        return tuple(sorted({entry["engines"] for entry in self.entries.values()}))

    def of(self, spoken: Spoken) -> tuple[tuple[Heard, ...], ...]:
        """Return what is kept of a name with these very phrases: all of one hearing together."""
        keys = [spoken.key(engines) for engines in self.engines]
        return tuple(_heard(spoken, self.entries[key]) for key in keys if key in self.entries)

    def with_heard(self, spoken: Spoken, heard: Sequence[Heard], *, engines: str) -> "Kept":
        """Return these and one more hearing; one without evidence found the sound unusable."""
        entry = {"engines": engines, "heard": [_evidence(one) for one in heard]}
        return Kept({**self.entries, spoken.key(engines): entry})

    def only(self, names: Iterable[Spoken]) -> "Kept":
        """Return those that the content still needs."""
        needed = {one.key(engines) for one in names for engines in self.engines}
        return Kept({key: entry for key, entry in self.entries.items() if key in needed})

    def text(self) -> str:
        """Return the file: sorted, one name a line."""
        lines = ",\n".join(
            f'"{key}": {json.dumps(entry, ensure_ascii=False, separators=(",", ":"))}'
            for key, entry in sorted(self.entries.items())
        )
        head = json.dumps({"version": _VERSION, "numbers": _NUMBERS}).removesuffix("}")
        return f'{head}, "heard": {{\n{lines}\n}}}}\n'


def load_kept(folder: Path) -> Kept:
    """Read what was heard of a folder's content; nothing where nothing is kept.

    Raises ContentError when the file is there and cannot be used.
    """
    file = File(folder, HEARD_NAME)
    if not file.path.exists():
        return Kept({})
    try:
        return Kept(_entries(json.loads(file.bytes())))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise file.error(f"this is not a file of what was heard ({error})") from None


def spoken_names(content: Content, sounds: Mapping[tuple[str, str], str]) -> Iterator[Spoken]:
    """Yield the name of every option of every item in every language, as far as it has a sound.

    `sounds` are the SHA-256 of the files by (key, text).
    """
    for assessment in content.assessments.values():
        items = (*assessment.items.values(), assessment.rehearsal)
        for item, code in product(items, content.languages):
            asked = _asked(content, assessment, item, language=code)
            order = [option.id for option in item.options]
            listened_for = phrases(asked)[code]
            for option in order:
                name = content.languages[code].words[option].name
                sound = sounds.get((sound_key(code, "words", option), name))
                if sound:
                    yield Spoken(item.id, option, code, sound, asked, listened_for)


def _asked(content: Content, assessment: Assessment, item: Item, *, language: str) -> Choice:
    """Return the choice in one language; that of the prompt too where nobody employs in it."""
    can_employ = language in assessment.employer_languages
    return choice(
        content,
        item,
        order=[option.id for option in item.options],
        employer_language=language if can_employ else assessment.employer_languages[0],
        help_language=language,
    )


def _entries(document: Any) -> Mapping[str, Mapping[str, Any]]:
    """Return the entries of a file; none of one whose scores are of other numbers."""
    if document["version"] != _VERSION:
        raise ValueError(f"version {document['version']} is not {_VERSION}")
    if document["numbers"] != list(_NUMBERS):
        return {}
    return {key: _checked(entry) for key, entry in document["heard"].items()}


def _checked(entry: Any) -> Mapping[str, Any]:
    texts = [entry["engines"]]
    for one in entry["heard"]:
        texts += [one["engine"], one["text"]]
        scores = (number for numbers in one["scores"] for number in numbers)
        if not all(
            isinstance(number, int | float)
            for number in (one["confidence"], one["speech_seconds"], *scores)
        ):
            raise TypeError("a number is no number")
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a text is no text")
    return dict(entry)


def _evidence(heard: Heard) -> dict[str, Any]:
    evidence: dict[str, Any] = {
        "engine": heard.engine,
        "text": heard.text,
        "confidence": round(heard.confidence, _DIGITS),
        "speech_seconds": round(heard.speech_seconds, _DIGITS),
    }
    if heard.no_speech_probability is not None:
        evidence["no_speech_probability"] = round(heard.no_speech_probability, _DIGITS)
    if heard.chosen_phrase is not None:
        evidence["chosen_phrase"] = heard.chosen_phrase
    evidence["scores"] = [
        [round(getattr(one, name), _DIGITS) for name in _NUMBERS] for one in heard.scores
    ]
    return evidence


def _heard(spoken: Spoken, entry: Mapping[str, Any]) -> tuple[Heard, ...]:
    return tuple(
        Heard(
            engine=one["engine"],
            language=spoken.language,
            text=one["text"],
            confidence=one["confidence"],
            no_speech_probability=one.get("no_speech_probability"),
            scores=tuple(
                Score(phrase, *numbers)
                for phrase, numbers in zip(spoken.phrases, one["scores"], strict=False)
            ),
            chosen_phrase=one.get("chosen_phrase"),
            speech_seconds=one["speech_seconds"],
        )
        for one in entry["heard"]
    )
