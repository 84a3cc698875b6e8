"""What the tests have called in the limited child: each tries something, as a library that a file has broken might."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

from fairkit.errors import NotFound, UnknownName

__all__: list[str] = []


def twice(number: int) -> int:
    return 2 * number


def environment() -> dict[str, str]:
    return dict(os.environ)


def read(path: str) -> str:
    with open(path) as file:
        return file.read()


def read_in_c(path: str) -> str:
    """Past Python's audit hook, as HDF5 would."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.open(os.fsencode(path), 0)
    if handle < 0:
        raise OSError(ctypes.get_errno(), "refused", path)
    return os.read(handle, 100).decode()


def write(path: str) -> None:
    with open(path, "w") as file:
        file.write("x")


def write_in_c(path: str) -> None:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.open(os.fsencode(path), os.O_WRONLY | os.O_CREAT, 0o600) < 0:
        raise OSError(ctypes.get_errno(), "refused", path)


def start_in_c() -> int:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.execv(b"/bin/true", None)
    return ctypes.get_errno()


def connect_in_c() -> int:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.socket(2, 1, 0)
    return ctypes.get_errno()


def run(command: str) -> int:
    return os.system(command)  # noqa: S605 - it is to be refused


def fetch() -> None:
    import socket

    socket.create_connection(("127.0.0.1", 9))


def list_folder(path: str) -> list[str]:
    return os.listdir(path)


def chatter() -> str:
    print("R\0\0\0\0\0\0\0\2[]", flush=True)  # noqa: T201 - it is to be no answer
    sys.stderr.write("x" * 100_000)
    os.write(1, b"R\0\0\0\0\0\0\0\2[]")
    return "said"


def forged(body: str) -> None:
    """What a child that a file has taken over might send instead of an answer."""
    for handle in range(3, 20):
        try:
            os.write(handle, body.encode("latin-1"))
        except OSError:
            continue
    os._exit(0)


def loop() -> None:
    while True:
        pass


def crash() -> None:
    os.abort()


def leave() -> None:
    os._exit(7)


def devour() -> int:
    return len(bytearray(8 << 30))


def missing(name: str) -> None:
    raise NotFound(f"there is no {name}", value=name, remedy="Look elsewhere.")


def unknown(name: str) -> None:
    raise UnknownName("thing", name, ["other"])


def odd() -> None:
    raise ZeroDivisionError("a\nb")


def die_of(path: str, word: str) -> str:
    """The content of a file; one that holds the word kills its reader."""
    content = read(path)
    if word in content:
        os.abort()
    return content


def numbers(count: int, rows: int) -> Iterator[Any]:
    import pyarrow as pa

    for number in range(count):
        yield pa.record_batch({"n": pa.array([number] * rows, pa.int64())})


def numbers_then_missing() -> Iterator[Any]:
    yield from numbers(2, 3)
    missing("third batch")


def numbers_then_silence() -> Iterator[Any]:
    yield from numbers(1, 3)
    loop()


def invalid() -> Iterator[Any]:
    """Texts that are none."""
    import pyarrow as pa

    made = pa.array([b"\xff\xfe"], pa.binary())
    yield pa.RecordBatch.from_arrays([pa.Array.from_buffers(pa.string(), 1, made.buffers())], ["n"])
