"""What the kernel of Linux holds for us: Landlock for files and the network, seccomp for starting and sending.

Numbers and structures are those of `linux/landlock.h`, `linux/seccomp.h` and the tables of system calls; both work
without rights of any kind, and what a kernel does not know is left out.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["confine"]

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""landlock_create_ruleset, landlock_add_rule, landlock_restrict_self: the same on every architecture."""
_READ = 1 << 2 | 1 << 3
"""Read a file, list a folder."""
_READ_FILE = 1 << 2
_WRITE = _READ | 1 << 1 | 1 << 5 | 1 << 8 | 1 << 14
"""Read, write, remove, make and cut files, in a folder: no folders, links, pipes or devices."""
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Every right over files that a version of Landlock knows: running and each way of writing, so that none is granted."""
_DENY, _ALLOW = 0x0005_0000 | 1, 0x7FFF_0000

_CALLS = {
    "x86_64": (0xC000_003E, (41, 42, 49, 53, 57, 58, 59, 62, 101, 310, 311, 322, 425)),
    "aarch64": (0xC000_00B7, (117, 129, 198, 199, 200, 203, 221, 270, 271, 281, 425)),
}
"""Of each architecture: socket, connect, bind, socketpair, fork, vfork, execve, execveat, kill, ptrace, reading and
writing another process, io_uring."""


def confine(paths: Sequence[str], *, writes: str | None = None) -> list[str]:
    """Leave this process nothing but reading `paths` and what is below them, and files in the folder `writes`.

    Returns what of it the kernel holds.
    """
    if sys.platform != "linux":
        return []
    try:
        import ctypes
    except ImportError:
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return []
    return [*_landlock(libc, paths, writes), *_seccomp(libc)]


def _landlock(libc: Any, paths: Sequence[str], writes: str | None) -> list[str]:
    import ctypes
    import struct

    version = libc.syscall(_CREATE, None, 0, 1)
    if version < 1:
        return []
    rights = _RIGHTS[min(version, max(_RIGHTS))]
    # From version 4 on connecting and binding, from 6 on sockets without a name in the file system, and signals.
    asked = struct.pack("=QQQ", rights, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = libc.syscall(_CREATE, ctypes.c_char_p(asked), ctypes.c_size_t(size), 0)
    if rules < 0:
        return []
    try:
        for path in dict.fromkeys(paths):
            _open_to(libc, rules, path, _READ if os.path.isdir(path) else _READ_FILE)
        if writes is not None:
            _open_to(libc, rules, writes, _WRITE & rights)
        return [] if libc.syscall(_RESTRICT, rules, 0) else ["files"]
    finally:
        os.close(rules)


def _open_to(libc: Any, rules: int, path: str, rights: int) -> None:
    import ctypes
    import struct

    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = struct.pack("=Qi", rights, handle)
        libc.syscall(_ADD, rules, 1, ctypes.c_char_p(rule), 0)
    finally:
        os.close(handle)


def _seccomp(libc: Any) -> list[str]:
    import ctypes

    if platform_machine() not in _CALLS:
        return []
    program = b"".join(_program(*_CALLS[platform_machine()]))
    code = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    told = Program(len(program) // 8, ctypes.cast(code, ctypes.c_void_p))
    return [] if libc.prctl(_SECCOMP, _FILTER, ctypes.byref(told), 0, 0) else ["network", "programs"]


def platform_machine() -> str:
    """The architecture, without starting a program to ask for it."""
    return os.uname().machine if hasattr(os, "uname") else platform.machine()


def _program(architecture: int, refused: Sequence[int]) -> Iterator[bytes]:
    """In the machine code of packet filters: refuse these calls, and all of another architecture; allow the rest."""
    import struct

    def step(code: int, then: int, otherwise: int, value: int) -> bytes:
        return struct.pack("=HBBI", code, then, otherwise, value)

    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    yield step(load, 0, 0, 4)
    yield step(equal, 1, 0, architecture)
    yield step(give, 0, 0, _DENY)
    yield step(load, 0, 0, 0)
    yield step(at_least, len(refused) + 1, 0, 0x4000_0000)  # x32, a second way to the same calls
    for place, number in enumerate(refused):
        yield step(equal, len(refused) - place, 0, number)
    yield step(give, 0, 0, _ALLOW)
    yield step(give, 0, 0, _DENY)
