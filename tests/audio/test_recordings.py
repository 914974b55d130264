"""Every phone's take becomes mono 16 kHz sound; what is not sound has an error with a name."""

import struct
from pathlib import Path

import numpy as np
import pytest

from tests.audio.fakes import FRAGMENTED, tone, write_take
from voice_app.audio import recordings
from voice_app.audio.recordings import (
    EmptyRecording,
    Limits,
    NotAudio,
    TooLarge,
    TooSlow,
    Unreadable,
    decode,
)

RECORDERS = {
    "chrome.webm": ("libopus", {}),
    "firefox.ogg": ("libopus", {}),
    "safari.mp4": ("aac", FRAGMENTED),
    "whole.mp4": ("aac", {}),
    "plain.wav": ("pcm_s16le", {}),
    "old.mp3": ("libmp3lame", {}),
    "lossless.flac": ("flac", {}),
}


@pytest.mark.parametrize("name", RECORDERS)
@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_decodes_the_take_of_any_recorder(tmp_path: Path, name: str, layout: str):
    codec, options = RECORDERS[name]
    take = write_take(tmp_path / name, tone(2.0), codec=codec, layout=layout, options=options)
    decoded = decode(take)
    assert decoded.recording.duration_seconds == pytest.approx(2.0, abs=0.15)
    assert decoded.recording.samples.dtype == np.float32
    assert not decoded.is_cut
    assert decoded.bad_packets == 0


@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_stereo_is_as_loud_as_mono(tmp_path: Path, layout: str):
    take = write_take(tmp_path / "a.wav", tone(1.0, level=0.8), codec="pcm_s16le", layout=layout)
    peak = float(np.max(np.abs(decode(take).recording.samples)))
    assert peak == pytest.approx(0.8, abs=0.02)


def test_other_sample_rates_keep_their_pitch(tmp_path: Path):
    sound = tone(1.0, rate=44_100, hertz=1000.0)
    samples = decode(
        write_take(tmp_path / "a.wav", sound, codec="pcm_s16le", rate=44_100)
    ).recording.samples
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) * 16_000 / len(samples) == pytest.approx(1000.0, abs=3)


def test_a_torn_upload_gives_what_is_there(tmp_path: Path):
    whole = write_take(tmp_path / "whole.webm", tone(6.0), codec="libopus").read_bytes()
    torn = tmp_path / "torn.webm"
    torn.write_bytes(whole[: len(whole) * 6 // 10])
    assert 2.5 < decode(torn).recording.duration_seconds < 5.0


def _doubled_last_header(data: bytes) -> bytes:
    """The last fragment's header twice, as some recorders leave it: the first copy is stale."""
    place = data.rindex(b"moof") - 4
    size = struct.unpack(">I", data[place : place + 4])[0]
    return data[: place + size] + data[place:]


def test_a_doubled_fragment_header_loses_little(tmp_path: Path):
    take = write_take(tmp_path / "a.mp4", tone(3.0), codec="aac", options=FRAGMENTED)
    take.write_bytes(_doubled_last_header(take.read_bytes()))
    decoded = decode(take)
    assert decoded.bad_packets > 0
    assert decoded.recording.duration_seconds > 2.9


def test_damage_in_the_middle_is_skipped(tmp_path: Path):
    take = write_take(tmp_path / "a.mp3", tone(4.0), codec="libmp3lame")
    data = bytearray(take.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = b"\x00" * 2000
    take.write_bytes(bytes(data))
    assert decode(take).recording.duration_seconds > 3.0


def test_an_empty_file_is_empty(tmp_path: Path):
    take = tmp_path / "a.webm"
    take.write_bytes(b"")
    with pytest.raises(EmptyRecording) as caught:
        decode(take)
    assert caught.value.code == "empty"


def test_a_take_without_sound_is_empty(tmp_path: Path):
    take = write_take(tmp_path / "a.wav", tone(0.01), codec="pcm_s16le")
    with pytest.raises(EmptyRecording):
        decode(take)


@pytest.mark.parametrize(
    "junk",
    [
        b"hello, I am a text",
        bytes(range(256)) * 20,
        b"\x1aE\xdf\xa3",
        b"\x00\x00\x00\x20ftypmp42",
        b"OggS",
        b"<html></html>",
    ],
)
def test_junk_is_not_audio(tmp_path: Path, junk: bytes):
    take = tmp_path / "a.webm"
    take.write_bytes(junk)
    with pytest.raises(NotAudio) as caught:
        decode(take)
    assert caught.value.code == "not-audio"


@pytest.mark.parametrize(
    "play_list",
    ["ffconcat version 1.0\nfile other.wav\n", "#EXTM3U\n#EXTINF:1,\nother.wav\n"],
)
def test_a_play_list_cannot_reach_another_recording(tmp_path: Path, play_list: str):
    write_take(tmp_path / "other.wav", tone(1.0), codec="pcm_s16le")
    take = tmp_path / "x.webm"
    take.write_text(play_list, encoding="ascii")
    with pytest.raises(NotAudio):
        decode(take)


def test_a_codec_no_recorder_uses_is_refused(tmp_path: Path):
    take = write_take(tmp_path / "a.wav", tone(1.0, rate=8000), codec="pcm_alaw", rate=8000)
    with pytest.raises(NotAudio):
        decode(take)


def test_a_missing_file_is_unreadable(tmp_path: Path):
    with pytest.raises(Unreadable):
        decode(tmp_path / "none.webm")


def test_too_many_bytes_are_refused(tmp_path: Path):
    take = write_take(tmp_path / "a.wav", tone(1.0), codec="pcm_s16le")
    with pytest.raises(TooLarge):
        decode(take, limits=Limits(max_bytes=1000))


def test_a_long_take_keeps_its_beginning(tmp_path: Path):
    take = write_take(tmp_path / "a.webm", tone(5.0), codec="libopus")
    decoded = decode(take, limits=Limits(max_seconds=2.0))
    assert decoded.is_cut
    assert decoded.recording.duration_seconds == 2.0


def test_slow_work_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    take = write_take(tmp_path / "a.webm", tone(1.0), codec="libopus")
    ticks = iter(range(0, 100_000, 5))
    monkeypatch.setattr(recordings.time, "process_time", lambda: next(ticks))
    with pytest.raises(TooSlow):
        decode(take, limits=Limits(max_work_seconds=20.0))


def test_many_damaged_files_never_raise_anything_else(tmp_path: Path):
    whole = write_take(tmp_path / "a.mp4", tone(1.0), codec="aac", options=FRAGMENTED).read_bytes()
    numbers = np.random.default_rng(7)
    take = tmp_path / "b.mp4"
    for _ in range(60):
        data = bytearray(whole)
        for place in numbers.integers(0, len(data), 12):
            data[place] = int(numbers.integers(0, 256))
        take.write_bytes(bytes(data))
        try:
            decode(take)
        except (NotAudio, EmptyRecording):
            continue
