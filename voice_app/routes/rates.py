"""How much of what costs disk, keys and listening one phone, and one address, may ask for."""

from dataclasses import dataclass
from typing import Literal

from voice_app.routes.turnstile import Turnstile

Kind = Literal["attempts", "touches", "takes", "words"]

# A room of fifty phones may stand behind one address.
_PHONES = 50
_TEN_MINUTES, _MINUTE = 600, 60
_ATTEMPTS = 40
_TOUCHES = 600
_TAKES = 120
_WORDS = 60
# A phone has a share of its address; not all of them do their utmost at once.
_SHARES = 4
# What an honest answer has at most; longer ones weigh as much as several.
_TAKE_BYTES = 200_000


@dataclass(frozen=True)
class Limit:
    """What one phone or candidate may do, and all that stand behind one address."""

    owner: Turnstile
    address: Turnstile

    def wait_seconds(self, *, owner: str, address: str, times: int = 1) -> int:
        """Let somebody in: 0; or tell after how many whole seconds they may come again.

        `owner` is empty for a phone that has given nothing yet: it is counted by its address.
        """
        wait = self.owner.wait_seconds(owner, times=times) if owner else 0
        return wait or self.address.wait_seconds(address, times=times)


@dataclass(frozen=True)
class Rates:
    """The limits: attempts that begin, pictures touched, answers spoken, other words said.

    Other words are that the notice was heard, and a yes or no to what is asked besides.
    """

    attempts: Limit
    touches: Limit
    takes: Limit
    words: Limit


def generous() -> Rates:
    """Give limits that no room of people reaches."""
    return Rates(
        attempts=_limit(_ATTEMPTS, seconds=_TEN_MINUTES),
        touches=_limit(_TOUCHES, seconds=_MINUTE),
        takes=_limit(_TAKES, seconds=_MINUTE),
        words=_limit(_WORDS, seconds=_MINUTE),
    )


def weight(byte_size: int) -> int:
    """Tell how many honest answers a recording weighs: at least one."""
    return 1 + byte_size // _TAKE_BYTES


def _limit(most: int, *, seconds: float) -> Limit:
    shared = most * _PHONES // _SHARES
    return Limit(Turnstile(most, seconds=seconds), Turnstile(shared, seconds=seconds))
