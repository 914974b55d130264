"""Only what is new or changed is rendered; stopping loses nothing; leftovers go."""

from dataclasses import replace
from hashlib import sha256

import pytest

from tests.audio.prompts.fakes import HummingVoice
from voice_app.audio.checking import problems
from voice_app.audio.plans import Assets, due, leftovers, plan
from voice_app.audio.prompts import Manifest, Sentence
from voice_app.audio.rendering import remove, render
from voice_app.audio.speech import UnknownVoice, VoiceError

KEY = Sentence("en/words/key", "en", "word", "the key")
LAMP = Sentence("en/words/lamp", "en", "word", "the lamp")
STOVE = Sentence("en/words/stove", "en", "word", "the stove")


def test_nothing_is_rendered_twice(rendered, voice):
    rendered(KEY, LAMP)
    before = list(voice.said)

    rendered(KEY, LAMP)

    assert voice.said == before


def test_the_same_words_under_another_key_are_said_once(rendered, voice, assets):
    first = rendered(KEY).entries[0]
    voice.said.clear()
    again = replace(KEY, key="en/words/small-key")

    manifest = rendered(KEY, again)

    assert voice.said == []
    copy = next(entry for entry in manifest.entries if entry.key == again.key)
    assert (assets / copy.path).read_bytes() == (assets / first.path).read_bytes()
    here = Assets.load(assets)
    assert due(plan((KEY, again), here, engine="kokoro"), here) == ()


def test_a_changed_text_is_rendered_again_and_the_others_are_not(rendered, voice):
    rendered(KEY, LAMP)
    voice.said.clear()

    rendered(replace(KEY, text="the small key"), LAMP)

    assert {text for text, _, _ in voice.said} == {"the small key"}


def test_a_new_respelling_makes_its_sentences_stale(rendered, voice, assets):
    rendered(KEY, LAMP)
    voice.said.clear()
    (assets / "pronunciations.yaml").write_text("words: {en: {lamp: lammp}}")

    manifest = rendered(KEY, LAMP)

    assert {text for text, _, _ in voice.said} == {"the lammp"}
    assert {e.text for e in manifest.entries} == {"the key", "the lamp"}


def test_said_again_means_said_anew_once_for_all_its_keys(assets, rendered):
    again = replace(KEY, key="en/words/door-key")
    rendered(KEY, again)
    here, voice = Assets.load(assets), HummingVoice()

    tasks = plan((KEY, again), here, engine="kokoro")
    render(tasks, here, synthesizer=lambda _: voice, is_again=True)

    assert {text for text, _, _ in voice.said} == {KEY.text}
    one, other = (assets / entry.path for entry in Manifest.load(assets).entries)
    assert one.read_bytes() == other.read_bytes()


def test_keys_that_change_places_say_each_what_is_theirs(assets, rendered):
    rendered(KEY, LAMP)
    moved = rendered(replace(KEY, text=LAMP.text), replace(LAMP, text=KEY.text))

    files = {entry.path: entry.sha256 for entry in moved.entries}
    assert {sha256((assets / path).read_bytes()).hexdigest() for path in files} == {*files.values()}
    assert len({*files.values()}) == 2


def test_a_deleted_file_is_made_again(rendered, assets):
    path = assets / rendered(KEY).entries[0].path
    path.unlink()

    rendered(KEY)

    assert path.is_file()


def test_after_a_stop_in_the_middle_only_the_rest_is_rendered(assets, rendered, voice):
    here = Assets.load(assets)
    tasks = plan((KEY, LAMP, STOVE), here, engine="kokoro")
    stopping = HummingVoice(stops_after=3)
    with pytest.raises(VoiceError):
        render(tasks, here, synthesizer=lambda _: stopping)
    done = {entry.key for entry in Manifest.load(assets).entries}

    manifest = rendered(KEY, LAMP, STOVE)

    assert 0 < len(done) < 3
    said = {text for text, _, _ in voice.said}
    assert said == {s.text for s in (KEY, LAMP, STOVE) if s.key not in done}
    assert len(manifest.entries) == 3
    assert not list(assets.rglob("*.part"))


def test_files_nobody_asks_for_are_deleted(rendered, assets):
    rendered(KEY, LAMP)
    here = Assets.load(assets)

    remove(leftovers(plan((KEY,), here, engine="kokoro"), here.manifest), here)

    assert [entry.key for entry in Manifest.load(assets).entries] == ["en/words/key"]
    assert [path.name for path in assets.rglob("*.mp3")] == ["key.mp3"]


def test_check_lists_missing_stale_changed_and_forgotten_sounds(rendered, assets):
    rendered(KEY, LAMP)
    (assets / "en/words/key.mp3").write_bytes(b"other")
    here = Assets.load(assets)
    changed = replace(LAMP, text="the big lamp")
    tasks = plan((KEY, changed, STOVE), here, engine="kokoro")

    found = "\n".join(problems(tasks, here, is_measuring=False))

    assert "en/words/key.mp3 is not the file that was rendered" in found
    assert "en/words/lamp (normal, bf_emma) is stale" in found
    assert "en/words/stove (normal, bf_emma) is missing" in found


def test_check_finds_nothing_in_what_was_just_rendered(rendered, assets):
    rendered(KEY, LAMP)
    here = Assets.load(assets)
    tasks = plan((KEY, LAMP), here, engine="kokoro")

    assert list(problems(tasks, here, is_measuring=True)) == []
    assert due(tasks, here) == ()


def test_check_measures_the_files_themselves(rendered, assets):
    entry = rendered(KEY).entries[0]
    Manifest((replace(entry, lufs=-12.0, peak_dbtp=0.5, size_bytes=90_000),)).save(assets)
    here = Assets.load(assets)

    found = "\n".join(problems(plan((KEY,), here, engine="kokoro"), here, is_measuring=True))

    assert "-12.0 LUFS" in found
    assert "0.5 dBTP" in found
    assert "90000 bytes" in found


def test_a_language_without_a_voice_is_refused(assets):
    here = Assets.load(assets)
    sentence = Sentence("ko/words/key", "ko", "word", "열쇠")

    with pytest.raises(UnknownVoice, match="no voice for 'ko'"):
        plan((sentence,), here, engine="kokoro")
