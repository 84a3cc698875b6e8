"""What the child gives up before it looks at a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from fairkit import resources

from . import _kernel

__all__ = ["held", "hold"]

_FILES = 64
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SYSTEM = (
    "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo", "/lib", "/lib64", "/etc/ld.so.cache",
    "/etc/localtime", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system", "/dev/null", "/dev/urandom",
)  # fmt: skip
"""What Python and its libraries read of the system."""
_REFUSED = (
    "socket.", "subprocess.", "shutil.", "tempfile.", "pty.", "ftplib.", "smtplib.", "urllib.", "http.", "webbrowser.",
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "os.kill",
    "os.chmod", "os.chown", "os.chflags", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
    "os.truncate", "os.utime", "os.setxattr", "os.removexattr", "signal.pthread_kill", "winreg.", "_winapi.",
)  # fmt: skip
_ON_OWN_GROUND = {"tempfile.mkstemp": 1, "os.chmod": 1, "os.rename": 2, "os.remove": 1}
"""What may be done to files in the folder that is written to, and how many paths it names."""
_IN_FORCE: list[str] = []


def hold(
    reads: Sequence[str],
    *,
    memory: int,
    cpu: float | None,
    libraries: Sequence[str],
    writes: str | None = None,
    written: int = 0,
) -> None:
    """Give up all but reading these files and Python's own, within so many bytes and seconds of the processor.

    Nothing may be written but, where there is such a folder, files of at most `written` bytes in `writes`.
    """
    ours = [sys.prefix, sys.base_prefix, *libraries[:-1], os.path.dirname(os.path.dirname(__file__))]
    ours.append(str(resources.folder("vocabularies")))
    open_to = [os.path.realpath(path) for path in (*ours, *_SYSTEM) if path and os.path.exists(path)]
    files = [os.path.realpath(path) for path in reads]
    ground = None if writes is None else os.path.realpath(writes)
    _limit_resources(memory, cpu, written if ground is not None else 0)
    _IN_FORCE.extend(_kernel.confine([*open_to, *files], writes=ground))
    sys.addaudithook(_Warden(open_to, files, ground).judge)
    _IN_FORCE.append("python")


def held() -> list[str]:
    """The limits that are in force in this process."""
    return sorted(_IN_FORCE)


def _limit_resources(memory: int, cpu: float | None, written: int) -> None:
    """Where the system has no such limits, Windows for one, the parent's clock is what is left."""
    try:
        import resource
    except ImportError:
        return
    wanted = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": written, "RLIMIT_NOFILE": _FILES, "RLIMIT_AS": memory}
    if cpu is not None:
        wanted["RLIMIT_CPU"] = int(cpu) + 1
    for name, most in wanted.items():
        number: int | None = getattr(resource, name, None)
        if number is None:
            continue
        hard = resource.getrlimit(number)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(number, (most, most))
        except (ValueError, OSError):  # macOS has the name of RLIMIT_AS, but does not set it
            continue
        _IN_FORCE.append(name)


class _Warden:
    """Judges what Python is about to do; what a library does in C is the kernel's to judge."""

    def __init__(self, folders: Sequence[str], files: Sequence[str], ground: str | None = None) -> None:
        self._folders = tuple(folders)
        self._inside = tuple(folder.rstrip(os.sep) + os.sep for folder in folders)
        self._files = frozenset(files)
        self._ground = ground

    def judge(self, event: str, args: tuple[Any, ...]) -> None:
        """Refuse it, with the error of a system that does not allow it.

        Raises:
            PermissionError: if it is none of what reading these files needs.
        """
        if event == "open":
            self._judge_open(args)
        elif event in _ON_OWN_GROUND and all(map(self._is_on_ground, args[: _ON_OWN_GROUND[event]])):
            return
        elif event.startswith(_REFUSED):
            raise PermissionError(f"{event} is not for the reader of a stranger's file")
        elif event in ("os.listdir", "os.scandir") and not self._is_ours(args[0]):
            raise PermissionError(f"{args[0]!r} is not to be looked into")
        elif event == "ctypes.dlopen" and args[0] is not None and not self._is_ours(args[0]):
            raise PermissionError(f"{args[0]!r} is not to be loaded")

    def _judge_open(self, args: tuple[Any, ...]) -> None:
        path, mode, flags = args
        if isinstance(path, int) or self._is_on_ground(path):
            return
        writes = isinstance(mode, str) and not set(mode).isdisjoint("wax+")
        if writes or (isinstance(flags, int) and flags & _WRITING and os.fspath(path) != os.devnull):
            raise PermissionError(f"{path!r} is not to be written")
        if not self._is_ours(path) and os.path.realpath(os.fsdecode(path)) not in self._files:
            raise PermissionError(f"{path!r} is not to be read")

    def _is_on_ground(self, path: Any) -> bool:
        """Whether it is a file right in the folder that may be written to."""
        if self._ground is None or not isinstance(path, str | bytes | os.PathLike):
            return False
        return os.path.dirname(os.path.realpath(os.fsdecode(path))) == self._ground

    def _is_ours(self, path: Any) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return isinstance(path, int)
        real = os.path.realpath(os.fsdecode(path))
        return real in self._folders or real.startswith(self._inside)
