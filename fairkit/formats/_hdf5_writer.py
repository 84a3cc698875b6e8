"""Writing HDF5: a dataset a column, chunked and compressed; lists of variable length, or padded by a rule that is kept.

A padded list becomes an array `(n, length)`, filled up with one value, and beside it `n_<name>`, which counts the
places that are filled. The attributes `padding` and `count` of the array keep the rule, and `cut` says how many entries
had more; unit, description and the other words of a field are attributes under their own names.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from fairkit import __version__
from fairkit.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ORIGINAL", "writer"]

_CHUNK = 1 << 18
"""Bytes of a chunk, about: rows are counted in powers of two, so that the chunks of all columns end together."""
ORIGINAL = "column"
"""The attribute that tells the name of a column which HDF5 could not take."""
_CODECS = (None, "gzip", "lzf")


def writer(
    path: str,
    schema: pa.Schema,
    *,
    table: str | None = None,
    compression: str | None = "gzip",
    level: int | None = None,
    padding: Mapping[str, int] | None = None,
    fill: float = 0,
) -> _Writer:
    """What writes batches of a schema to an HDF5 file, for a `with`: under its name at a clean end only.

    `table` is the group that holds the columns, by default the top; `compression` is `gzip` (with a `level`, 1 unless
    told), `lzf` or None. `padding` gives the length of each list column that is to be padded with `fill`; the others
    are written with variable lengths, which no codec makes smaller.

    Raises:
        UsageError: for a codec or a column that HDF5 has no place for, or if it cannot be written there.
    """
    if compression not in _CODECS:
        what = f"HDF5 is not written with {compression!r}"
        raise UsageError(what, value=compression, remedy="Choose gzip, lzf or none.")
    unknown = sorted(set(padding or ()) - set(schema.names))
    if unknown:
        raise UsageError(f"there is no column {unknown[0]!r} to pad", value=unknown[0], remedy="Is the name right?")
    options: dict[str, Any] = {"compression": compression, "shuffle": compression is not None}
    if compression == "gzip":
        options["compression_opts"] = 1 if level is None else level
    return _Writer(path, schema, table, options, dict(padding or {}), fill)


class _Writer:
    def __init__(
        self, path: str, schema: pa.Schema, table: str | None, options: Any, padding: dict[str, int], fill: float
    ) -> None:
        self._path, self._schema, self._table = os.path.realpath(path), schema, table
        self._options, self._padding, self._fill = options, padding, fill
        self._rows = 0
        self._stored: dict[str, str] = {}
        """What each column is called in the file."""
        self._cut: dict[str, int] = {}

    def __enter__(self) -> _Writer:
        import h5py

        try:
            folder = os.path.dirname(self._path)
            handle, self._part = tempfile.mkstemp(dir=folder, prefix=".fairkit-", suffix=".part")
        except OSError as error:
            what = f"cannot write {self._path}: {error.strerror}"
            raise UsageError(what, value=self._path, remedy="Is the folder there, and may you write to it?") from None
        os.close(handle)
        # Names are kept in their order, as a table has it: HDF5 would sort them.
        self._file = h5py.File(self._part, "w", rdcc_nbytes=1 << 23, track_order=True)
        self._group = self._file.create_group(self._table, track_order=True) if self._table else self._file
        self._file.attrs["software"] = f"fairkit {__version__}"
        for name, text in _texts(self._schema.metadata):
            self._group.attrs[name] = text
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a batch.

        Raises:
            UsageError: for a column that HDF5 has no place for, or if the disk takes no more.
        """
        try:
            for field, array in zip(self._schema, batch.columns, strict=True):
                for name, part in _flat(field.name, array):
                    self._add(name, part, field)
        except OSError as error:
            told = " ".join(str(error).split())[:200]
            what = f"cannot write {self._path}: {told}"
            raise UsageError(what, value=self._path, remedy="Is there room on the disk?") from None
        self._rows += batch.num_rows

    def _add(self, name: str, array: pa.Array, field: pa.Field) -> None:
        import pyarrow as pa

        if not (pa.types.is_list(array.type) or pa.types.is_large_list(array.type)):
            self._append(name, _values(name, array), field, **_of_time(array.type))
            return
        length = self._padding.get(name, self._padding.get(field.name))
        if length is None:
            self._append(name, _free(name, array), field)
            return
        values, counts, cut = _padded(name, array, length, self._fill)
        self._cut[name] = self._cut.get(name, 0) + cut
        counter = f"n_{name}"
        while counter in self._schema.names:
            counter += "_"
        self._append(name, values, field, padding=f"{self._fill:g}", count=counter)
        self._append(counter, counts, None, description=f"Filled places of {name}")

    def _append(self, name: str, values: Any, field: pa.Field | None, **told: str) -> None:
        if name not in self._stored:
            self._stored[name] = self._free_name(name)
            self._create(name, values, field, told)
        dataset = self._group[self._stored[name]]
        dataset.resize(self._rows + len(values), axis=0)
        if values.dtype.kind == "O" and len(values):
            try:
                _write_objects(dataset, self._rows, values)
            except ValueError:
                raise _no_place(name, "texts with a zero byte in them") from None
        else:
            dataset[self._rows :] = values

    def _free_name(self, name: str) -> str:
        """What a column may be called: HDF5 takes slashes for groups and a dot for the group itself."""
        found = name.replace("/", "|").replace("\0", "|")
        while found in ("", ".") or found in self._stored.values():
            found += "_"
        return found

    def _create(self, name: str, values: Any, field: pa.Field | None, told: dict[str, str]) -> None:
        row = max(1, values.dtype.itemsize)
        for length in values.shape[1:]:
            row *= length
        rows = 1 << max(0, (_CHUNK // max(1, row)).bit_length() - 1)
        shape = values.shape[1:]
        made = self._group.create_dataset(
            self._stored[name],
            (0, *shape),
            values.dtype,
            chunks=(rows, *shape),
            maxshape=(None, *shape),
            **self._options,
        )
        words = dict(_texts(field.metadata)) if field is not None else {}
        if self._stored[name] != name and "\0" not in name:
            told = {**told, ORIGINAL: name}
        for word, text in {**told, **words}.items():
            made.attrs[word] = text

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._file.close()
            with contextlib.suppress(OSError):
                os.unlink(self._part)

    def _finish(self) -> None:
        """Close the file, and give it its name."""
        if not self._rows:
            self.write(_nothing(self._schema))
        for name, cut in self._cut.items():
            self._group[self._stored[name]].attrs["cut"] = cut
        self._file.close()
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(self._part, 0o666 & ~mask)
        os.replace(self._part, self._path)


def _write_objects(dataset: Any, start: int, values: Any) -> None:
    """Write texts and lists as they are: h5py itself would take lists of one length for a table."""
    import h5py

    place = dataset.id.get_space()
    place.select_hyperslab((start, *(0 for _ in values.shape[1:])), values.shape)
    dataset.id.write(h5py.h5s.create_simple(values.shape), place, values)


def _of_time(kind: pa.DataType) -> dict[str, str]:
    """What a point in time counts, as HDF5 has numbers only."""
    import pyarrow as pa

    return {"unit": kind.unit, "epoch": "1970-01-01T00:00:00Z"} if pa.types.is_timestamp(kind) else {}


def _nothing(schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([], schema=schema)


def _texts(metadata: Mapping[bytes, bytes] | None) -> Iterator[tuple[str, str]]:
    """The metadata of a field or a schema that may be attributes: texts that fit into 64 kB."""
    for key, value in (metadata or {}).items():
        if len(value) < 60_000 and not key.startswith((b"ARROW:", b"PARQUET:", b"pandas")):
            yield key.decode("utf-8", "replace"), value.decode("utf-8", "replace")


def _flat(name: str, array: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    """The columns that one is: structures, and lists of them, are a column for each of their fields."""
    import pyarrow as pa

    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        yield from _flat(name, array.storage)
    elif pa.types.is_dictionary(kind):
        yield from _flat(name, array.dictionary_decode())
    elif pa.types.is_struct(kind):
        for field, inner in zip(kind, array.flatten(), strict=True):
            yield from _flat(f"{name}.{field.name}", inner)
    elif (pa.types.is_list(kind) or pa.types.is_large_list(kind)) and pa.types.is_struct(kind.value_type):
        whole = pa.concat_arrays([array])
        for field, inner in zip(kind.value_type, whole.values.flatten(), strict=True):
            yield from _flat(f"{name}.{field.name}", type(whole).from_arrays(whole.offsets, inner))
    else:
        yield name, array


def _values(name: str, array: pa.Array) -> Any:
    """A column without lists of free length as an array of NumPy `(n, …)`.

    Raises:
        UsageError: if HDF5 has no place for it.
    """
    import numpy as np
    import pyarrow as pa

    shape: list[int] = []
    while pa.types.is_fixed_size_list(array.type):
        shape.append(array.type.list_size)
        if array.null_count:
            raise _no_place(name, "lists that are missing")
        array = array.flatten()
    kind = array.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _strings(array, shape)
    if (pa.types.is_binary(kind) or pa.types.is_large_binary(kind)) and not shape:
        return _bytes(name, array)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind) or pa.types.is_duration(kind) or pa.types.is_time(kind):
        array = array.cast(pa.int64() if kind.bit_width == 64 else pa.int32()).cast(pa.int64())
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)):
        raise _no_place(name, f"the type {kind}")
    if array.null_count:
        if not pa.types.is_floating(kind):
            raise _no_place(name, f"values of the type {kind} that are missing")
        array = array.fill_null(float("nan"))
    return np.asarray(array.to_numpy(zero_copy_only=False)).reshape(-1, *shape)


def _strings(array: pa.Array, shape: list[int]) -> Any:
    import h5py
    import numpy as np

    values = np.empty(len(array), h5py.string_dtype())
    values[:] = array.fill_null("").to_pylist()
    return values.reshape(-1, *shape)


def _bytes(name: str, array: pa.Array) -> Any:
    """Bytes as entries of variable length, which is all that HDF5 has for them."""
    import pyarrow as pa

    if array.null_count:
        raise _no_place(name, "bytes that are missing")
    whole = pa.concat_arrays([array.cast(pa.large_binary())])
    _, offsets, values = whole.buffers()
    flat = pa.Array.from_buffers(pa.uint8(), len(values or b""), [None, values])
    ends = pa.Array.from_buffers(pa.int64(), len(whole) + 1, [None, offsets])
    return _free(name, pa.LargeListArray.from_arrays(ends, flat))


def _free(name: str, array: pa.Array) -> Any:
    """A list column as entries of variable length.

    Raises:
        UsageError: if they are no lists of plain numbers.
    """
    import h5py
    import numpy as np
    import pyarrow as pa

    inner = array.type.value_type
    if not (pa.types.is_integer(inner) or pa.types.is_floating(inner)) or array.null_count:
        raise _no_place(name, f"lists of {inner} of free length")
    flat = _values(name, array.flatten())
    lengths = _lengths(array)
    made = np.empty(len(array), h5py.vlen_dtype(flat.dtype))
    for place, part in enumerate(np.split(flat, np.cumsum(lengths)[:-1]) if len(array) else ()):
        made[place] = part
    return made


def _lengths(array: pa.Array) -> Any:
    import pyarrow.compute as pc

    return pc.list_value_length(array).fill_null(0).to_numpy(zero_copy_only=False)


def _padded(name: str, array: pa.Array, length: int, fill: float) -> tuple[Any, Any, int]:
    """A list column as `(n, length, …)`, how many places are filled, and how many entries had more."""
    import numpy as np

    if array.null_count:
        raise _no_place(name, "lists that are missing")
    flat = _values(name, array.flatten())
    if flat.dtype.kind == "O":
        raise _no_place(name, "lists of texts")
    lengths = _lengths(array).astype(np.int64)
    counts = np.minimum(lengths, length)
    starts = np.cumsum(lengths) - lengths
    values = np.full((len(array), length, *flat.shape[1:]), fill, flat.dtype)
    filled = np.arange(length) < counts[:, None]
    values[filled] = flat[(starts[:, None] + np.arange(length))[filled]]
    return values, counts.astype(np.int32), int((lengths > length).sum())


def _no_place(name: str, what: str) -> UsageError:
    remedy = "Pad it (a length for the column), leave it out, or write Parquet."
    return UsageError(f"HDF5 has no place for {what}: {name}", value=name, remedy=remedy)
