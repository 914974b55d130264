"""Rendering: a task becomes a spoken, paced, leveled file and a line of the manifest."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from voice_app.audio import pace as rates
from voice_app.audio import voices
from voice_app.audio.mp3 import RATE_HZ, read
from voice_app.audio.plans import Assets, Task
from voice_app.audio.prompts import Entry, Manifest, write_whole
from voice_app.audio.shaping import Finished, finish, trim, widen
from voice_app.audio.speech import Samples, Synthesizer, VoiceError

_TRIES = 4
_HEARD_STEP = 0.01  # a smaller change of speed is not heard
_SHORTEST_TALK = 0.25  # seconds

Gaps = tuple[tuple[float, float], ...]
GetSynthesizer = Callable[[str], Synthesizer]


@dataclass(frozen=True)
class _Take:
    """One saying: `spoken` as the voice said it, `speech` with its pauses brought to length."""

    spoken: Samples
    speech: Samples
    speed: float
    pausing: float = 0.0  # seconds of the pauses inside

    @property
    def seconds(self) -> float:
        return len(self.speech) / RATE_HZ

    @property
    def talking(self) -> float:
        return self.seconds - self.pausing


def render(
    tasks: Iterable[Task], assets: Assets, *, synthesizer: GetSynthesizer, is_again: bool = False
) -> Manifest:
    """Make the files of `tasks`; return the manifest, which is saved after every single file.

    What was said before in the same words, voice and pace, under another key, is not said again,
    unless `is_again`: then only what this call itself has said serves several keys. Stopping at
    any moment loses at most the file being made. `synthesizer` gives the engine of a name, and is
    asked only for engines that speak. Raises `VoiceAppError`.
    """
    manifest = assets.manifest
    said = {} if is_again else {one.fingerprint: one for one in manifest.entries}
    for task in tasks:
        known = _same_sound(task, said.get(task.fingerprint), assets.folder)
        entry = known or _made(task, assets.folder, synthesizer=synthesizer)
        said[task.fingerprint] = entry
        manifest = _noted(manifest, entry, assets.folder)
    return manifest


def remove(entries: Iterable[Entry], assets: Assets) -> Manifest:
    """Delete files and their lines in the manifest."""
    gone = tuple(entries)
    manifest = assets.manifest.without(gone)
    kept = {entry.path for entry in manifest.entries}
    manifest.save(assets.folder)
    for path in {entry.path for entry in gone} - kept:
        (assets.folder / path).unlink(missing_ok=True)
    return manifest


def _same_sound(task: Task, said: Entry | None, folder: Path) -> Entry | None:
    """Copy the file of another key that says just this; None where there is none."""
    if said is None or said.path == task.path or not (folder / said.path).is_file():
        return None
    content = (folder / said.path).read_bytes()
    if hashlib.sha256(content).hexdigest() != said.sha256:  # its key says something else by now
        return None
    write_whole(folder / task.path, content)
    return replace(said, key=task.sentence.key, path=task.path)


def _made(task: Task, folder: Path, *, synthesizer: GetSynthesizer) -> Entry:
    take = _take(task, synthesizer)
    finished = finish(take.speech)
    write_whole(folder / task.path, finished.mp3)
    return _entry(task, take, finished)


def _noted(manifest: Manifest, entry: Entry, folder: Path) -> Manifest:
    manifest = manifest.with_entry(entry)
    manifest.save(folder)
    return manifest


def _take(task: Task, synthesizer: GetSynthesizer) -> _Take:
    if task.recording is not None:
        recorded = trim(read(task.recording))
        return _Take(recorded, recorded, 1.0)
    return _paced(task, synthesizer(task.engine))


def _paced(task: Task, engine: Synthesizer) -> _Take:
    """Say it at the speed that takes the right time, found by saying it up to four times."""
    kind = task.sentence.kind
    goal = rates.goal_seconds(task.sentence.text, kind=kind, pace=task.pace)
    gaps = rates.pauses(task.spoken, kind=kind, pace=task.pace)
    talking = max(_SHORTEST_TALK, goal - sum(seconds for _, seconds in gaps))
    speed = _held(task, voices.speed_for(task.spoken, voice=task.voice, seconds=talking))
    best = _said(task, engine, speed=speed, gaps=gaps)
    for _ in range(_TRIES - 1):
        ratio = best.talking / max(_SHORTEST_TALK, goal - best.pausing)
        speed = _held(task, best.speed * ratio ** (1 / voices.SPEED_POWER))
        is_near = abs(best.seconds / goal - 1) <= rates.band(kind).tolerance
        if is_near or abs(speed - best.speed) < _HEARD_STEP:
            break
        take = _said(task, engine, speed=speed, gaps=gaps)
        best = min((best, take), key=lambda one: _missed_by(one, goal))
    return _rested(best, gaps, goal=goal)


def _missed_by(take: _Take, goal: float) -> float:
    """How far a take is from the seconds aimed at; too fast is worse than too slow."""
    return (take.seconds - goal) if take.seconds > goal else 2 * (goal - take.seconds)


def _rested(take: _Take, gaps: Gaps, *, goal: float) -> _Take:
    """A take too fast at the voice's slowest gets longer pauses, as far as they may go."""
    spare = goal - take.seconds
    if spare <= 0 or not gaps:
        return take
    longest = rates.LONGEST_PAUSE_SECONDS
    longer = [(share, min(longest, each + spare / len(gaps))) for share, each in gaps]
    speech, pausing = widen(take.spoken, longer)
    return _Take(take.spoken, speech, take.speed, pausing)


def _held(task: Task, speed: float) -> float:
    slowest, fastest = rates.speeds(task.sentence.kind, task.pace)
    return round(min(max(speed, slowest), fastest), 3)


def _said(task: Task, engine: Synthesizer, *, speed: float, gaps: Gaps) -> _Take:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "said.wav"
        engine.say(
            task.spoken,
            language=task.sentence.language,
            voice=task.voice,
            speed=speed,
            target=target,
        )
        speech = trim(read(target))
    if not len(speech):
        raise VoiceError(f"{task.engine} gave silence for {task.spoken!r}.")
    widened, pausing = widen(speech, gaps)
    return _Take(speech, widened, speed, pausing)


def _entry(task: Task, take: _Take, finished: Finished) -> Entry:
    sentence = task.sentence
    return Entry(
        key=sentence.key,
        pace=task.pace,
        language=sentence.language,
        kind=sentence.kind,
        text=sentence.text,
        spoken=task.spoken,
        engine=task.engine,
        voice=task.voice,
        speed=take.speed,
        path=task.path,
        fingerprint=task.fingerprint,
        sha256=hashlib.sha256(finished.mp3).hexdigest(),
        size_bytes=len(finished.mp3),
        duration_seconds=round(finished.duration_seconds, 3),
        lufs=round(finished.loudness.lufs, 2),
        peak_dbtp=round(finished.loudness.peak_dbtp, 2),
        words_per_minute=round(rates.words(sentence.text) * 60 / take.seconds, 1),
        syllables_per_second=round(rates.syllables(sentence.text) / take.seconds, 2),
    )
