"""Noise on the weights of an ONNX file, number by number in its bytes: nothing moves, so no length in it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Elsewhere", "Noisy", "numbers_changed", "with_noise"]

_VARINT, _I64, _LEN, _I32 = 0, 1, 2, 5
_DEEPEST = 32
_FLOATS = {1: "<f4", 10: "<f2", 11: "<f8", 16: "<u2"}
"""The types of numbers that get noise, by their numbers in `onnx.proto`; bfloat16 (16) is half a float32."""

_Field = tuple[int, int, int, int]
"""A field: its number, its wire type, its value or where it begins, and where it ends."""


class Elsewhere(NamedTuple):
    """Weights that lie in a file beside the model."""

    name: str
    dtype: str
    dims: tuple[int, ...]
    location: str
    offset: int


class Noisy(NamedTuple):
    """A model with noise on its weights."""

    body: bytes
    changed: int
    """How many numbers got noise."""
    elsewhere: tuple[Elsewhere, ...]
    """The initialisers that lie in other files, and have got none."""


def with_noise(body: bytes, noise: float, seed: int) -> Noisy:
    """Multiply each number of its weights by 1 + `noise` x a normal deviate.

    Weights are the initialisers, and Constant nodes of more than one number: a single one is a setting of a step.
    Whole numbers stay; what quantises them is a floating-point number and does not.

    Raises:
        ValueError: if it is no such file.
    """
    import numpy as np

    work = _Work(bytearray(body), noise, np.random.default_rng(seed))
    for number, wire, begin, end in _fields(work.body, 0, len(work.body)):
        if number == 7 and wire == _LEN:
            work.graph(begin, end, 0)
        elif number == 25 and wire == _LEN:
            work.nodes(begin, end, 7, 0)
    return Noisy(bytes(work.body), work.changed, tuple(work.elsewhere))


def numbers_changed(numbers: Any, dtype: str, noise: float, random: np.random.Generator) -> Any:
    """Numbers with noise, in the type that they had."""
    import numpy as np

    wide = (numbers.astype("<u4") << 16).view("<f4") if dtype == "<u2" else numbers
    with np.errstate(all="ignore"):
        moved = wide * (1 + noise * random.standard_normal(numbers.shape))
        if dtype == "<u2":
            return (moved.astype("<f4").view("<u4") >> 16).astype("<u2")
        return moved.astype(dtype)


class _Work:
    """One pass over the bytes of a file."""

    def __init__(self, body: bytearray, noise: float, random: np.random.Generator) -> None:
        self.body, self.changed = body, 0
        self.elsewhere: list[Elsewhere] = []
        self._noise, self._random = noise, random

    def graph(self, begin: int, end: int, depth: int) -> None:
        for number, wire, start, stop in _fields(self.body, begin, end):
            if wire == _LEN and number == 5:
                self.tensor(start, stop, outer=depth == 0)
            elif wire == _LEN and number == 15:
                self._values(start, stop)
        self.nodes(begin, end, 1, depth)

    def nodes(self, begin: int, end: int, field: int, depth: int) -> None:
        """The nodes of a graph or a function, which lie in such a `field`.

        Raises:
            ValueError: if graphs lie in each other without end.
        """
        if depth > _DEEPEST:
            raise ValueError("its graphs lie too deep in each other")
        for number, wire, start, stop in _fields(self.body, begin, end):
            if number == field and wire == _LEN:
                self._node(start, stop, depth)

    def _node(self, begin: int, end: int, depth: int) -> None:
        fields = list(_fields(self.body, begin, end))
        constant = any(number == 4 and self.body[start:stop] == b"Constant" for number, _, start, stop in fields)
        for number, wire, start, stop in fields:
            if number == 5 and wire == _LEN:
                self._attribute(start, stop, depth, constant=constant)

    def _attribute(self, begin: int, end: int, depth: int, *, constant: bool) -> None:
        for number, wire, start, stop in _fields(self.body, begin, end):
            if wire != _LEN:
                continue
            if number in (6, 11):
                self.graph(start, stop, depth + 1)
            elif constant and number == 5:
                self.tensor(start, stop, least=2)
            elif constant and number == 22:
                self._values(start, stop, least=2)
            elif constant and number == 7 and stop - start >= 8:
                self._change(start, stop, "<f4")

    def _values(self, begin: int, end: int, least: int = 1) -> None:
        """The values of a sparse tensor."""
        for number, wire, start, stop in _fields(self.body, begin, end):
            if number == 1 and wire == _LEN:
                self.tensor(start, stop, least)

    def tensor(self, begin: int, end: int, least: int = 1, *, outer: bool = False) -> None:
        """Change a tensor that has at `least` so many numbers; an `outer` one is known by its name."""
        fields = list(_fields(self.body, begin, end))
        kind = next((value for number, wire, value, _ in fields if number == 2 and wire == _VARINT), 0)
        if kind not in _FLOATS:
            return
        dtype = _FLOATS[kind]
        if any(number == 14 and value == 1 for number, _, value, _ in fields):
            self.elsewhere.extend(_elsewhere(self.body, fields, dtype) if outer else ())
            return
        own = {1: 4, 11: 10}.get(kind)
        for number, wire, start, stop in fields:
            if number in (9, own) and wire != _VARINT and stop - start >= least * int(dtype[-1]):
                self._change(start, stop, dtype)

    def _change(self, begin: int, end: int, dtype: str) -> None:
        import numpy as np

        count = (end - begin) // int(dtype[-1])
        numbers = np.frombuffer(self.body, dtype, count=count, offset=begin).copy()
        self.body[begin : begin + numbers.nbytes] = numbers_changed(numbers, dtype, self._noise, self._random).tobytes()
        self.changed += count


def _elsewhere(body: bytearray, fields: list[_Field], dtype: str) -> Iterator[Elsewhere]:
    name, dims, told = "", [], {}
    for number, wire, start, stop in fields:
        if number == 1:
            dims += [start] if wire == _VARINT else list(_packed(body, start, stop))
        elif number == 8 and wire == _LEN:
            name = body[start:stop].decode("utf-8", "replace")
        elif number == 13 and wire == _LEN:
            pair = {n: body[s:e].decode("utf-8", "replace") for n, w, s, e in _fields(body, start, stop) if w == _LEN}
            told[pair.get(1, "")] = pair.get(2, "")
    offset = told.get("offset", "0")
    if name and told.get("location") and offset.isdecimal():
        yield Elsewhere(name, dtype, tuple(dims), told["location"], int(offset))


def _packed(body: bytearray, place: int, end: int) -> Iterator[int]:
    while place < end:
        value, place = _varint(body, place, end)
        yield value


def _fields(body: bytearray, place: int, end: int) -> Iterator[_Field]:
    while place < end:
        key, place = _varint(body, place, end)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, place = _varint(body, place, end)
            yield number, wire, value, place
            continue
        if wire == _LEN:
            length, place = _varint(body, place, end)
        elif wire in (_I32, _I64):
            length = 4 if wire == _I32 else 8
        else:
            raise ValueError(f"a field has the wire type {wire}")
        if length > end - place:
            raise ValueError("a field is longer than what it is in")
        yield number, wire, place, place + length
        place += length


def _varint(body: bytearray, place: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while place < end and shift < 64:
        byte = body[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
    raise ValueError("a number is cut off")
