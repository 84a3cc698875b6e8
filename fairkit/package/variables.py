"""The variables of a dataset: what documents say of them, filled up with what the columns of its files are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from fairkit.formats import Facts
from fairkit.model.variable import Variable

from .folding import expand, folded
from .words import FileFacts, Finding

__all__ = ["Column", "Line", "columns", "merged", "same_type"]

Line = Callable[[int], tuple[str | None, int | None]]
"""What tells file and line of a documented variable by its place."""

_FILLED = (
    "dtype",
    "unit",
    "description",
    "role",
    "group",
    "shape",
    "padding",
    "missing",
    "count",
    "columns",
    "classes",
)
_LOOSE = frozenset({"csv", "json-lines"})
"""Formats of texts: how wide a number is there is not said."""
_MOST_NAMED = 8


class Column(NamedTuple):
    """A column of a file: `name` is that of the variable, with the table before it where several tables have one."""

    name: str
    table: str
    variable: Variable


def columns(facts: Facts) -> Iterator[Column]:
    """Every column of a file."""
    times = Counter(column.name for table in facts.tables for column in table.columns)
    for table in facts.tables:
        for column in table.columns:
            name = column.name if times[column.name] == 1 else f"{table.name}/{column.name}"
            yield Column(name, table.name, column)


def merged(
    documented: Sequence[Variable], files: Sequence[FileFacts], *, line: Line, complete: bool = True
) -> tuple[tuple[Variable, ...], tuple[Finding, ...]]:
    """The variables, the documented ones first, and where documents and files contradict each other.

    What is documented wins. `line` tells where a documented variable stands; unless the files that could be read are
    `complete`, one that is in none of them is nobody's fault.
    """
    findings: list[Finding] = []
    found, loose = _found(files, findings)
    covered = {name: one for one in documented for name in (one.name, *expand(one.columns or one.name))}
    arrays = {one.name: one for one in folded(list(found.values()), keep=covered)}
    kept: list[Variable] = []
    for place, one in enumerate(documented):
        hit = _hit(one, arrays, found)
        where = line(place)
        if hit is None:
            if files and complete:
                findings.append(Finding(kind="missing", text=f"{one.name} is in no file", file=where[0], line=where[1]))
            kept.append(one)
            continue
        kept.append(_filled(one, hit))
        texts = _contradictions(one, hit, loose=hit.name in loose)
        findings += [Finding(kind="conflict", text=text, file=where[0], line=where[1]) for text in texts]
    hits = {each.columns for each in kept} - {None}
    left = [one for one in arrays.values() if one.name not in covered and one.columns not in hits]
    if documented and left:
        findings.append(_undescribed(left))
    return (*kept, *left), tuple(findings)


def _found(files: Sequence[FileFacts], findings: list[Finding]) -> tuple[dict[str, Variable], frozenset[str]]:
    """The columns of all files by their names, as the first file has them; and which are read out of texts."""
    found: dict[str, tuple[Variable, str]] = {}
    loose: set[str] = set()
    told: set[str] = set()
    for file in files:
        for name, _, column in columns(file.facts):
            if file.facts.format in _LOOSE:
                loose.add(name)
            first, where = found.setdefault(name, (replace(column, name=name), file.path))
            differs = not same_type(first.dtype, column.dtype, loose=name in loose)
            if differs and name not in told:
                told.add(name)
                text = f"{name} is {column.dtype} here and {first.dtype} in {where}"
                findings.append(Finding(kind="conflict", text=text, file=file.path))
    return {name: column for name, (column, _) in found.items()}, frozenset(loose)


def _hit(one: Variable, arrays: dict[str, Variable], found: dict[str, Variable]) -> Variable | None:
    """The column, or the array of columns, that a documented variable is."""
    if one.columns:
        names = expand(one.columns)
        parts = [found[name] for name in names if name in found]
        if len(parts) == len(names):
            shape = parts[0].shape if names == (one.columns,) else (len(names), *(parts[0].shape or ()))
            return replace(parts[0], name=one.name, shape=shape, columns=one.columns)
    return arrays.get(one.name)


def _filled(one: Variable, hit: Variable) -> Variable:
    missing = {name: getattr(hit, name) for name in _FILLED if getattr(one, name) in (None, ()) and getattr(hit, name)}
    if one.shape == ():
        missing.pop("shape", None)
    return replace(one, **missing) if missing else one


def _contradictions(one: Variable, hit: Variable, *, loose: bool) -> Iterator[str]:
    if one.dtype and hit.dtype and not same_type(one.dtype, hit.dtype, loose=loose):
        yield f"{one.name} is said to be {one.dtype}, and is {hit.dtype} in the file"
    if one.shape is not None and not _fits(one.shape, hit.shape or ()):
        yield f"{one.name} is said to have the shape {_shape(one.shape)}, and has {_shape(hit.shape or ())} in the file"


def _fits(said: tuple[int | None, ...], found: tuple[int | None, ...]) -> bool:
    return len(said) == len(found) and all(a is None or a == b for a, b in zip(said, found, strict=True))


def _shape(shape: tuple[int | None, ...]) -> str:
    return "×".join("*" if length is None else str(length) for length in shape) or "of a single value"


def _undescribed(left: Sequence[Variable]) -> Finding:
    names = ", ".join(one.name for one in left[:_MOST_NAMED]) + (" …" if len(left) > _MOST_NAMED else "")
    verb = "is one variable" if len(left) == 1 else f"are {len(left):,} variables"
    return Finding(kind="undescribed", text=f"there {verb} in the files that no document describes: {names}")


_INNER = re.compile(r"(?:std::)?(?:vector|list|array)<(.+)>|(.+)\[[^\]]*\]")
_WIDTHS = {
    "float_t": ("float", 32), "double_t": ("float", 64), "double": ("float", 64), "half": ("float", 16),
    "char_t": ("int", 8), "short_t": ("int", 16), "int_t": ("int", 32), "long64_t": ("int", 64),
    "uchar_t": ("uint", 8), "ushort_t": ("uint", 16), "uint_t": ("uint", 32), "ulong64_t": ("uint", 64),
    "bool": ("bool", None), "bool_t": ("bool", None), "boolean": ("bool", None),
    "float": ("float", None), "real": ("float", None), "int": ("int", None), "integer": ("int", None),
    "unsigned int": ("uint", None), "str": ("string", None), "string": ("string", None), "text": ("string", None),
}  # fmt: skip
_NUMPY = re.compile(r"(float|int|uint)(8|16|32|64)(?:_t)?")


def same_type(said: str | None, found: str | None, *, loose: bool = False) -> bool:
    """Whether two names of types can mean the same; names that nobody knows can mean anything.

    Where types were read out of texts (`loose`), a width, a sign and a missing fraction say nothing.
    """
    one, other = _type(said), _type(found)
    if one is None or other is None:
        return True
    if loose:
        return (one[0] == "string") == (other[0] == "string")
    return one[0] == other[0] and (one[1] is None or other[1] is None or one[1] == other[1])


def _type(name: str | None) -> tuple[str, int | None] | None:
    """The kind of a type and its width in bits, of what is in lists and arrays."""
    name = (name or "").strip().lower()
    while inner := _INNER.fullmatch(name):
        name = (inner[1] or inner[2]).strip()
    if found := _NUMPY.fullmatch(name):
        return found[1], int(found[2])
    return _WIDTHS.get(name)
