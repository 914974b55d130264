"""A process that loads, is prepared, and is replaced when it has grown or cannot load."""

import time
from pathlib import Path

import pytest

from tests.audio.until import until
from voice_app.audio.speech import EngineError
from voice_app.audio.workers import EngineCrashed, EngineNotLoaded, Spec, Worker

GREEDY = Spec("tests.audio.misbehaving:Greedy")
MEGABYTE = 1_000_000


def test_is_recycled_after_some_answers_without_a_pause():
    with Worker(Spec("tests.audio.misbehaving:Slow"), recycle_after=3) as worker:
        first = [worker.call("process_id") for _ in range(3)]
        assert len(set(first)) == 1
        began = time.monotonic()
        assert worker.call("process_id") == first[0]
        assert time.monotonic() - began < 0.5, "an answer waited for the new process to load"
        until(lambda: worker.vitals().recycles == 1)
        assert worker.call("process_id") != first[0]
        assert worker.vitals().load_seconds >= 1


def test_who_has_grown_too_large_is_recycled():
    with Worker(GREEDY, memory_limit_bytes=300 * MEGABYTE, recycle_after=2) as worker:
        first = worker.call("process_id")
        worker.call("swell", 330 * MEGABYTE)
        assert worker.vitals().resident_bytes > 300 * MEGABYTE
        until(lambda: worker.vitals().recycles == 1)
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
        until(lambda: worker.vitals().recycles == 1)
        assert worker.call("swollen") == MEGABYTE


def test_what_is_prepared_late_holds_for_the_process_on_its_way_too():
    with Worker(Spec("tests.audio.misbehaving:Slow"), recycle_after=2) as worker:
        for _ in range(2):
            worker.call("process_id")
        worker.prepare("swell", MEGABYTE)
        until(lambda: worker.vitals().recycles == 1 or worker.call("process_id") == 0)
        assert worker.call("swollen") == MEGABYTE


def test_what_cannot_be_prepared_counts_as_not_loaded():
    with Worker(GREEDY) as worker:
        with pytest.raises(EngineNotLoaded, match="ValueError in misbehaving"):
            worker.prepare("fail")
        with pytest.raises(EngineNotLoaded, match="ValueError in misbehaving"):
            worker.call("process_id")
        assert worker.status() == "failed"


def test_what_needs_too_much_memory_to_load_says_so():
    with Worker(GREEDY, memory_limit_bytes=300 * MEGABYTE) as worker:
        with pytest.raises(EngineNotLoaded, match="more memory than it may have"):
            worker.prepare("swell", 2_000 * MEGABYTE)
        assert worker.vitals().crashes["out-of-memory"] == 0
        assert worker.vitals().load_failures == 1


def test_what_loads_too_long_is_ended():
    with Worker(Spec("tests.audio.misbehaving:Stuck"), load_seconds=0.5) as worker:
        with pytest.raises(EngineNotLoaded, match="it took too long"):
            worker.start()
        assert not worker.is_alive


def test_a_replacement_that_loads_too_long_is_ended(tmp_path: Path):
    spec = Spec("tests.audio.misbehaving:stuck_later", {"mark": tmp_path / "loaded"})
    with Worker(spec, load_seconds=3.0, recycle_after=1) as worker:
        first = worker.call("process_id")
        fresh = worker._fresh
        assert fresh is not None
        until(lambda: worker.vitals().load_failures == 1)
        assert not fresh.is_running
        assert worker.call("process_id") == first


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
        until(lambda: worker.vitals().load_failures == 1)
        assert worker.call("process_id") == first
        assert worker.status() == "ready"
        assert worker.vitals().recycles == 0


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
