"""RO-Crate 1.2: a folder of research data with its metadata, in JSON-LD whose nodes stand side by side.

The context is named and never fetched: its words are those of schema.org, but for a few that others gave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import FIELDS, Kind, Resource
from fairkit.model.variable import Split, Table
from fairkit.vocab import licences

from . import _crate_model as of_model
from . import _schema_org_more as more
from ._crate_graph import flat
from ._jsonld import Node, node_of
from ._reading import Reading
from ._schema_org_nodes import KINDS, checksums, named, properties
from ._schema_org_steps import ACTION, checksums_of, step, step_of
from ._values import integer, items, parse_json, text
from ._writing import json_bytes, licence_url, sound, stated

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises", "write"]

TITLE = "RO-Crate (JSON-LD)"
MEDIA_TYPE = "application/ld+json"
FILE_NAMES = ("ro-crate-metadata.json",)
HOLDS = frozenset(FIELDS) - {"implied_license"}

_PROFILE = "https://w3id.org/ro/crate/"
_VERSION = f"{_PROFILE}1.2"
_CONTEXT = f"{_VERSION}/context"
_SPLIT = "Collection"
_INDEX = "index"
_ACTIONS = ("CreateAction", "UpdateAction")
_TYPES: dict[str, Kind] = {
    "SoftwareSourceCode": "software",
    "MLModel": "model",
    "SoftwareApplication": "environment",
    "DigitalDocument": "documentation",
    "CreativeWork": "supplementary",
}


def recognises(data: Any) -> bool:
    """Whether parsed JSON is a crate: a graph with a node that describes another and conforms to RO-Crate."""
    return _root(data) is not None


def _root(data: Any) -> str | None:
    """The `@id` of the root data entity, which the metadata descriptor is about."""
    for row in _graph(data):
        claimed = (_reference(one) or "" for _, one in items(row.get("conformsTo")))
        if any(one.startswith(_PROFILE) for one in claimed) and (about := _reference(row.get("about"))):
            return about
    return None


def _graph(data: Any) -> Iterator[Mapping[str, Any]]:
    rows = data.get("@graph") if isinstance(data, dict) else None
    return (row for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict))


def _reference(value: Any) -> str | None:
    return text(value.get("@id")) if isinstance(value, dict) else None


def read(document: Document) -> View:
    """The work that a crate holds: its root data entity.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    node, reading = node_of(data, _root(data) or "./"), Reading(document, data)
    _files(reading, node)
    linked = list(_linked(node, "mentions"))
    reading.found("splits", [(one, at) for child, at in linked if _SPLIT in child.types and (one := _split(child))])
    steps = [(child, at) for child, at in linked if not set(_ACTIONS).isdisjoint(child.types)]
    reading.found("activities", [(done, at) for child, at in steps if (done := step_of(child, child.data, ACTION))])
    value, pointer = node.get("conformsTo")
    reading.each("conforms_to", value, pointer, lambda item: _standard_of(node, item))
    of_model.read(reading, node)
    more.read(reading, node, but=("conformsTo", "additionalProperty"))
    kind = _kind(node)
    of_model.leave_implied(reading, kind)
    return reading.view(kind, holds=HOLDS)


def _standard_of(node: Node, item: Any) -> str | None:
    """A standard that the data follow; that the crate is one says nothing of them."""
    child = node.child(item)
    found = (child.id or child.text("name")) if child else text(item)
    return None if found is None or found.startswith(_PROFILE) else found


def _kind(node: Node) -> Kind:
    """The kind of the type that stands beside Dataset, which every root is."""
    special = [name for name in node.types if name != "Dataset"]
    return next((kind for name, kind in _TYPES.items() if name in special), "dataset")


def _linked(node: Node, word: str) -> Iterator[tuple[Node, str]]:
    """The nodes that a property names, each once, with where it does."""
    value, pointer = node.get(word)
    seen: set[str] = set()
    for end, item in items(value):
        child, name = node.child(item), _reference(item)
        if child and (name is None or name not in seen):
            seen.add(name or "")
            yield child, pointer + end


def _files(reading: Reading, node: Node) -> None:
    """The files, also those in folders that the crate describes."""
    seen: set[str] = set()
    found = [(file, where) for part, where in _linked(node, "hasPart") for file in _within(part, seen)]
    reading.found("distributions", found)
    if found:
        whole = any(file.role == "data" for file, _ in found)
        reading.put("listing", "complete" if whole else "index", found[0][1], how="extracted")


def _within(part: Node, seen: set[str]) -> Iterator[Distribution]:
    """The file that a part is, or those in the folder that it is; no folder twice, for they may be endless."""
    waiting = [part]
    while waiting:
        one = waiting.pop()
        own = text(one.data.get("@id")) or ""
        if own in seen:
            continue
        seen.add(own)
        if {"File", "MediaObject"} & set(one.types):
            yield from filter(None, [_file(one)])
        elif "Dataset" in one.types:
            waiting += reversed([child for child, _ in _linked(one, "hasPart")])


def _file(node: Node) -> Distribution | None:
    own = text(node.data.get("@id"))
    if own is None:
        return None
    url = own if "://" in own else node.text("contentUrl")
    name = node.text("name") if "://" in own else None
    return Distribution(
        name=name or unquote(own.removeprefix("./")),
        content_url=url,
        byte_size=integer(node.value("contentSize")),
        media_type=text(node.value("encodingFormat")),
        checksums=checksums_of(node),
        role="index" if node.text("additionalType") == _INDEX else "data",
    )


def _split(node: Node) -> Split | None:
    name = node.text("name")
    if name is None:
        return None
    counts = {row.text("unitText"): row for _, item in items(node.value("size")) if (row := node.child(item))}
    files = (node.child(item) for _, item in items(node.value("hasPart")))
    listed = [child.text("name") or unquote(child.id or "") for child in files if child]
    return Split(
        name=name,
        description=node.text("description"),
        entry_count=integer(node.value("collectionSize")),
        file_count=integer(counts["files"].value("value")) if "files" in counts else None,
        files=tuple(found for found in listed if found),
        digest=node.text("identifier"),
    )


def write(resource: Resource) -> bytes:
    """The resource as the metadata document of a crate; UTF-8."""
    resource = sound(resource)
    placed = list(zip(resource.distributions, _ids(resource), strict=True))
    files = {file.name: {"@id": own} for file, own in reversed(placed)}
    said = properties(resource)
    actions = [step(one, ACTION, files=files) for one in resource.activities]
    root = stated(
        {
            "@id": "./",
            "@type": _root_types(resource.kind),
            **{("author" if word == "creator" else word): value for word, value in said.items()},
            "license": _licence(resource.license),
            "creditText": resource.citation,
            "funder": [one["funder"] for one in said.get("funding", ())],
            "conformsTo": [_standard(one) for one in resource.conforms_to],
            "hasPart": [_part(file, own, whole=resource.listing != "index") for file, own in placed],
            "additionalProperty": of_model.written(resource),
            "mentions": [*(_collection(one, files) for one in resource.splits), *actions],
        }
    )
    descriptor = {
        "@id": FILE_NAMES[0],
        "@type": "CreativeWork",
        "name": "Metadata of this crate",
        "conformsTo": {"@id": _VERSION},
        "about": {"@id": "./"},
    }
    return json_bytes({"@context": _CONTEXT, "@graph": flat(descriptor, root)})


def _root_types(kind: Kind) -> str | list[str]:
    if kind == "dataset":
        return "Dataset"
    special = next(name for name, known in _TYPES.items() if known == kind)
    return ["Dataset", KINDS["model"] if kind == "model" else special]


def _ids(resource: Resource) -> list[str]:
    """The `@id` of each file: its address on the web, else its path in the crate; no two are the same."""
    found: dict[str, None] = {}
    for file in resource.distributions:
        own = plain = _address(file.content_url) or quote(file.name.removeprefix("./").lstrip("/"), safe="/") or "file"
        number = 2
        while own in found or own in ("./", "./.", FILE_NAMES[0]):
            own, number = f"{plain}?{number}", number + 1
        found[own] = None
    return list(found)


def _address(url: str | None) -> str | None:
    """An address on the web, if it may stand as an IRI."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    return url if quote(url, safe=":/?#[]@!$&'()*+,;=%~") == url else None


def _part(file: Distribution, own: str, *, whole: bool) -> dict[str, Any]:
    """A file; one that is an index, or stands for others where the list is not the `whole`, says so."""
    return stated(
        {
            "@id": own,
            **named("File", file.name),
            "additionalType": _INDEX if file.role == "index" or not whole else None,
            "contentUrl": file.content_url if file.content_url != own else None,
            "contentSize": None if file.byte_size is None else str(file.byte_size),
            "encodingFormat": file.media_type,
            **checksums(file.checksums, "sha256"),
        }
    )


def _held(table: Table) -> str:
    """What is in a table, for people; its columns are variables of the whole."""
    count = "" if table.entry_count is None else f"{table.entry_count} entries, "
    return f"{table.name}: {count}{len(table.columns)} columns"


def _licence(licence: str | None) -> dict[str, Any] | None:
    """The licence as a thing: one of SPDX by its address, any other by its words."""
    if licence is None:
        return None
    known = licences.find(licence)
    url = licence_url(licence)
    node = named("CreativeWork", known.name if known and url else licence)
    return {**({"@id": url} if url else {}), **node, "description": f"The licence {licence}"}


def _standard(iri: str) -> dict[str, Any]:
    own = _address(iri)
    return {**({"@id": own} if own else {}), "@type": ["CreativeWork", "Profile"], "name": iri}


def _collection(split: Split, files: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A split as a collection of files; patterns and names that are no files are told by name."""
    count = {"@type": "QuantitativeValue", "value": split.file_count, "unitText": "files"}
    return named(
        _SPLIT,
        split.name,
        description=split.description,
        collectionSize=split.entry_count,
        size=count if split.file_count is not None else None,
        hasPart=[files.get(name) or named("CreativeWork", name) for name in split.files],
        identifier=split.digest,
    )
