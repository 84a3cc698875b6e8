"""What both shapes of an InvenioRDM record have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind
from fairkit.vocab import licences

from ._invenio_files import block
from ._reading import Reading
from ._values import identifier, text

__all__ = ["kind", "licence", "names", "newer", "places", "related"]

_KINDS: dict[str, Kind] = {
    "dataset": "dataset",
    "image": "dataset",
    "model": "model",
    "software": "software",
    "workflow": "software",
    "publication": "documentation",
    "presentation": "documentation",
    "poster": "documentation",
    "lesson": "documentation",
}
_REPLACING = {
    "supersedes": ("Obsoletes", "IsNewVersionOf"),
    "superseded_by": ("IsObsoletedBy", "IsPreviousVersionOf"),
}


def names(record: Mapping[str, Any]) -> frozenset[str]:
    """The ids by which a record is asked for: its own, and that of all its versions together."""
    own = (record.get("id"), record.get("recid"), record.get("conceptrecid"), block(record, "parent").get("id"))
    return frozenset(found for one in own if (found := text(one)))


def kind(resource_type: str | None) -> Kind | None:
    """The kind that a resource type means, by the word before its first dash (`publication-article`)."""
    return _KINDS.get((resource_type or "").partition("-")[0].lower())


def places(reading: Reading, record: Mapping[str, Any], *, published: bool) -> None:
    """Give the page of the record, and the repository that lists it: a draft has neither."""
    links = block(record, "links")
    for name in ("self_html", "html"):
        page = text(links.get(name))
        if page and published:
            reading.put("landing_page", page, f"/links/{name}")
            reading.put("catalogue", _host(page), f"/links/{name}", how="extracted")


def _host(page: str) -> str | None:
    try:
        return urlsplit(page).netloc or None
    except ValueError:  # no URL, as "http://["
        return None


def licence(reading: Reading, every: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Give the first licence that is known by one of its spellings, else the first one as it is written."""
    stated = [(spellings, where) for where, spellings in every if spellings]
    for spellings, where in stated:
        known = next((found for written in spellings if (found := licences.find(written))), None)
        if known:
            reading.put("license", known.id, where)
    if stated:
        spellings, where = stated[0]
        reading.put("license", spellings[-1], where)


def related(reading: Reading, found: Sequence[tuple[Relation, str]]) -> None:
    """Give the relations, and the versions before and after that are among them."""
    reading.found("relations", found)
    for field, types in _REPLACING.items():
        reading.found(field, [(one.identifier, where) for one, where in found if one.identifier and one.type in types])


def newer(reading: Reading, record: Mapping[str, Any], where: str) -> None:
    """Give the address of the latest version, to a record that says it is not that one."""
    latest = identifier(block(record, "links").get("latest_html"))
    reading.put("superseded_by", (latest,) if latest else (), where, how="extracted")
