"""Earcons: four short soft tones for starting to listen, stopping, sending and being done."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from voice_app.audio.loudness import PEAK_DBTP, level
from voice_app.audio.mp3 import RATE_HZ, encode
from voice_app.audio.prompts import write_whole
from voice_app.audio.speech import Samples

FOLDER_NAME = "earcons"

# Softer than speech: a signal under the voices, never a startle.
_LUFS = -25.0

# Notes as (hertz, seconds): up to begin, down to end, the same interval so that they pair.
_NOTES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "start": ((659.3, 0.05), (880.0, 0.08)),
    "stop": ((880.0, 0.05), (659.3, 0.09)),
    "sent": ((784.0, 0.12),),
    "done": ((523.3, 0.12), (659.3, 0.12), (784.0, 0.26)),
}


def earcon(name: str) -> Samples:
    """The tone of a name, mono float32 at 24 kHz."""
    notes = [_note(hertz, seconds) for hertz, seconds in _NOTES[name]]
    return level(np.concatenate(notes), rate_hz=RATE_HZ, lufs=_LUFS, peak_dbtp=PEAK_DBTP - 2)


def render_earcons(assets: Path) -> tuple[Path, ...]:
    """Write every earcon that is not the same already; return those written."""
    written = []
    for name in _NOTES:
        path, mp3 = assets / FOLDER_NAME / f"{name}.mp3", encode(earcon(name))
        if not path.is_file() or path.read_bytes() != mp3:
            write_whole(path, mp3)
            written.append(path)
    return tuple(written)


def missing_earcons(assets: Path) -> tuple[str, ...]:
    """Names of the earcons whose file is not there."""
    return tuple(n for n in _NOTES if not (assets / FOLDER_NAME / f"{n}.mp3").is_file())


def _note(hertz: float, seconds: float) -> Samples:
    """A rounded tone: a sine with a soft octave, rising in 8 ms and dying away."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    wave = np.sin(2 * np.pi * hertz * time) + 0.2 * np.sin(4 * np.pi * hertz * time)
    rise = np.minimum(1.0, time / 0.008)
    fall = np.minimum(1.0, (seconds - time) / min(0.03, seconds / 2))
    return np.asarray(0.3 * wave * rise * fall, dtype=np.float32)
