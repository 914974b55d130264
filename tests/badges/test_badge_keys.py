import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voice_app.badge_keys import KEY_FILE, RETIRED_FOLDER, BadgeKeyError, load_or_create


def public_pem(private_key: Ed25519PrivateKey):
    return private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path):
    key = load_or_create(tmp_path / "keys")
    path = tmp_path / "keys" / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [KEY_FILE]
    assert list(key.public_keys) == [key.id]


def test_the_next_start_finds_the_same_key(tmp_path: Path):
    assert load_or_create(tmp_path).id == load_or_create(tmp_path).id


def test_many_first_starts_at_once_agree_on_one_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(load_or_create, [tmp_path] * 16))
    assert len({key.id for key in keys}) == 1


def test_a_key_that_others_can_read_is_refused(tmp_path: Path):
    load_or_create(tmp_path)
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(BadgeKeyError, match="chmod 600"):
        load_or_create(tmp_path)


def test_a_broken_key_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / KEY_FILE
    path.write_bytes(b"not a key")
    path.chmod(0o600)
    with pytest.raises(BadgeKeyError, match=KEY_FILE):
        load_or_create(tmp_path)
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
        load_or_create(tmp_path)


def test_retired_keys_are_read_from_their_folder(tmp_path: Path):
    (tmp_path / RETIRED_FOLDER).mkdir()
    (tmp_path / RETIRED_FOLDER / "2026.pem").write_bytes(public_pem(Ed25519PrivateKey.generate()))
    key = load_or_create(tmp_path)
    assert len(key.public_keys) == 2
    assert next(iter(key.public_keys)) == key.id


@pytest.mark.parametrize("content", [b"nothing", public_pem(generate_private_key(SECP256R1()))])
def test_a_retired_key_that_cannot_be_used_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / RETIRED_FOLDER).mkdir()
    (tmp_path / RETIRED_FOLDER / "2026.pem").write_bytes(content)
    with pytest.raises(BadgeKeyError, match=r"2026\.pem"):
        load_or_create(tmp_path)


def test_a_key_never_shows_itself(tmp_path: Path):
    assert "PRIVATE" not in repr(load_or_create(tmp_path))
