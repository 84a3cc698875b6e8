"""Reading what `_schema_org_nodes` writes, and others write like it; the rest is read as schema.org from the wild."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.variable import Meaning, Variable
from fairkit.vocab import relations

from . import _schema_org_wild as wild
from ._jsonld import Node
from ._reading import Reading
from ._schema_org_nodes import BESIDE, KINDS, RELATED, RULE
from ._values import identifier, integer, items, text, texts

__all__ = ["read"]

_RELATING = (*sorted(RELATED), "prov:wasDerivedFrom", "hasPart", "mentions", "isRelatedTo", "dct:relation")
_PARTS = {"File", "MediaObject", "FileObject", "FileSet", "Dataset", "CreateAction", "Collection"}
"""Types of what a document says of the work itself: no other works."""
_KINDS = {iri: kind for kind, iri in KINDS.items()}
_RULED = {"usage", "usage_rules"}
_ACCESS = ("embargoed", "restricted", "metadata-only")
_COUNTS = {"files": "file_count", "entries": "entry_count"}


def read(reading: Reading, node: Node, *, but: tuple[str, ...] = ()) -> None:
    """Give every field that a node has, `but` for properties that the dialect has read; nor its files or its steps."""
    _texts(reading, node)
    _counts(reading, node)
    value, pointer = node.get("variableMeasured")
    reading.each("variables", value, pointer, lambda item: _variable(node, item))
    first: dict[Relation, str] = {}
    for relation, where in _relations(node):
        first.setdefault(relation, where)
    reading.found("relations", first.items())
    ruled = ("usageInfo",) if _RULED & reading.values.keys() else ()
    left = {node.key(word) for word in (*_RELATING, "distribution", "encoding", *ruled, *but)}
    wild.read(reading, node.inner({key: value for key, value in node.data.items() if key not in left}))


def _texts(reading: Reading, node: Node) -> None:
    value, pointer = node.get("dateCreated", "temporalCoverage")
    reading.put("date_created", text(value), pointer)
    value, pointer = node.get("additionalType")
    reading.put("type", text(value), pointer)
    value, pointer = node.get("usageInfo")
    told = [(child, pointer + end) for end, item in items(value) if (child := node.child(item)) and child.text("text")]
    rules = [(child.text("text"), where) for child, where in told if child.text("name") == RULE]
    reading.found("usage_rules", rules)
    for child, where in told:
        if child.text("name") != RULE:
            reading.put("usage", child.text("text"), where)
    value, pointer = node.get("review")
    checks = [(child.text("reviewBody"), pointer + end) for end, item in items(value) if (child := node.child(item))]
    for words, where in checks:
        reading.put("validation", words, where)
    value, pointer = node.get("dct:accessRights")
    reading.put("access", next((known for known in _ACCESS if known == text(value)), None), pointer)
    value, pointer = node.get("dct:available")
    reading.put("embargo_until", text(value), pointer)
    for field, word in {"supersedes": "dct:replaces", "superseded_by": "dct:isReplacedBy"}.items():
        value, pointer = node.get(word)
        reading.each(field, value, pointer, lambda item: _other(node, item))


def _other(node: Node, item: Any) -> Identifier | None:
    """The identifier of another work: where it leads, or one that it is given."""
    child = node.child(item)
    if child is None:
        return identifier(item)
    listed = (wild.identifier_of(child, inner) for _, inner in items(child.value("identifier")))
    named = identifier(child.id) or identifier(child.text("sameAs"))
    return named or next((found for found in listed if found), None) or wild.identifier_of(node, item)


def _counts(reading: Reading, node: Node) -> None:
    value, pointer = node.get("size")
    for end, item in items(value):
        child = node.child(item)
        field = _COUNTS.get((child.text("unitText") if child else None) or "")
        if child and field:
            reading.put(field, integer(child.value("value")), pointer + end)


def _variable(node: Node, item: Any) -> Variable | None:
    found, child = wild.variable_of(node, item), node.child(item)
    if found is None or child is None:
        return found
    pairs = (written.partition(": ") for written in texts(child.value("valueReference")))
    beside = {name: told for name, _, value in pairs if name in BESIDE and (told := _beside(name, value)) is not None}
    return replace(found, **beside)


def _beside(name: str, value: str) -> Any:
    """What is told beside a variable, if it is what such a thing must be."""
    if name not in ("shape", "classes", "meanings"):
        return value or None
    try:
        rows = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(rows, list):
        return None
    if name == "shape":
        return tuple(rows) if all(row is None or integer(row) == row for row in rows) else None
    return _classes(rows) if name == "classes" else _meanings(rows)


def _classes(rows: list[Any]) -> tuple[tuple[str, str], ...] | None:
    good = all(isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) for part in row) for row in rows)
    return tuple((row[0], row[1]) for row in rows) if good else None


def _meanings(rows: list[Any]) -> tuple[Meaning, ...] | None:
    return tuple(found for row in rows if isinstance(row, dict) and (found := _meaning(row))) or None


def _meaning(row: dict[str, Any]) -> Meaning | None:
    by, value = text(row.get("by")), text(row.get("value"))
    more = {key: text(row.get(key)) for key in ("name", "unit", "description")}
    return Meaning(by=by, value=value, **more) if by and value else None


def _relations(node: Node) -> Iterator[tuple[Relation, str]]:
    for word in _RELATING:
        value, pointer = node.get(word)
        kind = relations.find(word.rpartition(":")[2])
        for end, item in items(value):
            found = _relation(node, item, kind.type if kind else "Relates", own=word in ("hasPart", "mentions"))
            if found:
                yield found, pointer + end


def _relation(node: Node, item: Any, kind: str, *, own: bool) -> Relation | None:
    """A relation of a `kind`, unless its node says a better one; `own`: what may also hold parts of the work."""
    child = node.child(item)
    if child is None:
        written = text(item)
        found = identifier(written)
        return Relation(type=kind, identifier=found, title=None if found else written) if written else None
    if (own and _PARTS & set(child.types)) or child.text("reviewBody"):
        return None
    types = texts(child.value("additionalType"))
    better = next((one for one in types if one not in _KINDS), None) if kind == "Relates" else None
    other = _other(node, item)
    title = child.text("name") or (None if other else child.id)
    title = None if other and title == child.id else title  # a crate names everything, if only by its address
    about = next((_KINDS[one] for one in types if one in _KINDS), None)
    return Relation(type=better or kind, identifier=other, title=title, kind=about) if other or title else None
