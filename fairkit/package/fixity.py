"""Digests of files: every byte is read once, whatever is made of it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from fairkit.errors import UnknownName
from fairkit.model.distribution import Checksum

__all__ = ["ALGORITHMS", "algorithms", "checksums", "digest"]

ALGORITHMS = ("sha256", "md5", "adler32")
"""What a package can state: sha256 always, the others where a repository asks for them."""
_CHUNK = 1024 * 1024
"""Bytes that are read at a time: they still lie near the processor when the second digest looks at them."""


class _Digest(Protocol):
    def update(self, data: memoryview, /) -> None: ...
    def hexdigest(self) -> str: ...


class _Rolling:
    """A checksum of zlib with the methods of hashlib's."""

    def __init__(self, function: Callable[[memoryview, int], int], start: int) -> None:
        self._function = function
        self._value = start

    def update(self, data: memoryview, /) -> None:
        self._value = self._function(data, self._value)

    def hexdigest(self) -> str:
        return f"{self._value:08x}"


def algorithms(names: str | None) -> tuple[str, ...]:
    """The algorithms in a list with commas, sha256 first: it is never left out.

    Raises:
        UnknownName: for one that is not in `ALGORITHMS`.
    """
    wanted = [name.strip().lower() for name in (names or "").split(",") if name.strip()]
    for name in wanted:
        if name not in ALGORITHMS:
            raise UnknownName("checksum", name, ALGORITHMS)
    return tuple(dict.fromkeys(("sha256", *wanted)))


def digest(
    read: Callable[[memoryview], int | None],
    wanted: Sequence[str],
    *,
    write: Callable[[memoryview], object] | None = None,
    advance: Callable[[int], None] = lambda _: None,
    most: int | None = None,
) -> tuple[int, dict[str, str]]:
    """Read to the end with `read` (a `readinto`), `write` what was read, and digest it: the size and the digests.

    `wanted` may name crc32 and what hashlib has besides `ALGORITHMS`. Where there are more than `most` bytes, reading
    stops there: the size tells.
    """
    made = {name: _new(name) for name in wanted}
    room = memoryview(bytearray(_CHUNK if most is None else max(1, min(_CHUNK, most + 1))))
    size = 0
    while (most is None or size <= most) and (count := read(room)):
        part = room[:count]
        for one in made.values():
            one.update(part)
        if write is not None:
            write(part)
        size += count
        advance(count)
    return size, {name: one.hexdigest() for name, one in made.items()}


def _new(name: str) -> _Digest:
    if name == "adler32":
        return _Rolling(zlib.adler32, 1)
    if name == "crc32":
        return _Rolling(zlib.crc32, 0)
    made: _Digest = hashlib.new(name, usedforsecurity=False)
    return made


def checksums(digests: Mapping[str, str]) -> tuple[Checksum, ...]:
    """The digests as words of the model, in the order of `ALGORITHMS`; others are for archives alone."""
    return tuple(Checksum(algorithm=name, value=digests[name]) for name in ALGORITHMS if name in digests)
