"""What Google's search for datasets asks of schema.org, as a table of facts: developers.google.com, structured data.

A judge of our own making, since the real one is a service: which properties must be there, which should, and in which
form a crawler takes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["NEEDED", "WANTED", "faults", "missing"]

NEEDED = ("name", "description")
WANTED = (
    "creator", "distribution", "identifier", "isAccessibleForFree", "keywords", "license", "measurementTechnique",
    "url", "variableMeasured", "version",
)  # fmt: skip
_SHORTEST, _LONGEST = 50, 5000
_MAKERS = ("Person", "Organization")


def faults(node: dict[str, Any]) -> Iterator[str]:
    """What keeps a dataset out of the search, or a property out of its entry."""
    if node.get("@type") != "Dataset":
        yield "@type is not Dataset"
    yield from (f"{name} is missing" for name in NEEDED if not node.get(name))
    length = len(str(node.get("description", "")))
    if not _SHORTEST <= length <= _LONGEST:
        yield f"description has {length} characters, and not {_SHORTEST} to {_LONGEST}"
    for maker in _every(node.get("creator")):
        if maker.get("@type") not in _MAKERS or not maker.get("name"):
            yield f"a creator is no {' or '.join(_MAKERS)} with a name: {maker}"
    for file in _every(node.get("distribution")):
        if file.get("@type") != "DataDownload" or not file.get("contentUrl"):
            yield f"a distribution has no contentUrl: {file.get('name')}"
    for variable in _every(node.get("variableMeasured")):
        if not isinstance(variable, str) and (variable.get("@type") != "PropertyValue" or not variable.get("name")):
            yield f"a variable is neither text nor a PropertyValue with a name: {variable}"
    licence = node.get("license")
    if isinstance(licence, str) and not licence.startswith("https://"):
        yield f"license is no address: {licence}"
    if "isAccessibleForFree" in node and node["isAccessibleForFree"] not in (True, False):
        yield "isAccessibleForFree is no boolean"


def missing(node: dict[str, Any]) -> set[str]:
    """The properties that should be there and are not."""
    return {name for name in WANTED if node.get(name) in (None, [], "")}


def _every(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
