"""The report of what a recognizer hears in the prompts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from voice_app.audio.listening import Heard, listen, load_heard, report, save_heard
from voice_app.audio.prompts import Sentence
from voice_app.audio.speech import Evidence, Hearing, Quality, Transcript

BROOM = Sentence("en/prompts/broom", "en", "prompt", "Take the broom, please.")
GOOD = Quality(1.0, 0.5, -20.0, 0.0, -60.0)


class Parrot:
    """Hears the same text in everything."""

    def __init__(self, text: str) -> None:
        self._text = text

    def hear(self, take: Path, languages: Mapping[str, Sequence[str]]) -> Hearing:
        assert take.is_file()
        evidences = tuple(
            Evidence("parrot", name, Transcript(self._text, 0.9)) for name in languages
        )
        return Hearing(GOOD, 1.0, evidences)


def test_what_is_heard_word_for_word_needs_no_person(rendered, assets):
    entries = rendered(BROOM).entries

    heard = [listen(e, Parrot("take the broom please"), folder=assets) for e in entries]

    assert all(one.likeness == 100 for one in heard)
    assert "| broom" not in report(heard, entries)


def test_what_is_heard_otherwise_is_listed(rendered, assets):
    entries = rendered(BROOM).entries

    heard = [listen(e, Parrot("bake the room"), folder=assets) for e in entries]

    text = report(heard, entries)
    assert "| en/prompts/broom.bf_emma.slow.mp3 | Take the broom, please. | bake the room |" in text


def test_what_was_heard_is_kept_by_the_bytes_of_the_file(rendered, assets):
    entry = rendered(BROOM).entries[0]

    save_heard([Heard(entry, "take a broom", "parrot")], assets)

    assert load_heard(assets) == {entry.sha256: ("take a broom", "parrot")}


def test_a_figure_is_the_number_it_stands_for(rendered):
    entry = rendered(Sentence("en/prompts/ten", "en", "prompt", "Come at ten.")).entries[0]

    assert Heard(entry, "Come at 10.", "parrot").likeness == 100
