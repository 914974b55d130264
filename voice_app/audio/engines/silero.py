"""Silero, a small network that tells speech from other sounds; its model comes with a wheel."""

from functools import lru_cache
from typing import Any

import numpy as np
from faster_whisper.vad import get_vad_model

from voice_app.audio.quality import FRAME_SAMPLES, SHORTEST_SPEECH_SECONDS, SpeechFrames
from voice_app.audio.speech import SAMPLE_RATE_HZ, Recording

# Low, because a lost syllable costs an answer and a little noise costs nothing.
_LIKELY = 0.3
# Half a second of silence on both sides: without it a word cut close is not told from noise.
_EDGE_FRAMES = 16
_LATER = (FRAME_SAMPLES // 4, FRAME_SAMPLES // 2, 3 * FRAME_SAMPLES // 4)


def speech_frames(recording: Recording) -> SpeechFrames:
    """Tell of each frame of `FRAME_SAMPLES` whether somebody speaks in it, shape (n,).

    Where that is too little for a word it is asked again with frames that begin a quarter, a
    half and three quarters of a frame later: whether a word of a few frames is found depends on
    where they begin.
    """
    found = _likely_frames(recording, later=0)
    if np.count_nonzero(found) * FRAME_SAMPLES < SHORTEST_SPEECH_SECONDS * SAMPLE_RATE_HZ:
        for later in _LATER:
            found = found | _likely_frames(recording, later=later)
    return found


def _likely_frames(recording: Recording, *, later: int) -> SpeechFrames:
    missing = -len(recording.samples) % FRAME_SAMPLES
    edge = _EDGE_FRAMES * FRAME_SAMPLES
    samples = np.pad(recording.samples, (edge - later, edge + missing + later))
    likely: SpeechFrames = np.asarray(_model()(samples)).reshape(-1) >= _LIKELY
    return likely[_EDGE_FRAMES : len(likely) - _EDGE_FRAMES]


@lru_cache(maxsize=1)
def _model() -> Any:
    return get_vad_model()
