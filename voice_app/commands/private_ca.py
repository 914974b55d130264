"""A certificate authority of a center's own, for phones and tablets that the center owns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from voice_app.badge_keys.files import make_folder, replace
from voice_app.commands.network import HOUSE_DOMAINS, HOUSE_NETWORKS, is_of_house
from voice_app.errors import VoiceAppError

_AUTHORITY_DAYS = 3650
# Apple's phones take no certificate that lasts longer than 398 days.
_SERVER_DAYS = 397
_RENEW_DAYS = 30
_AUTHORITY, _SERVER = _NAMES = ("center-ca", "server")
_NOTHING = dict.fromkeys(
    (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ),
    False,
)


class PrivateAuthorityError(VoiceAppError):
    """A center's own authority cannot be used, or may not vouch for a name."""


@dataclass(frozen=True)
class Certified:
    """What a server needs to be believed: its files, who vouches for it, and until when.

    `key` is encrypted with the passphrase of the other keys. `fingerprint` is the SHA-256 of
    the authority, in pairs of hex digits, as phones show it.
    """

    certificate: Path
    key: Path
    authority: Path
    fingerprint: str
    ends_at: datetime


@dataclass(frozen=True)
class _Pair:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def certified(folder: Path, passphrase: bytes, *, names: Sequence[str], now: datetime) -> Certified:
    """Give a certificate for these names and addresses; makes what is missing or about to end.

    The authority can vouch for nothing outside of a house, whoever steals its key. Raises
    `PrivateAuthorityError` for a name of the internet, or keys that the passphrase does not open.
    """
    if strangers := [one for one in names if not is_of_house(one)]:
        raise PrivateAuthorityError(
            f"{', '.join(strangers)}: a center's own authority vouches only for addresses of its "
            f"network and names that end in .{', .'.join(HOUSE_DOMAINS)}. For a name of the "
            "internet get a certificate there and give it with --tls-cert and --tls-key."
        )
    make_folder(folder)
    authority = _authority(folder, passphrase, now=now)
    server = _read(folder / _SERVER, passphrase)
    if server is None or not _still_fits(server, authority, names=names, now=now):
        server = _server(authority, names=names, now=now)
        _write(folder / _SERVER, server, passphrase=passphrase)
    return Certified(
        certificate=folder / "server.crt",
        key=folder / "server.key",
        authority=folder / "center-ca.crt",
        fingerprint=authority.certificate.fingerprint(SHA256()).hex(":").upper(),
        ends_at=server.certificate.not_valid_after_utc,
    )


def reencrypt(folder: Path, passphrase: bytes, *, new: bytes) -> list[str]:
    """Put the keys in `folder` under a new passphrase and give their files' names.

    Interrupted, it goes on: a key that the new passphrase opens is left alone. Raises
    `PrivateAuthorityError`.
    """
    return [
        _reencrypted(folder / name, passphrase, new=new)
        for name in _NAMES
        if (folder / name).with_suffix(".key").exists()
    ]


def _reencrypted(place: Path, passphrase: bytes, *, new: bytes) -> str:
    try:
        key = _key(place, new)
    except PrivateAuthorityError:
        key = _key(place, passphrase)
    _write_key(place, key, passphrase=new)
    return place.with_suffix(".key").name


def _authority(folder: Path, passphrase: bytes, *, now: datetime) -> _Pair:
    found = _read(folder / _AUTHORITY, passphrase)
    if found is not None:
        return found
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder("MyCred4Home Voice: this center", key=key, now=now, days=_AUTHORITY_DAYS)
    signed = (
        builder.issuer_name(_name("MyCred4Home Voice: this center"))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(_house(), critical=True)
        .sign(key, SHA256())
    )
    made = _Pair(signed, key)
    _write(folder / _AUTHORITY, made, passphrase=passphrase)
    return made


def _server(authority: _Pair, *, names: Sequence[str], now: datetime) -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    signed = (
        _builder(names[0], key=key, now=now, days=_SERVER_DAYS)
        .issuer_name(authority.certificate.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_general(names)), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority.key, SHA256())
    )
    return _Pair(signed, key)


def _builder(
    name: str, *, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A phone's clock may be behind.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**_NOTHING | dict.fromkeys(allowed, True))


def _house() -> x509.NameConstraints:
    networks = [x509.IPAddress(one) for one in HOUSE_NETWORKS]
    return x509.NameConstraints([*map(x509.DNSName, HOUSE_DOMAINS), *networks], None)


def _general(names: Iterable[str]) -> list[x509.GeneralName]:
    return [_one(name) for name in dict.fromkeys(names)]


def _one(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _still_fits(server: _Pair, authority: _Pair, *, names: Sequence[str], now: datetime) -> bool:
    certificate = server.certificate
    lasts = certificate.not_valid_after_utc - timedelta(days=_RENEW_DAYS) > now
    told = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    issuer = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    ours = x509.SubjectKeyIdentifier.from_public_key(authority.key.public_key())
    return lasts and set(_general(names)) <= set(told) and issuer.key_identifier == ours.digest


def _read(place: Path, passphrase: bytes) -> _Pair | None:
    certificate, key = place.with_suffix(".crt"), place.with_suffix(".key")
    if not (certificate.exists() and key.exists()):
        return None
    opened = _key(place, passphrase)
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
    except ValueError as error:
        raise PrivateAuthorityError(f"{certificate} is no certificate.") from error
    return _Pair(found, opened)


def _key(place: Path, passphrase: bytes) -> ec.EllipticCurvePrivateKey:
    path = place.with_suffix(".key")
    try:
        opened = load_pem_private_key(path.read_bytes(), passphrase)
    except (ValueError, TypeError) as error:
        raise PrivateAuthorityError(
            f"{path} is not opened by the passphrase of the keys."
        ) from error
    if not isinstance(opened, ec.EllipticCurvePrivateKey):
        raise PrivateAuthorityError(f"{path} is not a key that was made here.")
    return opened


def _write(place: Path, made: _Pair, *, passphrase: bytes) -> None:
    _write_key(place, made.key, passphrase=passphrase)
    replace(place.with_suffix(".crt"), made.certificate.public_bytes(Encoding.PEM))


def _write_key(place: Path, key: ec.EllipticCurvePrivateKey, *, passphrase: bytes) -> None:
    private = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase)
    )
    replace(place.with_suffix(".key"), private)
