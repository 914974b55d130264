"""Hearing the rendered names: once, resumed, and a bank that cannot be told apart."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import pytest

from tests.content.fakes import ENGLISH, write_bank
from voice_app.audio.ears import Ears
from voice_app.audio.prompts import Entry, Manifest
from voice_app.audio.speech import EngineError, Evidence, Hearing, PhraseScore, Quality, Transcript
from voice_app.commands.content import rendered_names
from voice_app.commands.hear_names import hear_names
from voice_app.dialogues.confusables import hearing_problems, judged
from voice_app.dialogues.content import Content
from voice_app.dialogues.heard import HEARD_NAME, Spoken, load_kept
from voice_app.dialogues.loader import load_content
from voice_app.dialogues.sentences import sentences
from voice_app.settings import Settings

NUMBERS = [-0.5] * (len(fields(PhraseScore)) - 1)
GOOD = Quality(1.0, 0.5, -20.0, 0.0, -60.0)


class FakeEars:
    """Hears `text` in everything, and fails after so many takes."""

    def __init__(self, *, takes: int = 1000, engine: str = "ear:1") -> None:
        self.left, self.engine, self.asked = takes, engine, list[Path]()

    def engine_for(self, language: str) -> str:
        return f"{self.engine}-{language}"

    def hear(self, take: Path, languages: Mapping[str, Sequence[str]]) -> Hearing:
        if not self.left:
            raise EngineError("The engine's process ended.")
        self.left -= 1
        self.asked.append(take)
        evidences = [
            Evidence(
                self.engine_for(language),
                language,
                Transcript("text", 0.5),
                tuple(PhraseScore(phrase, *NUMBERS) for phrase in phrases),
            )
            for language, phrases in languages.items()
        ]
        return Hearing(GOOD, 1.0, tuple(evidences))


def manifest_of(content: Content) -> Manifest:
    """Return a manifest that says there is a file for each English name."""
    numbers = {"speed": 1.0, "size_bytes": 1, "duration_seconds": 1.0, "lufs": -19.0}
    numbers |= {"peak_dbtp": -3.0, "words_per_minute": 100.0, "syllables_per_second": 2.0}
    return Manifest(
        tuple(
            Entry(
                key=one.key,
                pace="normal",
                language=one.language,
                kind="word",
                text=one.text,
                spoken=one.text,
                engine="espeak",
                voice="en",
                path=f"{one.key.rpartition('/')[2]}.wav",
                fingerprint="",
                sha256=one.key,
                **numbers,
            )
            for one in sentences(content)
            if one.kind == "words" and one.language == "en"
        )
    )


@pytest.fixture
def names(tmp_path: Path) -> list[Spoken]:
    content = load_content(write_bank(tmp_path))
    manifest_of(content).save(tmp_path)
    return rendered_names(content, tmp_path)


def test_each_name_is_heard_with_what_is_listened_for_and_kept(names: list[Spoken], tmp_path: Path):
    ears = FakeEars()
    hear_names(names, ears, assets=tmp_path, folder=tmp_path)
    assert len(ears.asked) == len(names) == 12
    assert ears.asked[0] == tmp_path / "sweeping.wav"
    ((heard,),) = load_kept(tmp_path).of(names[0])
    assert (heard.engine, heard.text) == ("ear:1-en", "text")
    assert [score.phrase for score in heard.scores] == list(names[0].phrases)


def test_listening_goes_on_where_it_stopped(names: list[Spoken], tmp_path: Path):
    with pytest.raises(EngineError):
        hear_names(names, FakeEars(takes=5), assets=tmp_path, folder=tmp_path)
    assert len(load_kept(tmp_path).entries) == 5
    ears = FakeEars()
    hear_names(names, ears, assets=tmp_path, folder=tmp_path)
    assert len(ears.asked) == 7
    hear_names(names, FakeEars(takes=0), assets=tmp_path, folder=tmp_path)


def test_another_engine_hears_again_and_what_is_needed_no_more_goes(
    names: list[Spoken], tmp_path: Path
):
    hear_names(names, FakeEars(), assets=tmp_path, folder=tmp_path)
    hear_names(names[:4], FakeEars(engine="ear:2"), assets=tmp_path, folder=tmp_path)
    kept = load_kept(tmp_path)
    assert [heard.engine for (heard,) in kept.of(names[0])] == ["ear:1-en", "ear:2-en"]
    assert kept.of(names[4]) == ()


SAME = ENGLISH.replace("{name: sweeping}", "{name: the night}").replace(
    "{name: washing the floor}", "{name: the knight}"
)


@pytest.fixture
def ears() -> Iterator[Ears]:
    ears = Ears(Settings().models_folder, languages=("en",))
    yield ears
    ears.close()


@pytest.mark.engine
def test_a_bank_whose_options_sound_alike_fails_and_names_them(ears: Ears, tmp_path: Path):
    content = load_content(write_bank(tmp_path, languages_en_words_yaml=SAME))
    manifest = manifest_of(content)
    manifest.save(tmp_path)
    for entry in manifest.entries:
        say(entry.text, tmp_path / entry.path)
    names = [one for one in rendered_names(content, tmp_path) if one.item == "broom"]
    hear_names(names, ears, assets=tmp_path, folder=tmp_path)
    kept = load_kept(tmp_path)
    found = list(hearing_problems(names, kept, judged(names, kept)))
    assert {(one.file, one.item, one.field) for one in found} == {(HEARD_NAME, "broom", "en")}
    assert any('"mopping"' in one.says and '"sweeping"' in one.says for one in found)


def say(text: str, target: Path) -> None:
    subprocess.run(["espeak-ng", "-v", "en-gb", "-s", "130", "-w", target, text], check=True)
