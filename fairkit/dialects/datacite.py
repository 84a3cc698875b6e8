"""DataCite metadata in JSON, as the DOI resolver and the DataCite API give them and portals register them.

The names are those of the DataCite Metadata Schema 4.6; older documents use a subset.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Subject
from fairkit.vocab import identifiers, licences

from ._html import plain
from ._reading import Reading, items, parse_json, text
from ._sizes import byte_size

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "DataCite metadata (JSON)"
MEDIA_TYPE = "application/vnd.datacite.datacite+json"
HOLDS = frozenset({
    "identifiers", "landing_page", "title", "alternate_title", "description", "keywords", "subjects", "type", "language",
    "creators", "contributors", "publisher", "funding", "date_created", "date_published", "date_modified", "version",
    "supersedes", "superseded_by", "license", "access", "embargo_until", "formats", "byte_size", "relations",
    "methodology",
})  # fmt: skip

_KINDS = {
    "Dataset": "dataset",
    "Collection": "dataset",
    "Image": "dataset",
    "Model": "model",
    "Software": "software",
    "ComputationalNotebook": "software",
    "Workflow": "software",
}
_ACCESS = {
    "info:eu-repo/semantics/openaccess": "open",
    "open access": "open",
    "info:eu-repo/semantics/embargoedaccess": "embargoed",
    "embargoed access": "embargoed",
    "info:eu-repo/semantics/restrictedaccess": "restricted",
    "restricted access": "restricted",
    "info:eu-repo/semantics/closedaccess": "metadata-only",
}
_REPLACING = {"Obsoletes": "supersedes", "IsObsoletedBy": "superseded_by", "IsPreviousVersionOf": "superseded_by"}
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
    data = parse_json(document)
    base, record = _record(data)
    reading = Reading(document, data)
    _identity(reading, record, base)
    _texts(reading, record, base)
    _people(reading, record, base)
    _rights(reading, record, base)
    found = [(relation, f"{base}/relatedIdentifiers{end}") for end, relation in _relations(record)]
    if found:
        reading.put("relations", tuple(relation for relation, _ in found), found[0][1])
    for relation, pointer in found:
        if relation.identifier and relation.type in _REPLACING:
            reading.put(_REPLACING[relation.type], (relation.identifier,), pointer)
    types = record.get("types")
    general = text(types.get("resourceTypeGeneral")) if isinstance(types, Mapping) else None
    return reading.view(_KINDS.get(general or "", "documentation"), holds=HOLDS)


def _record(data: Any) -> tuple[str, Mapping[str, Any]]:
    if isinstance(data, Mapping) and isinstance(data.get("data"), Mapping):
        attributes = data["data"].get("attributes")
        return "/data/attributes", attributes if isinstance(attributes, Mapping) else {}
    return "", data if isinstance(data, Mapping) else {}


def _rows(record: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of one of the record's lists that are objects, each with the end of its pointer."""
    return ((end, row) for end, row in items(record.get(name)) if isinstance(row, Mapping))


def _identity(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    named = [(record.get("doi"), f"{base}/doi")]
    for name in ("identifiers", "alternateIdentifiers"):
        for end, row in _rows(record, name):
            named.append((row.get("identifier", row.get("alternateIdentifier")), f"{base}/{name}{end}"))
    reading.identifiers(*named)
    reading.put("landing_page", text(record.get("url")), f"{base}/url")


def _texts(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    for end, row in _rows(record, "titles"):
        field = "alternate_title" if row.get("titleType") else "title"
        reading.put(field, plain(row.get("title")), f"{base}/titles{end}")
    for end, row in _rows(record, "descriptions"):
        field = "methodology" if row.get("descriptionType") == "Methods" else "description"
        if row.get("descriptionType") in ("Abstract", "Methods", None):
            reading.put(field, plain(row.get("description")), f"{base}/descriptions{end}")
    free = [row for _, row in _rows(record, "subjects") if not (row.get("subjectScheme") or row.get("valueUri"))]
    named = [row for _, row in _rows(record, "subjects") if row.get("subjectScheme") or row.get("valueUri")]
    where = f"{base}/subjects"
    reading.put("keywords", tuple(word for row in free if (word := text(row.get("subject")))), where)
    reading.put("subjects", tuple(subject for row in named if (subject := _subject(row))), where)
    types = record.get("types")
    if isinstance(types, Mapping):
        reading.put("type", text(types.get("resourceType")) or text(types.get("resourceTypeGeneral")), f"{base}/types")
    reading.put("language", text(record.get("language")), f"{base}/language")
    reading.put("version", text(record.get("version")), f"{base}/version")
    for end, row in _rows(record, "dates"):
        when = text(row.get("date"))
        if row.get("dateType") in _DATES:
            reading.put(_DATES[str(row["dateType"])], when, f"{base}/dates{end}")
    reading.put("date_published", text(record.get("publicationYear")), f"{base}/publicationYear")
    reading.each("formats", record.get("formats"), f"{base}/formats", text)
    for end, size in items(record.get("sizes")):
        reading.put("byte_size", byte_size(size), f"{base}/sizes{end}")


def _subject(row: Mapping[str, Any]) -> Subject | None:
    name = text(row.get("subject"))
    return Subject(name=name, scheme=text(row.get("subjectScheme")), term=text(row.get("valueUri"))) if name else None


def _people(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    for field in ("creators", "contributors"):
        reading.each(field, record.get(field), f"{base}/{field}", _agent)
    publisher = record.get("publisher")
    name = publisher.get("name") if isinstance(publisher, Mapping) else publisher
    ids = _identifiers(publisher.get("publisherIdentifier")) if isinstance(publisher, Mapping) else ()
    if text(name):
        agent = Agent(name=str(text(name)), type="organisation", identifiers=ids)
        reading.put("publisher", agent, f"{base}/publisher")
    reading.each("funding", record.get("fundingReferences"), f"{base}/fundingReferences", _funding)


def _identifiers(*written: Any) -> tuple[Identifier, ...]:
    return tuple(found for value in written if isinstance(value, str) and (found := identifiers.identify(value)))


def _agent(row: Any) -> Agent | None:
    name = text(row.get("name")) if isinstance(row, Mapping) else None
    if name is None:
        return None
    ids = _identifiers(*(item.get("nameIdentifier") for _, item in _rows(row, "nameIdentifiers")))
    kind = {"Personal": "person", "Organizational": "organisation"}.get(str(row.get("nameType")))
    if kind is None and any(i.scheme == "orcid" for i in ids):
        kind = "person"
    homes = tuple(home for _, place in items(row.get("affiliation")) if (home := _affiliation(place)))
    return Agent(
        name=name, type=kind or "agent", identifiers=ids, affiliations=homes, role=text(row.get("contributorType"))
    )


def _affiliation(place: Any) -> Agent | None:
    name = text(place.get("name")) if isinstance(place, Mapping) else text(place)
    ids = _identifiers(place.get("affiliationIdentifier")) if isinstance(place, Mapping) else ()
    return Agent(name=name, type="organisation", identifiers=ids) if name else None


def _funding(row: Any) -> Funding | None:
    name = text(row.get("funderName")) if isinstance(row, Mapping) else None
    if name is None:
        return None
    funder = Agent(name=name, type="organisation", identifiers=_identifiers(row.get("funderIdentifier")))
    award, title, url = (text(row.get(key)) for key in ("awardNumber", "awardTitle", "awardUri"))
    return Funding(funder=funder, award=award, title=title, url=url)


def _rights(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    """Licences; words such as "open access" say who gets the data, and are no licence."""
    unknown: tuple[str, str] | None = None
    for end, row in _rows(record, "rightsList"):
        spellings = [found for key in ("rightsIdentifier", "rightsUri", "rights") if (found := text(row.get(key)))]
        where = f"{base}/rightsList{end}"
        known = next((licence for written in spellings if (licence := licences.find(written))), None)
        access = next((_ACCESS[s.lower()] for s in spellings if s.lower() in _ACCESS), None)
        if known:
            reading.put("license", known.id, where)
        elif access:
            reading.put("access", access, where)
        elif spellings and unknown is None:
            unknown = (spellings[-1], where)
    if unknown:
        reading.put("license", *unknown)
    if reading.values.get("access") == "embargoed":
        for end, row in _rows(record, "dates"):
            if row.get("dateType") == "Available":
                reading.put("embargo_until", text(row.get("date")), f"{base}/dates{end}")


def _relations(record: Mapping[str, Any]) -> Iterator[tuple[str, Relation]]:
    for end, row in _rows(record, "relatedIdentifiers"):
        written, kind = text(row.get("relatedIdentifier")), text(row.get("relationType"))
        other = identifiers.identify(written) if written else None
        if kind and (other or written):
            yield end, Relation(type=kind, identifier=other, title=None if other else written)
