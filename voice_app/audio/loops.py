"""Where a text that a recognizer invents comes round and round."""

from collections.abc import Sequence

# No candidate says a sentence three times in a row, or one short word six times; a recognizer
# that lost the sound does, again and again.
_ROUNDS = 3
_FEWEST_IN_ALL = 6
_LONGEST = 40


def without_loop(tokens: Sequence[int]) -> list[int]:
    """Return tokens up to where the same ones begin to come round, those of one round kept."""
    found = list(tokens)
    for at in range(len(found)):
        for size in range(1, min(_LONGEST, (len(found) - at) // _ROUNDS) + 1):
            if _comes_round(found[at:], size):
                return found[: at + size]
    return found


def _comes_round(tokens: Sequence[int], size: int) -> bool:
    """Tell whether the first so many tokens are said again and again."""
    rounds = max(_ROUNDS, _FEWEST_IN_ALL // size)
    return list(tokens[: rounds * size]) == rounds * list(tokens[:size])
