"""What strangers wrote is opened in a child process that can do little else.

The child is a fresh Python without the environment of its parent. Before it looks at a file it gives up what it does
not need: memory and time are limited, nothing may be written, started or sent, and only the files named to it (and
Python's own) may be read. On Linux the kernel holds most of this (Landlock and seccomp), so that a library in C that a
crafted file has broken is held as well; elsewhere Python's audit hook does what it can. `held()` tells which limits are
in force.

Nothing that comes back is believed: answers are JSON, or Arrow batches that are validated, each with a cap on its size.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from fairkit import errors
from fairkit.errors import FairkitError, UnreadableDocument

from ._frames import BATCH, DONE, FAULT, PLACED, RESULT, SCHEMA, Frame

if TYPE_CHECKING:
    import pyarrow as pa

    from ._process import Child

__all__ = ["MOST_MEMORY", "MOST_SECONDS", "Worker", "call", "calls", "held", "stream"]

MOST_MEMORY = 2 * 1024**3
"""Bytes of address space; Python with NumPy, h5py and Arrow takes 400 MiB of it for itself."""
MOST_SECONDS = 60.0
"""Of wall clock, for one answer or one batch."""
_MOST_TEXT = 4000
_NONSENSE = "what came of it made no sense"
_REMEDY = "It may be broken, or made to break what reads it; do you trust where it comes from?"


def call(
    function: str,
    *args: Any,
    reads: Sequence[str] | None = None,
    most_memory: int = MOST_MEMORY,
    most_seconds: float = MOST_SECONDS,
) -> Any:
    """What `"package.module:function"` answers to `args` in the limited child; both are what JSON can say.

    `reads` are the files that it may open, by default every argument that is the path of one.

    Raises:
        FairkitError: what the function raised.
        UnreadableDocument: if the child died of the file: out of time, out of memory, crashed.
    """
    [answer] = calls(function, [args], reads=reads, most_memory=most_memory, most_seconds=most_seconds)
    if isinstance(answer, FairkitError):
        raise answer
    return answer


def calls(
    function: str,
    many: Iterable[Sequence[Any]],
    *,
    reads: Sequence[str] | None = None,
    most_memory: int = MOST_MEMORY,
    most_seconds: float = MOST_SECONDS,
) -> Iterator[Any]:
    """As `call` for many lists of arguments, in order, mostly by one child; what one raises stands in its place."""
    waiting = [list(args) for args in many]
    while waiting:
        answered = 0
        for answer in _answers(function, waiting, reads, most_memory, most_seconds):
            answered += 1
            yield answer
        del waiting[:answered]  # a child that died answered with its death, and the next one takes up the rest


def _answers(
    function: str, many: list[list[Any]], reads: Sequence[str] | None, memory: int, seconds: float
) -> Iterator[Any]:
    """The answers of one child, up to the one that it dies of; at least one."""
    from ._process import Child, Died

    files = _files(many) if reads is None else list(reads)
    with Child(reads=files, memory=memory, cpu=seconds * len(many) + 1) as child:
        for args in many:
            try:
                child.ask(function, args)
                yield _answer(child.frame(seconds, (RESULT, FAULT)))
            except Died as death:
                yield _dead(args, function, death.why)
                return


def stream(
    function: str,
    *args: Any,
    reads: Sequence[str] | None = None,
    most_memory: int = MOST_MEMORY,
    most_seconds: float = MOST_SECONDS,
) -> Iterator[pa.RecordBatch]:
    """The Arrow batches that a generator `"package.module:function"` yields in the limited child, each validated.

    Raises:
        FairkitError: what the function raised.
        UnreadableDocument: if the child died of the file, or what it sent is no valid batch.
    """
    from ._process import Child, Died

    files = _files([args]) if reads is None else list(reads)
    with Child(reads=files, memory=most_memory, cpu=None, shares=True) as child:
        try:
            child.ask(function, args, stream="batches")
            schema = None
            while (frame := child.frame(most_seconds, (SCHEMA, BATCH, PLACED, DONE, FAULT))).kind != DONE:
                if frame.kind == FAULT:
                    raise _answer(frame)
                if frame.kind == SCHEMA:
                    schema = _schema(frame.body, args, function)
                else:
                    body = child.placed(frame) if frame.kind == PLACED else frame.body
                    yield _batch(body, schema, args, function)
        except Died as death:
            raise _dead(args, function, death.why) from None


class Worker:
    """A limited child that answers long questions one after the other, and may write files into the folder `writes`.

    It starts with the first question, and anew after one that it died of.
    """

    def __init__(
        self, *, reads: Sequence[str], writes: str, most_memory: int = MOST_MEMORY, most_written: int = 1 << 62
    ) -> None:
        self._reads, self._writes = list(reads), writes
        self._memory, self._written = most_memory, most_written
        self._child: Child | None = None

    def told(self, function: str, *args: Any, most_seconds: float = MOST_SECONDS) -> Iterator[Any]:
        """What the generator `"package.module:function"` yields, things that JSON can say, as it yields them.

        Each may take `most_seconds`. Whoever stops listening stops the child.

        Raises:
            FairkitError: what the function raised.
            UnreadableDocument: if the child died of the file.
        """
        from ._process import Child, Died

        over = False
        try:
            if self._child is None:
                self._child = Child(
                    reads=self._reads, memory=self._memory, cpu=None, writes=self._writes, written=self._written
                )
            self._child.ask(function, args, stream="answers")
            while (frame := self._child.frame(most_seconds, (RESULT, DONE, FAULT))).kind == RESULT:
                yield _answer(frame)
            over = True
            if frame.kind == FAULT:
                raise _answer(frame)
        except Died as death:
            raise _dead(args, function, death.why) from None
        finally:
            if not over:
                self.close()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.__exit__(None, None, None)
            self._child = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def held() -> tuple[str, ...]:
    """The limits that are in force for the child on this machine, such as `memory`, `files` or `network`."""
    return tuple(map(str, call("fairkit.untrusted._limits:held", reads=())))


def _files(many: Iterable[Sequence[Any]]) -> list[str]:
    return sorted({arg for args in many for arg in args if isinstance(arg, str) and os.path.isfile(arg)})


def _answer(frame: Frame) -> Any:
    """The result, or the error that was raised for it."""
    try:
        told = json.loads(frame.body)
    except (ValueError, RecursionError):
        return UnreadableDocument(_NONSENSE, remedy=_REMEDY)
    if frame.kind == RESULT:
        return told
    if not isinstance(told, dict):
        return UnreadableDocument(_NONSENSE, remedy=_REMEDY)
    name, what, value, remedy = (str(told.get(key) or "")[:_MOST_TEXT] for key in ("error", "what", "value", "remedy"))
    kind = getattr(errors, name, UnreadableDocument) if name in errors.__all__ else UnreadableDocument
    known = UnreadableDocument if kind is errors.UnknownName else kind  # which asks for more than that
    return known(what, value=value or None, remedy=remedy)


def _dead(args: Sequence[Any], function: str, why: str) -> UnreadableDocument:
    about = _about(args, function)
    return UnreadableDocument(f"{about} could not be read: {why}", value=about, remedy=_REMEDY)


def _about(args: Sequence[Any], function: str) -> str:
    return next((arg for arg in args if isinstance(arg, str) and os.path.exists(arg)), function)


def _schema(body: bytearray, args: Sequence[Any], function: str) -> pa.Schema:
    import pyarrow as pa

    try:
        return pa.ipc.read_schema(pa.py_buffer(body))
    except (pa.ArrowException, ValueError, OSError, EOFError):
        raise _dead(args, function, "what came of it is no schema of Arrow") from None


def _batch(body: Any, schema: pa.Schema | None, args: Sequence[Any], function: str) -> pa.RecordBatch:
    import pyarrow as pa

    try:
        batch = pa.ipc.read_record_batch(pa.py_buffer(body), schema)
        batch.validate(full=True)
        return batch
    except (pa.ArrowException, ValueError, TypeError, OSError, EOFError):
        raise _dead(args, function, "what came of it is no batch of Arrow") from None
