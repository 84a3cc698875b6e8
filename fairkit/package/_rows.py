"""Digests of rows: the same values under the same names have the same digest, in whatever file or format they lie.

A digest has 64 bits and is made of the values, not of their bytes: a float32 counts as the float64 of its value, zero
has no sign, and every NaN is alike. Rows that are equal never differ in it, so splits that share no digest share no
row; of a billion pairs of different rows one in eighteen billion cases has a pair with the same. It is quick and keeps
nobody out who wants to deceive: that is what the sha256 of whole files is for.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Digests = NDArray[np.uint64]

__all__ = ["Compared", "compared", "digests", "number", "whole"]

_WIDTH = 8
"""Bytes of a digest."""
_AT_ONCE = 512 * 1024
"""Bytes of a column that are digested at once."""
_READ = 1024 * 1024
"""Digests that are read at once."""
_ROWS_AT_ONCE = 16 * 1024 * 1024
"""Digests that are sorted at once: 128 MiB."""
_SECOND = 0x9E3779B97F4A7C15
_NAN, _NULL = 0x7FF8_0000_0000_0001, 0xFFF8_0000_0000_0003


def digests(batch: pa.RecordBatch, names: Sequence[str], more: Sequence[str] = ()) -> tuple[Digests, Digests]:
    """The digests of the rows of a batch over the columns of these `names`, and over these and `more`.

    The order of the columns does not matter.
    """
    import numpy as np

    chosen, every = np.zeros(batch.num_rows, np.uint64), np.zeros(batch.num_rows, np.uint64)
    for total, columns in ((chosen, names), (every, more)):
        for name in columns:
            _add(total, batch.column(name), _factor(name))
    return _mixed(chosen), _mixed(every + chosen)


def _add(total: Digests, column: Any, factor: int) -> None:
    """Add what a column tells, so many rows at a time that the copies stay in the processor's cache."""
    step = max(1, _AT_ONCE * len(column) // (column.nbytes or 1))
    for start in range(0, len(column), step):
        total[start : start + step] += _column(column.slice(start, step), factor)


def _mixed(digest: Digests) -> Digests:
    """Spread the bits of each digest over all of it (the finaliser of MurmurHash3)."""
    import numpy as np

    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        digest = digest ^ (digest >> np.uint64(33))
        digest = digest * np.uint64(factor)
    return digest ^ (digest >> np.uint64(33))


def _factor(name: str) -> int:
    """An odd number that belongs to the name of a column."""
    told = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(told, "little") | 1


def _column(column: Any, factor: int) -> Digests:
    """What a column adds to the digest of each row."""
    import numpy as np
    import pyarrow as pa

    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_fixed_size_list(column.type):
        return _fixed(column, factor)
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return _lists(column, factor)
    bits = _bits(column)
    for multiplier, shift in ((factor, 32), (_SECOND, 29)):  # once is not enough: sums of products meet by design
        bits *= np.uint64(multiplier)
        bits ^= bits >> np.uint64(shift)
    return bits


def _fixed(column: Any, factor: int) -> Digests:
    """An array of one shape: the digests of its items, each by its place, however its dimensions are nested."""
    import numpy as np
    import pyarrow as pa

    length, items = column.type.list_size, column.flatten()
    while pa.types.is_fixed_size_list(items.type) and not items.null_count:
        length, items = length * items.type.list_size, items.flatten()
    total = np.full(len(column), _NULL, np.uint64)
    told = _column(items, factor).reshape(len(column) - column.null_count, length)
    places = np.arange(1, 2 * length, 2, dtype=np.uint64)
    total[column.is_valid().to_numpy(zero_copy_only=False)] = (told * places).sum(axis=1, dtype=np.uint64)
    return total


def _lists(column: Any, factor: int) -> Digests:
    """Lists: the digests of their items, each by its place, and their length."""
    import numpy as np
    import pyarrow.compute as pc

    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False).astype(np.uint64)
    ends = np.cumsum(lengths)
    begins = ends - lengths
    items = _column(column.flatten(), factor)
    sums = _sums(items)
    items *= np.arange(1, 2 * len(items), 2, dtype=np.uint64)
    placed = _sums(items)
    # By places in all lists together, less what comes before the list: 2i + 1 - 2b for item i of one that begins at b.
    total: Digests = placed[ends] - placed[begins] - 2 * begins * (sums[ends] - sums[begins])
    total += (lengths + np.uint64(1)) * np.uint64(_factor(str(factor)))
    return total


def _sums(items: Digests) -> Digests:
    """The sums of all items before each, and of all."""
    import numpy as np

    sums = np.zeros(len(items) + 1, np.uint64)
    np.cumsum(items, out=sums[1:])
    return sums


def _bits(column: Any) -> Digests:
    """The value of each item in 64 bits."""
    import numpy as np
    import pyarrow as pa

    kind = column.type
    nulls = column.is_null().to_numpy(zero_copy_only=False) if column.null_count else None
    if pa.types.is_floating(kind):
        values = (column if nulls is None else column.fill_null(0)).to_numpy(zero_copy_only=False)
        values = values.astype(np.float64) + 0.0  # adding zero takes the sign off a negative one
        bits: Digests = values.view(np.uint64)
        strange = np.isnan(values)
        if strange.any():
            bits[strange] = _NAN
    elif pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        nothing = False if pa.types.is_boolean(kind) else 0
        values = (column if nulls is None else column.fill_null(nothing)).to_numpy(zero_copy_only=False)
        bits = values.astype(np.uint64 if values.dtype.kind == "u" else np.int64).view(np.uint64)
    else:
        bits = _texts(column)
    if nulls is not None:
        bits[nulls] = _NULL
    return bits


def _texts(column: Any) -> Digests:
    """Texts, and what else is no number, by the digest of each different one as it is written."""
    import numpy as np
    import pyarrow as pa

    if not (
        pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_binary(column.type)
    ):
        return np.array([_told(repr(value)) for value in column.to_pylist()], np.uint64)
    coded = column.dictionary_encode()
    known = np.array([_told(value) for value in coded.dictionary.to_pylist()] or [0], np.uint64)
    found: Digests = known[coded.indices.fill_null(0).to_numpy(zero_copy_only=False)]
    return found


def _told(value: str | bytes) -> int:
    body = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    return int.from_bytes(hashlib.blake2b(body, digest_size=8).digest(), "little")


class Compared(NamedTuple):
    """What the digests of the rows of several splits tell."""

    repeats: dict[str, int]
    """Rows of a split that are in it before."""
    shared: dict[tuple[str, str], int]
    """Rows of the first that are in the second too."""


def compared(files: Mapping[str, Sequence[str]]) -> Compared:
    """Hold splits against each other; each is given by files that hold its digests, eight bytes each."""
    import numpy as np

    names = list(files)
    repeats = dict.fromkeys(names, 0)
    shared = {(one, other): 0 for place, one in enumerate(names) for other in names[place + 1 :]}
    for part in _parts(files):
        several = {name: np.unique(own, return_counts=True) for name, own in part.items()}
        for name, (found, times) in several.items():
            repeats[name] += int(times.sum()) - len(found)
        for one, other in shared:
            mine, times = several[one]
            shared[one, other] += int(times[np.isin(mine, several[other][0], assume_unique=True)].sum())
    return Compared(repeats, shared)


def number(paths: Sequence[str]) -> int:
    """How many digests files hold."""
    return sum(os.path.getsize(path) for path in paths) // _WIDTH


def whole(paths: Sequence[str]) -> str:
    """The digest of a split: sha256 over those of its rows in ascending order, eight bytes each, the big end first."""
    import numpy as np

    told = hashlib.sha256()
    for part in _parts({"": paths}):
        told.update(np.sort(part[""]).astype(">u8").tobytes())
    return f"sha256:{told.hexdigest()}"


def _parts(files: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Digests]]:
    """All digests by their first bits, in ascending order, so many at a time as can be held."""
    import numpy as np

    total = sum(number(paths) for paths in files.values())
    bits = max(0, (total // _ROWS_AT_ONCE).bit_length())
    for begin in range(1 << bits):
        found = {}
        for name, paths in files.items():
            kept = [_between(path, begin, bits) for path in paths]
            found[name] = np.concatenate([np.zeros(0, np.uint64), *kept])
        yield found


def _between(path: str, begin: int, bits: int) -> Digests:
    """The digests of a file that begin with these bits."""
    import numpy as np

    if not bits:
        return np.fromfile(path, np.uint64)
    kept = [np.zeros(0, np.uint64)]
    with open(path, "rb") as file:
        while len(block := np.fromfile(file, np.uint64, _READ)):
            kept.append(block[block >> np.uint64(64 - bits) == begin])
    return np.concatenate(kept)
