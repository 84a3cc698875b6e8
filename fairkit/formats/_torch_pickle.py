"""The operations of a pickle of PyTorch, read as words: what it would call, and which weights it tells of.

A small stack is kept of what is plain (texts, numbers, tuples, names of globals), so that the calls that rebuild a
tensor show their shape and the storage they take; everything else is an unknown thing on that stack. Nothing is called.
"""

from __future__ import annotations

import io
import pickletools
import warnings
from typing import Any, NamedTuple

from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Tensor

__all__ = ["KNOWN", "MAGIC", "Found", "listed"]

MAGIC = b"\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19"
"""The number with which the older row of pickles begins, after two bytes that tell the protocol."""

KNOWN = frozenset({
    "collections OrderedDict", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_tensor",
    "torch._utils _rebuild_parameter", "torch._tensor _rebuild_from_type_v2", "torch Size", "torch device",
    *(f"torch {kind}Storage" for kind in (
        "Float", "Double", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool", "ComplexFloat",
        "ComplexDouble",
    )),
    *(f"torch {kind}" for kind in ("float32", "float64", "float16", "bfloat16", "int64", "int32", "uint8", "bool")),
    "torch.storage UntypedStorage", "torch.storage TypedStorage",
})  # fmt: skip
"""What PyTorch itself writes for weights, and calls nothing of a stranger's."""
_DTYPES = {
    "Float": "float32", "Double": "float64", "Half": "float16", "BFloat16": "bfloat16", "Long": "int64",
    "Int": "int32", "Short": "int16", "Char": "int8", "Byte": "uint8", "Bool": "bool", "ComplexFloat": "complex64",
    "ComplexDouble": "complex128",
}  # fmt: skip
_MOST_OPERATIONS = 2_000_000
_MOST_TENSORS = 10_000
_MOST_NAMES = 500


class Found(NamedTuple):
    """What a pickle tells of."""

    globals: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    tensors: tuple[Tensor, ...] = ()
    cut: bool = False

    @property
    def parameters(self) -> int | None:
        """The numbers in the weights; None where none could be told."""
        total = 0
        for tensor in self.tensors:
            size = 1
            for length in tensor.shape or ():
                size *= length if isinstance(length, int) else 0
            total += size
        return total if self.tensors else None

    def joined(self, other: Found) -> Found:
        """Both of them."""
        names = tuple(dict.fromkeys((*self.globals, *other.globals)))[:_MOST_NAMES]
        unknown = tuple(dict.fromkeys((*self.unknown, *other.unknown)))[:_MOST_NAMES]
        return Found(names, unknown, (*self.tensors, *other.tensors)[:_MOST_TENSORS], self.cut or other.cut)


class _Global(NamedTuple):
    name: str


class _Built(NamedTuple):
    """A tensor that a call would rebuild."""

    dtype: str | None
    shape: tuple[int, ...]


class _Storage(NamedTuple):
    dtype: str | None


class _Mark(NamedTuple):
    """Where a row begins."""


class _Other(NamedTuple):
    """Anything else."""


_MARK, _OTHER = _Mark(), _Other()


def listed(body: bytes, *, most: int = 1) -> Found:
    """What the first pickles of some bytes tell of, at most so many.

    Raises:
        UnreadableDocument: if there is none.
    """
    stream, found = io.BytesIO(body), Found()
    for number in range(most):
        reader = _Reader()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # strange escapes in a stranger's texts
                _read(stream, reader)
        except (ValueError, IndexError, KeyError, UnicodeDecodeError, OverflowError, MemoryError, EOFError) as error:
            if number == 0:
                what = f"its pickle is broken: {error}"
                raise UnreadableDocument(what, value=None, remedy="") from None
            return found._replace(cut=True)
        found = found.joined(reader.found())
    return found


def _read(stream: io.BytesIO, reader: _Reader) -> None:
    for count, (operation, argument, _) in enumerate(pickletools.genops(stream)):
        if count > _MOST_OPERATIONS:
            raise UnreadableDocument("it has too many operations", value=None, remedy="")
        reader.take(operation.name, argument)


class _Reader:
    """Follows the operations as far as plain values go."""

    def __init__(self) -> None:
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self._names: dict[str, None] = {}
        self._tensors: dict[str, _Built] = {}
        self._lone: list[_Built] = []
        self._cut = False

    def found(self) -> Found:
        names = tuple(self._names)
        named = [Tensor(name=name, dtype=one.dtype, shape=one.shape) for name, one in self._tensors.items()]
        known = {id(one) for one in self._tensors.values()}
        named += [
            Tensor(name=f"tensor {place}", dtype=one.dtype, shape=one.shape)
            for place, one in enumerate(self._lone)
            if id(one) not in known
        ]
        unknown = tuple(name for name in names if name not in KNOWN)
        return Found(names[:_MOST_NAMES], unknown[:_MOST_NAMES], tuple(named[:_MOST_TENSORS]), self._cut)

    def take(self, name: str, argument: Any) -> None:
        """One operation."""
        plain = getattr(self, f"_on_{name.lower()}", None)
        if plain is not None:
            plain(argument)
        elif name in _PUSHES:
            self._push(argument if isinstance(argument, str | int | float | bytes) else _PUSHES[name])
        elif name in _POPS:
            self._drop(_POPS[name])
        elif name not in _NOTHING:
            self._drop(1)
            self._push(_OTHER)

    def _push(self, value: Any) -> None:
        self._stack.append(value)

    def _pop(self) -> Any:
        return self._stack.pop() if self._stack else _OTHER

    def _drop(self, count: int) -> None:
        for _ in range(count):
            self._pop()

    def _row(self) -> list[Any]:
        """What was put there since the last mark."""
        found: list[Any] = []
        while self._stack and (value := self._stack.pop()) is not _MARK:
            found.append(value)
        return found[::-1]

    def _call(self, named: str) -> None:
        self._names.setdefault(named)

    def _on_mark(self, _: Any) -> None:
        self._push(_MARK)

    def _on_global(self, argument: str) -> None:
        self._call(argument)
        self._push(_Global(argument))

    def _on_stack_global(self, _: Any) -> None:
        name, module = self._pop(), self._pop()
        both = isinstance(name, str) and isinstance(module, str)
        self._on_global(f"{module} {name}" if both else "(a name that is put together while it runs)")

    def _on_inst(self, argument: str) -> None:
        self._row()
        self._call(argument)
        self._push(_OTHER)

    def _on_obj(self, _: Any) -> None:
        self._row()
        self._push(_OTHER)

    def _on_reduce(self, _: Any) -> None:
        arguments, called = self._pop(), self._pop()
        name = called.name if isinstance(called, _Global) else ""
        if name.startswith("torch._utils _rebuild_tensor") and isinstance(arguments, tuple) and len(arguments) > 2:
            self._rebuilt(arguments[0], arguments[2])
        elif name == "torch._utils _rebuild_parameter" and isinstance(arguments, tuple) and arguments:
            self._push(arguments[0])
        elif name == "collections OrderedDict":
            rows = arguments[0] if isinstance(arguments, tuple) and arguments else []
            for row in rows if isinstance(rows, list) else []:
                self._pairs(list(row) if isinstance(row, list | tuple) else [])
            self._push({})
        else:
            self._push(_OTHER)

    def _rebuilt(self, storage: Any, shape: Any) -> None:
        whole = isinstance(shape, tuple) and all(type(size) is int and 0 <= size < 1 << 48 for size in shape)
        if not whole:
            self._cut = True
            self._push(_OTHER)
            return
        made = _Built(storage.dtype if isinstance(storage, _Storage) else None, shape)
        if len(self._lone) < _MOST_TENSORS:
            self._lone.append(made)
        self._push(made)

    def _on_binpersid(self, _: Any) -> None:
        """A storage: its kind is the second of the row that names it."""
        told = self._pop()
        kinds = [one.name for one in told if isinstance(one, _Global)] if isinstance(told, tuple) else []
        named = next((name.removeprefix("torch ").removesuffix("Storage") for name in kinds), "")
        self._push(_Storage(_DTYPES.get(named)))

    def _on_persid(self, _: Any) -> None:
        self._push(_Storage(None))

    def _on_newobj(self, _: Any) -> None:
        self._drop(2)
        self._push(_OTHER)

    def _on_newobj_ex(self, _: Any) -> None:
        self._drop(3)
        self._push(_OTHER)

    def _on_build(self, _: Any) -> None:
        self._drop(1)

    def _on_tuple(self, _: Any) -> None:
        self._push(tuple(self._row()))

    def _on_empty_tuple(self, _: Any) -> None:
        self._push(())

    def _on_tuple1(self, _: Any) -> None:
        self._push((self._pop(),))

    def _on_tuple2(self, _: Any) -> None:
        last, first = self._pop(), self._pop()
        self._push((first, last))

    def _on_tuple3(self, _: Any) -> None:
        last, middle, first = self._pop(), self._pop(), self._pop()
        self._push((first, middle, last))

    def _on_empty_dict(self, _: Any) -> None:
        self._push({})

    def _on_dict(self, _: Any) -> None:
        self._pairs(self._row())
        self._push({})

    def _on_setitem(self, _: Any) -> None:
        value, key = self._pop(), self._pop()
        self._pairs([key, value])

    def _on_setitems(self, _: Any) -> None:
        self._pairs(self._row())

    def _pairs(self, row: list[Any]) -> None:
        """Tensors that a dictionary has by name."""
        for key, value in zip(row[::2], row[1::2], strict=False):
            if isinstance(key, str) and isinstance(value, _Built) and len(self._tensors) < _MOST_TENSORS:
                self._tensors.setdefault(key[:500], value)

    def _on_empty_list(self, _: Any) -> None:
        self._push([])

    def _on_appends(self, _: Any) -> None:
        row = self._row()
        if self._stack and isinstance(self._stack[-1], list):
            self._stack[-1].extend(row)

    def _on_append(self, _: Any) -> None:
        value = self._pop()
        if self._stack and isinstance(self._stack[-1], list):
            self._stack[-1].append(value)

    def _on_additems(self, _: Any) -> None:
        self._row()

    def _on_list(self, _: Any) -> None:
        self._row()
        self._push(_OTHER)

    def _on_frozenset(self, _: Any) -> None:
        self._row()
        self._push(_OTHER)

    def _on_pop_mark(self, _: Any) -> None:
        self._row()

    def _on_dup(self, _: Any) -> None:
        value = self._pop()
        self._push(value)
        self._push(value)

    def _put(self, place: int) -> None:
        if self._stack and len(self._memo) < _MOST_OPERATIONS:
            self._memo[place] = self._stack[-1]

    def _on_memoize(self, _: Any) -> None:
        self._put(len(self._memo))

    def _on_put(self, argument: int) -> None:
        self._put(argument)

    _on_binput = _on_long_binput = _on_put

    def _on_get(self, argument: int) -> None:
        self._push(self._memo.get(argument, _OTHER))

    _on_binget = _on_long_binget = _on_get


_PUSHES: dict[str, Any] = {
    **dict.fromkeys(
        (
            "INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT", "STRING", "BINSTRING",
            "SHORT_BINSTRING", "UNICODE", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "BINBYTES", "SHORT_BINBYTES",
            "BINBYTES8", "BYTEARRAY8", "NONE", "EMPTY_SET", "EXT1", "EXT2", "EXT4", "NEXT_BUFFER",
        ),
        _OTHER,
    ),
    "NEWTRUE": True,
    "NEWFALSE": False,
}  # fmt: skip
_POPS = {"POP": 1, "STOP": 1}
_NOTHING = frozenset({"PROTO", "FRAME", "READONLY_BUFFER"})
