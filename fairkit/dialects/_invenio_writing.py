"""A resource as the body of an InvenioRDM draft: metadata, access, and the switch for files.

The ids of vocabularies (types, roles, relations, licences, languages) are those of release 14; a repository that does
not know one of them refuses the whole body, so only sure ones are written.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind, Resource
from fairkit.vocab import identifiers, licences, relations

from ._used_data import related
from ._writing import stated

__all__ = ["body"]

_TYPES: dict[Kind, str] = {
    "dataset": "dataset",
    "model": "model",
    "software": "software",
    "environment": "software",
    "documentation": "publication-technicalnote",
    "supplementary": "other",
}
_ROLES = frozenset({
    "contactperson", "datacollector", "datacurator", "datamanager", "distributor", "editor", "hostinginstitution",
    "other", "producer", "projectleader", "projectmanager", "projectmember", "registrationagency",
    "registrationauthority", "relatedperson", "researcher", "researchgroup", "rightsholder", "sponsor", "supervisor",
    "workpackageleader",
})  # fmt: skip
_PEOPLE = frozenset({"orcid", "isni", "gnd"})
_PLACES = frozenset({"ror", "isni", "gnd"})
_SCHEMES = frozenset({
    "ark", "arxiv", "doi", "handle", "igsn", "isbn", "issn", "istc", "lissn", "pmid", "purl", "swh", "upc", "url",
    "urn", "w3id",
})  # fmt: skip
_SPELT = {"swhid": "swh", "handle": "handle"}
_LANGUAGES = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra",
    "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe",
    "tr": "tur", "uk": "ukr", "zh": "zho",
}  # fmt: skip
_MOST_REFERENCES = 1_000


def body(resource: Resource, *, day: str, marks: tuple[Identifier, ...] = ()) -> dict[str, Any]:
    """The body of a draft; `day` is the date of publication where none is stated, `marks` are identifiers more."""
    return {"metadata": _metadata(resource, day, marks), "access": access(resource), "files": {"enabled": True}}


def access(resource: Resource) -> dict[str, Any]:
    """Who may see the record, which everybody may, and its files."""
    closed = resource.access in ("embargoed", "restricted", "metadata-only")
    told: dict[str, Any] = {"record": "public", "files": "restricted" if closed else "public"}
    if resource.access == "embargoed" and resource.embargo_until:
        reason = {"reason": resource.access_conditions} if resource.access_conditions else {}
        told["embargo"] = {"active": True, "until": resource.embargo_until, **reason}
    return told


def _metadata(work: Resource, day: str, marks: tuple[Identifier, ...]) -> dict[str, Any]:
    language = _LANGUAGES.get((work.language or "").partition("-")[0].lower(), "")
    return stated({
        "resource_type": {"id": _TYPES[work.kind]},
        "title": work.title,
        "additional_titles": _typed("title", work.alternate_title, "alternative-title"),
        "publication_date": work.date_published or day,
        "publisher": work.publisher.name if work.publisher else None,
        "creators": [_party(who) for who in work.creators],
        "contributors": [_party(who) | {"role": {"id": _role(who)}} for who in work.contributors],
        "description": _html(work.description),
        "additional_descriptions": [
            *_typed("description", _html(work.methodology), "methods"),
            *_typed("description", _html(_usage(work)), "technical-info"),
            *_typed("description", _html(work.validation), "other"),
        ],
        "subjects": [{"subject": word} for word in dict.fromkeys([*work.keywords, *(s.name for s in work.subjects)])],
        "languages": [{"id": language}] if language else [],
        "version": work.version,
        "rights": _rights(work.license),
        "dates": [*_date(work.date_created, "created"), *_date(work.date_modified, "updated")],
        "identifiers": list(_identifiers((*work.identifiers, *marks))),
        "related_identifiers": list(_related(work)),
        "references": [{"reference": title} for title in _references(work)][:_MOST_REFERENCES],
        "funding": [_funding(grant) for grant in work.funding],
        "formats": list(dict.fromkeys(file.media_type for file in work.distributions if file.media_type))[:100],
    })  # fmt: skip


def _typed(key: str, value: str | None, kind: str) -> list[dict[str, Any]]:
    return [{key: value, "type": {"id": kind}}] if value and len(value) > 1 else []


def _html(text: str | None) -> str | None:
    """Plain text as paragraphs."""
    parts = [" ".join(part.split()) for part in (text or "").split("\n\n")]
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part) or None


def _usage(work: Resource) -> str | None:
    rules = "\n\n".join(work.usage_rules)
    return "\n\n".join(part for part in (work.usage, rules, *work.requirements) if part) or None


def _party(who: Agent) -> dict[str, Any]:
    if who.type == "person" or (who.type == "agent" and "," in who.name):
        family, _, given = (part.strip() for part in who.name.partition(","))
        names = stated({"family_name": family, "given_name": given})
        ids = _ids(who, _PEOPLE)
        found: dict[str, Any] = {"person_or_org": {"type": "personal", **names, **ids}}
        homes = [_home(home) for home in who.affiliations]
        return found | ({"affiliations": homes} if homes else {})
    return {"person_or_org": {"type": "organizational", "name": who.name, **_ids(who, _PLACES)}}


def _ids(who: Agent, schemes: frozenset[str]) -> dict[str, Any]:
    first: dict[str, str] = {}
    for one in who.identifiers:
        if one.scheme in schemes and identifiers.is_valid(one):
            first.setdefault(one.scheme, one.value)
    rows = [{"scheme": scheme, "identifier": value} for scheme, value in first.items()]
    return {"identifiers": rows} if rows else {}


def _home(home: Agent) -> dict[str, Any]:
    """An affiliation by its name: an id that the repository's vocabulary lacks would be refused."""
    return {"name": home.name}


def _role(who: Agent) -> str:
    role = (who.role or "").replace(" ", "").lower()
    return role if role in _ROLES else "other"


def _rights(written: str | None) -> list[dict[str, Any]]:
    """A licence by its SPDX id, which the vocabulary has in lower case; another one by its title."""
    if not written:
        return []
    known = licences.find(written)
    if known and known.url and " " not in known.id:
        return [{"id": known.id.lower()}]
    return [{"title": {"en": written}}]


def _date(day: str | None, kind: str) -> list[dict[str, Any]]:
    return [{"date": day[:10] if "T" in day else day, "type": {"id": kind}}] if day else []


def _identifiers(every: Iterable[Identifier]) -> Iterator[dict[str, Any]]:
    """All but the DOI, which has a place of its own; each once: a server answers two of the same with 500."""
    seen: set[str] = set()
    for row in (_identifier(one) for one in every if one.scheme != "doi"):
        if row and row["identifier"] not in seen:
            seen.add(row["identifier"])
            yield row


def _identifier(one: Identifier) -> dict[str, Any] | None:
    scheme = _SPELT.get(one.scheme, one.scheme)
    if scheme == "other" or (scheme in _SCHEMES and identifiers.is_valid(one)):
        return {"scheme": scheme, "identifier": one.value}
    url = identifiers.url(one)
    return {"scheme": "url", "identifier": url} if url else None


def _related(work: Resource) -> Iterator[dict[str, Any]]:
    """Every relation whose other end has an identifier, each once."""
    every = [*related(work)]
    versions = {one.identifier for one in work.relations if one.type == "IsNewVersionOf"}
    every += [Relation(type="Obsoletes", identifier=one) for one in work.supersedes if one not in versions]
    every += [Relation(type="IsObsoletedBy", identifier=one) for one in work.superseded_by]
    if work.code_repository and (known := identifiers.identify(work.code_repository)):
        every.append(Relation(type="IsSupplementedBy", identifier=known, kind="software"))
    seen: set[tuple[str, str]] = set()
    for relation in every:
        row = _identifier(relation.identifier) if relation.identifier else None
        if row is None or (row["identifier"], relation.type) in seen:
            continue
        seen.add((row["identifier"], relation.type))
        kind = _TYPES.get(relation.kind) if relation.kind else None  # type: ignore[call-overload]
        yield row | {"relation_type": {"id": _relation(relation)}} | ({"resource_type": {"id": kind}} if kind else {})


def _relation(relation: Relation) -> str:
    known = relations.find(relation.type)
    return known.type.lower() if known and known.datacite and known.type != "Other" else "references"


def _references(work: Resource) -> Iterator[str]:
    """What is referred to by its title alone."""
    yield from (r.title for r in work.relations if r.title and r.identifier is None)
    if work.citation:
        yield work.citation


def _funding(grant: Funding) -> dict[str, Any]:
    award = stated(
        {
            "title": {"en": grant.title} if grant.title else None,
            "number": grant.award,
            "identifiers": [{"scheme": "url", "identifier": grant.url}] if grant.url else [],
        }
    )
    if award and "title" not in award:
        award["title"] = {"en": str(grant.award or grant.url)}
    return {"funder": {"name": grant.funder.name}, **({"award": award} if award else {})}
