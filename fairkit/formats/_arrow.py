"""Arrow and our words: columns as variables, what is known of a variable as metadata of its field, batches by size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fairkit.errors import UnreadableDocument
from fairkit.model.variable import Table, Variable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["chosen", "described", "kind_of", "sliced", "table", "texts", "type_of", "variable"]

_LONGEST = 4096
"""Characters of a text from a file; more is no description."""
_DESCRIPTION = ("description", "title", "long_name", "comment", "doc")
_UNIT = ("unit", "units", "unitText")
_WORDS = ("role", "group", "count", "padding", "missing", "columns")
"""The other fields of a variable that are kept as metadata under their own names."""
_DTYPES = {"float": "float32", "double": "float64", "halffloat": "float16", "large_string": "string"}
_DTYPES |= {"string_view": "string", "large_binary": "bytes", "binary": "bytes", "binary_view": "bytes"}


def kind_of(type_: pa.DataType) -> tuple[str, tuple[int | None, ...]]:
    """The name of the type of the items, and the shape of an entry: `()` a scalar, `(None, 4)` a list of arrays."""
    import pyarrow as pa

    if isinstance(type_, pa.FixedShapeTensorType):
        return kind_of(type_.value_type)[0], tuple(type_.shape)
    if isinstance(type_, pa.BaseExtensionType):
        return kind_of(type_.storage_type)
    if pa.types.is_dictionary(type_):
        return kind_of(type_.value_type)
    if pa.types.is_fixed_size_list(type_) or pa.types.is_list(type_) or pa.types.is_large_list(type_):
        dtype, shape = kind_of(type_.value_type)
        return dtype, (type_.list_size if pa.types.is_fixed_size_list(type_) else None, *shape)
    if pa.types.is_struct(type_):
        return "struct", ()
    if pa.types.is_map(type_):
        return "struct", (None,)
    name = str(type_)
    return _DTYPES.get(name, "bytes" if name.startswith("fixed_size_binary") else name), ()


def type_of(dtype: str, shape: Sequence[int | None] = ()) -> pa.DataType:
    """The Arrow type of items named as NumPy does, and of the shape of an entry: the reverse of `kind_of`.

    Raises:
        KeyError: if there is no such type.
    """
    import pyarrow as pa

    plain = {"string": pa.string, "bytes": pa.binary, "bool": pa.bool_}
    try:
        made = plain[dtype]() if dtype in plain else pa.type_for_alias(dtype)
    except ValueError:
        raise KeyError(dtype) from None
    for length in reversed(tuple(shape)):
        made = pa.list_(made) if length is None else pa.list_(made, length)
    return made


def variable(field: pa.Field) -> Variable:
    """A column as a variable, with what the metadata of its field tell: unit, title, role, count."""
    dtype, shape = kind_of(field.type)
    told = texts(field.metadata)
    others: dict[str, Any] = {name: told[name] for name in _WORDS if told.get(name)}
    return Variable(
        name=field.name,
        dtype=dtype,
        shape=shape or None,
        description=_first(told, _DESCRIPTION),
        unit=_first(told, _UNIT),
        **others,
    )


def _first(told: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((told[name] for name in names if told.get(name)), None)


def texts(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    """The metadata that are texts; what is longer than a description, or no text, is left out."""
    found = {}
    for key, value in (metadata or {}).items():
        if len(key) <= _LONGEST and len(value) <= _LONGEST:
            try:
                found[key.decode()] = value.decode().strip()
            except UnicodeDecodeError:
                continue
    return found


def described(schema: pa.Schema, variables: Iterable[Variable]) -> pa.Schema:
    """A schema whose fields carry what the variables of their names tell; what they had already stays beside it."""
    import pyarrow as pa

    known = {each.name: each for each in variables}
    fields = [_told(field, known[field.name]) if field.name in known else field for field in schema]
    return pa.schema(fields, metadata=schema.metadata)


def _told(field: pa.Field, known: Variable) -> pa.Field:
    words = {name: getattr(known, name) for name in ("description", "unit", *_WORDS)}
    told = {name.encode(): value.encode("utf-8", "replace") for name, value in words.items() if value}
    return field.with_metadata((field.metadata or {}) | told) if told else field


def table(name: str, schema: pa.Schema, entry_count: int | None) -> Table:
    """A table with the columns of a schema."""
    return Table(name=name, entry_count=entry_count, columns=tuple(variable(field) for field in schema))


def chosen(path: str, known: Sequence[str], columns: Sequence[str] | None) -> list[str]:
    """The columns to read: all that are known, or those that were named, in that order.

    Raises:
        UnreadableDocument: if one is not there.
    """
    if columns is None:
        return list(known)
    missing = [name for name in columns if name not in known]
    if missing:
        there = ", ".join(list(known)[:20]) + (", …" if len(known) > 20 else "")
        raise UnreadableDocument(f"{path} has no column {missing[0]!r}", value=missing[0], remedy=f"It has: {there}")
    return list(columns)


def sliced(batch: pa.RecordBatch, most_bytes: int) -> Iterator[pa.RecordBatch]:
    """A batch in parts of at most `most_bytes`, each of at least one row; nothing if it has no rows."""
    if batch.num_rows == 0:
        return
    if batch.num_rows == 1 or batch.nbytes <= most_bytes:
        yield batch
        return
    half = batch.num_rows // 2
    yield from sliced(batch.slice(0, half), most_bytes)
    yield from sliced(batch.slice(half), most_bytes)
