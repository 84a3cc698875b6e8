"""Where a field stands in a record of CERN Open Data, and how its value is written there.

The names are those of the portal's schema record-v1.0.0; texts are HTML there. What a record has no key for, or what
only the portal may say, has no place.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.variable import Variable

__all__ = ["encode", "place"]

_PLACES = {
    "identifiers": "/doi", "title": "/title", "description": "/abstract/description", "keywords": "/keywords",
    "subjects": "/categories", "type": "/type", "language": "/language", "creators": "/authors",
    "contributors": "/collaboration", "publisher": "/publisher", "date_created": "/date_created",
    "date_published": "/date_published", "license": "/license/attribution", "distributions": "/files",
    "formats": "/distribution/formats", "byte_size": "/distribution/size", "file_count": "/distribution/number_files",
    "entry_count": "/distribution/number_events", "variables": "/dataset_semantics", "relations": "/relations",
    "activities": "/methodology/steps", "methodology": "/methodology/description",
    "validation": "/validation/description", "usage": "/usage/description",
    "code_repository": "/source_code_repository/url", "requirements": "/system_details", "conforms_to": "/$schema",
}  # fmt: skip
_ENGLISH = {"en": "English"}  # as the published records have it


def place(field: str) -> str | None:
    """The pointer, from the record on, under which the portal keeps a field; None where it has no place for it."""
    return _PLACES.get(field)


def encode(field: str, value: Any) -> dict[str, Any]:
    """A value of a field as the portal writes it, by pointers from the record on; empty for what it cannot say."""
    writer = _WRITERS.get(field)
    written = writer(value) if writer else None
    return {} if written is None else {_PLACES[field]: written}


def _same(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _html(value: str) -> str:
    return html.escape(value, quote=False)


def _doi(every: tuple[Identifier, ...]) -> str | None:
    return next((one.value for one in every if one.scheme == "doi"), None)


def _years(value: str) -> list[str]:
    return value.split("/")


def _language(value: str) -> str:
    return _ENGLISH.get(value, value)


def _name(agent: Agent) -> str:
    return agent.name


def _authors(people: tuple[Agent, ...]) -> list[dict[str, Any]]:
    return [_author(person) for person in people]


def _author(person: Agent) -> dict[str, Any]:
    homes = [(home.name, home.identifier("ror") or "") for home in person.affiliations]
    told = {
        "name": person.name,
        "orcid": person.identifier("orcid"),
        "inspireid": person.identifier("inspire"),
        "affiliation": "; ".join(name for name, _ in homes),
        "rorid": "; ".join(ror for _, ror in homes) if any(ror for _, ror in homes) else None,
    }
    return _filled(told)


def _variables(rows: tuple[Variable, ...]) -> list[dict[str, Any]]:
    return [
        _filled(
            {"variable": row.name, "type": row.dtype, "unit": row.unit, "description": _maybe_html(row.description)}
        )
        for row in rows
    ]


def _maybe_html(value: str | None) -> str | None:
    return None if value is None else _html(value)


def _relations(rows: tuple[Relation, ...]) -> list[dict[str, Any]] | None:
    """Rows that lead to a DOI or a record; a relation to anything else cannot be written, and none is left out."""
    found = [_relation(row) for row in rows]
    return None if None in found else [row for row in found if row is not None]


def _relation(row: Relation) -> dict[str, Any] | None:
    key = {"doi": "doi", "cern-open-data": "recid"}.get(row.identifier.scheme if row.identifier else "")
    if row.identifier is None or key is None:
        return None
    return _filled({"type": row.type, key: row.identifier.value, "title": row.title})


def _filled(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}


_WRITERS: Mapping[str, Callable[[Any], Any]] = {
    "identifiers": _doi, "title": _html, "description": _html, "keywords": _same, "language": _language,
    "creators": _authors, "publisher": _name, "date_created": _years, "date_published": _same, "license": _same,
    "formats": _same, "byte_size": _same, "file_count": _same, "entry_count": _same, "variables": _variables,
    "relations": _relations, "methodology": _html, "validation": _html, "usage": _html, "code_repository": _same,
}  # fmt: skip
