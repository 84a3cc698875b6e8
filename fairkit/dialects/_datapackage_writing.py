"""A resource as the descriptor of a Data Package 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable
from fairkit.vocab import licences, media_types, relations

from . import _datapackage_tables as tables
from ._writing import address, licence_url, stated

__all__ = ["encode"]

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_BEST = ("sha256", "sha512", "sha1", "md5")
_MOMENT = re.compile(r"[\d-]{10}T[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_NO_SLUG = re.compile(r"[^a-z0-9._-]+")
_NAME = re.compile(r"[-a-zA-Z0-9._+]+")  # of a licence, in the words of the profile


def encode(resource: Resource) -> dict[str, Any]:
    """The descriptor; files that no address or path leads to are left out of it."""
    return {
        "$schema": _PROFILE,
        **stated(
            {
                "name": _slug(resource.title) if resource.title else None,
                "id": next((address(one) or str(one) for one in resource.identifiers), None),
                "title": resource.title,
                "description": resource.description,
                "homepage": resource.landing_page if _is_web(resource.landing_page) else None,
                "version": resource.version,
                "created": _moment(resource.date_created),
                "keywords": list(resource.keywords),
                "licenses": list(_licences(resource.license)),
                "contributors": list(_people(resource)),
                "sources": [_source(one) for one in resource.relations if _is_source(one)],
            }
        ),
        "resources": list(_files(resource)),
    }


def _slug(name: str) -> str | None:
    return _NO_SLUG.sub("-", name.lower()).strip("-.")[:100] or None


def _is_web(url: str | None) -> bool:
    return url is not None and url.startswith(("http://", "https://"))


def _moment(day: str | None) -> str | None:
    """A day as the moment at which it begins, which is what `created` must be; a year alone is none."""
    if day is None or not re.match(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T|$)", day, re.ASCII):
        return None
    whole = day if "T" in day else f"{day}T00:00:00Z"
    return whole if _MOMENT.fullmatch(whole) else None


def _licences(licence: str | None) -> Iterator[dict[str, Any]]:
    """By name, which is an id, or by address; a text that is neither stands as a title, beside a name for that."""
    if licence is None:
        return
    for one in licence.split(" OR ") if licences.find(licence) else [licence]:
        known = licences.find(one)
        name = known.id if known and _NAME.fullmatch(known.id) else one if _NAME.fullmatch(one) else "other"
        url = licence_url(one) or (one if _is_web(one) else None)
        yield stated({"name": name, "path": url, "title": known.name if known else one})


def _people(resource: Resource) -> Iterator[dict[str, Any]]:
    yield from (_person(one, "creator") for one in resource.creators)
    yield from (_person(one, one.role or "contributor") for one in resource.contributors)
    if resource.publisher:
        yield _person(resource.publisher, "publisher")


def _person(one: Agent, role: str) -> dict[str, Any]:
    family, comma, given = one.name.partition(", ")
    parts = {"givenName": given, "familyName": family} if comma and one.type == "person" else {}
    home = one.affiliations[0].name if one.affiliations else None
    url = next((found for known in one.identifiers if (found := address(known))), None)
    name = f"{given} {family}" if parts else one.name
    return stated({"title": name, **parts, "path": url, "organization": home, "roles": [role]})


def _is_source(one: Relation) -> bool:
    kind = relations.find(one.type)
    return kind is not None and kind.type == "IsDerivedFrom" and bool(one.title or address(one.identifier))


def _source(one: Relation) -> dict[str, Any]:
    url = address(one.identifier)
    return stated({"title": one.title or url, "path": url})


def _files(resource: Resource) -> Iterator[dict[str, Any]]:
    """A resource for each file; fields stand with the files that were opened, else with the first file of data."""
    described = {one.name: one for one in resource.variables}
    looked = any(file.tables for file in resource.distributions)
    taken: set[str] = set()
    bare = list(resource.variables)
    for file in resource.distributions:
        path = _path(file)
        if path is None:
            continue
        columns = [described.get(one.name, one) for table in file.tables[:1] for one in table.columns]
        if not looked and file.role == "data" and bare:
            columns, bare = bare, []
        yield _file(file, path, _unlike(_slug(file.name) or "file", taken), columns)


def _path(file: Distribution) -> str | None:
    """An address, or the path inside the folder; Data Package forbids those that lead out of it."""
    if _is_web(file.content_url):
        return file.content_url
    parts = [part for part in file.name.split("/") if part not in ("", ".")]
    outside = ".." in parts or file.name.startswith("~") or bool(_scheme(file.name))
    return None if outside or not parts else "/".join(parts)


def _scheme(name: str) -> str:
    try:
        return urlsplit(name).scheme
    except ValueError:  # such as http://[
        return name


def _unlike(slug: str, taken: set[str]) -> str:
    """A name that no other resource of the package has."""
    name, number = slug, 1
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    return name


def _file(file: Distribution, path: str, name: str, columns: list[Variable]) -> dict[str, Any]:
    known = media_types.find(file.media_type) if file.media_type else media_types.of_file(file.name)
    unique = list({one.name: tables.field(one) for one in columns}.values())
    return stated(
        {
            "name": name,
            "path": path,
            "format": known.extensions[0] if known and known.extensions else None,
            "mediatype": file.media_type,
            "bytes": file.byte_size,
            "hash": _hash(file.checksums),
            "schema": {"fields": unique} if unique else None,
        }
    )


def _hash(checksums: tuple[Checksum, ...]) -> str | None:
    """The best of the checksums that are made of hexadecimal digits."""
    good = [one for one in checksums if re.fullmatch(r"[0-9a-f]+", one.value) and re.fullmatch(r"\w+", one.algorithm)]
    good.sort(key=lambda one: _BEST.index(one.algorithm) if one.algorithm in _BEST else len(_BEST))
    return f"{good[0].algorithm}:{good[0].value}" if good else None
