"""A take is decoded in a process that can reach nothing, and its death harms nobody else."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.audio.fakes import speechlike, tone, write_take
from tests.audio.until import until
from voice_app.audio import decoding_child, sandbox
from voice_app.audio.decoding import Decoder, Undecodable
from voice_app.audio.failures import EngineNotLoaded
from voice_app.audio.recordings import (
    Decoded,
    EmptyRecording,
    Limits,
    NotAudio,
    TooLarge,
    TooSlow,
    Unreadable,
    decode,
)
from voice_app.audio.speech import Recording


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder(Limits(max_seconds=4.0))
    yield decoder
    decoder.close()


def _take(folder: Path, seconds: float = 2.0) -> Path:
    return write_take(folder / "a.webm", speechlike(seconds, rate=48_000), codec="libopus")


def test_it_decodes_as_this_process_would(decoder: Decoder, tmp_path: Path):
    take = _take(tmp_path)
    here, there = decode(take), decoder.decode(take)
    assert np.array_equal(here.recording.samples, there.recording.samples)
    assert (there.is_cut, there.bad_packets) == (here.is_cut, here.bad_packets)
    assert np.array_equal(
        decoder.decode(take.read_bytes()).recording.samples, there.recording.samples
    )


def test_a_long_take_keeps_its_beginning(decoder: Decoder, tmp_path: Path):
    decoded = decoder.decode(_take(tmp_path, seconds=6.0))
    assert decoded.is_cut
    assert decoded.recording.duration_seconds == 4.0


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", EmptyRecording), (b"x", NotAudio), (b"OggS", NotAudio), (bytes(2_000_001), TooLarge)],
)
def test_what_is_no_take_has_a_name(decoder: Decoder, data: bytes, error: type[Exception]):
    with pytest.raises(error) as caught:
        decoder.decode(data)
    assert type(caught.value) is error


def test_a_missing_file_is_unreadable(decoder: Decoder, tmp_path: Path):
    with pytest.raises(Unreadable):
        decoder.decode(tmp_path / "none")


def test_nothing_is_in_reach_of_it(decoder: Decoder):
    decoder.start()
    assert decoder.confinement() == sandbox.Confinement(files=True, network=True, processes=True)


def _child(action: str) -> int:
    """The exit code of a process that confines itself and then does something."""
    done = os.fork()
    if done == 0:
        status = 99
        try:
            sandbox.confine()
            exec(action, {"os": os, "np": np})  # noqa: S102 -- the test's own words
            status = 0
        except OSError as error:
            status = error.errno or 98
        except MemoryError:
            status = 97
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(done, 0)[1])


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork.*:DeprecationWarning")
@pytest.mark.parametrize(
    "action",
    [
        "os.open('/etc/hostname', os.O_RDONLY)",
        "os.open('/tmp/x', os.O_WRONLY | os.O_CREAT)",
        "os.listdir('/')",
        "os.stat('/etc/hostname')",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "os.unlink('/tmp/none')",
    ],
)
def test_it_is_refused(action: str):
    assert _child(action) in (1, 13)  # EPERM, EACCES


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork.*:DeprecationWarning")
def test_it_gets_no_more_memory_than_its_share():
    assert _child("np.ones(1_000_000_000, np.uint8)") == 97


@pytest.fixture
def rogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Decoder]:
    program = "from tests.audio.rogue import main; main({}, {})"
    monkeypatch.setattr("voice_app.audio.decoding._PROGRAM", program)
    decoder = Decoder(deadline_seconds=3.0)
    yield decoder
    decoder.close()


@pytest.mark.parametrize("order", [b"abort", b"exit", b"bug", b"half", b"nan", b"kill"])
def test_a_take_that_ends_its_process_is_no_sound(rogue: Decoder, order: bytes):
    with pytest.raises(Undecodable) as caught:
        rogue.decode(order)
    assert isinstance(caught.value, NotAudio)
    assert rogue.vitals().crashes["died"] == 1


def test_the_next_take_is_decoded_after_a_crash_by_the_same_process(rogue: Decoder, tmp_path: Path):
    rogue.start()
    number = rogue.vitals().process_id
    with pytest.raises(Undecodable):
        rogue.decode(b"abort")
    assert rogue.decode(_take(tmp_path)).recording.duration_seconds > 2
    assert rogue.vitals().process_id == number


def test_too_much_memory_is_no_sound(rogue: Decoder):
    with pytest.raises(Undecodable):
        rogue.decode(b"memory")
    assert rogue.vitals().crashes["out-of-memory"] == 1


@pytest.mark.parametrize("order", [b"hang", b"stay", b"flood"])
def test_a_take_that_hangs_is_given_up(rogue: Decoder, order: bytes):
    rogue.start()
    began = time.monotonic()
    with pytest.raises((TooSlow, Undecodable)):
        rogue.decode(order)
    assert time.monotonic() - began < 6
    assert rogue.vitals().state == "ready"


def test_one_take_leaves_nothing_for_the_next(rogue: Decoder):
    with pytest.raises(EmptyRecording):
        rogue.decode(b"remember")
    with pytest.raises(EmptyRecording):
        rogue.decode(b"recall")


def test_a_decoder_killed_while_it_waits_is_replaced(tmp_path: Path):
    decoder = Decoder()
    try:
        decoder.start()
        number = decoder.vitals().process_id
        assert number is not None
        os.kill(number, signal.SIGKILL)
        until(lambda: decoder.vitals().process_id is None)
        assert decoder.decode(_take(tmp_path)).recording.duration_seconds > 2
        assert decoder.vitals().starts == 2
    finally:
        decoder.close()


def test_a_decoder_killed_at_work_costs_that_take_alone(rogue: Decoder, tmp_path: Path):
    rogue.start()
    number = rogue.vitals().process_id
    assert number is not None
    threading.Timer(0.5, os.kill, (number, signal.SIGKILL)).start()
    with pytest.raises(Undecodable):
        rogue.decode(b"hang")
    assert rogue.decode(_take(tmp_path)).recording.duration_seconds > 2


def test_the_service_told_to_stop_leaves_the_take_in_hand(tmp_path: Path):
    decoder = Decoder()
    try:
        decoder.start()
        number = decoder.vitals().process_id
        assert number is not None
        os.kill(number, signal.SIGTERM)
        assert decoder.decode(_take(tmp_path)).recording.duration_seconds > 2
        assert decoder.vitals().starts == 1
    finally:
        decoder.close()


def test_it_ends_with_its_service():
    other = Decoder()
    other.start()
    process = other._process
    assert process is not None
    assert other._connection is not None
    other._connection.close()
    assert process.wait(timeout=20) == 0
    other.close()
    with pytest.raises(EngineNotLoaded):
        other.start()


def test_a_program_that_does_not_start_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("voice_app.audio.decoding._PROGRAM", "raise SystemExit('{} {}')")
    decoder = Decoder()
    with pytest.raises(EngineNotLoaded):
        decoder.decode(b"x")
    assert decoder.vitals().state == "failed"
    decoder.close()


def test_a_reply_is_numbers_and_nothing_else():
    sound = Decoded(Recording(tone(0.1, rate=16_000)), is_cut=True, bad_packets=2)
    said = decoding_child._packed(sound)
    assert len(said) == decoding_child.REPLY.size + 4 * 1600
