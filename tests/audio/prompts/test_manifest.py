"""The manifest says which file speaks which sentence."""

from pathlib import Path

import pytest

from voice_app.audio.prompts import Manifest, ManifestError, Sentence

BROOM = Sentence("en/prompts/broom", "en", "prompt", "Take the broom, please.")
KEY = Sentence("en/words/key", "en", "word", "the key")


def test_a_prompt_has_one_file_a_voice_at_two_paces(rendered, assets):
    rendered(BROOM, KEY)

    manifest = Manifest.load(assets)

    assert manifest.files("en/prompts/broom") == (
        "en/prompts/broom.bf_emma.normal.mp3",
        "en/prompts/broom.bm_george.normal.mp3",
    )
    assert len(manifest.files("en/prompts/broom", "slow")) == 2
    assert manifest.files("en/words/key") == ("en/words/key.mp3",)
    assert all((assets / entry.path).is_file() for entry in manifest.entries)


def test_has_is_true_for_what_can_be_played(rendered):
    manifest = rendered(KEY)

    assert manifest.has("en/words/key")
    assert not manifest.has("en/words/ladder")
    assert manifest.files("en/words/ladder") == ()


def test_a_folder_without_a_manifest_has_no_sounds(tmp_path: Path):
    assert Manifest.load(tmp_path).entries == ()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version": 9, "entries": []}', '{"version": 1, "entries": [{"key": 1}]}'],
)
def test_a_broken_manifest_is_named(tmp_path: Path, text):
    (tmp_path / "manifest.json").write_text(text)

    with pytest.raises(ManifestError, match="manifest"):
        Manifest.load(tmp_path)


def test_an_entry_says_what_made_the_file_and_how_it_measures(rendered, assets):
    entry = rendered(KEY).entries[0]

    assert (entry.text, entry.engine, entry.voice) == ("the key", "kokoro", "bf_emma")
    assert entry.size_bytes == (assets / entry.path).stat().st_size
    assert abs(entry.lufs + 19) <= 1
    assert entry.peak_dbtp <= -1
    assert entry.words_per_minute > 0
