"""Hostile and broken files: through the real process, each to a name, and nothing beyond."""

import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.hostile.__main__ import found_in
from benchmarks.hostile.corpus import Hostile, corpus, sample
from benchmarks.hostile.takes import takes
from tests.audio.fakes import speechlike, write_take
from voice_app.audio.decoding import Decoder
from voice_app.audio.recordings import REFUSALS, EmptyRecording, Limits, NotAudio, decode_bytes

_NAMES = {refusal.code for refusal in REFUSALS} | {"heard"}


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_take(
        tmp_path_factory.mktemp("canary") / "canary.wav",
        speechlike(2.0, rate=48_000),
        codec="pcm_s16le",
    )


@pytest.fixture(scope="module")
def files(canary: Path) -> list[Hostile]:
    return list(corpus(canary))


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    decoder.start()
    yield decoder
    decoder.close()


def test_there_are_enough_of_them_and_no_two_alike(files: list[Hostile]):
    assert len({one.data for one in files}) >= 500
    assert len({one.kind for one in files}) >= 10
    assert len({(one.kind, one.name) for one in files}) == len(files)


def test_a_sample_has_some_of_every_kind_and_container(files: list[Hostile]):
    tried = sample(files, each=2)
    every = {(one.kind, one.container) for one in files}
    assert Counter((one.kind, one.container) for one in tried) == dict.fromkeys(every, 2)
    assert len({(one.kind, one.name) for one in tried}) == len(tried)
    broken = {kind for kind, container in every if container}
    assert len(broken) == 6
    assert every >= {(kind, container) for kind in broken for container in takes()}


def test_they_fit_into_an_upload_so_that_they_reach_the_decoder(files: list[Hostile]):
    assert all(len(one.data) <= Limits().max_bytes for one in files)


def test_what_they_are_made_from_can_be_heard():
    for name, take in takes().items():
        assert decode_bytes(take, limits=Limits()).recording.duration_seconds > 1.9, name


def test_each_of_a_sample_ends_with_a_name(decoder: Decoder, files: list[Hostile]):
    number = decoder.vitals().process_id
    tried = sample(files, each=2)
    found = found_in(decoder, tried)
    assert found.outcomes.keys() == {one.kind for one in files}
    assert {one.container for one in tried} == {*takes(), ""}
    assert {name for outcomes in found.outcomes.values() for name in outcomes} <= _NAMES
    assert sum(decoder.vitals().crashes.values()) == 0
    assert decoder.vitals().process_id == number
    assert found.worst_seconds < 12
    assert found.peak_bytes < 900_000_000


def test_bombs_stay_small(decoder: Decoder, files: list[Hostile]):
    found = found_in(decoder, [one for one in files if one.kind == "bomb"])
    assert found.files == 7
    assert found.most_work_seconds < 5
    assert found.peak_bytes < 200_000_000


def test_no_play_list_reaches_the_sound_beside_it(
    decoder: Decoder, files: list[Hostile], canary: Path, monkeypatch: pytest.MonkeyPatch
):
    """Also without confinement: here the decoder of this process could read the canary."""
    monkeypatch.chdir(canary.parent)
    lists = [one for one in files if one.kind == "play list" and "reference" not in one.name]
    assert len(lists) > 40
    for one in lists:
        with pytest.raises((NotAudio, EmptyRecording)):
            decoder.decode(one.data)
        with pytest.raises((NotAudio, EmptyRecording)):
            decode_bytes(one.data, limits=Limits())


@pytest.mark.parametrize("channels", [8, 9, 24])
def test_more_channels_than_any_microphone_has_are_no_sound(decoder: Decoder, channels: int):
    """Averaging them would read memory that is no sound, and end the process."""
    head = struct.pack("<HHIIHH", 1, channels, 16_000, 32_000 * channels, 2 * channels, 16)
    chunks = b"fmt " + struct.pack("<I", 16) + head + b"data" + struct.pack("<I", 64_000 * channels)
    take = b"RIFF" + struct.pack("<I", 36) + b"WAVE" + chunks + b"\1\2" * 32_000 * channels
    with pytest.raises(EmptyRecording):
        decoder.decode(take)


def test_a_movie_that_keeps_its_sound_elsewhere_stays_without(
    files: list[Hostile], canary: Path, monkeypatch: pytest.MonkeyPatch
):
    """What is heard is what lies in the file itself; the file it names is never opened."""
    movies = [one for one in files if "reference" in one.name]
    assert len(movies) == 2
    asked: list[str] = []
    monkeypatch.setattr("voice_app.audio.recordings._refuse", lambda url, *_rest: asked.append(url))
    for one in movies:
        assert str(canary).encode() in one.data
        try:
            decode_bytes(one.data, limits=Limits())
        except NotAudio:
            continue
    assert asked == []
