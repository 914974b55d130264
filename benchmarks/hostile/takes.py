"""Real takes in the containers of phones and laptops, to be broken."""

import io
import wave

import av
import numpy as np

_RATE_HZ = 48_000
_FRAGMENTED = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof",
    "frag_duration": "500000",
}
# Container, codec, options: Chrome, Safari while it records, Safari's whole file, Firefox.
_CONTAINERS = {
    "webm": ("webm", "libopus", {}),
    "mp4": ("mp4", "aac", _FRAGMENTED),
    "whole-mp4": ("mp4", "aac", {}),
    "ogg": ("ogg", "libopus", {}),
    "mp3": ("mp3", "libmp3lame", {}),
    "flac": ("flac", "flac", {}),
}


def takes(seconds: float = 2.0) -> dict[str, bytes]:
    """One take a container, by name; every one of them can be heard."""
    sound = _speechlike(seconds)
    made = {
        name: encoded(sound, form, codec, options=options)
        for name, (form, codec, options) in _CONTAINERS.items()
    }
    return made | {"wav": wav(sound)}


def encoded(sound: np.ndarray, container: str, codec: str, *, options: dict[str, str]) -> bytes:
    """Encode mono float samples at 48 kHz as a recorder would."""
    frame = av.AudioFrame.from_ndarray(sound[np.newaxis], "fltp", "mono")
    frame.sample_rate, frame.pts = _RATE_HZ, 0
    file = io.BytesIO()
    with av.open(file, "w", format=container, options=options) as out:
        stream = out.add_stream(codec, rate=_RATE_HZ, layout="mono")
        resampler = av.AudioResampler(stream.format.name, "mono", _RATE_HZ)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return file.getvalue()


def wav(sound: np.ndarray) -> bytes:
    """Write mono float samples as a 16-bit WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE_HZ)
        out.writeframes((sound * 32767).astype("<i2").tobytes())
    return file.getvalue()


def bomb(hours: float) -> bytes:
    """Hours of silence in little space: Opus packets of two bytes, each a tenth of a second."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as out:
        stream = out.add_stream("libopus", rate=_RATE_HZ, layout="mono")
        stream.codec_context.open()
        for number in range(int(hours * 3600 / 0.12)):
            packet = av.Packet(b"\x0b\x06")  # six empty frames of 20 ms
            packet.stream, packet.pts, packet.dts = stream, number * 120, number * 120
            packet.time_base, packet.duration = stream.time_base or 1, 120
            out.mux(packet)
    return file.getvalue()


def _speechlike(seconds: float) -> np.ndarray:
    times = np.arange(int(seconds * _RATE_HZ)) / _RATE_HZ
    envelope = np.clip(np.sin(2 * np.pi * 4 * times), 0, 1)
    buzz = sum(np.sin(2 * np.pi * 130 * n * times) / n for n in range(1, 8))
    hiss = np.random.default_rng(1).normal(0, 0.0005, len(times))
    return (0.2 * envelope * buzz + hiss).astype(np.float32)
