"""What a recognizer hears in each prompt, and which prompts a person should listen to."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from voice_app.audio.prompts import Entry, write_whole
from voice_app.audio.speech import Hears

REPORT_NAME = "REPORT.md"
HEARD_NAME = "heard.json"

# Below this likeness (0 to 100) a person should listen. The recognizer writes figures for
# numbers and other spellings of the same sound, so some of them will turn out to be fine.
LISTEN_BELOW = 85.0

_ABOUT = """\
Written by `voice-app prompts report`. The voices are synthetic, and a recognizer does not hear
like a person who is learning the language: it finds garbled files, it cannot call a prompt good.
Likeness is that of the letters, from 0 to 100."""

# Figures the recognizer writes for the numbers of the prompts.
_NUMBERS: Mapping[str, Mapping[str, str]] = {
    "fr": {"10": "dix", "8": "huit", "10h": "dix heures", "8h": "huit heures"},
    "es": {"10": "diez", "8": "ocho"},
    "en": {"10": "ten", "8": "eight"},
}


@dataclass(frozen=True)
class Heard:
    """What `engine` heard in the file of an entry."""

    entry: Entry
    text: str
    engine: str

    @property
    def likeness(self) -> float:
        """How alike the text and what was heard are as written, 0 to 100."""
        return fuzz.ratio(self.expected, self.plain)

    @property
    def expected(self) -> str:
        """What the prompt says, without case and punctuation."""
        return _plain(self.entry.text, self.entry.language)

    @property
    def plain(self) -> str:
        """What was heard, in the same way."""
        return _plain(self.text, self.entry.language)


def listen(entry: Entry, ears: Hears, *, folder: Path) -> Heard:
    """Hear one file. Raises `SpeechError`."""
    hearing = ears.hear(folder / entry.path, {entry.language: ()})
    texts = [(one.transcript.text, one.engine) for one in hearing.evidences]
    text, engine = texts[0] if texts else ("", "nothing heard")
    return Heard(entry, text, engine)


def load_heard(folder: Path) -> Mapping[str, tuple[str, str]]:
    """What was heard before: (text, engine) by the SHA-256 of the file."""
    path = folder / HEARD_NAME
    if not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {sha256: (str(text), str(engine)) for sha256, (text, engine) in kept.items()}


def save_heard(heard: Iterable[Heard], folder: Path) -> None:
    """Keep what was heard, so that only new files are heard the next time."""
    kept = {one.entry.sha256: (one.text, one.engine) for one in heard}
    text = json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True)
    write_whole(folder / HEARD_NAME, f"{text}\n".encode())


def report(heard: Sequence[Heard], entries: Sequence[Entry]) -> str:
    """The report as Markdown: figures of all files, then the prompts to listen to."""
    engines = ", ".join(sorted({one.engine for one in heard})) or "nobody"
    parts = [
        "# What a recognizer hears in the employer's prompts",
        _ABOUT,
        f"Heard by {engines}. Likeness below {LISTEN_BELOW:.0f}: a person should listen.",
        "## By voice",
        _table(_by_voice(heard)),
        "## To listen to",
        _table(_to_listen(heard)),
        "## Measured on all files",
        _table(_measured(entries)),
    ]
    return "\n\n".join(parts) + "\n"


def _plain(text: str, language: str) -> str:
    numbers = _NUMBERS.get(language, {})
    return " ".join(numbers.get(word, word) for word in re.findall(r"\w+", text.casefold()))


def _by_voice(heard: Sequence[Heard]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("language", "voice", "pace", "prompts", "word for word", "to listen to", "mean likeness")
    ]
    places = sorted({(h.entry.language, h.entry.voice, h.entry.pace) for h in heard})
    for place in places:
        ours = [h for h in heard if (h.entry.language, h.entry.voice, h.entry.pace) == place]
        same = sum(h.plain == h.expected for h in ours)
        odd = sum(h.likeness < LISTEN_BELOW for h in ours)
        mean = sum(h.likeness for h in ours) / len(ours)
        rows.append((*place, str(len(ours)), str(same), str(odd), f"{mean:.1f}"))
    return rows


def _to_listen(heard: Sequence[Heard]) -> list[tuple[str, ...]]:
    odd = sorted((h for h in heard if h.likeness < LISTEN_BELOW), key=lambda h: h.likeness)
    return [
        ("file", "says", "heard", "likeness"),
        *((h.entry.path, h.entry.text, h.text, f"{h.likeness:.0f}") for h in odd),
    ]


def _measured(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("kind", "pace", "files", "seconds", "LUFS", "peak dBTP", "words a minute", "syllables a s")
    ]
    for kind, pace in sorted({(e.kind, e.pace) for e in entries}):
        ours = [e for e in entries if (e.kind, e.pace) == (kind, pace)]
        rows.append(
            (
                kind,
                pace,
                str(len(ours)),
                f"{sum(e.duration_seconds for e in ours):.0f}",
                f"{min(e.lufs for e in ours):.1f} to {max(e.lufs for e in ours):.1f}",
                f"at most {max(e.peak_dbtp for e in ours):.1f}",
                _middle([e.words_per_minute for e in ours], digits=0),
                _middle([e.syllables_per_second for e in ours], digits=1),
            )
        )
    return rows


def _middle(values: Sequence[float], *, digits: int) -> str:
    """The middle value, and the range of the middle nine tenths."""
    ordered = sorted(values)
    low, middle, high = (ordered[int(share * (len(ordered) - 1))] for share in (0.05, 0.5, 0.95))
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def _table(rows: Sequence[Sequence[str]]) -> str:
    cells = [[cell.replace("|", "/") for cell in row] for row in rows]
    head, *body = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join((head, "|" + "---|" * len(rows[0]), *body))
