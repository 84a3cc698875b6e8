"""A resource as a record of CERN Open Data, in the form of the portal's sources (schema record-v1.0.0).

What only the portal may say, such as the number of a new record, is written where the resource has it and left out
otherwise: nothing is made up so that a record may look complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Resource
from fairkit.vocab import identifiers, relations

from ._cern_placing import encode as encoded
from ._writing import stated

__all__ = ["encode"]

_TYPES = {
    "dataset": "Dataset",
    "software": "Software",
    "environment": "Environment",
    "documentation": "Documentation",
    "model": "Supplementaries",
    "supplementary": "Supplementaries",
}
_RELATED = {
    "IsDerivedFrom": "isChildOf",
    "IsSourceOf": "isParentOf",
    "IsSiblingOf": "isSiblingOf",
    "IsCompiledBy": "isProducedBy",
    "Relates": "isRelatedTo",
}
"""The words of published records; what else there is keeps the name that DataCite has, with a small letter."""
_BEST = ("adler32", "sha256", "sha512", "sha1", "md5")
_GROUP = "ResearchGroup"
_TAG = re.compile(r"[A-Z0-9]{2,}\w*_\w+(?:::All)?", re.ASCII)
_SCHEMA = "opendata.cern.ch/schema/"


def encode(resource: Resource) -> dict[str, Any]:
    """The record."""
    linked = [one for one in resource.relations if _row(one) is None]
    return stated(
        {
            "$schema": next((one for one in resource.conforms_to if _SCHEMA in one), None),
            "recid": next((one.value for one in resource.identifiers if one.scheme == "cern-open-data"), None),
            **_titles(resource),
            **_prose(resource),
            **_who(resource),
            "type": _type(resource),
            **_subjects(resource),
            "keywords": list(resource.keywords),
            "date_published": resource.date_published[:4] if resource.date_published else None,
            **_placed(resource, "identifiers", "date_created", "language", "license", "publisher"),
            "distribution": _distribution(resource),
            "files": [_file(one) for one in resource.distributions],
            **_placed(resource, "variables"),
            "relations": [row for one in resource.relations if (row := _row(one))],
            "links": [row for one in linked if (row := _link(one))],
            **_placed(resource, "code_repository"),
            "system_details": _system(resource.requirements),
        }
    )


def _placed(resource: Resource, *fields: str) -> dict[str, Any]:
    """Fields as they are written into a record that exists: by pointers, which become keys in keys."""
    found: dict[str, Any] = {}
    for field in fields:
        value = getattr(resource, field)
        for pointer, written in (encoded(field, value) if value not in (None, ()) else {}).items():
            *blocks, key = pointer.split("/")[1:]
            place = found
            for block in blocks:
                place = place.setdefault(block, {})
            place[key] = written
    return found


def _titles(resource: Resource) -> dict[str, Any]:
    """A technical name is the title on the portal, and what people call it an additional one."""
    title = _placed(resource, "title").get("title")
    if resource.alternate_title and title:
        return {"title": resource.alternate_title, "title_additional": title}
    return {"title": title}


def _prose(resource: Resource) -> dict[str, Any]:
    found = _placed(resource, "description", "methodology", "usage", "validation")
    steps = [_step(one) for one in resource.activities]
    if steps:
        found.setdefault("methodology", {})["steps"] = steps
    return found


def _who(resource: Resource) -> dict[str, Any]:
    """People as authors; an organisation alone is a collaboration, as a group among the contributors is."""
    groups = [one for one in resource.creators if one.type == "organisation"]
    if groups and len(groups) == len(resource.creators) == 1:
        return {"collaboration": {"name": groups[0].name}}
    group: Agent | None = next((one for one in resource.contributors if one.role == _GROUP), None)
    return _placed(resource, "creators") | ({"collaboration": {"name": group.name}} if group else {})


def _type(resource: Resource) -> dict[str, Any]:
    """The portal's own words, where the resource has them, else the one that its kind means."""
    primary, *secondary = (resource.type or "").split("/")
    if primary in _TYPES.values():
        return stated({"primary": primary, "secondary": secondary})
    return {"primary": _TYPES[resource.kind]}


def _subjects(resource: Resource) -> dict[str, Any]:
    named: dict[str, list[str]] = {}
    for one in resource.subjects:
        named.setdefault((one.scheme or "").lower(), []).append(one.name)
    categories = named.get("physics categories", [])
    collisions = named.get("collision type", [])
    return {
        "experiment": named.get("experiment"),
        "accelerator": next(iter(named.get("accelerator", [])), None),
        "collision_information": {"type": collisions[0]} if collisions else None,
        "categories": stated({"primary": categories[0], "secondary": categories[1:]}) if categories else None,
    }


def _system(requirements: tuple[str, ...]) -> dict[str, Any]:
    """Software by what it looks like: images have a path, the conditions of a release are called in capitals."""
    images = [one for one in requirements if "/" in one and " " not in one]
    others = [one for one in requirements if one not in images]
    tags = [one for one in others[1:] if _TAG.fullmatch(one)][:1]
    rest = [one for one in others[1:] if one not in tags]
    return stated(
        {
            "release": next(iter(others), None),
            "global_tag": next(iter(tags), None),
            "container_images": [{"name": one} for one in images],
            "description": "; ".join(rest),
        }
    )


def _distribution(resource: Resource) -> dict[str, Any]:
    return stated(
        {
            "formats": list(resource.formats),
            "number_events": resource.entry_count,
            "number_files": resource.file_count,
            "size": resource.byte_size,
        }
    )


def _file(one: Distribution) -> dict[str, Any]:
    """A file by where it lies; the name is written where that does not tell it."""
    uri = one.content_url
    return stated(
        {
            "uri": uri,
            "filename": one.name if not uri or uri.rpartition("/")[2] != one.name else None,
            "size": one.byte_size,
            "checksum": _checksum(one.checksums),
            "type": "index" if one.role == "index" else None,
        }
    )


def _checksum(every: tuple[Checksum, ...]) -> str | None:
    """One has room: that of the portal's storage, else a strong one."""
    known = sorted(every, key=lambda one: _BEST.index(one.algorithm) if one.algorithm in _BEST else len(_BEST))
    return f"{known[0].algorithm}:{known[0].value}" if known else None


def _row(one: Relation) -> dict[str, Any] | None:
    """A relation to a record or a DOI; nothing else has a row there."""
    key = {"doi": "doi", "cern-open-data": "recid"}.get(one.identifier.scheme if one.identifier else "")
    if one.identifier is None or key is None:
        return None
    known = relations.find(one.type)
    name = known.type if known else one.type
    return stated(
        {
            "type": _RELATED.get(name, name[:1].lower() + name[1:]),
            key: one.identifier.value,
            "title": one.title,
        }
    )


def _link(one: Relation) -> dict[str, Any] | None:
    """A link to a page; that it is one that documents the work is what a link means there."""
    url = identifiers.url(one.identifier) if one.identifier else None
    return stated({"url": url, "title": one.title}) if url else None


def _step(one: Activity) -> dict[str, Any]:
    """A step: the software whose version has its name in front is the release, the others are generators."""
    releases = [each.version for each in one.software if each.version and each.version.startswith(f"{each.name}_")]
    others = [each for each in one.software if each.version not in releases[:1] or each.version is None]
    tag = next((value for name, value in one.parameters if name == "global_tag"), None)
    return stated(
        {
            "type": one.name,
            "release": next(iter(releases), None),
            "global_tag": tag,
            "generators": [" ".join(filter(None, (each.name, each.version))) for each in others],
            "configuration_files": list(_configurations(one.used)),
            "output_dataset": next((each.name for each in one.generated), None),
            "note": {"description": one.description} if one.description else None,
        }
    )


def _configurations(used: tuple[Entity, ...]) -> Iterator[dict[str, Any]]:
    for one in used:
        key = "recid" if one.identifier and one.identifier.scheme == "cern-open-data" else "url"
        where = one.identifier and (one.identifier.value if key == "recid" else identifiers.url(one.identifier))
        yield stated({"title": one.name, key: where})
