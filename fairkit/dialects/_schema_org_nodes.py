"""A resource in the plain words of schema.org, as Croissant and RO-Crate take it: nodes within nodes.

Where schema.org has no word, a neighbour is used that says the same to a person: sizes with units, values that refer to
a variable, relations under their DataCite names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.base import plain
from fairkit.model.distribution import Checksum
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource, Subject
from fairkit.model.variable import Variable
from fairkit.vocab import relations, units

from ._used_data import related
from ._writing import address, is_date, stated

__all__ = ["BESIDE", "KINDS", "RELATED", "RULE", "agent", "checksums", "named", "properties", "property_value"]

KINDS = {
    "dataset": "https://schema.org/Dataset",
    "software": "https://schema.org/SoftwareSourceCode",
    "model": "https://w3id.org/fair4ml/MLModel",
    "documentation": "https://schema.org/DigitalDocument",
}
"""The IRI of a kind, where another vocabulary has one."""
RELATED = frozenset({"isBasedOn", "isPartOf", "citation", "subjectOf", "review", "publication", "workExample"})
"""Properties of schema.org that a relation takes; others have a use of their own, as `hasPart` in a crate."""
RULE = "Rule"
BESIDE = ("dtype", "role", "group", "shape", "padding", "missing", "count", "columns", "classes", "meanings")
"""What PropertyValue has no word for: written beside the variable, as texts of a name and a value."""
_TYPES = {"person": "Person", "organisation": "Organization", "agent": "Thing"}
_DATES = {"dateCreated": "date_created", "datePublished": "date_published", "dateModified": "date_modified"}
_SIMPLE = {
    "name": "title",
    "alternateName": "alternate_title",
    "description": "description",
    "url": "landing_page",
    "additionalType": "type",
    "inLanguage": "language",
    "version": "version",
    "conditionsOfAccess": "access_conditions",
    "measurementTechnique": "methodology",
    "codeRepository": "code_repository",
}


def properties(resource: Resource) -> dict[str, Any]:
    """What Croissant and RO-Crate say of a resource in the same words; not its licence, its files and its steps."""
    said = {word: getattr(resource, field) for word, field in _SIMPLE.items()}
    said |= _dated(resource)
    said |= {
        "identifier": [property_value(one) for one in resource.identifiers],
        "keywords": list(resource.keywords),
        "about": [_subject(one) for one in resource.subjects],
        "creator": [agent(one) for one in resource.creators],
        "contributor": [_contributor(one) for one in resource.contributors],
        "publisher": agent(resource.publisher) if resource.publisher else None,
        "funding": [_grant(one) for one in resource.funding],
        "isAccessibleForFree": True if resource.access == "open" else None,
        "dct:accessRights": resource.access if resource.access != "open" else None,
        "dct:available": resource.embargo_until,
        "dct:replaces": [_other(one) for one in resource.supersedes],
        "dct:isReplacedBy": [_other(one) for one in resource.superseded_by],
        "includedInDataCatalog": _catalogue(resource.catalogue),
        "usageInfo": list(_usage(resource)),
        "softwareRequirements": list(resource.requirements),
        "encodingFormat": list(resource.formats),
        "size": list(_sizes(resource)),
        "variableMeasured": [_variable(one) for one in resource.variables],
    }
    related = _relations(resource)
    if resource.validation:
        checked = named("Review", "How it was checked", reviewBody=resource.validation)
        related["review"] = [checked, *related.get("review", ())]
    return stated(said) | related


def _dated(resource: Resource) -> dict[str, Any]:
    """The dates that are any; the time over which data were taken is a period that they cover."""
    every = {word: getattr(resource, field) for word, field in _DATES.items()}
    said = {word: day for word, day in every.items() if day and is_date(day)}
    made = resource.date_created or ""
    return said | ({"temporalCoverage": made} if made.count("/") == 1 and all(map(is_date, made.split("/"))) else {})


def named(kind: str, name: str | None = None, **more: Any) -> dict[str, Any]:
    """A node of a type, with those of its properties that say something."""
    return stated({"@type": kind, "name": name, **more})


def property_value(identifier: Identifier) -> dict[str, Any]:
    """An identifier as others read it: its scheme, its value, and where it leads."""
    return stated(
        {
            "@type": "PropertyValue",
            "propertyID": identifier.scheme,
            "value": identifier.value,
            "url": address(identifier),
        }
    )


def agent(one: Agent) -> dict[str, Any]:
    """A person or an organisation; the first identifier that leads somewhere is its `@id`."""
    first = next((known for known in one.identifiers if address(known)), None)
    family, comma, given = one.name.partition(", ")
    parts = {"familyName": family, "givenName": given} if comma and one.type == "person" else {}
    return named(
        _TYPES[one.type],
        one.name,
        **{"@id": address(first)},
        **parts,
        url=address(first) if one.type == "organisation" else None,
        identifier=[property_value(known) for known in one.identifiers if known != first],
        affiliation=[agent(home) for home in one.affiliations],
    )


def _contributor(one: Agent) -> dict[str, Any]:
    """A contributor in a role, where one is stated: the role is of this work and not of the person."""
    return named("Role", roleName=one.role, contributor=agent(one)) if one.role else agent(one)


def _grant(one: Funding) -> dict[str, Any]:
    return named("Grant", one.title, identifier=one.award, url=one.url, funder=agent(one.funder))


def _subject(one: Subject) -> dict[str, Any]:
    return named("DefinedTerm", one.name, inDefinedTermSet=one.scheme, termCode=one.term)


def _catalogue(name: str | None) -> dict[str, Any] | None:
    return named("DataCatalog", name) if name else None


def _usage(resource: Resource) -> Iterator[dict[str, Any]]:
    """How to use it, and each rule, told apart by their names."""
    if resource.usage:
        yield named("CreativeWork", "How to use it", text=resource.usage)
    yield from (named("CreativeWork", RULE, text=rule) for rule in resource.usage_rules)


def _other(identifier: Identifier) -> dict[str, Any]:
    """Another work of which no more is known."""
    own = address(identifier)
    return {"@id": own, "@type": "CreativeWork"} if own else property_value(identifier)


def _sizes(resource: Resource) -> Iterator[dict[str, Any]]:
    counts = {"byte": resource.byte_size, "files": resource.file_count, "entries": resource.entry_count}
    for unit, value in counts.items():
        if value is not None:
            yield {"@type": "QuantitativeValue", "value": value, "unitText": unit}


def _variable(one: Variable) -> dict[str, Any]:
    least, most = one.range or (None, None)
    known = units.find(one.unit) if one.unit else None
    return named(
        "PropertyValue",
        one.name,
        description=one.description,
        unitText=one.unit,
        unitCode=known.qudt if known else None,
        propertyID=one.term,
        minValue=least,
        maxValue=most,
        valueReference=[f"{name}: {_text(value)}" for name in BESIDE if (value := getattr(one, name)) not in (None, ())]
        + (["shape: []"] if one.shape == () else []),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False)


def checksums(every: tuple[Checksum, ...], *words: str) -> dict[str, Any]:
    """Checksums by the property that is called like the algorithm, for these `words`; the others as identifiers."""
    own = {one.algorithm: one.value for one in reversed(every) if one.algorithm in words}
    others = [f"{one.algorithm}:{one.value}" for one in every if own.get(one.algorithm) != one.value]
    return stated({**{word: own[word] for word in words if word in own}, "identifier": others})


def _relations(resource: Resource) -> dict[str, list[dict[str, Any]]]:
    """The relations by the property of schema.org that means them, else under the names that DataCite has."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in related(resource):
        kind = relations.find(one.type)
        word = kind.schema_org if kind and kind.type == one.type and kind.schema_org in RELATED else ""
        word = "" if word == "citation" and not address(one.identifier) else word  # RO-Crate asks an address of it
        found.setdefault(word or "dct:relation", []).append(_related(one, one.type if not word else None))
    return found


def _related(one: Relation, kind: str | None) -> dict[str, Any]:
    own = address(one.identifier)
    types = [found for found in (kind, KINDS.get(one.kind or "")) if found]
    other = property_value(one.identifier) if one.identifier and not own else None
    return stated({"@id": own, **named("CreativeWork", one.title), "additionalType": types, "identifier": other})
