"""A walk through an ONNX file that reads its words and steps over its weights, without any library.

The form is that of protocol buffers (https://protobuf.dev/programming-guides/encoding/), the fields those of ONNX's
`onnx.proto`. Files come from strangers: the wire type of each known field is checked, lengths and depths are bounded,
and no more fields are visited than a model of a million nodes has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Broken", "Graph", "Model", "Tensor", "Value", "walk"]

MOST_FIELDS = 5_000_000
_DEEPEST = 32
_MOST_TEXT = 64 * 1024
_VARINT, _I64, _LEN, _I32 = 0, 1, 2, 5
_TYPES = (
    None, "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64",
    "uint32", "uint64", "complex64", "complex128", "bfloat16", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2",
    "float8_e5m2fnuz", "uint4", "int4", "float4_e2m1fn", "float8_e8m0fnu", "uint2", "int2",
    "float6_e2m3fn", "float6_e3m2fn",
)  # fmt: skip
"""The types of tensors by their numbers, as ml_dtypes and NumPy call them."""

Field = tuple[int, int, int, int]
"""A field: its number, its wire type, its value or where it begins, and where it ends."""


class Broken(ValueError):  # noqa: N818 - a verdict
    """It is no ONNX, or one that contradicts itself."""


class Value(NamedTuple):
    """An input or an output of a graph."""

    name: str
    dtype: str | None
    shape: tuple[int | str | None, ...] | None
    description: str


class Tensor(NamedTuple):
    """A tensor of numbers: where they lie is known by `location` where they are not in the file."""

    name: str
    dtype: str | None
    dims: tuple[int, ...]
    location: str | None

    @property
    def numbers(self) -> int:
        """How many numbers it has."""
        count = 1
        for size in self.dims:
            count *= size
        return count


class Graph:
    """What a graph and all graphs inside of it hold."""

    def __init__(self) -> None:
        self.name = ""
        self.inputs: list[Value] = []
        self.outputs: list[Value] = []
        self.initializers: list[Tensor] = []
        self.inner: list[Tensor] = []
        """Initialisers of graphs inside of it."""
        self.constants = 0
        self.locations: list[str] = []
        self.operators: dict[str, int] = {}


class Model(NamedTuple):
    """What a file says of itself."""

    ir_version: int | None
    opsets: tuple[tuple[str, int], ...]
    producer: str
    producer_version: str
    domain: str
    model_version: int | None
    description: str
    metadata: tuple[tuple[str, str], ...]
    graph: Graph
    functions: int


class _Walk:
    """One walk; `data` is the bytes of the file, perhaps mapped."""

    def __init__(self, data: bytes | memoryview) -> None:
        self._data, self._left = data, MOST_FIELDS

    def fields(self, place: int, end: int) -> Iterator[Field]:
        """The fields between two places."""
        data = self._data
        while place < end:
            self._left -= 1
            if self._left < 0:
                raise Broken(f"it has more than {MOST_FIELDS:,} fields")
            key, place = self._varint(place, end)
            number, wire = key >> 3, key & 7
            if number == 0:
                raise Broken("it has a field without a number")
            if wire == _VARINT:
                value, place = self._varint(place, end)
                yield number, wire, value, place
            elif wire == _LEN:
                length, place = self._varint(place, end)
                if length > end - place:
                    raise Broken("a field is longer than what it is in")
                yield number, wire, place, place + length
                place += length
            elif wire in (_I64, _I32):
                size = 8 if wire == _I64 else 4
                if size > end - place:
                    raise Broken("a number is cut off")
                yield number, wire, place, place + size
                place += size
            else:
                raise Broken(f"a field has the wire type {wire}")
        if place != end or end > len(data):
            raise Broken("a field goes on after its end")

    def _varint(self, place: int, end: int) -> tuple[int, int]:
        value, shift, data = 0, 0, self._data
        while place < end:
            byte = data[place]
            place += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value & 0xFFFF_FFFF_FFFF_FFFF, place
            shift += 7
            if shift > 63:
                raise Broken("a number has too many digits")
        raise Broken("a number is cut off")

    def text(self, field: Field) -> str:
        """A text, cut where it is very long."""
        begin, end = _span(field)
        return bytes(self._data[begin : min(end, begin + _MOST_TEXT)]).decode("utf-8", "replace")

    def model(self, end: int) -> Model:
        texts = {2: "", 3: "", 4: "", 6: ""}
        numbers: dict[int, int | None] = {1: None, 5: None}
        opsets: list[tuple[str, int]] = []
        metadata: list[tuple[str, str]] = []
        graph, functions = None, 0
        for field in self.fields(0, end):
            number = field[0]
            if number in texts:
                texts[number] = self.text(field)
            elif number in numbers:
                numbers[number] = _signed(_number(field))
            elif number == 7:
                graph = Graph()
                self.graph(_span(field), graph, 0)
            elif number == 8:
                opsets.append(self.opset(_span(field)))
            elif number == 14:
                metadata.append(self.pair(_span(field)))
            elif number == 25:
                _span(field)
                functions += 1
        if graph is None:
            raise Broken("it has no graph")
        if numbers[1] is None and not opsets:
            raise Broken("it says neither the version of its form nor that of its operators")
        held = (tuple(opsets), texts[2], texts[3], texts[4], numbers[5], texts[6], tuple(metadata), graph, functions)
        return Model(numbers[1], *held)

    def opset(self, span: tuple[int, int]) -> tuple[str, int]:
        domain, version = "", 0
        for field in self.fields(*span):
            if field[0] == 1:
                domain = self.text(field)
            elif field[0] == 2:
                version = _signed(_number(field))
        return domain, version

    def pair(self, span: tuple[int, int]) -> tuple[str, str]:
        found = {1: "", 2: ""}
        for field in self.fields(*span):
            if field[0] in found:
                found[field[0]] = self.text(field)
        return found[1], found[2]

    def graph(self, span: tuple[int, int], graph: Graph, depth: int) -> None:
        if depth > _DEEPEST:
            raise Broken("its graphs lie too deep in each other")
        for field in self.fields(*span):
            number = field[0]
            if number == 1:
                self.node(_span(field), graph, depth)
            elif number == 5:
                self.initializer(_span(field), graph, depth)
            elif number == 15:
                for inner in self.fields(*_span(field)):
                    if inner[0] == 1:  # the values of a sparse one; its places are no weights
                        self.initializer(_span(inner), graph, depth)
            elif depth == 0 and number in (11, 12):
                (graph.inputs if number == 11 else graph.outputs).append(self.value(_span(field)))
            elif depth == 0 and number == 2:
                graph.name = self.text(field)
            elif number in (2, 10, 11, 12, 13):
                _span(field)

    def initializer(self, span: tuple[int, int], graph: Graph, depth: int) -> None:
        tensor = self.tensor(span)
        (graph.inner if depth else graph.initializers).append(tensor)
        if tensor.location is not None:
            graph.locations.append(tensor.location)

    def node(self, span: tuple[int, int], graph: Graph, depth: int) -> None:
        kind, domain = "", ""
        attributes: list[tuple[int, int]] = []
        for field in self.fields(*span):
            number = field[0]
            if number == 4:
                kind = self.text(field)
            elif number == 7:
                domain = self.text(field)
            elif number == 5:
                attributes.append(_span(field))
            elif number in (1, 2, 3, 6):
                _span(field)
        name = f"{domain}.{kind}" if domain not in ("", "ai.onnx") else kind
        graph.operators[name] = graph.operators.get(name, 0) + 1
        for attribute in attributes:
            self.attribute(attribute, graph, depth, constant=kind == "Constant")

    def attribute(self, span: tuple[int, int], graph: Graph, depth: int, *, constant: bool) -> None:
        """The tensors and graphs of an attribute; what a Constant holds is counted."""
        for field in self.fields(*span):
            number = field[0]
            if number in (5, 10):
                self._held(self.tensor(_span(field)), graph, constant=constant)
            elif number in (22, 23):
                for inner in self.fields(*_span(field)):
                    if inner[0] == 1:
                        self._held(self.tensor(_span(inner)), graph, constant=constant)
            elif number in (6, 11):
                self.graph(_span(field), graph, depth + 1)
            elif number in (2, 3) or (number in (4, 9) and constant):
                graph.constants += constant
            elif number in (7, 8) and constant:
                graph.constants += self._many(field)

    def _many(self, field: Field) -> int:
        """How many numbers a field of a list has: one by one, or packed."""
        number, wire, begin, end = field
        if wire != _LEN:
            return 1
        if number == 7:
            return (end - begin) // 4
        return sum(byte < 0x80 for byte in bytes(self._data[begin:end]))

    def _held(self, tensor: Tensor, graph: Graph, *, constant: bool) -> None:
        graph.constants += tensor.numbers if constant else 0
        if tensor.location is not None:
            graph.locations.append(tensor.location)

    def tensor(self, span: tuple[int, int]) -> Tensor:
        dims: list[int] = []
        name, kind, location, outside = "", 0, None, False
        for field in self.fields(*span):
            number, wire = field[0], field[1]
            if number == 1:
                dims += self._dims(field)
            elif number == 2:
                kind = _number(field)
            elif number == 8:
                name = self.text(field)
            elif number == 13:
                key, value = self.pair(_span(field))
                location = value if key == "location" else location
            elif number == 14:
                outside = _number(field) == 1
            elif number in (6, 9, 12):
                _span(field)
            elif number in (4, 5, 7, 10, 11) and wire not in (_LEN, _VARINT, _I32, _I64):
                raise Broken("numbers of a tensor have a wrong wire type")
        if len(dims) > 64 or any(size < 0 for size in dims):
            raise Broken("a tensor has no such shape")
        if outside and location is None:
            raise Broken("a tensor lies elsewhere, and it is not said where")
        return Tensor(name, _type(kind), tuple(dims), location)

    def _dims(self, field: Field) -> Iterator[int]:
        if field[1] == _VARINT:
            yield _signed(field[2])
            return
        place, end = _span(field)
        while place < end:
            value, place = self._varint(place, end)
            yield _signed(value)

    def value(self, span: tuple[int, int]) -> Value:
        name, dtype, shape, description = "", None, None, ""
        for field in self.fields(*span):
            if field[0] == 1:
                name = self.text(field)
            elif field[0] == 2:
                dtype, shape = self.type(_span(field), 0)
            elif field[0] == 3:
                description = self.text(field)
        return Value(name, dtype, shape, description)

    def type(self, span: tuple[int, int], depth: int) -> tuple[str | None, tuple[int | str | None, ...] | None]:
        if depth > _DEEPEST:
            raise Broken("its types lie too deep in each other")
        names = {4: "sequence", 5: "map", 9: "optional"}
        for number, wire, begin, end in self.fields(*span):
            if number in (1, 8):
                return self.tensor_type(_span((number, wire, begin, end)))
            if number in (4, 9):
                for inner in self.fields(*_span((number, wire, begin, end))):
                    if inner[0] == 1:
                        held, shape = self.type(_span(inner), depth + 1)
                        return f"{names[number]}({held})", shape
            if number == 5:
                return names[5], None
        return None, None

    def tensor_type(self, span: tuple[int, int]) -> tuple[str | None, tuple[int | str | None, ...] | None]:
        kind, shape = None, None
        for field in self.fields(*span):
            if field[0] == 1:
                kind = _type(_number(field))
            elif field[0] == 2:
                dims = (inner for inner in self.fields(*_span(field)) if inner[0] == 1)
                shape = tuple(self.dim(_span(inner)) for inner in dims)
        return kind, shape

    def dim(self, span: tuple[int, int]) -> int | str | None:
        found: int | str | None = None
        for field in self.fields(*span):
            if field[0] == 1:
                found = _signed(_number(field))
            elif field[0] == 2:
                found = self.text(field) or None
        return found


def _span(field: Field) -> tuple[int, int]:
    """Where the bytes of a field are, which must be a text, bytes or a message."""
    if field[1] != _LEN:
        raise Broken(f"field {field[0]} has the wire type {field[1]}, not {_LEN}")
    return field[2], field[3]


def _number(field: Field) -> int:
    if field[1] != _VARINT:
        raise Broken(f"field {field[0]} has the wire type {field[1]}, not {_VARINT}")
    return field[2]


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def _type(number: int) -> str | None:
    return _TYPES[number] if number < len(_TYPES) else f"type {number}"


def walk(data: bytes | memoryview) -> Model:
    """What an ONNX file says of itself.

    Raises:
        Broken: if it is none, or contradicts itself.
    """
    return _Walk(data).model(len(data))
