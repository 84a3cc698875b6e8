"""Data Package (datapackage.json): a folder of files with the fields of its tables; versions 1 and 2 are read.

The descriptor names files by their paths inside the folder or by addresses. Units have no key in Table Schema: `unit`
is read and written beside those it has, as it allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable
from fairkit.vocab import licences, media_types

from . import _datapackage_tables as tables
from ._datapackage_writing import encode
from ._html import plain
from ._reading import Reading, agent
from ._values import identifier, integer, items, parse_json, text, texts
from ._writing import json_bytes, sound

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "UNFIT", "read", "recognises", "write"]

TITLE = "Data Package (datapackage.json)"
MEDIA_TYPE = "application/vnd.datapackage+json"
FILE_NAMES = ("datapackage.json",)
UNFIT = frozenset({"model"})
HOLDS = frozenset({
    "contributors", "creators", "date_created", "description", "distributions", "formats", "identifiers", "keywords",
    "landing_page", "license", "listing", "publisher", "relations", "title", "variables", "version",
})  # fmt: skip

_SIMPLE = {
    "title": "title",
    "description": "description",
    "landing_page": "homepage",
    "version": "version",
    "date_created": "created",
}
_MAKERS = frozenset({"author", "creator"})


def recognises(data: Any) -> bool:
    """Whether parsed JSON is a descriptor: it lists resources that are files or data, or names a profile."""
    if not isinstance(data, dict):
        return False
    rows = data.get("resources")
    first = rows[0] if isinstance(rows, list) and rows else None
    named = isinstance(first, dict) and "name" in first and ("path" in first or "data" in first)
    return named or "datapackage" in (text(data.get("$schema")) or "")


def read(document: Document) -> View:
    """The dataset that a descriptor describes.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    package: Mapping[str, Any] = data if isinstance(data, dict) else {}
    for field, key in _SIMPLE.items():
        reading.put(field, plain(package.get(key)) if field == "description" else text(package.get(key)), f"/{key}")
    reading.identifiers((identifier(package.get("id")), "/id"))
    reading.put("keywords", texts(package.get("keywords")), "/keywords")
    _licence(reading, package)
    _people(reading, package)
    reading.each("relations", package.get("sources"), "/sources", _source)
    _files(reading, package)
    return reading.view("dataset", holds=HOLDS)


def _licence(reading: Reading, package: Mapping[str, Any]) -> None:
    """The first licence, by its name or its address; version 1 knew a single `license` too."""
    rows = [(row, f"/licenses{end}") for end, row in items(package.get("licenses"))]
    for row, where in [*rows, (package.get("license"), "/license")]:
        keys = ("name", "path", "title") if isinstance(row, dict) else ()
        told = [(found, f"{where}/{key}") for key in keys if (found := text(row.get(key)))]
        told += [(found, where) for found in texts(row if not keys else None)]
        known = [(licence.id, at) for written, at in told if (licence := licences.find(written))]
        for written, at in [*known, *told][:1]:
            reading.put("license", written, at)


def _people(reading: Reading, package: Mapping[str, Any]) -> None:
    """Who made it and who helped, by their roles; one without a role made it."""
    every = [(row, f"/contributors{end}") for end, row in items(package.get("contributors")) if isinstance(row, dict)]
    told = [(one, where) for row, where in every if (one := _person(row))]
    makers = [(one, where) for one, where in told if one.role is None or one.role.lower() in _MAKERS]
    publishers = [(one, where) for one, where in told if (one.role or "").lower() == "publisher"]
    others = [pair for pair in told if pair not in makers and pair not in publishers]
    reading.found("creators", [(_without_role(one), where) for one, where in makers])
    reading.found("contributors", others)
    for one, where in publishers:
        reading.put("publisher", _without_role(one), where)


def _without_role(one: Agent) -> Agent:
    return Agent(name=one.name, type=one.type, identifiers=one.identifiers, affiliations=one.affiliations)


def _person(row: Mapping[str, Any]) -> Agent | None:
    family, given = text(row.get("familyName")), text(row.get("givenName"))
    known = identifier(row.get("path"))
    home = agent(row.get("organization"), type="organisation")
    person = bool(family or given or home or (known and known.scheme == "orcid"))
    return agent(
        ", ".join(part for part in (family, given) if part) or row.get("title"),
        ids=[known if known and known.scheme != "url" else None],
        type="person" if person else "organisation" if known and known.scheme == "ror" else "agent",
        affiliations=(home,) if home else (),
        role=next(iter(texts(row.get("roles"))), None) or text(row.get("role")),
    )


def _source(row: Any) -> Relation | None:
    path, title = (text(row.get(key)) for key in ("path", "title")) if isinstance(row, dict) else (text(row), None)
    other = identifier(path)
    title = title or (path if other is None else None)
    return Relation(type="IsDerivedFrom", identifier=other, title=title) if other or title else None


def _files(reading: Reading, package: Mapping[str, Any]) -> None:
    """The files, their formats and the fields of their tables; a resource may have several files."""
    rows = [(row, f"/resources{end}") for end, row in items(package.get("resources")) if isinstance(row, dict)]
    files = [(file, where) for row, where in rows for file in _distributions(row)]
    reading.found("distributions", files)
    if files:
        reading.put("listing", "complete", files[0][1], how="extracted")
    formats = ((text(row.get("format")), f"{where}/format") for row, where in rows)
    named: dict[str, str] = {}
    for name, where in formats:
        if name:
            named.setdefault(name, where)
    reading.found("formats", named.items())
    found: dict[str, tuple[Variable, str]] = {}
    for row, where in rows:
        for end, field in tables.fields(row):
            known = tables.variable(field)
            if known:
                found.setdefault(known.name, (known, f"{where}/schema/fields{end}"))
    reading.found("variables", found.values())


def _distributions(row: Mapping[str, Any]) -> Iterator[Distribution]:
    """The files of a resource; what is told of its size and its hash counts where there is one file."""
    paths = texts(row.get("path"))
    alone = len(paths) == 1
    media_type, file_format = text(row.get("mediatype")), text(row.get("format"))
    for path in paths:
        known = media_types.of_file(path) or (media_types.find(file_format) if file_format else None)
        digest = _checksum(text(row.get("hash"))) if alone else None
        yield Distribution(
            name=path.rpartition("/")[2] or path if "://" in path else path,
            content_url=path if "://" in path else None,
            byte_size=integer(row.get("bytes")) if alone else None,
            media_type=media_type or (known.media_type if known else None),
            checksums=(digest,) if digest else (),
        )


def _checksum(written: str | None) -> Checksum | None:
    """A hash: `sha256:…`, or of MD5 where no algorithm is named."""
    algorithm, colon, digits = (written or "").rpartition(":")
    return Checksum(algorithm=algorithm.lower() if colon else "md5", value=digits.lower()) if digits else None


def write(resource: Resource) -> bytes:
    """The dataset as a descriptor of version 2, whose paths are those of the files where they have no address."""
    return json_bytes(encode(sound(resource)))
