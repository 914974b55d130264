"""What is measured while the service runs, for Prometheus; nothing here names a person."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from voice_app.audio.speech import EngineError
from voice_app.audio.vitals import Vitals
from voice_app.hearings import Decided
from voice_app.jobs.queue import Standing

_WAITED = (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600)
_WORKED = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 5, 10, 30)


class Meters:
    """Counts since the service started, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "voice_app_answers",
            "Answers that were heard, by verdict and engine",
            ("verdict", "engine"),
            registry=self.registry,
        )
        self._unusable = Counter(
            "voice_app_unusable_takes",
            "Takes that could not be judged, by reason",
            ("reason",),
            registry=self.registry,
        )
        self._failures = Counter(
            "voice_app_failed_tries",
            "Times an engine failed on an answer, by kind; each answer is tried twice",
            ("kind",),
            registry=self.registry,
        )
        self._refused = Counter(
            "voice_app_refused_uploads",
            "Uploads put off because too many answers waited",
            registry=self.registry,
        )
        self._waited = Histogram(
            "voice_app_verdict_seconds",
            "Seconds from an answer's arrival to its verdict",
            buckets=_WAITED,
            registry=self.registry,
        )
        self._worked = Histogram(
            "voice_app_work_seconds",
            "Seconds of work on an answer: decoding, hearing, deciding",
            buckets=_WORKED,
            registry=self.registry,
        )

    def heard(self, decided: Decided, *, waited_seconds: float, work_seconds: float) -> None:
        """An answer has its verdict."""
        self._answers.labels(decided.verdict, decided.engine or "none").inc()
        if decided.verdict == "unusable":
            self._unusable.labels(decided.trouble or "other").inc()
        self._waited.observe(max(0.0, waited_seconds))
        self._worked.observe(work_seconds)

    def failed(self, failure: EngineError) -> None:
        """An engine failed on an answer."""
        self._failures.labels(failure.code).inc()

    def refused(self) -> None:
        """An upload was put off."""
        self._refused.inc()

    def watch(
        self,
        standing: Callable[[], Standing],
        processes: Callable[[], Mapping[str, Vitals]],
        *,
        clock: Callable[[], datetime],
    ) -> None:
        """Tell besides, whenever it is asked, what waits and how the processes fare."""
        self.registry.register(_Watched(standing, processes, clock))

    def text(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self.registry)


class _Watched(Collector):
    def __init__(
        self,
        standing: Callable[[], Standing],
        processes: Callable[[], Mapping[str, Vitals]],
        clock: Callable[[], datetime],
    ) -> None:
        self._standing = standing
        self._processes = processes
        self._clock = clock

    def collect(self) -> Iterable[Metric]:
        yield from self._waiting(self._standing())
        yield from _processes(self._processes())

    def describe(self) -> Iterable[Metric]:
        return ()

    def _waiting(self, standing: Standing) -> Iterable[Metric]:
        for name, told, value in (
            ("waiting_answers", "Answers that wait to be heard", standing.answers),
            ("waiting_people", "Attempts with answers that wait", standing.people),
            ("set_aside_answers", "Answers that wait for a restart", standing.set_aside),
            (
                "oldest_waiting_seconds",
                "How long the oldest waiting answer has waited",
                standing.oldest_seconds(self._clock()),
            ),
        ):
            yield GaugeMetricFamily(f"voice_app_{name}", told, value=value)


def _processes(processes: Mapping[str, Vitals]) -> Iterable[Metric]:
    crashes = CounterMetricFamily(
        "voice_app_process_crashes", "Crashes by kind", labels=("process", "kind")
    )
    for name, vitals in processes.items():
        for kind, count in vitals.crashes.items():
            crashes.add_metric((name, kind), count)
    yield crashes
    for field, told in (
        ("answers", "Answers by processes"),
        ("recycles", "Processes replaced on purpose"),
        ("load_failures", "Processes that could not load"),
    ):
        counter = CounterMetricFamily(f"voice_app_process_{field}", told, labels=("process",))
        for name, vitals in processes.items():
            counter.add_metric((name,), getattr(vitals, field))
        yield counter
    resident = GaugeMetricFamily(
        "voice_app_process_resident_bytes", "Memory a process holds", labels=("process",)
    )
    for name, vitals in processes.items():
        resident.add_metric((name,), vitals.resident_bytes)
    yield resident
