"""What a process that reads strangers' bytes may still do: count, and speak through open pipes."""

import contextlib
import ctypes
import os
import platform
import resource
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Protocol, runtime_checkable

MEMORY_BYTES = 900_000_000
CPU_SECONDS = (10, 12)
OPEN_FILES = 16

_NO_NEW_PRIVILEGES = 38
_SET_FILTER = 22
_FILTER_MODE = 2
_DIE_WITH_PARENT = 1
_KILL = 9

# Landlock, by the version of its interface: the accesses to files, to TCP and to other processes
# that a rule set can take away. What a kernel does not know must not be asked of it.
_CREATE_RULES, _RESTRICT_SELF = 444, 446
_ASK_VERSION = 1
_FILES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
_NETWORK, _SCOPES = 0b11, 0b11
_SINCE_NETWORK, _SINCE_SCOPES = 4, 6

# Seccomp: the system calls that decoding needs, and nothing that opens, connects, starts,
# signals or changes another process. By architecture, in one order:
# read write close fstat lseek mmap mprotect munmap brk mremap madvise rt_sigaction
# rt_sigprocmask rt_sigreturn sigaltstack nanosleep clock_nanosleep clock_gettime clock_getres
# gettimeofday getpid gettid futex sched_yield sched_getaffinity getrandom getrusage sysinfo
# readv writev ppoll rseq set_robust_list restart_syscall exit exit_group
_CALLS = {
    "x86_64": (
        0xC000003E,
        (
            "0 1 3 5 8 9 10 11 12 25 28 13 14 15 131 35 230 228 229 96 39 186 202 24 204 318 98 99 "
            "19 20 271 334 273 219 60 231"
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            "63 64 57 80 62 222 226 215 214 216 233 134 135 139 132 101 115 113 114 169 172 178 98 "
            "124 123 278 165 179 65 66 73 293 99 128 93 94"
        ),
    ),
}
_LOAD_WORD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # the latter answers EPERM


@dataclass(frozen=True)
class Confinement:
    """What a confined process was refused when it tried: other files, the network, processes."""

    files: bool
    network: bool
    processes: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing is in reach."""
        return self.files and self.network and self.processes


@runtime_checkable
class Confined(Protocol):
    """Decodes in confined processes, and tells what they are kept from."""

    def confinement(self) -> Confinement | None:
        """None before the first of them."""
        ...


def kept_from(ears: object) -> dict[str, bool] | None:
    """What takes are kept from while they are decoded, by name; None where nobody knows yet."""
    found = ears.confinement() if isinstance(ears, Confined) else None
    return None if found is None else asdict(found)


def confine() -> None:
    """Take away from this process, for good, all that decoding does not need.

    Limits of memory, time and files hold everywhere; files, network and processes are taken
    away where the kernel can (Linux with seccomp or landlock): `tried` says what came of it.
    """
    limit()
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_DIE_WITH_PARENT, _KILL, 0, 0, 0)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        _close_files(library)
        _close_calls(library)


def limit() -> None:
    """Bound memory in bytes, work in seconds, written bytes and open files."""
    for kind, soft, hard in (
        (resource.RLIMIT_AS, MEMORY_BYTES, MEMORY_BYTES),
        (resource.RLIMIT_CPU, *CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system without that limit
            resource.setrlimit(kind, (soft, hard))


def tried() -> Confinement:
    """Try what must be refused. Call it after `confine`, in a process that may end."""
    return Confinement(
        files=_is_refused(lambda: os.close(os.open("/", os.O_RDONLY))),
        network=_is_refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()),
        processes=_is_refused(_fork),
    )


def _fork() -> None:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _is_refused(action: Callable[[], None]) -> bool:
    try:
        action()
    except OSError:
        return True
    return False


def _close_files(library: ctypes.CDLL) -> None:
    """No file, no TCP connection, no other process's socket or signal: landlock's part."""
    version = library.syscall(_CREATE_RULES, None, 0, _ASK_VERSION)
    if version < 1:
        return
    asked = [_FILES[min(version, max(_FILES))]]
    asked += [_NETWORK] if version >= _SINCE_NETWORK else []
    asked += [_SCOPES] if version >= _SINCE_SCOPES else []
    rules = struct.pack(f"={len(asked)}Q", *asked)
    number = library.syscall(_CREATE_RULES, rules, len(rules), 0)
    if number >= 0:
        library.syscall(_RESTRICT_SELF, number, 0)
        os.close(number)


def _close_calls(library: ctypes.CDLL) -> None:
    """Refuse every system call but those of the list: seccomp's part."""
    if platform.machine() not in _CALLS:
        return
    architecture, calls = _CALLS[platform.machine()]
    program = _program(architecture, [int(call) for call in calls.split()])
    code = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    library.prctl(_SET_FILTER, _FILTER_MODE, head, 0, 0)


def _program(architecture: int, calls: list[int]) -> bytes:
    """The filter in the kernel's own small machine code."""
    steps = [(_LOAD_WORD, 0, 0, 4), (_JUMP_IF_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _REFUSE)]
    steps.append((_LOAD_WORD, 0, 0, 0))
    steps += [(_JUMP_IF_EQUAL, len(calls) - at, 0, call) for at, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
