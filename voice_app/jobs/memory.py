"""How the C library hands out memory: to many threads from few arenas."""

import contextlib
import ctypes

# Of malloc.h. Every request may come on another of 40 threads; glibc gives threads up to eight
# arenas a core, and each keeps the most that any request ever took in it.
_M_ARENA_MAX = -8
_ARENAS = 2


def share_arenas() -> None:
    """Let all threads of this process that start from now on share two arenas.

    Libraries other than glibc have no arenas a thread; nothing is done with those.
    """
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
