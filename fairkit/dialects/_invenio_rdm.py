"""The shape of InvenioRDM 14: vocabulary terms are objects with an id and titles in several languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind, Subject
from fairkit.vocab import identifiers, relations

from . import _invenio_shared as shared
from ._html import plain
from ._invenio_files import block, rows
from ._reading import Reading, agent
from ._sizes import byte_size
from ._values import identifier, items, text

__all__ = ["LACKS", "read"]

LACKS: frozenset[str] = frozenset()
_TITLES = {"alternative-title": "alternate_title", "subtitle": "alternate_title", "translated-title": "alternate_title"}
_DESCRIPTIONS = {"abstract": "description", "methods": "methodology"}
_DATES = {
    "created": "date_created",
    "collected": "date_created",
    "issued": "date_published",
    "updated": "date_modified",
}
_ACCESS = ("open", "embargoed", "restricted", "metadata-only")


def read(reading: Reading, record: Mapping[str, Any]) -> Kind:
    """Give all fields but those about files; return the kind of the resource."""
    metadata = block(record, "metadata")
    pids = block(record, "pids")
    own = [
        (identifier(row.get("identifier"), text(row.get("scheme"))), f"/metadata{end}")
        for end, row in rows(metadata, "identifiers")
    ]
    reading.identifiers(
        (identifier(block(pids, "doi").get("identifier"), "doi"), "/pids/doi/identifier"),
        (identifier(block(pids, "oai").get("identifier"), "oai"), "/pids/oai/identifier"),
        *own,
    )
    published = record.get("is_draft") is not True
    shared.places(reading, record, published=published)
    _texts(reading, metadata)
    _people(reading, metadata)
    _dates(reading, record, metadata)
    shared.licence(reading, _licences(metadata))
    _access(reading, record)
    _related(reading, record, metadata)
    code = block(record, "custom_fields").get("code:codeRepository")
    reading.put("code_repository", text(code), "/custom_fields/code:codeRepository")
    return shared.kind(text(block(metadata, "resource_type").get("id"))) or "documentation"


def _words(term: Any) -> str | None:
    """The English title of a vocabulary term, else its title in any language, else its id."""
    if not isinstance(term, dict):
        return text(term)
    titles = term.get("title")
    spoken = [titles.get("en"), *titles.values()] if isinstance(titles, dict) else [titles]
    return next((found for title in (*spoken, term.get("id")) if (found := text(title))), None)


def _type_id(row: Mapping[str, Any]) -> str:
    return text(block(row, "type").get("id")) or ""


def _texts(reading: Reading, metadata: Mapping[str, Any]) -> None:
    reading.put("title", plain(metadata.get("title")), "/metadata/title")
    for end, row in rows(metadata, "additional_titles"):
        if _type_id(row) in _TITLES:
            reading.put(_TITLES[_type_id(row)], plain(row.get("title")), f"/metadata{end}")
    reading.put("description", plain(metadata.get("description")), "/metadata/description")
    for end, row in rows(metadata, "additional_descriptions"):
        if _type_id(row) in _DESCRIPTIONS:
            reading.put(_DESCRIPTIONS[_type_id(row)], plain(row.get("description")), f"/metadata{end}")
    subjects = list(rows(metadata, "subjects"))
    free = [(text(row.get("subject")), f"/metadata{end}") for end, row in subjects if not _is_term(row)]
    reading.found("keywords", [(word, where) for word, where in free if word])
    terms = [(_subject(row), f"/metadata{end}") for end, row in subjects if _is_term(row)]
    reading.found("subjects", [(term, where) for term, where in terms if term])
    reading.put("type", _words(metadata.get("resource_type")), "/metadata/resource_type")
    for end, row in rows(metadata, "languages"):
        reading.put("language", text(row.get("id")), f"/metadata{end}/id")
    reading.put("version", text(metadata.get("version")), "/metadata/version")
    reading.each("formats", metadata.get("formats"), "/metadata/formats", text)
    for end, size in items(metadata.get("sizes")):
        reading.put("byte_size", byte_size(size), f"/metadata/sizes{end}")


def _is_term(row: Mapping[str, Any]) -> bool:
    return bool(text(row.get("scheme")) or text(row.get("id")))


def _subject(row: Mapping[str, Any]) -> Subject | None:
    name = text(row.get("subject")) or text(row.get("id"))
    return Subject(name=name, scheme=text(row.get("scheme")), term=text(row.get("id"))) if name else None


def _people(reading: Reading, metadata: Mapping[str, Any]) -> None:
    for field in ("creators", "contributors"):
        reading.each(field, metadata.get(field), f"/metadata/{field}", _agent)
    reading.put("publisher", agent(metadata.get("publisher"), type="organisation"), "/metadata/publisher")
    reading.each("funding", metadata.get("funding"), "/metadata/funding", _funding)


def _agent(row: Any) -> Agent | None:
    if not isinstance(row, dict):
        return None
    who = block(row, "person_or_org")
    parts = [part for key in ("family_name", "given_name") if (part := text(who.get(key)))]
    kind = {"personal": "person", "organizational": "organisation"}.get(text(who.get("type")) or "", "agent")
    homes = (_organisation(home) for _, home in items(row.get("affiliations")))
    return agent(
        text(who.get("name")) or ", ".join(parts),
        ids=_ids(who),
        type=kind,
        affiliations=tuple(home for home in homes if home),
        role=_role(row.get("role")),
    )


def _role(term: Any) -> str | None:
    """The DataCite name of a role: "Data collector" is `DataCollector`."""
    words = _words(term)
    return "".join(word[:1].upper() + word[1:] for word in words.split()) if words else None


def _ids(row: Mapping[str, Any]) -> list[Identifier | None]:
    return [identifier(found.get("identifier"), text(found.get("scheme"))) for _, found in rows(row, "identifiers")]


def _organisation(row: Any) -> Agent | None:
    """An affiliation or a funder; the ids of both vocabularies are those of ROR."""
    if not isinstance(row, dict):
        return None
    return agent(row.get("name"), ids=(identifier(row.get("id"), "ror"), *_ids(row)), type="organisation")


def _funding(row: Any) -> Funding | None:
    funder = _organisation(row.get("funder")) if isinstance(row, dict) else None
    if funder is None:
        return None
    award = block(row, "award")
    pages = (identifiers.url(found) for found in _ids(award) if found)
    title = _words({"title": award.get("title")})
    return Funding(funder=funder, award=text(award.get("number")), title=title, url=next(filter(None, pages), None))


def _dates(reading: Reading, record: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
    reading.put("date_published", text(metadata.get("publication_date")), "/metadata/publication_date")
    for end, row in rows(metadata, "dates"):
        if _type_id(row) in _DATES:
            reading.put(_DATES[_type_id(row)], text(row.get("date")), f"/metadata{end}/date")
    reading.put("date_modified", text(record.get("updated")), "/updated")


def _licences(metadata: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Every spelling of each licence: its id, its address, its title."""
    for end, row in rows(metadata, "rights"):
        spellings = (text(row.get("id")), text(row.get("link")), text(block(row, "props").get("url")), _words(row))
        yield f"/metadata{end}", [spelling for spelling in spellings if spelling]


def _access(reading: Reading, record: Mapping[str, Any]) -> None:
    access = block(record, "access")
    status = text(access.get("status"))
    reading.put("access", status if status in _ACCESS else None, "/access/status")
    embargo = block(access, "embargo")
    if embargo.get("active") is True:
        reading.put("embargo_until", text(embargo.get("until")), "/access/embargo/until")
        reading.put("access_conditions", plain(embargo.get("reason")), "/access/embargo/reason")
    where = "/parent/access/settings/accept_conditions_text"
    settings = block(block(block(record, "parent"), "access"), "settings")
    reading.put("access_conditions", plain(settings.get("accept_conditions_text")), where)


def _related(reading: Reading, record: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
    found = [(_relation(row), f"/metadata{end}") for end, row in rows(metadata, "related_identifiers")]
    found += [(_reference(row), f"/metadata{end}") for end, row in rows(metadata, "references")]
    concept = identifier(block(block(block(record, "parent"), "pids"), "doi").get("identifier"), "doi")
    if concept:
        found.append((Relation(type="IsVersionOf", identifier=concept), "/parent/pids/doi/identifier"))
    shared.related(reading, [(relation, where) for relation, where in found if relation])
    if block(record, "versions").get("is_latest") is False and record.get("is_draft") is not True:
        shared.newer(reading, record, "/versions/is_latest")


def _relation(row: Mapping[str, Any]) -> Relation | None:
    written = text(row.get("identifier"))
    stated = text(block(row, "relation_type").get("id"))
    if not written or not stated:
        return None
    known, type_ = identifier(written, text(row.get("scheme"))), relations.find(stated)
    what = shared.kind(text(block(row, "resource_type").get("id")))
    return Relation(type=type_.type if type_ else stated, identifier=known, title=None if known else written, kind=what)


def _reference(row: Mapping[str, Any]) -> Relation | None:
    title = plain(row.get("reference"))
    known = identifier(row.get("identifier"), text(row.get("scheme")))
    return Relation(type="References", identifier=known, title=title) if title or known else None
