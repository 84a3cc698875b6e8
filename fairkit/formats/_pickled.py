"""Pickles without their danger: what they ask for is listed, and only plain containers of NumPy are read.

A pickle is a program. Of its words only those that make lists, dictionaries, texts, numbers and NumPy arrays are
allowed here, and those of NumPy are made anew by us: an array is put together from its bytes, its shape and a type that
is spelt out, and no code of the pickle's choice is looked up, imported or called.
"""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple, cast

from fairkit.errors import UnreadableDocument

__all__ = ["ALLOWED", "Loaded", "globals_in", "load", "names_in", "refused"]

_MOST_PICKLES = 64
_MOST_NAMES = 200
_HIDDEN = "(a name that is put together while it runs)"
_STRINGS = frozenset(
    {"SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "UNICODE", "STRING", "BINSTRING", "SHORT_BINSTRING"}
)
_STORES = frozenset({"PUT", "BINPUT", "LONG_BINPUT"})
_LOADS = frozenset({"GET", "BINGET", "LONG_BINGET"})
_TYPE = re.compile(r"[biufcSUVmM?]\d{0,6}|O8?|(float|int|uint|bool|complex)\d{0,3}")


class _Word:
    """Something that a pickle may call; nothing of it can be changed from within."""

    __slots__ = ("_answer",)
    _answer: Callable[..., Any]

    def __init__(self, call: Callable[..., Any]) -> None:
        object.__setattr__(self, "_answer", call)

    def __call__(self, *args: Any) -> Any:
        return self._answer(*args)

    def __setattr__(self, name: str, value: Any) -> None:
        raise pickle.UnpicklingError("it tries to change what it is read with")


class _Type:
    """A type of NumPy, as a pickle tells it: its name first, then byte order, fields and the like."""

    __slots__ = ("_made", "_name")

    def __init__(self, name: str) -> None:
        if not isinstance(name, str) or not _TYPE.fullmatch(name):
            raise pickle.UnpicklingError("it names a type that NumPy has not")
        self._name = name
        self._made: Any = None

    def __setstate__(self, state: Any) -> None:
        """`(version, byte order, subarray, names, fields, size, alignment, flags, …)`."""
        if not isinstance(state, tuple) or not 6 <= len(state) <= 9 or state[1] not in ("<", ">", "|", "="):
            raise pickle.UnpicklingError("it tells a type that NumPy has not")
        _, order, subarray, names, fields, size, *more = state
        self._made = _dtype(self._name, order, subarray, names, fields, size, more[2] if len(more) == 3 else None)

    @property
    def made(self) -> Any:
        import numpy as np

        return np.dtype(self._name) if self._made is None else self._made


def _dtype(name: str, order: Any, subarray: Any, names: Any, fields: Any, size: Any, more: Any) -> Any:
    import numpy as np

    if names is not None:
        offsets = [fields[each][1] for each in names]
        kinds = [fields[each][0].made for each in names]
        return np.dtype({"names": list(names), "formats": kinds, "offsets": offsets, "itemsize": size})
    if subarray is not None:
        inner, shape = subarray
        return np.dtype((inner.made, shape))
    if name[0] in "mM" and more is not None:
        unit, step = more[1][:2]
        return np.dtype(f"{name[0]}8[{int(step)}{unit.decode()}]").newbyteorder(order if order in "<>" else "=")
    spelt = f"{name[0]}{size // (4 if name[0] == 'U' else 1)}" if name[0] in "SUV" else name
    made = np.dtype(spelt)
    return made.newbyteorder(order) if order in "<>" else made


class _Array:
    """An array that a pickle puts together; `made` once its state is there."""

    __slots__ = ("made",)

    def __init__(self) -> None:
        self.made: Any = None

    def __setstate__(self, state: Any) -> None:
        """`(version, shape, type, Fortran order, bytes or a list of objects)`."""
        if not isinstance(state, tuple) or len(state) not in (4, 5):
            raise pickle.UnpicklingError("it tells an array that NumPy has not")
        shape, dtype, fortran, data = state[-4:]
        self.made = _put_together(shape, dtype, data, "F" if fortran else "C")


def _put_together(shape: Any, dtype: Any, data: Any, order: Any) -> Any:
    """An array of bytes that are there, or the list of objects that an object array is.

    Raises:
        UnpicklingError: if its parts do not fit each other.
    """
    import numpy as np

    fits = isinstance(shape, tuple) and len(shape) <= 32 and all(isinstance(n, int) and n >= 0 for n in shape)
    if not fits or not isinstance(dtype, _Type):
        raise pickle.UnpicklingError("it tells an array that NumPy has not")
    kind = dtype.made
    if kind.kind == "O":
        if not isinstance(data, list) or len(shape) != 1 or len(data) != shape[0]:
            raise pickle.UnpicklingError("it holds an array of objects in more than one dimension")
        return data
    if isinstance(data, str):
        data = data.encode("latin-1")
    if kind.hasobject or not isinstance(data, bytes | bytearray):
        raise pickle.UnpicklingError("it tells an array that NumPy has not")
    size = kind.itemsize
    for length in shape:
        size *= length
    if size != len(data):
        raise pickle.UnpicklingError(f"it tells an array of {size} bytes and has {len(data)}")
    return np.frombuffer(data, kind).reshape(shape, order=order) if size else np.empty(shape, kind)


def _empty_array(*_: Any) -> _Array:
    return _Array()


def _from_buffer(data: Any, dtype: Any, shape: Any, order: Any = "C", *_: Any) -> _Array:
    array = _Array()
    array.made = _put_together(shape, dtype, bytes(data) if isinstance(data, memoryview) else data, str(order))
    return array


def _scalar(dtype: Any, data: Any = None) -> Any:
    return _put_together((), dtype, data, "C")[()]


def _bytes(text: Any, encoding: Any) -> bytes:
    """How old protocols write bytes: as text, to be encoded."""
    if encoding not in ("latin1", "latin-1") or not isinstance(text, str):
        raise pickle.UnpicklingError("it encodes a text in a way that is not allowed")
    return text.encode("latin-1")


def _made_of(kind: type[Any]) -> Callable[..., Any]:
    """A container of what is given, which must be no more than a sequence that is there."""

    def made(given: Any = (), *_: Any) -> Any:
        if not isinstance(given, list | tuple | dict | bytes | bytearray):
            raise pickle.UnpicklingError("it makes a container of something else")
        return kind(given)

    return made


_NUMPY = {
    "multiarray._reconstruct": _Word(_empty_array),
    "multiarray.scalar": _Word(_scalar),
    "numeric._frombuffer": _Word(_from_buffer),
}
_BYTES = _Word(_made_of(bytes))
ALLOWED: dict[str, Any] = {
    **{f"numpy.{core}.{name}": word for core in ("core", "_core") for name, word in _NUMPY.items()},
    "numpy.ndarray": _Word(_empty_array),
    "numpy.dtype": _Word(lambda name, *_: _Type(name)),
    "_codecs.encode": _Word(_bytes),
    "collections.OrderedDict": _Word(_made_of(dict)),
    **{f"{module}.{name}": _BYTES for module in ("builtins", "__builtin__") for name in ("bytes", "bytearray")},
}
"""All that a pickle may ask for, by its full name."""


class Loaded(NamedTuple):
    """What a pickle holds, and the names that it asked for."""

    value: Any
    names: frozenset[str]


class _Reader(pickle.Unpickler):
    """Python's own reader, which finds nothing but the allowed."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream, encoding="latin-1")
        self.asked: set[str] = set()

    def find_class(self, module: str, name: str) -> Any:
        asked = f"{module}.{name}"
        if asked not in ALLOWED:
            raise _Refused(asked)
        self.asked.add(asked)
        return ALLOWED[asked]

    def persistent_load(self, pid: Any) -> Any:
        raise _Refused("(a persistent id)")


class _Refused(pickle.UnpicklingError):
    """It asks for something that is not allowed, `asked`."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"it asks for {asked}")
        self.asked = asked


def load(stream: BinaryIO, *, path: str) -> Loaded:
    """What the next pickle of a stream holds: containers, texts, numbers and arrays, which `settled` gives out.

    Raises:
        UnreadableDocument: if it asks for anything else, or is broken.
    """
    try:
        reader = _Reader(stream)
        return Loaded(settled(reader.load()), frozenset(reader.asked))
    except _Refused as error:
        what = f"{path} is a pickle that asks for {error.asked[:200]!r}, and is not read"
        remedy = "Reading it would run code. Have whoever made it write Parquet or HDF5."
        raise UnreadableDocument(what, value=error.asked[:200], remedy=remedy) from None
    except MemoryError:
        raise UnreadableDocument(f"{path} asks for more memory than it may", value=path, remedy="") from None
    except (
        pickle.UnpicklingError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError,
        ImportError, RecursionError,
    ) as error:  # fmt: skip
        told = " ".join(str(error).split())[:200]
        raise UnreadableDocument(f"{path} is no pickle that can be read: {told}", value=path, remedy="") from None


def settled(value: Any) -> Any:
    """An array for what a pickle had put together as one."""
    return value.made if isinstance(value, _Array) else value


def names_in(attribute: Any) -> list[str] | None:
    """The names in a pickled list of them, as PyTables keeps those of columns in an attribute; None if it is none."""
    import numpy as np

    if isinstance(attribute, np.ndarray):
        attribute = attribute.tobytes() if attribute.dtype.kind in "SV" else None
    body = attribute.encode("latin-1", "replace") if isinstance(attribute, str) else attribute
    if not isinstance(body, bytes):
        return None
    try:
        found = load(io.BytesIO(body), path="").value
    except UnreadableDocument:
        return None
    if not isinstance(found, list | tuple):
        return None
    plain = all(isinstance(settled(each), str | int | float | np.generic) for each in found)
    return [str(settled(each)) for each in found] if plain else None


def globals_in(stream: BinaryIO) -> list[str]:
    """Every name that the pickles of a stream ask for, `module.name`, sorted; nothing of them is run.

    Raises:
        UnreadableDocument: if not even the first is a pickle.
    """
    found: set[str] = set()
    for number in range(_MOST_PICKLES):
        try:
            for name in _names_of(stream):
                found.add(name)
                if len(found) > _MOST_NAMES:
                    return sorted(found)
        except (ValueError, UnicodeError, MemoryError, OverflowError, IndexError) as error:
            # What follows the pickles may be anything: the weights of a model are, in old files of PyTorch. And one
            # that is broken has run all that stands before, so that what it asks for is told.
            if number == 0 and not refused(sorted(found)):
                told = " ".join(str(error).split())[:200]
                raise UnreadableDocument(f"this is no pickle: {told}", remedy="") from None
            break
    return sorted(found)


class _Untold:
    """A stream that does not tell where it is, as not all that are unpacked can."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read, self.readline = stream.read, stream.readline


def _names_of(stream: BinaryIO) -> Iterator[str]:
    """The names that one pickle asks for: after a GLOBAL they stand, for a STACK_GLOBAL the last two texts are them."""
    import pickletools

    texts: list[str | None] = []
    kept: dict[int, str | None] = {}
    for opcode, arg, _ in pickletools.genops(cast("BinaryIO", _Untold(stream))):
        name = opcode.name
        if name in _STRINGS:
            texts.append(arg if isinstance(arg, str) else None)
        elif name in _STORES or name == "MEMOIZE":
            kept[int(arg) if isinstance(arg, int | str) else len(kept)] = texts[-1] if texts else None
        elif name in _LOADS:
            texts.append(kept.get(int(str(arg))))
        elif name in ("GLOBAL", "INST"):
            yield str(arg).replace(" ", ".", 1)
            texts.append(None)
        elif name == "STACK_GLOBAL":
            module, called = (texts[-2], texts[-1]) if len(texts) > 1 else (None, None)
            yield _HIDDEN if module is None or called is None else f"{module}.{called}"
            texts.append(None)
        elif name in ("EXT1", "EXT2", "EXT4"):
            yield f"(extension {arg})"
        elif name in ("PERSID", "BINPERSID") or name not in ("FRAME", "PROTO", "MARK", "STOP"):
            texts.append(None)
        del texts[:-8]


def refused(names: Sequence[str]) -> list[str]:
    """Those of the names that a pickle may not ask for."""
    return [name for name in names if name not in ALLOWED]
