"""A microphone for Chromium: a virtual sound card whose input is what a test plays into it.

PulseAudio runs without any real hardware. What the page plays goes to another virtual card, so
that the microphone never hears the employer.
"""

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np

RATE_HZ = 48_000
_CARDS = (
    "module-null-sink sink_name=speaker rate=48000 channels=1",
    "module-null-sink sink_name=mouth rate=48000 channels=1",
    "module-remap-source master=mouth.monitor source_name=microphone",
)
_FORMAT = ("--format=s16le", f"--rate={RATE_HZ}", "--channels=1")


class Microphone:
    """Starts the sound server in `folder`; `environment` is what Chromium needs to find it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        return {"PULSE_SERVER": f"unix:{self._folder}/pulse.sock"}

    def start(self) -> None:
        socket = f"module-native-protocol-unix auth-anonymous=1 socket={self._folder}/pulse.sock"
        modules = [part for card in (socket, *_CARDS) for part in ("-L", card)]
        log = f"--log-target=newfile:{self._folder}/pulse.log"
        home = {"HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)}
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", log, *modules],
            env=os.environ | home | {"PULSE_RUNTIME_PATH": str(self._folder / "run")},
        )
        self._wait()
        for command in ("set-default-sink speaker", "set-default-source microphone"):
            self._control(*command.split())

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(timeout=10)

    def say(self, sound: Path) -> None:
        """Play a sound file into the microphone, in real time."""
        subprocess.run(
            ["pacat", "--playback", "--device=mouth", "--raw", "--latency-msec=50", *_FORMAT],
            input=_pcm(sound),
            env=os.environ | self.environment,
            check=True,
            timeout=60,
        )

    def _wait(self) -> None:
        until = time.monotonic() + 15
        while self._control("info").returncode != 0:
            assert time.monotonic() < until, "the sound server did not start"
            time.sleep(0.1)

    def _control(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["pactl", *words],
            env=os.environ | self.environment,
            capture_output=True,
            check=False,
            timeout=15,
        )


def _pcm(sound: Path) -> bytes:
    """Any sound file as 48 kHz mono 16-bit samples."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    with av.open(str(sound), options={"format_whitelist": "mp3,wav"}) as container:
        frames = [
            part.to_ndarray().reshape(-1)
            for frame in container.decode(audio=0)
            for part in resampler.resample(frame)
        ]
    tail = np.zeros(RATE_HZ // 10, np.int16)
    return np.concatenate([*frames, tail]).tobytes()
