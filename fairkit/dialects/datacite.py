"""DataCite metadata in JSON, as the DOI resolver and the DataCite API give them and portals register them.

The names are those of the DataCite Metadata Schema 4.6; older documents use a subset. A document is written without a
DOI while there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind, Resource, Subject
from fairkit.vocab import licences, relations

from ._access import access
from ._datacite_writing import metadata
from ._html import plain
from ._reading import Reading, agent
from ._sizes import byte_size
from ._values import identifier, items, parse_json, text
from ._writing import json_bytes

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "read_record", "recognises", "write"]

TITLE = "DataCite metadata (JSON)"
MEDIA_TYPE = "application/vnd.datacite.datacite+json"
HOLDS = frozenset({
    "access", "alternate_title", "byte_size", "contributors", "creators", "date_created", "date_modified",
    "date_published", "description", "embargo_until", "formats", "funding", "identifiers", "keywords", "landing_page",
    "language", "license", "methodology", "publisher", "relations", "subjects", "superseded_by", "supersedes", "title",
    "type", "version",
})  # fmt: skip

_KINDS: dict[str, Kind] = {
    "Dataset": "dataset",
    "Collection": "dataset",
    "Image": "dataset",
    "Model": "model",
    "Software": "software",
    "ComputationalNotebook": "software",
    "Workflow": "software",
}
_REPLACING = {
    "supersedes": ("Obsoletes", "IsNewVersionOf"),
    "superseded_by": ("IsObsoletedBy", "IsPreviousVersionOf"),
}
_DESCRIPTIONS = {"Abstract": "description", "Methods": "methodology"}
_DATES = {
    "Created": "date_created",
    "Collected": "date_created",
    "Issued": "date_published",
    "Updated": "date_modified",
}


def recognises(data: Any) -> bool:
    """Whether parsed JSON is DataCite metadata, bare or in the envelope of the DataCite API."""
    _, record = _record(data)
    return "titles" in record and ("creators" in record or "publicationYear" in record)


def read(document: Document) -> View:
    """The resource that DataCite metadata describe.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    return read_record(document, parse_json(document))


def write(resource: Resource) -> bytes:
    """The resource as DataCite metadata in JSON; UTF-8."""
    return json_bytes(metadata(resource))


def read_record(document: Document, data: Any, *, holds: frozenset[str] = HOLDS) -> View:
    """The resource that parsed DataCite metadata describe, in a form that holds these fields."""
    base, record = _record(data)
    reading = Reading(document, data)
    _identity(reading, record, base)
    _texts(reading, record, base)
    _people(reading, record, base)
    _rights(reading, record, base)
    related = list(_related(record, base))
    reading.found("relations", related)
    for field, kinds in _REPLACING.items():
        reading.found(field, [(r.identifier, where) for r, where in related if r.identifier and r.type in kinds])
    general = text(_types(record).get("resourceTypeGeneral"))
    return reading.view(_KINDS.get(general or "", "documentation"), holds=holds)


def _record(data: Any) -> tuple[str, Mapping[str, Any]]:
    """The metadata and their pointer: the first entry of an answer of the API, or the document itself."""
    if not isinstance(data, dict) or "data" not in data:
        return "", data if isinstance(data, dict) else {}
    end, entry = next(items(data["data"]), ("", None))
    attributes = entry.get("attributes") if isinstance(entry, dict) else None
    return f"/data{end}/attributes", attributes if isinstance(attributes, dict) else {}


def _types(record: Mapping[str, Any]) -> Mapping[str, Any]:
    types = record.get("types")
    return types if isinstance(types, dict) else {}


def _rows(record: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of one of the record's lists that are objects, each with the end of its pointer."""
    return ((end, row) for end, row in items(record.get(name)) if isinstance(row, dict))


def _identity(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    named = [(identifier(record.get("doi"), "doi"), f"{base}/doi")]
    for name, key in (("identifiers", "identifier"), ("alternateIdentifiers", "alternateIdentifier")):
        for end, row in _rows(record, name):
            named.append((identifier(row.get(key), text(row.get(f"{key}Type"))), f"{base}/{name}{end}"))
    reading.identifiers(*named)
    reading.put("landing_page", text(record.get("url")), f"{base}/url")


def _texts(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    for end, row in _rows(record, "titles"):
        heading = "alternate_title" if text(row.get("titleType")) else "title"
        reading.put(heading, plain(row.get("title")), f"{base}/titles{end}")
    for end, row in _rows(record, "descriptions"):
        part = _DESCRIPTIONS.get(text(row.get("descriptionType")) or "Abstract")
        if part:
            reading.put(part, plain(row.get("description")), f"{base}/descriptions{end}")
    every = [(_subject(row), f"{base}/subjects{end}") for end, row in _rows(record, "subjects")]
    named = [(subject, where) for subject, where in every if subject]
    reading.found("keywords", [(free.name, where) for free, where in named if not (free.scheme or free.term)])
    reading.found("subjects", [(subject, where) for subject, where in named if subject.scheme or subject.term])
    types = _types(record)
    reading.put("type", text(types.get("resourceType")) or text(types.get("resourceTypeGeneral")), f"{base}/types")
    reading.put("language", text(record.get("language")), f"{base}/language")
    reading.put("version", text(record.get("version")), f"{base}/version")
    for end, row in _rows(record, "dates"):
        day = _DATES.get(text(row.get("dateType")) or "")
        if day:
            reading.put(day, text(row.get("date")), f"{base}/dates{end}")
    reading.put("date_published", text(record.get("publicationYear")), f"{base}/publicationYear")
    reading.each("formats", record.get("formats"), f"{base}/formats", text)
    for end, size in items(record.get("sizes")):
        reading.put("byte_size", byte_size(size), f"{base}/sizes{end}")


def _subject(row: Mapping[str, Any]) -> Subject | None:
    name = text(row.get("subject"))
    term = text(row.get("valueUri")) or text(row.get("classificationCode"))
    return Subject(name=name, scheme=text(row.get("subjectScheme")), term=term) if name else None


def _people(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    for field in ("creators", "contributors"):
        reading.each(field, record.get(field), f"{base}/{field}", _agent)
    reading.put("publisher", _organisation(record.get("publisher"), "publisher"), f"{base}/publisher")
    reading.each("funding", record.get("fundingReferences"), f"{base}/fundingReferences", _funding)


def _organisation(value: Any, what: str) -> Agent | None:
    """An organisation that is a text, or an object with name, identifier and the scheme of that."""
    if not isinstance(value, dict):
        return agent(value, type="organisation")
    known = identifier(value.get(f"{what}Identifier"), text(value.get(f"{what}IdentifierScheme")))
    return agent(value.get("name"), ids=(known,), type="organisation")


def _agent(row: Any) -> Agent | None:
    if not isinstance(row, dict):
        return None
    names = [name for _, name in _rows(row, "nameIdentifiers")]
    ids = [identifier(name.get("nameIdentifier"), text(name.get("nameIdentifierScheme"))) for name in names]
    kind = {"Personal": "person", "Organizational": "organisation"}.get(text(row.get("nameType")) or "")
    if kind is None and any(known and known.scheme == "orcid" for known in ids):
        kind = "person"
    homes = tuple(home for _, place in items(row.get("affiliation")) if (home := _organisation(place, "affiliation")))
    role = text(row.get("contributorType"))
    return agent(row.get("name"), ids=ids, type=kind or "agent", affiliations=homes, role=role)


def _funding(row: Any) -> Funding | None:
    if not isinstance(row, dict):
        return None
    known = identifier(row.get("funderIdentifier"), text(row.get("funderIdentifierType")))
    funder = agent(row.get("funderName"), ids=(known,), type="organisation")
    award, title, url = (text(row.get(key)) for key in ("awardNumber", "awardTitle", "awardUri"))
    return Funding(funder=funder, award=award, title=title, url=url) if funder else None


def _rights(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    """Licences; words such as "open access" say who gets the data, and are no licence."""
    unknown: tuple[str, str] | None = None
    for end, row in _rows(record, "rightsList"):
        spellings = [found for key in ("rightsIdentifier", "rightsUri", "rights") if (found := text(row.get(key)))]
        where = f"{base}/rightsList{end}"
        known = next((licence for written in spellings if (licence := licences.find(written))), None)
        stated = next((said for written in spellings if (said := access(written))), None)
        if known:
            reading.put("license", known.id, where)
        elif stated:
            reading.put("access", stated, where)
        elif spellings and unknown is None:
            unknown = (spellings[-1], where)
    if unknown:
        reading.put("license", *unknown)
    if reading.values.get("access") == "embargoed":
        for end, row in _rows(record, "dates"):
            if text(row.get("dateType")) == "Available":
                reading.put("embargo_until", text(row.get("date")), f"{base}/dates{end}")


def _related(record: Mapping[str, Any], base: str) -> Iterator[tuple[Relation, str]]:
    """The relations: related identifiers with the titles that related items give them, and items that have no other."""
    told = [(relation, f"{base}/relatedItems{end}") for end, relation in _items(record)]
    titles = {(one.type, one.identifier): one.title for one, _ in told}
    known = set()
    for end, relation in _relations(record):
        key = (relation.type, relation.identifier)
        known.add(key)
        title = relation.title or (titles.get(key) if relation.identifier else None)
        yield replace(relation, title=title) if title != relation.title else relation, f"{base}/relatedIdentifiers{end}"
    yield from ((one, where) for one, where in told if not one.identifier or (one.type, one.identifier) not in known)


def _items(record: Mapping[str, Any]) -> Iterator[tuple[str, Relation]]:
    for end, row in _rows(record, "relatedItems"):
        stated = text(row.get("relationType"))
        named = row.get("relatedItemIdentifier")
        row_of = named if isinstance(named, dict) else {}
        other = identifier(row_of.get("relatedItemIdentifier"), text(row_of.get("relatedItemIdentifierType")))
        title = next((found for _, one in _rows(row, "titles") if (found := plain(one.get("title")))), None)
        if stated and (other or title):
            kind, general = relations.find(stated), _KINDS.get(text(row.get("relatedItemType")) or "")
            yield end, Relation(type=kind.type if kind else stated, identifier=other, title=title, kind=general)


def _relations(record: Mapping[str, Any]) -> Iterator[tuple[str, Relation]]:
    for end, row in _rows(record, "relatedIdentifiers"):
        written, stated = text(row.get("relatedIdentifier")), text(row.get("relationType"))
        if not written or not stated:
            continue
        known, kind = identifier(written, text(row.get("relatedIdentifierType"))), relations.find(stated)
        general = _KINDS.get(text(row.get("resourceTypeGeneral")) or "")
        title = None if known else written
        yield end, Relation(type=kind.type if kind else stated, identifier=known, title=title, kind=general)
