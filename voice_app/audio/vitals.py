"""How a supervised process fares: counted by its worker, read by whoever watches the service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

State = Literal["asleep", "loading", "ready", "busy", "failed", "closed"]
Crash = Literal["died", "timed-out", "out-of-memory"]


@dataclass(frozen=True)
class Vitals:
    """One process and those that held its place before, since the service started.

    `state` is `failed` from a loading that failed to one that does not.
    `answers` counts what the methods returned or refused; `crashes` by kind what cost an
    answer; `load_failures` the processes that never became ready, `recycles` those that were
    replaced on purpose. `resident_bytes` is what the process held after its last answer,
    `load_seconds` what the last loading took. `trouble` names the last failure.
    """

    state: State
    process_id: int | None
    answers: int
    crashes: dict[Crash, int]
    load_failures: int
    recycles: int
    starts: int
    resident_bytes: int
    load_seconds: float | None
    seconds_since_answer: float | None
    seconds_since_failure: float | None
    trouble: str | None


@runtime_checkable
class Supervised(Protocol):
    """Works in processes of its own, and tells how they fare."""

    def processes(self) -> Mapping[str, Vitals]:
        """By a short name of what the process is for; never waits."""
        ...


def processes_of(engines: object) -> Mapping[str, Vitals]:
    """How the processes of some engines fare; empty for engines without any."""
    return engines.processes() if isinstance(engines, Supervised) else {}


@dataclass
class Counts:
    """What a worker has counted; moments are those of the worker's own clock, in seconds."""

    answers: int = 0
    crashes: dict[Crash, int] = field(
        default_factory=lambda: {"died": 0, "timed-out": 0, "out-of-memory": 0}
    )
    load_failures: int = 0
    recycles: int = 0
    starts: int = 0
    resident_bytes: int = 0
    load_seconds: float | None = None
    answered_at: float | None = None
    failed_at: float | None = None
    trouble: str | None = None

    def vitals(self, state: State, process_id: int | None, *, now: float) -> Vitals:
        """What is counted so far, as it is told."""
        return Vitals(
            state=state,
            process_id=process_id,
            answers=self.answers,
            crashes=dict(self.crashes),
            load_failures=self.load_failures,
            recycles=self.recycles,
            starts=self.starts,
            resident_bytes=self.resident_bytes if process_id is not None else 0,
            load_seconds=self.load_seconds,
            seconds_since_answer=_since(self.answered_at, now),
            seconds_since_failure=_since(self.failed_at, now),
            trouble=self.trouble,
        )


def _since(moment: float | None, now: float) -> float | None:
    return None if moment is None else round(now - moment, 1)
