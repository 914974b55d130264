"""Any phone's take, from a file, to mono 16 kHz sound, within limits of size, length and time."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet

from voice_app.audio.speech import SAMPLE_RATE_HZ, Recording, Samples, SpeechError

# Play lists (ffconcat, HLS) name other files; none of these formats can.
FORMATS = "matroska,webm,ogg,wav,mov,mp4,m4a,3gp,3g2,mj2,mp3,flac"
# libav's own `codec_whitelist` does not reach the decoder that PyAV opens: checked here by name.
CODECS = frozenset(
    [
        "opus",
        "vorbis",
        "aac",
        "flac",
        "mp3float",
        "mp3",
        "pcm_u8",
        "pcm_s16le",
        "pcm_s24le",
        "pcm_s32le",
        "pcm_f32le",
    ]
)
_OPTIONS = {"format_whitelist": FORMATS}

# PyAV reads past a frame of eight channels or more, which damage can claim in midstream.
_MOST_CHANNELS = 6
# Longer, so that no device's priming samples or a last half frame make a take "empty".
SHORTEST_SECONDS = 0.05


class NotAudio(SpeechError):
    """The bytes are not a sound that this program reads."""

    code = "not-audio"


class Unreadable(SpeechError):
    """There is no such file, or it may not be read."""

    code = "unreadable"
    told = "machine"


class EmptyRecording(SpeechError):
    """There is no sound in the take, or too little to be anything."""

    code = "empty"


class TooLarge(SpeechError):
    """The file has more bytes than a take may have."""

    code = "too-large"


class TooSlow(SpeechError):
    """Decoding took longer than it may."""

    code = "too-slow"
    told = "not-audio"


@dataclass(frozen=True)
class Limits:
    """What a take may cost, work in seconds of a core. A longer take keeps its first part."""

    max_bytes: int = 2_000_000
    max_seconds: float = 120.0
    max_work_seconds: float = 10.0


@dataclass(frozen=True)
class Decoded:
    """A decoded take; `is_cut` when the limit of length took its end away."""

    recording: Recording
    is_cut: bool
    bad_packets: int


REFUSALS = (NotAudio, Unreadable, EmptyRecording, TooLarge, TooSlow)


def decode(path: Path, *, limits: Limits | None = None) -> Decoded:
    """Decode a take of our own, in this process; a stranger's is for `decoding.Decoder`.

    Raises `NotAudio`, `EmptyRecording`, `TooLarge`, `TooSlow` or `Unreadable`.
    """
    limits = limits or Limits()
    return decode_bytes(read_take(path, limits=limits), limits=limits)


def read_take(path: Path, *, limits: Limits) -> bytes:
    """Read a take's bytes; raises `EmptyRecording`, `TooLarge` or `Unreadable`."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}.") from error
    check_size(data, limits=limits)
    return data


def check_size(data: bytes, *, limits: Limits) -> None:
    """Raise `EmptyRecording` or `TooLarge`."""
    if not data:
        raise EmptyRecording("The file is empty.")
    if len(data) > limits.max_bytes:
        raise TooLarge(f"The file has more than the {limits.max_bytes} bytes a take may have.")


def decode_bytes(data: bytes, *, limits: Limits) -> Decoded:
    """Decode a take, whatever its size.

    Channels are averaged. Damaged packets are skipped, and a torn file gives what is there.
    Raises `NotAudio`, `EmptyRecording` or `TooSlow`.
    """
    try:
        with av.open(io.BytesIO(data), "r", options=_OPTIONS, io_open=_refuse) as container:
            decoder = _Decoder(container, limits)
            samples = decoder.run()
    except (FFmpegError, EOFError, ValueError, PermissionError) as error:
        raise NotAudio("The file is not a sound this program can read.") from error
    if len(samples) < SHORTEST_SECONDS * SAMPLE_RATE_HZ:
        raise EmptyRecording("There is no sound in the file.")
    return Decoded(Recording(samples), decoder.is_cut, decoder.bad_packets)


def _refuse(url: str, flags: int, options: object) -> NoReturn:
    """What a file names besides itself is never opened."""
    del url, flags, options
    raise PermissionError


@dataclass
class _Decoder:
    """One pass over one file. Not `container.decode()`: it gives up at the first bad packet."""

    container: InputContainer
    limits: Limits
    bad_packets: int = 0
    is_cut: bool = False
    _length: int = 0
    _pieces: list[Samples] = field(default_factory=list)

    def run(self) -> Samples:
        limit = int(self.limits.max_seconds * SAMPLE_RATE_HZ)
        for piece in _resampled(self._frames()):
            self._pieces.append(piece)
            self._length += len(piece)
            if self._length >= limit:
                self.is_cut = self._length > limit
                break
        if not self._pieces:
            return np.zeros(0, np.float32)
        return np.concatenate(self._pieces)[:limit]

    def _frames(self) -> Iterator[AudioFrame]:
        if not self.container.streams.audio:
            raise NotAudio("There is no sound track in the file.")
        stream = self.container.streams.audio[0]
        # Damaged headers leave a stream without a codec, whatever the type says.
        codec = getattr(stream.codec_context, "codec", None)
        if codec is None or codec.name not in CODECS:
            raise NotAudio("The sound is written in a way that no recorder of ours uses.")
        stream.codec_context.thread_count = 1  # speech is cheap, and threads need more rights
        deadline = time.process_time() + self.limits.max_work_seconds
        for packet in self._packets(stream):
            if time.process_time() > deadline:
                raise TooSlow("Decoding took too long.")
            yield from self._decoded(packet)

    def _packets(self, stream: AudioStream) -> "Iterator[Packet[AudioStream]]":
        packets = self.container.demux(stream)
        while True:
            try:
                yield next(packets)
            except StopIteration:
                return
            except FFmpegError:
                self.bad_packets += 1
                return

    def _decoded(self, packet: "Packet[AudioStream]") -> list[AudioFrame]:
        stream = packet.stream
        # After damage some recorders' true packets come with earlier times, marked "discard".
        sound = _without_discard(packet) if self.bad_packets and packet.is_discard else packet
        try:
            frames = stream.codec_context.decode(sound if sound.size else None)
        except FFmpegError:
            self.bad_packets += 1
            return []
        sounds = [frame for frame in frames if isinstance(frame, AudioFrame)]
        usable = [frame for frame in sounds if frame.layout.nb_channels <= _MOST_CHANNELS]
        self.bad_packets += len(usable) < len(sounds)
        return usable


def _without_discard(packet: "Packet[AudioStream]") -> "Packet[AudioStream]":
    copy = Packet(bytes(packet))
    copy.pts, copy.dts, copy.time_base = packet.pts, packet.dts, packet.time_base
    return cast("Packet[AudioStream]", copy)


def _resampled(frames: Iterator[AudioFrame]) -> Iterator[Samples]:
    """Mono pieces at 16 kHz; a change of layout, format or rate starts a new resampler."""
    resampler: AudioResampler | None = None
    shape: tuple[str, int, str] | None = None
    for frame in frames:
        found = (frame.layout.name, frame.sample_rate, frame.format.name)
        if resampler is None or found != shape:
            yield from _flushed(resampler)
            resampler = AudioResampler("fltp", frame.layout.name, SAMPLE_RATE_HZ)
            shape = found
        frame.pts = None
        yield from (_mono(piece) for piece in resampler.resample(frame))
    yield from _flushed(resampler)


def _flushed(resampler: AudioResampler | None) -> Iterator[Samples]:
    if resampler is not None:
        yield from (_mono(piece) for piece in resampler.resample(None))


def _mono(frame: AudioFrame) -> Samples:
    """The average of the channels: the resampler's own mixing is 3 dB louder and clips."""
    mono: Samples = frame.to_ndarray().mean(axis=0, dtype=np.float32)
    return mono
