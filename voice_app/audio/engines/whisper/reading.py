"""Texts read against a sound in one pass, and the text that the sound itself suggests."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voice_app.audio.engines.whisper.branches import Branches
from voice_app.audio.engines.whisper.network import Floats, Network, Past, Sound

_LEAST_PROBABILITY = 1e-10


@dataclass(frozen=True)
class Rules:
    """What a free text may not say: `never` at all, `never_first` at its start; `end` ends it."""

    never: Sequence[int]
    never_first: Sequence[int]
    end: int


class Reading:
    """All texts, each a sequence of tokens, after one prompt."""

    def __init__(
        self,
        network: Network,
        sound: Sound,
        *,
        prompt: Sequence[int],
        texts: Sequence[Sequence[int]],
    ) -> None:
        self._network = network
        self._sound = sound
        self._texts = texts
        self._branches = Branches(prompt)
        self._paths = [self._branches.grow(text) for text in texts]
        size = len(self._branches.tokens)
        self._logs, self._past = network.read(
            sound,
            self._branches.tokens,
            places=self._branches.places(),
            sees=self._branches.sees(),
            rows=range(self._branches.trunk_end, size),
            past=network.nothing_read,
        )

    def logs(self, end: int) -> list[list[float]]:
        """For each text the natural logarithms of its tokens' probabilities, and of its end.

        A token's probability is that among all tokens that say something: whether the text ends
        or goes on is asked once, after the last one, where `end` is its token.
        """
        ended = np.exp(self._logs[:, end:]).sum(axis=1)
        goes_on = np.log(np.maximum(_LEAST_PROBABILITY, 1 - ended))
        found = []
        for text, path in zip(self._texts, self._paths, strict=True):
            rows = np.array(path) - self._branches.trunk_end
            said = self._logs[rows[:-1], list(text)] - goes_on[rows[:-1]]
            found.append([*np.minimum(0, said).tolist(), float(self._logs[rows[-1], end])])
        return found

    def free(self, rules: Rules, *, most: int) -> tuple[list[int], float]:
        """Return the likeliest next token again and again, at most `most`, and their mean log.

        As long as that follows a branch, nothing is read anew.
        """
        said: list[int] = []
        total = 0.0
        at: int | None = self._branches.trunk_end
        past, logs = self._past, self._after(self._branches.trunk_end)
        while len(said) < most:
            token = _likeliest(logs, rules.never if said else rules.never_first)
            total += float(logs[token])
            if token == rules.end:
                return said, total / (len(said) + 1)
            said.append(token)
            before, at = at, None if at is None else self._branches.after(at, token)
            if at is not None:
                logs = self._after(at)
                continue
            if before is not None:
                past = self._past.only(self._branches.path(before))
            logs, past = self._further(token, past)
        return said, total / len(said)

    def _after(self, at: int) -> Floats:
        row: Floats = self._logs[at - self._branches.trunk_end]
        return row

    def _further(self, token: int, past: Past) -> tuple[Floats, Past]:
        sees = np.ones((1, past.size + 1), np.bool_)
        logs, past = self._network.read(
            self._sound, [token], places=[past.size], sees=sees, rows=[0], past=past
        )
        return logs[0], past


def _likeliest(logs: Floats, never: Sequence[int]) -> int:
    allowed = logs.copy()
    allowed[list(never)] = -np.inf
    return int(allowed.argmax())
