"""The older shape, in which Zenodo's API answers unless it is asked for the other one.

Its texts are bare, its file list is a list. It has no place for a publisher, further titles and formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind, Subject
from fairkit.vocab import relations

from . import _invenio_shared as shared
from ._html import plain
from ._invenio_files import block, rows
from ._reading import Reading, agent
from ._values import identifier, items, text, texts

__all__ = ["LACKS", "read"]

LACKS = frozenset({"publisher", "alternate_title", "formats", "file_count", "byte_size"})
_ACCESS = {"open": "open", "embargoed": "embargoed", "restricted": "restricted", "closed": "metadata-only"}
_DATES = {"created": "date_created", "collected": "date_created", "updated": "date_modified"}
_SIMPLE = {"version": "version", "language": "language", "date_published": "publication_date"}
_PROSE = {
    "title": "title",
    "description": "description",
    "methodology": "method",
    "access_conditions": "access_conditions",
}


def read(reading: Reading, record: Mapping[str, Any]) -> Kind:
    """Give all fields but those about files; return the kind of the resource."""
    metadata = block(record, "metadata")
    others = [
        (identifier(row.get("identifier"), text(row.get("scheme"))), f"/metadata{end}")
        for end, row in rows(metadata, "alternate_identifiers")
    ]
    reading.identifiers(
        (identifier(record.get("doi"), "doi"), "/doi"),
        (identifier(metadata.get("doi"), "doi"), "/metadata/doi"),
        *others,
    )
    shared.places(reading, record, published=record.get("submitted") is not False)
    _texts(reading, metadata)
    for field in ("creators", "contributors"):
        reading.each(field, metadata.get(field), f"/metadata/{field}", _agent)
    imprint = block(metadata, "imprint")
    reading.put("publisher", agent(imprint.get("publisher"), type="organisation"), "/metadata/imprint/publisher")
    reading.each("funding", metadata.get("grants"), "/metadata/grants", _funding)
    _dates(reading, record, metadata)
    given = metadata.get("license")
    written = texts([given.get("id"), given.get("title")] if isinstance(given, dict) else given)
    shared.licence(reading, [("/metadata/license", written)])
    reading.put("access", _ACCESS.get(text(metadata.get("access_right")) or ""), "/metadata/access_right")
    reading.put("embargo_until", text(metadata.get("embargo_date")), "/metadata/embargo_date")
    _related(reading, record, metadata)
    code = block(metadata, "custom").get("code:codeRepository")
    reading.put("code_repository", text(code), "/metadata/custom/code:codeRepository")
    what = text(block(metadata, "resource_type").get("type")) or text(metadata.get("upload_type"))
    return shared.kind(what) or "documentation"


def _texts(reading: Reading, metadata: Mapping[str, Any]) -> None:
    for field, key in _PROSE.items():
        reading.put(field, plain(metadata.get(key)), f"/metadata/{key}")
    for field, key in _SIMPLE.items():
        reading.put(field, text(metadata.get(key)), f"/metadata/{key}")
    reading.each("keywords", metadata.get("keywords"), "/metadata/keywords", text)
    reading.each("subjects", metadata.get("subjects"), "/metadata/subjects", _subject)
    what = block(metadata, "resource_type")
    for key in ("title", "type"):
        reading.put("type", text(what.get(key)), f"/metadata/resource_type/{key}")
    reading.put("type", text(metadata.get("upload_type")), "/metadata/upload_type")  # a deposit


def _subject(row: Any) -> Subject | None:
    name = (text(row.get("term")) or text(row.get("subject"))) if isinstance(row, dict) else None
    return Subject(name=name, scheme=text(row.get("scheme")), term=text(row.get("identifier"))) if name else None


def _agent(row: Any) -> Agent | None:
    if not isinstance(row, dict):
        return None
    ids = (identifier(row.get("orcid"), "orcid"), identifier(row.get("gnd"), "gnd"))
    home = agent(row.get("affiliation"), type="organisation")
    kind = "person" if text(row.get("orcid")) else "agent"
    return agent(row.get("name"), ids=ids, type=kind, affiliations=(home,) if home else (), role=text(row.get("type")))


def _funding(row: Any) -> Funding | None:
    if not isinstance(row, dict):
        return None
    who = block(row, "funder")
    funder = agent(who.get("name"), ids=(identifier(who.get("doi"), "doi"),), type="organisation")
    award, title, url = (text(row.get(key)) for key in ("code", "title", "url"))
    return Funding(funder=funder, award=award, title=title, url=url) if funder else None


def _dates(reading: Reading, record: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
    for end, row in rows(metadata, "dates"):
        field = _DATES.get((text(row.get("type")) or "").lower())
        span = dict.fromkeys(day for key in ("start", "end") if (day := text(row.get(key))))
        if field:
            reading.put(field, "/".join(span), f"/metadata{end}")
    for key in ("updated", "modified"):
        reading.put("date_modified", text(record.get(key)), f"/{key}")


def _related(reading: Reading, record: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
    found = [(_relation(row), f"/metadata{end}") for end, row in rows(metadata, "related_identifiers")]
    found += [
        (Relation(type="References", title=title), f"/metadata/references{end}")
        for end, written in items(metadata.get("references"))
        if (title := plain(written))
    ]
    concept = identifier(record.get("conceptdoi"), "doi")
    if concept:
        found.append((Relation(type="IsVersionOf", identifier=concept), "/conceptdoi"))
    shared.related(reading, [(relation, where) for relation, where in found if relation])
    for end, row in rows(block(metadata, "relations"), "version"):
        if row.get("is_last") is False:
            shared.newer(reading, record, f"/metadata/relations{end}/is_last")


def _relation(row: Mapping[str, Any]) -> Relation | None:
    written, stated = text(row.get("identifier")), text(row.get("relation"))
    if not written or not stated:
        return None
    known, type_ = identifier(written, text(row.get("scheme"))), relations.find(stated)
    what = shared.kind(text(row.get("resource_type")))
    return Relation(type=type_.type if type_ else stated, identifier=known, title=None if known else written, kind=what)
