"""The original bytes stay: same bytes once, other bytes beside them, orphans swept."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voice_app.audio.store import BadUtteranceId, RecordingStore

ID = "0b4e1f7c-5a0b-4a55-9f0e-111111111111"
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> RecordingStore:
    return RecordingStore(tmp_path / "recordings")


def test_keeps_bytes_and_finds_them(store: RecordingStore):
    kept = store.keep(ID, b"sound")
    assert kept.path.read_bytes() == b"sound"
    assert kept.byte_size == 5
    assert store.path(ID, kept.sha256) == kept.path
    assert store.kept(ID) == (kept,)


def test_the_same_bytes_are_kept_once(store: RecordingStore):
    assert store.keep(ID, b"sound") == store.keep(ID, b"sound")
    assert len(store.kept(ID)) == 1


def test_other_bytes_lie_beside_the_first(store: RecordingStore):
    store.keep(ID, b"one")
    store.keep(ID, b"two")
    assert {one.path.read_bytes() for one in store.kept(ID)} == {b"one", b"two"}


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a/b", "a.b", "x" * 65, "a\n"])
def test_an_id_is_never_a_path(store: RecordingStore, name: str):
    with pytest.raises(BadUtteranceId):
        store.keep(name, b"sound")
    with pytest.raises(BadUtteranceId):
        store.kept(name)


def test_sweeps_only_old_orphans(store: RecordingStore):
    known, beside = (store.keep(ID, data) for data in (b"known", b"other bytes, same id"))
    orphan, fresh = (store.keep(other, b"") for other in ("orphan", "fresh"))
    partial = known.path.with_name("x.1.partial")
    partial.write_bytes(b"half")
    old = (NOW - timedelta(days=2)).timestamp()
    for path in (known.path, beside.path, orphan.path, partial):
        os.utime(path, (old, old))
    removed = store.sweep({ID}, older_than=NOW - timedelta(days=1))
    assert set(removed) == {orphan.path, partial}
    assert known.path.exists()
    assert beside.path.exists()
    assert fresh.path.exists()


def test_a_refusing_disk_leaves_nothing(store: RecordingStore, monkeypatch: pytest.MonkeyPatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.keep(ID, b"sound")
    assert list(store.path(ID, "0" * 64).parent.iterdir()) == []


def test_says_whether_it_can_be_written(store: RecordingStore, tmp_path: Path):
    assert store.is_writable()
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="ascii")
    assert not RecordingStore(blocked).is_writable()
