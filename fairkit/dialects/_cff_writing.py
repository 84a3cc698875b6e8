"""A resource as a citation file, in the few shapes that the schema of CFF 1.2.0 takes."""

from __future__ import annotations

import re
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.vocab import identifiers, licences, relations

from ._used_data import related
from ._writing import stated

__all__ = ["MADE_FROM", "encode"]

_VERSION = "1.2.0"
_MESSAGE = "Please cite it by what this file says."
_CONTACT = "ContactPerson"
_SOFTWARE = frozenset({"software", "environment", "model"})
"""The kinds that are software there: the format knows this and datasets alone."""
MADE_FROM = "It was made from these data."
"""What is noted of a reference to what a model was trained on."""
_OF_DATA = {"IsDerivedFrom": MADE_FROM, "References": None}
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+", re.ASCII)
_WEB = re.compile(r"(?:https?|s?ftp)://[!-~]+")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.ASCII)
_SWHID = re.compile(r"swh:1:(?:snp|rel|rev|dir|cnt):[0-9a-f]{40}")
_YOUNGER = frozenset({
    "CC-BY-3.0-IGO", "CC-PDM-1.0", "CDLA-Permissive-2.0", "DL-DE-BY-2.0", "DL-DE-ZERO-2.0", "Elastic-2.0", "NLOD-2.0",
})  # fmt: skip
"""Licences of our table that came into the SPDX list after May 2021, whose list the schema has."""


def encode(resource: Resource) -> dict[str, Any]:
    """The keys of the file. Other works than the data of a model are left out, for a reference needs authors.

    A relation does not tell them; of data there is always somebody who made them, whom the guide of the format would
    have called by the name of the whole where nobody is known by name.
    """
    contacts = [one for one in resource.contributors if one.role == _CONTACT]
    return stated(
        {
            "cff-version": _VERSION,
            "message": f"Please cite it as: {resource.citation}" if resource.citation else _MESSAGE,
            "type": "software" if resource.kind in _SOFTWARE else "dataset",
            "title": resource.title,
            "abstract": resource.description,
            "authors": _each_once(_author(one) for one in resource.creators),
            "contact": _each_once(_author(one) for one in contacts),
            "version": resource.version,
            "date-released": resource.date_published if _DAY.fullmatch(resource.date_published or "") else None,
            "doi": next((one.value for one in resource.identifiers if _is_doi(one)), None),
            "identifiers": _each_once(_identifier(one) for one in resource.identifiers if one.value.strip()),
            "url": _web(resource.landing_page),
            "repository-code": _web(resource.code_repository),
            **_licence(resource.license),
            "keywords": list(dict.fromkeys(word for word in resource.keywords if word.strip())),
            "references": _each_once(_data(one) for one in related(resource) if _is_data_of(resource, one)),
        }
    )


def _each_once(rows: Any) -> list[dict[str, Any]]:
    """Rows that say something, without those that come again: the schema wants each once."""
    found: list[dict[str, Any]] = []
    for row in rows:
        if row not in found:
            found.append(row)
    return found


def _web(url: str | None) -> str | None:
    return url if _WEB.fullmatch(url or "") else None


def _author(one: Agent) -> dict[str, Any]:
    """A person by the parts of the name; whoever is not known to be one, as an entity."""
    orcid = one.identifier("orcid")
    page = f"https://orcid.org/{orcid}" if orcid and _ORCID.fullmatch(orcid) else None
    if one.type != "person" and not (one.type == "agent" and page):
        return stated({"name": one.name, "orcid": page, "website": _website(one)})
    family, comma, given = one.name.partition(", ")
    name = {"family-names": family, "given-names": given} if comma else {"alias": one.name}
    home = next((home.name for home in one.affiliations), None)
    return stated({**name, "orcid": page, "affiliation": home})


def _website(one: Agent) -> str | None:
    found = (identifiers.url(each) for each in one.identifiers if each.scheme != "orcid")
    return next((url for url in found if _web(url)), None)


def _is_doi(one: Identifier) -> bool:
    return one.scheme == "doi" and _DOI.fullmatch(one.value) is not None


def _identifier(one: Identifier) -> dict[str, Any]:
    """An identifier of the types that there are; any other is one with the name of its scheme."""
    if _is_doi(one):
        return {"type": "doi", "value": one.value}
    if one.scheme == "url" and _web(one.value):
        return {"type": "url", "value": one.value}
    if one.scheme == "swhid" and _SWHID.fullmatch(one.value):
        return {"type": "swh", "value": one.value}
    return {"type": "other", "value": str(one)}


def _licence(written: str | None) -> dict[str, Any]:
    """One id, a choice of several as a list, or the address of terms that SPDX has no id for."""
    known = licences.find(written) if written else None
    ids = known.id.split(" OR ") if known else []
    single = [one for one in (licences.find(each) for each in ids) if one and one.url and one.id in ids]
    if single and len(single) == len(ids) and all(map(_is_listed, ids)):
        return {"license": ids[0] if len(ids) == 1 else list(dict.fromkeys(ids))}
    page = known.url if known and " " not in known.id else written  # an exception changes the terms
    return stated({"license-url": _web(page)})


def _is_listed(spdx_id: str) -> bool:
    return spdx_id not in _YOUNGER and not spdx_id.startswith("LicenseRef-") and " " not in spdx_id


def _is_data_of(resource: Resource, one: Relation) -> bool:
    """Whether a relation leads from a model to data that it was made from, or refers to."""
    kind = relations.find(one.type)
    return resource.kind == "model" and one.kind == "dataset" and kind is not None and kind.type in _OF_DATA


def _data(one: Relation) -> dict[str, Any]:
    title = " ".join((one.title or str(one.identifier or "")).split()) or "data"
    known, kind = one.identifier, relations.find(one.type)
    is_doi = known is not None and _is_doi(known)
    page = _web(identifiers.url(known)) if known and not is_doi else None
    other = [_identifier(known)] if known and known.value.strip() and not (is_doi or page) else []
    return stated(
        {
            "type": "data",
            "title": title,
            "authors": [{"name": f"The authors of {title}"}],
            "doi": known.value if known and is_doi else None,
            "url": page,
            "identifiers": other,
            "notes": _OF_DATA[kind.type] if kind else None,
        }
    )
