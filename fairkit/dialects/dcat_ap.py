"""DCAT-AP 3.0.1: a dataset as the open data portals of Europe catalogue it, in Turtle or JSON-LD.

Every kind of work is a dcat:Dataset there, and says what it is by its type. The vocabularies are those that the profile
asks for: access rights of the Publications Office, media types of IANA, languages of the Library of Congress.
"""

from __future__ import annotations

import re
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.base import FAIRKIT
from fairkit.model.distribution import Distribution
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource, Subject
from fairkit.vocab import licences, relations

from ._rdf import FORMS, Node, checksum, iri, moment, relative, typed, written
from ._rdf_prov import activities
from ._used_data import related
from ._writing import address, licence_url, sound, stated

__all__ = ["FORMS", "HOLDS", "MEDIA_TYPE", "TITLE", "recognises", "write"]

TITLE = "DCAT-AP 3 (Turtle or JSON-LD)"
MEDIA_TYPE = "text/turtle"
HOLDS = frozenset({
    "access", "access_conditions", "activities", "alternate_title", "citation", "conforms_to", "contributors",
    "creators", "date_created", "date_modified", "date_published", "description", "distributions", "embargo_until",
    "identifiers", "keywords", "landing_page", "language", "license", "listing", "methodology", "publisher",
    "relations", "subjects", "superseded_by", "supersedes", "title", "type", "version",
})  # fmt: skip

_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"
_ACCESS = {"open": "PUBLIC", "embargoed": "RESTRICTED", "restricted": "RESTRICTED", "metadata-only": "NON_PUBLIC"}
_LANGUAGES = {2: "http://id.loc.gov/vocabulary/iso639-1/", 3: "http://id.loc.gov/vocabulary/iso639-2/"}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_KINDS = {
    "dataset": "http://purl.org/dc/dcmitype/Dataset",
    "software": "http://purl.org/dc/dcmitype/Software",
    "documentation": "http://purl.org/dc/dcmitype/Text",
}
_AGENTS = {"person": "foaf:Person", "organisation": "foaf:Organization"}
_RELATED = {
    "IsDerivedFrom": "prov:wasDerivedFrom",
    "IsPartOf": "dct:isPartOf",
    "HasPart": "dct:hasPart",
    "IsReferencedBy": "dct:isReferencedBy",
    "References": "dct:references",
    "Cites": "dct:references",
    "IsVersionOf": "dct:isVersionOf",
    "Relates": "dct:relation",
}
"""The relations that have a property; to say of the other work that it is a dataset would ask for its title."""


def recognises(data: Any) -> bool:
    """Never: DCAT is written, and not read."""
    return False


def write(resource: Resource, *, form: str = "turtle") -> bytes:
    """The work as a dcat:Dataset, in Turtle or in JSON-LD with its context written out."""
    return written(_dataset(sound(resource)), form)


def _dataset(one: Resource) -> Node:
    return stated(
        {
            "@id": next((url for each in one.identifiers if (url := address(each))), None) or iri(one.landing_page),
            "@type": "dcat:Dataset",
            "dct:identifier": [address(each) or str(each) for each in one.identifiers],
            "dct:title": one.title,
            "dct:alternative": one.alternate_title,
            "dct:description": one.description,
            "dcat:landingPage": _document(one.landing_page),
            "dcat:keyword": list(one.keywords),
            "dcat:theme": [_theme(each) for each in one.subjects],
            "dct:type": _type(one),
            "dct:language": _language(one.language),
            "dct:creator": [agent(each) for each in one.creators],
            "dct:contributor": [agent(each) for each in one.contributors],
            "dct:publisher": agent(one.publisher) if one.publisher else None,
            "dct:bibliographicCitation": one.citation,
            "dct:created": moment(one.date_created),
            "dct:temporal": _period(one.date_created),
            "dct:issued": moment(one.date_published),
            "dct:modified": moment(one.date_modified),
            "dct:available": moment(one.embargo_until),
            "dcat:version": one.version,
            "dct:license": _licence(one.license),
            "dct:accessRights": {"@id": _RIGHTS + _ACCESS[one.access], "@type": "dct:RightsStatement"}
            if one.access
            else None,
            "dct:rights": _said("dct:RightsStatement", one.access_conditions),
            "dct:provenance": _said("dct:ProvenanceStatement", one.methodology),
            "dct:conformsTo": [_standard(each) for each in one.conforms_to],
            "dct:replaces": [{"@id": url} for each in one.supersedes if (url := address(each))],
            "dct:isReplacedBy": [{"@id": url} for each in one.superseded_by if (url := address(each))],
            **_related(related(one)),
            "prov:wasGeneratedBy": activities(one.activities),
            "dcat:distribution": [_distribution(each, one) for each in one.distributions],
        }
    )


def _access(who: str | None) -> Node | None:
    return {"@id": _RIGHTS + _ACCESS[who], "@type": "dct:RightsStatement"} if who else None


def _said(kind: str, text: str | None) -> Node | None:
    """A statement that is only words."""
    return {"@type": kind, "rdfs:label": text} if text else None


def _document(url: str | None) -> Node | None:
    found = iri(url)
    return {"@id": found, "@type": "foaf:Document"} if found else None


def _theme(one: Subject) -> Node:
    scheme = {"@type": "skos:ConceptScheme", "dct:title": one.scheme} if one.scheme else None
    return stated({"@id": iri(one.term), "@type": "skos:Concept", "skos:prefLabel": one.name, "skos:inScheme": scheme})


def _type(one: Resource) -> Node:
    """What it is: the word of the source, and the type of DCMI that its kind means."""
    return stated({"@id": _KINDS.get(one.kind), "@type": "skos:Concept", "skos:prefLabel": one.type or one.kind})


def _language(code: str | None) -> Node | None:
    bare = (code or "").split("-")[0].lower()
    if len(bare) not in _LANGUAGES or not (bare.isascii() and bare.isalpha()):
        return None
    return {"@id": _LANGUAGES[len(bare)] + bare, "@type": "dct:LinguisticSystem"}


def agent(one: Agent) -> Node:
    """A person or an organisation, by where its identifier leads."""
    return stated(
        {
            "@id": next((url for each in one.identifiers if (url := address(each))), None),
            "@type": ["foaf:Agent", *([_AGENTS[one.type]] if one.type in _AGENTS else [])],
            "foaf:name": one.name,
            "org:memberOf": [agent(home) for home in one.affiliations],
        }
    )


def _period(dates: str | None) -> Node | None:
    """The time that the data are about, where dates are an interval: years of data taking."""
    begin, slash, end = (dates or "").partition("/")
    parts = {"dcat:startDate": moment(begin), "dcat:endDate": moment(end)}
    return {"@type": "dct:PeriodOfTime", **parts} if slash and None not in parts.values() else None


def _licence(named: str | None) -> Node | None:
    if named is None:
        return None
    known = licences.find(named)
    page = (known.url if known else None) or licence_url(named) or iri(named)
    label = (known.id if known else named) if page != named else None
    return stated({"@id": page, "@type": "dct:LicenseDocument", "rdfs:label": label})


def _standard(named: str) -> Node:
    found = iri(named)
    return {"@id": found, "@type": "dct:Standard"} if found else {"@type": "dct:Standard", "dct:title": named}


def _related(every: tuple[Relation, ...]) -> dict[str, list[Node]]:
    """Other works by the property that means the relation, else as a relationship with a role."""
    found: dict[str, list[Node]] = {}
    for one in every:
        known = relations.find(one.type)
        word = _RELATED.get(known.type if known else "")
        other = stated({"@id": address(one.identifier), "dct:title": one.title})
        if "@id" not in other and one.identifier:
            other["dct:identifier"] = str(one.identifier)
        if not other:
            continue
        if known and known.type == "IsDocumentedBy" and "@id" in other:
            found.setdefault("foaf:page", []).append(other | {"@type": "foaf:Document"})
        elif word:
            found.setdefault(word, []).append(other)
        else:
            role = {"@id": f"{FAIRKIT}{_word(known.type if known else one.type)}", "@type": "dcat:Role"}
            node = {"@type": "dcat:Relationship", "dct:relation": other, "dcat:hadRole": role}
            found.setdefault("dcat:qualifiedRelation", []).append(node)
    return found


def _word(type_: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "", type_)[:60] or "Relates"


def _distribution(file: Distribution, one: Resource) -> Node:
    """A file, and where it is had: at its address, else by the page, else beside the document."""
    url = iri(file.content_url)
    page = next((found for each in one.identifiers if (found := address(each))), None) or iri(one.landing_page)
    return stated(
        {
            "@type": "dcat:Distribution",
            "dct:title": file.name,
            "dcat:accessURL": {"@id": url or page or relative(file.name)},
            "dcat:downloadURL": {"@id": url} if url else None,
            "dcat:byteSize": typed(file.byte_size, "xsd:nonNegativeInteger") if file.byte_size is not None else None,
            "dcat:mediaType": _media_type(file.media_type),
            "spdx:checksum": checksum(file.checksums),
            "dct:license": _licence(one.license),
        }
    )


def _media_type(named: str | None) -> Node | None:
    if named is None or not re.fullmatch(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+", named):
        return None
    return {"@id": _MEDIA_TYPES + named, "@type": "dct:MediaType"}
