"""The code of a badge: drawn so that nobody can guess it, read aloud and copied from paper."""

import secrets
from collections.abc import Callable

# No 0, O, 1, I or L: a code is read aloud and copied from paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def plain_code(typed: str) -> str:
    """Give a code as it is kept: `7q4k-2m9x` → `7Q4K2M9X`."""
    return typed.upper().replace("-", "").replace(" ", "")


def shown_code(code: str) -> str:
    """Give a code as people read it: `7Q4K2M9X` → `7Q4K-2M9X`."""
    return f"{code[:4]}-{code[4:]}"


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """Draw a code that nobody can guess; `choose` takes one character of a text."""
    return "".join(choose(CODE_ALPHABET) for _ in range(CODE_LENGTH))
