"""The documents of a folder held against their forms, and against what identifiers, dates and licences may be."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from fairkit.dialects import dialect
from fairkit.errors import UnknownName, UnreadableDocument
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.locate import line_finder
from fairkit.model.resource import Resource
from fairkit.vocab import dates, identifiers, licences

from . import _prose, questions
from .agreement import disagreements
from .origins import OWN
from .validation import Fault

__all__ = ["Reading", "name_of", "of_documents", "of_licence", "of_questions", "read"]

_LINE = re.compile(r"\bline (\d{1,9})\b")
_SCHEME_OF_KEY = {"orcid": "orcid", "doi": "doi", "ror": "ror"}
_RESOLVER = re.compile(r"^(?:https?://)?(?:www\.|dx\.)?(?:(orcid)\.org|(doi)\.org|(ror)\.org)/\S", re.IGNORECASE)
_DATES = ("date_created", "date_published", "date_modified", "embargo_until")
_WANTED = ("title", "description", "license", "creators")
_DIGITS = {"sha256": 64, "sha512": 128, "sha384": 96, "sha224": 56, "sha1": 40, "md5": 32, "adler32": 8, "crc32": 8}
_MOST_NAMED = 5
_MOST_VALUES = 200_000
_STRONG = frozenset({"cff", "datacite", "ro-crate", "croissant", "schema-org", "datapackage", "zenodo-json", "invenio"})
"""The dialects of documents about the same work as fairkit.toml; a codemeta.json may be about the code beside it."""


class Reading(NamedTuple):
    """The documents that could be read, and the faults of those that could not."""

    views: tuple[View, ...]
    faults: tuple[Fault, ...]


class _Placed:
    """Names and lines of what stands in a document."""

    def __init__(self) -> None:
        self._find = line_finder()

    def __call__(self, view: View, pointer: str) -> tuple[str, int]:
        """The file, and the line of the deepest part of the pointer that is there."""
        while pointer:
            line = self._find(view.document, pointer)
            if line is not None:
                return name_of(view.document), line
            pointer = pointer.rpartition("/")[0]
        return name_of(view.document), 1


def name_of(document: Document) -> str:
    """The name of a document at the top of the folder."""
    return os.path.basename(document.url)


def read(documents: Iterable[Document]) -> Reading:
    """Each document by itself."""
    views: list[View] = []
    faults: list[Fault] = []
    for document in documents:
        try:
            views.append(dialect(document.representation).read(document))
        except (UnreadableDocument, UnknownName) as error:
            lines = _LINE.findall(error.what)  # YAML names the line of the whole first, and then that of the fault
            name, number = name_of(document), int(lines[-1]) if lines else 1
            faults.append(_fault("unreadable", error.what, (name, number), error.remedy or "Mend it.", error=True))
    return Reading(tuple(views), tuple(faults))


def of_documents(views: tuple[View, ...], *, packaged: bool) -> Iterator[Fault]:
    """What is wrong in the documents, each by itself and beside the first; in a package they must agree."""
    place = _Placed()
    told = [view for view in views if view.representation != "folder"]
    if not told:
        text = "no document describes this folder"
        yield _fault("no-metadata", text, ("fairkit.toml", 1), "fairkit init DIR  begins one.", error=True)
    for view in told:
        yield from _schema(view, place)
        yield from _identifiers(view, place)
        yield from _dates(view, place)
        yield from _licence(view, place)
        yield from _twice(view, place)
        yield from _checksums(view, place)
    yield from _disagreements(told, place, packaged=packaged)
    own = [view for view in told if view.representation in OWN and view.resource.variables]
    if len(own) > 1:
        text = "fairkit.toml has variables too, and those count"
        yield _fault("variables-in-both", text, place(own[1], ""), "Keep them in one of the two files.")


def of_licence(texts: Iterable[tuple[str, str]], resource: Resource, *, packaged: bool) -> Iterator[Fault]:
    """The texts of licences, by the names of their files, that are not of the licence which is stated."""
    known = licences.find(resource.license) if resource.license else None
    for name, text in texts:
        for span in _prose.licence(text):
            if known and span.field == "license" and span.sure and span.value not in known.id:
                words = f"this is {span.value}, and the license is stated as {resource.license}"
                yield _fault("disagree", words, (name, span.line), "Make them agree.", error=packaged)


def of_questions(resource: Resource, views: tuple[View, ...]) -> Iterator[Fault]:
    """What nobody has said yet: the questions that `fairkit init` left, and what is missing without one.

    `resource` is what the views tell together, filled up with what the files hold.
    """
    place = _Placed()
    first = next((view for view in views if view.representation != "folder"), None)
    where = place(first, "") if first else ("fairkit.toml", 1)
    own = next((view.document.body.decode() for view in views if view.representation == "fairkit-toml"), "")
    asked = {field: line for field, line in questions.left(own) if _is_open(resource, field)}
    for field, line in asked.items():
        said = f"nobody has said yet: {field}"
        yield _fault(
            "open-question", said, ("fairkit.toml", line), "Write it into fairkit.toml, and take the line away."
        )
    for field in _WANTED if first else ():
        if not getattr(resource, field) and field not in asked:
            yield _fault(f"no-{field}", f"no {field} is stated", where, f"fairkit init DIR  asks for it; key: {field}.")
    if "variables" not in asked:
        yield from _undescribed(resource, views, place)


def _undescribed(resource: Resource, views: tuple[View, ...], place: _Placed) -> Iterator[Fault]:
    """The documented variables without a description or a unit, many in one fault."""
    holder = next((view for view in views if view.resource.variables), None)
    known = {one.name for one in holder.resource.variables} if holder else set()
    rows = [one for one in resource.variables if one.name in known]
    for key in ("description", "unit"):
        names = [one.name for one in rows if getattr(one, key) is None]
        if holder and names:
            text = f"{len(names):,} of {len(rows):,} variables have no {key}: {_some(names)}"
            at = place(holder, holder.pointers["variables"])
            yield _fault(f"no-{key}s", text, at, "Write it for each; '1' is the unit of a pure number.")


def _is_open(resource: Resource, field: str) -> bool:
    if field == "variables":
        return any(one.unit is None or one.description is None for one in resource.variables)
    return not getattr(resource, field, None)


def _schema(view: View, place: _Placed) -> Iterator[Fault]:
    """The faults that a dialect names: an error in what is written for fairkit, since that part is not read."""
    for fault in view.faults:
        where, _, said = fault.partition(": ")
        pointer = where if where.startswith("/") or not where else "/" + where.replace(".", "/")
        text = f"{where.strip('/').replace('/', '.')}: {said}" if where and said else fault.removeprefix(": ")
        own = view.representation in OWN
        yield _fault(
            "schema", text, place(view, pointer if said else ""), "docs/fairkit-toml.md tells all keys.", error=own
        )


def _identifiers(view: View, place: _Placed) -> Iterator[Fault]:
    """ORCIDs, DOIs and ROR ids whose form or check digit cannot be."""
    named = {fault.partition(": ")[0] for fault in view.faults}
    for pointer, key, value in _texts(view.data):
        resolver = _RESOLVER.match(value)
        scheme = _SCHEME_OF_KEY.get(key) or next(
            (one.lower() for one in (resolver.groups() if resolver else ()) if one), ""
        )
        if not scheme or not value or " " in value or pointer.strip("/").replace("/", ".") in named:
            continue
        found = identifiers.identify(value) or Identifier(scheme=scheme, value=value)
        if found.scheme != scheme:
            found = identifiers.identify(f"{scheme}:{value}") or Identifier(scheme=scheme, value=value)
        if found.scheme != scheme or not identifiers.is_valid(found):
            text = f"{value!r} is no {scheme.upper()}: its form or its check digit is wrong"
            yield _fault(f"bad-{scheme}", text, place(view, pointer), "Copy it again from its page.", error=True)


def _texts(data: Any) -> Iterator[tuple[str, str, str]]:
    """Every text of a document with its pointer and its key."""
    waiting: list[tuple[str, str, Any]] = [("", "", data)]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        pointer, key, value = waiting.pop()
        if isinstance(value, str):
            yield pointer, key, value.strip()
        elif isinstance(value, dict):
            steps = [
                (str(step).replace("~", "~0").replace("/", "~1"), str(step).lower(), v) for step, v in value.items()
            ]
            waiting += [(f"{pointer}/{step}", name, v) for step, name, v in reversed(steps)]
        elif isinstance(value, list):
            waiting += [(f"{pointer}/{n}", key, v) for n, v in reversed(list(enumerate(value)))]


def _dates(view: View, place: _Placed) -> Iterator[Fault]:
    told = {field: getattr(view.resource, field) for field in _DATES if field in view.pointers}
    for field, written in told.items():
        if _day(written) is None:
            text = f"{written!r} is no date in ISO 8601"
            yield _fault(
                "bad-date", text, place(view, view.pointers[field]), "Write 2026, 2026-05 or 2026-05-31.", error=True
            )
    steps = view.pointers.get("activities", "")
    for number, step in enumerate(view.resource.activities if view.representation == "fairkit-toml" else ()):
        for key, moment in (("started", step.started), ("ended", step.ended)):
            if moment and _day(moment) is None:
                where = place(view, f"{steps}/{number}/{key}")
                yield _fault(
                    "bad-date", f"{moment!r} is no time in ISO 8601", where, "Write 2026-05-31T12:00:00Z.", error=True
                )
    made, published = told.get("date_created"), told.get("date_published")
    if made and published and (_day(made) or "") > (_day(published) or "9999"):
        text = f"it was made on {made}, after it was published on {published}"
        yield _fault("date-order", text, place(view, view.pointers["date_created"]), "Which of the two is right?")


def _day(written: str) -> str | None:
    """The day, month or year of a date or time of ISO 8601, so that they can be compared."""
    day, sign, time = written.partition("T") if "T" in written else written.partition(" ")
    if sign and not re.match(r"\d\d:?\d\d", time):
        return None
    found = dates.iso(day) if re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", day) else None
    if found is None and re.fullmatch(r"\d{8}", day):
        try:
            return date.fromisoformat(day).isoformat()
        except ValueError:
            return None
    return found


def _licence(view: View, place: _Placed) -> Iterator[Fault]:
    written = view.resource.license
    if written and licences.find(written) is None:
        text = f"{written!r} is no licence that is known"
        remedy = "Write its SPDX id, as CC-BY-4.0 or CC0-1.0."
        yield _fault("unknown-licence", text, place(view, view.pointers["license"]), remedy)


def _twice(view: View, place: _Placed) -> Iterator[Fault]:
    for field, pointer in (("variables", "/variables"), ("splits", "/splits")):
        rows = getattr(view.resource, field)
        names = Counter(one.name for one in rows)
        for name, times in names.items() if view.representation in OWN else ():
            if times > 1:
                last = max(number for number, one in enumerate(rows) if one.name == name)
                base = "" if view.representation == "variables-csv" else pointer
                text = f"{field[:-1]} {name} is described {times} times"
                yield _fault(f"{field[:-1]}-twice", text, place(view, f"{base}/{last}"), "Keep one.", error=True)


def _checksums(view: View, place: _Placed) -> Iterator[Fault]:
    """Checksums that are none, in what is written for fairkit; adler32 may lack its leading zeros."""
    for pointer, key, written in _texts(view.data) if view.representation == "fairkit-toml" else ():
        if not key.endswith("checksum"):
            continue
        algorithm, _, digits = written.lower().partition(":")
        length = _DIGITS.get(algorithm.replace("sha-", "sha"), 0)
        fits = len(digits) == length or (algorithm == "adler32" and 0 < len(digits) < length)
        if not fits or not re.fullmatch(r"[0-9a-f]+", digits):
            text = f"{written[:80]!r} is no checksum that is known"
            remedy = f"Write algorithm:digits, with one of {', '.join(_DIGITS)}."
            yield _fault("bad-checksum", text, place(view, pointer), remedy, error=True)


def _disagreements(told: list[View], place: _Placed, *, packaged: bool) -> Iterator[Fault]:
    first = next((view for view in told if view.representation != "variables-csv"), None)
    for view in told:
        if first is None or view is first or view.representation not in _STRONG:
            continue
        for field, one, other in disagreements(first.resource, view.resource, known=view.pointers.__contains__):
            text = f"the {field} is {other!r} here, and {one!r} in {name_of(first.document)}"
            remedy = "fairkit package  writes it again." if packaged else "Make them agree."
            yield _fault("disagree", text, place(view, view.pointers[field]), remedy, error=packaged)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")


def _fault(code: str, text: str, where: tuple[str | None, int | None], remedy: str, *, error: bool = False) -> Fault:
    return Fault(
        code=code, level="error" if error else "warning", text=text, file=where[0], line=where[1], remedy=remedy
    )
