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

from voice_app.audio.speech import EngineError, Recording
from voice_app.audio.workers import (
    EngineCrashed,
    EngineTimedOut,
    Spec,
    SupervisedRecognizer,
    Worker,
)

SPEC = Spec("tests.audio.fakes:Echo", {"word": "heard"})
RECORDING = Recording(np.zeros(1600, np.float32))


@pytest.fixture
def recognizer() -> Iterator[SupervisedRecognizer]:
    made = SupervisedRecognizer(SPEC, deadline_seconds=5.0)
    yield made
    made.close()


def _text(recognizer: SupervisedRecognizer, *phrases: str) -> str:
    return recognizer.hear(RECORDING, language="fr", phrases=phrases).transcript.text


def test_hears_in_another_process(recognizer: SupervisedRecognizer):
    assert recognizer.status() == "asleep"
    assert _text(recognizer) == "heard 1600"
    assert recognizer.is_alive
    assert recognizer.status() == "ready"
    assert recognizer.worker.process_id not in {None, os.getpid()}


def test_a_crash_costs_one_answer(recognizer: SupervisedRecognizer):
    with pytest.raises(EngineCrashed, match="signal 6"):
        _text(recognizer, "crash")
    assert _text(recognizer) == "heard 1600"


def test_a_hang_is_ended_and_replaced():
    with Worker(SPEC, deadline_seconds=1.0) as worker:
        worker.start()
        before = worker.process_id
        with pytest.raises(EngineTimedOut):
            worker.call("hear", RECORDING, language="fr", phrases=("hang",))
        assert worker.call("process_id") != before


def test_an_expected_error_keeps_its_words_and_the_process(recognizer: SupervisedRecognizer):
    _text(recognizer)
    before = recognizer.worker.process_id
    with pytest.raises(EngineError, match="I do not want to"):
        _text(recognizer, "refuse")
    assert recognizer.worker.process_id == before


def test_a_bug_names_its_place_and_not_what_was_said(recognizer: SupervisedRecognizer):
    with pytest.raises(EngineError, match=r"IndexError in fakes\.py, line \d+"):
        _text(recognizer, "bug")
    assert _text(recognizer) == "heard 1600"


def test_a_process_killed_from_outside_is_replaced(recognizer: SupervisedRecognizer):
    _text(recognizer)
    os.kill(recognizer.worker.process_id or 0, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while recognizer.is_alive and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not recognizer.is_alive
    assert _text(recognizer) == "heard 1600"


def test_is_recycled_after_some_answers():
    with Worker(SPEC, recycle_after=2) as worker:
        first = [worker.call("process_id") for _ in range(2)]
        assert len(set(first)) == 1
        assert worker.call("process_id") not in first


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
        assert worker.status() == "asleep"


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
