"""Which engine hears a language; bad takes never reach an engine; status never waits."""

from pathlib import Path

import numpy as np
import pytest

from tests.audio.fakes import Echo, Sound, loud_frames, speechlike, write_take
from voice_app.audio import room as room_module
from voice_app.audio.catalog import VOSK_KO, WHISPER_BASE, vosk_model_for
from voice_app.audio.choosing import Choice, NoEngine, choose_engines
from voice_app.audio.ears import Ears
from voice_app.audio.models import Model
from voice_app.audio.recordings import Decoded, Limits, NotAudio, decode
from voice_app.audio.room import Asked, HearingRoom
from voice_app.audio.speech import EngineStopped


def _pretend(model: Model, folder: Path, *, name: str | None = None) -> None:
    """Files of the right names and sizes, with nothing in them."""
    place = folder / (name or model.name)
    sizes = dict.fromkeys(model.needed, 0) | {f.path: f.size_bytes for f in model.files}
    for path, size in sizes.items():
        file = place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            out.truncate(size)


def names(language: str, folder: Path) -> list[str]:
    return [each.engine for each in choose_engines(language, folder)]


def test_without_a_model_the_error_says_what_to_install(tmp_path: Path):
    with pytest.raises(NoEngine, match="voice-app models install whisper-base or vosk-small-fr"):
        choose_engines("fr", tmp_path)


def test_whisper_hears_where_vosk_has_no_model(tmp_path: Path):
    _pretend(WHISPER_BASE, tmp_path)
    assert names("fr", tmp_path) == ["whisper:base-int8"]
    assert names("de", tmp_path) == ["whisper:base-int8"]


def test_vosk_and_whisper_hear_where_both_are(tmp_path: Path):
    _pretend(WHISPER_BASE, tmp_path)
    _pretend(VOSK_KO, tmp_path)
    assert names("ko", tmp_path) == ["vosk:ko", "whisper:base-int8"]
    assert names("fr", tmp_path) == ["whisper:base-int8"]


def test_a_vosk_folder_put_there_by_hand_is_used(tmp_path: Path):
    french = vosk_model_for("fr")
    assert french is not None
    _pretend(french, tmp_path, name="vosk-model-small-fr-0.22")
    assert names("fr", tmp_path) == ["vosk:small-fr"]


def test_a_broken_model_is_not_used(tmp_path: Path):
    _pretend(WHISPER_BASE, tmp_path)
    (tmp_path / "whisper-base" / "model.bin").write_bytes(b"half")
    with pytest.raises(NoEngine):
        choose_engines("fr", tmp_path)


def test_status_says_which_engine_hears_what(tmp_path: Path):
    _pretend(VOSK_KO, tmp_path)
    ears = Ears(tmp_path, languages=("ko", "fr"))
    assert ears.status() == {
        "ko": {"engine": "vosk:ko", "state": "asleep"},
        "fr": {"engine": None, "state": "missing"},
    }
    ears.close()


def test_a_stopped_engine_does_not_hear_and_the_other_is_used_alone(tmp_path: Path):
    _pretend(VOSK_KO, tmp_path)
    _pretend(WHISPER_BASE, tmp_path)
    for stopped in (["vosk"], ["vosk:ko"], ["vosk", "another"]):
        chosen = choose_engines("ko", tmp_path, without=stopped)
        assert [one.engine for one in chosen] == ["whisper:base-int8"]
    assert len(choose_engines("ko", tmp_path, without=["vos", "vosk:k", "base-int8"])) == 2


def test_where_every_engine_is_stopped_nothing_is_even_decoded(tmp_path: Path):
    _pretend(WHISPER_BASE, tmp_path)
    ears = Ears(tmp_path)
    try:
        with pytest.raises(EngineStopped) as caught:
            ears.without(["vosk"]).without(["whisper"]).hear(tmp_path / "no file", {"fr": ()})
        assert caught.value.code == "engine-stopped"
        with pytest.raises(NoEngine):
            Ears(tmp_path / "empty").without(["whisper"]).hear(tmp_path / "no file", {"fr": ()})
    finally:
        ears.close()


def test_a_take_that_is_no_sound_reaches_no_engine(tmp_path: Path):
    _pretend(WHISPER_BASE, tmp_path)
    take = tmp_path / "a.webm"
    take.write_bytes(b"no sound")
    ears = Ears(tmp_path)
    try:
        with pytest.raises(NotAudio) as caught:
            ears.hear(take, {"fr": ()})
        assert caught.value.code == "not-audio"
    finally:
        ears.close()


CHOICES = (
    Choice("vosk", VOSK_KO, Path("ko"), "ko"),
    Choice("whisper", WHISPER_BASE, Path("base"), "fr"),
)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HearingRoom:
    monkeypatch.setattr(room_module, "_load", lambda choice: Echo(choice.engine))
    return HearingRoom(tmp_path, find_speech=loud_frames)


def _take(folder: Path, *, level: float = 0.3, seconds: float = 2.0) -> Decoded:
    return _decoded(folder, speechlike(seconds, level=level))


def _decoded(folder: Path, sound: Sound) -> Decoded:
    take = write_take(folder / "a.wav", sound, codec="pcm_s16le", rate=16_000)
    return decode(take, limits=Limits(max_seconds=4.0))


def test_each_language_is_heard_by_its_engine(room: HearingRoom, tmp_path: Path):
    hearing = room.hear(_take(tmp_path), Asked(CHOICES, {"ko": (), "fr": ("un",)}))
    assert hearing.quality.trouble is None
    assert hearing.recording_seconds == pytest.approx(3.0, abs=0.05)
    assert [one.language for one in hearing.evidences] == ["ko", "fr"]
    assert hearing.evidences[0].transcript.text.startswith("vosk:ko")


def test_a_take_too_quiet_reaches_no_engine(room: HearingRoom, tmp_path: Path):
    hearing = room.hear(_take(tmp_path, level=0.001), Asked(CHOICES, {"ko": (), "fr": ()}))
    assert hearing.quality.trouble == "too-quiet"
    assert hearing.evidences == ()


def test_a_long_take_is_heard_in_its_first_part(room: HearingRoom, tmp_path: Path):
    hearing = room.hear(_take(tmp_path, seconds=8.0), Asked(CHOICES, {"ko": (), "fr": ()}))
    assert hearing.is_cut
    assert hearing.recording_seconds == 4.0


def test_long_silence_around_the_speech_is_not_given_to_the_engines(
    room: HearingRoom, tmp_path: Path
):
    sound = speechlike(1.0)
    quiet = np.random.default_rng(1).normal(0, 0.0005, 16_000).astype(np.float32)
    take = _decoded(tmp_path, np.concatenate((quiet, sound, quiet)))
    hearing = room.hear(take, Asked(CHOICES[:1], {"ko": ()}))
    heard_samples = int(hearing.evidences[0].transcript.text.split()[-1])
    assert 16_000 < heard_samples < 34_000


def test_a_slowed_take_is_longer_and_as_loud(room: HearingRoom, tmp_path: Path):
    take = _take(tmp_path)
    once = room.hear(take, Asked(CHOICES[:1], {"ko": ()}))
    slowed = room.hear(take, Asked(CHOICES[:1], {"ko": ()}, pace=0.8))
    assert slowed.recording_seconds == pytest.approx(once.recording_seconds / 0.8, abs=0.01)
    assert slowed.quality.rms_dbfs == pytest.approx(once.quality.rms_dbfs, abs=1.0)


def _pauses(folder: Path, *seconds: float) -> Decoded:
    """Two seconds of speech, a pause of so many seconds, two more, and so on."""
    hiss = np.random.default_rng(2).normal(0, 0.0005, 160_000).astype(np.float32)
    parts = [speechlike(2.0)]
    for each in seconds:
        parts += [hiss[: int(each * 16_000)], speechlike(2.0)]
    take = write_take(folder / "a.wav", np.concatenate(parts), codec="pcm_s16le", rate=16_000)
    return decode(take)


def test_free_speech_is_written_down_in_stretches_with_their_places(
    room: HearingRoom, tmp_path: Path
):
    heard = room.transcribe(_pauses(tmp_path, 4.0, 4.0), CHOICES[1:])
    assert heard.engine == "whisper:base-int8"
    assert [one.text for one in heard.stretches] == ["whisper:base-int8 fr"] * 3
    for place, stretch in zip((0.5, 7.5, 14.5), heard.stretches, strict=True):
        assert stretch.start_seconds == pytest.approx(place, abs=0.5)
        assert stretch.end_seconds == pytest.approx(place + 2.0, abs=0.5)
        (word,) = stretch.words
        assert word.start_seconds == pytest.approx(stretch.start_seconds + 0.1)
        assert word.end_seconds == pytest.approx(stretch.start_seconds + 0.4)
    assert heard.others == ()
    assert heard.recording_seconds == pytest.approx(17.0, abs=0.1)


def test_a_second_engine_writes_down_the_same_stretches(room: HearingRoom, tmp_path: Path):
    heard = room.transcribe(_pauses(tmp_path, 4.0), CHOICES)
    assert heard.engine == "vosk:ko+whisper:base-int8"
    assert [one.text.split()[0] for one in heard.stretches] == ["vosk:ko"] * 2
    assert [one.text.split()[0] for one in heard.others] == ["whisper:base-int8"] * 2
    assert [one.start_seconds for one in heard.others] == [
        one.start_seconds for one in heard.stretches
    ]


def test_free_speech_too_quiet_reaches_no_engine(room: HearingRoom, tmp_path: Path):
    heard = room.transcribe(_take(tmp_path, level=0.001), CHOICES)
    assert heard.quality.trouble == "too-quiet"
    assert (heard.stretches, heard.others, heard.engine) == ((), (), None)


def test_stopped_engines_write_nothing_down(tmp_path: Path):
    _pretend(WHISPER_BASE, tmp_path)
    ears = Ears(tmp_path)
    try:
        with pytest.raises(EngineStopped):
            ears.without(["vosk"]).without(["whisper"]).transcribe(tmp_path / "no file", "fr")
    finally:
        ears.close()
