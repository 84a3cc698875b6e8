"""The data that a model was trained, validated and tested on: named to the split and its digest, and held apart.

A model whose test data were among those it was trained on tells nothing by its results. Parts are held apart by the
names of their files, by the checksums of the files, and of a folder by the digests of the rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

from fairkit.errors import UsageError
from fairkit.model.ai import DataUse
from fairkit.model.resource import Resource
from fairkit.model.variable import Split

from .splits import members
from .validation import Fault
from .words import Overlap

__all__ = ["ROLES", "joined", "not_compared", "overlaps", "use_of"]

Role = Literal["trained", "validated", "tested"]
ROLES: tuple[Role, ...] = ("trained", "validated", "tested")
_TOLD = 5


def use_of(
    resource: Resource, role: Role, *, split: str | None, files: Sequence[str] = (), score: float | None = None
) -> DataUse:
    """A part of a dataset in a role: a split of it, some of its files, or all of it.

    The digest is that of the rows of the split where the dataset has one, else sha256 over the sorted lines
    `algorithm:checksum  name` of the files; none where a checksum is missing.

    Raises:
        UsageError: if the dataset has no such split or file, or several splits and nothing is named; if nothing tells
            which dataset it is.
    """
    known = _split(resource, split, files)
    if not (resource.identifiers or resource.title):
        what = "the dataset has neither an identifier nor a title: nobody could tell which it is"
        raise UsageError(what, remedy="Describe it first: fairkit init, and give it a title.")
    _hold(resource, known, files)
    title = next((one for one in resource.identifiers if one.scheme == "doi"), next(iter(resource.identifiers), None))
    part = DataUse(
        role=role,
        identifier=title,
        title=resource.title,
        version=resource.version,
        split=known.name if known else split,
        files=tuple(sorted(files)),
        license=resource.license,
        score=score,
    )
    return replace(part, digest=known.digest if known and known.digest and not files else _digest(resource, part))


def _hold(resource: Resource, split: Split | None, files: Sequence[str]) -> None:
    """Refuse files that the dataset, or the split of it, does not have, where their names are known.

    Raises:
        UsageError: naming the first of them.
    """
    names = {one.name for one in resource.distributions}
    if any(one.role == "index" for one in resource.distributions):
        names = set()  # the files stand in lists that are not read
    known = {"the dataset": names or set(files)}
    if split is not None and split.files:
        known[f"the split {split.name}"] = set(members(split, files))
    for place, inside in known.items():
        strange = [name for name in files if name not in inside]
        if strange:
            what = f"{place} has no file {', '.join(strange[:_TOLD])}"
            raise UsageError(what, value=strange[0], remedy="Name them as its list of files does.")


def _split(resource: Resource, split: str | None, files: Sequence[str]) -> Split | None:
    names = [one.name for one in resource.splits]
    if split is None and len(names) > 1 and not files:
        remedy = f"Name one with --split: {', '.join(names)}"
        raise UsageError(f"the dataset has {len(names)} splits", value=resource.title, remedy=remedy)
    if split is not None and names and split not in names:
        raise UsageError(f"the dataset has no split {split!r}", value=split, remedy=f"It has: {', '.join(names)}")
    return next((one for one in resource.splits if one.name == split or (split is None and not files)), None)


def _files(resource: Resource, use: DataUse) -> dict[str, str | None]:
    """The files of a part with their checksums, as the dataset lists them."""
    sums = {one.name: next((str(c) for c in _best(one.checksums)), None) for one in resource.distributions}
    if use.files:
        return {name: sums.get(name) for name in use.files}
    split = next((one for one in resource.splits if one.name == use.split), None)
    if use.split is None:
        return sums
    return {name: sums[name] for name in members(split, sums)} if split else {}


def _best(checksums: Iterable[object]) -> Iterator[str]:
    told = {str(getattr(one, "algorithm", "")): str(getattr(one, "value", "")) for one in checksums}
    for algorithm in ("sha512", "sha256", "sha1", "md5", "adler32"):
        if algorithm in told:
            yield f"{algorithm}:{told[algorithm]}"


def _digest(resource: Resource, use: DataUse) -> str | None:
    files = _files(resource, use)
    if not files or None in files.values():
        return None
    lines = "".join(f"{told}  {name}\n" for name, told in sorted(files.items()))
    return f"sha256:{hashlib.sha256(lines.encode('utf-8', 'surrogateescape')).hexdigest()}"


def joined(before: Sequence[DataUse], use: DataUse) -> tuple[DataUse, ...]:
    """The uses with one more, which takes the place of what was told of the same part in the same role."""
    key = _key(use)
    if key not in map(_key, before):
        return (*before, use)
    return tuple(use if _key(one) == key else one for one in before)


def _key(use: DataUse) -> tuple[object, ...]:
    return use.role, use.identifier or use.title, use.split, use.files if use.split is None else ()


def overlaps(uses: Sequence[DataUse], resource: Resource, rows: Sequence[Overlap] = ()) -> tuple[Fault, ...]:
    """What parts in different roles share, of those that are parts of this dataset; `rows` are its splits compared."""
    mine = [one for one in uses if _is_of(one, resource)]
    shared: dict[frozenset[str | None], int] = {
        frozenset((one.one, one.other)): one.rows for one in rows if one.rows and one.one != one.other
    }
    found = (
        fault
        for one, other in combinations(mine, 2)
        if one.role != other.role
        for fault in _between(one, other, resource, shared)
    )
    return tuple(found)


def not_compared(use: DataUse, resource: Resource) -> tuple[Fault, ...]:
    """That nothing could be compared of a part but the name of its split, where the dataset lists no files for it."""
    if _files(resource, use):
        return ()
    part = f"the split {use.split}" if use.split else "the dataset"
    text = f"{part} lists no files: neither files nor rows could be compared with those of other roles"
    remedy = "Name the files with --files, or use a copy of the data in a folder."
    return (Fault(code="not-compared", level="warning", text=text, remedy=remedy),)


def _is_of(use: DataUse, resource: Resource) -> bool:
    return use.identifier in resource.identifiers if use.identifier else use.title == resource.title


def _between(
    one: DataUse, other: DataUse, resource: Resource, shared: Mapping[frozenset[str | None], int]
) -> Iterator[Fault]:
    ours, theirs = _files(resource, one), _files(resource, other)
    names = sorted(ours.keys() & theirs.keys())
    sums = {told for told in theirs.values() if told}
    alike = sorted(name for name, told in ours.items() if told in sums and name not in names)
    rows = shared.get(frozenset((one.split, other.split)), 0)
    both = f"what it was {one.role} on and what it was {other.role} on"
    if names:
        yield _fault("shared-files", f"{both} share {len(names):,} files: {_some(names)}")
    elif one.split == other.split and not (one.files or other.files):
        yield _fault("shared-split", f"{both} are the same: {one.split or 'all of the data'}")
    if alike:
        yield _fault("shared-bytes", f"{both} share the bytes of {len(alike):,} files: {_some(alike)}")
    if rows:
        yield _fault("shared-rows", f"{both} share {rows:,} rows: those of {one.split} and {other.split}")


def _fault(code: str, text: str) -> Fault:
    return Fault(code=code, level="error", text=text, remedy="Keep apart what judges from what teaches.")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_TOLD]) + (" …" if len(names) > _TOLD else "")
