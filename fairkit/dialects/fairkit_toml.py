"""fairkit.toml: the metadata that users write by hand beside their files.

A key that nobody knows, or a value of the wrong type, is named as a fault with its place; the rest is read.
"""

from __future__ import annotations

import difflib
import math
import tomllib
from typing import Any

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.provenance import Relation
from fairkit.model.resource import FIELDS, Subject
from fairkit.model.variable import Meaning, Split, Variable
from fairkit.vocab import identifiers, licences, relations

from . import _toml_models as models
from . import _toml_tables as tables
from ._cern_files import checksum
from ._reading import Reading, agent
from ._toml_faults import checked
from ._toml_placing import COPIED, encode, place
from ._toml_steps import activities
from ._values import identifier, tamed

__all__ = [
    "FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "allowed", "base", "encode", "gate", "place", "read",
    "recognises", "variable",
]  # fmt: skip

TITLE = "fairkit.toml, written by hand"
MEDIA_TYPE = "application/toml"
FILE_NAMES = ("fairkit.toml",)
HOLDS = frozenset(FIELDS) - {
    "implied_license", "type", "listing", "distributions", "channels", "verifications",
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
    written, reading.faults = checked(data)
    for field, where in COPIED.items():
        table, _, key = where.partition(".")
        reading.put(field, getattr(getattr(written, table), key), f"/{table}/{key}")
    _identity(reading, written.resource)
    _people(reading, written)
    _content(reading, written)
    _provenance(reading, written)
    models.read(reading, written.model)
    return reading.view(written.resource.kind, holds=HOLDS)


def base(data: Any) -> str:
    """Where the description begins in a parsed file: at its top."""
    return ""


def gate(document: Document, *above: str) -> tables.Gate | None:
    """What the gate asks by the table [gate], which stands in the tables `above`; None if there is no such table.

    Raises:
        UnreadableDocument: if the file is not TOML.
        UsageError: naming every key that nobody knows and every value of the wrong type: a policy is kept whole.
    """
    table: Any = _parse(document)
    for step in above:
        table = table.get(step) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        return None
    written, faults = checked({"gate": table["gate"]}) if "gate" in table else (None, [])
    faults = [".".join([*above, fault]) for fault in (*faults, *_strays(table, own=bool(above)))]
    if faults:
        what = f"the policy in {document.url} is wrong:\n  " + "\n  ".join(faults)
        raise UsageError(what, value=document.url, remedy="Mend what is named; docs/gate.md tells all keys.")
    return written.gate if written else None


def allowed(document: Document) -> tuple[tables.Allowance, ...]:
    """The findings before publishing that may stay, by the table [publish]; what is wrong there counts for nothing.

    Raises:
        UnreadableDocument: if the file is not TOML.
    """
    return checked(_parse(document))[0].publish.allow


def _strays(table: dict[str, Any], *, own: bool) -> list[str]:
    """The keys that may have been meant for `gate`; in a table that is fairkit's `own` there is nothing else."""
    known = {"gate"} if own else tables.FairkitToml.model_fields.keys()
    near = {key for key in table if difflib.get_close_matches(key, ["gate"])}
    told = {key: "; did you mean 'gate'?" if key in near else "" for key in table if key not in known}
    return [f"{key}: no such key{proposal}" for key, proposal in told.items() if own or proposal]


def _parse(document: Document) -> dict[str, Any]:
    """The file as JSON would have it: dates of TOML become texts."""
    try:
        data: dict[str, Any] = tamed(tomllib.loads(document.body.decode()))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        what = f"{document.url} is not readable TOML: {error}"
        raise UnreadableDocument(what, value=document.url, remedy="Mend the line that is named.") from None
    return data


def _identity(reading: Reading, work: tables.Work) -> None:
    others = [(identifiers.identify(one), f"/resource/identifiers/{i}") for i, one in enumerate(work.identifiers)]
    reading.identifiers((identifier(work.doi, "doi"), "/resource/doi"), *others)
    reading.put("subjects", tuple(Subject(**topic.model_dump()) for topic in work.subjects), "/resource/subjects")
    licence = licences.find(work.license) if work.license else None
    reading.put("license", licence.id if licence else work.license, "/resource/license")
    for field in ("supersedes", "superseded_by"):
        found = (identifiers.identify(written) for written in getattr(work, field))
        reading.put(field, tuple(identifier for identifier in found if identifier), f"/resource/{field}")


def _people(reading: Reading, written: tables.FairkitToml) -> None:
    for field in ("creators", "contributors"):
        parties = (_agent(party) for party in getattr(written, field))
        reading.put(field, tuple(party for party in parties if party), f"/{field}")
    reading.put("publisher", _agent(written.publisher) if written.publisher else None, "/publisher")
    reading.put("funding", tuple(_funding(grant) for grant in written.funding), "/funding")


def _funding(grant: tables.Grant) -> Funding:
    known = identifier(grant.ror, "ror")
    funder = Agent(name=grant.funder, type="organisation", identifiers=(known,) if known else ())
    return Funding(funder=funder, award=grant.award, title=grant.title, url=grant.url)


def _agent(party: tables.Party) -> Agent | None:
    """A party; its ROR id is that of the affiliation where it has one."""
    orcid, ror = identifier(party.orcid, "orcid"), identifier(party.ror, "ror")
    home = agent(party.affiliation, ids=(ror,), type="organisation")
    person = "person" if orcid or home else "organisation" if ror else "agent"
    return agent(
        party.name,
        ids=(orcid, None if home else ror),
        type=party.type or person,
        affiliations=(home,) if home else (),
        role=party.role if isinstance(party, tables.Contributor) else None,
    )


def _content(reading: Reading, written: tables.FairkitToml) -> None:
    reading.put("variables", tuple(variable(row) for row in written.variables), "/variables")
    splits = (
        Split(name=r.name, entry_count=r.entries, files=r.files, description=r.description, digest=r.digest)
        for r in written.splits
    )
    reading.put("splits", tuple(splits), "/splits")
    reading.put("distributions", tuple(_file(row) for row in written.files), "/files")
    reading.put("listing", "complete" if written.files else None, "/files", how="extracted")


def _file(row: tables.File) -> Distribution:
    digest = checksum(row.checksum)
    sums = (digest,) if digest else ()
    return Distribution(
        name=row.path, content_url=row.url, byte_size=row.bytes, media_type=row.media_type, checksums=sums
    )


def variable(row: tables.Variable) -> Variable:
    """The variable that a table describes."""
    known = row.model_dump(exclude={"type", "shape", "padding", "missing", "range", "classes", "meanings"})
    padding, missing = (None if value is None else str(value) for value in (row.padding, row.missing))
    least, most = (bound if math.isfinite(bound) else None for bound in row.range or (math.inf, math.inf))
    return Variable(
        **known,
        dtype=row.type,
        shape=tuple(None if length < 0 else length for length in row.shape) if row.shape is not None else None,
        padding=padding,
        missing=missing,
        range=None if least is most is None else (least, most),
        classes=tuple(row.classes.items()),
        meanings=tuple(Meaning(**each.model_dump() | {"value": _written(each.value)}) for each in row.meanings),
    )


def _provenance(reading: Reading, written: tables.FairkitToml) -> None:
    reading.put("relations", tuple(_relation(link) for link in written.relations), "/relations")
    steps = "/recipe" if written.recipe else "/provenance/steps"
    reading.put("activities", activities(written, _agent), steps)


def _relation(link: tables.Link) -> Relation:
    known = relations.find(link.type)
    other = identifiers.identify(link.to) if link.to else None
    title = link.title or (link.to if other is None else None)
    return Relation(type=known.type if known else link.type, identifier=other, title=title, kind=link.kind)


def _written(value: str | int | float | bool) -> str:
    """A setting as TOML writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
