"""The original bytes stay: same bytes once, other bytes beside them, orphans swept."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voice_app.audio.store import BadUtteranceId, RecordingStore
from voice_app.vault import KeyGone, NotOpened, Vault

ID = "0b4e1f7c-5a0b-4a55-9f0e-111111111111"
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault(tmp_path_factory.mktemp("vault"), b"a passphrase for tests")


@pytest.fixture
def store(tmp_path: Path, vault: Vault) -> RecordingStore:
    return RecordingStore(tmp_path / "recordings", vault)


def test_keeps_bytes_and_finds_them(store: RecordingStore):
    kept = store.keep(ID, b"sound", owner="ana")
    assert store.read(kept.path.name, owner="ana") == b"sound"
    assert b"sound" not in kept.path.read_bytes()
    assert store.found(ID, kept.sha256) == kept
    assert kept.byte_size == 5
    assert store.path(ID, kept.sha256) == kept.path
    assert store.kept(ID) == (kept,)


def test_the_same_bytes_are_kept_once(store: RecordingStore):
    assert store.keep(ID, b"sound", owner="ana") == store.keep(ID, b"sound", owner="ana")
    assert len(store.kept(ID)) == 1


def test_other_bytes_lie_beside_the_first(store: RecordingStore):
    store.keep(ID, b"one", owner="ana")
    store.keep(ID, b"two", owner="ana")
    assert {store.read(one.path.name, owner="ana") for one in store.kept(ID)} == {b"one", b"two"}


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a/b", "a.b", "x" * 65, "a\n"])
def test_an_id_is_never_a_path(store: RecordingStore, name: str):
    with pytest.raises(BadUtteranceId):
        store.keep(name, b"sound", owner="ana")
    with pytest.raises(BadUtteranceId):
        store.kept(name)


def test_sweeps_only_old_orphans(store: RecordingStore):
    known, beside = (
        store.keep(ID, data, owner="ana") for data in (b"known", b"other bytes, same id")
    )
    orphan, fresh = (store.keep(other, b"", owner="ana") for other in ("orphan", "fresh"))
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
        store.keep(ID, b"sound", owner="ana")
    assert list(store.path(ID, "0" * 64).parent.iterdir()) == []


def test_says_whether_it_can_be_written(store: RecordingStore, vault: Vault, tmp_path: Path):
    assert store.is_writable()
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="ascii")
    assert not RecordingStore(blocked, vault).is_writable()


def test_a_recording_opens_for_its_owner_and_under_its_name_alone(store: RecordingStore):
    kept = store.keep(ID, b"sound", owner="ana")
    store.keep("other", b"sound", owner="ben")
    with pytest.raises((NotOpened, KeyGone)):
        store.read(kept.path.name, owner="ben")
    moved = store.path("moved", kept.sha256)
    kept.path.rename(moved)
    with pytest.raises(NotOpened):
        store.read(moved.name, owner="ana")


def test_lends_the_sound_in_a_folder_of_its_own_and_takes_it_back(store: RecordingStore):
    kept = store.keep(ID, b"sound", owner="ana")
    with store.opened(kept.path.name, owner="ana") as take:
        assert take.read_bytes() == b"sound"
        assert take.parent.stat().st_mode & 0o077 == 0
        assert list(take.parent.iterdir()) == [take]
    assert not take.parent.exists()


def test_what_a_killed_service_left_in_the_clear_is_taken_back(store: RecordingStore):
    kept = store.keep(ID, b"sound", owner="ana")
    lending = store.opened(kept.path.name, owner="ana")
    lent = lending.__enter__()
    assert store.scratch.sweep() == 1
    assert not lent.exists()
    lending.__exit__(None, None, None)


def test_a_sweep_leaves_what_is_being_heard(store: RecordingStore):
    kept = store.keep(ID, b"sound", owner="ana")
    with store.opened(kept.path.name, owner="ana") as take:
        store.sweep(set(), older_than=NOW + timedelta(days=9999))
        assert not kept.path.exists()
        assert take.read_bytes() == b"sound"


def test_removes_all_bytes_under_an_id(store: RecordingStore):
    store.keep(ID, b"one", owner="ana")
    store.keep(ID, b"two", owner="ana")
    store.keep("other", b"one", owner="ana")
    assert store.remove(ID) == 2
    assert store.kept(ID) == ()
    assert len(store.kept("other")) == 1


def test_a_file_of_before_is_read_and_then_sealed_once(store: RecordingStore):
    kept = store.keep(ID, b"sound", owner="ana")
    kept.path.write_bytes(b"sound")
    assert store.read(kept.path.name, owner="ana") == b"sound"
    assert store.found(ID, kept.sha256).byte_size == 5
    assert [store.seal(kept.path.name, owner="ana") for _ in range(2)] == [True, False]
    assert store.is_sealed(kept.path.name)
    assert store.read(kept.path.name, owner="ana") == b"sound"
