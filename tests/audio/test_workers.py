"""An engine in a process of its own: crashes, hangs and the parent's death cost one answer."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from voice_app.audio.speech import EngineError, Evidence, Recording
from voice_app.audio.workers import (
    EngineCrashed,
    EngineNotLoaded,
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


def _until(is_true: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_true() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert is_true()


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
    _until(lambda: not worker.is_alive)
    assert _text(worker) == "heard 1600"
    assert worker.vitals().crashes["died"] == 1


def test_a_runaway_allocation_ends_the_process_and_not_the_machine():
    with Worker(GREEDY, memory_limit_bytes=300 * MEGABYTE) as worker:
        before = worker.call("process_id")
        with pytest.raises(EngineOutOfMemory, match="more memory than it may have"):
            worker.call("swell", 2_000 * MEGABYTE)
        assert worker.call("process_id") != before
        assert worker.vitals().crashes["out-of-memory"] == 1


def test_is_recycled_after_some_answers_without_a_pause():
    with Worker(Spec("tests.audio.misbehaving:Slow"), recycle_after=3) as worker:
        first = [worker.call("process_id") for _ in range(3)]
        assert len(set(first)) == 1
        began = time.monotonic()
        assert worker.call("process_id") == first[0]
        assert time.monotonic() - began < 0.5, "an answer waited for the new process to load"
        _until(lambda: worker.vitals().recycles == 1)
        assert worker.call("process_id") != first[0]
        assert worker.vitals().load_seconds >= 1


def test_who_has_grown_too_large_is_recycled():
    with Worker(GREEDY, memory_limit_bytes=300 * MEGABYTE, recycle_after=2) as worker:
        first = worker.call("process_id")
        worker.call("swell", 330 * MEGABYTE)
        assert worker.vitals().resident_bytes > 300 * MEGABYTE
        _until(lambda: worker.vitals().recycles == 1)
        assert worker.call("process_id") != first
        assert worker.vitals().resident_bytes < 300 * MEGABYTE


def test_a_limit_under_what_is_needed_costs_one_loading_in_ten_answers():
    with Worker(GREEDY, memory_limit_bytes=100 * MEGABYTE) as worker:
        worker.prepare("swell", 105 * MEGABYTE)
        for _ in range(9):
            worker.call("process_id")
        assert worker.vitals().resident_bytes > 100 * MEGABYTE
        assert worker.vitals().starts == 1


def test_what_was_prepared_is_prepared_in_each_later_process():
    with Worker(GREEDY, recycle_after=2) as worker:
        worker.prepare("swell", MEGABYTE)
        worker.prepare("swell", MEGABYTE)
        assert worker.call("swollen") == MEGABYTE
        with pytest.raises(EngineCrashed):
            worker.call("crash")
        for _ in range(2):
            assert worker.call("swollen") == MEGABYTE
        _until(lambda: worker.vitals().recycles == 1)
        assert worker.call("swollen") == MEGABYTE


def test_what_is_prepared_late_holds_for_the_process_on_its_way_too():
    with Worker(Spec("tests.audio.misbehaving:Slow"), recycle_after=2) as worker:
        for _ in range(2):
            worker.call("process_id")
        worker.prepare("swell", MEGABYTE)
        _until(lambda: worker.vitals().recycles == 1 or worker.call("process_id") == 0)
        assert worker.call("swollen") == MEGABYTE


def test_what_cannot_be_prepared_counts_as_not_loaded():
    with Worker(GREEDY) as worker:
        with pytest.raises(EngineNotLoaded, match="ValueError in misbehaving"):
            worker.prepare("fail")
        with pytest.raises(EngineNotLoaded, match="ValueError in misbehaving"):
            worker.call("process_id")
        assert worker.status() == "failed"


def test_what_cannot_be_loaded_is_tried_after_pauses_that_double():
    now = [0.0]
    with Worker(Spec("tests.audio.misbehaving:corrupt"), clock=lambda: now[0]) as worker:
        for moment, starts in ((0.0, 1), (0.5, 1), (1.0, 2), (2.5, 2), (3.0, 3), (6.5, 3)):
            now[0] = moment
            with pytest.raises(EngineNotLoaded, match="There is no model"):
                worker.call("process_id")
            assert worker.vitals().starts == starts
        assert worker.status() == "failed"
        assert worker.vitals().load_failures == 3


def test_what_can_be_loaded_again_is_well_again(tmp_path: Path):
    mark, now = tmp_path / "loaded", [0.0]
    mark.touch()
    spec = Spec("tests.audio.misbehaving:loads_once", {"mark": mark})
    with Worker(spec, clock=lambda: now[0]) as worker:
        with pytest.raises(EngineNotLoaded):
            worker.start()
        assert worker.status() == "failed"
        mark.unlink()
        now[0] = 1.0
        worker.start()
        assert worker.status() == "ready"


def test_a_recycled_process_that_cannot_load_leaves_the_old_one_at_work(tmp_path: Path):
    spec = Spec("tests.audio.misbehaving:loads_once", {"mark": tmp_path / "loaded"})
    with Worker(spec, recycle_after=2) as worker:
        first = worker.call("process_id")
        worker.call("process_id")
        _until(lambda: worker.vitals().load_failures == 1)
        assert worker.call("process_id") == first
        assert worker.status() == "ready"
        assert worker.vitals().recycles == 0


def test_closing_ends_the_process_that_is_still_loading():
    worker = Worker(Spec("tests.audio.misbehaving:Slow"), recycle_after=1)
    worker.call("process_id")
    fresh = worker._fresh
    assert fresh is not None
    worker.close()
    assert not fresh.is_running
    assert not worker.is_alive


@pytest.mark.parametrize(
    ("factory", "words"),
    [
        ("tests.audio.fakes:broken", "There is no model"),
        ("tests.audio.fakes:dying", "exit code 3"),
        ("tests.audio.fakes:nothing", "AttributeError"),
        ("tests.audio.nowhere:nothing", "ModuleNotFoundError"),
    ],
)
def test_an_engine_that_cannot_be_loaded_says_so_each_time(factory: str, words: str):
    with Worker(Spec(factory)) as worker:
        for _ in range(2):
            with pytest.raises(EngineError, match=words):
                worker.start()
        assert not worker.is_alive
        assert worker.status() == "failed"


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
