"""Many texts after one prompt as a tree of tokens, so that what they share is read once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Branches:
    """A tree: its trunk is the prompt, and each text is a branch.

    Tokens are known by their number in the order they were added; the trunk comes first.
    """

    def __init__(self, prompt: Sequence[int]) -> None:
        self.tokens = list(prompt)
        self._parents = list(range(-1, len(prompt) - 1))
        self._children: dict[tuple[int, int], int] = {}
        self.trunk_end = len(prompt) - 1

    def grow(self, text: Sequence[int]) -> list[int]:
        """Add the tokens of a text; returns its path from the end of the trunk to its last."""
        path = [self.trunk_end]
        for token in text:
            at = self._children.setdefault((path[-1], token), len(self.tokens))
            if at == len(self.tokens):
                self.tokens.append(token)
                self._parents.append(path[-1])
            path.append(at)
        return path

    def after(self, at: int, token: int) -> int | None:
        """Return the number of this token after that one, or None where no branch goes on so."""
        return self._children.get((at, token))

    def path(self, at: int) -> list[int]:
        """Return the numbers from the first token to this one."""
        found = []
        while at >= 0:
            found.append(at)
            at = self._parents[at]
        return found[::-1]

    def places(self) -> list[int]:
        """Return how many tokens come before each."""
        return [len(self.path(at)) - 1 for at in range(len(self.tokens))]

    def sees(self) -> NDArray[np.bool_]:
        """Tell which tokens each may look at: itself and those before it on its branch."""
        found = np.zeros((len(self.tokens), len(self.tokens)), np.bool_)
        for at in range(len(self.tokens)):
            found[at, self.path(at)] = True
        return found
