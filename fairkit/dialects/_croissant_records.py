"""The records of a Croissant document: what the tables in Parquet files hold, field by field, and the splits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fairkit.model.distribution import Distribution
from fairkit.model.resource import Resource
from fairkit.model.variable import Split, Variable
from fairkit.vocab import units

from ._writing import stated

__all__ = ["PARQUET", "SPLITS", "TYPES", "apart", "record_sets"]

PARQUET = ("application/vnd.apache.parquet", "application/x-parquet")
SPLITS = "splits"
TYPES = {
    "bool": ("sc:Boolean",),
    "string": ("sc:Text",),
    "float16": ("sc:Float", "cr:Float16"),
    "float32": ("sc:Float", "cr:Float32"),
    "float64": ("sc:Float", "cr:Float64"),
    **{
        f"{sign}int{size}": ("sc:Integer", f"cr:{sign.upper()}Int{size}")
        for sign in ("", "u")
        for size in (8, 16, 32, 64)
    },
}
"""How Croissant calls the types of columns: the general one, which every version knows, and the exact one."""
_SPLIT_FIELDS = ("name", "description", "entry_count", "file_count", "files", "digest")
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


def apart(names: Iterable[str], *, within: str = "") -> list[str]:
    """A local `@id` for each name, without spaces and other signs that none may have; no two are the same."""
    taken: set[str] = {SPLITS}
    found = []
    for name in names:
        parts = [_ODD.sub("-", part).strip("-") for part in name.split("/")]
        plain = own = within + ("/".join(part for part in parts if part.strip(".")) or "it")
        number = 2
        while own in taken:
            own, number = f"{plain}-{number}", number + 1
        taken.add(own)
        found.append(own)
    return found


def record_sets(resource: Resource, files: Mapping[str, Distribution]) -> tuple[list[Any], list[Any]]:
    """The sets of like files, and the record sets over them, for `files` by their ids."""
    groups: dict[Any, list[str]] = {}
    for own, file in files.items():
        if is_parquet(file) and len(file.tables) == 1:
            shape = tuple((one.name, one.dtype, one.shape) for one in file.tables[0].columns)
            groups.setdefault(shape if file.content_url is None else own, []).append(own)
    stems = [_stem(files[group[0]].name) if len(group) == 1 else "all" for group in groups.values()]
    names = apart(stems, within="records/")
    sets, records = [], list(_splits(resource.splits))
    for name, group in zip(names, groups.values(), strict=True):
        first = files[group[0]]
        source = {"fileObject": {"@id": group[0]}}
        if len(group) > 1:
            source = {"fileSet": {"@id": f"{name}/files"}}
            sets.append(_file_set(f"{name}/files", [files[own] for own in group]))
        fields = list(_fields(name, first.tables[0].columns, resource.variables, source))
        if len(group) > 1 and fields:
            fields += _split_field(name, resource.splits, [files[own].name for own in group], source)
        if fields:
            records.append({"@type": "cr:RecordSet", "@id": name, "name": name.rpartition("/")[2], "field": fields})
    return sets, records


def is_parquet(file: Distribution) -> bool:
    """Whether a file is Parquet, by its media type or its name."""
    return file.media_type in PARQUET or (file.media_type is None and file.name.lower().endswith(".parquet"))


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0] or "records"


def _file_set(own: str, files: list[Distribution]) -> dict[str, Any]:
    """Files whose tables have the same columns; each is named, by a pattern that means it alone."""
    named = [re.sub(r"([*?\[])", r"[\1]", file.name) for file in files]
    return {"@type": "cr:FileSet", "@id": own, "name": own, "encodingFormat": PARQUET[1], "includes": named}


def _fields(
    records: str, columns: tuple[Variable, ...], variables: tuple[Variable, ...], source: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """A field for each column of a type that Croissant has, with what the resource says of the variable."""
    told = {one.name: one for one in variables}
    kept = [one for one in columns if one.dtype and _type(one.dtype)]
    for own, column in zip(apart([one.name for one in kept], within=f"{records}/"), kept, strict=True):
        known = told.get(column.name, column)
        unit = known.unit or column.unit
        words = known.description or column.description
        yield stated(
            {
                "@type": "cr:Field",
                "@id": own,
                "name": column.name,
                "description": f"{words} [{unit}]" if words and unit and unit != "1" else words,
                "dataType": _type(column.dtype or ""),
                "equivalentProperty": known.term if known.term and known.term.startswith("http") else None,
                **_shape(column.shape),
                "annotation": _unit(own, unit) if unit else None,
                "source": {**source, "extract": {"column": column.name}},
            }
        )


def _type(dtype: str) -> list[str]:
    if dtype.startswith(("timestamp", "datetime64")):
        return ["sc:DateTime"]
    return list(TYPES.get(dtype, ()))


def _shape(shape: tuple[int | None, ...] | None) -> dict[str, Any]:
    """A list, or an array; -1 is a free length."""
    if not shape:
        return {}
    return {"isArray": True, "arrayShape": ",".join("-1" if size is None else str(size) for size in shape)}


def _unit(field: str, unit: str) -> dict[str, Any]:
    """The unit of a field, for which Croissant has no word: a constant that means schema.org's unitText."""
    known = units.find(unit)
    return {
        "@type": "cr:Field",
        "@id": f"{field}/unit",
        "name": "unit",
        "value": unit,
        "equivalentProperty": "https://schema.org/unitText",
        "dataType": ["sc:Text", known.qudt] if known and known.qudt else "sc:Text",
    }


def _splits(splits: tuple[Split, ...]) -> Iterator[dict[str, Any]]:
    """The splits as records of their own, with the fields that any of them has."""
    names = [name for name in _SPLIT_FIELDS if any(getattr(one, name) not in (None, ()) for one in splits)]
    if not names:
        return
    rows = [{f"{SPLITS}/{name}": _value(getattr(one, name)) for name in names} for one in splits]
    fields = [{"@type": "cr:Field", "@id": f"{SPLITS}/{name}", "name": name, **_split_type(name)} for name in names]
    yield {
        "@type": "cr:RecordSet",
        "@id": SPLITS,
        "name": SPLITS,
        "dataType": "cr:Split",
        "key": {"@id": f"{SPLITS}/name"},
        "field": fields,
        "data": rows,
    }


def _value(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _split_type(name: str) -> dict[str, Any]:
    kind = {"dataType": "sc:Integer" if name.endswith("_count") else "sc:Text"}
    return kind | ({"repeated": True} if name == "files" else {})


def _split_field(
    records: str, splits: tuple[Split, ...], files: list[str], source: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """The split of a record, where the name of the file tells it for every file."""
    names = sorted({one.name for one in splits if one.name}, key=len, reverse=True)
    pattern = rf"^(?:.*[^A-Za-z])?({'|'.join(map(re.escape, names))})(?:[^A-Za-z].*)?$"
    if not names or not all(_told(pattern, file, splits) for file in files):
        return
    yield {
        "@type": "cr:Field",
        "@id": f"{records}/_split",
        "name": "split",
        "dataType": "sc:Text",
        "source": {**source, "extract": {"fileProperty": "fullpath"}, "transform": {"regex": pattern}},
        "references": {"field": {"@id": f"{SPLITS}/name"}},
    }


def _told(pattern: str, file: str, splits: tuple[Split, ...]) -> bool:
    found = re.match(pattern, file)
    return found is not None and [one.name for one in splits if file in one.files] == [found[1]]
