"""A resource as DataCite metadata: the names of the JSON form, which the XML form has too.

Words are those of the schema 4.5, which every service reads; of 4.6 only relations that 4.5 lacks. Nothing is invented:
what the schema requires and the resource has not is left out, and the DOI is pending until there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource, Subject
from fairkit.model.variable import Variable
from fairkit.vocab import identifiers, licences, relations

from ._used_data import related
from ._writing import address, is_date, licence_url, sound, stated

__all__ = ["ROLES", "metadata"]

ROLES = (
    "ContactPerson", "DataCollector", "DataCurator", "DataManager", "Distributor", "Editor", "HostingInstitution",
    "Producer", "ProjectLeader", "ProjectManager", "ProjectMember", "RegistrationAgency", "RegistrationAuthority",
    "RelatedPerson", "ResearchGroup", "Researcher", "RightsHolder", "Sponsor", "Supervisor", "WorkPackageLeader",
)  # fmt: skip
"""What a contributor can have done; all else is `Other`."""
_KINDS = {"dataset": "Dataset", "model": "Model", "software": "Software", "documentation": "Text"}
_NAMES = {"person": "Personal", "organisation": "Organizational"}
_SCHEMES = {
    "orcid": ("ORCID", "https://orcid.org"),
    "ror": ("ROR", "https://ror.org"),
    "isni": ("ISNI", "https://isni.org"),
    "grid": ("GRID", "https://www.grid.ac"),
}
_RELATED = {
    "ark": "ARK", "arxiv": "arXiv", "bibcode": "bibcode", "doi": "DOI", "handle": "Handle", "igsn": "IGSN",
    "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "purl": "PURL", "url": "URL", "urn": "URN", "w3id": "w3id",
}  # fmt: skip
_ACCESS = {
    "open": ("Open Access", "info:eu-repo/semantics/openAccess"),
    "embargoed": ("Embargoed Access", "info:eu-repo/semantics/embargoedAccess"),
    "restricted": ("Restricted Access", "info:eu-repo/semantics/restrictedAccess"),
    "metadata-only": ("Closed Access", "info:eu-repo/semantics/closedAccess"),
}
_DATES = {"date_created": "Created", "date_published": "Issued", "date_modified": "Updated"}
_CODE = re.compile(r"[\w.:/#-]+", re.ASCII)
"""The code of a subject, which XML wants to be a reference."""
_MOST_VARIABLES = 500


def metadata(resource: Resource) -> dict[str, Any]:
    """The metadata in the names of DataCite's JSON, without what the resource does not say."""
    resource = sound(resource)
    doi, others = _identifiers(resource.identifiers)
    return stated(
        {
            "doi": doi,
            "url": _uri(resource.landing_page),
            "creators": _once(_agent(one) for one in resource.creators),
            "titles": list(_titles(resource)),
            "publisher": _organisation(resource.publisher, "publisher") if resource.publisher else None,
            "publicationYear": _year(resource),
            "types": stated(
                {
                    "resourceType": resource.type,
                    "resourceTypeGeneral": _KINDS.get(resource.kind, "Other"),
                }
            ),
            "subjects": _once([*({"subject": one} for one in resource.keywords), *map(_subject, resource.subjects)]),
            "contributors": _once(_contributor(one) for one in resource.contributors),
            "dates": list(_dates(resource)),
            "language": resource.language,
            "alternateIdentifiers": others,
            "relatedIdentifiers": list(_related_identifiers(resource)),
            "relatedItems": _once(_related_items(resource)),
            "sizes": list(_sizes(resource)),
            "formats": _once(resource.formats or (f.media_type for f in resource.distributions if f.media_type)),
            "version": resource.version,
            "rightsList": list(_rights(resource)),
            "descriptions": list(_descriptions(resource)),
            "fundingReferences": _once(_funding(one) for one in resource.funding),
            "schemaVersion": "http://datacite.org/schema/kernel-4",
        }
    )


def _once(every: Any) -> list[Any]:
    """Each of some things once, as the schema asks."""
    found: list[Any] = []
    for one in every:
        if one not in found:
            found.append(one)
    return found


def _uri(url: str | None) -> str | None:
    """An address, if it may stand where one must."""
    good = url and re.fullmatch(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", url)
    return url if good else None


def _identifiers(every: tuple[Identifier, ...]) -> tuple[str | None, list[dict[str, str]]]:
    """The first DOI, and all other identifiers."""
    doi = next((one for one in every if one.scheme == "doi" and identifiers.is_valid(one)), None)
    rest = [one for one in every if one != doi]
    rows = ({"alternateIdentifier": one.value, "alternateIdentifierType": one.scheme} for one in rest)
    return doi.value if doi else None, _once(rows)


def _agent(one: Agent) -> dict[str, Any]:
    family, comma, given = one.name.partition(", ")
    parts = {"familyName": family, "givenName": given} if comma and one.type == "person" else {}
    return stated(
        {
            "name": one.name,
            "nameType": _NAMES.get(one.type),
            **parts,
            "nameIdentifiers": _once(_name_identifier(known) for known in one.identifiers),
            "affiliation": _once(_organisation(home, "affiliation") for home in one.affiliations),
        }
    )


def _name_identifier(identifier: Identifier) -> dict[str, str]:
    scheme, home = _SCHEMES.get(identifier.scheme, (identifier.scheme, ""))
    row = {"nameIdentifier": address(identifier) or identifier.value, "nameIdentifierScheme": scheme}
    return row | ({"schemeUri": home} if home else {})


def _organisation(one: Agent, what: str) -> dict[str, Any]:
    """An organisation, with the first of its identifiers: there is room for one."""
    known = next(iter(one.identifiers), None)
    if known is None:
        return {"name": one.name}
    row = _name_identifier(known)
    told = {"": row["nameIdentifier"], "Scheme": row["nameIdentifierScheme"]}
    more = {f"{what}Identifier{end}": value for end, value in told.items()}
    return {"name": one.name, **more, **({"schemeUri": row["schemeUri"]} if "schemeUri" in row else {})}


def _contributor(one: Agent) -> dict[str, Any]:
    return {**_agent(one), "contributorType": one.role if one.role in ROLES else "Other"}


def _titles(resource: Resource) -> Iterator[dict[str, str]]:
    if resource.title:
        yield {"title": resource.title}
    if resource.alternate_title:
        yield {"title": resource.alternate_title, "titleType": "AlternativeTitle"}


def _year(resource: Resource) -> str | None:
    found = re.match(r"[0-9]{4}(?![0-9])", resource.date_published or "")
    return found[0] if found else None


def _subject(one: Subject) -> dict[str, Any]:
    uri = _uri(one.term)
    code = one.term if one.term and not uri and _CODE.fullmatch(one.term) else None
    return stated({"subject": one.name, "subjectScheme": one.scheme, "valueUri": uri, "classificationCode": code})


def _dates(resource: Resource) -> Iterator[dict[str, str]]:
    """The dates that are written as the schema asks; that on which an embargo ends makes the data available."""
    every = {kind: getattr(resource, field) for field, kind in _DATES.items()}
    for kind, written in (every | {"Available": resource.embargo_until}).items():
        parts = written.split("/") if written else []
        if parts and len(parts) <= 2 and all(map(is_date, parts)):
            yield {"date": written, "dateType": kind}


def _relations(resource: Resource) -> Iterator[Relation]:
    """The relations that DataCite has a name for, and what the work replaces or is replaced by."""
    known = {(one.type, one.identifier) for one in resource.relations}
    for one in related(resource):
        kind = relations.find(one.type)
        if kind and kind.type == one.type and kind.datacite and one.type != "Other":
            yield one
    for kinds, others in (
        (("Obsoletes", "IsNewVersionOf"), resource.supersedes),
        (("IsObsoletedBy", "IsPreviousVersionOf"), resource.superseded_by),
    ):
        yield from (Relation(type=kinds[0], identifier=i) for i in others if not any((k, i) in known for k in kinds))


def _related(identifier: Identifier) -> tuple[str, str] | None:
    """An identifier of another work as DataCite writes it, with its type; by its address where that has no type."""
    if identifier.scheme in _RELATED and (identifier.scheme != "url" or _uri(identifier.value)):
        return identifier.value, _RELATED[identifier.scheme]
    url = address(identifier)
    return (url, "URL") if url else None


def _related_identifiers(resource: Resource) -> Iterator[dict[str, Any]]:
    for one in _relations(resource):
        found = _related(one.identifier) if one.identifier else None
        if found:
            yield stated(
                {
                    "relatedIdentifier": found[0],
                    "relatedIdentifierType": found[1],
                    "relationType": one.type,
                    "resourceTypeGeneral": _KINDS.get(one.kind or ""),
                }
            )


def _related_items(resource: Resource) -> Iterator[dict[str, Any]]:
    """Other works that have a title, for which a related identifier has no place."""
    for one in _relations(resource):
        found = _related(one.identifier) if one.identifier else None
        if one.title:
            keys = ("relatedItemIdentifier", "relatedItemIdentifierType")
            yield stated(
                {
                    "relatedItemType": _KINDS.get(one.kind or "", "Other"),
                    "relationType": one.type,
                    "relatedItemIdentifier": dict(zip(keys, found, strict=True)) if found else None,
                    "titles": [{"title": one.title}],
                }
            )


def _sizes(resource: Resource) -> Iterator[str]:
    counts = {"bytes": resource.byte_size, "files": resource.file_count, "entries": resource.entry_count}
    return (f"{count} {noun}" for noun, count in counts.items() if count is not None)


def _rights(resource: Resource) -> Iterator[dict[str, str]]:
    if resource.license:
        known, url = licences.find(resource.license), licence_url(resource.license)
        scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
        of_spdx = {"rightsUri": url or "", "rightsIdentifier": resource.license, **scheme}
        yield {"rights": known.name, **of_spdx} if known and url else {"rights": resource.license}
    if resource.access:
        words, uri = _ACCESS[resource.access]
        yield {"rights": words, "rightsUri": uri}


def _descriptions(resource: Resource) -> Iterator[dict[str, str]]:
    texts = {"Abstract": resource.description, "Methods": resource.methodology, "Other": resource.usage}
    for kind, words in texts.items():
        if words:
            yield {"description": words, "descriptionType": kind}
    if resource.variables:
        lines = [_line(one) for one in resource.variables[:_MOST_VARIABLES]]
        left = len(resource.variables) - len(lines)
        lines += [f"and {left} more"] if left else []
        yield {"description": "Variables:\n" + "\n".join(lines), "descriptionType": "TechnicalInfo"}


def _line(one: Variable) -> str:
    """A variable in a line, for people: DataCite has no other place for it."""
    kind = ", ".join(part for part in (one.dtype, one.unit if one.unit != "1" else None) if part)
    head = f"{one.name} ({kind})" if kind else one.name
    return f"{head}: {one.description}" if one.description else head


def _funding(one: Funding) -> dict[str, Any]:
    known = next(iter(one.funder.identifiers), None)
    row = _name_identifier(known) if known else {}
    scheme = row.get("nameIdentifierScheme")
    return stated(
        {
            "funderName": one.funder.name,
            "funderIdentifier": row.get("nameIdentifier"),
            "funderIdentifierType": (scheme if scheme in ("ROR", "ISNI", "GRID") else "Other") if known else None,
            "awardNumber": one.award,
            "awardUri": _uri(one.url),
            "awardTitle": one.title,
        }
    )
