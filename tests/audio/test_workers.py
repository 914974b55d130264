"""An engine in a process of its own: crashes, hangs and the parent's death cost one answer."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.audio.until import until
from voice_app.audio.speech import EngineError, Evidence, Recording
from voice_app.audio.workers import (
    EngineCrashed,
    EngineOutOfMemory,
    EngineTimedOut,
    Spec,
    Worker,
)

SPEC = Spec("tests.audio.fakes:Echo", {"word": "heard"})
RECORDING = Recording(np.zeros(1600, np.float32))


GREEDY = Spec("tests.audio.misbehaving:Greedy")
MEGABYTE = 1_000_000


@pytest.fixture
def worker() -> Iterator[Worker]:
    with Worker(SPEC, deadline_seconds=5.0) as made:
        yield made


def _text(worker: Worker, *phrases: str) -> str:
    heard = worker.call("hear", RECORDING, language="fr", phrases=phrases)
    assert isinstance(heard, Evidence)
    return heard.transcript.text


def test_hears_in_another_process(worker: Worker):
    assert worker.status() == "asleep"
    assert _text(worker) == "heard 1600"
    assert worker.is_alive
    assert worker.status() == "ready"
    assert worker.process_id not in {None, os.getpid()}


def test_a_crash_costs_one_answer(worker: Worker):
    with pytest.raises(EngineCrashed, match="signal 6"):
        _text(worker, "crash")
    assert _text(worker) == "heard 1600"
    vitals = worker.vitals()
    assert vitals.crashes == {"died": 1, "timed-out": 0, "out-of-memory": 0}
    assert (vitals.answers, vitals.starts, vitals.recycles) == (1, 2, 0)
    assert vitals.trouble == "The engine's process died (signal 6)."


def test_a_hang_is_ended_and_replaced():
    with Worker(SPEC, deadline_seconds=1.0) as worker:
        worker.start()
        before = worker.process_id
        with pytest.raises(EngineTimedOut):
            _text(worker, "hang")
        assert worker.call("process_id") != before
        assert worker.vitals().crashes["timed-out"] == 1


def test_an_expected_error_keeps_its_words_and_the_process(worker: Worker):
    _text(worker)
    before = worker.process_id
    with pytest.raises(EngineError, match="I do not want to"):
        _text(worker, "refuse")
    assert worker.process_id == before
    assert worker.vitals().crashes["died"] == 0


def test_a_bug_names_its_place_and_not_what_was_said(worker: Worker):
    with pytest.raises(EngineError, match=r"IndexError in fakes\.py, line \d+"):
        _text(worker, "bug")
    assert _text(worker) == "heard 1600"


def test_a_process_killed_from_outside_is_replaced(worker: Worker):
    _text(worker)
    os.kill(worker.process_id or 0, signal.SIGKILL)
    until(lambda: not worker.is_alive)
    assert _text(worker) == "heard 1600"
    assert worker.vitals().crashes["died"] == 1


def test_a_runaway_allocation_ends_the_process_and_not_the_machine():
    with Worker(GREEDY, memory_limit_bytes=300 * MEGABYTE) as worker:
        before = worker.call("process_id")
        with pytest.raises(EngineOutOfMemory, match="more memory than it may have"):
            worker.call("swell", 2_000 * MEGABYTE)
        assert worker.call("process_id") != before
        assert worker.vitals().crashes["out-of-memory"] == 1


def test_closing_ends_the_process_that_is_still_loading():
    worker = Worker(Spec("tests.audio.misbehaving:Slow"), recycle_after=1)
    worker.call("process_id")
    fresh = worker._fresh
    assert fresh is not None
    worker.close()
    assert not fresh.is_running
    assert not worker.is_alive


def test_a_closed_worker_stays_closed():
    worker = Worker(SPEC)
    worker.start()
    worker.close()
    worker.close()
    assert worker.status() == "closed"
    assert not worker.is_alive
    with pytest.raises(EngineError, match="closed"):
        worker.call("process_id")


def test_threads_wait_for_each_other():
    texts: list[str] = []
    with Worker(SPEC) as worker:

        def ask() -> None:
            heard = worker.call("hear", RECORDING, language="fr")
            texts.append(heard.transcript.text)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert texts == ["heard 1600"] * 8


LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_DATA, (900_000_000, 900_000_000))
from voice_app.audio.workers import Spec, Worker
with Worker(Spec("tests.audio.misbehaving:Greedy"), memory_limit_bytes=700_000_000) as worker:
    assert worker.call("process_id")
"""


def test_a_machine_that_allows_less_is_obeyed():
    assert subprocess.run([sys.executable, "-c", LIMITED], check=False).returncode == 0


PARENT = """
import sys, time
import numpy as np
from voice_app.audio.speech import Recording
from voice_app.audio.workers import Spec, Worker
worker = Worker(Spec("tests.audio.fakes:Echo"), deadline_seconds=60)
print(worker.call("process_id"), flush=True)
worker.call("hear", Recording(np.zeros(1, np.float32)), language="fr", phrases=(sys.argv[1],))
time.sleep(60)
"""


@pytest.mark.parametrize("order", ["hang", "rest"])
def test_kill_minus_nine_of_the_parent_leaves_no_orphan(order: str):
    parent = subprocess.Popen([sys.executable, "-c", PARENT, order], stdout=subprocess.PIPE)
    with parent:
        assert parent.stdout is not None
        child = Path("/proc", parent.stdout.readline().decode().strip())
        assert child.exists()
        parent.kill()
        parent.wait(5)
        deadline = time.monotonic() + 5
        while child.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not child.exists()
