import time

import pytest

from voice_app.people import passwords
from voice_app.people.passwords import LEAST_BITS, WeakPassword, bits_of

GOOD = "glacier mandolin turnip octave"


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "password1234",
        "motdepasse2026",
        "P@ssw0rd2026!",
        "contraseña2026",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "azertyuiop12345",
        "qwertyuiopasdfgh",
        "123456789012345",
        "iloveyou-iloveyou",
        "Soleil-Bobigny-2026",
        "ana.martin@center",
        "correct horse battery staple",
        "bienvenue bonjour",
        "x" * 129,
    ],
)
def test_what_would_be_guessed_is_refused_with_advice(password: str):
    with pytest.raises(WeakPassword, match=r"Take|guess"):
        passwords.hash_of(
            password, known=["Ana Martin", "ana.martin@center.example", "Soleil Bobigny"]
        )


@pytest.mark.parametrize(
    "password", [GOOD, "tiroir mangue pluvieux", "xk3vw9qpz7rt", "Tr0mb8ne&Lagune!"]
)
def test_what_is_hard_to_guess_is_taken(password: str):
    assert bits_of(password) >= LEAST_BITS


def test_a_hash_is_argon2id_salted_and_fits_its_password_alone():
    one, other = (passwords.hash_of(GOOD) for _ in range(2))
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert one != other
    assert passwords.is_right(GOOD, one)
    assert not passwords.is_right(f"{GOOD} ", one)
    assert not passwords.is_right("", one)


def test_nobodys_password_is_never_right_and_takes_the_same_work():
    kept = passwords.hash_of(GOOD)
    passwords.is_right(GOOD, None)
    assert not passwords.is_right(
        "nobody has this one; its hash is here for the time it takes", None
    )
    known, unknown = _seconds("wrong", kept), _seconds("wrong", None)
    assert 0.5 < unknown / known < 2


def _seconds(password: str, kept: str | None) -> float:
    """The processor's time, which other processes do not lengthen: the least of three."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        passwords.is_right(password, kept)
        taken.append(time.process_time() - begun)
    return min(taken)
