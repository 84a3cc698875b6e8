"""The parent's side: it starts the child, asks, and ends it when the time is over."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from . import _slot
from ._frames import Frame, receive

__all__ = ["Child", "Died"]

_ROOT = Path(__file__).parents[2]
_START = "import sys; sys.path += sys.argv[1:]; from fairkit.untrusted._child import main; main()"
_KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
"""What of the environment the child needs to find its libraries; all else, such as tokens, is not for it."""
_SET = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "HDF5_PLUGIN_PRELOAD": "::",  # HDF5's own word for: load no filters from anywhere
    "HDF5_USE_FILE_LOCKING": "FALSE",
    "LC_ALL": "C.UTF-8",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 22),  # glibc would give every large array back to the kernel, and ask for
    "MALLOC_TRIM_THRESHOLD_": str(1 << 28),  # new pages for the next one: a tenth of the time of a conversion
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",  # each thread of it takes 32 MiB of address space
}
_PIPE = 1 << 20


class Died(Exception):  # noqa: N818
    """The child is no more, and why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Child:
    """One limited child process, for as long as the `with` lasts."""

    def __init__(
        self,
        *,
        reads: Sequence[str],
        memory: int,
        cpu: float | None,
        shares: bool = False,
        writes: str | None = None,
        written: int = 0,
    ) -> None:
        self._late = False
        self.slot = _slot.made() if shares else None
        shared = None if self.slot is None else self.slot.handle
        self._process = subprocess.Popen(  # noqa: S603 - our own Python
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _START, *_libraries()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pass_fds=() if shared is None else (shared,),
            env={**{name: os.environ[name] for name in _KEPT if name in os.environ}, **_SET},
        )
        _widen(self._stdout.fileno())
        with contextlib.suppress(BrokenPipeError):
            files = [os.path.abspath(path) for path in reads]
            ground = None if writes is None else os.path.abspath(writes)
            limits = {"reads": files, "memory": memory, "cpu": cpu, "writes": ground, "written": written}
            self._tell({**limits, "shared": shared})

    @property
    def _stdout(self) -> Any:
        return self._process.stdout

    def _tell(self, told: Any) -> None:
        line = memoryview(json.dumps(told).encode() + b"\n")
        stdin: Any = self._process.stdin
        while line:
            line = line[stdin.write(line) :]

    def ask(self, function: str, args: Sequence[Any], *, stream: str = "") -> None:
        """Have a function called; one that is a generator sends `batches` or `answers` as its `stream`.

        Raises:
            Died: if nobody is there.
        """
        try:
            self._tell({"function": function, "args": list(args), "stream": stream})
        except BrokenPipeError:
            raise Died(self._why()) from None

    def placed(self, frame: Frame) -> Any:
        """A copy of what the child has placed in the memory that both have, which it may now use again.

        Raises:
            Died: if nothing can be there.
        """
        if self.slot is None or len(frame.body) != 8:
            raise Died("what came of it made no sense")
        try:
            copy = self.slot.take(int.from_bytes(frame.body, "big"))
        except ValueError:
            raise Died("what came of it made no sense") from None
        with contextlib.suppress(BrokenPipeError):
            self._tell(None)
        return copy

    def frame(self, seconds: float, kinds: tuple[bytes, ...]) -> Frame:
        """The next frame that it sends, waiting so many seconds.

        Raises:
            Died: if none comes, or what comes is none of these `kinds`.
        """
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            found = receive(self._stdout.readinto, kinds)
        finally:
            timer.cancel()
        if found is None:
            raise Died(f"it took more than {seconds:g} s" if self._late else self._why())
        return found

    def _stop(self) -> None:
        self._late = True
        self._process.kill()

    def _why(self) -> str:
        """How it ended; whoever sends what is no frame is ended for it."""
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "what came of it made no sense"
        if code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            spent = name in ("SIGXCPU", "SIGKILL")
            return f"its reader used up the time that it had ({name})" if spent else f"it crashed its reader ({name})"
        return f"its reader ended too early (exit code {code})"

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe and pipe.close()
        self._process.wait()
        if self.slot is not None:
            self.slot.close()


def _libraries() -> list[str]:
    """Where the child finds fairkit and what it needs, after its own places: of ours no folder of data comes along.

    fairkit's own folder is first, as there are packages that bring a `tests` of theirs.
    """
    return [str(_ROOT), *(path for path in sys.path if path.endswith(("site-packages", "dist-packages")))]


def _widen(pipe: int) -> None:
    """A wide pipe, where there is such a thing: batches pass in a tenth of the turns."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
