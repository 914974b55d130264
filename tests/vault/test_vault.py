"""What is sealed for one person opens for nobody else, and for nobody once the key is gone."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice_app.vault import (
    OVERHEAD_BYTES,
    Forgotten,
    KeyGone,
    Ledger,
    NotOpened,
    Vault,
    VaultError,
    is_sealed,
    reencrypt,
    tag_of,
)

PASSPHRASE = b"a passphrase for tests"
CANARY = b"canary: what somebody said aloud"
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault(tmp_path_factory.mktemp("vault"), PASSPHRASE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def vault(folder: Path) -> Vault:
    return Vault(folder, PASSPHRASE)


@given(data=st.binary(max_size=300), owner=st.text(min_size=1), about=st.text())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_opens_what_was_sealed(lasting: Vault, data: bytes, owner: str, about: str):
    box = lasting.seal(data, owner=owner, about=about)
    assert is_sealed(box)
    assert len(box) == len(data) + OVERHEAD_BYTES
    assert lasting.opened(box, owner=owner, about=about) == data


def test_no_byte_of_it_can_be_read(vault: Vault):
    assert CANARY not in vault.seal(CANARY, owner="ana")


def test_the_same_bytes_never_look_the_same(vault: Vault):
    assert vault.seal(CANARY, owner="ana") != vault.seal(CANARY, owner="ana")


def test_it_is_bound_to_its_owner_and_to_what_it_is(vault: Vault):
    box = vault.seal(CANARY, owner="ana", about="utterance-1")
    vault.seal(b"", owner="ben")
    for owner, about in (("ana", "utterance-2"), ("ana", "")):
        with pytest.raises(NotOpened):
            vault.opened(box, owner=owner, about=about)
    with pytest.raises(VaultError):
        vault.opened(box, owner="ben", about="utterance-1")


@pytest.mark.parametrize("at", [0, 3, 4, 19, 20, 31, 32, -1])
def test_no_byte_can_be_altered(vault: Vault, at: int):
    box = bytearray(vault.seal(CANARY, owner="ana"))
    box[at] ^= 1
    with pytest.raises(VaultError):
        vault.opened(bytes(box), owner="ana")


def test_forgotten_is_forgotten_for_one_alone(vault: Vault, folder: Path):
    of_ana, of_ben = (vault.seal(CANARY, owner=one) for one in ("ana", "ben"))
    vault.forget("ana")
    vault.forget("ana")
    with pytest.raises(KeyGone):
        vault.opened(of_ana, owner="ana")
    assert not vault.has_key("ana")
    assert Vault(folder, PASSPHRASE).opened(of_ben, owner="ben") == CANARY


def test_a_new_key_opens_nothing_of_before(vault: Vault):
    before = vault.seal(CANARY, owner="ana")
    vault.forget("ana")
    after = vault.seal(CANARY, owner="ana")
    with pytest.raises(KeyGone):
        vault.opened(before, owner="ana")
    assert vault.opened(after, owner="ana") == CANARY


def test_a_key_destroyed_by_another_process_is_not_used_from_memory(vault: Vault, folder: Path):
    box = vault.seal(CANARY, owner="ana")
    other = multiprocessing.get_context("fork").Process(
        target=lambda: Vault(folder, PASSPHRASE).forget("ana")
    )
    other.start()
    other.join()
    assert other.exitcode == 0
    with pytest.raises(KeyGone):
        vault.opened(box, owner="ana")


def test_many_at_once_share_one_key(vault: Vault):
    with ThreadPoolExecutor(8) as pool:
        boxes = list(pool.map(lambda _: vault.seal(CANARY, owner="ana"), range(40)))
    assert {vault.opened(box, owner="ana") for box in boxes} == {CANARY}
    assert vault.tags() == {tag_of("ana")}


def test_no_file_names_its_owner_or_is_open_to_others(vault: Vault, folder: Path):
    vault.seal(CANARY, owner="ana")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert all("ana" not in path.name and path.stat().st_mode & 0o077 == 0 for path in files)
    assert folder.stat().st_mode & 0o077 == 0


def test_another_passphrase_opens_nothing(vault: Vault, folder: Path):
    vault.seal(CANARY, owner="ana")
    with pytest.raises(VaultError, match="cannot be opened"):
        Vault(folder, b"not this passphrase")


def test_a_new_passphrase_takes_the_place_of_the_old(vault: Vault, folder: Path):
    box = vault.seal(CANARY, owner="ana")
    assert reencrypt(folder, PASSPHRASE, new=b"another passphrase")
    assert reencrypt(folder, PASSPHRASE, new=b"another passphrase")
    assert Vault(folder, b"another passphrase").opened(box, owner="ana") == CANARY
    with pytest.raises(VaultError):
        Vault(folder, PASSPHRASE)
    assert not reencrypt(folder / "elsewhere", PASSPHRASE, new=b"x")


def test_a_missing_master_key_is_never_replaced(vault: Vault, folder: Path):
    vault.seal(CANARY, owner="ana")
    (folder / "master.key").unlink()
    with pytest.raises(VaultError, match="Put it back"):
        Vault(folder, PASSPHRASE)


def test_a_master_key_open_to_others_is_refused(vault: Vault, folder: Path):
    del vault
    (folder / "master.key").chmod(0o644)
    with pytest.raises(VaultError, match="chmod 600"):
        Vault(folder, PASSPHRASE)


def test_the_key_of_another_person_is_no_use(vault: Vault, folder: Path):
    box = vault.seal(CANARY, owner="ana")
    vault.seal(CANARY, owner="ben")
    keys = folder / "keys"
    stolen = (keys / f"{tag_of('ana')}.key").read_bytes()
    (keys / f"{tag_of('ben')}.key").write_bytes(stolen)
    with pytest.raises(VaultError, match="damaged"):
        vault.opened(box, owner="ben")


def test_the_ledger_keeps_wishes_once_and_in_order(folder: Path):
    ledger = Ledger(folder)
    first, second = (
        Forgotten("1", tag_of("ana"), "voice", NOW),
        Forgotten("2", tag_of("ben"), "everything", NOW),
    )
    for wish in (first, second, first):
        ledger.add(wish)
    assert list(Ledger(folder).all()) == [first, second]


def test_wishes_of_many_at_once_are_all_kept(folder: Path):
    names = [str(number) for number in range(24)]

    def wish(name: str) -> None:
        Ledger(folder).add(Forgotten(name, tag_of(name), "voice", NOW))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(wish, names))
    assert sorted(one.id for one in Ledger(folder).all()) == sorted(names)


def test_a_wish_of_another_process_is_waited_for(folder: Path):
    fork = multiprocessing.get_context("fork")
    others = [
        fork.Process(
            target=lambda start=start: [
                Ledger(folder).add(Forgotten(str(one), tag_of("x"), "voice", NOW))
                for one in range(start, start + 10)
            ]
        )
        for start in (0, 10)
    ]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert {one.id for one in Ledger(folder).all()} == {str(one) for one in range(20)}


def test_a_line_cut_short_by_a_loss_of_power_is_left_out(folder: Path):
    ledger = Ledger(folder)
    ledger.add(Forgotten("1", tag_of("ana"), "voice", NOW))
    path = folder / "forgotten.jsonl"
    path.write_bytes(path.read_bytes() + b'{"id": "2", "ta')
    assert [wish.id for wish in ledger.all()] == ["1"]
    ledger.add(Forgotten("3", tag_of("ben"), "voice", NOW))
    assert [wish.id for wish in ledger.all()] == ["1", "3"]


def test_a_spoiled_ledger_is_told_by_its_line(folder: Path):
    folder.mkdir()
    (folder / "forgotten.jsonl").write_text("what\n", encoding="utf-8")
    with pytest.raises(VaultError, match="Line 1"):
        list(Ledger(folder).all())
