"""Lists of free length filled up to one length, and what is kept of the rule.

A padded column has the words `padding`, the value that fills it, and `count`, the column that tells how many places of
each entry are filled: the one that the lists had anyway (`njet`), which they share, or one of their own (`n_jet_pt`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.variable import Variable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FILL", "Padding", "lengths_of"]

FILL = 0
"""What fills the places that are left, as in most sets that people publish."""


def lengths_of(columns: Sequence[Variable], named: Mapping[str, int], every: int | None) -> dict[str, int]:
    """The length of each column that is to be padded: the `named` ones, and with `every` all that can be.

    Raises:
        UsageError: if one that is named is no column of lists of numbers.
    """
    can = {each.name for each in columns if _can_be(each)}
    for name in named:
        if name not in can:
            lists = ", ".join(sorted(can)) or "there are none"
            what = f"{name!r} is no column of lists that can be padded"
            raise UsageError(what, value=name, remedy=f"Lists of numbers: {lists}")
    everywhere = {} if every is None else {each.name: every for each in columns if each.name in can}
    return everywhere | dict(named)


def _can_be(column: Variable) -> bool:
    shape = column.shape or ()
    numbers = (column.dtype or "").startswith(("int", "uint", "float", "bool"))
    return numbers and bool(shape) and shape[0] is None and None not in shape[1:]


class _Rule(NamedTuple):
    column: str
    length: int
    counter: str
    counts_here: bool
    """Whether the count stands behind this column; it may stand behind another one, or be there anyway."""


class Padding:
    """Makes batches of a schema into batches of its `schema`, with the columns padded that have a length."""

    def __init__(self, schema: pa.Schema, lengths: Mapping[str, int]) -> None:
        self._rules = {rule.column: rule for rule in _rules(schema, lengths)}
        self.schema = _padded_schema(schema, self._rules)
        self.cut = dict.fromkeys(self._rules, 0)
        """How many entries of each padded column had more than there is room for."""

    @property
    def counts(self) -> dict[str, str]:
        """The column that counts the filled places of each padded one."""
        return {name: rule.counter for name, rule in self._rules.items()}

    @property
    def row_bytes(self) -> int:
        """What the padded columns of a row take in memory."""
        padded = (self.schema.field(name).type for name in self._rules)
        return sum(_width(kind) for kind in padded)

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch as it is to be written.

        Raises:
            UsageError: if a list is missing, which padding would hide.
            UnreadableDocument: if lists that are said to share a count differ in length.
        """
        import pyarrow as pa

        made: dict[str, pa.Array] = {}
        counted: dict[str, pa.Array] = {}
        for name, array in zip(batch.schema.names, batch.columns, strict=True):
            rule = self._rules.get(name)
            if rule is None:
                made[name] = array
                continue
            made[name], counts, cut = _filled(name, array, rule.length)
            self.cut[name] += cut
            if not counted.setdefault(rule.counter, counts).equals(counts):
                what = f"the lists in {name} are not as long as {rule.counter} says of others"
                raise UnreadableDocument(what, value=name, remedy="Pad them one by one, to different lengths.")
            if rule.counts_here:
                made[rule.counter] = counts
        wanted = [
            array if array.type == field.type else array.cast(field.type)
            for field, array in ((field, made[field.name]) for field in self.schema)
        ]
        return pa.RecordBatch.from_arrays(wanted, schema=self.schema)


def _rules(schema: pa.Schema, lengths: Mapping[str, int]) -> list[_Rule]:
    """The rules, with counts that are shared by columns of one count and one length."""
    owners: dict[str, int] = {}
    rules = []
    for name, length in lengths.items():
        told = (schema.field(name).metadata or {}).get(b"count", b"").decode("utf-8", "replace")
        known = bool(told) and told not in schema.names and owners.get(told, length) == length
        count = told if known else _free_name(f"n_{name}", {*schema.names, *owners})
        rules.append(_Rule(name, length, count, count not in owners))
        owners[count] = length
    return rules


def _free_name(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _padded_schema(schema: pa.Schema, rules: Mapping[str, _Rule]) -> pa.Schema:
    import pyarrow as pa

    fields = []
    for field in schema:
        rule = rules.get(field.name)
        if rule is None:
            fields.append(field)
            continue
        told = {b"padding": str(FILL).encode(), b"count": rule.counter.encode("utf-8", "replace")}
        kind = pa.list_(field.type.value_type, rule.length)
        fields.append(pa.field(field.name, kind, metadata={**(field.metadata or {}), **told}))
        if rule.counts_here:
            words = f"Filled places of {field.name}".encode("utf-8", "replace")
            fields.append(pa.field(rule.counter, pa.int32(), metadata={b"description": words}))
    return pa.schema(fields, metadata=schema.metadata)


def _filled(name: str, array: pa.Array, length: int) -> tuple[pa.Array, pa.Array, int]:
    """A list column filled up, how many places of each entry are filled, and how many entries had more."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from fairkit.formats._arrays import arrow_of

    values = array.flatten()
    flat, inner = _numbers(values)
    if array.null_count or flat is None:
        what = f"values of {name} are missing, which padding would hide"
        raise UsageError(what, value=name, remedy="Leave the lists as they are.")
    have = pc.list_value_length(array).to_numpy().astype(np.int64)
    place = np.arange(len(values)) - np.repeat(np.cumsum(have) - have, have)
    fits = place < length
    made = np.full((len(array) * length, *inner), FILL, flat.dtype)
    made[(np.repeat(np.arange(len(array)) * length, have) + place)[fits]] = flat[fits]
    counts = pa.array(np.minimum(have, length).astype(np.int32))
    return arrow_of(made.reshape(len(array), length, *inner)), counts, int((have > length).sum())


def _numbers(values: pa.Array) -> tuple[Any, tuple[int, ...]]:
    """Values as an array of NumPy and the shape of each; None if some are missing."""
    import pyarrow as pa

    shape: list[int] = []
    while pa.types.is_fixed_size_list(values.type) and not values.null_count:
        shape.append(values.type.list_size)
        values = values.flatten()
    if values.null_count:
        return None, ()
    return values.to_numpy(zero_copy_only=False).reshape(-1, *shape), tuple(shape)


def _width(kind: pa.DataType) -> int:
    import pyarrow as pa

    if pa.types.is_fixed_size_list(kind):
        return int(kind.list_size) * _width(kind.value_type)
    return max(1, int(kind.bit_width) // 8)
