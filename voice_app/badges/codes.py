"""The code of a badge: drawn so that nobody can guess it, read aloud and copied from paper."""

import secrets
import unicodedata
from collections.abc import Callable

# No 0, O, 1, I or L: a code is read aloud and copied from paper.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


# Keyboards of Cyrillic and Greek write letters that look like these on paper.
_ALIKE = str.maketrans(
    "АВЕКМНРСТУХЅЈԚԜΑΒΕΖΗΚΜΝΡΤΥΧ",
    "ABEKMHPCTYXSJQWABEZHKMNPTYX",
)


def plain_code(typed: str) -> str:
    """Give a code as it is kept, however it was typed: `7q4k - 2m9x` → `7Q4K2M9X`.

    Signs between the letters are dropped, letters of another width or keyboard are taken for
    those they look like. What cannot stand in a code stays, so that it is found nowhere.
    """
    letters = unicodedata.normalize("NFKC", typed).upper().translate(_ALIKE)
    return "".join(letter for letter in letters if letter.isalnum())


def is_code(plain: str) -> bool:
    """Tell whether this can be a code at all; a wrong letter was misread or misheard."""
    return len(plain) == CODE_LENGTH and set(plain) <= set(CODE_ALPHABET)


def shown_code(code: str) -> str:
    """Give a code as people read it: `7Q4K2M9X` → `7Q4K-2M9X`."""
    return f"{code[:4]}-{code[4:]}"


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """Draw a code that nobody can guess; `choose` takes one character of a text."""
    return "".join(choose(CODE_ALPHABET) for _ in range(CODE_LENGTH))
