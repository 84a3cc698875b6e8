"""One check on one made-up resource: `judge("has_licence", license="CC0-1.0").status == "pass"`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fairkit import checks
from fairkit.checks import Seen
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document, Evidence
from fairkit.model.harvest import View, merge
from fairkit.model.identifier import Identifier
from fairkit.model.outcome import Outcome
from fairkit.model.provenance import Relation
from fairkit.model.resource import FIELDS, Kind, Resource
from fairkit.model.variable import Variable

__all__ = ["Case", "agent", "doi", "evidence", "file", "identifier", "judge", "relation", "seen", "variable", "view"]

_EMPTY = Resource()
_DIGITS = {"adler32": 8, "md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}

Case = tuple[str, dict[str, Any], str, str]
"""A check, what the resource has (and what the check is told), the status, and the message."""


def identifier(written: str) -> Identifier:
    """`doi:10.1234/abc` as an identifier."""
    scheme, _, value = written.partition(":")
    return Identifier(scheme=scheme, value=value)


def doi(number: int = 1) -> Identifier:
    return identifier(f"doi:10.5281/zenodo.{number}")


def agent(name: str, *identifiers: str) -> Agent:
    return Agent(name=name, identifiers=tuple(map(identifier, identifiers)))


def file(
    name: str = "jets.h5", *sums: str, url: str | None = None, size: int | None = None, **more: Any
) -> Distribution:
    checksums = tuple(Checksum(algorithm=algorithm, value="0" * _DIGITS[algorithm]) for algorithm in sums)
    return Distribution(name=name, content_url=url, byte_size=size, checksums=checksums, **more)


def variable(name: str = "pt", **more: Any) -> Variable:
    return Variable(name=name, **more)


def relation(type_: str, written: str | None = None) -> Relation:
    return Relation(type=type_, identifier=identifier(written) if written else None)


def view(
    resource: Resource,
    *,
    dialect: str = "cern-open-data",
    how: Mapping[str, str] | None = None,
    url: str = "",
    body: bytes = b"{}",
    **more: Any,
) -> View:
    """The resource as one document of a dialect tells it, with a pointer to each field that it has."""
    document = Document(representation=dialect, media_type="application/json", url=url or f"{dialect}.json", body=body)
    pointers = {name: f"/{name}" for name in FIELDS if getattr(resource, name) != getattr(_EMPTY, name)}
    return View(document, resource, pointers, **({"known": frozenset(FIELDS), "how": how or {}} | more))


def evidence(*views: View, **more: Any) -> Evidence:
    return Evidence(target="a test", source="document", documents=tuple(v.document for v in views), **more)


def seen(resource: Resource, representations: Sequence[str], how: Mapping[str, str], **more: Any) -> Seen:
    """What a check looks at: one view, or the harvest of several that all tell the same."""
    views = [view(resource, dialect=dialect, how=how, **more) for dialect in representations]
    return views[0] if len(views) == 1 else merge(evidence(*views), views)


def judge(
    name: str,
    *,
    kind: Kind = "dataset",
    how: Mapping[str, str] | None = None,
    representations: Sequence[str] = ("cern-open-data",),
    faults: tuple[str, ...] = (),
    url: str = "",
    body: bytes = b"{}",
    data: Any = None,
    **given: Any,
) -> Outcome:
    """The outcome of a check on a resource with the fields `given`; the rest are parameters and observations.

    `url`, `body` and `data` are those of the documents, for checks that look into them.
    """
    check = checks.find(name)
    told = {other: value for other, value in given.items() if other in check.needs or other not in FIELDS}
    fields = {field: value for field, value in given.items() if field not in told}
    resource = Resource(kind=kind, **fields)
    told_by = seen(resource, representations, how or {}, faults=faults, url=url, body=body, data=data)
    return check.run(told_by, **told)
