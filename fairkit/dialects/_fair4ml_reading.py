"""Reading FAIR4ML as others write it: its own words first, what is left as schema.org from the wild."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from fairkit.model.ai import DataUse, Result
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.vocab import licences

from . import _schema_org_wild as wild
from ._jsonld import Node
from ._reading import Reading
from ._values import identifier, items, text

__all__ = ["read"]

_Role = Literal["trained", "validated", "tested"]
_ROLES: dict[str, _Role] = {"trainedOn": "trained", "validatedOn": "validated", "testedOn": "tested"}
_TEXTS = {
    "modelCategory": "architecture",
    "intendedUse": "intended_use",
    "modelRisksBiasLimitations": "limitations",
    "usageInstructions": "usage",
}


def read(reading: Reading, node: Node) -> None:
    """Give every field that the model's node has."""
    for word, field in _TEXTS.items():
        value, pointer = _own(node, word)
        reading.put(field, _words(node, value), pointer)
    value, pointer = _own(node, "mlTask")
    reading.each("tasks", value, pointer, lambda item: _words(node, item))
    reading.found("data_uses", _uses(node))
    value, pointer = _own(node, "fineTunedFrom")
    reading.each("relations", value, pointer, lambda item: _origin(node, item))
    value, pointer = _own(node, "hasEvaluation")
    every = [(child, pointer + end) for end, item in items(value) if (child := node.child(item))]
    reading.found("results", [(result, where) for child, where in every for result in _results(child)])
    wild.read(reading, node)


def _own(node: Node, word: str) -> tuple[Any, str]:
    """A word of FAIR4ML, which documents also write without its prefix."""
    return node.get(f"fair4ml:{word}", word)


def _words(node: Node, item: Any) -> str | None:
    """A text, or the name of a term, or its address."""
    child = node.child(item)
    return (child.text("name") or child.id) if child else text(item)


def _uses(node: Node) -> Iterator[tuple[DataUse, str]]:
    for word, role in _ROLES.items():
        value, pointer = _own(node, word)
        for end, item in items(value):
            child = node.child(item)
            known, title = _known(node, item), child.text("name") if child else text(item)
            if known or title:
                yield _use(role, known, None if known and not child else title, child), pointer + end


def _use(role: _Role, known: Identifier | None, title: str | None, child: Node | None) -> DataUse:
    if child is None:
        return DataUse(role=role, identifier=known, title=title)
    licence = _words(child, child.value("license"))
    found = licences.find(licence) if licence else None
    return DataUse(
        role=role,
        identifier=known,
        title=title,
        version=child.text("version"),
        split=child.text("fairkit:split"),
        license=found.id if found else licence,
    )


def _known(node: Node, item: Any) -> Identifier | None:
    """The identifier of another thing: where it leads, or one that it is given."""
    child = node.child(item)
    if child is None:
        return identifier(item)
    listed = (wild.identifier_of(child, inner) for _, inner in items(child.value("identifier")))
    return identifier(child.id) or next((found for found in listed if found), None) or identifier(child.text("url"))


def _origin(node: Node, item: Any) -> Relation | None:
    known, title = _known(node, item), _words(node, item)
    return Relation(type="IsDerivedFrom", identifier=known, title=title, kind="model") if known or title else None


def _results(node: Node) -> Iterator[Result]:
    """The numbers of an evaluation: values with names of their own, or one for each metric in the order of these."""
    metrics = [_words(node, item) for _, item in items(_own(node, "evaluationMetrics")[0])]
    data = next((item for _, item in items(_own(node, "evaluationDataset")[0])), None)
    child = node.child(data)
    software = node.child(_own(node, "evaluationSoftware")[0])
    for number, (_, item) in enumerate(items(_own(node, "evaluationResults")[0])):
        inner = node.child(item)
        metric = (inner.text("name") if inner else None) or (metrics[number] if number < len(metrics) else None)
        value = _number(inner.value("value") if inner else item)
        if metric and value is not None:
            yield Result(
                metric=metric,
                value=value,
                dataset=_known(node, data) if data is not None else None,
                version=child.text("version") if child else None,
                code_commit=software.text("version") if software else None,
            )


def _number(written: Any) -> float | None:
    try:
        value = float(text(written) or "")
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None
