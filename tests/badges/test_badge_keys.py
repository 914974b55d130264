import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voice_app.badge_keys import (
    DISTRUSTED_FOLDER,
    KEY_FILE,
    PURPOSES,
    RETIRED_FOLDER,
    BadgeKeyError,
    KeyRing,
    Purpose,
    distrust,
    load_or_create,
    make,
    passphrase_of,
    rotate,
)

SECRET = b"a long enough passphrase"


def public_pem(private_key: Ed25519PrivateKey):
    return private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path):
    key = load_or_create(tmp_path / "keys", SECRET)
    path = tmp_path / "keys" / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [KEY_FILE]
    assert list(key.public_keys) == [key.id]


def test_the_next_start_finds_the_same_key(tmp_path: Path):
    assert load_or_create(tmp_path, SECRET).id == load_or_create(tmp_path, SECRET).id


def test_many_first_starts_at_once_agree_on_one_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(load_or_create, [tmp_path] * 16, [SECRET] * 16))
    assert len({key.id for key in keys}) == 1


def test_a_key_that_others_can_read_is_refused(tmp_path: Path):
    load_or_create(tmp_path, SECRET)
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(BadgeKeyError, match="chmod 600"):
        load_or_create(tmp_path, SECRET)


def test_a_broken_key_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / KEY_FILE
    path.write_bytes(b"not a key")
    path.chmod(0o600)
    with pytest.raises(BadgeKeyError, match=KEY_FILE):
        load_or_create(tmp_path, SECRET)
    assert path.read_bytes() == b"not a key"


def test_a_key_of_another_kind_is_refused(tmp_path: Path):
    path = tmp_path / KEY_FILE
    path.write_bytes(
        generate_private_key(SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    path.chmod(0o600)
    with pytest.raises(BadgeKeyError, match="Ed25519"):
        load_or_create(tmp_path, SECRET)


def test_retired_keys_are_read_from_their_folder(tmp_path: Path):
    (tmp_path / RETIRED_FOLDER).mkdir()
    (tmp_path / RETIRED_FOLDER / "2026.pem").write_bytes(public_pem(Ed25519PrivateKey.generate()))
    key = load_or_create(tmp_path, SECRET)
    assert len(key.public_keys) == 2
    assert next(iter(key.public_keys)) == key.id


@pytest.mark.parametrize("content", [b"nothing", public_pem(generate_private_key(SECP256R1()))])
def test_a_retired_key_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / RETIRED_FOLDER).mkdir()
    (tmp_path / RETIRED_FOLDER / "2026.pem").write_bytes(content)
    with pytest.raises(BadgeKeyError, match=r"2026\.pem"):
        load_or_create(tmp_path, SECRET)


def test_a_key_never_shows_itself(tmp_path: Path):
    assert "PRIVATE" not in repr(load_or_create(tmp_path, SECRET))


def test_a_key_lies_encrypted(tmp_path: Path):
    load_or_create(tmp_path, SECRET)
    assert (tmp_path / KEY_FILE).read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    with pytest.raises(BadgeKeyError, match="passphrase"):
        load_or_create(tmp_path, b"another passphrase")


def test_a_plain_key_is_taken_over(tmp_path: Path):
    private_key = Ed25519PrivateKey.generate()
    path = tmp_path / KEY_FILE
    path.write_bytes(
        private_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    path.chmod(0o600)
    key = load_or_create(tmp_path, SECRET)
    assert key.private_key.private_bytes_raw() == private_key.private_bytes_raw()
    assert b"ENCRYPTED" in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_create(tmp_path, SECRET).id == key.id


def test_a_ring_makes_the_other_keys_when_they_are_needed(tmp_path: Path):
    ring = KeyRing(tmp_path, SECRET)
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEY_FILE]
    assert ring.jwt.private_key.key_size == 3072
    assert len({ring.badge.id, ring.jwt.id, ring.level.id}) == 3
    again = KeyRing(tmp_path, SECRET)
    assert (again.badge.id, again.jwt.id, again.level.id) == (
        ring.badge.id,
        ring.jwt.id,
        ring.level.id,
    )


@pytest.mark.parametrize("purpose", list(PURPOSES))
def test_a_rotated_key_stays_known(tmp_path: Path, purpose: Purpose):
    first = make(tmp_path, SECRET, purpose=purpose)
    old, new = rotate(tmp_path, SECRET, purpose=purpose)
    key = getattr(KeyRing(tmp_path, SECRET), purpose)
    assert (old, key.id) == (first, new)
    assert list(key.public_keys) == [new, old]


def test_each_purpose_has_its_own_retired_keys(tmp_path: Path):
    for purpose in PURPOSES:
        make(tmp_path, SECRET, purpose=purpose)
        rotate(tmp_path, SECRET, purpose=purpose)
    ring = KeyRing(tmp_path, SECRET)
    assert [len(key.public_keys) for key in (ring.badge, ring.jwt, ring.level)] == [2, 2, 2]


def test_a_key_is_made_once_and_rotated_when_there_is_one(tmp_path: Path):
    with pytest.raises(BadgeKeyError, match="keys make"):
        rotate(tmp_path, SECRET, purpose="badge")
    make(tmp_path, SECRET, purpose="badge")
    with pytest.raises(BadgeKeyError, match="keys rotate"):
        make(tmp_path, SECRET, purpose="badge")


def test_a_stolen_key_is_known_no_more(tmp_path: Path):
    make(tmp_path, SECRET, purpose="badge")
    old, new = rotate(tmp_path, SECRET, purpose="badge")
    assert distrust(tmp_path, old).parent == tmp_path / DISTRUSTED_FOLDER
    assert list(load_or_create(tmp_path, SECRET).public_keys) == [new]
    with pytest.raises(BadgeKeyError, match="rotated first"):
        distrust(tmp_path, new)


def test_the_passphrase_is_made_once_for_its_owner_alone(tmp_path: Path):
    file, keys = tmp_path / "secrets" / "passphrase", tmp_path / "keys"
    first = passphrase_of(None, file=file, keys_folder=keys)
    assert len(first) >= 40
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert passphrase_of(None, file=file, keys_folder=keys) == first
    assert passphrase_of("told by the operator", file=file, keys_folder=keys) != first


def test_a_passphrase_that_keeps_no_secret_is_refused(tmp_path: Path):
    file, keys = tmp_path / "passphrase", tmp_path / "keys"
    with pytest.raises(BadgeKeyError, match="elsewhere"):
        passphrase_of(None, file=keys / "passphrase", keys_folder=keys)
    with pytest.raises(BadgeKeyError, match="at least 12"):
        passphrase_of("short", file=file, keys_folder=keys)
    passphrase_of(None, file=file, keys_folder=keys)
    file.chmod(0o644)
    with pytest.raises(BadgeKeyError, match="chmod 600"):
        passphrase_of(None, file=file, keys_folder=keys)


def test_a_lost_passphrase_is_told_not_replaced(tmp_path: Path):
    file, keys = tmp_path / "passphrase", tmp_path / "keys"
    load_or_create(keys, passphrase_of(None, file=file, keys_folder=keys))
    file.unlink()
    with pytest.raises(BadgeKeyError, match="missing"):
        passphrase_of(None, file=file, keys_folder=keys)
    assert not file.exists()
