"""The graph of an RO-Crate: nodes that stood within each other side by side, each under an `@id` of its own."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["flat"]

_NAMED_BY = {"PropertyValue": "propertyID", "QuantitativeValue": "unitText", "CreativeWork": "@id", "Role": "roleName"}
"""Types whose nodes may have no name of their own, with the property that a person would call them by."""
_MANY = ("@graph", "keywords")
"""Where a list stays one: the commas in a single keyword would be read as between several."""


def flat(*nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes and all within them; where there was a node there is a reference.

    Things that are alike are told once. One that has the `@id` of another and says something else gets a new one, and
    says what it is the same as.
    """
    graph = _Graph()
    for node in nodes:
        graph.refer(node)
    return list(graph.told.values())


class _Graph:
    def __init__(self) -> None:
        self.told: dict[str, dict[str, Any]] = {}
        self._known: dict[str, str] = {}
        """The `@id` of each thing that has none of its own, by all that is said of it."""
        self._number = 0

    def refer(self, node: dict[str, Any]) -> dict[str, str]:
        """A reference to a node, which is told."""
        own = node.get("@id")
        if own is not None and len(node) == 1:
            return {"@id": own}
        if own is not None and own not in self.told:
            self.told[own] = {}  # its place: what it holds comes behind it
        said = {key: self._said(value, many=key in _MANY) for key, value in node.items() if key != "@id"}
        if "name" not in said and (word := _NAMED_BY.get(str(node.get("@type")))):
            said["name"] = str(said.get(word) or own or word)
        if own is None:
            return {"@id": self._new(said)}
        if self.told[own] in ({}, {"@id": own, **said}):
            self.told[own] = {"@id": own, **said}
            return {"@id": own}
        return {"@id": self._new({**said, "sameAs": own})}

    def _said(self, value: Any, *, many: bool = False) -> Any:
        """A value with references in it; one thing stands for the list of it."""
        if isinstance(value, dict):
            return self.refer(value)
        if not isinstance(value, list):
            return value
        return self._said(value[0]) if len(value) == 1 and not many else [self._said(item) for item in value]

    def _new(self, said: dict[str, Any]) -> str:
        key = repr(said)
        if key not in self._known:
            self._number += 1
            kind = said["@type"] if isinstance(said["@type"], str) else "thing"
            own = f"#{re.sub(r'[^a-z]+', '-', kind.lower())}-{self._number}"
            self._known[key] = own
            self.told[own] = {"@id": own, **said}
        return self._known[key]
