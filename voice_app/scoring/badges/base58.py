"""Base58 with Bitcoin's alphabet, as multibase `z` values use it."""

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def encode(data: bytes) -> str:
    """Write bytes as base58; every leading zero byte becomes a leading `1`."""
    number, digits = int.from_bytes(data), ""
    while number:
        number, remainder = divmod(number, 58)
        digits = _ALPHABET[remainder] + digits
    return "1" * _leading(data, 0) + digits


def decode(text: str) -> bytes:
    """Read base58. Raises `ValueError` for a character outside the alphabet."""
    number = 0
    for character in text:
        number = number * 58 + _ALPHABET.index(character)
    return bytes(_leading(text, "1")) + number.to_bytes((number.bit_length() + 7) // 8)


def _leading(values: bytes | str, zero: int | str) -> int:
    return next((place for place, value in enumerate(values) if value != zero), len(values))
