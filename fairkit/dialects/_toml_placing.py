"""Where a field stands in a `fairkit.toml`, and how its value is written there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Subject
from fairkit.model.variable import Split, Variable

from ._toml_models import WRITERS as MODEL_WRITERS
from ._toml_steps import filled, spelled, strongest, written

__all__ = ["COPIED", "encode", "place"]

COPIED = {  # field of the resource: where it stands in the file, in the same form
    "title": "resource.title", "alternate_title": "resource.alternate_title", "description": "resource.description",
    "landing_page": "resource.landing_page", "catalogue": "resource.catalogue", "version": "resource.version",
    "keywords": "resource.keywords", "language": "resource.language", "date_created": "resource.created",
    "date_published": "resource.published", "date_modified": "resource.modified", "citation": "resource.citation",
    "conforms_to": "resource.conforms_to", "access": "access.rights", "access_conditions": "access.conditions",
    "embargo_until": "access.embargo_until", "entry_count": "data.entries", "file_count": "data.files",
    "byte_size": "data.bytes", "formats": "data.formats", "methodology": "provenance.methodology",
    "validation": "provenance.validation", "usage": "usage.how", "usage_rules": "usage.rules",
    "code_repository": "usage.code_repository", "requirements": "usage.requirements", "tasks": "model.tasks",
    "architecture": "model.architecture", "parameter_count": "model.parameters", "intended_use": "model.intended_use",
    "out_of_scope": "model.out_of_scope", "validity": "model.validity", "limitations": "model.limitations",
}  # fmt: skip
_PLACES = {
    **{field: "/" + where.replace(".", "/") for field, where in COPIED.items()},
    "identifiers": "/resource/doi", "license": "/resource/license", "subjects": "/resource/subjects",
    "supersedes": "/resource/supersedes", "superseded_by": "/resource/superseded_by", "creators": "/creators",
    "contributors": "/contributors", "publisher": "/publisher", "funding": "/funding", "distributions": "/files",
    "variables": "/variables", "splits": "/splits", "relations": "/relations", "activities": "/provenance/steps",
    "inputs": "/model/inputs", "outputs": "/model/outputs", "data_uses": "/model/data", "results": "/model/results",
}  # fmt: skip


def place(field: str) -> str | None:
    """The pointer under which the file keeps a field; None where it has no place for it."""
    return _PLACES.get(field)


def encode(field: str, value: Any) -> dict[str, Any]:
    """A value of a field as the file has it, by pointers; empty for what it cannot say."""
    if field == "identifiers":
        return _identity(value)
    if field == "activities":
        return written(value, _party)
    writer = _WRITERS.get(field)
    if writer is None:
        plain_value = list(value) if isinstance(value, tuple) else value
        return {_PLACES[field]: plain_value} if field in COPIED or field == "license" else {}
    made = [writer(each) for each in value] if isinstance(value, tuple) else writer(value)
    return {_PLACES[field]: made}


def _identity(every: tuple[Identifier, ...]) -> dict[str, Any]:
    """The first DOI under its own key, all else in a list."""
    doi = next((one for one in every if one.scheme == "doi"), None)
    others = [spelled(one) for one in every if one is not doi]
    told = {"/resource/doi": doi.value if doi else None, "/resource/identifiers": others}
    return {pointer: value for pointer, value in told.items() if value}


def _party(agent: Agent) -> dict[str, Any]:
    """A party; its ROR id is that of the affiliation where it has one."""
    home = agent.affiliations[0] if agent.affiliations else None
    return filled({
        "name": agent.name,
        "type": agent.type if agent.type != "agent" else None,
        "orcid": agent.identifier("orcid"),
        "affiliation": home.name if home else None,
        "ror": (home or agent).identifier("ror"),
        "role": agent.role,
    })  # fmt: skip


def _grant(grant: Funding) -> dict[str, Any]:
    ror = grant.funder.identifier("ror")
    told = {"funder": grant.funder.name, "ror": ror, "award": grant.award, "title": grant.title, "url": grant.url}
    return filled(told)


def _file(file: Distribution) -> dict[str, Any]:
    return filled({
        "path": file.name,
        "url": file.content_url,
        "bytes": file.byte_size,
        "media_type": file.media_type,
        "checksum": strongest(file.checksums),
    })  # fmt: skip


def _variable(row: Variable) -> dict[str, Any]:
    told = {"name": row.name, "type": row.dtype, "unit": row.unit, "description": row.description, "role": row.role}
    shape = [-1 if length is None else length for length in row.shape] if row.shape is not None else None
    span = [_bound(row.range[0], "-inf"), _bound(row.range[1], "inf")] if row.range else None
    more = {"group": row.group, "shape": shape, "padding": row.padding, "missing": row.missing, "range": span}
    last = {"term": row.term, "count": row.count, "columns": row.columns, "classes": dict(row.classes)}
    meanings = [filled(dict(each.__dict__)) for each in row.meanings]
    return filled({**told, **more, **last, "meanings": meanings})


def _bound(bound: float | None, open_end: str) -> float:
    return float(open_end) if bound is None else bound


def _split(split: Split) -> dict[str, Any]:
    told = {"name": split.name, "entries": split.entry_count, "files": list(split.files)}
    return filled({**told, "description": split.description, "digest": split.digest})


def _link(relation: Relation) -> dict[str, Any]:
    to = spelled(relation.identifier)
    return filled({"type": relation.type, "to": to, "title": relation.title, "kind": relation.kind})


def _subject(subject: Subject) -> dict[str, Any]:
    return filled({"name": subject.name, "scheme": subject.scheme, "term": subject.term})


_WRITERS: Mapping[str, Callable[[Any], Any]] = {
    "creators": _party,
    "contributors": _party,
    "publisher": _party,
    "funding": _grant,
    "distributions": _file,
    "variables": _variable,
    "splits": _split,
    "relations": _link,
    "subjects": _subject,
    "supersedes": spelled,
    "superseded_by": spelled,
    **MODEL_WRITERS,
}
