"""Croissant (MLCommons): a dataset as programs for machine learning load it, in JSON-LD.

Version 1.0, for reach; 1.1 where a word of 1.1 is needed: units, provenance, conditions of use, arrays. Only Parquet
files get record sets: no program can read HDF5 or ROOT through one. A file needs a SHA-256 or MD5 digest to be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import FIELDS, OF_MODELS, Resource

from . import _schema_org_more as more
from ._croissant_reading import distributions, splits, variables
from ._croissant_records import apart, record_sets
from ._jsonld import Node, main_node
from ._reading import Reading
from ._schema_org_nodes import checksums, properties
from ._schema_org_steps import PROV, step, step_of
from ._values import items, parse_json, text
from ._writing import address, json_bytes, licence_url, sound, stated

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "UNFIT", "read", "recognises", "write"]

TITLE = "Croissant (JSON-LD)"
MEDIA_TYPE = "application/ld+json"
FILE_NAMES = ("croissant.json",)
UNFIT = frozenset({"model"})
HOLDS = frozenset(FIELDS) - OF_MODELS - {"implied_license"}

_CROISSANT = "http://mlcommons.org/croissant/"
_VERSIONS = tuple(f"{_CROISSANT}{version}" for version in ("1.0", "1.1"))
_TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
    "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
_NEW_TERMS = ("annotation", "arrayShape", "containedIn", "isArray")
_NEWER = frozenset({*_NEW_TERMS, "usageInfo", "prov:wasDerivedFrom", "prov:wasGeneratedBy"})
"""Words that only 1.1 has."""


def recognises(data: Any) -> bool:
    """Whether parsed JSON is JSON-LD that says it conforms to Croissant, or has its words in the context."""
    if not isinstance(data, dict):
        return False
    claimed = [text(one) or "" for word in ("conformsTo", "dct:conformsTo") for _, one in items(data.get(word))]
    declared = [part for _, part in items(data.get("@context")) if isinstance(part, dict)]
    return any(one.startswith(_CROISSANT) for one in claimed) or any(part.get("cr") == _CROISSANT for part in declared)


def read(document: Document) -> View:
    """The dataset that a Croissant document describes.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    node, reading = main_node(data), Reading(document, data)
    value, pointer = node.get("cr:citeAs", "citeAs", f"{_CROISSANT}citeAs")
    reading.put("citation", text(value), pointer)
    _standards(reading, node)
    distributions(reading, node)
    splits(reading, node)
    value, pointer = node.get("prov:wasGeneratedBy")
    reading.each("activities", value, pointer, lambda item: step_of(node, item, PROV))
    more.read(reading, node, but=("dct:conformsTo", "conformsTo"))
    variables(reading, node)
    return reading.view("dataset", holds=HOLDS)


def _standards(reading: Reading, node: Node) -> None:
    """What else it conforms to; that it is Croissant says nothing of the data."""
    value, pointer = node.get("dct:conformsTo", "conformsTo")
    others = [(one, pointer + end) for end, item in items(value) if (one := _iri(item)) and _CROISSANT not in one]
    reading.found("conforms_to", others)


def _iri(item: Any) -> str | None:
    return text(item.get("@id")) if isinstance(item, dict) else text(item)


def write(resource: Resource) -> bytes:
    """The resource as Croissant; UTF-8.

    Files without SHA-256 or MD5 are left out, since a document that names one is not valid; so is what they hold.
    """
    resource = sound(resource)
    files = [file for file in resource.distributions if _digest(file)]
    ids, whole = apart([file.name for file in files]), resource.listing != "index"
    said = properties(replace(resource, creators=_sorted(resource.creators), publisher=_of_a_sort(resource.publisher)))
    document = stated(
        {
            "@type": "sc:Dataset",
            **said,
            "url": said.get("url") or next((url for one in resource.identifiers if (url := address(one))), None),
            "license": licence_url(resource.license) or resource.license,
            "citeAs": resource.citation,
            "prov:wasDerivedFrom": said.get("isBasedOn"),
            "prov:wasGeneratedBy": [step(one, PROV) for one in resource.activities],
            "distribution": [_file_object(one, own, whole=whole) for one, own in zip(files, ids, strict=True)],
        }
    )
    sets, records = record_sets(resource, dict(zip(ids, files, strict=True)))
    document.setdefault("distribution", []).extend(sets)
    document = stated(document | {"recordSet": records})
    newer = not _NEWER.isdisjoint(_words(document))
    head = {"@context": _context(resource.language, newer=newer), "@type": "sc:Dataset"}
    standards = [_VERSIONS[newer], *resource.conforms_to]
    return json_bytes(head | {"conformsTo": standards if len(standards) > 1 else standards[0]} | _settled(document))


def _sorted(agents: tuple[Agent, ...]) -> tuple[Agent, ...]:
    return tuple(one for agent in agents if (one := _of_a_sort(agent)))


def _of_a_sort(agent: Agent | None) -> Agent | None:
    """An agent as a person or an organisation, since Croissant takes nothing else: 'Family, Given' is a person."""
    if agent is None or agent.type != "agent":
        return agent
    return replace(agent, type="person" if ", " in agent.name else "organisation")


def _digest(file: Distribution) -> str | None:
    """The kind of digest that Croissant takes; one of the two, SHA-256 if there is a choice."""
    known = {one.algorithm for one in file.checksums}
    return next((kind for kind in ("sha256", "md5") if kind in known), None)


def _file_object(file: Distribution, own: str, *, whole: bool) -> dict[str, Any]:
    """A file; one that is an index, or stands for others where the list is not the `whole`, says so."""
    return stated(
        {
            "@type": "cr:FileObject",
            "@id": own,
            "name": file.name,
            "additionalType": "index" if file.role == "index" or not whole else None,
            "contentUrl": file.content_url or file.name,
            "contentSize": None if file.byte_size is None else f"{file.byte_size} B",
            "encodingFormat": _formats(file.media_type),
            **checksums(file.checksums, _digest(file) or "sha256"),
        }
    )


def _formats(media_type: str | None) -> str | list[str]:
    """The media type; that of Parquet is followed by the name that it has in Croissant."""
    if media_type == "application/vnd.apache.parquet":
        return [media_type, "application/x-parquet"]
    return media_type or "application/octet-stream"


def _words(value: Any) -> Iterator[str]:
    """Every key in a document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def _settled(document: Any) -> Any:
    """The document in which nodes that share an `@id` say the same: another that says something else has none."""
    told: dict[str, Any] = {}

    def settle(value: Any) -> Any:
        if isinstance(value, list):
            return [settle(item) for item in value]
        if not isinstance(value, dict) or "@context" in value:
            return value
        node = {key: settle(item) for key, item in value.items()}
        own = node.get("@id")
        if own and len(node) > 1 and told.setdefault(own, node) != node:
            node = {"sameAs": node.pop("@id")} | node
        return node

    return settle(document)


def _context(language: str | None, *, newer: bool) -> dict[str, Any]:
    """What each word means, written out: names and IRIs as the specification has them."""
    names = {name: f"cr:{name}" for name in (*_TERMS, *(_NEW_TERMS if newer else ()))}
    tagged = {"name": {"@container": "@language"}, "description": {"@container": "@language"}} if newer else {}
    typed = {
        "data": {"@id": "cr:data", "@type": "@json"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    }
    return {
        "@language": language if language and language.isascii() and language.isalpha() else "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": _CROISSANT,
        "rai": f"{_CROISSANT}RAI/",
        "dct": "http://purl.org/dc/terms/",
        **({"prov": "http://www.w3.org/ns/prov#"} if newer else {}),
        "conformsTo": "dct:conformsTo",
        **names,
        **typed,
        **tagged,
    }
