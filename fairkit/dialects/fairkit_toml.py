"""fairkit.toml: the metadata that users write by hand beside their files.

A key that nobody knows, or a value of the wrong type, is named as a fault with its place; the rest is read.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from fairkit.errors import UnreadableDocument
from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import FIELDS, Subject
from fairkit.model.variable import Split, Variable
from fairkit.vocab import identifiers, licences, relations

from . import _toml_tables as tables
from ._cern_files import checksum
from ._reading import Reading

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "fairkit.toml, written by hand"
MEDIA_TYPE = "application/toml"
FILE_NAMES = ("fairkit.toml",)
HOLDS = frozenset(FIELDS) - {"implied_license", "type", "listing", "distributions"}

_COPIED = {  # field of the resource: where it stands in the file
    "title": "resource.title", "alternate_title": "resource.alternate_title", "description": "resource.description",
    "landing_page": "resource.landing_page", "catalogue": "resource.catalogue", "version": "resource.version",
    "keywords": "resource.keywords", "language": "resource.language", "date_created": "resource.created",
    "date_published": "resource.published", "date_modified": "resource.modified", "citation": "resource.citation",
    "conforms_to": "resource.conforms_to", "access": "access.rights", "access_conditions": "access.conditions",
    "embargo_until": "access.embargo_until", "entry_count": "data.entries", "file_count": "data.files",
    "byte_size": "data.bytes", "formats": "data.formats", "methodology": "provenance.methodology",
    "validation": "provenance.validation", "usage": "usage.how", "usage_rules": "usage.rules",
    "code_repository": "usage.code_repository", "requirements": "usage.requirements",
}  # fmt: skip


def recognises(data: Any) -> bool:
    """Never by its content: the file is known by its name."""
    return False


def read(document: Document) -> View:
    """The resource that a fairkit.toml describes.

    Raises:
        UnreadableDocument: if it is not TOML; the message has the line.
    """
    data = _parse(document)
    reading = Reading(document, data)
    written = _validated(data, reading.faults)
    for field, place in _COPIED.items():
        table, _, key = place.partition(".")
        reading.put(field, getattr(getattr(written, table), key), f"/{table}/{key}")
    _identity(reading, written.resource)
    _people(reading, written)
    _content(reading, written)
    _provenance(reading, written)
    return reading.view(written.resource.kind, holds=HOLDS)


def _parse(document: Document) -> dict[str, Any]:
    try:
        return tomllib.loads(document.body.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"{document.url} is not readable TOML: {error}"
        raise UnreadableDocument(what, value=document.url, remedy="Mend the line that is named.") from None


def _validated(data: dict[str, Any], faults: list[str]) -> tables.FairkitToml:
    """The tables of the file, without the keys that are wrong; each of these is named in `faults`."""
    while True:
        try:
            return tables.FairkitToml.model_validate(data)
        except ValidationError as error:
            for fault in sorted(error.errors(), key=lambda fault: len(fault["loc"]), reverse=True):
                faults.append(_message(fault["type"], fault["loc"], fault["msg"]))
                data = _without(data, fault["loc"])


def _message(kind: str, place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in place)
    if kind != "extra_forbidden":
        return f"{where}: {message}"
    near = difflib.get_close_matches(str(place[-1]), _keys(tables.FairkitToml), n=1)
    return f"{where}: no such key" + (f"; did you mean {near[0]!r}?" if near else "")


def _keys(table: type[tables.Table]) -> list[str]:
    """Every key of every table."""
    every = [table, *tables.Table.__subclasses__(), tables.Contributor]
    return sorted({name for one in every for name in one.model_fields})


def _without(data: Any, place: tuple[int | str, ...]) -> Any:
    """`data` without the value at `place`, or without the nearest thing around it that can be left out."""
    head, rest = place[0], place[1:]
    if isinstance(data, list) and isinstance(head, int):
        kept = [_without(data[head], rest)] if rest and isinstance(data[head], Mapping | list) else []
        return data[:head] + kept + data[head + 1 :]
    if not isinstance(data, Mapping) or head not in data:
        return {}
    if rest and isinstance(data[head], Mapping | list):
        return {**data, head: _without(data[head], rest)}
    return {key: value for key, value in data.items() if key != head}


def _identity(reading: Reading, work: tables.Work) -> None:
    named = [(work.doi, "/resource/doi")]
    named += [(written, f"/resource/identifiers/{index}") for index, written in enumerate(work.identifiers)]
    reading.identifiers(*named)
    reading.put("subjects", tuple(Subject(**topic.model_dump()) for topic in work.subjects), "/resource/subjects")
    licence = licences.find(work.license) if work.license else None
    reading.put("license", licence.id if licence else work.license, "/resource/license")
    for field in ("supersedes", "superseded_by"):
        found = (identifiers.identify(written) for written in getattr(work, field))
        reading.put(field, tuple(identifier for identifier in found if identifier), f"/resource/{field}")


def _people(reading: Reading, written: tables.FairkitToml) -> None:
    reading.put("creators", tuple(_agent(party) for party in written.creators), "/creators")
    reading.put("contributors", tuple(_agent(party) for party in written.contributors), "/contributors")
    reading.put("publisher", _agent(written.publisher) if written.publisher else None, "/publisher")
    grants = tuple(
        Funding(
            funder=Agent(name=grant.funder, type="organisation", identifiers=_ror(grant.ror)),
            award=grant.award, title=grant.title, url=grant.url,
        )
        for grant in written.funding
    )  # fmt: skip
    reading.put("funding", grants, "/funding")


def _ror(written: str | None) -> tuple[Identifier, ...]:
    bare = (written or "").rstrip("/").rpartition("/")[2]
    return (Identifier(scheme="ror", value=bare),) if bare else ()


def _agent(party: tables.Party) -> Agent:
    person = party.type == "person" or (party.type is None and bool(party.orcid or party.affiliation))
    orcid = identifiers.identify(party.orcid) if party.orcid else None
    home = (
        Agent(name=party.affiliation, type="organisation", identifiers=_ror(party.ror)) if party.affiliation else None
    )
    return Agent(
        name=party.name,
        type="person" if person else "organisation" if party.type or party.ror else "agent",
        identifiers=((orcid,) if orcid else ()) + (() if home else _ror(party.ror)),
        affiliations=(home,) if home else (),
        role=getattr(party, "role", None),
    )


def _content(reading: Reading, written: tables.FairkitToml) -> None:
    reading.put("variables", tuple(_variable(row) for row in written.variables), "/variables")
    splits = (
        Split(name=row.name, entry_count=row.entries, files=row.files, description=row.description)
        for row in written.splits
    )
    reading.put("splits", tuple(splits), "/splits")
    files = tuple(
        Distribution(
            name=row.path, content_url=row.url, byte_size=row.bytes, media_type=row.media_type,
            checksums=(digest,) if (digest := checksum(row.checksum)) else (),
        )
        for row in written.files
    )  # fmt: skip
    reading.put("distributions", files, "/files")
    reading.put("listing", "complete" if files else None, "/files", how="extracted")


def _variable(row: tables.Variable) -> Variable:
    known = row.model_dump(exclude={"type", "shape", "padding", "missing"})
    shape = tuple(None if length < 0 else length for length in row.shape) if row.shape is not None else None
    padding, missing = (str(value) if value is not None else None for value in (row.padding, row.missing))
    return Variable(**known, dtype=row.type, shape=shape, padding=padding, missing=missing)


def _provenance(reading: Reading, written: tables.FairkitToml) -> None:
    reading.put("relations", tuple(_relation(link) for link in written.relations), "/relations")
    reading.put("activities", tuple(_activity(step) for step in written.provenance.steps), "/provenance/steps")


def _relation(link: tables.Link) -> Relation:
    known = relations.find(link.type)
    other = identifiers.identify(link.to) if link.to else None
    title = link.title or (link.to if other is None else None)
    return Relation(type=known.type if known else link.type, identifier=other, title=title, kind=link.kind)


def _activity(step: tables.Step) -> Activity:
    programs = (
        Entity(name=p.name, version=p.version, identifier=identifiers.identify(p.identifier) if p.identifier else None)
        for p in step.software
    )
    return Activity(
        name=step.name,
        description=step.description,
        software=tuple(programs),
        used=tuple(Entity(name=name) for name in step.inputs),
        generated=tuple(Entity(name=name) for name in step.outputs),
        parameters=tuple((key, str(value)) for key, value in step.parameters.items()),
        started=step.started,
        ended=step.ended,
    )
